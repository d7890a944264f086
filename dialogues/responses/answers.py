"""What is answered to a question: a topic, one chosen among several, a question back, or honestly nothing."""

from __future__ import annotations

from dialogues import taps
from dialogues.redaction import redact
from dialogues.reply import Choice, Reply, rows
from dialogues.responses.topic_replies import (
    EXAMPLE,
    MORE,
    RELATED,
    SHORT,
    SOURCES,
    Scores,
    checklist_choice,
    group_name,
    long_answer,
    short_answer,
    topic_choice,
)
from dialogues.turn import TOPIC, Outcome, Turn
from knowledge.facets import Selection, select
from knowledge.schema import Topic
from knowledge.templates import Trusted

ASKS = "asks"  # the follow-up that asks something about the topic, by itself of no subject
FEW_WORDS = 8  # a message of no more may be about what was answered before
WORTH_OFFERING = 0.01  # a third or fourth choice less likely than this would be noise
NEAR = 0.05  # a topic less likely than this isn't offered to who asked for something unknown
CASES = "cases.overview"  # where an example is looked for that is asked for by what it is an example of
ITSELF = "about.advisor"  # where answers come from, to who asks before any was given


def answer(turn: Turn) -> Outcome:
    """The short answer to the topic that was asked for; to each, where the message has several questions."""
    topic = turn.knowledge.topics.get(turn.meaning.name)
    if topic is None:
        return topics(turn, "answer.gone-topic")
    others = [turn.knowledge.topics[id_] for id_ in turn.meaning.also if id_ in turn.knowledge.topics]
    return _told_together(turn, [topic, *others]) if others else _told(turn, topic)


def follow_up(turn: Turn) -> Outcome:
    """More of, an example for, or the sources of a topic: the one on the button, or the one last answered. An example
    of something, or for nothing that was said before, is one of the cases; a wish for less gets the short answer."""
    tap = turn.meaning.tap
    topic_id = tap.parts[0] if tap else turn.slots.get(TOPIC)
    part = turn.meaning.name
    cases, itself = turn.knowledge.topics.get(CASES), turn.knowledge.topics.get(ITSELF)
    if part == EXAMPLE and not tap and cases and (topic_id is None or select(turn.knowledge, cases, turn.text)):
        return _told(turn, cases)
    if part == SOURCES and topic_id is None and itself:
        return _told(turn, itself)
    if topic_id is None:
        return topics(turn, "answer.no-topic-yet")
    if topic_id not in turn.knowledge.topics:
        return topics(turn, "answer.gone-topic")
    if part == SHORT:
        return _remembered(topic_id, short_answer(turn, topic_id, _scores(turn, topic_id)))
    opening = turn.say("answer.asks-on") if part == ASKS else ""
    told = long_answer(turn, topic_id, part if part in (EXAMPLE, SOURCES) else MORE, opening)
    return _remembered(topic_id, told)


def unclear(turn: Turn) -> Outcome:
    """Two to four choices, when several things may be meant."""
    possible = [(label, chance) for label, chance in turn.meaning.ranking if _can_be_chosen(turn, label)]
    labels = [label for number, (label, chance) in enumerate(possible[:4]) if number < 2 or chance >= WORTH_OFFERING]
    if not labels:
        return unknown(turn)
    choices = [_choice(turn, label) for label in labels]
    choices += _more_of_the_same(turn, labels)
    choices.append(Choice(turn.say("answer.none-of-these"), taps.tap(taps.COMMAND, "list_topics")))
    offered = _ranked_topics(turn, labels)
    reply = Reply(
        turn.say("answer.did-you-mean"), rows(choices), language=turn.language, outcome="clarify", topics=offered
    )
    return Outcome((reply,))


def _more_of_the_same(turn: Turn, offered: list[str]) -> list[Choice]:
    """Where a few words lean on what was answered before, the way to more of that."""
    before = turn.knowledge.topics.get(turn.slots.get(TOPIC) or "")
    if before is None or f"topic/{before.id}" in offered or len(turn.text.split()) > FEW_WORDS:
        return []
    title = Trusted(before.text(turn.language).title)
    return [Choice(turn.say("answer.more-about", title=title), taps.tap(taps.MORE, before.id))]


def unknown(turn: Turn) -> Outcome:
    """No answer, said plainly, with the nearest topics; the question is noted for the editors, without its asker."""
    ranked = _ranked_topics(turn, [label for label, _ in turn.meaning.ranking])[:RELATED]
    turn.store.record_unknown(
        redact(turn.text, turn.services.common_words), turn.language, [topic_id for topic_id, _ in ranked]
    )
    near = [id_ for id_, chance in ranked if chance >= NEAR and id_ in turn.knowledge.topics]
    choices = [topic_choice(turn, topic_id) for topic_id in near]
    choices += _more_of_the_same(turn, [f"topic/{topic_id}" for topic_id in near]) + _everything(turn)
    return Outcome(
        (Reply(turn.say("answer.unknown", near=near), rows(choices), language=turn.language, outcome="unknown"),)
    )


def topics(turn: Turn, key: str) -> Outcome:
    """A line, and the way to all topics and checklists."""
    return Outcome((Reply(turn.say(key), rows(_everything(turn), 2), language=turn.language, outcome="unknown"),))


def _everything(turn: Turn) -> list[Choice]:
    return [
        Choice(turn.say("command.button-topics"), taps.tap(taps.COMMAND, "list_topics")),
        Choice(turn.say("command.button-checklists"), taps.tap(taps.COMMAND, "list_checklists")),
    ]


def _told(turn: Turn, topic: Topic) -> Outcome:
    """The topic's short answer; of an overview, that of what the question chooses in its group."""
    chosen = select(turn.knowledge, topic, turn.text) if topic.overview and not turn.meaning.tap else None
    if chosen:
        return _chosen(turn, chosen, topic)
    return _remembered(topic.id, short_answer(turn, topic.id, _scores(turn, topic.id), opening=_word(turn, topic)))


def _told_together(turn: Turn, asked: list[Topic]) -> Outcome:
    """One message for each of the topics; the last is what a follow-up leans on."""
    confidence = round(turn.meaning.confidence, 4)
    ids = [topic.id for topic in asked]
    replies = [
        short_answer(turn, id_, ((id_, confidence), *((other, confidence) for other in ids if other != id_)))
        for id_ in ids
    ]
    return Outcome(tuple(replies), {TOPIC: ids[-1]})


def _word(turn: Turn, topic: Topic) -> str:
    """The meaning of the word that was asked for, where the topic's short answer doesn't have it."""
    term = turn.knowledge.terms.get(turn.meaning.term or "")
    if term is None:
        return ""
    text = term.text(turn.language)
    if text.term.casefold() in turn.knowledge.topic_text(topic.id, turn.language, "short").casefold():
        return ""
    return turn.say("glossary.opening", term=text.term, definition=Trusted(text.definition))


def _remembered(topic_id: str, reply: Reply) -> Outcome:
    return Outcome((reply,), {TOPIC: topic_id})


def _chosen(turn: Turn, selection: Selection, overview: Topic) -> Outcome:
    """The first topic that has what was asked for, and the way to the others; where none has, the overview."""
    first, *others = [topic.id for topic in selection.topics] or [overview.id]
    facets = turn.say("answer.facets", names=[facet.text(turn.language).name for facet in selection.facets])
    group = group_name(turn, overview.group)
    if not selection.topics:
        opening = turn.say("answer.chosen-none", group=group, facets=facets)
        return _remembered(first, short_answer(turn, first, _scores(turn, first), opening=opening))
    key = "answer.chosen" if selection.is_complete else "answer.chosen-partly"
    opening = turn.say(key, group=group, facets=facets, count=len(others) + 1)
    onward = [topic_choice(turn, topic_id) for topic_id in (*others, overview.id)]
    confidence = round(turn.meaning.confidence, 4)
    scores = tuple((topic_id, confidence) for topic_id in (first, overview.id, *others))
    return _remembered(first, short_answer(turn, first, scores, opening=opening, onward=onward))


def _scores(turn: Turn, topic_id: str) -> Scores:
    ranked = _ranked_topics(turn, [label for label, _ in turn.meaning.ranking])
    others = tuple((other, score) for other, score in ranked if other != topic_id)
    return ((topic_id, round(turn.meaning.confidence, 4)), *others)


def _ranked_topics(turn: Turn, labels: list[str]) -> Scores:
    chances = dict(turn.meaning.ranking)
    return tuple((label.partition("/")[2], round(chances[label], 4)) for label in labels if label.startswith("topic/"))


def _can_be_chosen(turn: Turn, label: str) -> bool:
    kind, _, name = label.partition("/")
    return (kind == "topic" and name in turn.knowledge.topics) or (
        kind == "checklist" and name in turn.knowledge.checklists
    )


def _choice(turn: Turn, label: str) -> Choice:
    kind, _, name = label.partition("/")
    return topic_choice(turn, name) if kind == "topic" else checklist_choice(turn, name)
