"""Checks that the guide leads from its first question to every checklist, in few steps and without a circle."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from knowledge.faults import Fault, listed
from knowledge.pieces import Piece, Pieces
from knowledge.schema import LANGUAGES, GuideQuestion
from knowledge.spelling import normalise

DEEPEST = 3  # questions in a row
Blamed = tuple[Piece, Fault]


def guide_links(pieces: Pieces) -> Iterator[Blamed]:
    """Every fault in how the guide's questions hang together, with the piece that is to blame.

    A content without a guide has none. A library's own checklist may do without a place in the guide: it is
    offered with all the others.
    """
    questions = pieces["question"]
    for piece in questions.values():
        yield from ((piece, fault) for fault in _twice(piece))
    unnamed = [(piece, fault) for piece in questions.values() for fault in _missing(pieces, piece)]
    yield from unnamed
    unsaid = "question" in pieces.unread or any(kind == "question" for kind, _ in pieces.broken)
    if questions and not unnamed and not unsaid:
        yield from _circle(questions) or _too_deep(questions)
        yield from _unreached(pieces)


def _twice(piece: Piece) -> Iterator[Fault]:
    """Choices of one question that nobody could tell apart."""
    for language in LANGUAGES:
        seen = set()
        for number, choice in enumerate(piece.value.choices):
            if (said := normalise(choice[language])) in seen:
                problem = f'The choice "{choice[language]}" stands here a second time.'
                yield piece.fault(("choices", number, language), problem, "Say one of them in other words.")
            seen.add(said)


def _missing(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    for number, choice in enumerate(piece.value.choices):
        for kind, otherwise in (("question", "Add it to the list."), ("checklist", "Name one that there is.")):
            id_ = getattr(choice, kind)
            if id_ is not None and pieces.is_missing(kind, id_):
                yield piece.fault(("choices", number, kind), *pieces.missing(kind, id_, "to lead to", otherwise))


def _circle(questions: dict[str, Piece]) -> list[Blamed]:
    """The first circle, said at a choice that leads back; of a library's own question, where it is in it."""
    try:
        TopologicalSorter(_leading_to(questions)).prepare()
    except CycleError as error:
        pairs = list(pairwise(error.args[1]))
        own = [pair for pair in pairs if questions[pair[0]].overlaid]
        places = {id_: place for place, id_ in enumerate(questions)}
        before, after = max(own or pairs, key=lambda pair: places[pair[0]] - places[pair[1]])
        problem = f"The questions {listed(sorted({id_ for pair in pairs for id_ in pair}))} lead round in a circle."
        if before == after:
            problem = f'The question "{before}" leads to itself.'
        return [(questions[before], _at(questions[before], after, problem, "Let this choice lead to a checklist."))]
    return []


def _too_deep(questions: dict[str, Piece]) -> Iterator[Blamed]:
    """Questions that come too late on their longest way; there is no circle."""
    leading = _leading_to(questions)
    ways: dict[str, list[str]] = {}
    for id_ in TopologicalSorter(leading).static_order():
        before = max((ways[other] for other in leading[id_] if other in ways), key=len, default=[])
        if before or id_ == next(iter(questions)):
            ways[id_] = [*before[-DEEPEST:], id_] if len(before) > DEEPEST else [*before, id_]
            if len(before) == DEEPEST:
                pairs = list(pairwise(ways[id_]))
                blamed, after = next((pair for pair in reversed(pairs) if questions[pair[0]].overlaid), pairs[-1])
                problem = f'The question "{id_}" would be number {DEEPEST + 1} in a row; {DEEPEST} is the most.'
                mend = "Let this choice lead to a checklist."
                yield questions[blamed], _at(questions[blamed], after, problem, mend)


def _unreached(pieces: Pieces) -> Iterator[Blamed]:
    """Questions that no way leads to, and checklists that no choice does."""
    questions = pieces["question"]
    reached, ahead = set(), [next(iter(questions))]
    while ahead:
        id_ = ahead.pop()
        if id_ not in reached:
            reached.add(id_)
            ahead += _next(questions[id_].value)
    for id_, piece in questions.items():
        if id_ not in reached:
            mend = f"Let a choice lead to it, as `question: {id_}`, or remove it."
            yield piece, piece.fault(("id",), f'No way leads to the question "{id_}".', mend)
    named = {choice.checklist for piece in questions.values() for choice in piece.value.choices}
    for id_, piece in pieces["checklist"].items():
        if id_ not in named and not piece.overlaid:
            mend = f"Let a choice there lead to it, as `checklist: {id_}`."
            yield piece, piece.fault(("id",), f'No choice in guide.yml leads to the checklist "{id_}".', mend)


def _next(question: GuideQuestion) -> list[str]:
    return [choice.question for choice in question.choices if choice.question is not None]


def _leading_to(questions: dict[str, Piece]) -> dict[str, set[str]]:
    """For each question those that lead to it."""
    leading: dict[str, set[str]] = {id_: set() for id_ in questions}
    for id_, piece in questions.items():
        for after in _next(piece.value):
            leading[after].add(id_)
    return leading


def _at(piece: Piece, after: str, problem: str, mend: str) -> Fault:
    """A fault at the choice that leads to the question `after`."""
    number = next(number for number, choice in enumerate(piece.value.choices) if choice.question == after)
    return piece.fault(("choices", number, "question"), problem, mend)
