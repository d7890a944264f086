"""A turn in the course: the learner's state, the screen that answers are drawn on, and what is kept."""

from __future__ import annotations

from dataclasses import replace

from dialogues.course import moves
from dialogues.course.buttons import Screen
from dialogues.course.state import Course
from dialogues.reminding.zones import zone
from dialogues.reply import Reply
from dialogues.turn import AWAITING, RUN, STEP, Outcome, Turn

COURSE = "course"  # what the slot `awaiting` says while the course is on the screen
SCENE = "scene"  # … and behind it, before the scene and its moment, in the middle of a dilemma


class Learning:
    """The turn of a learner. `screen` always shows the course as it was kept last."""

    def __init__(self, turn: Turn, screen: Screen) -> None:
        self.turn = turn
        self.screen = screen

    @property
    def course(self) -> Course | None:
        return self.screen.course

    def begun(self) -> Course:
        """The learner's course; a fresh one where there is none yet."""
        return self.course or moves.begun(self.screen.today)

    def keep(self, course: Course) -> Course:
        """Stores the course, and draws with it from now on."""
        course = course.with_(touched=self.screen.today, came=self.turn.came)
        self.turn.store.save_course(self.turn.owner, course)
        self.screen = replace(self.screen, course=course)
        return course

    @property
    def is_again(self) -> bool:
        """Whether the course has been changed by this very message before, in a turn that a process died over. Told
        before anything is kept."""
        return self.course is not None and self.turn.came is not None and self.course.came == self.turn.came

    def says(self, *replies: Reply | None, awaiting: str = COURSE) -> Outcome:
        """An outcome with the replies that there are. A walkthrough on the screen makes room, and waits; "go on" goes
        on with the course; but in a group, where the course isn't shown, everything stays as it is.
        `awaiting` says, behind COURSE, what is on the screen; of a question that is asked last it says where that is
        asked, its lesson and its id."""
        shown = tuple(reply for reply in replies if reply)
        if shown and shown[-1].quiz:
            _, _, *asked, _ = shown[-1].buttons[0].tap.split(":")
            awaiting = ":".join((COURSE, *asked))
        slots = {} if self.turn.name else {RUN: None, STEP: None, AWAITING: awaiting}
        return Outcome(shown, slots)


def learning(turn: Turn) -> Learning:
    """The turn as one of the course, on the learner's own clock."""
    now = turn.services.now().astimezone(zone(turn.store.timezone(turn.owner)))
    return Learning(turn, Screen(turn.knowledge, turn.language, now, turn.store.course(turn.owner)))
