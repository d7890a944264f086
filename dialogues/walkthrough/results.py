"""What a walkthrough ends with, as a reply: a score with reasons and a plan, or the answers and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dialogues import taps
from dialogues.reply import Choice, Reply, rows
from dialogues.walkthrough import advising, comparing, moves, scoring
from dialogues.walkthrough.clash_lines import mend_buttons, told
from dialogues.walkthrough.display import day, label, notice_line, say, shortened, shown
from dialogues.walkthrough.frame import control
from dialogues.walkthrough.naming import name, title
from dialogues.walkthrough.outcome import Notice
from dialogues.walkthrough.path import open_steps, settled, summary
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steering import PLANNED
from dialogues.walkthrough.steps import Walk
from dialogues.written import number_words
from knowledge.schema import Checklist, Item
from knowledge.templates import Trusted, escape

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

COSTLY, ACTIONS, TOPICS, LISTED, DIFFERENT, _BAR = 3, 5, 3, 8, 3, 10
BESIDE, LONGEST_NAME = 8, 40  # others that a result is laid beside, and what is said of their names


def result(knowledge: Knowledge, run: Run, notice: Notice | None = None, others: Sequence[Run] = ()) -> Reply:
    """The result of the answers so far: the score, for a checklist with bands; else what was answered and what not.

    `others` are further runs of the same owner, those touched last first, to compare it with.
    """
    run = settled(knowledge.checklists[run.checklist], run)
    ending = Ending(knowledge, run, tuple(others))
    paragraphs = [notice_line(knowledge, run, notice)] if notice else []
    return Reply(
        "\n\n".join([*paragraphs, *ending.paragraphs(), *ending.dates()]),
        (*rows([*mend_buttons(knowledge, run), *ending.onward()]), *ending.ways()),
        place=f"run:{run.id}",
        language=run.language,
        outcome="checklist",
        checklist=run.checklist,
    )


@dataclass(frozen=True)
class Ending:
    """The parts of one result."""

    knowledge: Knowledge
    run: Run
    others: tuple[Run, ...]

    @property
    def checklist(self) -> Checklist:
        return self.knowledge.checklists[self.run.checklist]

    @cached_property
    def score(self) -> scoring.Score:
        return scoring.score(self.checklist, self.run)

    def say(self, key: str, **values: object) -> Trusted:
        return say(self.knowledge, self.run, key, **values)

    def paragraphs(self) -> Iterator[str]:
        score = self.score
        called_for = advising.advice(self.checklist, self.run, score)
        if not self.checklist.result.bands:
            yield from self._answers()
            yield from self._listed("advice-title", (one.text(self.run.language) for one in called_for))
            return
        yield self.say("result-title", title=escape(title(self.checklist, self.run)))
        yield from (self.say("stop-sign", advice=Trusted(x.text(self.run.language))) for x in called_for if x.first)
        yield from self._score(score)
        yield from self._beside()
        yield from self._apart()
        yield from self._listed("costly-title", (self._cost(one) for one in score.costly[:COSTLY]))
        further = (one.text(self.run.language) for one in called_for if not one.first)
        yield from self._listed("advice-title", further)
        actions = (self._action(one) for one in score.actions[:ACTIONS])
        yield from self._listed("actions-title", actions, numbered=True)
        yield from self._listed("find-out-title", self._labels(score.to_find_out))
        for key, items in (("left-out", score.skipped), ("not-relevant", score.irrelevant)):
            if items:
                yield self.say(key, labels=Trusted(" · ".join(self._labels(items))))
        if score.share is not None:
            yield self.say("how-counted")

    def news(self, then: Ending) -> Iterator[str]:
        """What is other than it was `then`: the score, what the answers call for, dates that contradict each other."""
        if self.checklist.result.bands:
            before = list(then._total(then.score))
            yield from (line for line in self._total(self.score) if line not in before)
        now, was = self._called_for(), then._called_for()
        yield from self._listed("advice-new-title", (one for one in now if one not in was))
        yield from self._listed("advice-gone-title", (one for one in was if one not in now))
        before = list(told(then.knowledge, then.run))
        yield from self._listed("clashes-title", (one for one in told(self.knowledge, self.run) if one not in before))

    def _called_for(self) -> list[str]:
        """All advice and actions, a line each."""
        score = self.score
        said = [one.text(self.run.language) for one in advising.advice(self.checklist, self.run, score)]
        return [*said, *(self._action(one) for one in score.actions[:ACTIONS])]

    def dates(self) -> Iterator[str]:
        """The dates that contradict each other."""
        yield from self._listed("clashes-title", told(self.knowledge, self.run))

    # --- a score ---------------------------------------------------------------------------------

    def _score(self, score: scoring.Score) -> Iterator[str]:
        before = comparing.last_time(self.checklist, self.run, self.others)
        change = comparing.since(self.checklist, self.run, before) if before else None
        total, *band = self._total(score)
        yield total
        if before and change:
            yield self._since(before, change)
        yield from band
        if len(score.sections) > 1 and score.share is not None:
            changes = change.by_section if change else {}
            yield from self._listed("sections-title", (self._section(one, changes) for one in score.sections))

    def _total(self, score: scoring.Score) -> Iterator[str]:
        """The score in a line, and what it means."""
        if score.share is None:
            yield self.say("result-nothing", done=self.run.status == "done")
        elif not score.enough:
            yield self.say("result-few", answered=score.answered, total=score.rated)
        else:
            yield self.say("result-total", **self._points(score.share, score.reached, score.possible))
        if score.band:
            band = score.band.text(self.run.language)
            yield self.say("result-band", title=Trusted(band.title), meaning=Trusted(band.meaning))

    def _since(self, before: Run, change: comparing.Change) -> str:
        when = day(self.knowledge, self.run, before.finished) if before.finished else None
        now, then = round((change.now.share or 0) * 100), round((change.then.share or 0) * 100)
        count = None if change.whole else change.count
        percents = {"now": Trusted(now), "percent": Trusted(then)}
        return self.say("last-time", day=when, change=now - then, count=count, **percents)

    def _points(self, share: float, reached: float, possible: float) -> dict[str, Trusted]:
        return {
            "percent": Trusted(f"{round(share * 100)}"),
            "reached": Trusted(number_words(round(reached, 1), self.run.language)),
            "possible": Trusted(number_words(round(possible, 1), self.run.language)),
        }

    def _section(self, one: scoring.SectionScore, changes: Mapping[str, int]) -> str:
        theme = Trusted(one.section.title[self.run.language])
        if one.share is None:
            return self.say("section-nothing", title=theme)
        points = self._points(one.share, one.reached, one.possible)
        change = changes.get(one.section.id)
        return self.say("section-score", bar=Trusted(_bar(one.share)), title=theme, change=change, **points)

    def _cost(self, one: scoring.ItemScore) -> str:
        step = Walk(self.checklist, self.run).step(one.item.id)
        value = shown(self.knowledge, self.run, step, one.value) if step else ""
        lost = Trusted(number_words(round(one.lost, 1), self.run.language))
        return self.say("costly", label=Trusted(one.item.text(self.run.language).label), value=value, lost=lost)

    def _action(self, one: scoring.Action) -> str:
        when = day(self.knowledge, self.run, one.when) if one.when else None
        return self.say("action", action=Trusted(one.text), who=one.who, when=when)

    def _beside(self) -> Iterator[str]:
        """Other candidates or people, laid beside this run."""
        compare = self.checklist.result.compare
        runs = [self.run, *comparing.beside(self.checklist, self.run, self.others)[:BESIDE]]
        if compare is None or len(runs) < 2:
            return
        called = [self._called(run) for run in runs]
        if compare.shows == "candidates":
            common = comparing.common(self.checklist, runs)
            shares = [scoring.score(self.checklist, run, common).share for run in runs]
            pairs = sorted(zip(called, shares, strict=True), key=lambda pair: -(pair[1] or 0))
            percents = (Trusted(f"{share * 100:.0f}") if share is not None else None for _, share in pairs)
            lines = (self.say("beside", name=who, percent=p) for (who, _), p in zip(pairs, percents, strict=True))
            yield from self._listed("beside-title", lines)
            if common is not None:
                yield self.say("beside-common")
            return
        found = comparing.differences(self.checklist, runs)[:DIFFERENT]
        yield from self._listed("differ-title", (self._difference(one, called) for one in found))
        if not found:
            yield self.say("differ-nowhere", names=" · ".join(called))

    def _apart(self) -> Iterator[str]:
        """The candidates that were assessed for something else."""
        compare = self.checklist.result.compare
        others = comparing.apart(self.checklist, self.run, self.others)[:BESIDE]
        if compare and compare.shows == "candidates" and others:
            names = " · ".join(self._called(one) for one in others)
            labels = ", ".join(self.checklist.item(one).text(self.run.language).label for one in compare.same)
            yield self.say("beside-apart", names=names, labels=Trusted(labels))

    def _called(self, run: Run) -> str:
        compare = self.checklist.result.compare
        value = Walk(self.checklist, run).value(compare.across) if compare else None
        return shortened(str(value or name(self.checklist, run) or self.say("beside-unnamed")), LONGEST_NAME)

    def _difference(self, one: comparing.Difference, called: Sequence[str]) -> str:
        told = " · ".join(
            f"{escape(who)}: {shown(self.knowledge, self.run, one.step, value)}"
            for who, value in zip(called, one.values, strict=True)
            if value is not None
        )
        return self.say("differ", label=Trusted(one.item.text(self.run.language).label), told=Trusted(told))

    # --- answers ---------------------------------------------------------------------------------

    def _answers(self) -> Iterator[str]:
        lines = summary(self.checklist, self.run)
        given = [line for line in lines if line.value is not None]
        key = "finished" if self.run.status == "done" else "so-far-title"
        called = escape(title(self.checklist, self.run))
        yield self.say(key, title=called, answered=len(given), total=len(lines))
        if self.run.status == "done" and self.checklist.result.document:
            return  # the document names its gaps
        missing = [str(label(self.knowledge, self.run, line.step)) for line in lines if line.value is None]
        rest = len(missing) - LISTED
        if rest > 1:
            missing = [*missing[:LISTED], self.say("and-more", count=rest)]
        yield from self._listed("missing-title", missing)

    def _labels(self, items: Iterable[Item]) -> list[str]:
        return [item.text(self.run.language).label for item in items]

    def _listed(self, key: str, lines: Iterable[str], *, numbered: bool = False) -> Iterator[str]:
        """A title and a list below it; nothing where the list is empty."""
        marked = [
            f"{f'{place}.' if numbered else '-'} {' '.join(line.split())}" for place, line in enumerate(lines, start=1)
        ]
        if marked:
            yield self.say(key)
            yield "\n".join(marked)

    # --- buttons ---------------------------------------------------------------------------------

    def onward(self) -> list[Choice]:
        """Topics to read, walkthroughs to take next, another candidate or person to add."""
        if self.run.status != "done":
            return []
        language, score = self.run.language, self.score
        found = [
            Choice(self.knowledge.topics[topic].text(language).title, taps.tap(taps.TOPIC, topic))
            for topic in advising.topics(self.knowledge, self.run, score, TOPICS)
        ]
        for checklist_id in advising.checklists(self.knowledge, self.run, score):
            face = self.say("button-start", title=Trusted(self.knowledge.checklists[checklist_id].text(language).title))
            found.append(Choice(str(face), taps.tap(taps.START, checklist_id)))
        compare = self.checklist.result.compare
        if compare:
            face = self.say(f"button-another-{compare.shows}")
            found.append(Choice(str(face), taps.tap(taps.START, self.checklist.id)))
        return found

    def ways(self) -> Iterator[tuple[Choice, ...]]:
        def button(key: str, way: str) -> Choice:
            return control(self.knowledge, self.run, key, way)

        if self.run.status != "done":
            yield (button("button-to-continue", moves.CONTINUE), button("button-review", moves.REVIEW))
            return
        whole = self.run.with_(mode="full")
        more = len(open_steps(self.checklist, whole))
        if more and self.run.mode == "quick":
            face = str(self.say("button-full-way", count=more))
            yield (Choice(face, taps.tap(taps.CONTROL, self.run.id, moves.FULL)),)
        if self.checklist.result.plan and self.checklist.result.bands and self.score.actions:
            key = "button-replan" if any(one.who or one.when for one in self.score.actions) else "button-plan"
            yield (
                Choice(
                    str(self.say(key, count=min(PLANNED, len(self.score.actions)))),
                    taps.tap(taps.CONTROL, self.run.id, moves.PLAN),
                ),
            )
        offer = self.knowledge.say(self.run.language, "reminders.button-offer")
        yield (Choice(offer, taps.tap(taps.REMINDER, "w", self.run.id)),)
        yield (button("button-review", moves.REVIEW), button("button-close", moves.CLOSE))


def _bar(share: float) -> str:
    full = round(share * _BAR)
    return "▓" * full + "░" * (_BAR - full)
