"""What a walkthrough looks like: pure functions from its state to a reply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogues import taps
from dialogues.citations import cited, source_line
from dialogues.reply import Choice, Reply, rows
from dialogues.walkthrough import moves
from dialogues.walkthrough.display import notice_line, say, shortened, shown
from dialogues.walkthrough.engine import Notice, Turn, start
from dialogues.walkthrough.path import asked, given, is_settled, position, settled, summary
from dialogues.walkthrough.results import result
from dialogues.walkthrough.state import Mode, Run
from knowledge.schema import Checklist, Item
from knowledge.templates import Trusted

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

__all__ = ["closed", "confirm", "intro", "paused", "result", "review", "step", "turn", "why"]

SHORT_HELP = 220  # help up to this length stands below the question, a longer one only under "why"
FULL_LABEL = 34  # the longest label that a phone shows whole on a button
_ROW = 36  # characters of labels that fit side by side
_ONE_PAGE = 12  # answers that can be reviewed without going by section


def turn(knowledge: Knowledge, outcome: Turn) -> Reply:
    """The reply to a move: whatever its outcome says to show."""
    run, notice = outcome.run, outcome.notice
    if outcome.show == "review":
        return review(knowledge, run, outcome.argument)
    simple = {"why": why, "paused": paused, "confirm": confirm, "closed": closed}
    if outcome.show in simple:
        return simple[outcome.show](knowledge, run)
    return result(knowledge, run, notice) if outcome.show == "result" else step(knowledge, run, notice)


def intro(
    knowledge: Knowledge,
    checklist_id: str,
    language: str,
    unfinished: Run | None = None,
    finished: Run | None = None,
) -> Reply:
    """What the walkthrough gives and takes, and buttons to begin; also to go on with `unfinished`, and to change
    `finished`, runs of the same checklist, if there are any."""
    checklist = knowledge.checklists[checklist_id]
    blank = unfinished or Run(id="", checklist=checklist_id, language=language)
    text = checklist.text(language)
    prose = {"title": text.title, "intro": text.intro, "ends_with": text.ends_with}
    begin = list(_ways(knowledge, checklist, language))
    paragraphs = [
        say(knowledge, blank, "intro", **{name: Trusted(value) for name, value in prose.items()}),
        say(knowledge, blank, "intro-way-both" if len(begin) > 1 else "intro-way-one"),
    ]
    if unfinished:
        n, total = position(checklist, unfinished)
        paragraphs.append(say(knowledge, blank, "intro-open", n=n, total=total))
        begin.insert(0, _control(knowledge, unfinished, "button-continue", moves.CONTINUE))
    if finished:
        # in the language of the conversation, whatever that of the run was
        begin.append(_control(knowledge, finished.with_(language=language), "button-change-last", moves.REVIEW))
    return Reply(
        "\n\n".join(paragraphs),
        rows(begin),
        place=f"intro:{checklist_id}",
        language=language,
        outcome="checklist",
        checklist=checklist_id,
    )


def step(knowledge: Knowledge, run: Run, notice: Notice | None = None) -> Reply:
    """What the run has on the screen: the present question with its buttons, after one line for `notice`.

    Where something else is asked instead (start over? change what?) that is shown, and the result at the end.
    """
    if run.asking == moves.RESTART:
        return confirm(knowledge, run)
    if run.asking == moves.REVIEW:
        return review(knowledge, run)
    return _step(knowledge, run, notice, explained=False)


def why(knowledge: Knowledge, run: Run) -> Reply:
    """The present question again, with why it is asked, how to answer it, and the sources."""
    return _step(knowledge, run, None, explained=True)


def paused(knowledge: Knowledge, run: Run) -> Reply:
    """Where the walkthrough rests, and how to go on."""
    checklist = knowledge.checklists[run.checklist]
    n, total = position(checklist, run)
    left = sum(not is_settled(checklist, run, item) for item in asked(checklist, run))
    minutes = round(getattr(checklist.minutes, run.mode) * left / max(total, 1))
    title = Trusted(checklist.text(run.language).title)
    text = say(knowledge, run, "paused", title=title, n=n, total=total, minutes=minutes)
    return _reply(run, [text], [[_control(knowledge, run, "button-continue", moves.CONTINUE)]])


def confirm(knowledge: Knowledge, run: Run) -> Reply:
    """The question whether to start over."""
    title = Trusted(knowledge.checklists[run.checklist].text(run.language).title)
    count = sum(answer.value is not None for answer in run.answers.values())
    buttons = [
        [_control(knowledge, run, "button-cancel", moves.CANCEL)],
        [_control(knowledge, run, "button-confirm", moves.CONFIRM)],
    ]
    return _reply(run, [say(knowledge, run, "confirm", title=title, count=count)], buttons)


def closed(knowledge: Knowledge, run: Run) -> Reply:
    """The last word after a result."""
    return _reply(run, [say(knowledge, run, "closed")], [[_control(knowledge, run, "button-review", moves.REVIEW)]])


def review(knowledge: Knowledge, run: Run, section: str | None = None) -> Reply:
    """The answers, each with a button to change it; where they are many, first the sections to choose from."""
    checklist = knowledge.checklists[run.checklist]
    lines = summary(checklist, run)
    titles = list(dict.fromkeys(line.section for line in lines))
    to = "button-to-result" if run.status == "done" else "button-to-continue"
    leave = _control(knowledge, run, to, moves.CONTINUE)
    text = say(knowledge, run, "review")
    chosen = int(section) if section and section.isascii() and section.isdigit() else None
    if len(lines) > _ONE_PAGE and (chosen is None or chosen >= len(titles)):
        buttons = [
            [Choice(title, taps.tap(taps.CONTROL, run.id, moves.REVIEW, str(place)))]
            for place, title in enumerate(titles)
        ]
        return _reply(run, [text], [*buttons, [leave]])
    ways = [leave]
    if len(lines) > _ONE_PAGE and chosen is not None:
        lines = [line for line in lines if line.section == titles[chosen]]
        ways.insert(0, _control(knowledge, run, "button-sections", moves.REVIEW))
    listed = "\n".join(
        f"- {say(knowledge, run, 'review-line', label=Trusted(x.label), value=shown(knowledge, run, x.item, x.value))}"
        for x in lines
    )
    edits = [[Choice(x.label, taps.tap(taps.CONTROL, run.id, moves.EDIT, x.item.id))] for x in lines]
    return _reply(run, [text, listed], [*edits, ways])


# --- the parts of a step -----------------------------------------------------------------------


def _step(knowledge: Knowledge, run: Run, notice: Notice | None, *, explained: bool) -> Reply:
    checklist = knowledge.checklists[run.checklist]
    run = settled(checklist, run)
    if run.at is None:
        return result(knowledge, run, notice)
    item = checklist.item(run.at)
    paragraphs = [notice_line(knowledge, run, notice)] if notice else []
    paragraphs += [_progress(knowledge, checklist, run, item), *_question(knowledge, checklist, run, item, explained)]
    buttons = [*_answer_buttons(knowledge, checklist, run, item), _controls(knowledge, checklist, run, item, explained)]
    reply = _reply(run, paragraphs, buttons)
    sources = tuple(citation.name for citation in cited(knowledge, item.sources)) if explained else ()
    return replace(reply, sources=sources, takes_numbers=item.kind in ("number", "text", "date"))


def _progress(knowledge: Knowledge, checklist: Checklist, run: Run, item: Item) -> str:
    n, total = position(checklist, run)
    section = next(section for section in checklist.sections if any(item.id == one.id for one in section.items))
    return say(knowledge, run, "progress", section=Trusted(section.title[run.language]), n=n, total=total)


def _question(knowledge: Knowledge, checklist: Checklist, run: Run, item: Item, explained: bool) -> Iterator[str]:
    """The paragraphs from the question on."""
    text = item.text(run.language)
    yield say(knowledge, run, "question", question=Trusted(text.question))
    if explained:
        yield say(knowledge, run, "why", why=Trusted(text.why))
        if text.help:
            yield say(knowledge, run, "help", help=Trusted(text.help))
    elif text.help and len(text.help) <= SHORT_HELP:
        yield Trusted(text.help)
    elif item.kind in ("number", "date"):
        unit = Trusted(item.unit[run.language]) if item.unit else None
        yield say(knowledge, run, f"hint-{item.kind}", unit=unit)
    labels = [getattr(choice, run.language) for choice in checklist.choices(item)]
    if _is_long(labels):
        yield "\n".join(f"{place}. {label}" for place, label in enumerate(labels, start=1))
    value = given(checklist, run, item)
    if value is not None:
        yield say(knowledge, run, "answer-now", value=shown(knowledge, run, item, value))
    citations = cited(knowledge, item.sources) if explained else []
    if citations:
        yield source_line(knowledge, run.language, citations)


def _is_long(labels: list[str]) -> bool:
    return any(len(label) > FULL_LABEL for label in labels)


def _answer_buttons(knowledge: Knowledge, checklist: Checklist, run: Run, item: Item) -> list[list[Choice]]:
    """The choices as rows: short ones side by side; long ones numbered as in the text, and cut."""
    offered = [(choice.id, getattr(choice, run.language)) for choice in checklist.choices(item)]
    if item.kind == "yesno":
        offered = [(value, str(say(knowledge, run, f"answer-{value}"))) for value in ("yes", "no")]
    value = given(checklist, run, item)
    long = _is_long([label for _, label in offered])
    buttons = []
    for place, (choice, label) in enumerate(offered, start=1):
        face = shortened(f"{place}. {label}", FULL_LABEL) if long else label
        if choice == value:
            face = str(say(knowledge, run, "chosen", label=Trusted(face)))
        buttons.append(Choice(face, taps.tap(taps.ANSWER, run.id, item.id, choice)))
    return _side_by_side(buttons)


def _side_by_side(buttons: list[Choice]) -> list[list[Choice]]:
    laid_out: list[list[Choice]] = []
    for button in buttons:
        row = laid_out[-1] if laid_out else []
        if row and sum(len(other.label) + 4 for other in row) + len(button.label) <= _ROW:
            row.append(button)
        else:
            laid_out.append([button])
    return laid_out


def _controls(knowledge: Knowledge, checklist: Checklist, run: Run, item: Item, explained: bool) -> list[Choice]:
    names = []
    if position(checklist, run)[0] > 1:
        names.append(("button-back", moves.BACK))
    if given(checklist, run, item) is not None:
        names.append(("button-keep", moves.SKIP))
    elif not item.required:
        names.append(("button-skip", moves.SKIP))
    if not explained:
        names.append(("button-why", moves.WHY))
    names.append(("button-pause", moves.PAUSE))
    return [_control(knowledge, run, key, name) for key, name in names]


def _control(knowledge: Knowledge, run: Run, key: str, name: str) -> Choice:
    return Choice(str(say(knowledge, run, key)), taps.tap(taps.CONTROL, run.id, name))


def _ways(knowledge: Knowledge, checklist: Checklist, language: str) -> Iterator[Choice]:
    """The buttons that begin: quick and full, or only one where they ask the same."""
    modes: tuple[Mode, ...] = ("quick", "full")
    runs = {mode: start(checklist, "", language, mode) for mode in modes}
    counts = {mode: len(asked(checklist, run)) for mode, run in runs.items()}
    if counts["quick"] == counts["full"]:
        modes = ("full",)
    for mode in modes:
        key = f"button-{mode}" if len(modes) > 1 else "button-begin"
        most = sum(item.quick or mode == "full" for item in checklist.items)  # with every condition met
        minutes = getattr(checklist.minutes, mode)
        label = say(knowledge, runs[mode], key, minutes=minutes, questions=counts[mode], most=most)
        yield Choice(str(label), taps.tap(taps.START, checklist.id, mode))


def _reply(run: Run, paragraphs: list[str], buttons: list[list[Choice]]) -> Reply:
    return Reply(
        "\n\n".join(paragraphs),
        tuple(tuple(row) for row in buttons if row),
        place=f"run:{run.id}",
        language=run.language,
        outcome="checklist",
        checklist=run.checklist,
    )
