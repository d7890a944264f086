"""What a learner keeps for the talk with a manager, the sheet at the end, and what the manager may see: nothing that
the learner hasn't said yes to, and never how much was right without a yes to that as well."""

from __future__ import annotations

import secrets

from dialogues.course import buttons as verbs
from dialogues.course import home_screens, share_screens
from dialogues.course.state import Course
from dialogues.responses import course_papers
from dialogues.responses.learning import Learning, learning
from dialogues.turn import AWAITING, Outcome, Turn

NOTE, NAME = "course-note", "course-name"  # what the slot `awaiting` begins with while a note or a name is asked for
LONGEST_NAME, LONGEST_NOTE = 80, 2000
_WAYS_OUT = {"smalltalk/deny", "command/stop", "command/back", "command/skip", "command/pause"}
_FEW = 3  # words: a longer no is a note
_END = 40  # characters of a note that are shown where it was cut
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_ON, _SCORES, _OFF = "on", "scores", "off"


def note(of: Learning, parts: tuple[str, ...]) -> Outcome:
    """Asks for a note to a lesson, for the talk with one's manager; first to which, where that isn't said."""
    if not parts and of.course and of.course.done:
        return of.says(share_screens.ask_which_note(of.screen, of.course))
    if not parts:
        return of.says(home_screens.home(of.screen, of.begun(), of.turn.say("coursepapers.talk-not-yet")))
    lesson = of.screen.knowledge.lessons.get(parts[0]) if parts else None
    if lesson is None or of.course is None:
        return of.says(home_screens.home(of.screen, of.begun(), of.screen.say("changed")))
    asked = share_screens.ask_note(of.screen, lesson, of.course.notes.get(lesson.id))
    return of.says(asked).remember(**{AWAITING: f"{NOTE}:{lesson.id}"})


def note_said(turn: Turn, lesson_id: str) -> Outcome | None:
    """Keeps the note; of a very long one as much as there is room for, and says so."""
    of = learning(turn)
    lesson = turn.knowledge.lessons.get(lesson_id)
    if lesson is None or of.course is None or _declines(turn):
        return None
    note = turn.text.strip()
    kept = _cut(note, LONGEST_NOTE)
    course = of.keep(of.course.with_(notes={**of.course.notes, lesson.id: kept}))
    told = of.screen.say("note-kept", end=kept[-_END:] if kept != note else None)
    return of.says(home_screens.home(of.screen, course, told))


def sheet(of: Learning, parts: tuple[str, ...]) -> Outcome:
    """The sheet that says that the course was done, under a new name where that is wished; before, how far it is."""
    course = of.course
    if course is None or course.finished is None:
        return of.says(home_screens.home(of.screen, of.begun(), of.screen.say("sheet-not-yet")))
    if course.name is None or parts:
        return of.says(share_screens.ask_name(of.screen)).remember(**{AWAITING: f"{NAME}:{verbs.SHEET}"})
    return course_papers.hand_out(of, course)


def share(of: Learning, parts: tuple[str, ...]) -> Outcome:
    """Asks what a manager may see, or does what was chosen."""
    course, wish = of.begun(), parts[0] if parts else None
    if wish == _OFF:
        course = of.keep(course.with_(shared=None, shares_scores=False))
        return of.says(home_screens.home(of.screen, course, of.screen.say("share-ended")))
    if wish not in (_ON, _SCORES):
        return of.says(share_screens.ask_share(of.screen, course))
    if course.name is None:
        return of.says(share_screens.ask_name(of.screen)).remember(**{AWAITING: f"{NAME}:{wish}"})
    return _shared(of, course, scores=wish == _SCORES)


def name_said(turn: Turn, then: str) -> Outcome | None:
    """Takes the learner's name, and goes on with what it was asked for."""
    of = learning(turn)
    name = " ".join(turn.text.split())[:LONGEST_NAME]
    is_name = any(letter.isalpha() for letter in name) and "?" not in name
    if of.course is None or not is_name or _declines(turn):
        return None
    course = of.keep(of.course.with_(name=name))
    if then == verbs.SHEET:
        return sheet(of, ())
    return _shared(of, course, scores=then == _SCORES)


def look(of: Learning, parts: tuple[str, ...]) -> Outcome:
    """What a learner shows: for whoever has the code, and who is in no course for it."""
    shared = of.turn.store.shared_course(parts[0]) if parts else None
    return Outcome((share_screens.seen(of.screen, shared),))


def _cut(text: str, most: int) -> str:
    """The text, or as many whole words of it as there is room for."""
    return text if len(text) <= most else (text[:most].rpartition(" ")[0] or text[:most])


def _declines(turn: Turn) -> bool:
    """Whether the words are a no, a way out or a plain order rather than what was asked for."""
    ways_out = turn.meaning.label in _WAYS_OUT and len(turn.text.split()) <= _FEW
    return ways_out or turn.meaning.intent == "blank" or (turn.meaning.intent == "command" and turn.meaning.exact)


def _shared(of: Learning, course: Course, *, scores: bool) -> Outcome:
    code = course.shared or "".join(secrets.choice(_ALPHABET) for _ in range(8))
    course = of.keep(course.with_(shared=code, shares_scores=scores))
    return of.says(share_screens.shared(of.screen, course))
