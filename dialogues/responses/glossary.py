"""Words of the trade: what one means, what it is called in the other language, and all that there are."""

from __future__ import annotations

from itertools import groupby

from dialogues import taps
from dialogues.redaction import redact
from dialogues.reply import Choice, Reply, rows
from dialogues.responses.topic_replies import topic_choice
from dialogues.turn import TOPIC, Outcome, Turn
from knowledge.schema import LANGUAGES, Term
from knowledge.templates import Trusted

TRANSLATION = "translation"
_LAST_LETTERS = str.maketrans({"æ": "{", "ø": "|", "å": "}"})  # æ, ø, å stand behind z, in this order


def explain(turn: Turn) -> Outcome:
    """The word that was asked for; one that the glossary doesn't hold is said to be unknown."""
    term = turn.knowledge.terms.get(turn.meaning.term or "")
    if term is None:
        return _unknown(turn)
    here, there = (term.text(language) for language in sorted(LANGUAGES, key=lambda name: name != turn.language))
    text = turn.say(
        "glossary.translation" if turn.meaning.name == TRANSLATION else "glossary.meaning",
        term=here.term,
        definition=Trusted(here.definition),
        also=", ".join(here.also),
        other=there.term,
        other_also=", ".join(there.also),
    )
    source = turn.say("glossary.source")
    reply = Reply(
        f"{text}\n\n{turn.say('answer.sources', sources=source, many=False, rest=0)}",
        rows([topic_choice(turn, topic_id) for topic_id in term.topics]),
        place=f"term:{term.id}",
        language=turn.language,
        outcome="answer",
        topics=_scores(turn, term),
        sources=(str(source),),
    )
    return Outcome((reply,), {TOPIC: term.topics[0]} if term.topics else {})


def _unknown(turn: Turn) -> Outcome:
    turn.store.record_unknown(redact(turn.text, turn.services.common_words), turn.language, [])
    every = Choice(turn.say("command.button-terms"), taps.tap(taps.COMMAND, "list_terms"))
    return Outcome((Reply(turn.say("glossary.unknown"), ((every,),), language=turn.language, outcome="unknown"),))


def list_terms(turn: Turn, argument: str | None = None) -> Outcome:
    """All words, by their first letters."""
    words = sorted((term.text(turn.language).term for term in turn.knowledge.terms.values()), key=_alphabetically)
    lines = [
        turn.say("command.list_terms-line", letter=letter, words=", ".join(those))
        for letter, those in groupby(words, key=lambda word: word[0].upper())
    ]
    reply = Reply(
        turn.say("command.list_terms", count=len(words), lines=Trusted("\n".join(lines))),
        place="menu",
        language=turn.language,
        outcome="command",
        command="list_terms",
    )
    return Outcome((reply,))


def _alphabetically(word: str) -> str:
    return word.casefold().translate(_LAST_LETTERS)


def _scores(turn: Turn, term: Term) -> tuple[tuple[str, float], ...]:
    return tuple((topic_id, round(turn.meaning.confidence, 4)) for topic_id in term.topics)
