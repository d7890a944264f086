"""Somebody who asks, gives commands and walks through checklists, by taps and in words: the same with the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

from bench.script import sentences, slip
from bot.door import Inbound
from dialogues import taps
from dialogues.reply import Reply

Act = tuple[str | None, str | None]  # a text, or a tap
CHECKLISTS = ("readiness", "agreement", "first-meeting", "health-check", "partner-choice")
SHORT = "readiness"  # which is gone through to its papers
_PRESSED = (taps.TOPIC, taps.MORE, taps.EXAMPLE, taps.VOTE, taps.START)  # outside of walkthroughs
_PATIENCE = (3, 12)  # steps
_OPEN = ("text", "number", "date")  # what an open question may take, tried in turn
_ASIDE, _SLIP, _BEGINS, _PHRASING = 0.1, 0.4, 0.06, 0.7  # how often
_KINDS = {"question": 50, "press": 14, "command": 12, "smalltalk": 7, "out_of_scope": 7, "followup": 7, "reminder": 3}
_REMINDERS = {"da": "mind mig om mødet om {} dage kl. 10", "en": "remind me of the meeting in {} days at 10"}


@cache
def phrasings(language: str) -> list[str]:
    """The questions on topics that the bot has learnt from, thousands of them."""
    from nlu.phrasings import DATA, phrasings_in

    files = sorted((DATA / language / "topics").rglob("*.yml"))
    return [phrasing.text for file in files for phrasing in phrasings_in(file, [])]


class Guest:
    """What they do next goes by what they were shown last. `finishes`: of their walkthroughs so many get to the end."""

    def __init__(self, number: int, luck: Random, finishes: float = 0.1, first: Sequence[Act] = ()) -> None:
        self.number, self._luck, self._finishes = number, luck, finishes
        self.owner, self.conversation = f"telegram:{number}", f"telegram:{number}:0:{number}"
        self._language = "en" if number % 3 == 2 else "da"
        self.first = list(first)
        self._shown: list[tuple[str, str]] = []  # buttons: label and tap
        self._steps = 0  # of the walkthrough that they still have patience for
        self._tried = 0

    def acts(self, update: int) -> Inbound:
        """The next thing that they do, under the number of an update."""
        text, tap = self.first.pop(0) if self.first else self._walks() or self._talks()
        return Inbound(self.conversation, self.owner, text, tap, self._language, id=str(update))

    def heard(self, replies: Sequence[Reply]) -> None:
        """Looks at the answer."""
        self._shown = [(button.label, button.tap) for reply in replies for button in reply.buttons]

    def begins(self, checklist: str, steps: int) -> Act:
        """Opens a walkthrough, and has patience for so many of its steps."""
        self._steps = steps
        return None, taps.tap(taps.START, checklist, "quick")

    # --- talking -----------------------------------------------------------------------------

    def _talks(self) -> Act:
        if self._luck.random() < _BEGINS:
            if self._luck.random() < self._finishes:
                return self.begins(SHORT, 40)
            return self.begins(self._luck.choice(CHECKLISTS), self._luck.randint(*_PATIENCE))
        kind = self._luck.choices([*_KINDS], [*_KINDS.values()])[0]
        if kind == "press":
            buttons = [tap for _, tap in self._shown if tap.partition(":")[0] in _PRESSED]
            self._steps = self._luck.randint(*_PATIENCE)  # should it begin a walkthrough
            return (None, self._luck.choice(buttons)) if buttons else (self._question(), None)
        if kind == "question":
            return self._question(), None
        if kind == "reminder":
            return _REMINDERS[self._language].format(self._luck.randint(2, 90)), None
        return self._said(kind), None

    def _question(self) -> str:
        if self._luck.random() < _PHRASING:
            text = self._luck.choice(phrasings(self._language))
        else:
            text = self._said("question")
        return slip(text, self._luck) if self._luck.random() < _SLIP else text

    def _said(self, kind: str) -> str:
        return str(self._luck.choice(sentences()[kind][self._language]))

    # --- walkthroughs ------------------------------------------------------------------------

    def _walks(self) -> Act | None:
        """An answer, where a step is on the screen; the way on, or out, where something else of a walkthrough is."""
        tap = self._tap(":pause")
        if tap is None:
            closing, going_on = self._tap(":close"), self._tap(":continue")
            if going_on and self._steps:
                return None, going_on
            return (None, closing) if closing else None
        if self._steps <= 0:
            return None, tap
        self._steps -= 1
        if self._luck.random() < _ASIDE:
            return self._said("interruption"), None
        return self._answers()

    def _answers(self) -> Act:
        enough = self._tap(":next")  # of several choices
        offered = [button for button in self._shown if button[1].startswith(f"{taps.ANSWER}:")]
        if enough:
            return None, enough
        if offered:
            label, tap = self._luck.choice(offered[:3])
            return (None, tap) if self._luck.random() < 0.7 else (label, None)
        skips = self._tap(":skip")
        if skips and self._luck.random() < 0.3:
            return None, skips
        self._tried += 1
        told: Any = sentences()["answer"][_OPEN[self._tried % len(_OPEN)]]
        return str(self._luck.choice(told[self._language])), None

    def _tap(self, ending: str) -> str | None:
        found = [tap for _, tap in self._shown if tap.startswith(f"{taps.CONTROL}:") and tap.endswith(ending)]
        return found[-1] if found else None
