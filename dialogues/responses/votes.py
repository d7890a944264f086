"""Whether an answer helped: a vote that a door's button gives, and the word that may follow it.

What the word is awaited for stands in the slot `awaiting`. A question that comes instead is answered.
"""

from __future__ import annotations

from dataclasses import replace

from dialogues import taps
from dialogues.reply import Reply, rows
from dialogues.responses.topic_replies import topic_choice
from dialogues.turn import AWAITING, RUN, Outcome, Turn
from dialogues.walkthrough import words

VOTE = "vote"  # what the slot `awaiting` begins with while a word about an answer may come
UP, DOWN, QUIET = "up", "down", "quiet"
_OF = "|"  # between the topic and whose word it is: in a group others are heard in the same conversation
_FEW = 3  # words: no more are a word about the answer, whatever else they may be about
_CERTAIN = 0.9
_CANCELS = ("smalltalk/deny", "command/stop", "command/back", "command/skip", "command/pause")


def vote(turn: Turn, argument: str | None) -> Outcome:
    """Stores the vote on the button. After one that says no, a word is asked for, unless something else is awaited."""
    tap = turn.meaning.tap
    topic_id, way, *how = tap.parts if tap and tap.kind == taps.VOTE else ("", "")
    if topic_id not in turn.knowledge.topics or way not in (UP, DOWN):
        return Outcome((_said(turn, "vote.gone"),), {AWAITING: turn.slots.get(AWAITING)})
    turn.store.vote(turn.owner, topic_id, way == UP, turn.knowledge.version)
    awaiting = str(turn.slots.get(AWAITING) or "")
    if awaiting.partition(":")[0] == VOTE:
        awaiting = ""
    if way == UP:
        return Outcome((_said(turn, "vote.helped"),), {AWAITING: awaiting or None})
    if awaiting or turn.slots.get(RUN) or QUIET in how:
        return Outcome((_said(turn, "vote.did-not-help"),), {AWAITING: awaiting or None})
    title = turn.knowledge.topic_text(topic_id, turn.language, "title")
    asked = _said(turn, "vote.did-not-help", turn.say("vote.word", title=title, who=turn.name))
    return Outcome(
        (replace(asked, takes_text=turn.name is not None),), {AWAITING: f"{VOTE}:{topic_id}{_OF}{turn.owner}"}
    )


def answered(turn: Turn, argument: str) -> Outcome | None:
    """Takes the word for the editors. What is a question, an order or a greeting goes its own way."""
    topic_id, _, owner = argument.partition(_OF)
    if turn.meaning.intent == "blank" or _is_something_else(turn):
        return None
    if turn.meaning.label in _CANCELS and len(turn.text.split()) <= _FEW:
        return Outcome((_said(turn, None, turn.say("vote.no-word")),))
    turn.store.add_feedback(owner or turn.owner, turn.text.strip(), topic_id, turn.came)
    other = turn.meaning.name if turn.meaning.intent == "topic" else ""
    if other == topic_id or other not in turn.knowledge.topics or turn.meaning.confidence < _CERTAIN:
        return Outcome((_said(turn, None, turn.say("vote.thanks")),))
    thanks = _said(turn, None, turn.say("vote.thanks-and"))
    return Outcome((replace(thanks, choices=rows([topic_choice(turn, other)])),))


def _is_something_else(turn: Turn) -> bool:
    meaning = turn.meaning
    if words.is_question(turn.text):
        return True
    if meaning.exact and meaning.intent in ("command", "checklist", "smalltalk"):
        return meaning.label not in _CANCELS and meaning.label not in ("smalltalk/complaint", "smalltalk/affirm")
    if meaning.intent in ("command", "checklist"):
        return meaning.confidence >= _CERTAIN and words.is_wish(turn.text)
    return meaning.intent == "topic" and meaning.confidence >= _CERTAIN and len(turn.text.split()) > _FEW


def _said(turn: Turn, notice: str | None, text: str = "") -> Reply:
    """What is only for the one who pressed, and what is said."""
    told = turn.say(notice) if notice else None
    return Reply(text, notice=told, language=turn.language, outcome="command", command=VOTE)
