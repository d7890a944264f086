"""What is said of reminders: that one is set, and the questions for what it lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from dialogues import taps
from dialogues.reminding import wording
from dialogues.reminding.reminder import DRAFT, SENT, WAITING, Reminder
from dialogues.reminding.request import NINE
from dialogues.reminding.zones import zone
from dialogues.reply import Choice, Reply, rows
from dialogues.turn import AWAITING, Outcome, Turn
from dialogues.walkthrough.display import shortened
from knowledge.templates import Trusted

REMIND, MINE = "remind", "my_reminders"  # the commands
WHAT, WHEN = "reminder-what", "reminder-when"  # what the slot `awaiting` says, with the reminder's id behind a colon
BACK = {"b1": timedelta(days=1), "b7": timedelta(days=7)}  # before the day for which it is set
LONGEST_LABEL = 40
Fact = dict[str, Any]


def confirmed(turn: Turn, reminder: Reminder, *, once: bool = False) -> Outcome:
    """When one is reminded of what, and the ways out."""
    choices = [
        Choice(turn.say("reminders.button-cancel"), taps.tap(taps.REMINDER, "c", reminder.id)),
        Choice(turn.say("reminders.button-move"), taps.tap(taps.REMINDER, "m", reminder.id)),
    ]
    told = said(turn, REMIND, "confirmed", rows(choices, 2), place=f"reminder:{reminder.id}", **fact(turn, reminder))
    if not once:
        return told
    [reply] = told.replies
    return Outcome((replace(reply, text=f"{reply.text}\n\n{turn.say('reminders.once')}"),))


def asks_when(turn: Turn, reminder: Reminder, key: str, *, again: bool = False, **values: Any) -> Outcome:
    """The question when to be reminded, with the usual answers as buttons."""
    day, _ = set_for(turn, reminder)
    ahead = day is not None and day - now(turn).date() > BACK["b7"]
    tokens = ("b1", "b7", "w1", "m1") if ahead else ("d1", "w1", "m1", "q1")
    choices = [
        Choice(turn.say(f"reminders.button-{token}"), taps.tap(taps.REMINDER, "s", reminder.id, token))
        for token in tokens
    ]
    key_out, verb = ("button-keep", "k") if reminder.status == WAITING else ("button-cancel", "c")
    out = Choice(turn.say(f"reminders.{key_out}"), taps.tap(taps.REMINDER, verb, reminder.id))
    place = f"reminder:{reminder.id}" if reminder.status != SENT else None
    facts = {**fact(turn, reminder), **values}
    asked = said(turn, REMIND, key, (*rows(choices, 2), (out,)), place=place, takes_text=True, **facts)
    return asked.remember(**{AWAITING: f"{WHEN}:{reminder.id}{':again' if again else ''}"})


def asks_what(turn: Turn, draft: Reminder) -> Outcome:
    """The question what to be reminded of."""
    cancel = Choice(turn.say("reminders.button-cancel"), taps.tap(taps.REMINDER, "c", draft.id))
    asked = said(turn, REMIND, "ask-what", ((cancel,),), takes_text=True, **fact(turn, draft))
    return asked.remember(**{AWAITING: f"{WHAT}:{draft.id}"})


def gone(turn: Turn) -> Outcome:
    """A button led to a reminder, or a walkthrough, that isn't there."""
    return said(turn, REMIND, "gone")


def said(
    turn: Turn,
    command: str,
    key: str,
    choices: tuple[tuple[Choice, ...], ...] = (),
    place: str | None = None,
    takes_text: bool = False,
    **values: Any,
) -> Outcome:
    """One of the texts, with its buttons, as the reply to a command."""
    whom = turn.say("reminders.whom-one" if turn.name is None else "reminders.whom-many")
    text = turn.say(f"reminders.{key}", **{"whom": whom, **values})
    reply = Reply(text, choices, place=place, takes_text=takes_text, language=turn.language)
    return Outcome((replace(reply, outcome="command", command=command),))


def now(turn: Turn) -> datetime:
    """The time on the owner's own clock."""
    return turn.services.now().astimezone(zone(turn.store.timezone(turn.owner)))


def set_for(turn: Turn, reminder: Reminder) -> tuple[date | None, time]:
    """The day and the time of day for which a reminder is set; none, and nine o'clock, for a draft."""
    if reminder.status == DRAFT:
        return None, NINE
    local = reminder.due.astimezone(zone(turn.store.timezone(turn.owner)))
    return (local.date() if reminder.status == WAITING else None), local.time()


def fact(turn: Turn, reminder: Reminder) -> Fact:
    """What a reminder is about and when it comes, as the texts take it."""
    return {**wording.about(turn.knowledge, turn.language, reminder.text), **fact_of_moment(turn, reminder.due)}


def fact_of_moment(turn: Turn, due: datetime) -> Fact:
    """A moment as the texts take it: within a sentence, and at its beginning."""
    words = wording.moment(turn.knowledge, turn.language, due, zone(turn.store.timezone(turn.owner)))
    return {"moment": words, "moment_first": wording.first_up(words)}


def drop_label(turn: Turn, reminder: Reminder) -> str:
    """What the button says that cancels one of several."""
    local = reminder.due.astimezone(zone(turn.store.timezone(turn.owner)))
    day = turn.say("reminders.short-day", day=local.day, month=local.month)
    what = Trusted(shortened(reminder.text, LONGEST_LABEL))
    return str(turn.say("reminders.button-drop", day=day, what=what))
