"""From low answers to actions: who does what, and when; and what the result says of answers that don't count."""

from __future__ import annotations

from datetime import date
from typing import Any

from walkthrough_example import RICH, RICH_KNOWLEDGE, TODAY, begin_rich, key, play_rich, rich_run, values

from dialogues.documents.appointments import events
from dialogues.reply import Reply
from dialogues.walkthrough import render, scoring
from dialogues.walkthrough.moves import Choose, Control
from dialogues.walkthrough.path import steps
from dialogues.walkthrough.state import Run

LOW = {"money": "no", "trust": "some", "shared": "none"}


def show(run: Run, *moves: Any) -> Reply:
    return render.turn(RICH_KNOWLEDGE, play_rich(run, *moves))


def labels(reply: Reply) -> list[str]:
    return [button.label for button in reply.buttons]


def test_an_action_follows_only_from_half_of_the_best_or_less() -> None:
    for answer, acts in (
        ("none", True),
        ("some", True),
        ("most", False),
        ("full", False),
        ("unsure", False),
        ("na", False),
    ):
        actions = scoring.score(RICH, rich_run(trust=answer)).actions
        assert [action.item.id for action in actions] == (["trust"] if acts else [])


def test_who_and_when_are_asked_for_the_most_important_actions() -> None:
    done = rich_run(**LOW)
    assert "Aftal hvem og hvornår for 3 handlinger" in labels(show(done, "/continue"))
    turn = play_rich(done, "/plan")
    assert turn.run.at == "p.trust.who" and turn.run.status == "open"
    assert [step.id for step in steps(RICH, turn.run) if step.about] == [
        f"p.{item}.{part}" for item in ("trust", "shared", "money") for part in ("who", "when")
    ]
    reply = render.turn(RICH_KNOWLEDGE, turn)
    assert "**Aftal tilliden. Hvem tager sig af det?**" in reply.text and "_Hvem gør hvad · " in reply.text


def test_the_plan_stands_in_the_result() -> None:
    done = rich_run(**LOW)
    turn = play_rich(done, "/plan", "Anna Holm", "3. marts 2027", "/skip", "i morgen", "Bo Lind", "ved ikke")
    assert turn.finished and turn.run.edition == done.edition + 1
    text = render.turn(RICH_KNOWLEDGE, turn).text
    assert "1. Aftal tilliden. – **Anna Holm, onsdag den 3. marts 2027**" in text
    assert "2. Aftal det fælles. – **tirsdag den 24. november 2026**\n3. Aftal pengene. – **Bo Lind**" in text
    assert "Ret hvem og hvornår" in labels(render.turn(RICH_KNOWLEDGE, turn))
    assert [(one.title, one.day) for one in events(RICH, turn.run, TODAY)] == [
        ("Aftal det fælles.", date(2026, 11, 24)),
        ("Aftal tilliden. – Anna Holm", date(2027, 3, 3)),
    ]


def test_names_and_dates_of_the_plan_can_be_chosen_by_button() -> None:
    run = play_rich(rich_run(**LOW), "/plan", "Anna Holm").run
    reply = render.step(RICH_KNOWLEDGE, run)
    assert labels(reply)[:3] == ["Om en uge", "Om en måned", "Om tre måneder"]
    turn = play_rich(run, Choose("p.trust.when", "d7"))
    assert values(turn.run)["p.trust.when"] == date(2026, 11, 30)
    assert labels(render.turn(RICH_KNOWLEDGE, turn))[0] == "Anna Holm"
    assert key(play_rich(run, Choose("p.trust.when", "d8"))) == "gone-choice"


def test_planning_again_begins_at_the_first_action_and_loses_nothing() -> None:
    planned = play_rich(rich_run(trust="none"), "/plan", "Anna Holm", "i morgen").run
    again = play_rich(planned, "/plan")
    assert again.run.at == "p.trust.who" and values(again.run) == values(planned)
    kept = play_rich(again.run, "/skip").run
    assert kept.status == "done" and values(kept) == values(planned)


def test_a_better_answer_takes_its_action_out_of_the_plan_and_back() -> None:
    planned = play_rich(rich_run(trust="none"), "/plan", "Anna Holm", "i morgen").run
    better = play_rich(planned, Choose("trust", "full")).run
    assert not [step for step in steps(RICH, better) if step.about] and better.status == "done"
    assert "Anna Holm" not in show(better, "/continue").text
    worse = play_rich(better, Choose("trust", "some")).run
    assert worse.status == "done" and "– **Anna Holm, " in show(worse, "/continue").text


def test_where_nothing_is_low_there_is_nothing_to_plan() -> None:
    done = rich_run(trust="full", money="yes")
    assert not [label for label in labels(show(done, "/continue")) if "hvornår" in label]
    assert key(play_rich(done, "/plan")) == "no-actions"


def test_the_plan_can_be_left_and_gone_on_with() -> None:
    run = play_rich(rich_run(**LOW), "/plan", "Anna Holm", "/pause").run
    assert play_rich(run, "/continue").run.at == "p.trust.when"
    assert "Det, der mangler" not in show(run, "/done").text and play_rich(run, "/done").show == "result"


# --- what doesn't count is said ------------------------------------------------------------------


def test_the_effect_of_not_knowing_and_not_relevant_is_said_at_once() -> None:
    run = begin_rich(library="Bogby", hours=3, channels=())
    run = play_rich(run, Control("edit", "trust")).run
    unsure = show(run, "ved ikke").text
    assert "tilliden: Ved ikke. Det giver 0 point og kommer med som noget, I skal finde ud af." in unsure
    assert "tilliden: Ikke relevant. Det tæller ikke med i resultatet." in show(run, "ikke relevant").text
    assert "point" not in show(run, "3").text


def test_the_result_names_what_is_unknown_not_relevant_and_skipped() -> None:
    text = show(rich_run(trust="unsure", shared="na"), "/continue").text
    assert "**Det skal I finde ud af**\n\n- tilliden" in text
    assert "Tæller ikke med, fordi I sprang over: pengene." in text
    assert "Tæller ikke med, fordi det ikke er relevant for jer: det fælles." in text
    assert "”Ved ikke” giver 0" in text


def test_a_stop_sign_stands_before_the_score() -> None:
    text = show(rich_run(trust="none", money="yes"), "/continue").text
    assert text.index("**Først:** Stop op.") < text.index("14 %") < text.index("**Det peger jeres svar på**")
    assert "- Find kontakter.\n- Styrk arbejdet." in text


# --- dates for the calendar ----------------------------------------------------------------------


def test_marked_dates_go_into_the_calendar_and_keep_their_place_there() -> None:
    run = rich_run(
        partner="Kirken", start=date(2027, 3, 3), end=date(2028, 3, 3),
        contacts=1, contacts_0_name="Banken", contacts_0_sector="private", contacts_0_since=date(2027, 1, 4),
    )  # fmt: skip
    assert [(one.title, one.day) for one in events(RICH, run, TODAY)] == [
        ("Ring op – Banken – Kirken", date(2027, 1, 4)),
        ("Samarbejdet begynder – Kirken", date(2027, 3, 3)),
    ]
    moved = play_rich(run, Control("edit", "start"), "1. april 2027").run
    assert {one.uid for one in events(RICH, moved, TODAY)} == {one.uid for one in events(RICH, run, TODAY)}
    assert events(RICH, run, date(2027, 3, 4)) == [], "what is past isn't put into a calendar"
