"""What is typed at a step and is neither an answer nor a question: a wish for a language, the words of a button."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dialogues import plain_words
from dialogues.reply import Reply
from dialogues.turn import LANGUAGE, STEP, Outcome, Turn
from dialogues.walkthrough import moves, render
from dialogues.walkthrough.engine import Fit
from dialogues.walkthrough.moves import Doubt
from dialogues.walkthrough.path import step_at
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.words import fold

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

_BUTTONS, _ANSWERS = "walkthrough.button-", "walkthrough.button-in-"


def language_wish(turn: Turn, run: Run, fit: Fit) -> Outcome | None:
    """The step in the language that is wished for; None where the words wish for none, or are an answer."""
    wished = plain_words.language_wish(turn.text) if fit not in ("answer", "control") else None
    if wished is None or _asks_for_a_language(turn, run):
        return None
    turn.store.set_language(turn.owner, wished)
    told = Reply(turn.knowledge.say(wished, "command.language-set"), language=wished)
    step = render.step(turn.knowledge, run.with_(language=wished))
    return Outcome((told, step)).remember(**{LANGUAGE: wished, STEP: run.at})


def button_words(turn: Turn, fit: Fit) -> Doubt | None:
    """The question whether the words are the answer, where they are those of a button that isn't on the screen."""
    is_face = fit == "free" and fold(turn.text) in _faces(turn.knowledge)
    return Doubt(moves.MEANT, turn.text) if is_face else None


def _asks_for_a_language(turn: Turn, run: Run) -> bool:
    step = step_at(turn.knowledge.checklists[run.checklist], run)
    if step is None or not step.written:
        return False
    asked = fold(" ".join(step.item.text(language).question for language in ("da", "en")))
    return "sprog" in asked or "language" in asked


def _faces(knowledge: Knowledge) -> frozenset[str]:
    texts = ((key, text) for key, text in knowledge.texts.items() if key.startswith(_BUTTONS))
    plain = tuple(text[language] for key, text in texts if not key.startswith(_ANSWERS) for language in ("da", "en"))
    return _folded(plain)


@lru_cache(maxsize=4)
def _folded(faces: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(face) for face in faces if "{" not in face)
