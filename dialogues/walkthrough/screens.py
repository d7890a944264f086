"""The other screens of a walkthrough: before it begins, at rest, all answers, and what is asked in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from dialogues import taps
from dialogues.reply import Choice, Reply, rows
from dialogues.walkthrough import asides, groups, moves
from dialogues.walkthrough.display import label, say, shortened
from dialogues.walkthrough.frame import LONGEST_LABEL, control, reply
from dialogues.walkthrough.length import fewest_and_most
from dialogues.walkthrough.naming import name
from dialogues.walkthrough.path import is_settled, open_steps, reached
from dialogues.walkthrough.reviewing import review, where
from dialogues.walkthrough.state import Mode, Run
from dialogues.walkthrough.steering import start
from dialogues.walkthrough.steps import Walk
from knowledge.schema import Checklist
from knowledge.templates import Trusted, escape

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

OFFERED = 4  # runs under way that are offered beside a new one


def intro(
    knowledge: Knowledge, checklist_id: str, language: str, unfinished: Sequence[Run] = (), finished: Run | None = None
) -> Reply:
    """What the walkthrough gives and takes, and buttons to begin; also to go on with one of `unfinished`, and to
    change `finished`, runs of the same checklist, if there are any."""
    checklist = knowledge.checklists[checklist_id]
    blank = Run(id="", checklist=checklist_id, language=language)
    text = checklist.text(language)
    prose = {"title": text.title, "intro": text.intro, "ends_with": text.ends_with}
    begin = list(_ways(knowledge, checklist, language))
    paragraphs = [
        say(knowledge, blank, "intro", **{name: Trusted(value) for name, value in prose.items()}),
        say(knowledge, blank, "intro-way-both" if len(begin) > 1 else "intro-way-one"),
    ]
    if unfinished:
        n, total = reached(checklist, unfinished[0])
        paragraphs.append(say(knowledge, blank, "intro-open", n=n, total=total, count=len(unfinished)))
        begin = [_go_on(knowledge, run.with_(language=language)) for run in unfinished[:OFFERED]] + begin
    if finished:
        # in the language of the conversation, whatever that of the run was
        last = finished.with_(language=language)
        face = say(knowledge, last, "button-change-last", name=shown_name(knowledge, last))
        begin.append(Choice(shortened(str(face), LONGEST_LABEL), taps.tap(taps.CONTROL, last.id, moves.REVIEW)))
    return Reply(
        "\n\n".join(paragraphs),
        rows(begin),
        place=f"intro:{checklist_id}",
        language=language,
        outcome="checklist",
        checklist=checklist_id,
    )


def shown_name(knowledge: Knowledge, run: Run) -> str | None:
    """What tells the run from others of its kind: its name, or else the day on which it began."""
    named = name(knowledge.checklists[run.checklist], run)
    if named or run.started is None:
        return named
    return f"{run.started.day}/{run.started.month}"


def _go_on(knowledge: Knowledge, run: Run) -> Choice:
    n, total = reached(knowledge.checklists[run.checklist], run)
    face = str(say(knowledge, run, "button-go-on", name=Trusted(shown_name(knowledge, run) or ""), n=n, total=total))
    return Choice(shortened(face, LONGEST_LABEL), taps.tap(taps.CONTROL, run.id, moves.CONTINUE))


def _ways(knowledge: Knowledge, checklist: Checklist, language: str) -> Iterator[Choice]:
    """The buttons that begin: quick and full, or only one where they ask the same."""
    modes: tuple[Mode, ...] = ("quick", "full")
    runs = {mode: start(checklist, "", language, mode) for mode in modes}
    counts = {mode: fewest_and_most(checklist, mode) for mode in modes}
    if counts["quick"] == counts["full"]:
        modes = ("full",)
    for mode in modes:
        key = f"button-{mode}" if len(modes) > 1 else "button-begin"
        (fewest, most), minutes = counts[mode], getattr(checklist.minutes, mode)
        face = say(knowledge, runs[mode], key, minutes=minutes, questions=fewest, most=most)
        yield Choice(str(face), taps.tap(taps.START, checklist.id, mode))


# --- at rest, and at the end -------------------------------------------------------------------


def paused(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """Where the walkthrough rests, and how to go on."""
    return _standing(knowledge, run, "paused", [[control(knowledge, run, "button-continue", moves.CONTINUE)]])


def status(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """How far along the walkthrough is, section by section."""
    on = "button-to-result" if run.status == "done" else "button-to-continue"
    ways = [
        [control(knowledge, run, on, moves.CONTINUE)],
        [
            control(knowledge, run, "button-jump", moves.SECTIONS),
            control(knowledge, run, "button-review", moves.REVIEW),
        ],
    ]
    listed = "\n".join(f"- {line}" for line, _ in _by_section(knowledge, run))
    return _standing(knowledge, run, "status", ways, listed)


def _standing(knowledge: Knowledge, run: Run, key: str, buttons: list[list[Choice]], *more: str) -> Reply:
    checklist = knowledge.checklists[run.checklist]
    n, total = reached(checklist, run)
    left = len(open_steps(checklist, run))
    minutes = round(getattr(checklist.minutes, run.mode) * left / max(total, 1))
    named = name(knowledge.checklists[run.checklist], run)
    title = Trusted(checklist.text(run.language).title)
    values = {"n": n, "total": total, "left": left, "minutes": minutes, "name": escape(named) if named else None}
    return reply(run, [say(knowledge, run, key, title=title, **values), *more], buttons)


def closed(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """The last word after a result."""
    return reply(run, [say(knowledge, run, "closed")], [[control(knowledge, run, "button-review", moves.REVIEW)]])


# --- what is asked in between ------------------------------------------------------------------


def confirm(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """The question whether to start over."""
    title = Trusted(knowledge.checklists[run.checklist].text(run.language).title)
    count = sum(answer.value is not None for answer in run.answers.values())
    buttons = [
        [control(knowledge, run, "button-cancel", moves.CANCEL)],
        [control(knowledge, run, "button-confirm", moves.CONFIRM)],
    ]
    return reply(run, [say(knowledge, run, "confirm", title=title, count=count)], buttons)


def drop(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """The question whether an entry is to go."""
    _, path = moves.asks(run.asking)
    entry = groups.entry_of(knowledge.checklists[run.checklist], run, path)
    called = f"{entry[0].text(run.language).entry} {entry[1] + 1}" if entry else ""
    buttons = [
        [control(knowledge, run, "button-keep-entry", moves.CANCEL)],
        [control(knowledge, run, "button-drop-entry", moves.CONFIRM)],
    ]
    return reply(run, [say(knowledge, run, "drop", entry=Trusted(called))], buttons)


def note(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """Asks for the words of a note."""
    _, step_id = moves.asks(run.asking)
    step = Walk(knowledge.checklists[run.checklist], run).step(step_id)
    text = say(knowledge, run, "note", label=label(knowledge, run, step) if step else "")
    there = [say(knowledge, run, "note-now", note=run.notes[step_id])] if step_id in run.notes else []
    return reply(run, [text, *there], [[control(knowledge, run, "button-no-note", moves.CANCEL)]])


def sections(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """The sections to choose from, each with how far along it is."""
    buttons = [
        [Choice(shortened(line, LONGEST_LABEL), taps.tap(taps.CONTROL, run.id, moves.JUMP, section))]
        for line, section in _by_section(knowledge, run)
    ]
    leave = control(knowledge, run, "button-to-continue", moves.CONTINUE)
    return reply(run, [say(knowledge, run, "sections")], [*buttons, [leave]])


def _by_section(knowledge: Knowledge, run: Run) -> Iterator[tuple[str, str]]:
    """Each section that is asked with how much of it is answered, and its id."""
    checklist = knowledge.checklists[run.checklist]
    walk = Walk(checklist, run)
    for section in checklist.sections:
        inside = [step for step in walk if step.section.id == section.id and not step.about]
        if inside:
            done = sum(is_settled(walk, run, step) for step in inside)
            title = Trusted(section.title[run.language])
            yield str(say(knowledge, run, "section-done", title=title, done=done, total=len(inside))), section.id


Screen = Callable[["Knowledge", Run, str | None], Reply]

ASKING: dict[str, Screen] = {
    moves.RESTART: confirm,
    moves.DROP: drop,
    moves.REVIEW: review,
    moves.SECTIONS: sections,
    moves.NOTE: note,
    moves.REMOVE: asides.remove,
    moves.WHICH: asides.which,
    moves.MEANT: asides.meant,
    moves.ME: asides.me,
    moves.SAME: asides.same,
    moves.WHERE: where,
}
"""The screens by what `Run.asking` asks."""

SCREENS: dict[str, Screen] = {
    "paused": paused,
    "status": status,
    "confirm": confirm,
    "drop": drop,
    "review": review,
    "sections": sections,
    "note": note,
    "closed": closed,
}
"""The screens by what a turn shows."""
