"""Words that steer a walkthrough rather than answer its step: controls, notes, corrections."""

from __future__ import annotations

import re
from datetime import date

from dialogues.walkthrough import answers, moves, words
from dialogues.walkthrough.moves import Control, Correct, Move, Remark
from dialogues.walkthrough.path import step_at
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Step, Walk
from knowledge.schema import UNSURE, Checklist

_NOTE = re.compile(
    r"\s*(?:not(?:e|at|ér|er)|bemærkning|bemaerkning|notits|remark|comment)\s*(?:til svaret|to self)?\s*[:–-]\s*"
    r"(?P<note>.+)",
    re.IGNORECASE | re.DOTALL,
)
_OOPS = r"(?:hov|ups|upsi|nej|næ|undskyld|vent|øh|øhm|åh|argh|pis|sorry|oops|no|wait|uh)[,.! ]+"
_MEANT = re.compile(
    rf"\s*(?:(?:{_OOPS})*(?:jeg mente(?: faktisk| egentlig)?|det skulle (?:nok )?(?:være|have været|ha været)"
    rf"|ret (?:det|den|svaret|det sidste)(?: svar)? til|i meant|it should (?:be|have been)|make (?:that|it))"
    rf"|(?:{_OOPS})+(?:jeg mener|det er|i mean|it's|it is))[,: ]+(?P<rest>.+?)[.!\s]*",
    re.IGNORECASE | re.DOTALL,
)
_LOOKS_BACK = re.compile(r"\b(?:mente|meant|skulle|should|ret|make)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\s*(?:kan du |vil du |please )?(?:ret|rette|ændr|ændre|aendr|lav|change|correct)\s+(?P<label>.{2,60}?)"
    r"(?:\s+(?:til|to)\s+(?P<rest>.+?))?[.!\s]*",
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
    if name:
        labels = {words.fold(label) for c in (checklist.choices(step.item) if step else ()) for label in (c.da, c.en)}
        return None if words.fold(text) in labels else Control(name)
    gone = _left_out(checklist, run, text)
    if gone:
        return gone
    note = _NOTE.fullmatch(text)
    if note and step and not asked:
        return Remark(note["note"])
    return (
        _jump(checklist, run, text, asked)
        or _pick_answer(checklist, run, text, asked)
        or _correction(checklist, run, text, today)
    )


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
    return Control(moves.JUMP, found) if found else None


def _pick_answer(checklist: Checklist, run: Run, text: str, asked: str | None) -> Move | None:
    """The step whose answer is to be changed, where the screen asks which."""
    found = answers.pick(_labels(checklist, run), text) if asked == moves.REVIEW else None
    return Control(moves.EDIT, found) if found else None


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


_LEAVE_OUT = re.compile(r"(?:slet|fjern|drop|delete|remove) (?P<entry>.+?) (?P<number>[0-9]{1,2})")


def _left_out(checklist: Checklist, run: Run, text: str) -> Move | None:
    """The entry that is to go: "slet kontakt 2"."""
    match = _LEAVE_OUT.fullmatch(words.fold(text))
    for group in checklist.items if match else ():
        called = {words.fold(group.text(language).entry or "") for language in ("da", "en")}
        if match and group.kind == "group" and match["entry"] in called:
            return Control(moves.DROP, f"{group.id}.{int(match['number']) - 1}")
    return None


def _correction(checklist: Checklist, run: Run, text: str, today: date) -> Move | None:
    """Another answer to the step answered last, or to one that is named."""
    meant = _MEANT.fullmatch(text)
    change = None if meant else _CHANGE.fullmatch(text)
    target = answers.pick(_labels(checklist, run), change["label"]) if change else None
    walk = Walk(checklist, run)
    step = walk.step(target or (run.last if meant else None))
    match = change if target else meant
    if step is None or match is None or step.offers_more:
        return None
    if match["rest"] is None:  # "ret formålet"
        return Control(moves.EDIT, step.id) if walk.value(step.id) is not None else None
    plainly = bool(target or _LOOKS_BACK.search(text))
    if not plainly and _chooses(checklist, walk.step(run.at), text, today):  # "nej, det er gratis"
        return None
    value = answers.parse(step.item, checklist.choices(step.item), match["rest"], today)
    if isinstance(value, answers.Misunderstood):
        return Control(moves.EDIT, step.id) if plainly else None
    return Correct(step.id, value)


def _chooses(checklist: Checklist, step: Step | None, text: str, today: date) -> bool:
    """Whether the words are an answer to the step on the screen, and one that only an answer can be."""
    if step is None or step.item.kind in ("text", "person"):
        return False
    outcome, _ = answers.with_note(step.item, checklist.choices(step.item), text, today)
    return not isinstance(outcome, answers.Misunderstood)
