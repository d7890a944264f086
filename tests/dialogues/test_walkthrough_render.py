"""What a walkthrough shows: texts, buttons, and that everything fits a phone and a button."""

from __future__ import annotations

from dataclasses import replace

import pytest
from walkthrough_example import ALL, CHECKLIST, FORM, KNOWLEDGE, begin, item, make, play

from dialogues.reply import Reply
from dialogues.walkthrough import engine, render, reviewing, screens
from dialogues.walkthrough.moves import Control
from dialogues.walkthrough.state import Answer

LANGUAGES = ("da", "en")


def labels(reply: Reply) -> list[list[str]]:
    return [[button.label for button in row] for row in reply.choices]


def show(*steps: str | Control, mode: str = "full", language: str = "da") -> Reply:
    return render.turn(KNOWLEDGE, play(begin(mode, language), *steps))


def test_a_step_says_where_one_is_what_is_asked_and_offers_the_buttons() -> None:
    reply = show("Bogby")
    assert "_Folk · 2 af 6_" in reply.text and "**Hvad med pengene?**" in reply.text
    assert reply.text.startswith("Noteret. navnet: Bogby\n")
    assert labels(reply) == [["Ja", "Nej"], ["Tilbage", "Spring over", "Hvorfor?", "Pause"]]
    assert reply.buttons[0].tap == "a:abcd1234:money:yes"
    assert reply.place == "run:abcd1234"


def test_back_and_skip_are_offered_only_where_they_lead_on() -> None:
    assert labels(render.step(KNOWLEDGE, begin())) == [["Hvorfor?", "Pause"]]


def test_an_answered_step_shows_its_answer() -> None:
    reply = show("Bogby", "nej", "/back")
    assert "Dit svar nu: Nej" in reply.text
    assert labels(reply) == [["Ja", "✓ Nej"], ["Tilbage", "Behold svaret", "Hvorfor?", "Pause"]]


def test_long_choices_stand_in_the_text_with_numbers() -> None:
    reply = show("Bogby", "nej", "3")
    assert f"1. {FORM[0]['da']}" in reply.text
    assert labels(reply)[0] == ["1. En styregruppe træffer…"]


def test_hints_say_how_to_write_numbers_and_dates() -> None:
    assert "Skriv et tal (kr.)." in show("Bogby", "ja").text
    assert "Skriv en dato" in show("Bogby", "nej", "3", "2").text


def test_what_a_user_typed_never_becomes_markup() -> None:
    reply = show("**fed** {{7*7}} [x](https://e.dk)\n\n# nej")
    assert "\\*\\*fed\\*\\*" in reply.text and "{{7\\*7}}" in reply.text and "[x](" not in reply.text


def test_answers_are_shown_as_people_write_them() -> None:
    assert "Noteret. budgettet: 1.500,5 kr.\n" in show("Bogby", "ja", "1500,5").text
    assert "1,500.5 kr. (en)" in show("Bogby", "ja", "1500,5", language="en").text
    assert "starten: onsdag den 3. marts 2027\n" in show("Bogby", "nej", "3", "2", "3. marts").text
    assert "Wednesday 3 March 2027" in show("Bogby", "nej", "3", "2", "3. marts", language="en").text


def test_why_gives_the_reason_and_the_sources_and_the_same_step() -> None:
    reply = show("Bogby", "nej", "3", "/why")
    assert "Fordi formen betyder noget." in reply.text and "**Hvad med formen?**" in reply.text
    assert "Kilde: " in reply.text.splitlines()[-1] and reply.sources
    assert "Hvorfor?" not in labels(reply)[-1]
    assert reply.buttons[0].tap == "a:abcd1234:form:steering"


def test_a_pause_says_where_one_is_and_how_to_go_on() -> None:
    reply = show("Bogby", "nej", "/pause")
    assert "3 af 6" in reply.text and "_fortsæt_" in reply.text and "7 minutter" in reply.text
    assert reply.buttons[0].tap == "w:abcd1234:continue"
    assert "Du er nået til 3 af 6" in show("Bogby", "nej", "/pause", "/continue").text


def test_the_second_misunderstanding_offers_a_way_out() -> None:
    assert "springe over" not in show("Bogby", "ja", "mange").text
    assert "springe over" in show("Bogby", "ja", "mange", "mange").text
    assert "så hold en pause" in show("ved ikke", "ved ikke").text


def test_not_knowing_is_answered_kindly_and_never_twice_the_same() -> None:
    first, second, third = (show(*["ved ikke"] * times).text for times in (1, 2, 3))
    assert "Fordi navnet betyder noget." in first and "kan vi ikke undvære" in first
    assert "Uden det kan vi ikke gå videre." in second and third.startswith("**Pause i")
    assert show("Bogby", "ved ikke").text.startswith(
        "Helt i orden. Jeg har noteret, at det ikke er på plads endnu: pengene. Du kan altid"
    )


@pytest.mark.parametrize(("language", "words"), [("da", "i fortiden: ret den"), ("en", "in the past: change it")])
def test_a_remark_follows_the_answer(language: str, words: str) -> None:
    line = show("Bogby", "nej", "3", "2", "1. maj 2026", language=language).text.splitlines()[0]
    assert words in line and "2026" in line
    dates = make(
        sections=[
            {
                "id": "s",
                "title": {"da": "S", "en": "S"},
                "items": [item("a", "date", "starten"), item("b", "date", "slutningen"), item("c", "text", "c")],
            }
        ]
    )
    turn = play(engine.start(dates, "abcd1234", "da"), "1/9 2027", "1/5 2027", checklist=dates)
    text = render.turn(replace(KNOWLEDGE, checklists={"example": dates}), turn).text
    assert "1. maj 2027. Den dato ligger før ”starten”: ret den" in text.splitlines()[0]


def test_the_question_whether_to_start_over_stays_until_it_is_answered() -> None:
    asked = play(begin(), "Bogby", "/restart")
    for reply in (render.turn(KNOWLEDGE, asked), render.step(KNOWLEDGE, asked.run)):
        assert [button.tap for button in reply.buttons] == ["w:abcd1234:cancel", "w:abcd1234:confirm"]
    assert "det svar" in render.turn(KNOWLEDGE, asked).text


def test_the_intro_says_what_it_takes_and_gives() -> None:
    reply = screens.intro(KNOWLEDGE, "example", "da")
    assert "**Eksempel**" in reply.text and "Et resultat" in reply.text
    assert labels(reply) == [["Hurtigt: 3 min., 4–6 spørgsmål"], ["Grundigt: 10 min., 6–8 spørgsmål"]]
    assert [button.tap for button in reply.buttons] == ["c:example:quick", "c:example:full"]
    unfinished = screens.intro(KNOWLEDGE, "example", "da", [play(begin(), "Bogby").run])
    assert "2 af 6" in unfinished.text and unfinished.buttons[0].tap == "w:abcd1234:continue"


def test_the_intro_leads_back_to_a_finished_one() -> None:
    done = play(begin(language="en"), *ALL).run
    reply = screens.intro(KNOWLEDGE, "example", "da", finished=done)
    assert (labels(reply)[-1], reply.buttons[-1].tap) == (["Ret i den seneste"], "w:abcd1234:review")
    both = screens.intro(KNOWLEDGE, "example", "da", [play(begin(), "Bogby").run], done.with_(id="efgh5678"))
    assert [button.tap for button in both.buttons] == [
        "w:abcd1234:continue",
        "c:example:quick",
        "c:example:full",
        "w:efgh5678:review",
    ]
    assert "**navnet:** Bogby" in render.turn(KNOWLEDGE, play(done, "/review")).text


def test_where_quick_and_full_are_the_same_there_is_one_button() -> None:
    short = make(sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": [item("a", "text", "a")]}])
    reply = screens.intro(replace(KNOWLEDGE, checklists={"example": short}), "example", "en")
    assert labels(reply) == [["Begin: 10 min, 1 question"]]


def test_a_score_is_shown_with_its_reasons_and_a_plan() -> None:
    reply = show("Bogby", "nej", "2", "2", "i morgen", "/skip")
    assert "**29 %** (2 af 7 point)" in reply.text
    assert "**Lav.** Begynd småt." in reply.text
    assert "- ▓▓▓░░░░░░░ 33 % · Arbejde (2 af 6)" in reply.text
    assert "- tilliden: I nogen grad (\u22124)" in reply.text
    assert "1. Aftal tilliden.\n2. Aftal pengene." in reply.text
    assert [button.tap for button in reply.buttons] == [
        "t:basics.purpose",
        "w:abcd1234:plan",
        "r:w:abcd1234",
        "w:abcd1234:review",
        "w:abcd1234:close",
    ]


def test_what_left_the_sum_is_said() -> None:
    reply = show("Bogby", "/skip", "ved ikke", "2", "i morgen", "/skip")
    assert "Det skal I finde ud af**\n\n- tilliden" in reply.text
    assert "sprang over: pengene." in reply.text
    assert "ikke er relevant for jer: tilliden." in show("Bogby", "nej", "na", "2", "i morgen", "/skip").text


def test_after_the_quick_way_the_rest_is_offered() -> None:
    assert "w:abcd1234:full" in [button.tap for button in show("Bogby", "nej", "3", "i dag", mode="quick").buttons]


def test_few_answers_give_no_verdict_but_their_sections_and_actions() -> None:
    items = [item(f"q{n}", "yesno", f"punkt {n}") for n in range(5)]
    sections = [
        {"id": f"s{n}", "title": {"da": f"Emne {n}", "en": f"S {n}"}, "items": part}
        for n, part in enumerate((items[:2], items[2:]))
    ]
    five = make(sections=sections)
    knowledge = replace(KNOWLEDGE, checklists={"example": five})

    def end(*steps: str) -> str:
        return render.turn(knowledge, play(engine.start(five, "abcd1234", "da"), *steps, checklist=five)).text

    few = end("ja", "nej", "/skip", "/skip", "/skip")
    assert "**For få svar til et samlet billede.** 2 af 5 spørgsmål" in few
    assert "Det tyder på" not in few and "**50 %**" not in few
    assert "50 % · Emne 0 (1 af 2)" in few and "1. Aftal punkt 1." in few
    assert "Det tyder på" in end("ja", "nej", "ja", "/skip", "/skip")
    nothing = end(*["/skip"] * 5)
    assert "Ingen af svarene giver point" in nothing and "%" not in nothing
    assert "endnu ingen svar" in end("/done")


def test_without_bands_the_end_says_how_many_and_on_the_way_what_is_missing() -> None:
    plain = make(result={"document": "agreement"})
    knowledge = replace(KNOWLEDGE, checklists={"example": plain})
    done = play(begin(), "Bogby", "nej", "/skip", "2", "i dag", "/skip", checklist=plain)
    reply = render.turn(knowledge, done)
    assert "Du har svaret på 4 af 6 spørgsmål." in reply.text
    assert "Mangler stadig" not in reply.text  # the document names its gaps
    on_the_way = render.turn(knowledge, play(begin(), "Bogby", "nej", "/done", checklist=plain))
    assert "**Mangler stadig**\n\n- tilliden\n- formen" in on_the_way.text


def test_a_long_review_goes_by_section() -> None:
    many = [
        {
            "id": f"s{n}",
            "title": {"da": f"Emne {n}", "en": f"S {n}"},
            "items": [item(f"i{n}-{m}", "yesno", f"punkt {n}.{m}") for m in range(8)],
        }
        for n in range(2)
    ]
    big = make(sections=many)
    knowledge = replace(KNOWLEDGE, checklists={"example": big})
    run = play(engine.start(big, "abcd1234", "da"), "ja", checklist=big).run
    assert labels(reviewing.review(knowledge, run)) == [["Emne 0"], ["Emne 1"], ["Tilbage til spørgsmålet"]]
    section = render.turn(knowledge, play(run, Control("review", "0"), checklist=big))
    assert "- **punkt 0.0:** Ja" in section.text and section.buttons[1].tap == "w:abcd1234:edit:i0-1"
    assert labels(section)[-1] == ["Alle emner", "Tilbage til spørgsmålet"]
    assert (
        reviewing.review(knowledge, run, "99")
        == reviewing.review(knowledge, run, "²")
        == reviewing.review(knowledge, run)
    )


def test_a_run_whose_item_is_gone_is_shown_at_the_next() -> None:
    run = begin().with_(at="vanished", answers={"name": Answer("Bogby")})
    assert "**Hvad med pengene?**" in render.step(KNOWLEDGE, run).text


def test_the_example_is_answered_in_full() -> None:
    assert play(begin(), *ALL).run.status == "done" and CHECKLIST.id == "example"
