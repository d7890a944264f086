"""Reminders in conversation: asking for one, saying what or when it lacks, seeing, moving and cancelling them.

What lacks its time or its subject is stored as a draft, so that a button under a question works whenever it is pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from dialogues import taps
from dialogues.reminding import request
from dialogues.reminding.days import next_quarter
from dialogues.reminding.reminder import CANCELLED, DRAFT, SENT, WAITING, Reminder
from dialogues.reminding.request import NINE, Wish
from dialogues.reminding.zones import to_utc, zone
from dialogues.reply import Choice, rows
from dialogues.responses import course_pace, reminder_offers
from dialogues.responses import reminder_replies as replies
from dialogues.responses.reminder_replies import BACK, MINE, REMIND, WHAT
from dialogues.responses.resting import RESULT
from dialogues.turn import AWAITING, RUN, TOPIC, Outcome, Turn
from dialogues.walkthrough.naming import title
from knowledge.templates import Trusted

SHOWN = 8
LISTED = "menu"  # the place of the list
_AHEAD: dict[str, Callable[[date], date]] = {
    "d1": lambda today: today + timedelta(days=1),
    "w1": lambda today: today + timedelta(weeks=1),
    "m1": lambda today: today + relativedelta(months=1),
    "m6": lambda today: today + relativedelta(months=6),
    "y1": lambda today: today + relativedelta(years=1),
    "q1": next_quarter,
}
_CANCELS = {"smalltalk/deny", "command/stop", "command/back", "command/skip", "command/pause"}
_CANCEL_WORDS = 3
_SOMETHING_ELSE = ("topic", "term", "checklist", "command", "followup", "smalltalk")


def remind(turn: Turn, argument: str | None = None) -> Outcome:
    """Sets the reminder that was asked for in words, or does what a reminder's button says. It is worded in the
    language that it is asked for in, also in the middle of a walkthrough in another."""
    turn = _as_heard(turn)
    tap = turn.meaning.tap
    if tap and tap.kind == taps.REMINDER:
        verb = _VERBS.get(tap.parts[0])
        return verb(turn, *tap.parts[1:3]) if verb else replies.gone(turn)
    return _wished(turn, request.read(turn.words, replies.now(turn), turn.language))


def mine(turn: Turn, argument: str | None = None) -> Outcome:
    """The waiting reminders, each with a button to cancel it."""
    waiting = turn.store.reminders(turn.owner)
    if not waiting:
        return replies.said(turn, MINE, "list-none", place=LISTED)
    lines = [turn.say("reminders.list-line", **replies.fact(turn, one)) for one in waiting[:SHOWN]]
    if len(waiting) > SHOWN:
        lines.append(turn.say("reminders.list-rest", count=len(waiting) - SHOWN))
    choices = [Choice(replies.drop_label(turn, one), taps.tap(taps.REMINDER, "x", one.id)) for one in waiting[:SHOWN]]
    listed = Trusted("\n".join(lines))
    return replies.said(turn, MINE, "list", rows(choices), place=LISTED, lines=listed)


# --- a wish in words ---------------------------------------------------------------------------


def _wished(turn: Turn, wish: Wish) -> Outcome:
    """The reminder that a wish asks for, or the question for what it lacks."""
    about, run_id = _subject(turn, wish)
    due = wish.due(replies.now(turn))
    when = replies.fact_of_moment(turn, due) if due else {}
    late = due is not None and due <= turn.services.now()
    if not about:
        if due is None or late:
            key = "past-alone" if late else "ask-both"
            return replies.said(turn, REMIND, key, takes_text=True, **when).remember(**{AWAITING: f"{WHAT}:"})
        draft = turn.store.add_reminder(turn.owner, turn.place, "", due, turn.language, run_id, turn.came)
        return replies.asks_what(turn, draft)
    if due is None or late:
        draft = turn.store.add_reminder(turn.owner, turn.place, about, None, turn.language, run_id, turn.came)
        key = "past" if late else "not-a-day" if wish.wrong_day else "ask-when"
        return replies.asks_when(turn, draft, key, **when)
    reminder = turn.store.add_reminder(turn.owner, turn.place, about, due, turn.language, run_id, turn.came)
    return replies.confirmed(turn, reminder, once=wish.repeats)


def _as_heard(turn: Turn) -> Turn:
    return replace(turn, language=turn.heard) if turn.heard and turn.words else turn


def _subject(turn: Turn, wish: Wish) -> tuple[str, str | None]:
    """What to be reminded of, and the walkthrough that it is about: where words only point, or say nothing, what is on
    the screen."""
    if wish.about:
        return wish.about, None
    awaited, _, after = str(turn.slots.get(AWAITING) or "").partition(":")
    run_id = turn.slots.get(RUN) or (after if awaited == RESULT and ":" not in after else None)
    run = turn.store.run(turn.owner, run_id) if run_id else None
    if run and run.checklist in turn.knowledge.checklists:
        called = title(turn.knowledge.checklists[run.checklist], run, turn.language)
        return str(turn.say("reminders.titled", title=Trusted(called))), run.id
    topic = turn.knowledge.topics.get(turn.slots.get(TOPIC) or "") if wish.pointing else None
    return (str(turn.say("reminders.titled", title=Trusted(topic.text(turn.language).title))) if topic else ""), None


# --- what was asked for ------------------------------------------------------------------------


def what_said(turn: Turn, reminder_id: str) -> Outcome | None:
    """Takes what a reminder is to be about; None for what is something else."""
    turn = _as_heard(turn)
    if _cancels(turn):
        return _dropped(turn, reminder_id)
    if turn.meaning.intent == "blank" or (turn.meaning.intent == "command" and turn.meaning.exact):
        return None
    wish = request.read(turn.text, replies.now(turn), turn.language)
    if not reminder_id or wish.has_time:
        if reminder_id:
            turn.store.cancel_reminder(turn.owner, reminder_id)
        return _wished(turn, wish) if wish.about or wish.has_time or wish.pointing else None
    about, _ = _subject(turn, wish)
    reminder = turn.store.set_reminder(turn.owner, reminder_id, text=about, came=turn.came) if about else None
    return replies.confirmed(turn, reminder) if reminder else None


def when_said(turn: Turn, argument: str) -> Outcome | None:
    """Takes when a reminder is to come; None for what is something else. What can't be read is asked for once more."""
    turn = _as_heard(turn)
    reminder_id, _, again = argument.partition(":")
    if _cancels(turn):
        return _dropped(turn, reminder_id)
    reminder = turn.store.reminder(turn.owner, reminder_id)
    if reminder is None:
        return None
    day, at = replies.set_for(turn, reminder)
    wish = request.read(turn.text, replies.now(turn), turn.language, day)
    if wish.asked and wish.about and wish.about != reminder.text:
        return _wished(turn, wish)  # another one altogether
    due = wish.due(replies.now(turn), day, at)
    if due is not None:
        return _set(turn, reminder, due)
    if wish.wrong_day:
        return replies.asks_when(turn, reminder, "not-a-day")
    if again or turn.meaning.intent in _SOMETHING_ELSE:
        return None
    return replies.asks_when(turn, reminder, "not-a-time", again=True)


def _cancels(turn: Turn) -> bool:
    said = request.read(turn.text, replies.now(turn), turn.language).about.casefold()
    few = len(turn.text.split()) <= _CANCEL_WORDS
    return few and (
        turn.meaning.label in _CANCELS or said in ("fortryd", "glem det", "cancel", "forget it", "never mind")
    )


def _dropped(turn: Turn, reminder_id: str) -> Outcome:
    """A draft goes; a reminder that is set keeps its time."""
    reminder = turn.store.reminder(turn.owner, reminder_id) if reminder_id else None
    if reminder and reminder.status == WAITING:
        return replies.confirmed(turn, reminder)
    if reminder:
        turn.store.cancel_reminder(turn.owner, reminder.id)
    return replies.said(turn, REMIND, "nothing-set")


# --- buttons -----------------------------------------------------------------------------------


def _cancel(turn: Turn, reminder_id: str, _: str = "") -> Outcome:
    reminder = turn.store.reminder(turn.owner, reminder_id)
    if reminder is None:
        return replies.gone(turn)
    if not turn.store.cancel_reminder(turn.owner, reminder.id) and reminder.status != CANCELLED:
        return replies.gone(turn)
    if reminder.course:
        course_pace.reminder_cancelled(turn)
    if reminder.status == DRAFT:
        return replies.said(turn, REMIND, "nothing-set", place=f"reminder:{reminder.id}")
    move = Choice(turn.say("reminders.button-move"), taps.tap(taps.REMINDER, "m", reminder.id))
    return replies.said(
        turn, REMIND, "cancelled", ((move,),), place=f"reminder:{reminder.id}", **replies.fact(turn, reminder)
    )


def _cancel_in_list(turn: Turn, reminder_id: str, _: str = "") -> Outcome:
    reminder = turn.store.reminder(turn.owner, reminder_id)
    if turn.store.cancel_reminder(turn.owner, reminder_id) and reminder and reminder.course:
        course_pace.reminder_cancelled(turn)
    return mine(turn)


def _move(turn: Turn, reminder_id: str, _: str = "") -> Outcome:
    reminder = turn.store.reminder(turn.owner, reminder_id)
    if reminder is None:
        return replies.gone(turn)
    return replies.asks_when(turn, reminder, "ask-when-else" if reminder.status == WAITING else "ask-when")


def _keep(turn: Turn, reminder_id: str, _: str = "") -> Outcome:
    reminder = turn.store.reminder(turn.owner, reminder_id)
    return replies.confirmed(turn, reminder) if reminder and reminder.status == WAITING else replies.gone(turn)


def _set_to(turn: Turn, reminder_id: str, token: str = "") -> Outcome:
    reminder = turn.store.reminder(turn.owner, reminder_id)
    day, at = replies.set_for(turn, reminder) if reminder else (None, NINE)
    if reminder is None or (token not in _AHEAD and not (day and token in BACK)):
        return replies.gone(turn)
    chosen = _AHEAD[token](replies.now(turn).date()) if token in _AHEAD else (day or date.min) - BACK[token]
    return _set(turn, reminder, to_utc(chosen, at, zone(turn.store.timezone(turn.owner))))


def _about_run(turn: Turn, run_id: str, _: str = "") -> Outcome:
    return reminder_offers.offer(turn, run_id) or replies.gone(turn)


def _of_event(turn: Turn, run_id: str, step: str = "") -> Outcome:
    found = reminder_offers.event(turn, run_id, step)
    return _about(turn, run_id, *found) if found else replies.gone(turn)


def _again(turn: Turn, run_id: str, token: str = "") -> Outcome:
    about = reminder_offers.again(turn, run_id)
    if about is None:
        return replies.gone(turn)
    return _about(turn, run_id, about, _AHEAD[token](replies.now(turn).date()) if token in _AHEAD else None)


def _about(turn: Turn, run_id: str, about: str, day: date | None) -> Outcome:
    """A reminder of a walkthrough, on that day at nine; without a day, the question when."""
    due = to_utc(day, NINE, zone(turn.store.timezone(turn.owner))) if day else None
    late = due is not None and due <= turn.services.now()
    reminder = turn.store.add_reminder(
        turn.owner, turn.place, about, None if late else due, turn.language, run_id, turn.came
    )
    if due is None or late:
        return replies.asks_when(
            turn, reminder, "past" if late else "ask-when", **(replies.fact_of_moment(turn, due) if due else {})
        )
    return replies.confirmed(turn, reminder)


_VERBS: dict[str, Callable[..., Outcome]] = {
    "c": _cancel,
    "x": _cancel_in_list,
    "m": _move,
    "k": _keep,
    "s": _set_to,
    "w": _about_run,
    "e": _of_event,
    "a": _again,
}
"""What a tap asks for: see `dialogues.taps`."""


def _set(turn: Turn, reminder: Reminder, due: datetime) -> Outcome:
    again = turn.came is not None and reminder.came == turn.came  # a process died before it could say so
    if due <= turn.services.now() and not again:
        return replies.asks_when(turn, reminder, "past", **replies.fact_of_moment(turn, due))
    changed = reminder if again else turn.store.set_reminder(turn.owner, reminder.id, due=due, came=turn.came)
    if changed is None:
        return replies.gone(turn)
    if not changed.text:
        return replies.asks_what(turn, changed)
    outcome = replies.confirmed(turn, changed)
    if reminder.status == SENT:  # what was said stays to be read
        return replace(outcome, replies=tuple(replace(reply, place=None) for reply in outcome.replies))
    return outcome
