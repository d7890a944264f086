"""The terminal and the command line, as the real program in a process of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

MAKKER = Path(sys.executable).parent / "makker"


@pytest.fixture
def run(model_dir: Path, tmp_path: Path):
    def go(*arguments: str, typed: str = "", **settings: str) -> subprocess.CompletedProcess:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("MAKKER_", "TELEGRAM_"))},
            "MAKKER_MODEL_DIR": str(model_dir),
            "MAKKER_DATA_DIR": str(tmp_path / "var"),
            **settings,
        }
        return subprocess.run(
            [str(MAKKER), *arguments],
            input=typed.encode(),
            capture_output=True,
            env=environment,
            cwd=tmp_path,
            timeout=800,
            check=False,
        )

    return go


def test_piped_lines_are_answered_one_by_one_and_numbers_press_buttons(run, tmp_path: Path) -> None:
    done = run("chat", typed="hvad skal der stå i en samarbejdsaftale\n1\n/hjaelp\n")
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "Hvad skal der stå i en samarbejdsaftale?" in out
    assert "[1] Mere" in out
    assert "Mere om: Hvad skal der stå i en samarbejdsaftale?" in out
    assert "Stil et spørgsmål med dine egne ord" in out
    assert "\x1b[" not in out
    assert "Traceback" not in done.stderr.decode()


def test_a_step_keeps_its_numbers_when_a_question_is_answered_in_between(run) -> None:
    typed = "test om vi er klar til partnerskaber\nHurtigt: 3 min., 7 spørgsmål\nhvem må skrive under?\n3\n"
    out = run("chat", typed=typed).stdout.decode()
    answered, _, after = out.partition("Kilder: ")[2].partition("Ledelsen bakker tydeligt op: Nej")
    assert "[1] Ja   [2] Delvist   [3] Nej" in answered and "2 af 7" in after


def test_a_walkthrough_goes_on_in_the_next_session_and_ends_in_a_document(run, tmp_path: Path) -> None:
    run(
        "chat",
        "--user",
        "anne",
        typed="test om vi er klar til partnerskaber\nHurtigt: 3 min., 7 spørgsmål\nja\ndelvist\npause\n",
    )
    done = run("chat", "--user", "anne", typed="fortsæt\nnej\nja\nja\nja\nnej\n")
    out = done.stdout.decode()
    assert "3 af 7" in out
    assert "Handlingsplan" in out
    names = {path.suffix for path in (tmp_path / "var" / "documents" / "anne").iterdir()}
    assert names == {".docx", ".pdf", ".png"}


def test_broken_input_ends_without_a_traceback(run) -> None:
    done = run("chat", typed="\x00\n" + "æ" * 100_000 + "\n")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr.decode()


def test_ask_answers_in_the_fields_that_others_rely_on(run) -> None:
    done = run("ask", "hvem må skrive under på aftalen?", "--json")
    answer = json.loads(done.stdout)
    assert set(answer) == {
        "outcome",
        "topics",
        "checklist",
        "command",
        "smalltalk",
        "lang",
        "text",
        "buttons",
        "sources",
        "ms",
    }
    assert answer["outcome"] == "answer"
    assert answer["topics"][0]["id"] == "agreement.sign"
    assert answer["lang"] == "da"
    assert answer["text"].splitlines()[-1].startswith("Kilder: ")


def test_a_batch_is_answered_line_by_line_each_a_conversation_of_its_own(run) -> None:
    lines = [
        {"id": "1", "text": "what is a partnership?"},
        {"id": "2", "turns": ["hvem må skrive under på aftalen?", "uddyb"]},
        {"id": "3", "text": "uddyb"},
        {"id": "4", "text": "hvad er et partnerskab?", "lang": "en"},
        {"id": "5", "text": "er vi klar til partnerskaber? test os"},
        {"id": "6", "text": "tak for hjælpen"},
        {"id": "7", "text": "vis mig alle emner"},
        {"id": "8", "text": "hvornår kommer bus 4A"},
    ]
    done = run("ask", "--batch", "-", typed="".join(json.dumps(line) + "\n" for line in lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [line["id"] for line in lines]
    by_id = {answer["id"]: answer for answer in answers}
    assert by_id["1"]["lang"] == "en" and "Sources:" in by_id["1"]["text"]
    assert by_id["2"]["topics"][0]["id"] == "agreement.sign"
    assert by_id["3"]["outcome"] == "unknown"
    assert by_id["4"]["lang"] == "en"
    assert by_id["5"]["checklist"] == "readiness" and by_id["5"]["outcome"] == "checklist"
    assert by_id["6"]["smalltalk"] == "thanks"
    assert by_id["7"]["command"] == "list_topics"
    assert by_id["8"]["outcome"] == "unknown"


def test_the_lists_hold_what_others_rely_on(run) -> None:
    topics = json.loads(run("topics", "--json").stdout)
    assert {"id", "chapter", "title", "languages", "sources", "related", "checklists"} <= set(topics[0])
    checklists = json.loads(run("checklists", "--json").stdout)
    assert {"id", "title", "items", "minutes", "ends_with"} <= set(checklists[0])
    assert {"readiness", "agreement"} <= {checklist["id"] for checklist in checklists}


def test_training_does_nothing_when_nothing_has_changed(run) -> None:
    done = run("train")
    assert done.returncode == 0
    assert b"nothing has changed" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "typed", "settings", "says"),
    [
        (("telegram",), "", {}, "BotFather"),
        (("telegram", "--port", "9000"), "", {}, "--webhook"),
        (
            ("telegram",),
            "",
            {"TELEGRAM_BOT_TOKEN": "42:AA", "MAKKER_REDIS_URL": "redis://127.0.0.1:1"},
            "MAKKER_REDIS_URL",
        ),
        (("chat",), "hej\n", {"MAKKER_DATABASE_URL": "sqlite:////dev/null/x.db"}, "MAKKER_DATA_DIR"),
        (("chat",), "hej\n", {"MAKKER_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "MAKKER_DATABASE_URL"),
        (("chat",), "hej\n", {"MAKKER_OVERLAY": "/no/such/folder"}, "MAKKER_OVERLAY"),
        (("chat",), "hej\n", {"MAKKER_REDIS_URL": "rubbish"}, "MAKKER_REDIS_URL"),
        (("chat",), "hej\n", {"MAKKER_REDIS_URL": "redis://127.0.0.1:1"}, "MAKKER_REDIS_URL"),
        (("chat",), "hej\n", {"MAKKER_DATA_DIR": "/dev/null/var"}, "MAKKER_DATA_DIR"),
        (("ask", ""), "", {}, "give a question"),
        (("ask",), "", {}, "give a question"),
        (("ask", "--batch", "/no/such/file"), "", {}, "can't be read"),
        (("ask", "--batch", "-"), "{broken\n", {}, "-:1: not a question"),
    ],
)
def test_what_a_person_can_mend_is_told_in_one_line(run, arguments, typed, settings, says) -> None:
    done = run(*arguments, typed=typed, **settings)
    errors = done.stderr.decode().strip()
    assert done.returncode not in (0, None)
    assert says in errors
    assert "Traceback" not in errors
    assert len(errors.splitlines()) == 1


def test_a_broken_overlay_is_told_and_the_rest_runs(run, tmp_path: Path) -> None:
    broken = tmp_path / "overlay" / "topics" / "basics"
    broken.mkdir(parents=True)
    (broken / "definition.yml").write_text("id: basics.definition\nda: [unclosed\n")
    overlay = str(tmp_path / "overlay")
    done = run("ask", "hvad er et partnerskab?", MAKKER_OVERLAY=overlay)
    assert done.returncode == 0
    assert "Hvad er et partnerskab?" in done.stdout.decode()
    assert "definition.yml" in done.stderr.decode()
    checked = run("check", MAKKER_OVERLAY=overlay)
    assert checked.returncode == 1
    assert "definition.yml:" in checked.stdout.decode()


def test_each_users_files_lie_apart_and_go_with_their_data(run, tmp_path: Path) -> None:
    walk = "test om vi er klar til partnerskaber\nhurtigt\n" + "ja\n" * 7
    for user in ("anne", "../bo"):
        assert "Handlingsplan" in run("chat", "--user", user, typed=walk).stdout.decode()
    folders = {folder.name for folder in (tmp_path / "var" / "documents").iterdir()}
    assert folders == {"anne", "%2E%2E%252Fbo"}
    run("chat", "--user", "anne", typed="slet mine data\nja\n")
    assert {folder.name for folder in (tmp_path / "var" / "documents").iterdir()} == {"%2E%2E%252Fbo"}


def test_one_question_knows_nothing_of_the_one_before(run, tmp_path: Path) -> None:
    run("ask", "hvem må skrive under på aftalen?")
    with sqlite3.connect(tmp_path / "var" / "makker.db") as database:
        assert database.execute("SELECT count(*) FROM conversations").fetchone() == (0,)
    assert json.loads(run("ask", "uddyb", "--json").stdout)["outcome"] == "unknown"


def test_a_number_is_an_answer_where_a_number_is_asked_for(run) -> None:
    done = run("chat", typed="lav en samarbejdsaftale med mig\ngrundigt\nJazzklubben\nBogby\n#2\n2\n").stdout.decode()
    assert "[#1]" in done
    assert "Sprunget over" in done


def test_a_librarys_own_topic_is_learnt_listed_and_answered(run, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    (overlay / "topics" / "house").mkdir(parents=True)
    (overlay / "nlu" / "da").mkdir(parents=True)
    (overlay / "nlu" / "en").mkdir()
    text = {
        "title": "Nøglen til huset",
        "short": "Den hænger hos Bo.",
        "more": "Bo har den.",
        "example": "Bo kom.",
        "do_now": "Ring.",
    }
    topic = {"id": "house.key", "sources": ["byg-partnerskaber"], "da": text, "en": {**text, "title": "The key"}}
    (overlay / "topics" / "house" / "key.yml").write_text(json.dumps(topic))
    for language, lines in {
        "da": ["hvem har nøglen", "nøgle til huset"],
        "en": ["who has the key", "key to the house"],
    }.items():
        phrasings = "".join(f"      - {line}\n" for line in lines)
        entry = f'version: "3.1"\nnlu:\n  - intent: topic/house.key\n    examples: |\n{phrasings}'
        (overlay / "nlu" / language / "house.yml").write_text(entry)
    settings = {"MAKKER_OVERLAY": str(overlay), "MAKKER_MODEL_DIR": str(tmp_path / "models")}
    (tmp_path / ".env").write_text(f"MAKKER_OVERLAY={overlay}\n")
    assert run("check", **settings).returncode == 0, run("check", **settings).stdout
    del settings["MAKKER_OVERLAY"]  # from here on it comes by the .env file
    done = run("chat", typed="hvem har nøglen\nemner\nHouse\n", **settings).stdout.decode()
    assert "Den hænger hos Bo." in done
    assert "Nøglen til huset" in done.split("House")[-1]


def test_reminders_come_when_the_chat_begins(run, tmp_path: Path) -> None:
    assert "Jeg minder dig om mødet" in run("chat", "--user", "anna", typed="/mind mødet i morgen\n").stdout.decode()
    with sqlite3.connect(tmp_path / "var" / "makker.db") as database:
        database.execute("UPDATE reminders SET due = '2026-01-05 08:00:00.000000'")
    assert "Påmindelse" not in run("chat", "--user", "bo", typed="hej\n").stdout.decode()
    said = run("chat", "--user", "anna", typed="2\n").stdout.decode()
    assert "Påmindelse: Husk mødet.\n\nDen skulle være kommet mandag den 5. januar 2026 kl. 9.00" in said
    assert "Jeg minder dig om mødet" in said  # the second button: again in a week
    assert "Påmindelse" not in run("chat", "--user", "anna", typed="hej\n").stdout.decode()
