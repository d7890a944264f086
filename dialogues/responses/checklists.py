"""All checklists in one message, by the situation that each is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogues import taps
from dialogues.reply import Choice, Reply, rows
from dialogues.responses import mine
from dialogues.turn import Outcome, Turn
from knowledge.schema import Checklist, GuideChoice, GuideQuestion
from knowledge.templates import Trusted

Situation = tuple[GuideChoice | None, list[str]]
"""A choice of the guide's first question, and ids of checklists; None: they have no place in the guide."""


def list_checklists(turn: Turn, argument: str | None = None) -> Outcome:
    """What each checklist takes and gives, the way to whoever can't choose, and to one's own."""
    checklists, guide = turn.knowledge.checklists, turn.knowledge.guide
    grouped = situations(guide, checklists)
    parts, choices = [], []
    if guide:
        label = turn.say("command.triage-button-help")
        choices.append(Choice(label, taps.tap(taps.COMMAND, "choose_checklist")))
    for situation, ids in grouped:
        lines = [_line(turn, checklists[id_]) for id_ in ids]
        parts.append("\n".join([*_heading(turn, situation, alone=len(grouped) == 1), *lines]))
        choices += [Choice(checklists[id_].text(turn.language).title, taps.tap(taps.START, id_)) for id_ in ids]
    if turn.store.runs(turn.owner):
        choices.insert(
            1 if guide else 0, Choice(turn.say("command.my_checklists-button"), taps.tap(taps.COMMAND, mine.NAME))
        )
    reply = Reply(
        turn.say("command.list_checklists", lines=Trusted("\n\n".join(parts))),
        rows(choices),
        place="menu",
        language=turn.language,
        outcome="command",
        command="list_checklists",
    )
    return Outcome((reply,))


def situations(guide: Mapping[str, GuideQuestion], checklists: Mapping[str, Checklist]) -> list[Situation]:
    """The checklists by the guide's first choices: each where it stands highest, those without a place last."""
    first = next(iter(guide.values()), None)
    starts = first.choices if first else ()
    places: dict[str, tuple[int, int, int]] = {}
    for number, start in enumerate(starts):
        for depth, place, id_ in _leaves(guide, start):
            places[id_] = min(places.get(id_, (depth, place, number)), (depth, place, number))
    ordered = sorted((id_ for id_ in places if id_ in checklists), key=lambda id_: places[id_])
    grouped: list[Situation] = [
        (start, [id_ for id_ in ordered if places[id_][2] == number]) for number, start in enumerate(starts)
    ]
    grouped.append((None, [id_ for id_ in checklists if id_ not in places]))
    return [(start, ids) for start, ids in grouped if ids]


def _leaves(guide: Mapping[str, GuideQuestion], choice: GuideChoice, depth: int = 0) -> Iterator[tuple[int, int, str]]:
    """The checklists that a choice leads to: after how many further questions, as which choice there, and its id."""
    ahead = [(depth, 0, choice)]
    for depth, place, one in ahead:
        if one.checklist:
            yield depth, place, one.checklist
        if one.question:
            ahead += [(depth + 1, number, after) for number, after in enumerate(guide[one.question].choices)]


def _heading(turn: Turn, situation: GuideChoice | None, *, alone: bool) -> list[str]:
    if alone and situation is None:
        return []
    said = situation[turn.language] if situation else turn.say("command.triage-other")
    return [turn.say("command.triage-situation", situation=Trusted(said))]


def _line(turn: Turn, checklist: Checklist) -> str:
    text, minutes = checklist.text(turn.language), checklist.minutes
    return turn.say(
        "command.list_checklists-line",
        title=Trusted(text.title),
        quick=minutes.quick,
        full=minutes.full,
        ends_with=Trusted(text.ends_with),
    )
