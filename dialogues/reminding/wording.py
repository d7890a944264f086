"""Reminders in words: moments on somebody's clock, and what is said when one is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dialogues import taps
from dialogues.reminding.reminder import Reminder
from dialogues.reminding.zones import HOME
from dialogues.reply import Choice, Reply
from dialogues.walkthrough import moves
from dialogues.walkthrough.display import shortened
from dialogues.walkthrough.naming import title
from dialogues.walkthrough.state import Run
from knowledge.templates import Trusted

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

LATE = timedelta(hours=1)  # from here a reminder says that it comes late
LONGEST_LABEL = 40
CLAUSES = ("to ", "that ", "not to ")  # "to call the school": no "of" goes before it


def moment(knowledge: Knowledge, language: str, due: datetime, zone: ZoneInfo) -> Trusted:
    """The moment on the zone's clocks, with its weekday; the zone is named where it isn't the usual one."""
    local = due.astimezone(zone)
    hour = str(local.hour)
    city = Trusted(zone.key.rpartition("/")[2].replace("_", " ")) if zone.key != HOME else None
    parts = {"day": local.day, "month": local.month, "year": Trusted(local.year), "weekday": local.weekday()}
    clock = {"hour": Trusted(hour), "minute": Trusted(f"{local.minute:02}"), "zone": city}
    return knowledge.say(language, "reminders.moment", **parts, **clock)


def first_up(text: Trusted) -> Trusted:
    """With a capital, for the beginning of a sentence."""
    return Trusted(text[:1].upper() + text[1:])


def about(knowledge: Knowledge, language: str, text: str) -> dict[str, Any]:
    """What a reminder is about, as the texts take it: alone, and as what one is reminded of."""
    key = "of-clause" if text.lower().startswith(CLAUSES) else "of-what"
    return {"what": text, "of_what": knowledge.say(language, f"reminders.{key}", what=text)}


def said(
    knowledge: Knowledge, reminder: Reminder, run: Run | None, language: str, zone: ZoneInfo, now: datetime
) -> Reply:
    """What is said when a reminder is due, with the way to its walkthrough, and to be reminded again."""
    paragraphs = [knowledge.say(language, "reminders.due", what=reminder.text)]
    if now - reminder.due > LATE:
        paragraphs.append(
            knowledge.say(language, "reminders.due-late", moment=moment(knowledge, language, reminder.due, zone))
        )
    day, week, month = (
        Choice(
            knowledge.say(language, f"reminders.button-again-{token}"), taps.tap(taps.REMINDER, "s", reminder.id, token)
        )
        for token in ("d1", "w1", "m1")
    )
    rows = (*((choice,) for choice in _ways_to(knowledge, run, language)), (day, week), (month,))
    return Reply("\n\n".join(paragraphs), rows, language=language, outcome="command", command="remind")


def _ways_to(knowledge: Knowledge, run: Run | None, language: str) -> list[Choice]:
    """To the walkthrough as it stands, and, where it is done, to a new one of its kind."""
    checklist = knowledge.checklists.get(run.checklist) if run else None
    if run is None or checklist is None:
        return []
    done = run.status == "done"
    called = Trusted(shortened(title(checklist, run, language), LONGEST_LABEL))
    face = knowledge.say(language, "reminders.button-see" if done else "reminders.button-continue", title=called)
    ways = [Choice(str(face), taps.tap(taps.CONTROL, run.id, moves.CONTINUE))]
    if done:
        ways.append(Choice(knowledge.say(language, "reminders.button-anew"), taps.tap(taps.START, run.checklist)))
    return ways
