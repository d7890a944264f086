"""How a topic is told: the short answer, more of it, an example, always with the source; and the ways to it."""

from __future__ import annotations

from collections.abc import Sequence

from dialogues import taps
from dialogues.citations import cited_by_topic, source_line
from dialogues.reply import Choice, Reply, rows
from dialogues.titles import GROUP
from dialogues.turn import Turn
from knowledge.templates import Trusted, escape

RELATED = 3
NAMED = 3  # sources below a short answer, where there are more than one above that; the others stand under "more"
MORE, EXAMPLE, SOURCES, SHORT = "more", "example", "sources", "short"

Scores = tuple[tuple[str, float], ...]


def short_answer(
    turn: Turn,
    topic_id: str,
    scores: Scores,
    *,
    opening: str = "",
    onward: Sequence[Choice] | None = None,
    named: int | None = NAMED,
) -> Reply:
    """The answer by itself. `opening` goes before it; `onward` takes the place of its checklists and relatives;
    `named` sources stand below it, all of them where it is None."""
    topic = turn.knowledge.topics[topic_id]
    paragraphs = [opening] if opening else []
    paragraphs += [
        f"**{escape(topic.text(turn.language).title)}**",
        turn.knowledge.topic_text(topic_id, turn.language, "short"),
    ]
    if topic.caution and topic.text(turn.language).ask:
        ask = turn.knowledge.topic_text(topic_id, turn.language, "ask")
        paragraphs.append(turn.say(f"answer.caution-{topic.caution}", text=ask))
    do_now = turn.knowledge.topic_text(topic_id, turn.language, "do_now")
    paragraphs.append(turn.say("answer.do-now", text=do_now))
    if onward is None:
        onward = [checklist_choice(turn, checklist_id) for checklist_id in topic.checklists]
        onward += [topic_choice(turn, related) for related in topic.related[:RELATED]]
    choices = (parts(turn, topic_id, MORE, EXAMPLE), *rows(list(onward)))
    return _sourced(turn, topic_id, paragraphs, choices, scores, named)


def long_answer(turn: Turn, topic_id: str, part: str, opening: str = "") -> Reply:
    """What comes after the short answer: `more`, an `example`, or all the `sources`. `opening` goes before it."""
    title = escape(turn.knowledge.topics[topic_id].text(turn.language).title)
    told = (
        turn.say("answer.sources-text") if part == SOURCES else turn.knowledge.topic_text(topic_id, turn.language, part)
    )
    others = parts(turn, topic_id, *(other for other in (MORE, EXAMPLE) if other != part))
    back = Choice(turn.say("answer.back-to-answer"), taps.tap(taps.TOPIC, topic_id))
    paragraphs = [*([opening] if opening else []), turn.say(f"answer.{part}-title", title=title), told]
    return _sourced(turn, topic_id, paragraphs, ((*others, back),), ((topic_id, 1.0),))


def parts(turn: Turn, topic_id: str, *names: str) -> tuple[Choice, ...]:
    """Buttons to the parts of a topic."""
    kinds = {MORE: taps.MORE, EXAMPLE: taps.EXAMPLE}
    return tuple(Choice(turn.say(f"answer.{name}"), taps.tap(kinds[name], topic_id)) for name in names)


def topic_choice(turn: Turn, topic_id: str) -> Choice:
    """A button to a topic."""
    return Choice(turn.knowledge.topics[topic_id].text(turn.language).title, taps.tap(taps.TOPIC, topic_id))


def group_name(turn: Turn, group: str) -> str:
    """A group's name; one of a library's own is called as its folder is."""
    return turn.say(GROUP + group) if GROUP + group in turn.knowledge.texts else group.capitalize()


def checklist_choice(turn: Turn, checklist_id: str) -> Choice:
    """A button that starts a checklist."""
    title = turn.knowledge.checklists[checklist_id].text(turn.language).title
    return Choice(turn.say("answer.start-checklist", title=Trusted(title)), taps.tap(taps.START, checklist_id))


def _sourced(
    turn: Turn,
    topic_id: str,
    paragraphs: Sequence[str],
    choices: tuple[tuple[Choice, ...], ...],
    scores: Scores,
    most: int | None = None,
) -> Reply:
    every = cited_by_topic(turn.knowledge, turn.knowledge.topics[topic_id], turn.language)
    citations = every[:most] if most and len(every) > most + 1 else every
    last = source_line(turn.knowledge, turn.language, citations, rest=len(every) - len(citations))
    return Reply(
        text="\n\n".join([*paragraphs, last]),
        choices=choices,
        place=f"topic:{topic_id}",
        title=turn.knowledge.topics[topic_id].text(turn.language).title,
        language=turn.language,
        outcome="answer",
        topics=scores,
        sources=tuple(citation.name for citation in citations),
    )
