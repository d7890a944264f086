"""Checks of the course: what its lessons name is there, and its scenes lead from their beginning to their ends."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from knowledge.faults import Fault, did_you_mean, listed
from knowledge.mentions import twice, unknown
from knowledge.pieces import Piece, Pieces
from knowledge.reading import Place
from knowledge.schema import LANGUAGES, Lesson, Scene
from knowledge.spelling import normalise

SHORTEST, LONGEST = 2, 4  # choices on a way through a scene
MOST_CHOICES = 6  # at a moment
QUESTION_IDS = 44  # characters of the ids that an answer's button carries: 52 bytes, less "l:a:q:" and two colons
MOMENT_IDS = 42  # and that a choice's button carries: less "l:turn:", two colons and the choice's number


def lesson_links(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    """Faults of a lesson: links, and questions that can't be answered."""
    lesson: Lesson = piece.value
    for kind, ids in (("topic", lesson.topics), ("checklist", lesson.checklists), ("source", lesson.sources)):
        yield from unknown(pieces, piece, kind, ids, (f"{kind}s",))
    keys = [*(("quiz", number) for number in range(len(lesson.quiz)))]
    keys += [("test", number) for number in range(len(lesson.test))]
    yield from twice(piece, "question", (((*key, "id"), q.id) for key, q in zip(keys, lesson.questions, strict=True)))
    for key, question in zip(keys, lesson.questions, strict=True):
        options = [option.id for option in question.options]
        yield from twice(piece, "answer", (((*key, "options", n, "id"), id_) for n, id_ in enumerate(options)))
        if question.right not in options:
            problem = f'The right answer "{question.right}" is none of the answers to choose from.'
            mend = did_you_mean(question.right, options, f"Write one of {listed(options)}.")
            yield piece.fault((*key, "right"), problem, mend)
        longest = max(options, key=len)
        yield from _too_long_for_a_button(piece, (*key, "id"), (lesson.id, question.id, longest), QUESTION_IDS)
        for language in LANGUAGES:
            yield from _alike(piece, [*key, "options"], [option[language] for option in question.options], language)


def scene_links(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    """Faults of a scene: links, moments that nothing leads to, ways that lead nowhere or are too short or long."""
    scene: Scene = piece.value
    yield from unknown(pieces, piece, "source", scene.sources, ("sources",))
    if scene.lesson is not None and pieces.is_missing("lesson", scene.lesson):
        yield piece.fault(("lesson",), *pieces.missing("lesson", scene.lesson, "to come after", "Remove the line."))
    for number, moment in enumerate(scene.moments):
        yield from unknown(pieces, piece, "topic", moment.topics, ("moments", number, "topics"))
        for language in LANGUAGES:
            texts = [choice[language] for choice in moment.choices]
            yield from _alike(piece, ["moments", number, "choices"], texts, language)
        if moment.choices:
            yield from _too_long_for_a_button(piece, ("moments", number, "id"), (scene.id, moment.id), MOMENT_IDS)
        if len(moment.choices) > MOST_CHOICES:
            problem = f"A moment has two to {MOST_CHOICES} choices; here are {len(moment.choices)}."
            yield piece.fault(("moments", number, "choices"), problem, "Leave some out.")
    doubled = [*twice(piece, "moment", ((("moments", n, "id"), m.id) for n, m in enumerate(scene.moments)))]
    astray = [*_leading_nowhere(piece)]
    yield from doubled + astray
    if not doubled and not astray:
        yield from _ways(piece)


def _alike(piece: Piece, place: list[str | int], texts: list[str], language: str) -> Iterator[Fault]:
    """Choices that nobody could tell apart."""
    seen = set()
    for number, text in enumerate(texts):
        if (said := normalise(text)) in seen:
            problem = f'The choice "{text}" stands here a second time.'
            yield piece.fault((*place, number, language), problem, "Say one of them in other words.")
        seen.add(said)


def _too_long_for_a_button(piece: Piece, place: Place, ids: tuple[str, ...], limit: int) -> Iterator[Fault]:
    count = sum(map(len, ids))
    if count > limit:
        problem = f"The ids {listed(ids)} have {count} characters together; a button carries {limit}."
        yield piece.fault(place, problem, f"Shorten one of them by {count - limit}.")


def _leading_nowhere(piece: Piece) -> Iterator[Fault]:
    ids = {moment.id for moment in piece.value.moments}
    for number, moment in enumerate(piece.value.moments):
        for place, choice in enumerate(moment.choices):
            if choice.to not in ids:
                problem = f'The choice leads to "{choice.to}", and the scene has no such moment.'
                mend = did_you_mean(choice.to, ids, "Add a moment of that id, or name another one.")
                yield piece.fault(("moments", number, "choices", place, "to"), problem, mend)


def _ways(piece: Piece) -> Iterator[Fault]:
    scene: Scene = piece.value
    places = {moment.id: number for number, moment in enumerate(scene.moments)}
    ahead = {moment.id: [choice.to for choice in moment.choices] for moment in scene.moments}
    try:
        order = [*TopologicalSorter(ahead).static_order()][::-1]  # each before those that it leads to
    except CycleError as error:
        round_ = error.args[1]
        problem = f"The moments {listed(sorted({*round_}))} lead round in a circle: the scene may never end."
        yield piece.fault(("moments", places[round_[0]], "id"), problem, "Let one of their choices lead to an end.")
        return
    first = scene.moments[0].id
    shortest, longest = {first: 0}, {first: 0}
    for id_ in order:
        for after in ahead[id_] if id_ in shortest else ():
            shortest[after] = min(shortest.get(after, LONGEST + 9), shortest[id_] + 1)
            longest[after] = max(longest.get(after, 0), longest[id_] + 1)
    for id_, number in places.items():
        if id_ not in shortest:
            mend = f"Let a choice lead to it, as `to: {id_}`, or remove it."
            yield piece.fault(("moments", number, "id"), f'Nothing leads to the moment "{id_}".', mend)
        elif not ahead[id_] and not (shortest[id_] >= SHORTEST and longest[id_] <= LONGEST):
            count = shortest[id_] if shortest[id_] < SHORTEST else longest[id_]
            problem = f'The end "{id_}" comes after {count} choices; a scene has {SHORTEST} to {LONGEST} on each way.'
            too_short, too_long = "Put a moment with a choice before it.", "Let a choice before it end the scene."
            mend = too_short if count < SHORTEST else too_long
            yield piece.fault(("moments", number, "id"), problem, mend)
