"""From a walkthrough's result to the picture of it, with the words for those who don't see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogues.documents import markup
from dialogues.documents.answers import Answers
from dialogues.documents.model import Say
from dialogues.documents.pictures import (
    FEWEST_AXES,
    MOST_AXES,
    MOST_SERIES,
    Bar,
    Bars,
    Contact,
    Content,
    Network,
    Radar,
    Series,
)
from dialogues.walkthrough import comparing, scoring
from dialogues.walkthrough.naming import name
from dialogues.walkthrough.scoring import Score
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Walk
from dialogues.written import date_words
from knowledge import schema
from knowledge.schema import IRRELEVANT, UNSURE


def picture(answers: Answers, score: Score, say: Say, others: Sequence[Run]) -> Content | None:
    """The picture that the checklist's result asks for; None where there is nothing to draw."""
    wanted = answers.checklist.result.picture
    if wanted is None:
        return None
    drawing = _Drawing(answers, score, say, others)
    if wanted.kind == "network":
        return drawing.network(wanted)
    if score.share is None:
        return None
    fits = FEWEST_AXES <= len(score.sections) <= MOST_AXES
    return drawing.radar() if wanted.kind == "radar" and fits else drawing.bars()


class _Drawing:
    def __init__(self, answers: Answers, score: Score, say: Say, others: Sequence[Run]) -> None:
        self._answers, self._score, self._say, self._others = answers, score, say, others
        self._checklist, self._run = answers.checklist, answers.run
        self._language = answers.run.language
        self._title = self._checklist.text(self._language).title

    def _text(self, key: str, **values: object) -> str:
        return markup.text(self._say(self._language, f"documents.{key}", **values))

    @property
    def _words(self) -> dict[str, str]:
        return {"none": self._text("chart-none"), "percent": self._text("plan-percent", percent="0").removeprefix("0")}

    def _themes(self) -> tuple[str, ...]:
        return tuple(one.section.title[self._language] for one in self._score.sections)

    def _mine(self) -> Series:
        called = name(self._checklist, self._run) or self._text("chart-now")
        return Series(called, tuple(one.share for one in self._score.sections))

    def _series(self) -> list[Series]:
        """This run and those it is compared with: other people or candidates, or else one's last time."""
        beside = comparing.beside(self._checklist, self._run, self._others)[: MOST_SERIES - 1]
        if beside:
            runs = (self._run, *beside)
            common = comparing.common(self._checklist, runs)
            return [self._of(scoring.score(self._checklist, run, common), self._called(run)) for run in runs]
        before = comparing.last_time(self._checklist, self._run, self._others)
        change = comparing.since(self._checklist, self._run, before) if before else None
        if before is None or change is None:
            return [self._mine()]
        then = self._text("chart-before", day=self._day(before.finished))
        return [self._of(change.now, self._text("chart-now")), self._of(change.then, then)]

    def _called(self, run: Run) -> str:
        """What tells a run from those beside it."""
        compare = self._checklist.result.compare
        told_apart = Walk(self._checklist, run).value(compare.across) if compare else None
        return str(told_apart or name(self._checklist, run) or "–")

    def _day(self, day: date | None) -> str | None:
        return date_words(day, self._language, self._say) if day else None

    def _of(self, score: Score, called: str) -> Series:
        shares = {one.section.id: one.share for one in score.sections}
        return Series(called, tuple(shares.get(one.section.id) for one in self._score.sections))

    def bars(self) -> Bars:
        """A bar for each theme."""
        mine, *others = self._series()
        rows = tuple(Bar(label, share) for label, share in zip(self._themes(), mine.shares, strict=True))
        alt = self._told("chart-alt-bars", [mine, *others])
        return Bars(self._title, rows, alt, self._words, mine.name, tuple(others))

    def radar(self) -> Radar:
        """An axis for each theme."""
        series = self._series()
        return Radar(self._title, self._themes(), tuple(series), self._told("chart-alt-radar", series), self._words)

    def _told(self, key: str, series: Sequence[Series]) -> str:
        """The picture in words."""
        told = []
        for one in series:
            values = ", ".join(
                f"{theme} {self._words['none'] if share is None else f'{round(share * 100)} %'}"
                for theme, share in zip(self._themes(), one.shares, strict=True)
            )
            told.append(f"{one.name}: {values}" if len(series) > 1 else values)
        return self._text(key, title=self._title, told=". ".join(told))

    # --- networks --------------------------------------------------------------------------------

    def network(self, wanted: schema.Picture) -> Network | None:
        """The entries of a group around the library: by sector, and by how near they are."""
        group = self._answers.group(str(wanted.group))
        label, sector, ring = (group.field(str(one)) for one in (wanted.label, wanted.sector, wanted.ring))
        entries = [one for one in self._answers.entries(group) if one.get(label.id)]
        used = {str(entry.get(sector.id)) for entry in entries}
        sectors = [
            one
            for one in self._checklist.choices(sector)
            if one.id in used or one.id not in ("other", UNSURE, IRRELEVANT)
        ]
        rings = sorted(self._checklist.choices(ring), key=lambda one: -(one.score or 0))
        places = {one.id: place for place, one in enumerate(sectors)}
        near = {one.id: place for place, one in enumerate(rings)}
        contacts = tuple(
            Contact(
                str(entry[label.id]),
                places[str(entry[sector.id])],
                near.get(str(entry.get(ring.id)), len(rings) - 1),
            )
            for entry in entries
            if str(entry.get(sector.id)) in places
        )
        if not contacts:
            return None
        names = [getattr(one, self._language) for one in sectors]
        told = "; ".join(self._sector_told(number, names, contacts, rings) for number in range(len(names)))
        return Network(
            title=self._title,
            centre=self._text("chart-centre"),
            sectors=tuple(names),
            rings=tuple(getattr(one, self._language) for one in rings),
            contacts=contacts,
            alt=self._text("chart-alt-network", title=self._title, told=told),
            words={"gap": self._text("chart-gap")},
        )

    def _sector_told(
        self, number: int, names: Sequence[str], contacts: Sequence[Contact], rings: Sequence[schema.Choice]
    ) -> str:
        there = [
            f"{one.label} ({getattr(rings[one.ring], self._language)})" for one in contacts if one.sector == number
        ]
        return f"{names[number]}: {', '.join(there) or self._text('chart-gap')}"
