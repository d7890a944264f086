"""What the user has been told: every walkthrough as it stood when its last reply was shown, and what is on the screen.

It foresees what a line leads to by asking the walkthroughs' engine, which is pure, and what will be shown by
rendering it; whether the program stored that, and showed it, is what is tested.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from bot.commands import written
from bot.rendering.plain import plain
from bot.terminal import Offered
from dialogues import taps
from dialogues.plain_words import way as way_in
from dialogues.reply import Reply
from dialogues.walkthrough import engine, moves, naming, render, screens
from dialogues.walkthrough.beginning import begun
from dialogues.walkthrough.display import shortened
from dialogues.walkthrough.outcome import Turn
from dialogues.walkthrough.state import Mode, Run

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

CONTINUE = {"da": "fortsæt", "en": "continue"}


@dataclass(frozen=True)
class Screen:
    """The buttons that can be pressed. `awaits`: the checklist whose way, quick or full, is to be chosen."""

    reply: Reply
    awaits: str | None = None
    way: Mode | None = None

    @property
    def offered(self) -> Offered:
        return Offered(self.reply.buttons, "#" if self.reply.takes_numbers else "")

    def label_of(self, control: str, place: int = 0) -> str | None:
        """What a button of that control says."""
        found = [choice.label for choice in self.reply.buttons if choice.tap.split(":")[2:3] == [control]]
        return found[place % len(found)] if found else None

    def number_of(self, kind: str, place: int) -> str | None:
        """The number of a button of that kind of tap."""
        numbered = enumerate(self.reply.buttons, start=1)
        found = [number for number, choice in numbered if choice.tap.startswith(f"{kind}:")]
        return f"{self.offered.sign}{found[place % len(found)]}" if found else None


@dataclass(frozen=True)
class Said:
    """A line, and what it must lead to. Where `turn` and `started` are None, no walkthrough changes."""

    text: str
    turn: Turn | None = None
    started: Run | None = None  # a new walkthrough, without its id
    shows: str = ""  # what is shown, as far as it is foreseen
    screen: Screen | None = None

    @property
    def after(self) -> Run | None:
        return self.turn.run if self.turn else None

    def changes(self, run: Run | None) -> bool:
        """Whether it changes what is stored, where `run` is on the screen."""
        return self.started is not None or self.after not in (None, run)


@dataclass
class Book:
    """`current`: the walkthrough on the screen."""

    knowledge: Knowledge
    language: str
    runs: dict[str, Run] = field(default_factory=dict)
    newest_first: list[str] = field(default_factory=list)
    current: str | None = None
    screen: Screen | None = None
    files: dict[tuple[str, str], str] = field(default_factory=dict)  # announced: name and digest, and who announced it

    @property
    def run(self) -> Run | None:
        return self.runs.get(self.current or "")

    @property
    def continues(self) -> str:
        return CONTINUE[self.language]

    def unfinished(self) -> list[Run]:
        return [self.runs[name] for name in self.newest_first if self.runs[name].status != "done"]

    # --- what a line leads to ----------------------------------------------------------------

    def said(self, text: str, *, begins: tuple[str, Mode] | None = None, asks: bool = False) -> Said:
        """The line with what it must lead to. `asks`: it is a question in the middle."""
        tap = self._tap(text)
        if begins:
            return self._intro(text, *begins)
        if asks and self.run:
            return Said(text, shows=self.step_shown(self.run), screen=Screen(render.step(self.knowledge, self.run)))
        way = way_in(text) if self.screen and self.screen.awaits else None
        if self.screen and self.screen.awaits and way:
            return self._start(text, self.screen.awaits, way)
        run = self.run
        chosen = moves.from_tap(tap) if tap else None
        if run is None or (tap and chosen is None):
            return Said(text)
        move = chosen[1] if chosen else moves.Say(text)
        return self._move(text, run, move)

    def resumed(self, run: Run) -> Said:
        """Going on with a walkthrough after a start."""
        return self._move(self.continues, run, moves.Control(moves.CONTINUE))

    def button_to(self, run: Run) -> str:
        """What the button says that goes on with the walkthrough, where several are under way."""
        checklist = self.knowledge.checklists[run.checklist]
        n, total = engine.position(checklist, run)
        title = shortened(naming.title(checklist, run, self.language))
        return str(self.knowledge.say(self.language, "command.button-continue", title=title, n=n, total=total))

    def step_shown(self, run: Run) -> str:
        """The step, or the result, that a walkthrough has on the screen."""
        return plain(render.step(self.knowledge, run).text)

    def _tap(self, text: str) -> taps.Tap | None:
        command = written(text)
        pressed = self.screen.offered.pressed(text) if self.screen else None
        told = pressed or (command.tap if command else None)
        return taps.parse(told) if told else None

    def _move(self, text: str, run: Run, move: moves.Move) -> Said:
        checklist = self.knowledge.checklists[run.checklist]
        turn = engine.apply(checklist, run, move, date.today())
        if turn.finished:
            turn = replace(turn, run=engine.with_papers(turn.run))
        reply = render.turn(self.knowledge, turn, [one for one in self._all() if one.checklist == run.checklist])
        return Said(text, turn, shows=plain(reply.text), screen=Screen(reply))

    def _intro(self, text: str, checklist_id: str, way: Mode) -> Said:
        mine = [run for run in self._all() if run.checklist == checklist_id]
        unfinished = [run for run in mine if run.status != "done"]
        finished = next((run for run in mine if run.status == "done"), None)
        reply = screens.intro(self.knowledge, checklist_id, self.language, unfinished, finished)
        return Said(text, shows=plain(reply.text), screen=Screen(reply, checklist_id, way))

    def _start(self, text: str, checklist_id: str, way: Mode) -> Said:
        checklist, checklists = self.knowledge.checklists[checklist_id], self.knowledge.checklists
        run = begun(checklist, checklists, self._all(), "", language=self.language, mode=way, today=date.today())
        return Said(text, started=run, shows=self.step_shown(run))

    def _all(self) -> list[Run]:
        return [self.runs[name] for name in self.newest_first]

    # --- what has been told ------------------------------------------------------------------

    def told(self, said: Said, started: Run | None = None) -> None:
        """A reply has been shown: what it says was done is done. `started`: a new walkthrough, with its id."""
        self.screen = said.screen
        if started:
            self.keep(started)
            self.screen = Screen(render.step(self.knowledge, started))
        elif said.after:
            self.keep(said.after)

    def keep(self, run: Run) -> None:
        """This is how the walkthrough stands, and it is the one on the screen."""
        if self.runs.get(run.id) != run:
            self.newest_first = [run.id, *(name for name in self.newest_first if name != run.id)]
        self.runs[run.id] = run
        self.current = run.id

    def adopt(self, runs: dict[str, Run], newest_first: tuple[str, ...]) -> None:
        """What is stored is where one goes on from; what has changed is on the screen."""
        changed = [name for name in newest_first if self.runs.get(name) != runs[name]]
        self.runs, self.newest_first = dict(runs), list(newest_first)
        if changed:
            self.current, self.screen = changed[0], None
