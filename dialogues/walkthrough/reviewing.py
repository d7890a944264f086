"""All answers of a walkthrough at a glance, each to be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dialogues import taps
from dialogues.reply import Choice, Reply
from dialogues.walkthrough import groups, moves
from dialogues.walkthrough.display import entry_label, entry_name, label, say, shortened, shown
from dialogues.walkthrough.frame import LONGEST_LABEL, control, reply
from dialogues.walkthrough.path import Line, steps, summary
from dialogues.walkthrough.state import Run
from knowledge.templates import Trusted

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

_ONE_PAGE = 12  # answers that can be reviewed without going by section; beyond, an entry of a group is one line
_LONGEST_NOTE = 60
_MOST = 40  # buttons of answers in one message
_TOLD, _LONGEST_TOLD = 3, 40  # answers of an entry, and characters of each, that fit on its line


def review(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """The answers, each with a button to change it; where they are many, first the sections to choose from.

    `argument` names a section by its number, or an entry of a group (`contacts.0`).
    """
    checklist = knowledge.checklists[run.checklist]
    lines = summary(checklist, run)
    titles = list(dict.fromkeys(line.step.section.title[run.language] for line in lines))
    to = "button-to-result" if run.status == "done" else "button-to-continue"
    leave = control(knowledge, run, to, moves.CONTINUE)
    text = say(knowledge, run, "review")
    if groups.entry_of(checklist, run, argument):
        return _review_entry(knowledge, run, str(argument), lines, leave)
    chosen = int(argument) if argument and argument.isascii() and argument.isdigit() else None
    by_section = len(lines) > _ONE_PAGE
    if by_section and (chosen is None or chosen >= len(titles)):
        buttons = [
            [Choice(title, taps.tap(taps.CONTROL, run.id, moves.REVIEW, str(place)))]
            for place, title in enumerate(titles)
        ]
        return reply(run, [text], [*buttons, [leave]])
    ways = [leave]
    if by_section and chosen is not None:
        lines = [line for line in lines if line.step.section.title[run.language] == titles[chosen]]
        ways.insert(0, control(knowledge, run, "button-sections", moves.REVIEW))
    listed, edits = _listed(knowledge, run, lines)
    return reply(run, [text, listed], [*edits, *_additions(knowledge, run, lines), ways])


def where(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """The question which answer a note is for."""
    lines = summary(knowledge.checklists[run.checklist], run)
    answered = [line for line in lines if line.value is not None] if len(lines) > _ONE_PAGE else lines
    buttons = []
    for line in answered[:_MOST]:
        face = shortened(str(label(knowledge, run, line.step)), LONGEST_LABEL)
        buttons.append([Choice(face, taps.tap(taps.CONTROL, run.id, moves.NOTE, line.step.id))])
    leave = control(knowledge, run, "button-no-note", moves.CANCEL)
    return reply(run, [say(knowledge, run, "note-where", note=shortened(argument or ""))], [*buttons, [leave]])


def _additions(knowledge: Knowledge, run: Run, lines: Sequence[Line]) -> list[list[Choice]]:
    """A button to add an entry to each group that has room for one."""
    shown_sections = {line.step.section.id for line in lines}
    found = []
    for step in steps(knowledge.checklists[run.checklist], run):
        if step.offers_more and step.group and step.section.id in shown_sections:
            face = say(knowledge, run, "button-add", entry=Trusted(step.group.text(run.language).entry or ""))
            found.append([Choice(str(face), taps.tap(taps.CONTROL, run.id, moves.ADD, step.group.id))])
    return found


def _listed(knowledge: Knowledge, run: Run, lines: Sequence[Line]) -> tuple[str, list[list[Choice]]]:
    """The answers as a list, and a button for each; an entry of a group is one."""
    shown_lines: list[str] = []
    buttons: dict[str, Choice] = {}
    for line in lines:
        step = line.step
        path = f"{step.group.id}.{step.entry}" if step.group else step.id
        if not step.group or len(lines) <= _ONE_PAGE:
            shown_lines.append(_line(knowledge, run, line, label(knowledge, run, step)))
        elif path not in buttons:
            shown_lines.append(_entry_line(knowledge, run, path, lines))
        if step.group:
            face = entry_label(run, step)
            buttons.setdefault(path, Choice(face, taps.tap(taps.CONTROL, run.id, moves.REVIEW, path)))
        else:
            face = shortened(str(label(knowledge, run, step)), LONGEST_LABEL)
            buttons[step.id] = Choice(face, taps.tap(taps.CONTROL, run.id, moves.EDIT, step.id))
    return "\n".join(shown_lines), [[button] for button in buttons.values()]


def _line(knowledge: Knowledge, run: Run, line: Line, called: Trusted) -> str:
    """An answer with its note."""
    note = shortened(line.note, _LONGEST_NOTE) if line.note else None
    value = shown(knowledge, run, line.step, line.value)
    by = run.by.get(line.step.id)
    return f"- {say(knowledge, run, 'review-line', label=called, value=value, note=note, by=by)}"


def _entry_line(knowledge: Knowledge, run: Run, path: str, lines: Sequence[Line]) -> str:
    """The first answers of an entry in one line."""
    mine = [line for line in lines if line.step.id.startswith(f"{path}.")]
    told = [line for line in mine if line.value is not None][:_TOLD] or mine[:1]
    value = Trusted(" · ".join(shown(knowledge, run, line.step, line.value, _LONGEST_TOLD) for line in told))
    called = entry_name(run, mine[0].step)
    return f"- {say(knowledge, run, 'review-line', label=called, value=value, note=None, by=None)}"


def _review_entry(knowledge: Knowledge, run: Run, path: str, lines: Sequence[Line], leave: Choice) -> Reply:
    """One entry of a group: its fields, each to be changed, or all to be left out."""
    mine = [line for line in lines if line.step.id.startswith(f"{path}.")]
    shown_lines: list[str] = []
    edits: list[list[Choice]] = []
    for line in mine:
        face = Trusted(line.step.item.text(run.language).label)
        shown_lines.append(_line(knowledge, run, line, face))
        edits.append([Choice(face, taps.tap(taps.CONTROL, run.id, moves.EDIT, line.step.id))])
    called = entry_name(run, mine[0].step) if mine else ""
    away = str(say(knowledge, run, "button-drop", entry=called))
    ways = [control(knowledge, run, "button-all-answers", moves.REVIEW), leave]
    drop = [Choice(away, taps.tap(taps.CONTROL, run.id, moves.DROP, path))]
    return reply(run, [say(knowledge, run, "review"), "\n".join(shown_lines)], [*edits, drop, ways])
