"""Which checklist is the right one? A few questions about where one stands lead to it.

Where one is stands in the buttons, and for an answer in words in the slot `awaiting`; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dialogues import interruptions, plain_words, taps
from dialogues.reply import Choice, Reply, rows
from dialogues.responses import answers, glossary, small_talk, walkthroughs
from dialogues.responses.checklists import list_checklists
from dialogues.turn import AWAITING, RUN, Outcome, Turn
from dialogues.walkthrough import choosing, words
from dialogues.walkthrough.display import shortened
from dialogues.walkthrough.render import FULL_LABEL
from knowledge import schema
from knowledge.schema import GuideChoice, GuideQuestion
from knowledge.templates import Trusted

TRIAGE = "triage"  # what the slot `awaiting` begins with while a question of the guide is to be answered
NAME = "choose_checklist"
_FEW = 2  # words: what sounds like a question must begin a choice with as many to be one
_ARTICLES = ("En", "Et", "Ét", "A", "An", "One")
_ASIDE: dict[str, Callable[[Turn], Outcome]] = {
    "topic": answers.answer,
    "term": glossary.explain,
    "followup": answers.follow_up,
    "unclear": answers.unclear,
    "smalltalk": small_talk.small_talk,
    "out_of_scope": answers.unknown,
    "blank": small_talk.blank,
}


def choose(turn: Turn, argument: str | None) -> Outcome:
    """Asks the guide's first question, or goes where a button leads: `question`, or `question.number` of a choice."""
    first = next(iter(turn.knowledge.guide.values()), None)
    if first is None:
        return list_checklists(turn)
    if not argument:
        return _ask(turn, first, "first")
    question, choice = _standing(turn, argument)
    if question is None:
        return _ask(turn, first, "gone")
    return _lead(turn, question, choice) if choice else _ask(turn, question)


def answered(turn: Turn, argument: str) -> Outcome | None:
    """Takes what was typed for an answer where it is one. A question in the middle is answered, and the guide's
    stands there again; an order, or a checklist by its name, goes its own way (None)."""
    question, choice = _standing(turn, argument)
    if question is None:
        return None
    if _says(turn, "command.triage-button-all"):
        return list_checklists(turn)
    if choice:
        return _at_the_end(turn, question, choice)
    if _goes_back(turn):
        return _back(turn, question)
    chosen = chosen_in_words(question, turn.text)
    if chosen:
        return _lead(turn, question, chosen)
    return _something_else(turn, question)


def chosen_in_words(question: GuideQuestion, text: str) -> GuideChoice | None:
    """The choice that the words mean, by its words or its number; None where none, or more than one, may be meant."""
    offered = list(enumerate(question.choices))
    choices = [schema.Choice(id=str(place), score=None, da=one.da, en=one.en) for place, one in offered]
    labels = [(one.id, words.fold(label)) for one in choices for label in (one.da, one.en)]
    folded = words.fold(text)
    if folded in words.YES | words.NO and not any(folded in label.split() for _, label in labels):
        return None  # "no" is no beginning of "noget"
    found = choosing.choose(choices, text)
    if found is None and words.knows_not(text):
        unsure = [one.id for one in choices if words.unsure(one.da) and words.unsure(one.en)]
        found = unsure[0] if len(unsure) == 1 else None
    elif found is None and not words.is_question(text):
        found = choosing.pick(labels, text)
    elif found is None and "?" not in text:  # "hvad vi selv skal" begins a choice, though it sounds like a question
        begun = {id_ for id_, label in labels if label.startswith(folded) and len(folded.split()) > _FEW}
        found = begun.pop() if len(begun) == 1 else None
    return question.choices[int(found)] if found is not None else None


def _standing(turn: Turn, argument: str) -> tuple[GuideQuestion | None, GuideChoice | None]:
    """The question, and the choice if there is one, that a button or the slot names; no question if it is gone."""
    id_, _, number = argument.partition(".")
    question = turn.knowledge.guide.get(id_)
    if question is None or not number:
        return question, None
    place = int(number) if number.isascii() and number.isdigit() else 0
    return (question, question.choices[place - 1]) if 0 < place <= len(question.choices) else (None, None)


def _ask(turn: Turn, question: GuideQuestion, opening: str | None = None) -> Outcome:
    return Outcome((_asked(turn, question, opening),), {AWAITING: f"{TRIAGE}:{question.id}"})


def _asked(turn: Turn, question: GuideQuestion, opening: str | None = None) -> Reply:
    """The question with a button for each choice; where these don't fit a button, they stand in the text as well."""
    labels = [choice[turn.language] for choice in question.choices]
    paragraphs = [turn.say(f"command.triage-{opening}")] if opening else []
    paragraphs.append(turn.say("command.triage-question", question=Trusted(question[turn.language])))
    if any(len(label) > FULL_LABEL for label in labels):
        labels = [f"{place}. {label}" for place, label in enumerate(labels, 1)]
        paragraphs.append(Trusted("\n".join(labels)))
    choices = [
        Choice(shortened(label, FULL_LABEL), taps.tap(taps.COMMAND, NAME, f"{question.id}.{place}"))
        for place, label in enumerate(labels, 1)
    ]
    before = _before(turn, question)
    if before:
        choices.append(Choice(turn.say("command.triage-button-back"), taps.tap(taps.COMMAND, NAME, before.id)))
    return Reply(
        "\n\n".join(paragraphs),
        rows(choices),
        place=TRIAGE,
        language=turn.language,
        outcome="command",
        command=NAME,
    )


def _lead(turn: Turn, question: GuideQuestion, choice: GuideChoice) -> Outcome:
    """On to the next question, or to the checklist: why this one, what it is, and the ways to begin it."""
    if choice.question:
        return _ask(turn, turn.knowledge.guide[choice.question])
    checklist_id = choice.checklist or ""
    text = turn.knowledge.checklists[checklist_id].text(turn.language)
    why = turn.say(
        "command.triage-why",
        choice=Trusted(choice[turn.language]),
        title=Trusted(text.title),
        ends_with=Trusted(_within_a_sentence(text.ends_with)),
    )
    pressed = replace(turn.meaning, tap=taps.Tap(taps.START, (checklist_id,)))
    (intro,) = walkthroughs.begin(replace(turn, meaning=pressed)).replies
    first = next(iter(turn.knowledge.guide))
    others = (
        Choice(turn.say("command.triage-button-another"), taps.tap(taps.COMMAND, NAME, first)),
        Choice(turn.say("command.triage-button-all"), taps.tap(taps.COMMAND, "list_checklists")),
    )
    reply = replace(intro, text=f"{why}\n\n{intro.text}", choices=(*intro.choices, others), place=TRIAGE)
    return Outcome((reply,), {AWAITING: f"{TRIAGE}:{question.id}.{question.choices.index(choice) + 1}"})


def _at_the_end(turn: Turn, question: GuideQuestion, choice: GuideChoice) -> Outcome | None:
    """What is typed below the checklist that was found: the way through it, or a way to others."""
    mode = plain_words.way(turn.text)
    if mode and choice.checklist:
        return walkthroughs.start(turn, choice.checklist, mode)
    if _goes_back(turn):
        return _ask(turn, question)
    return choose(turn, None) if _says(turn, "command.triage-button-another") else None


def _something_else(turn: Turn, question: GuideQuestion) -> Outcome | None:
    """What answers nothing: a question in the middle, or words that weren't understood."""
    if turn.slots.get(RUN) or turn.meaning.intent in ("command", "checklist"):
        return None  # the walkthrough that is on the screen may know what to do with it
    again = {AWAITING: f"{TRIAGE}:{question.id}"}
    aside = _ASIDE.get(turn.meaning.intent)
    belongs = interruptions.belongs("none", turn.meaning, turn.text)
    if aside is None or (belongs == "answer" and turn.meaning.intent != "blank"):
        return _ask(turn, question, "again")
    told = aside(turn)
    return replace(told, replies=(*told.replies, _asked(turn, question)), slots={**told.slots, **again})


def _back(turn: Turn, question: GuideQuestion) -> Outcome:
    """The question before; before the first, the walkthrough on the screen if there is one, or all checklists."""
    before = _before(turn, question)
    if before:
        return _ask(turn, before)
    return Outcome(slots={AWAITING: None}) if turn.slots.get(RUN) else list_checklists(turn)


def _before(turn: Turn, question: GuideQuestion) -> GuideQuestion | None:
    """The first question that leads to this one."""
    leading = (one for one in turn.knowledge.guide.values() for to in one.choices if to.question == question.id)
    return next(leading, None)


def _goes_back(turn: Turn) -> bool:
    return words.control(turn.text) == "back" or turn.meaning.label == "command/back"


def _says(turn: Turn, key: str) -> bool:
    """Whether the words are those of a button, in either language."""
    return words.fold(turn.text) in {words.fold(turn.knowledge.say(one, key)) for one in schema.LANGUAGES}


def _within_a_sentence(text: str) -> str:
    first, blank, rest = text.partition(" ")
    return f"{first.lower()}{blank}{rest}" if first in _ARTICLES else text
