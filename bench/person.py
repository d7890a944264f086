"""One person of the script, talking to the engine: types, taps, walks through whole checklists."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

from bench import script
from bench.figures import Clock
from bench.script import Say, Walk
from bot.door import Inbound
from dialogues import taps
from dialogues.reply import Choice, Reply
from dialogues.walkthrough.path import step_at

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House

LONGEST_WALK = 90  # turns after which a walkthrough is given up
ASIDE = 6  # in a walkthrough, every so many turns a question is asked in the middle


@dataclass(frozen=True)
class Done:
    """A turn that was measured: what was said or what the tapped button said, and what the answer took."""

    person: str
    kind: str
    said: str
    tapped: bool
    milliseconds: float
    processor: float  # milliseconds of processor time, of all threads
    outcome: str | None
    document: bool  # the turn made files


class Talking:
    """Does what the script says, and notes every turn in `turns`."""

    def __init__(self, engine: RasaEngine, house: House, who: script.Person) -> None:
        self.turns: list[Done] = []
        self._engine, self._house, self._who = engine, house, who
        self._replies: list[Reply] = []
        told = script.sentences()
        self._asides = cycle(told["interruption"][who.language])
        self._answers = {kind: cycle(texts[who.language]) for kind, texts in told["answer"].items()}

    async def go(self) -> None:
        """All steps of the script."""
        for step in self._who.steps:
            await (self.say(step) if isinstance(step, Say) else self._walk(step))

    async def say(self, said: Say) -> None:
        """Types a text."""
        await self._do(said.kind, said.text, None)

    async def _tap(self, choice: Choice) -> None:
        await self._do("tap", choice.label, choice.tap)

    async def _do(self, kind: str, said: str, tap: str | None) -> None:
        name = self._who.name
        inbound = Inbound(name, name, text=None if tap else said, tap=tap)
        clock = Clock()
        self._replies = await self._engine.handle(inbound)
        taken = clock.taken()
        outcome = next((reply.outcome for reply in self._replies if reply.outcome), None)
        document = any(reply.attachments for reply in self._replies)
        self.turns.append(Done(name, kind, said, tap is not None, *taken, outcome, document))

    # --- walkthroughs ------------------------------------------------------------------------

    async def _walk(self, walk: Walk) -> None:
        await self.say(Say("request", script.sentences()["request"][walk.checklist][self._who.language]))
        start = taps.tap(taps.START, walk.checklist, walk.mode)
        label = next((choice.label for choice in self._buttons() if choice.tap == start), walk.mode)
        await self._tap(Choice(label, start))
        for turn in range(1, LONGEST_WALK):
            if not self._stands_at_a_step():
                break
            if turn % ASIDE == 0:
                await self.say(Say("interruption", next(self._asides)))
            await self._answer(walk.by_taps)
        await self._leave()

    async def _answer(self, by_tap: bool) -> None:
        choices = [choice for choice in self._buttons() if choice.tap.startswith(f"{taps.ANSWER}:")]
        chosen = [choice for choice in self._buttons() if choice.tap.endswith(":next")]  # enough of several
        if chosen:
            await self._tap(chosen[0])
        elif choices:
            choice = choices[len(self.turns) % min(len(choices), 2)]
            await (self._tap(choice) if by_tap else self.say(Say("answer", choice.label)))
        else:
            await self.say(Say("answer", next(self._answers[self._asked_kind()])))

    async def _leave(self) -> None:
        """Closes the result, so that what follows is no answer to it."""
        closing = [choice for choice in self._buttons() if choice.tap.endswith((":close", ":pause"))]
        if closing:
            await self._tap(closing[-1])

    def _stands_at_a_step(self) -> bool:
        return any(choice.tap.endswith(":pause") for choice in self._buttons())

    def _asked_kind(self) -> str:
        """Whether the step on the screen takes a text, a number or a date."""
        run = self._house.store.runs(self._who.name)[0]
        step = step_at(self._house.knowledge.checklists[run.checklist], run)
        kind = step.item.kind if step else "text"
        return kind if kind in self._answers else "text"

    def _buttons(self) -> list[Choice]:
        return [choice for reply in self._replies for choice in reply.buttons]
