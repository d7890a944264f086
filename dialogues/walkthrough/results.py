"""What a walkthrough ends with, as a reply: a score with reasons and a plan, or the answers and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from dialogues import taps
from dialogues.reply import Choice, Reply, rows
from dialogues.walkthrough import moves, scoring
from dialogues.walkthrough.display import notice_line, number, say, shown
from dialogues.walkthrough.engine import Notice
from dialogues.walkthrough.path import asked, is_settled, settled, summary
from dialogues.walkthrough.state import Run
from knowledge.schema import Checklist, Item
from knowledge.templates import Trusted

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

COSTLY, ACTIONS, TOPICS, LISTED = 3, 5, 4, 8
_BAR = 10


def result(knowledge: Knowledge, run: Run, notice: Notice | None = None) -> Reply:
    """The result of the answers so far: the score, for a checklist with bands; else what was answered and what not."""
    checklist = knowledge.checklists[run.checklist]
    run = settled(checklist, run)
    paragraphs = [notice_line(knowledge, run, notice)] if notice else []
    buttons: list[Choice] = []
    if checklist.result.bands:
        score = scoring.score(checklist, run)
        paragraphs += _score(knowledge, checklist, run, score)
        buttons += _topic_buttons(knowledge, run, score)
    else:
        paragraphs += _answers(knowledge, checklist, run)
    return Reply(
        "\n\n".join(paragraphs),
        (*rows(buttons), *_ways_on(knowledge, checklist, run)),
        place=f"run:{run.id}",
        language=run.language,
        outcome="checklist",
        checklist=run.checklist,
    )


# --- a score -----------------------------------------------------------------------------------


def _score(knowledge: Knowledge, checklist: Checklist, run: Run, score: scoring.Score) -> Iterator[str]:
    yield say(knowledge, run, "result-title", title=Trusted(checklist.text(run.language).title))
    if score.share is None:
        yield say(knowledge, run, "result-nothing", done=run.status == "done")
    elif not score.enough:
        yield say(knowledge, run, "result-few", answered=score.answered, total=score.rated)
    else:
        yield say(knowledge, run, "result-total", **_points(run, score.share, score.reached, score.possible))
    if score.band:
        band = score.band.text(run.language)
        yield say(knowledge, run, "result-band", title=Trusted(band.title), meaning=Trusted(band.meaning))
    if len(score.sections) > 1 and score.share is not None:
        yield from _listed(knowledge, run, "sections-title", (_section(knowledge, run, one) for one in score.sections))
    yield from _listed(knowledge, run, "costly-title", (_cost(knowledge, run, x) for x in score.costly[:COSTLY]))
    yield from _listed(knowledge, run, "actions-title", (x.text for x in score.actions[:ACTIONS]), numbered=True)
    yield from _listed(knowledge, run, "find-out-title", _labels(run, score.to_find_out))
    for key, items in (("left-out", score.skipped), ("not-relevant", score.irrelevant)):
        if items:
            yield say(knowledge, run, key, labels=Trusted(" · ".join(_labels(run, items))))
    if score.share is not None:
        yield say(knowledge, run, "how-counted")


def _points(run: Run, share: float, reached: float, possible: float) -> dict[str, Trusted]:
    return {
        "percent": Trusted(f"{round(share * 100)}"),
        "reached": Trusted(number(round(reached, 1), run.language)),
        "possible": Trusted(number(round(possible, 1), run.language)),
    }


def _section(knowledge: Knowledge, run: Run, result: scoring.SectionScore) -> str:
    title = Trusted(result.section.title[run.language])
    if result.share is None:
        return say(knowledge, run, "section-nothing", title=title)
    points = _points(run, result.share, result.reached, result.possible)
    return say(knowledge, run, "section-score", bar=Trusted(_bar(result.share)), title=title, **points)


def _bar(share: float) -> str:
    full = round(share * _BAR)
    return "▓" * full + "░" * (_BAR - full)


def _cost(knowledge: Knowledge, run: Run, result: scoring.ItemScore) -> str:
    value = shown(knowledge, run, result.item, result.value)
    lost = Trusted(number(round(result.lost, 1), run.language))
    return say(knowledge, run, "costly", label=Trusted(result.item.text(run.language).label), value=value, lost=lost)


def _topic_buttons(knowledge: Knowledge, run: Run, score: scoring.Score) -> list[Choice]:
    """The topics to read first, in the order of the plan; those that aren't written yet are left out."""
    wanted = [topic for action in score.actions for topic in action.topics]
    wanted += [topic for item in score.to_find_out for topic in item.topics]
    known = [topic for topic in dict.fromkeys(wanted) if topic in knowledge.topics][:TOPICS]
    return [Choice(knowledge.topics[x].text(run.language).title, taps.tap(taps.TOPIC, x)) for x in known]


# --- answers -----------------------------------------------------------------------------------


def _answers(knowledge: Knowledge, checklist: Checklist, run: Run) -> Iterator[str]:
    lines = summary(checklist, run)
    given = [line for line in lines if line.value is not None]
    title = Trusted(checklist.text(run.language).title)
    key = "finished" if run.status == "done" else "so-far-title"
    yield say(knowledge, run, key, title=title, answered=len(given), total=len(lines))
    if run.status == "done" and checklist.result.document:
        return  # the document names its gaps
    missing = [line.label for line in lines if line.value is None]
    yield from _listed(knowledge, run, "missing-title", _at_most(knowledge, run, missing))


def _at_most(knowledge: Knowledge, run: Run, labels: Sequence[str]) -> list[str]:
    rest = len(labels) - LISTED
    return [*labels[:LISTED], say(knowledge, run, "and-more", count=rest)] if rest > 1 else list(labels)


# --- shared ------------------------------------------------------------------------------------


def _labels(run: Run, items: Iterable[Item]) -> list[str]:
    return [item.text(run.language).label for item in items]


def _listed(
    knowledge: Knowledge, run: Run, title: str, lines: Iterable[str], *, numbered: bool = False
) -> Iterator[str]:
    """A title and a list below it; nothing where the list is empty."""
    marked = [
        f"{f'{place}.' if numbered else '-'} {' '.join(line.split())}" for place, line in enumerate(lines, start=1)
    ]
    if marked:
        yield say(knowledge, run, title)
        yield "\n".join(marked)


def _ways_on(knowledge: Knowledge, checklist: Checklist, run: Run) -> Iterator[tuple[Choice, ...]]:
    def button(key: str, name: str, **values: int) -> Choice:
        return Choice(str(say(knowledge, run, key, **values)), taps.tap(taps.CONTROL, run.id, name))

    if run.status != "done":
        yield (button("button-to-continue", moves.CONTINUE), button("button-review", moves.REVIEW))
        return
    whole = run.with_(mode="full")
    more = sum(not is_settled(checklist, whole, item) for item in asked(checklist, whole))
    if more and run.mode == "quick":
        yield (button("button-full-way", moves.FULL, count=more),)
    yield (button("button-review", moves.REVIEW), button("button-close", moves.CLOSE))
