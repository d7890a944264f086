"""Docs and code say the same, in both directions: what there is is documented, and what is documented is there."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import typer
import yaml

from bot.ask import report
from bot.cli import app
from bot.commands import COMMANDS
from bot.settings import Settings
from dialogues.reply import Reply
from dialogues.responses.commands import NAMES
from knowledge import schema
from knowledge.check import check
from knowledge.loader import CONTENT, load
from knowledge.proofs import DOCUMENT_NAMES, topic_values
from knowledge.prose import TEXT_LIMITS
from knowledge.templates import Trusted
from nlu import phrasings

REPO = Path(__file__).parent.parent
PAGES = sorted([*REPO.glob("*.md"), *REPO.glob("docs/*.md")])
PAGE_NAMES = [str(page.relative_to(REPO)) for page in PAGES]
CLI = typer.main.get_command(app).commands  # type: ignore[attr-defined]
MODELS = {
    name: model
    for name, model in inspect.getmembers(schema, inspect.isclass)
    if issubclass(model, schema.Strict) and model is not schema.Strict
}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")


def read(name: str) -> str:
    return (REPO / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """The page without its blocks of code."""
    return FENCE.sub("", text)


def code(text: str) -> list[str]:
    """What is marked as code: each span, and each line of a block."""
    spans = [" ".join(span.split()) for span in CODE.findall(prose(text))]
    return spans + [
        line for language, block in FENCE.findall(text) if language in ("sh", "") for line in block.splitlines()
    ]


def sections(name: str) -> dict[str, list[list[str]]]:
    """The table below each heading of a page: its rows without the header, cell by cell."""
    parts = HEADING.split(prose(read(name)))
    return {heading: rows(body) for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rules = {number for number, line in enumerate(lines) if set(line) <= set("|- ")}
    kept = [line for number, line in enumerate(lines) if number not in rules and number + 1 not in rules]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in kept]


def named(cell: str) -> str:
    """The name that a table's cell holds as code."""
    return CODE.search(cell)[1]


# --- commands ------------------------------------------------------------------------------------


def options(command: Any) -> dict[str, Any]:
    """What a command takes, by the name that a user types."""
    return {
        param.opts[0] if param.param_type_name == "option" else str(param.name).upper(): param
        for param in command.params
    }


def test_every_command_of_the_program_is_documented_and_no_other() -> None:
    documented = {
        match[1] for heading in sections("docs/commands.md") if (match := re.match(r"`makker (\w+)`$", heading))
    }
    assert documented == set(CLI)


@pytest.mark.parametrize("name", CLI)
def test_every_option_is_documented_with_its_default_and_no_other(name: str) -> None:
    table = {named(row[0]): row[1] for row in sections("docs/commands.md")[f"`makker {name}`"]}
    takes = options(CLI[name])
    assert set(table) == set(takes)
    for option, param in takes.items():
        if isinstance(param.default, (str, int)) and not isinstance(param.default, bool):
            assert f"`{param.default}`" in table[option], f"{option} doesn't say its default"


def test_every_field_of_an_answer_is_documented_and_no_other() -> None:
    table = [named(row[0]) for row in sections("docs/commands.md")["What `makker ask` tells as JSON"]]
    assert table == ["id", *report([Reply(Trusted(""))], 0)]


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_commands_that_a_page_mentions_exist_with_their_options(page: str) -> None:
    for line in code(read(page)):
        for name, rest in re.findall(r"(?:^|[\s/|])makker ([a-z]+)([^|>]*)", line):
            assert name in CLI, f"{page} mentions `makker {name}`, which isn't there"
            known = {option for param in CLI[name].params for option in param.opts} | {"--help"}
            assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"{page}: {line}"


def test_every_slash_command_is_documented_and_no_other() -> None:
    table = [(named(row[0]), named(row[1])) for row in sections("docs/commands.md")["With a slash"]]
    assert table == [(f"/{command.da}", f"/{command.en}") for command in COMMANDS]


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_slash_commands_that_a_page_mentions_exist(page: str) -> None:
    known = {name for command in COMMANDS for name in (command.da, command.en)} | {"newbot", "setinline"}  # BotFather's
    known |= {"revoke"}  # BotFather's as well
    known |= {"healthz", "readyz", "metrics"}  # not typed to the bot, but asked of MAKKER_OPS_LISTEN
    said = [match[1] for span in CODE.findall(prose(read(page))) if (match := re.fullmatch(r"/([a-z_]+)( \w+)?", span))]
    assert set(said) <= known


def test_every_command_in_plain_words_is_documented_and_no_other() -> None:
    table = [named(row[0]) for row in sections("docs/commands.md")["In plain words"]]
    assert sorted(table) == sorted(NAMES)


# --- settings ------------------------------------------------------------------------------------


def test_every_setting_is_documented_with_its_default_and_no_other() -> None:
    table = {named(row[0]): row[1] for row in sections("docs/settings.md")["Settings"]}
    assert table == {
        field.field_info.extra["env"]: "none" if field.default is None else f"`{field.default}`"
        for field in Settings.__fields__.values()
    }


def test_the_examples_of_settings_can_be_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, _, _, example in sections("docs/settings.md")["Settings"]:
        monkeypatch.setenv(named(name), named(example))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bogby").mkdir()
    assert Settings(_env_file=None).overlay == Path("bogby")


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_settings_that_a_page_mentions_exist(page: str) -> None:
    known = {field.field_info.extra["env"] for field in Settings.__fields__.values()}
    assert set(re.findall(r"\b(?:MAKKER|TELEGRAM)_[A-Z_]+\b", read(page))) <= known


# --- content -------------------------------------------------------------------------------------


def key_tables() -> dict[str, dict[str, str]]:
    found = {}
    for heading, table in sections("docs/content.md").items():
        model = re.search(r"\(`(\w+)`\)$", heading)
        if model:
            found[model[1]] = {named(row[0]): row[1] for row in table}
    return found


def test_every_kind_of_content_is_documented_and_no_other() -> None:
    assert set(key_tables()) == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_every_key_is_documented_and_no_other(name: str) -> None:
    table = key_tables()[name]
    fields = MODELS[name].__fields__
    assert list(table) == list(fields)
    for key, field in fields.items():
        for value in get_args(field.type_) if get_origin(field.type_) is Literal else ():
            assert f"`{value}`" in table[key], f"{name}.{key} doesn't say that it may be {value}"


def test_every_name_that_a_template_may_use_is_documented_and_no_other() -> None:
    table = [(row[0], named(row[1])) for row in sections("docs/content.md")["How texts are written"] if len(row) == 3]
    topic = {("a topic", name) for name in topic_values({}, {}, "da")}
    assert set(table) == topic | {("a document", name) for name in DOCUMENT_NAMES}


def test_the_lengths_of_texts_are_documented() -> None:
    table = [row for row in sections("docs/content.md")["How texts are written"] if len(row) == 2]
    assert {named(row[0]): int(row[1]) for row in table} == TEXT_LIMITS


@pytest.mark.parametrize(
    ("page", "adds"),
    [
        ("docs/content.md", {"agreement.approval", "visit", "bogby-model", "handball"}),
        ("docs/first-topic.md", {"partners.gardeners", "cases.seed-day", "perennial", "meadow-report"}),
    ],
)
def test_the_examples_of_content_have_no_fault(page: str, adds: set[str], tmp_path: Path) -> None:
    for language, block in FENCE.findall(read(page)):
        if language == "yaml":
            path = tmp_path / re.match(r"# (\S+)\n", block)[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block, encoding="utf-8")
    asked = tmp_path / "nlu"
    asked = Path(shutil.move(asked, tmp_path.with_name("asked")))
    assert check(CONTENT, tmp_path) == []
    knowledge = load(CONTENT, tmp_path)
    kinds = (knowledge.topics, knowledge.checklists, knowledge.terms, knowledge.sources, knowledge.facets)
    assert adds <= {id_ for kind in kinds for id_ in kind}
    assert phrasings.check(knowledge, NAMES, [phrasings.DATA, asked]) == []


# --- what the pages point to ---------------------------------------------------------------------


def targets() -> set[str]:
    return set(re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)[1].split())


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_make_targets_that_a_page_mentions_exist(page: str) -> None:
    said = {name for line in code(read(page)) for name in re.findall(r"(?:^|\s)make ([a-z]+)", line)}
    assert said <= targets()


def test_every_make_target_is_documented_and_no_other() -> None:
    table = [named(row[0]) for row in sections("CONTRIBUTING.md")["Commands"]]
    assert {name.removeprefix("make ") for name in table if name.startswith("make ")} == targets()


def test_the_readme_begins_with_the_two_commands() -> None:
    first = FENCE.findall(read("README.md"))[0][1]
    assert re.findall(r"make \w+", first) == ["make chat", "make telegram"]


def test_the_conversation_in_the_readme_is_a_real_one(model_dir: Path, tmp_path: Path) -> None:
    written = next(block for language, block in FENCE.findall(read("README.md")) if language == "text")
    _, *turns = re.split(r"^> (.+)$", written, flags=re.MULTILINE)
    assert len(turns) > 6
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        input="\n".join(turns[::2]),
        env={**os.environ, "MAKKER_MODEL_DIR": str(model_dir), "MAKKER_DATA_DIR": str(tmp_path)},
        cwd=REPO,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    said = " ".join(done.stdout.split())
    for words in filter(None, (" ".join(part.split()) for part in " ".join(turns[1::2]).split("…"))):
        assert words in said, f"the README lets it say this, which isn't in the rest of what it says: {words}"
        said = said.partition(words)[2]


def slug(heading: str) -> str:
    """The anchor that a heading gets on a page."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_links_between_pages_resolve(page: str) -> None:
    for label, target in re.findall(r"\[([^\]]+)\]\(([^)\s]+)\)", CODE.sub("x", prose(read(page)))):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = (REPO / page).parent / path if path else REPO / page
        assert file.exists(), f"{page}: [{label}]({target}) leads nowhere"
        if anchor:
            assert anchor in map(slug, HEADING.findall(prose(file.read_text(encoding="utf-8")))), f"{page}: {target}"


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_files_that_a_page_names_are_there(page: str) -> None:
    tops = {path.name for path in REPO.iterdir()} - {"models", "var", ".venv"}
    for span in CODE.findall(prose(read(page))):
        thought_up = any(example in span for example in ("/gardeners.yml",))
        if "/" in span and " " not in span and span.split("/")[0] in tops and not thought_up:
            pattern = re.sub(r"<[^>]+>", "*", span).rstrip("/")
            assert list(REPO.glob(pattern)), f"{page} names {span}, which isn't there"


def test_pictures_are_small() -> None:
    pictures = list((REPO / "docs" / "images").iterdir())
    assert pictures
    assert all(picture.stat().st_size < 300_000 for picture in pictures)


def test_the_changelog_has_a_place_for_what_is_new() -> None:
    assert "[Unreleased]" in HEADING.findall(read("CHANGELOG.md"))


# --- files for other programs --------------------------------------------------------------------


def test_publiccode_says_what_its_standard_demands() -> None:
    told = yaml.safe_load(read("publiccode.yml"))
    assert told["publiccodeYmlVersion"] == "0.4"
    assert told["legal"]["license"] == "MPL-2.0"
    assert read("LICENSE").startswith("Mozilla Public License Version 2.0")
    assert told["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert told["maintenance"]["type"] == "none" or told["maintenance"]["contacts"]
    assert told["localisation"]["availableLanguages"] == list(schema.LANGUAGES) == list(told["description"])
    for text in told["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
        assert all((REPO / picture).is_file() for picture in text["screenshots"])


MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|tmp)/|\.pyenv/versions/3\.\d+\.\d+")


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    rooms = ("knowledge", "nlu", "dialogues", "bot", "deploy", "docs", "tests", "bench", ".ci")
    files = [path for path in REPO.iterdir() if path.is_file() and path.suffix in ("", ".md", ".toml", ".yml", ".yaml")]
    for room in rooms:
        for folder, inner, names in os.walk(REPO / room):
            inner[:] = [name for name in inner if not name.startswith((".", "__")) and name != "build"]
            files += [Path(folder) / name for name in names]
    for path in files:
        if path.suffix in (".py", ".md", ".yml", ".yaml", ".toml", ".sh", ".typ", ""):
            text = path.read_text(encoding="utf-8", errors="ignore")
            found = MACHINE.search(text)
            assert not found or path == Path(__file__), f"{path.relative_to(REPO)}: {found[0]}"
