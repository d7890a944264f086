"""Whatever people do, and editors change meanwhile, the state stays sound, nothing is lost, and what is shown is what
is stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from walkthrough_example import GRADE, KNOWLEDGE, RICH, RICH_ALL, TODAY, item, rich

from dialogues import taps
from dialogues.reply import Reply
from dialogues.walkthrough import answers, engine, moves, render, reviewing, scoring, screens, state
from dialogues.walkthrough.display import label, question, shown
from dialogues.walkthrough.engine import Turn
from dialogues.walkthrough.moves import Choose, Control, Correct, Move, Remark, Say
from dialogues.walkthrough.path import step_at, steps
from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.steps import Step, Walk
from knowledge.loader import Knowledge
from knowledge.schema import Checklist

LONGEST = 3900


def edited(change: Callable[[list[dict[str, Any]]], None]) -> Checklist:
    sections = json.loads(RICH.json())["sections"]
    change(sections)
    return rich(sections=sections)


def fewer(sections: list[dict[str, Any]]) -> None:
    """Questions and choices are gone, one has another kind, and fewer contacts are asked for."""
    del sections[2]["items"][1], sections[3]["items"][2]
    sections[2]["items"][2] = item("hours", "date", "timerne")
    sections[1]["items"][0].update(at_most=2)


def more(sections: list[dict[str, Any]]) -> None:
    """A question, a field and a contact more are asked for."""
    sections[0]["items"].insert(1, item("news", "text", "nyheden", required=True))
    sections[1]["items"][0].update(at_least=2)
    sections[1]["items"][0]["fields"].append(item("phone", "text", "telefonen", quick=False))


EDITIONS = (RICH, edited(fewer), rich(scales={"grade": GRADE[:3]}), edited(more), edited(list.reverse))
SAID = [
    "ja", "nej", "3", "1000", "5.000 kr.", "i morgen", "3. marts 2027", "Bogby", "Anna Holm", "ved ikke", "1 og 3",
    "alle", "ikke relevant", "hvorfor?", "tilbage", "spring over", "start forfra", "pause", "fortsæt", "mine svar",
    "pengene", "nej, jeg mente ja", "hov, jeg mente 7", "ret timerne til 9", "note: spørg Bodil", "note:", "slet",
    "gå til datoer", "gå til ²", "²", "??", "x" * 2001, "Ord " * 450, "", "\x00", "{{7*7}}", "**<b>_[x](https://e.dk)",
    "🎉", "-0,0001",
    "3, men det går fremad", "1/5 2020", "tre mdr.", "vis resultatet", "ret partneren til Kirken", "ingen af dem",
    "9" * 50,
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(SAID), st.text(max_size=20))
STEPS = st.sampled_from(
    [step.id for step in Walk(RICH, Run("abcd1234", "rich", answers={"contacts": state.Answer(3)}))]
    + ["budget", "payer", "contacts.0.since", "contacts.more", "p.trust.who", "p.trust.when", "news", "vanished", ""]
)
CHOICES = st.sampled_from(
    ["yes", "no", "none", "full", "unsure", "na", "private", "poster", "mail", "d7", "h00000000", ""]
)
ARGUMENTS = st.sampled_from(
    [None, "", "0", "1", "9", "²", "x", "work", "net", "contacts.0", "contacts.1", "contacts.9"]
)
CONTROLS = st.sampled_from([
    moves.BACK, moves.SKIP, moves.WHY, moves.PAUSE, moves.CONTINUE, moves.CANCEL, moves.DONE, moves.CLOSE, moves.REVIEW,
    moves.FULL, moves.NEXT, moves.SECTIONS, moves.JUMP, moves.PLAN, moves.STATUS, moves.EDIT, moves.NOTE, moves.DROP,
    "?",
])  # fmt: skip
LOW = (*RICH_ALL[:3], "ja", "Kirken", "1", "Bo Lind", "ja", "Banken", "2", "i morgen", "Ida Krog", "nej", *["nej"] * 3,
       "9", "1", "1", "2", "i dag", "i morgen", "ingen bemærkninger")  # fmt: skip
FITTING: dict[str, list[str]] = {
    "yesno": ["ja", "nej"],
    "text": ["Bogby", "Musikskolen"],
    "person": ["Anna Holm", "Bo Lind"],
    "number": ["7", "40"],
    "money": ["500", "5.000 kr."],
    "date": ["i morgen", "3. marts 2027"],
    "several": ["1", "1 og 2"],
    "choice": ["1", "2"],
    "scale": ["1", "2", "3"],
}


class Walking(RuleBasedStateMachine):
    """Somebody walks through the checklist in every way there is, while editors work on it."""

    run: Run

    @initialize(
        mode=st.sampled_from(["quick", "full"]),
        language=st.sampled_from(["da", "en"]),
        said=st.sampled_from([(), RICH_ALL[:4], RICH_ALL[:12], LOW, RICH_ALL]),
    )
    def begins(self, mode: state.Mode, language: str, said: tuple[str, ...]) -> None:
        self.checklist: Checklist = RICH
        self.seen: list[str] = []
        self.run = engine.start(self.checklist, "abcd1234", language, mode, started=TODAY)
        self.shows(Turn(self.run))
        for text in said:
            self.does(Say(text))

    @property
    def knowledge(self) -> Knowledge:
        return replace(KNOWLEDGE, checklists={"rich": self.checklist})

    # --- what people do --------------------------------------------------------------------------

    @rule(choice=st.integers(0, 5))
    def answers(self, choice: int) -> None:
        step = step_at(self.checklist, self.run)
        if step:
            fitting = FITTING[step.item.kind]
            self.does(Say(fitting[choice % len(fitting)]))

    @rule(choices=st.lists(st.integers(0, 5), min_size=1, max_size=10))
    def answers_on(self, choices: list[int]) -> None:
        for choice in choices:
            self.answers(choice)

    @rule()
    def plans(self) -> None:
        self.does(Control(moves.PLAN))

    @rule(text=TEXTS)
    def says(self, text: str) -> None:
        engine.fits(self.checklist, self.run, text, TODAY)
        self.does(Say(text))

    @rule(place=st.integers(0, 30))
    def taps_what_is_shown(self, place: int) -> None:
        made = [(button, move) for button in self.reply.buttons if (move := meant(button.tap))]
        if made:
            button, move = made[place % len(made)]
            turn = self.does(move)
            key = turn.notice.key if turn.notice else ""
            assert not key.startswith("gone-") and key != "old-button", f"{button.label!r} was offered, but: {key}"

    @rule(place=st.integers(0, 10**6))
    def taps_an_old_button(self, place: int) -> None:
        move = meant(self.seen[place % len(self.seen)])
        if move:
            self.does(move)

    @rule(step=STEPS, choice=CHOICES)
    def taps_anything(self, step: str, choice: str) -> None:
        self.does(Choose(step, choice))

    @rule(name=CONTROLS, argument=st.one_of(ARGUMENTS, STEPS))
    def steers(self, name: str, argument: str | None) -> None:
        before = self.run.answers
        self.does(Control(name, argument))
        if name in (moves.BACK, moves.EDIT, moves.JUMP, moves.REVIEW, moves.NOTE, moves.FULL, moves.PLAN, moves.DONE):
            assert self.run.answers == before, f"{name} changed an answer"

    @rule(step=STEPS)
    def changes(self, step: str) -> None:
        self.does(Control(moves.EDIT, step))
        if self.run.at == step:
            assert self.run.status == "open"

    @rule(text=TEXTS)
    def notes(self, text: str) -> None:
        self.does(Remark(text))

    @rule(entry=st.integers(0, 3))
    def leaves_out_an_entry(self, entry: int) -> None:
        self.does(Control(moves.DROP, f"contacts.{entry}"))
        if self.run.asking:
            self.does(Control(moves.CONFIRM))

    @precondition(lambda self: len(self.run.answers) > 12)
    @rule(sure=st.booleans())
    def starts_over(self, sure: bool) -> None:
        self.does(Control(moves.RESTART))
        self.does(Control(moves.CONFIRM if sure else moves.CANCEL))

    @rule()
    def corrects_what_was_said_last(self) -> None:
        value = Walk(self.checklist, self.run).value(str(self.run.last))
        if value is not None:
            self.does(Correct(str(self.run.last), value))

    @rule(edition=st.integers(0, len(EDITIONS) - 1))
    def comes_back_to_another_edition(self, edition: int) -> None:
        kept = self.run
        self.checklist = EDITIONS[edition]
        turn = self.does(Control(moves.CONTINUE))
        held = moves.asks(kept.asking)[0] == moves.WHERE  # a note that waited for its answer isn't lost
        assert turn.run.answers == kept.answers and (held or turn.run.notes == kept.notes)

    # --- what always holds -----------------------------------------------------------------------

    def does(self, move: Move) -> Turn:
        before = self.run
        turn = engine.apply(self.checklist, before, move, TODAY)
        if turn.finished:
            turn = replace(turn, run=engine.with_papers(turn.run))
        self.run = state.from_dict(json.loads(json.dumps(state.to_dict(turn.run))))
        assert self.run == turn.run, "what is stored is not what was done"
        assert not turn.finished or turn.run.status == "done"
        assert turn.finished or turn.run.edition == before.edition
        self.loses_nothing(before, move)
        self.shows(turn)
        return turn

    def loses_nothing(self, before: Run, move: Move) -> None:
        """One move changes one answer and one note at most, and takes none away but where that was meant."""
        asked, _ = moves.asks(before.asking)
        if asked == moves.RESTART and not self.run.answers:
            return
        answers_drop = asked == moves.DROP and not isinstance(move, Choose)
        if answers_drop or drops(move):
            was, now = entries(before), entries(self.run)
            assert len(now) >= len(was) - answers_drop and all(entry in was for entry in now)
            before = before.with_(answers=outside(before), notes={})
        changed = {step for step, value in given(before).items() if given(self.run).get(step) != value}
        assert len(changed) <= 1, f"{move} changed {changed}"
        gone = {step for step in given(before) if step not in given(self.run) and self.fits(before, step)}
        assert not gone or toggles(move, gone), f"{move} took away {gone}"
        notes = {step for step, note in before.notes.items() if self.run.notes.get(step) != note}
        assert len(notes) <= 1, f"{move} changed the notes on {notes}"

    def fits(self, run: Run, step_id: str) -> bool:
        """Whether the answer is one that its question, if it is asked, still takes: who passes over what editors have
        changed gives up what it was before."""
        step = Walk(self.checklist, run).step(step_id)
        return step is None or stored(self.checklist, run, step) is not None

    def shows(self, turn: Turn) -> None:
        self.reply = render.turn(self.knowledge, turn)
        self.looks_right(self.reply)
        if turn.notice and turn.notice.values.get("value") is not None and turn.show == "step":
            step = Walk(self.checklist, self.run).step(turn.notice.values["step"])
            assert (
                not step or str(shown(self.knowledge, self.run, step, turn.notice.values["value"])) in self.reply.text
            )

    def looks_right(self, reply: Reply) -> None:
        assert reply.text.strip() and len(reply.text) < LONGEST and reply.place == "run:abcd1234"
        assert all(taps.parse(button.tap) and button.label.strip() for button in reply.buttons)
        self.seen += [button.tap for button in reply.buttons if button.tap not in self.seen]

    @invariant()
    def the_state_is_sound(self) -> None:
        asked = [step.id for step in steps(self.checklist, self.run)]
        assert len(set(asked)) == len(asked)
        assert self.run.at in asked or (self.run.at is None and self.run.status == "done")
        assert (self.run.at is None) == (self.run.status == "done")
        n, total = engine.position(self.checklist, self.run)
        assert 1 <= n <= total == len(asked)
        score = scoring.score(self.checklist, self.run)
        assert 0 <= score.reached <= score.possible

    @invariant()
    def the_screen_shows_what_is_stored(self) -> None:
        step, run = step_at(self.checklist, self.run), self.run.with_(asking=None)
        reply = render.step(self.knowledge, run)
        self.looks_right(reply)
        if step:
            assert str(question(self.knowledge, run, step)) in reply.text, f"{step.id} of {run}: {reply.text}"
            value = Walk(self.checklist, run).value(step.id)
            ticked = [button.tap.split(":")[3] for button in reply.buttons if button.label.startswith("✓ ")]
            if step.item.kind == "several":
                assert tuple(ticked) == (value or ())
            elif value is not None:
                assert str(shown(self.knowledge, run, step, value)) in reply.text
                assert ticked == ([value] if step.item.kind in ("yesno", "choice", "scale") else ticked)

    @rule()
    def looks_at_all_answers(self) -> None:
        lines = engine.summary(self.checklist, self.run)
        pages = [reviewing.review(self.knowledge, self.run)]
        pages += [reviewing.review(self.knowledge, self.run, str(n)) for n in range(len(self.checklist.sections))]
        pages += [reviewing.review(self.knowledge, self.run, f"contacts.{n}") for n in range(entry_count(self.run))]
        for page in pages:
            self.looks_right(page)
        told = "\n".join(page.text for page in pages)
        for line in lines:
            assert line.value == stored(self.checklist, self.run, line.step)
            called = line.step.item.text(self.run.language).label if line.step.written else self.called(line.step)
            assert f"{called}:** {shown(self.knowledge, self.run, line.step, line.value)}" in told
        for screen in (screens.paused, screens.status, screens.sections, screens.closed, screens.confirm):
            self.looks_right(screen(self.knowledge, self.run, None))

    def called(self, step: Step) -> str:
        return str(label(self.knowledge, self.run, step))


def meant(text: str) -> Move | None:
    """The move of a tap; None for one that leads away from the walkthrough, and for a yes to starting over, which has a
    rule of its own."""
    tap = taps.parse(text)
    made = moves.from_tap(tap) if tap else None
    return made[1] if made else None


def given(run: Run) -> dict[str, Value]:
    """The answers that people gave; how many entries there are, and that there are no more, is counted elsewhere."""
    kept = ("contacts", "contacts.more")
    return {step: one.value for step, one in run.answers.items() if one.value is not None and step not in kept}


def outside(run: Run) -> dict[str, state.Answer]:
    return {step: answer for step, answer in run.answers.items() if not step.startswith("contacts.")}


def entry_count(run: Run) -> int:
    answer = run.answers.get("contacts")
    return answer.value if answer and isinstance(answer.value, int) else 0


def entries(run: Run) -> list[dict[str, Value]]:
    """The entries as they are stored, with those that a condition hides."""
    found: list[dict[str, Value]] = []
    for number in range(6):
        start = f"contacts.{number}."
        entry = {step[len(start) :]: value for step, value in given(run).items() if step.startswith(start)}
        found += [entry] if entry else []
    return found


def stored(checklist: Checklist, run: Run, step: Step) -> Value:
    """The stored answer, where it is one that the question takes."""
    answer = run.answers.get(step.id)
    value = answer.value if answer else None
    return value if value is not None and answers.valid(step.item, checklist.choices(step.item), value) else None


def drops(move: Move) -> bool:
    """Whether it leaves out an entry that is empty."""
    return isinstance(move, Control) and move.name == moves.DROP


def toggles(move: Move, gone: set[str]) -> bool:
    """Whether the last of several choices was taken back."""
    return isinstance(move, Choose) and gone == {move.step} == {"channels"}


Walking.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestWalking = Walking.TestCase
