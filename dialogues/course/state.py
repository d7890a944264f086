"""Where somebody is in the introduction course, as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Course:
    """One learner's course. Lessons, scenes and ends go by their ids; a question goes by `lesson/question`.

    What an editor has removed from the course since stays in here, and is passed over by whoever reads it.
    """

    started: date
    touched: date  # when the learner did something last
    at: str | None = None  # the lesson that is open …
    part: str = "point"  # … and where in it: see `dialogues.course.moves`
    passing: dict[str, str] = field(default_factory=dict)  # answers in quizzes, by question, till they are taken anew
    done: dict[str, date] = field(default_factory=dict)  # when a lesson's questions had all been answered first
    right: dict[str, int] = field(default_factory=dict)  # how many of them were right at best, by lesson
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)  # what comes back: see `dialogues.course.deck`
    ends: dict[str, tuple[str, ...]] = field(default_factory=dict)  # the ends that were reached, by scene
    testing: dict[str, str] = field(default_factory=dict)  # answers in the test that is open, by question
    tested: tuple[int, int] | None = None  # right answers and questions of the best test
    finished: date | None = None  # the test was done, and with it the course
    name: str | None = None  # as it stands on the sheet
    notes: dict[str, str] = field(default_factory=dict)  # for the talk with one's manager, by lesson
    hour: str | None = None  # "09:00": one lesson on each working day, by reminder; None: at one's own pace
    shared: str | None = None  # the code by which a manager sees how far the learner is; None: nobody does
    shares_scores: bool = False  # and how much was right
    came: str | None = field(default=None, compare=False)  # by what it was changed last: the id under which that came

    def with_(self, **changes: Any) -> Course:
        return replace(self, **changes)


def to_dict(course: Course) -> dict[str, Any]:
    """The course as JSON-ready data; days are written as `2027-03-01`."""
    data = asdict(course)
    for name in ("started", "touched", "finished"):
        data[name] = data[name].isoformat() if data[name] else None
    data["done"] = {lesson: day.isoformat() for lesson, day in course.done.items()}
    data["ends"] = {scene: list(ends) for scene, ends in course.ends.items()}
    data["tested"] = list(course.tested) if course.tested else None
    return data


def from_dict(data: dict[str, Any]) -> Course:
    """The course that `to_dict` described, also after a round through JSON. Unknown fields are left out.

    Raises KeyError where `started` or `touched` is missing, ValueError for a day that is none.
    """
    known = {name: value for name, value in data.items() if name in Course.__dataclass_fields__}
    tested = data.get("tested")
    return Course(
        **{
            **known,
            "started": date.fromisoformat(data["started"]),
            "touched": date.fromisoformat(data["touched"]),
            "finished": date.fromisoformat(data["finished"]) if data.get("finished") else None,
            "done": {lesson: date.fromisoformat(day) for lesson, day in (data.get("done") or {}).items()},
            "ends": {scene: tuple(ends) for scene, ends in (data.get("ends") or {}).items()},
            "tested": (tested[0], tested[1]) if tested else None,
        }
    )
