"""The introduction course: its lessons with their questions, and its scenes, stories that branch."""

from __future__ import annotations

from typing import Any

from pydantic import Field, root_validator, validator

from knowledge.forms import ChoiceId, ItemId, Prose, Slug, TopicId
from knowledge.schema.common import Bilingual, Strict, filled


class LessonText(Strict):
    """A lesson in one language, in the order in which it is read."""

    title: Prose
    hook: Prose  # a moment from everyday work that the reader knows
    point: Prose  # what the lesson is about, in fewer than 150 words
    example: Prose
    task: Prose  # something to do at one's own library
    manager: Prose  # what to look at with one's manager


class Option(Bilingual):
    """One of the answers to a question of a quiz."""

    id: ChoiceId


class QuestionText(Strict):
    question: Prose
    explanation: Prose  # why the right answer is right: read after any answer


class Question(Strict):
    """A question with one right answer. It fits a quiz poll of Telegram's."""

    id: ItemId
    right: ChoiceId
    options: tuple[Option, ...]
    da: QuestionText
    en: QuestionText

    def text(self, language: str) -> QuestionText:
        return getattr(self, language)

    @property
    def right_place(self) -> int:
        """The place of the right answer among the options, from 0."""
        return next(place for place, option in enumerate(self.options) if option.id == self.right)

    @validator("options")
    def _something_to_choose(cls, options: tuple[Option, ...]) -> tuple[Option, ...]:
        if not 2 <= len(options) <= 6:
            raise ValueError(f"a question has two to six answers to choose from; here are {len(options)}")
        return options


class Lesson(Strict):
    """One lesson of some ten minutes: a text in parts, three questions, and where to read on."""

    id: ItemId  # travels in a button
    order: int = Field(ge=1, le=99)
    minutes: int = Field(10, ge=1, le=60)
    topics: tuple[TopicId, ...]
    checklists: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...]
    quiz: tuple[Question, ...]
    test: tuple[Question, ...]  # asked in the test at the end
    da: LessonText
    en: LessonText

    _topics = filled("topics")
    _sources = filled("sources")
    _test = filled("test")

    def text(self, language: str) -> LessonText:
        return getattr(self, language)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Those of the quiz, then those of the test."""
        return self.quiz + self.test

    @validator("quiz")
    def _three_questions(cls, quiz: tuple[Question, ...]) -> tuple[Question, ...]:
        if len(quiz) != 3:
            raise ValueError(f"a lesson asks three questions under `quiz`; here are {len(quiz)}")
        return quiz


class Turning(Bilingual):
    """A choice in a scene, and the moment that it leads to."""

    to: ItemId


class Moment(Bilingual):
    """What happens in a scene. It either leaves a choice, or ends the scene with what the guide would say."""

    id: ItemId  # travels in a button
    choices: tuple[Turning, ...] = ()
    guide: Bilingual | None = None
    topics: tuple[TopicId, ...] = ()  # behind what the guide would say

    @root_validator(skip_on_failure=True)
    def _leads_on_or_ends(cls, values: dict[str, Any]) -> dict[str, Any]:
        if bool(values["choices"]) == bool(values["guide"]):
            raise ValueError("a moment either has `choices`, or ends the scene with `guide`: what the guide would say")
        if values["guide"] and not values["topics"]:
            raise ValueError("an end needs `topics`: where what the guide would say can be read")
        if len(values["choices"]) == 1:
            raise ValueError("one choice is none: name at least two")
        return values


class SceneText(Strict):
    title: Prose
    about: Prose  # in one sentence


class Scene(Strict):
    """A dilemma as a story: the first moment opens it, and every choice has its consequence."""

    id: ItemId  # travels in a button
    order: int = Field(ge=1, le=99)
    lesson: ItemId | None = None  # after which it is offered
    sources: tuple[Slug, ...]
    moments: tuple[Moment, ...]
    da: SceneText
    en: SceneText

    _sources = filled("sources")
    _moments = filled("moments")

    def text(self, language: str) -> SceneText:
        return getattr(self, language)

    def moment(self, moment_id: str) -> Moment | None:
        return next((moment for moment in self.moments if moment.id == moment_id), None)

    def after(self, choice: Turning) -> Moment:
        """The moment that one of the scene's own choices leads to; KeyError where there is none, which no check lets
        pass."""
        moment = self.moment(choice.to)
        if moment is None:
            raise KeyError(choice.to)
        return moment

    @property
    def ends(self) -> tuple[Moment, ...]:
        return tuple(moment for moment in self.moments if moment.guide)
