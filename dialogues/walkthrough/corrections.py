"""Another answer than the one that was given: "nej, jeg mente to år", "ret partneren til …", "the partner is called …".

Which answer is meant is told by `dialogues.walkthrough.called`, and asked where that can't tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from functools import partial

from dialogues.walkthrough import answers, called, moves, words
from dialogues.walkthrough.called import Called
from dialogues.walkthrough.moves import Control, Correct, Doubt, Move
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Step, Walk
from dialogues.walkthrough.values import LONGEST_TEXT
from knowledge.schema import Checklist

OFFERED = 4  # answers to choose from, where it isn't plain which is meant
_FEW, _FEW_OF_A_NAME, _FEW_TOLD = 4, 5, 8  # words of what an answer is called, of a name, and of what is told of it
_UNFIT, _APT = 0.3, 0.1
_NEARLY = 0.7  # from here two names are spellings of one
_SENTENCE, _WORDS = 4, 2  # an answer of so many words isn't replaced by so few of it unasked
_OOPS = r"(?:hov|ups|upsi|nej|næ|undskyld|vent|øh|øhm|åh|argh|pis|sorry|oops|no|wait|uh)[,.! ]+"
_MEANT = re.compile(
    rf"\s*(?:(?:{_OOPS})*(?:jeg mente(?: faktisk| egentlig)?|det skulle (?:nok )?(?:være|have været|ha været)"
    rf"|ret (?:det|den|svaret|det sidste)(?: svar)? til|i meant|it should (?:be|have been)|make (?:that|it))"
    rf"|(?:{_OOPS})+(?:jeg mener|det er|i mean|it's|it is)(?: faktisk| egentlig| actually)?(?! forresten\b))[,: ]+"
    r"(?P<rest>.*[^.!\s])[.!\s]*",
    re.IGNORECASE | re.DOTALL,
)
_LOOKS_BACK = re.compile(r"\b(?:mente|meant|skulle|should|ret|make)\b", re.IGNORECASE)
_CHANGE = re.compile(
    rf"\s*(?:{_OOPS})*(?P<asks>kan du |vil du |please |jeg vil(?: gerne)? )?(?:lige )?"
    r"(?P<verb>ret|rette|ændr|ændre|aendr|lav|change|correct)\s+(?P<label>.{2,60}?)"
    r"(?:\s+(?:til|to)\s+(?P<rest>.+?))?[.!?\s]*",
    re.IGNORECASE | re.DOTALL,
)
_CALLED = re.compile(
    rf"\s*(?P<oops>(?:{_OOPS})*)(?:(?:men|but)\s+)?(?P<label>.{{2,60}}?)\s+(?:(?P<named>(?:(?:skal|skulle|burde) )?"
    r"(?:nok )?hedder?|(?:is|are|was|should be) (?:actually )?(?:called|named))|(?P<should>(?:skal|skulle)"
    r" (?:nok |hellere |i stedet )?(?:være|have været|ha været|ændres til|rettes til)|should (?:be|have been)|must be)"
    r"|er|is)\s+(?P<rest>.*[^.!\s])[.!\s]*",
    re.IGNORECASE | re.DOTALL,
)
_BY_THE_WAY = re.compile(
    rf"\s*(?:{_OOPS})*(?:men |but )?(?:(?:forresten|by the way)[, ]+)?(?:det|den|it|that)(?:['’]s| (?:er|var|is|was))"
    r"(?:(?<=var)|(?<=was)|(?= (?:forresten|by the way)))(?: (?:nu|altså))?"
    r"(?: (?:forresten|faktisk|egentlig|by the way|actually))+[,: ]+(?P<rest>.*[^.!\s])[.!\s]*",
    re.IGNORECASE | re.DOTALL,
)
_NTH = (
    ("første", "first"), ("andet", "second"), ("tredje", "third"), ("fjerde", "fourth"), ("femte", "fifth"),
    ("sjette", "sixth"), ("syvende", "seventh"), ("ottende", "eighth"), ("niende", "ninth"), ("tiende", "tenth"),
)  # fmt: skip
_ASKED = r"(?:svaret (?:på|til) |answer to )?(?:det |the )?"
_NUMBERED = re.compile(
    rf"{_ASKED}(?:(?:spørgsmål(?:et)?|spm|svar|question|answer)\.?(?: (?:nr|nummer|number|no)\.?)?"
    rf" ?(?P<place>\d{{1,2}})|(?P<nth>{'|'.join(word for both in _NTH for word in both)})"
    r" (?:spørgsmål|svar|question|answer))",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")  # one will do, and many make the patterns slow
_LONGEST = LONGEST_TEXT + 100
_ANYTHING = ("", "noget andet", "andet", "en anden", "something else", "another")
_PRONOUNS = words.bag(
    "det den de vi jeg i it that they he she han hun you this der there hvad hvem hvor hvornaar hvordan hvilken hvilket"
    " what who where when how which"
)


@dataclass(frozen=True)
class Change:
    """What is to be changed, and to what."""

    label: str
    rest: str | None  # None: only that it is to be changed
    told: bool  # put as an order or as a slip, so that it can hardly be an answer
    names: bool  # the new answer is what something is called
    strict: bool = False  # the words may well mean something else
    again: bool = False  # there is an answer already
    ordered: bool = False  # "ret … til …", which no answer to a choice is
    tacit: bool = False  # put so that only after the end it can be meant as a change: "varigheden skal være to år"


def correction(checklist: Checklist, run: Run, text: str, today: date) -> Move | None:
    """Another answer to the step answered last, or to one that is named; the question which, where that isn't plain."""
    meant = _MEANT.fullmatch(text)
    if meant:
        return _of_last(checklist, run, meant["rest"], today, text)
    change = read(text)
    numbered = _numbered(checklist, run, change.label) if change else None
    if change is None or (change.tacit and run.status != "done" and not numbered):
        return None
    if numbered:
        there = Walk(checklist, run).value(numbered.id) is not None
        return settle(checklist, numbered, change.rest or "", today) if there else None
    chooses = partial(_chooses, checklist, run, text, today)
    found = likeliest(checklist, run, change, today)
    target = called.meant(found) if change.label else _alike(run, change.rest or "", _answered(checklist, run))
    if change.strict and not (target and words.fold(change.label) in words.fold(_label(target, run))):
        return None
    if target is None:
        asked = (change.told or bool(found)) if change.rest is not None else bool(found and found[0].fit >= called.FITS)
        return Doubt(moves.WHICH, text) if asked and not change.tacit and (change.ordered or not chooses()) else None
    if change.rest is None:  # "ret formålet"
        return Control(moves.EDIT, target.id) if Walk(checklist, run).value(target.id) is not None else None
    return settle(checklist, target, change.rest, today) if change.ordered or not chooses() else None


def likeliest(checklist: Checklist, run: Run, change: Change, today: date) -> list[Called]:
    """The steps whose answer may be meant, the likeliest first; one that couldn't take the new answer is less so."""
    walk = Walk(checklist, run)
    weighed = []
    for one in called.ranked(checklist, run, change.label, names=change.names):
        fits = change.rest is None or _takes(checklist, one.step, change.rest, today)
        there = not change.again or walk.value(one.step.id) is not None
        apt = fits and change.rest is not None and one.step.item.kind in ("date", "number", "money")
        weighed.append(replace(one, score=one.score - _UNFIT * (2 - fits - there) + _APT * apt))
    return sorted(weighed, key=lambda one: -one.score)


def offered(checklist: Checklist, run: Run, text: str, today: date) -> list[Step]:
    """The steps to choose from: the likeliest, or else those answered last."""
    change = read(text)
    found = [one.step for one in likeliest(checklist, run, change, today)] if change else []
    before = _answered(checklist, run)[::-1]
    if change and change.rest and not change.label:  # "det var forresten Musikskolen"
        before.sort(key=lambda step: step.id not in checklist.named_by and step.item.kind != "person")
        before = [step for step in before if _takes(checklist, step, change.rest, today)]
    return found[:OFFERED] or before[: OFFERED - 1]


def _answered(checklist: Checklist, run: Run) -> list[Step]:
    walk = Walk(checklist, run)
    return [step for step in walk if step.written and walk.value(step.id) is not None]


def _alike(run: Run, rest: str, steps: Sequence[Step]) -> Step | None:
    """The only step whose answer in words is nearly what is said now: the other spelling of a name."""
    given = ((step, run.answers.get(step.id)) for step in steps if step.item.kind in ("text", "person"))
    said = [(step, words.fold(str(answer.value))) for step, answer in given if answer]
    near = [step for step, text in said if SequenceMatcher(None, text, words.fold(rest)).ratio() >= _NEARLY]
    return near[0] if len(near) == 1 else None


def chosen(checklist: Checklist, run: Run, step_id: str, text: str, today: date) -> Move:
    """What the correction `text` means once it is told which step it is about."""
    step, change = Walk(checklist, run).step(step_id), read(text)
    if step is None or change is None or change.rest is None:
        return Control(moves.EDIT, step_id)
    return settle(checklist, step, change.rest, today)


def settle(checklist: Checklist, step: Step, rest: str, today: date) -> Move:
    """The new answer, or the way to the step where that is none."""
    value = answers.parse(step.item, checklist.choices(step.item), rest, today)
    return Control(moves.EDIT, step.id) if isinstance(value, answers.Misunderstood) else Correct(step.id, value)


def read(text: str) -> Change | None:
    """The change that the words ask for; None where they ask for none."""
    text = _BLANKS.sub(lambda run: "\n" if "\n" in run[0] else " ", text.strip()[:_LONGEST])
    if words.is_question(text) and not re.match(r"\s*(?:kan|vil) du\b", text, re.IGNORECASE):
        return None
    order = _CHANGE.fullmatch(text)
    if order:
        few = len(order["label"].split()) <= _FEW
        verb = order["verb"].casefold()
        loose = verb == "lav" or (verb in ("rette", "ændre") and not order["asks"])  # "ændre byens syn på os til …"
        rest = None if words.fold(order["rest"] or "") in _ANYTHING else order["rest"]
        plain = few and not loose
        to_be = plain and rest is not None
        return Change(order["label"], rest, plain, _is_name(rest), strict=not plain, again=verb != "lav", ordered=to_be)
    by_the_way = _BY_THE_WAY.fullmatch(text)
    if by_the_way:
        return Change("", by_the_way["rest"], told=len(by_the_way["rest"].split()) <= _FEW_TOLD, names=True)
    told = _CALLED.fullmatch(text)
    if told is None or not (told["named"] or told["oops"] or told["should"]):
        return None
    if set(words.fold(told["label"]).split()) & _PRONOUNS and not _NUMBERED.fullmatch(told["label"].strip()):
        return None
    if len(told["label"].split()) > _FEW or not (told["oops"] or len(told["rest"].split()) <= _FEW_TOLD):
        return None
    named = bool(told["named"])
    tacit = not named and not told["oops"]
    return Change(told["label"], told["rest"], named and bool(told["oops"]), named, again=tacit, tacit=tacit)


def unnamed(text: str) -> str | None:
    """The new answer in a correction that doesn't say of what: "nej, jeg mente to år". None for anything else."""
    meant = _MEANT.fullmatch(text)
    return meant["rest"] if meant else None


def _numbered(checklist: Checklist, run: Run, label: str) -> Step | None:
    """The step that is called by its place: "spørgsmål 1", "the third question"."""
    told = _NUMBERED.fullmatch(label.strip())
    if told is None:
        return None
    nth = (told["nth"] or "").casefold()
    place = int(told["place"]) if told["place"] else next(n for n, both in enumerate(_NTH, 1) if nth in both)
    steps = Walk(checklist, run).steps
    return steps[place - 1] if 0 < place <= len(steps) else None


def _is_name(rest: str | None) -> bool:
    return rest is None or (len(rest.split()) <= _FEW_OF_A_NAME and not rest[:1].isdigit())


def _label(step: Step, run: Run) -> str:
    return step.item.text(run.language).label


def _of_last(checklist: Checklist, run: Run, rest: str, today: date, text: str) -> Move | None:
    step = Walk(checklist, run).step(run.last)
    if step is None or step.offers_more:
        return None
    plainly = bool(_LOOKS_BACK.search(text))
    if not plainly and _chooses(checklist, run, text, today):  # "nej, det er gratis"
        return None
    value = answers.parse(step.item, checklist.choices(step.item), rest, today)
    if isinstance(value, answers.Misunderstood):
        return Control(moves.EDIT, step.id) if plainly else None
    if _cuts_short(checklist, run, step, rest):
        return Control(moves.EDIT, step.id)
    return Correct(step.id, value)


def _cuts_short(checklist: Checklist, run: Run, step: Step, rest: str) -> bool:
    """Whether a sentence would be lost for a word of it: "jeg mente unge" of "at børn kan spille musik sammen"."""
    now = Walk(checklist, run).value(step.id)
    if step.item.kind != "text" or step.id in checklist.named_by or not isinstance(now, str) or rest[:1].isupper():
        return False
    return len(now.split()) >= _SENTENCE and len(rest.split()) <= _WORDS


def _takes(checklist: Checklist, step: Step, rest: str, today: date) -> bool:
    return not isinstance(answers.parse(step.item, checklist.choices(step.item), rest, today), answers.Misunderstood)


def _chooses(checklist: Checklist, run: Run, text: str, today: date) -> bool:
    """Whether the words are an answer to the step on the screen, and one that only an answer can be."""
    step = Walk(checklist, run).step(run.at)
    if step is None or step.item.kind in ("text", "person"):
        return False
    outcome, _ = answers.with_note(step.item, checklist.choices(step.item), text, today)
    return not isinstance(outcome, answers.Misunderstood)


def among(steps: Sequence[Step], run: Run, text: str) -> Step | None:
    """The one of the steps offered that the words name, by its label or its place."""
    place = words.fold(text)
    if place.isdecimal() and 0 < int(place[:3]) <= len(steps):
        return steps[int(place[:3]) - 1]
    labels = [(step.id, words.fold(_label(step, run))) for step in steps]
    found = answers.pick(labels, text)
    return next((step for step in steps if step.id == found), None)
