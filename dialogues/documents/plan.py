"""A walkthrough's score to the action plan that it writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from dialogues.documents import markup
from dialogues.documents.answers import date_words, number_words
from dialogues.documents.build import words
from dialogues.documents.model import Block, Bullets, Document, Paragraph, Say, Section, Span, Spans, Table
from dialogues.walkthrough.scoring import Action, Score, SectionScore, share
from dialogues.walkthrough.state import Run
from knowledge.schema import Checklist
from knowledge.templates import Trusted


def action_plan(checklist: Checklist, run: Run, score: Score, *, today: date, version: str, say: Say) -> Document:
    """The plan that follows from `score`, in the run's language: the result, its themes, what to do, what to find out.

    Who does it and when is left to fill in by hand. A part with nothing in it is left out.
    """
    plan = _Plan(run.language, score, say)
    title = checklist.text(run.language).title
    return Document(
        title=plan.text("plan-title"),
        language=run.language,
        today=today,
        subtitle=title,
        date_line=plan.text("plan-date-line", date=date_words(today, run.language, say)),
        stem=plan.text("plan-file", title=title),
        next_step=plan.text("plan-next"),
        version=version,
        origin=plan.text("made-with", version=version),
        words=words(run.language, say),
        sections=tuple(plan.sections()),
        numbered=False,
    )


class _Plan:
    """The sections of one plan."""

    def __init__(self, language: str, score: Score, say: Say) -> None:
        self._language, self._score, self._say = language, score, say

    def text(self, key: str, **values: Any) -> str:
        return markup.text(self._say(self._language, f"documents.{key}", **values))

    def _paragraph(self, key: str, **values: Any) -> Paragraph:
        return Paragraph(markup.line(self._say(self._language, f"documents.{key}", **values)))

    def _header(self, key: str) -> tuple[str, ...]:
        return tuple(self.text(key).split(" / "))

    def sections(self) -> Iterator[Section]:
        yield Section(self.text("plan-result"), tuple(self._result()))
        if len(self._score.sections) > 1 and self._score.share is not None:
            yield Section(self.text("plan-sections"), (self._themes(),))
        yield Section(self.text("plan-actions"), tuple(self._actions()))
        if self._score.to_find_out:
            questions = (item.text(self._language).question for item in self._score.to_find_out)
            yield Section(self.text("plan-unknown"), (Bullets(tuple(map(markup.line, questions))),))

    def _result(self) -> Iterator[Block]:
        score = self._score
        if score.share is None:
            yield self._paragraph("plan-nothing")
        elif not score.enough:
            yield self._paragraph("plan-few", answered=score.answered, rated=score.rated)
        else:
            yield self._paragraph("plan-score", **self._points(score.reached, score.possible))
        if score.band:
            band = score.band.text(self._language)
            yield Paragraph((Span(f"{band.title}. ", bold=True), *markup.line(band.meaning)))
        left_out = [item.text(self._language).label for item in (*score.skipped, *score.open)]
        if left_out:
            yield self._paragraph("plan-left-out", labels=Trusted("; ".join(left_out)))

    def _points(self, reached: float, possible: float) -> dict[str, str]:
        return {
            "reached": number_words(round(reached, 1), self._language),
            "possible": number_words(round(possible, 1), self._language),
            "percent": str(round(100 * (share(reached, possible) or 0))),
        }

    def _themes(self) -> Table:
        rows = tuple(self._theme(one) for one in self._score.sections)
        return Table(self._header("plan-sections-table"), rows, widths=(6, 3, 2))

    def _theme(self, result: SectionScore) -> tuple[Spans, ...]:
        title = Span(result.section.title[self._language])
        if result.share is None:
            return (title,), (Span(self.text("plan-not-counted")),), ()
        points = self._points(result.reached, result.possible)
        return (title,), (Span(self.text("plan-points", **points)),), (Span(self.text("plan-percent", **points)),)

    def _actions(self) -> Iterator[Block]:
        if not self._score.actions:
            yield self._paragraph("plan-no-actions")
            return
        yield self._paragraph("plan-actions-intro")
        rows = tuple(self._action(action) for action in self._score.actions)
        yield Table(self._header("plan-actions-table"), rows, widths=(6, 6, 3, 2))

    def _action(self, action: Action) -> tuple[Spans, ...]:
        why = action.item.text(self._language).why
        return markup.line(action.text), markup.line(why), (), ()
