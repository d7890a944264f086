"""Texts that the advisor asked for: feedback, a yes to deletion, the way to a checklist or through it, or on from it.

The slot `awaiting` says what the next message is asked for, and is empty again after it.
"""

from __future__ import annotations

from collections.abc import Callable

from dialogues import plain_words
from dialogues.interruptions import CONTROLS
from dialogues.responses import (
    course,
    course_pace,
    course_sharing,
    finished,
    my_data,
    reminder_replies,
    reminders,
    resting,
    teams,
    triage,
    votes,
    walkthroughs,
)
from dialogues.responses.commands import FEEDBACK, said
from dialogues.turn import AWAITING, RUN, TOPIC, WAY, Outcome, Turn
from dialogues.walkthrough.words import is_question, yes_or_no

_CANCELS = {"smalltalk/deny", "command/stop", "command/back", "command/skip", "command/pause"}
_CANCEL_WORDS = 3  # a longer no is feedback
_IN_PASSING = ("smalltalk", "blank")
_ORDERS_IN_PASSING = {*CONTROLS, "my_checklists", "my_documents", "my_reminders", "remind", "change_language", "help"}


def awaited(turn: Turn) -> Outcome:
    """Takes the text that was asked for; what is something else goes its own way."""
    wanted, _, argument = str(turn.slots.get(AWAITING)).partition(":")
    outcome = _AWAITED[wanted](turn, argument) if wanted in _AWAITED else None
    if outcome is not None:
        return outcome
    elsewhere = walkthroughs.ELSEWHERE.get(turn.meaning.intent, "action_unknown")
    aside = Outcome(follow_up="action_walkthrough" if turn.slots.get(RUN) else elsewhere)
    awaiting = turn.slots.get(AWAITING)
    if wanted == course.COURSE:
        return aside.remember(**{AWAITING: course.later(awaiting)})
    return (
        aside.remember(**{AWAITING: awaiting if _in_passing(turn) else finished.later(awaiting)})
        if (wanted == resting.RESULT)
        else aside
    )


def _in_passing(turn: Turn) -> bool:
    """Whether the words lead to no other subject: thanks, a "videre" too many, a look at one's checklists."""
    if turn.meaning.intent == "command":
        return turn.meaning.name in _ORDERS_IN_PASSING or plain_words.own_checklists(turn.text)
    return turn.meaning.intent in _IN_PASSING


def _feedback(turn: Turn, argument: str) -> Outcome | None:
    """Anything that says something is feedback, but a short no, a way out or a plain order."""
    if turn.meaning.intent == "blank":
        return None
    if turn.meaning.label in _CANCELS and len(turn.text.split()) <= _CANCEL_WORDS:
        return said(turn, "give_feedback", "command.feedback-cancelled")
    if turn.meaning.intent == "command" and turn.meaning.exact:
        return None
    turn.store.add_feedback(turn.owner, turn.text.strip(), turn.slots.get(TOPIC), turn.came)
    return said(turn, "give_feedback", "command.feedback-thanks")


def _deletion(turn: Turn, argument: str) -> Outcome | None:
    decision = yes_or_no(turn.text)
    return my_data.delete(turn, decision) if decision else None


def _way(turn: Turn, checklist_id: str) -> Outcome | None:
    """Quick or thorough; a mere yes is asked which."""
    asks = is_question(turn.text.replace("?", " "))  # "hvor lang er den?" chooses nothing, "den lange?" does
    mode = None if asks else plain_words.way(turn.text)
    if mode:
        return walkthroughs.start(turn, checklist_id, mode)
    asks_which = yes_or_no(turn.text) == "yes" and not turn.slots.get(RUN)
    return walkthroughs.offer(turn, checklist_id) if asks_which else None


_AWAITED: dict[str, Callable[[Turn, str], Outcome | None]] = {
    FEEDBACK: _feedback,
    my_data.DELETION: _deletion,
    WAY: _way,
    resting.RESULT: finished.said,
    triage.TRIAGE: triage.answered,
    votes.VOTE: votes.answered,
    teams.NAME: teams.said,
    course.COURSE: course.said,
    course_pace.PACE: course_pace.said,
    course_sharing.NOTE: course_sharing.note_said,
    course_sharing.NAME: course_sharing.name_said,
    reminder_replies.WHAT: reminders.what_said,
    reminder_replies.WHEN: reminders.when_said,
}
