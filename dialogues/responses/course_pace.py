"""The pace of the course: one lesson on each working day by reminder, or as the learner likes; and the end of it."""

from __future__ import annotations

from typing import cast
from zoneinfo import ZoneInfo

from dialogues.course import home_screens, pacing
from dialogues.reminding import wording
from dialogues.responses.learning import Learning, learning
from dialogues.turn import AWAITING, Outcome, Turn

PACE = "course-pace"  # what the slot `awaiting` says while an hour is asked for
OWN = "off"
_FEW = 3  # words: more are about something else


def pace(of: Learning, parts: tuple[str, ...]) -> Outcome:
    """Asks for the hour, or sets it."""
    if not parts:
        asked = of.says(home_screens.pace(of.screen, of.course))
        return asked.remember(**{AWAITING: PACE})
    if parts[0] == OWN:
        return _at_own_pace(of, "own-pace")
    return _set(of, pacing.hour(parts[0].replace(".", ":")))


def hour_said(words: str) -> tuple[str, ...]:
    """The hour that is named along with the wish for a pace, as a button has it; empty where none is."""
    hour = pacing.hour(words)
    return (hour,) if hour else ()


def said(turn: Turn, argument: str) -> Outcome | None:
    """Takes the hour in words, and asks once more for one that can't be read; None where they name none."""
    hour = pacing.hour(turn.text)
    unreadable = any(letter.isdigit() for letter in turn.text) and len(turn.text.split()) <= _FEW
    return _set(learning(turn), hour) if hour or unreadable else None


def stop(of: Learning, parts: tuple[str, ...] = ()) -> Outcome:
    """No more reminders; what has been learnt stays."""
    return _at_own_pace(of, "stopped")


def stopped_in_words(turn: Turn, argument: str | None = None) -> Outcome:
    """The same, said in words."""
    return stop(learning(turn))


def reminder_cancelled(turn: Turn) -> None:
    """The course's reminder was cancelled among the others: the course goes at the learner's own pace from now on."""
    course = turn.store.course(turn.owner)
    if course and course.hour:
        turn.store.save_course(turn.owner, course.with_(hour=None))


def keep_up(of: Learning) -> None:
    """Sets the reminder anew where the learner has a pace: they have done something, which may have been the lesson of
    today or all that came back, and the last reminder may have been the last for a while."""
    if of.course and of.course.hour:
        _remind(of)


def _set(of: Learning, hour: str | None) -> Outcome:
    if hour is None:
        return pace(of, ())
    course = of.keep(of.begun().with_(hour=hour))
    return of.says(home_screens.paced(of.screen, course, _remind(of)))


def _at_own_pace(of: Learning, key: str) -> Outcome:
    if of.course is None:
        return of.says(home_screens.welcome(of.screen))
    course = of.keep(of.course.with_(hour=None))
    _remind(of)
    return of.says(home_screens.home(of.screen, course, of.screen.say(key)))


def _remind(of: Learning) -> str:
    """Sets the reminder, or takes it away where there is no pace; gives when it comes, in words. The lesson of a day on
    which one has been done comes on the next."""
    turn, screen, course = of.turn, of.screen, of.begun()
    where = cast(ZoneInfo, screen.now.tzinfo)
    after_today = screen.today in course.done.values()
    due = pacing.next_reminder(course, turn.knowledge.lessons, screen.now, where, after_today=after_today)
    turn.store.remind_of_course(turn.owner, turn.place, str(screen.say("reminder-name")), due, screen.language)
    return str(wording.moment(turn.knowledge, turn.language, due, where)) if due else ""
