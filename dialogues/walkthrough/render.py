"""What a walkthrough looks like: pure functions from its state to a reply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogues import taps
from dialogues.citations import cited, source_line
from dialogues.reply import Choice, Reply
from dialogues.walkthrough import engine, groups, known_names, moves, people, screens
from dialogues.walkthrough.display import (
    choices,
    entry_name,
    label,
    notice_line,
    question,
    say,
    shortened,
    shown,
)
from dialogues.walkthrough.frame import control, reply
from dialogues.walkthrough.full_groups import full_buttons, full_group, full_line
from dialogues.walkthrough.outcome import ENOUGH, Notice, Turn
from dialogues.walkthrough.path import Line, position, settled
from dialogues.walkthrough.results import result
from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.steps import Step, Walk
from knowledge.schema import Checklist
from knowledge.templates import Trusted

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

__all__ = ["result", "step", "turn", "why"]

SHORT_HELP = 220  # help up to this length stands below the question, a longer one only under "why"
FULL_LABEL = 34  # the longest label that a phone shows whole on a button
_ROW = 36  # characters of labels that fit side by side


def turn(knowledge: Knowledge, outcome: Turn, others: Sequence[Run] = ()) -> Reply:
    """The reply to a move: whatever its outcome says to show. `others` are runs to compare a result with."""
    reply = _turn(knowledge, outcome, others)
    if outcome.changed is None:
        return reply
    return replace(reply, text=f"{notice_line(knowledge, outcome.run, outcome.changed)}\n\n{reply.text}")


def _turn(knowledge: Knowledge, outcome: Turn, others: Sequence[Run]) -> Reply:
    run, notice = outcome.run, outcome.notice
    if outcome.show == "result":
        return result(knowledge, run, notice, others)
    if outcome.show == "why":
        return why(knowledge, run)
    if outcome.show == "step":
        return step(knowledge, run, notice)
    return screens.SCREENS[outcome.show](knowledge, run, outcome.argument)


def step(knowledge: Knowledge, run: Run, notice: Notice | None = None) -> Reply:
    """What the run has on the screen: the present question with its buttons, after one line for `notice`.

    Where something else is asked instead (start over? change what?) that is shown, and the result at the end.
    """
    asked, argument = moves.asks(run.asking)
    if asked is not None:
        return screens.ASKING[asked](knowledge, run, argument or None)
    return _step(knowledge, run, notice, explained=False)


def why(knowledge: Knowledge, run: Run) -> Reply:
    """The present question again, with why it is asked, how to answer it, and the sources."""
    return _step(knowledge, run, None, explained=True)


def taken_along(knowledge: Knowledge, run: Run, lines: Sequence[Line]) -> Reply:
    """What a new walkthrough knows already from an earlier one."""
    pairs = ((label(knowledge, run, line.step), shown(knowledge, run, line.step, line.value)) for line in lines)
    told = (say(knowledge, run, "review-line", label=what, value=value, note=None, by=None) for what, value in pairs)
    listed = "\n".join(f"- {line}" for line in told)
    return Reply(f"{say(knowledge, run, 'taken-along')}\n\n{listed}", language=run.language, checklist=run.checklist)


# --- the parts of a step -----------------------------------------------------------------------


def _step(knowledge: Knowledge, run: Run, notice: Notice | None, *, explained: bool) -> Reply:
    checklist = knowledge.checklists[run.checklist]
    run = settled(checklist, run)
    walk = Walk(checklist, run)
    here = walk.step(run.at)
    if here is None:
        return result(knowledge, run, notice)
    value = walk.value(here.id)
    paragraphs = [notice_line(knowledge, run, notice)] if notice else []
    filled = full_group(knowledge, run, notice)
    paragraphs += [full_line(knowledge, run, filled)] if filled else []
    paragraphs += [_progress(knowledge, checklist, run, here), *_question(knowledge, run, here, value, explained)]
    buttons = [
        *_answer_buttons(knowledge, run, walk, here, value),
        *([one] for one in (full_buttons(knowledge, run, filled) if filled else ())),
        *_controls(knowledge, checklist, run, here, value, explained),
    ]
    shown_step = reply(run, paragraphs, buttons)
    sources = tuple(citation.name for citation in cited(knowledge, here.item.sources)) if explained else ()
    typed = here.item.kind in ("number", "money", "text", "date", "several") and not known_names.offered(run, here)
    words = here.item.kind in ("text", "person", "number", "money", "date")
    return replace(shown_step, sources=sources, takes_numbers=typed, takes_text=words)


def _progress(knowledge: Knowledge, checklist: Checklist, run: Run, here: Step) -> str:
    n, total = position(checklist, run)
    plan = say(knowledge, run, "plan-section")
    section = plan if here.about else Trusted(here.section.title[run.language])
    entry = entry_name(run, here) if here.group and not here.offers_more else None
    return say(knowledge, run, "progress", section=section, entry=entry, n=n, total=total)


def _question(knowledge: Knowledge, run: Run, here: Step, value: Value, explained: bool) -> Iterator[str]:
    """The paragraphs from the question on."""
    heads = here.group and here.group.at_least and here.entry == 0 and here.item is here.group.fields[0]
    if heads and here.group:
        yield Trusted(here.group.text(run.language).question)
    yield say(knowledge, run, "question", question=question(knowledge, run, here))
    yield from _help(knowledge, run, here, explained)
    if value is None and known_names.offered(run, here):
        yield say(knowledge, run, "hint-names")
    labels = [getattr(choice, run.language) for choice in choices(knowledge, run, here.item)]
    if _is_long(labels):
        yield "\n".join(f"{place}. {face}" for place, face in enumerate(labels, start=1))
    if value is not None and here.item.kind != "several":
        yield say(knowledge, run, "answer-now", value=shown(knowledge, run, here, value), shared=bool(run.by))
    if here.id in run.notes:
        yield say(knowledge, run, "note-now", note=shortened(run.notes[here.id]))
    citations = cited(knowledge, here.item.sources) if explained else []
    if citations:
        yield source_line(knowledge, run.language, citations)


def _help(knowledge: Knowledge, run: Run, here: Step, explained: bool) -> Iterator[str]:
    """Why it is asked and how to answer; below the question only what is short."""
    explains = here.group if here.offers_more else here.item
    text = explains.text(run.language) if explains and not here.about else None
    if explained:
        yield say(knowledge, run, "why", why=Trusted(text.why) if text else say(knowledge, run, "plan-why"))
        if text and text.help:
            yield say(knowledge, run, "help", help=Trusted(text.help))
        yield say(knowledge, run, "hint-note")
        return
    helped = bool(text and text.help and len(text.help) <= SHORT_HELP and not here.offers_more)
    if text and text.help and helped:
        yield Trusted(text.help)
    if here.item.kind == "several" or (here.item.kind in ("number", "money", "date") and not helped):
        unit = Trusted(here.item.unit[run.language]) if here.item.unit else None
        yield say(knowledge, run, f"hint-{here.item.kind}", unit=unit)


def _is_long(labels: list[str]) -> bool:
    return any(len(face) > FULL_LABEL for face in labels)


def _answer_buttons(knowledge: Knowledge, run: Run, walk: Walk, here: Step, value: Value) -> list[list[Choice]]:
    """The choices as rows: short ones side by side; long ones numbered as in the text, and cut."""
    offered = _offered(knowledge, run, walk, here)
    long = _is_long([face for _, face in offered])
    chosen = value if isinstance(value, tuple) else (value,)
    buttons = []
    for place, (choice, whole) in enumerate(offered, start=1):
        face = shortened(f"{place}. {whole}", FULL_LABEL) if long else whole
        if choice in chosen:
            face = str(say(knowledge, run, "chosen", label=Trusted(face)))
        buttons.append(Choice(face, taps.tap(taps.ANSWER, run.id, here.id, choice)))
    return _side_by_side(buttons)


def _offered(knowledge: Knowledge, run: Run, walk: Walk, here: Step) -> list[tuple[str, str]]:
    """What can be answered by a button: id, and label."""
    if here.item.kind == "yesno":
        return [(value, str(say(knowledge, run, f"answer-{value}"))) for value in ("yes", "no")]
    if here.item.kind in ("person", "text"):
        earlier = list(known_names.offered(run, here)) if here.id not in run.answers else []
        given = people.named(walk) if here.item.kind == "person" else []
        return [(people.token(name), name) for name in dict.fromkeys([*earlier, *given])]
    if here.about and here.item.kind == "date":
        return [(choice, str(say(knowledge, run, f"button-in-{choice}"))) for choice in engine.DAYS]
    return [(choice.id, getattr(choice, run.language)) for choice in choices(knowledge, run, here.item)]


def _side_by_side(buttons: list[Choice]) -> list[list[Choice]]:
    laid_out: list[list[Choice]] = []
    for button in buttons:
        row = laid_out[-1] if laid_out else []
        if row and sum(len(other.label) + 4 for other in row) + len(button.label) <= _ROW:
            row.append(button)
        else:
            laid_out.append([button])
    return laid_out


def _controls(
    knowledge: Knowledge, checklist: Checklist, run: Run, here: Step, value: Value, explained: bool
) -> list[list[Choice]]:
    names: list[tuple[str, str, str | None]] = []
    if position(checklist, run)[0] > 1:
        names.append(("button-back", moves.BACK, None))
    if here.item.kind == "several" and value is not None:
        names.append(("button-next", moves.NEXT, None))
    elif value is not None:
        names.append(("button-keep", moves.SKIP, None))
    elif not here.item.required and not here.offers_more:
        names.append(("button-skip", moves.SKIP, None))
    if not explained:
        names.append(("button-why", moves.WHY, None))
    names.append(("button-pause", moves.PAUSE, None))
    rows = [[control(knowledge, run, key, name, argument) for key, name, argument in names]]
    if (explained or run.failures > ENOUGH) and not here.offers_more:
        rows.insert(0, [control(knowledge, run, "button-note", moves.NOTE, here.id)])
    if _may_end(run, here):
        none = control(knowledge, run, "button-no-more", moves.DROP, f"{here.id.rpartition('.')[0]}")
        rows.insert(0, [none])
    return rows


def _may_end(run: Run, here: Step) -> bool:
    """Whether the step begins an empty entry that nobody needs: who asked for one more by mistake is led out."""
    if here.group is None or here.entry is None or here.item is not here.group.fields[0]:
        return False
    return here.entry >= here.group.at_least and groups.is_empty(run, here.group, here.entry)
