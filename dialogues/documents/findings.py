"""What a walkthrough found, as blocks of its document: the score, the picture, what to do, what to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from dialogues.documents import markup
from dialogues.documents.answers import Answers
from dialogues.documents.charting import picture
from dialogues.documents.model import Block, Bullets, Paragraph, Picture, Say, Span, Spans, Table
from dialogues.documents.slots import clean
from dialogues.walkthrough import advising, comparing, scoring
from dialogues.walkthrough.comparing import Change
from dialogues.walkthrough.scoring import Action, Score, SectionScore, share
from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.steps import Step, Walk
from dialogues.written import date_words, number_words
from knowledge.schema import Comparison, Item
from knowledge.templates import Trusted

Blocks = tuple[Block, ...]
_DIFFERENT = 6
_ACTIONS = 5  # that a paper tells how to mend; nobody takes up more at a time
_COLUMNS = 5  # that a table of runs side by side has room for


class Findings:
    """The findings of one run, by the name under which a template asks for them; empty ones say nothing."""

    def __init__(self, answers: Answers, say: Say, others: Sequence[Run]) -> None:
        self._answers, self._say, self._others = answers, say, others
        self._run, self._checklist = answers.run, answers.checklist
        self._language = answers.run.language
        self._score: Score = scoring.score(answers.checklist, answers.run)

    @property
    def blocks(self) -> dict[str, Callable[..., Blocks]]:
        """What a template may ask for."""
        return {
            "score": self.score,
            "themes": self.themes,
            "picture": self.picture,
            "actions": self.actions,
            "unknowns": self.unknowns,
            "advice": self.advice,
            "answers": self.answers,
            "notes": self.notes,
            "comparison": self.comparison,
        }

    def text(self, key: str, **values: Any) -> str:
        """A text of the area `documents`."""
        return markup.text(self._say(self._language, f"documents.{key}", **values))

    def _paragraph(self, key: str, **values: Any) -> Paragraph:
        return Paragraph(markup.line(self._say(self._language, f"documents.{key}", **values)))

    def _header(self, key: str) -> tuple[str, ...]:
        return tuple(self.text(key).split(" / "))

    # --- the score -------------------------------------------------------------------------------

    def score(self) -> Blocks:
        """The total, what it means, how it was the last time, and what isn't in it."""
        return tuple(self._score_blocks()) if self._checklist.result.bands else ()

    def _score_blocks(self) -> Iterator[Block]:
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
        before = comparing.last_time(self._checklist, self._run, self._others)
        change = comparing.since(self._checklist, self._run, before) if before else None
        if before and change:
            yield self._since(before, change)
        left_out = [item.text(self._language).label for item in (*score.skipped, *score.open)]
        if left_out:
            yield self._paragraph("plan-left-out", labels=Trusted("; ".join(left_out)))

    def _since(self, before: Run, change: Change) -> Paragraph:
        day = date_words(before.finished, self._language, self._say) if before.finished else None
        then, now = (str(round((one.share or 0) * 100)) for one in (change.then, change.now))
        count = None if change.whole else change.count
        return self._paragraph("last-time", day=day, count=count, percent=then, now=now)

    def _points(self, reached: float, possible: float) -> dict[str, str]:
        return {
            "reached": number_words(round(reached, 1), self._language),
            "possible": number_words(round(possible, 1), self._language),
            "percent": str(round(100 * (share(reached, possible) or 0))),
        }

    def themes(self) -> Blocks:
        """A table of the sections with their points."""
        if len(self._score.sections) < 2 or self._score.share is None:
            return ()
        rows = tuple(self._theme(one) for one in self._score.sections)
        return (Table(self._header("plan-sections-table"), rows, widths=(6, 3, 2)),)

    def _theme(self, one: SectionScore) -> tuple[Spans, ...]:
        title = Span(one.section.title[self._language])
        if one.share is None:
            return (title,), (Span(self.text("plan-not-counted")),), ()
        points = self._points(one.reached, one.possible)
        return (title,), (Span(self.text("plan-points", **points)),), (Span(self.text("plan-percent", **points)),)

    def picture(self) -> Blocks:
        """The picture of the result; its heading stands above it already."""
        drawn = picture(self._answers, self._score, self._say, self._others)
        return (Picture(replace(drawn, title=""), ""),) if drawn else ()

    # --- what follows ----------------------------------------------------------------------------

    def actions(self, most: int = _ACTIONS) -> Blocks:
        """A table of what to do, the costliest answers first, with who does it and when; those that it has no room
        for are named in a line below."""
        if not self._score.actions:
            return ()
        rows = tuple(self._action(action) for action in self._score.actions[:most])
        table = Table(self._header("plan-actions-table"), rows, widths=(7, 7, 3, 3))
        rest = [action.item.text(self._language).label for action in self._score.actions[most:]]
        return (table, self._paragraph("plan-actions-rest", labels=Trusted("; ".join(rest)))) if rest else (table,)

    def _action(self, action: Action) -> tuple[Spans, ...]:
        why = action.item.text(self._language).why
        who = (self._name(action.who),) if action.who else ()
        when = (Span(date_words(action.when, self._language, self._say)),) if action.when else ()
        return markup.line(action.text), markup.line(why), who, when

    def _name(self, said: str) -> Span:
        name = self._answers.person(said)
        return Span(clean(name)) if name else Span(self.text("gap", label=self.text("name")), gap=True)

    def unknowns(self) -> Blocks:
        """The questions that nobody could answer."""
        questions = tuple(markup.line(item.text(self._language).question) for item in self._score.to_find_out)
        return (Bullets(questions),) if questions else ()

    def advice(self, which: str = "") -> Blocks:
        """The advice that the answers call for: stop signs first, in bold; or only these ("first"), or the "rest"."""
        found = advising.advice(self._checklist, self._run, self._score)
        if which:
            found = [one for one in found if one.first == (which == "first")]
        lines = tuple(_bold(markup.line(one.text(self._language)), one.first) for one in found)
        return (Bullets(lines),) if lines else ()

    # --- answers ---------------------------------------------------------------------------------

    def answers(self, section: str = "") -> Blocks:
        """A table of what was asked and answered, with notes; of one section, or of all."""
        walk = self._answers.walk
        steps = [step for step in walk if not step.offers_more and not step.about]
        steps = [step for step in steps if not section or step.section.id == section]
        rows = tuple(self._answered(step, walk.value(step.id)) for step in steps)
        return (Table(self._header("answers-table"), rows, widths=(5, 5)),) if rows else ()

    def _answered(self, step: Step, value: Value) -> tuple[Spans, ...]:
        words = self._answers.words(step.item, value) or ", ".join(self._answers.labels(step.item, value))
        said: list[Span] = [Span(clean(words) if words else self.text("no-answer"), italic=not words)]
        note = self._run.notes.get(step.id)
        if note:
            said.append(Span(f"\n{clean(note)}", italic=True))
        label = step.item.text(self._language).label
        entry = f"{step.entry_name(self._language)}: " if step.group else ""
        return (Span(f"{entry}{label}"),), tuple(said)

    def notes(self) -> Blocks:
        """The notes, each with what it is about."""
        lines = self.remarks()
        return (Bullets(lines),) if lines else ()

    def remarks(self) -> tuple[Spans, ...]:
        """The notes, each with what it is about, line by line."""
        steps = {step.id: step for step in self._answers.walk if not step.about and not step.offers_more}
        return tuple(
            (Span(f"{steps[step].item.text(self._language).label}: ", bold=True), Span(clean(note)))
            for step, note in self._run.notes.items()
            if step in steps
        )

    # --- others ----------------------------------------------------------------------------------

    def comparison(self) -> Blocks:
        """Other candidates by theme, or the answers on which people differ most."""
        compare = self._checklist.result.compare
        runs = [self._run, *comparing.beside(self._checklist, self._run, self._others)][:_COLUMNS]
        if compare is None or len(runs) < 2:
            return ()
        called = tuple(self._called(run, compare.across) for run in runs)
        if compare.shows == "candidates":
            common = comparing.common(self._checklist, runs)
            remark = () if common is None else (self._paragraph("beside-common"),)
            return (self._candidates(runs, called, common), *remark, *self._apart(compare))
        found = comparing.differences(self._checklist, runs)[:_DIFFERENT]
        if not found:
            return (self._paragraph("differ-nowhere", names=", ".join(called)),)
        rows = tuple(
            (markup.line(one.item.text(self._language).label), *(self._said(one.item, value) for value in one.values))
            for one in found
        )
        header = (self.text("differ-column"), *called)
        return (self._paragraph("differ-intro"), Table(header, rows, widths=(5, *(3 for _ in called))))

    def _apart(self, compare: Comparison) -> Blocks:
        """The candidates that were assessed for something else."""
        others = comparing.apart(self._checklist, self._run, self._others) if compare.shows == "candidates" else []
        names = ", ".join(self._called(one, compare.across) for one in others)
        labels = ", ".join(self._checklist.item(one).text(self._language).label for one in compare.same)
        return (self._paragraph("beside-apart", names=names, labels=Trusted(labels)),) if others else ()

    def _called(self, run: Run, across: str) -> str:
        return clean(str(Walk(self._checklist, run).value(across) or self.text("unnamed")))

    def _said(self, item: Item, value: Value) -> Spans:
        labels = self._answers.labels(item, value)
        words = ", ".join(labels) or (self._answers.words(item, value) or "")
        return (Span(words or "–"),)

    def _candidates(self, runs: Sequence[Run], called: tuple[str, ...], common: frozenset[str] | None) -> Table:
        scores = [scoring.score(self._checklist, run, common) for run in runs]
        themes = scores[0].sections
        rows: list[tuple[Spans, ...]] = []
        for theme in themes:
            shares = [{one.section.id: one.share for one in score.sections}.get(theme.section.id) for score in scores]
            rows.append(((Span(theme.section.title[self._language]),), *(self._percent(one) for one in shares)))
        total = (Span(self.text("total"), bold=True),)
        rows.append((total, *(_bold(self._percent(score.share), True) for score in scores)))
        return Table((self.text("theme-column"), *called), tuple(rows), widths=(5, *(3 for _ in called)))

    def _percent(self, part: float | None) -> Spans:
        return (Span("–" if part is None else self.text("plan-percent", percent=str(round(part * 100)))),)


def _bold(spans: Spans, bold: bool) -> Spans:
    return tuple(Span(span.text, bold or span.bold, span.italic, span.link, span.gap) for span in spans)
