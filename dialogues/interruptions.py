"""Is it an answer to the step on the screen, or something else? Decided from the step and from what was understood.

An answer is taken only where it fits the step; a question never fills a text in silence.
"""

from __future__ import annotations

from typing import Literal

from dialogues.turn import Meaning
from dialogues.walkthrough import moves, numbers, sayings, words
from dialogues.walkthrough.engine import Fit

Belongs = Literal["answer", "interruption", "unknown question", "doubtful"]

SURE = 0.5  # from here a question is told from an answer by what it is about
CERTAIN = 0.9  # from here an order, or words that aren't put as a question, are told from an answer
FEW_WORDS = 6  # an order, or a subject that is only named, isn't said in more
CONTROLS = {
    "back": moves.BACK,
    "skip": moves.SKIP,
    "why": moves.WHY,
    "pause": moves.PAUSE,
    "stop": moves.PAUSE,
    "continue": moves.CONTINUE,
    "restart": moves.RESTART,
    "review": moves.REVIEW,
    "status": moves.STATUS,
    "sections": moves.SECTIONS,
    "preview": moves.DONE,
}
_GREETINGS = ("greet", "thanks", "bye")
_ANSWERS = ("affirm", "deny")  # small talk elsewhere, but a yes or no in a walkthrough
_SUBJECTS = ("topic", "checklist", "term", "command")
_SOMETHING_ELSE = (*_SUBJECTS, "smalltalk", "followup", "unclear")


def control(fit: Fit, meaning: Meaning, text: str) -> str | None:
    """The walkthrough's control that was asked for in plain words, or None."""
    asked = CONTROLS.get(meaning.name) if meaning.intent == "command" else None
    if fit not in ("free", "none", "question") or asked is None:
        return None
    if asked == moves.PAUSE and sayings.ends_the_partnership(text):
        return None
    if meaning.exact or (meaning.confidence >= CERTAIN and words.is_question(text)):  # "kan vi gå tilbage?"
        return asked
    told = _is_told(text) if fit == "free" else len(text.split()) <= FEW_WORDS
    return asked if told and meaning.confidence >= CERTAIN else None


def belongs(fit: Fit, meaning: Meaning, text: str) -> Belongs:
    """Where a typed text belongs, given how it fits the step on the screen."""
    if _is_distress(meaning, text):
        return "interruption"
    if fit in ("answer", "control") or sayings.myself(text):
        return "answer"
    asks = words.is_question(text)
    if meaning.intent == "command" and meaning.name in CONTROLS:  # not sure enough to be obeyed: see `control`
        return "unknown question" if asks else "answer"
    if meaning.intent == "smalltalk" and meaning.name in _ANSWERS:
        return "answer"
    if fit == "free":
        return _beside_free_words(meaning, text, asks)
    if asks:
        return "interruption" if meaning.intent in (*_SOMETHING_ELSE, "out_of_scope") else "answer"
    return _beside_choices(meaning, text)


def below_a_menu(meaning: Meaning) -> Belongs:
    """Where words belong that any step would take, while a menu stands where the step was: a subject is asked for, and
    of anything else it is asked whether it is the answer."""
    return "interruption" if meaning.intent in _SUBJECTS and meaning.confidence >= SURE else "doubtful"


def _is_distress(meaning: Meaning, text: str) -> bool:
    """Whether somebody is in danger: "jeg vil ikke leve mere" is no no. A mere "mig selv" isn't such a cry."""
    if meaning.label != "smalltalk/distress" or sayings.myself(text):
        return False
    return meaning.exact or (meaning.confidence >= SURE and sayings.is_grave(text))


def _is_told(text: str) -> bool:
    """Whether the words are told to the advisor: by what they consist of, or by what they wish. A name isn't."""
    return words.only_talk(text) or words.is_wish(text)


def _beside_choices(meaning: Meaning, text: str) -> Belongs:
    """Words that are put as no question, and choose nothing either. An amount is an attempt to answer, and so is a
    sentence, what may be about several subjects, and what only touches on one: "facebook og plakater"."""
    if meaning.intent == "smalltalk":
        return "interruption" if meaning.confidence >= SURE else "answer"
    named = len(text.split()) <= FEW_WORDS and not numbers.measure(text)
    sure = meaning.exact if meaning.intent == "followup" else meaning.intent in _SUBJECTS
    if meaning.intent == "topic":
        sure = meaning.exact or sayings.wants_to_be_told(text)
    sure = sure and meaning.confidence >= CERTAIN
    return "interruption" if sure and (named or words.is_wish(text)) else "answer"


def _beside_free_words(meaning: Meaning, text: str, asks: bool) -> Belongs:
    """A name or a sentence can sound like anything, so that only the form of a question makes it one, and only an
    order or a greeting that editors have foreseen word for word, or that is told to the advisor, is no answer."""
    if asks and meaning.intent in _SUBJECTS and meaning.confidence >= SURE:
        return "interruption"
    ordered = meaning.intent in ("checklist", "command")
    if meaning.exact and (ordered or meaning.name in _GREETINGS):
        return "interruption"
    if ordered and meaning.confidence >= CERTAIN and words.is_wish(text):
        return "interruption"
    if not asks:
        return "answer"
    return "interruption" if meaning.intent in _SOMETHING_ELSE else "unknown question"
