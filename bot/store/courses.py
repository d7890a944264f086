"""Where people are in the introduction course, and what a manager may see of it."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Engine

from bot.store.rows import insert_once, know, now
from bot.store.tables import courses
from dialogues.course.state import Course, from_dict, to_dict

_COURSE = select(courses.c.state).where(courses.c.owner == bindparam("whose"))


class CourseRows:
    """The part of the store that keeps courses."""

    engine: Engine
    autocommit: Engine

    def course(self, owner: str) -> Course | None:
        """The owner's course; None where it hasn't been begun."""
        with self.autocommit.connect() as connection:
            state = connection.scalar(_COURSE, {"whose": owner})
        return from_dict(state) if state else None

    def save_course(self, owner: str, course: Course) -> None:
        """Stores the course as it stands now."""
        values = {"state": to_dict(course), "shared": course.shared, "touched": now()}
        mine = courses.c.owner == owner
        with self.engine.begin() as connection:
            if not connection.execute(update(courses).where(mine).values(values)).rowcount:
                know(connection, owner)
                row = {"owner": owner, **values}
                if not connection.execute(insert_once(connection, courses, row)).rowcount:  # it came in meanwhile
                    connection.execute(update(courses).where(mine).values(values))

    def shared_course(self, code: str) -> Course | None:
        """The course that a learner shows to whoever has the code; None where nobody does."""
        with self.autocommit.connect() as connection:
            state = connection.scalar(select(courses.c.state).where(courses.c.shared == code))
        return from_dict(state) if state else None
