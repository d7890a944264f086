"""Is it an answer to the step on the screen, or something else? Decided from the step and from what was understood.

An answer is taken only where it fits the step; a question never fills a text in silence.
"""

from __future__ import annotations

from typing import Literal

from dialogues.turn import Meaning
from dialogues.walkthrough import moves, words
from dialogues.walkthrough.engine import Fit

Belongs = Literal["answer", "interruption", "unknown question"]

SURE = 0.5  # from here a question is told from an answer in free words by what it is about
CERTAIN = 0.9  # from here an order is told from an answer that doesn't fit the step
BEYOND_DOUBT = 0.97  # from here one that isn't foreseen word for word is told from a name or a sentence
ORDER_WORDS = 4  # … said in no more words
CONTROL_WORDS = 6  # a control is said in few words
CONTROLS = {
    "back": moves.BACK,
    "skip": moves.SKIP,
    "why": moves.WHY,
    "pause": moves.PAUSE,
    "stop": moves.PAUSE,
    "continue": moves.CONTINUE,
    "restart": moves.RESTART,
}
_GREETINGS = ("greet", "thanks", "bye")
_ANSWERS = ("affirm", "deny")  # small talk elsewhere, but a yes or no in a walkthrough
_SUBJECTS = ("topic", "checklist", "term", "command")
_SOMETHING_ELSE = (*_SUBJECTS, "smalltalk", "followup", "unclear")


def control(fit: Fit, meaning: Meaning, text: str) -> str | None:
    """The walkthrough's control that was asked for in plain words, or None."""
    asked = CONTROLS.get(meaning.name) if meaning.intent == "command" else None
    if fit == "free":
        wishes = words.is_question(text) and meaning.confidence >= CERTAIN  # "kan vi gå tilbage?"
        orders = meaning.confidence >= BEYOND_DOUBT and len(text.split()) <= ORDER_WORDS
        return asked if meaning.exact or wishes or orders else None
    plain = meaning.confidence >= CERTAIN and len(text.split()) <= CONTROL_WORDS
    return asked if fit in ("none", "question") and plain else None


def belongs(fit: Fit, meaning: Meaning, text: str) -> Belongs:
    """Where a typed text belongs, given how it fits the step on the screen."""
    if fit in ("answer", "control"):
        return "answer"
    asks = words.is_question(text)
    if meaning.intent == "command" and meaning.name in CONTROLS:  # not sure enough to be obeyed: see `control`
        return "unknown question" if asks else "answer"
    if meaning.intent == "smalltalk" and meaning.name in _ANSWERS:
        return "answer"
    if fit == "free":
        return _beside_free_words(meaning, text, asks)
    needed = CERTAIN if meaning.intent == "command" else SURE
    if meaning.intent in _SOMETHING_ELSE and (asks or meaning.confidence >= needed):
        return "interruption"
    return "interruption" if asks and meaning.intent == "out_of_scope" else "answer"


def _beside_free_words(meaning: Meaning, text: str, asks: bool) -> Belongs:
    """A name or a sentence can sound like anything, so that only the form of a question makes it one, and only
    an order or a greeting that editors have foreseen word for word, or can't be mistaken, is no answer."""
    if asks and meaning.intent in _SUBJECTS and meaning.confidence >= SURE:
        return "interruption"
    if meaning.exact and (meaning.intent in ("checklist", "command") or meaning.name in _GREETINGS):
        return "interruption"
    if not asks:
        return "answer"
    return "interruption" if meaning.intent in _SOMETHING_ELSE else "unknown question"
