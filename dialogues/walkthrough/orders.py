"""Words that steer a walkthrough rather than answer its step: controls, notes, corrections."""

from __future__ import annotations

import re
from datetime import date

from dialogues.walkthrough import answers, called, corrections, moves, wishes, words
from dialogues.walkthrough.moves import Control, Doubt, Move, Remark
from dialogues.walkthrough.path import step_at
from dialogues.walkthrough.removals import removal
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Step, Walk
from knowledge.schema import UNSURE, Checklist

_NOTE = re.compile(
    r"\s*(?:not(?:e|at|ér|er)|bemærkning|bemaerkning|notits|remark|comment)\s*(?:til svaret|to self)?\s*[:–-]\s*"
    r"(?P<note>.+)",
    re.IGNORECASE | re.DOTALL,
)
_TO_SECTION = re.compile(
    r"(?:(?:kan|maa|lad) (?:vi|jeg|du|os) )?"
    r"(?:spring|gaa|hop|gaa videre|ga|vi springer|jeg vil|skip|jump|go|take me)"
    r" (?:frem |tilbage |ned |hen |lige |gerne )*(?:til|to)"
    r"(?: (?:afsnit|afsnittet|emnet|delen|punktet|section|the section))?(?: (?:om|on|about|the))? (?P<target>.+)"
)


def order(checklist: Checklist, run: Run, text: str, today: date) -> Move | None:
    """What the words order on the present screen; None where they order nothing. The label of a choice is no order."""
    asked, _ = moves.asks(run.asking)
    if asked in moves.LIGHT:
        return _aside(checklist, run, text, today) or order(checklist, run.with_(asking=None), text, today)
    if asked in (moves.RESTART, moves.DROP):
        decision = answers.yes_or_no(text)
        if decision:
            return Control(moves.CONFIRM if decision == "yes" else moves.CANCEL)
    if asked == moves.NOTE and words.control(text) in (None, "skip"):
        return Remark(text) if words.control(text) is None else Control(moves.CANCEL)
    step = step_at(checklist, run)
    if step and not asked and run.status == "open" and set(text.strip()) == {"?"}:
        return None if any(choice.id == UNSURE for choice in checklist.choices(step.item)) else Control(moves.WHY)
    name = words.control(text)
    if name == moves.BACK and asked in (moves.REVIEW, moves.SECTIONS):
        name = moves.CONTINUE  # to the question, or to the result
    if name:
        labels = {words.fold(label) for c in (checklist.choices(step.item) if step else ()) for label in (c.da, c.en)}
        return None if words.fold(text) in labels else Control(name)
    gone = removal(checklist, run, text) or _rest(step, asked, run, text)
    if gone:
        return gone
    note = _NOTE.fullmatch(text)
    if note and asked in (None, moves.REVIEW, moves.WHERE):
        return Remark(note["note"])
    return (
        _jump(checklist, run, text, asked)
        or _pick_answer(checklist, run, text, asked)
        or corrections.correction(checklist, run, text, today)
        or _bare_number(step, run, text)
    )


def _rest(step: Step | None, asked: str | None, run: Run, text: str) -> Control | None:
    """ "do the rest": all the questions instead of the quick ones; "vis resten": what is left, or of a draft that
    was cut the whole."""
    folded = words.fold(text) if run.status == "open" else ""
    if wishes.SHOW_REST.fullmatch(folded):
        return Control(moves.DONE, moves.WHOLE) if asked == moves.REVIEW else Control(moves.STATUS)
    free = step is not None and step.item.kind in ("text", "person")
    return Control(moves.FULL) if step and not asked and wishes.takes_rest(folded, free=free) else None


def _aside(checklist: Checklist, run: Run, text: str, today: date) -> Move | None:
    """The answer to what the screen asks beside the step; None for anything else."""
    asked, argument = moves.asks(run.asking)
    decision = answers.yes_or_no(text)
    if asked == moves.WHICH:
        found = corrections.among(corrections.offered(checklist, run, argument, today), run, text)
        if found:
            return Control(moves.WHICH, found.id)
    if asked == moves.MEANT and (decision == "yes" or words.fold(text) == words.fold(argument)):
        return Control(moves.CONFIRM)
    if asked == moves.SAME and decision == "yes":
        return Control(moves.CONFIRM)
    return Control(moves.CANCEL) if decision == "no" and asked != moves.ME else None


_LONGEST_NUMBER = 20  # characters
_NUMBER = re.compile(
    r"\W*(?:(?:nr|nummer|no|number)\W*)?(?:[0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}(?:[./-][0-9]{2,4})?)\W*", re.IGNORECASE
)  # or a day, "12/3"
_YES_OR_NO = re.compile(r"(?:er|har|skal|vil|maa|kan|findes|is|are|do|does|will|should|may|can|have|has)\b")
_COUNTS = re.compile(
    r"\b(?:hvor (?:mange|meget|laenge|tit|ofte|stor)|antal|beloeb|hvornaar|hvad tid|nummer"
    r"|how (?:many|much|long|often|big)|number|amount|when|what time)\b"
)


def _bare_number(step: Step | None, run: Run, text: str) -> Move | None:
    """A lone number or yes below a question that asks for none may be meant for a button: it is asked about."""
    free = step is not None and step.item.kind == "text" and run.status == "open" and not run.asking
    if step is None or not free or len(text) > _LONGEST_NUMBER:
        return None
    questions = [words.fold(step.item.text(language).question) for language in ("da", "en")]
    if words.fold(text) in words.YES:
        return None if any(_YES_OR_NO.match(question) for question in questions) else Doubt(moves.MEANT, text)
    if not _NUMBER.fullmatch(text):
        return None
    asked = " ".join(questions)
    return None if _COUNTS.search(asked) else Doubt(moves.MEANT, text)


def _jump(checklist: Checklist, run: Run, text: str, asked: str | None) -> Move | None:
    match = _TO_SECTION.fullmatch(words.fold(text))
    wanted = match["target"] if match else text if asked == moves.SECTIONS else None
    if wanted is None:
        return None
    shown = list(dict.fromkeys(step.section.id for step in Walk(checklist, run)))
    if wanted.strip().isdecimal():
        place = int(wanted[:9])
        return Control(moves.JUMP, shown[place - 1]) if 0 < place <= len(shown) else None
    titles = [
        (section.id, words.fold(title))
        for section in checklist.sections
        if section.id in shown
        for title in (section.title.da, section.title.en)
    ]
    found = answers.pick(titles, wanted)
    if found:
        return Control(moves.JUMP, found)
    step = called.meant(called.ranked(checklist, run, wanted)) if match else None  # "gå til varighed"
    return Control(moves.EDIT, step.id) if step else None


def _pick_answer(checklist: Checklist, run: Run, text: str, asked: str | None) -> Move | None:
    """The step whose answer is to be changed, or that a note is for, where the screen asks which."""
    found = answers.pick(_labels(checklist, run), text) if asked in (moves.REVIEW, moves.WHERE) else None
    return Control(moves.NOTE if asked == moves.WHERE else moves.EDIT, found) if found else None


def _labels(checklist: Checklist, run: Run) -> list[tuple[str, str]]:
    """What steps can be called: a field of a group by its label within its entry, and else with the entry's name."""
    walk = Walk(checklist, run)
    here = walk.step(run.at)
    found: list[tuple[str, str]] = []
    for step in (one for one in walk if one.written):
        label = step.item.text(run.language).label
        if step.group:
            found.append((step.id, words.fold(f"{step.entry_name(run.language)} {label}")))
        if not step.group or (here and (here.group, here.entry) == (step.group, step.entry)):
            found.append((step.id, words.fold(label)))
    return found
