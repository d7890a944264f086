"""Answers from the knowledge base: short first, more and an example on demand, always with the source."""

from __future__ import annotations

from collections.abc import Sequence

from dialogues import taps
from dialogues.citations import cited_by_topic, source_line
from dialogues.reply import Choice, Reply, rows
from dialogues.turn import TOPIC, Outcome, Turn
from knowledge.templates import Trusted, escape

RELATED = 3
MORE, EXAMPLE = "more", "example"


def answer(turn: Turn) -> Outcome:
    """The short answer to the topic that was asked for."""
    topic_id = turn.meaning.name
    if topic_id not in turn.knowledge.topics:
        return topics(turn, "answer.gone-topic")
    return _remembered(turn, topic_id, _short_answer(turn, topic_id))


def follow_up(turn: Turn) -> Outcome:
    """More of, or an example for, a topic: the one on the button, or the one last answered."""
    tap = turn.meaning.tap
    topic_id = tap.parts[0] if tap else turn.slots.get(TOPIC)
    part = turn.meaning.name if turn.meaning.name in (MORE, EXAMPLE) else MORE
    if topic_id is None:
        return topics(turn, "answer.no-topic-yet")
    if topic_id not in turn.knowledge.topics:
        return topics(turn, "answer.gone-topic")
    return _remembered(turn, topic_id, _long_answer(turn, topic_id, part))


def unclear(turn: Turn) -> Outcome:
    """Two to four choices, when several things may be meant."""
    labels = [label for label, _ in turn.meaning.ranking if _can_be_chosen(turn, label)][:4]
    if not labels:
        return unknown(turn)
    choices = [Choice(_title(turn, label), _tap_for(label)) for label in labels]
    choices.append(Choice(turn.say("answer.none-of-these"), taps.tap(taps.COMMAND, "list_topics")))
    return Outcome(
        (
            Reply(
                turn.say("answer.did-you-mean"),
                rows(choices),
                language=turn.language,
                outcome="clarify",
                topics=_ranked_topics(turn, labels),
            ),
        )
    )


def unknown(turn: Turn) -> Outcome:
    """No answer, said plainly, with the nearest topics; the question is noted for the editors, without its asker."""
    nearest = [label.partition("/")[2] for label, _ in turn.meaning.ranking if label.startswith("topic/")][:RELATED]
    turn.store.record_unknown(turn.text, turn.language, nearest)
    choices = [_topic_choice(turn, topic_id) for topic_id in nearest if topic_id in turn.knowledge.topics]
    choices.append(Choice(turn.say("command.button-topics"), taps.tap(taps.COMMAND, "list_topics")))
    choices.append(Choice(turn.say("command.button-checklists"), taps.tap(taps.COMMAND, "list_checklists")))
    return Outcome((Reply(turn.say("answer.unknown"), rows(choices), language=turn.language, outcome="unknown"),))


def topics(turn: Turn, key: str) -> Outcome:
    """A line, and the way to all topics and checklists."""
    choices = [
        Choice(turn.say("command.button-topics"), taps.tap(taps.COMMAND, "list_topics")),
        Choice(turn.say("command.button-checklists"), taps.tap(taps.COMMAND, "list_checklists")),
    ]
    return Outcome((Reply(turn.say(key), rows(choices, 2), language=turn.language, outcome="unknown"),))


def _remembered(turn: Turn, topic_id: str, reply: Reply) -> Outcome:
    return Outcome((reply,), {TOPIC: topic_id})


def _short_answer(turn: Turn, topic_id: str) -> Reply:
    topic = turn.knowledge.topics[topic_id]
    paragraphs = [
        f"**{escape(topic.text(turn.language).title)}**",
        turn.knowledge.topic_text(topic_id, turn.language, "short"),
    ]
    if topic.caution and topic.text(turn.language).ask:
        ask = turn.knowledge.topic_text(topic_id, turn.language, "ask")
        paragraphs.append(turn.say(f"answer.caution-{topic.caution}", text=ask))
    do_now = turn.knowledge.topic_text(topic_id, turn.language, "do_now")
    paragraphs.append(turn.say("answer.do-now", text=do_now))
    choices = [
        (
            Choice(turn.say("answer.more"), taps.tap(taps.MORE, topic_id)),
            Choice(turn.say("answer.example"), taps.tap(taps.EXAMPLE, topic_id)),
        ),
        *rows([_checklist_choice(turn, checklist_id) for checklist_id in topic.checklists]),
        *rows([_topic_choice(turn, related) for related in topic.related[:RELATED]]),
    ]
    return _sourced(turn, topic_id, paragraphs, tuple(choices), _scores(turn, topic_id))


def _long_answer(turn: Turn, topic_id: str, part: str) -> Reply:
    title = escape(turn.knowledge.topics[topic_id].text(turn.language).title)
    paragraphs = [
        turn.say(f"answer.{part}-title", title=title),
        turn.knowledge.topic_text(topic_id, turn.language, part),
    ]
    other = (
        Choice(turn.say("answer.example"), taps.tap(taps.EXAMPLE, topic_id))
        if part == MORE
        else Choice(turn.say("answer.more"), taps.tap(taps.MORE, topic_id))
    )
    back = Choice(turn.say("answer.back-to-answer"), taps.tap(taps.TOPIC, topic_id))
    return _sourced(turn, topic_id, paragraphs, ((other, back),), ((topic_id, 1.0),))


def _sourced(
    turn: Turn,
    topic_id: str,
    paragraphs: Sequence[str],
    choices: tuple[tuple[Choice, ...], ...],
    scores: tuple[tuple[str, float], ...],
) -> Reply:
    citations = cited_by_topic(turn.knowledge, turn.knowledge.topics[topic_id], turn.language)
    return Reply(
        text="\n\n".join([*paragraphs, source_line(turn.knowledge, turn.language, citations)]),
        choices=choices,
        place=f"topic:{topic_id}",
        language=turn.language,
        outcome="answer",
        topics=scores,
        sources=tuple(citation.name for citation in citations),
    )


def _scores(turn: Turn, topic_id: str) -> tuple[tuple[str, float], ...]:
    ranked = _ranked_topics(turn, [label for label, _ in turn.meaning.ranking])
    others = tuple((other, score) for other, score in ranked if other != topic_id)
    return ((topic_id, round(turn.meaning.confidence, 4)), *others)


def _ranked_topics(turn: Turn, labels: list[str]) -> tuple[tuple[str, float], ...]:
    chances = dict(turn.meaning.ranking)
    return tuple((label.partition("/")[2], round(chances[label], 4)) for label in labels if label.startswith("topic/"))


def _topic_choice(turn: Turn, topic_id: str) -> Choice:
    return Choice(turn.knowledge.topics[topic_id].text(turn.language).title, taps.tap(taps.TOPIC, topic_id))


def _checklist_choice(turn: Turn, checklist_id: str) -> Choice:
    title = turn.knowledge.checklists[checklist_id].text(turn.language).title
    return Choice(turn.say("answer.start-checklist", title=Trusted(title)), taps.tap(taps.START, checklist_id))


def _can_be_chosen(turn: Turn, label: str) -> bool:
    kind, _, name = label.partition("/")
    return (kind == "topic" and name in turn.knowledge.topics) or (
        kind == "checklist" and name in turn.knowledge.checklists
    )


def _title(turn: Turn, label: str) -> str:
    kind, _, name = label.partition("/")
    if kind == "topic":
        return turn.knowledge.topics[name].text(turn.language).title
    return _checklist_choice(turn, name).label


def _tap_for(label: str) -> str:
    kind, _, name = label.partition("/")
    return taps.tap(taps.TOPIC if kind == "topic" else taps.START, name)
