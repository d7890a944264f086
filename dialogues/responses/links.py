"""Links to a topic or a checklist, for posters and for colleagues: which one is wanted. The door makes the link."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dialogues import taps
from dialogues.deep_links import Target, payload, target
from dialogues.reply import Choice, Link, Reply, rows
from dialogues.titles import by_title, title
from dialogues.turn import RUN, TOPIC, Outcome, Turn
from knowledge.templates import Trusted

NAME = "link"
CHOOSE = "choose"
MOST = 6  # things to choose from for a few words


def link(turn: Turn, argument: str | None) -> Outcome:
    """The link to what the button names, or the words that came with the command; without either, to the checklist on
    the screen or the topic answered last. Where that isn't plain, the choice."""
    if argument == CHOOSE:
        return _choice(turn, "choose")
    if argument:
        wanted = target(argument)
    elif turn.words:
        found = by_title(turn.knowledge, turn.words, turn.language)
        several = next((some for some in found if some), [])
        if len(several) != 1:
            return Outcome((choice(turn.language, turn.say, turn.words, _titled(turn, several[:MOST])),))
        wanted = several[0]
    else:
        wanted = _here(turn)
        if wanted is None:
            return _choice(turn, "choose")
    titled = title(turn.knowledge, wanted, turn.language) if wanted else None
    if wanted is None or titled is None:
        return _choice(turn, "gone")
    other = Choice(turn.say("link.button-other"), taps.tap(taps.COMMAND, NAME, CHOOSE))
    carried = payload(*wanted)
    text = turn.say(f"link.{wanted.kind}", title=Trusted(titled), command=f"/start {carried}")
    return Outcome((_said(text, ((other,),), turn.language, Link(carried, titled)),))


def choice(language: str, say: Callable[..., str], text: str, found: Sequence[tuple[Target, str]]) -> Reply:
    """What may be linked to for a few words; where there is nothing, the way to a choice."""
    if found:
        return _offer(language, say("link.which"), found)
    other = Choice(say("link.button-other"), taps.tap(taps.COMMAND, NAME, CHOOSE))
    return _said(say("link.not-found", text=text), ((other,),), language)


def _here(turn: Turn) -> Target | None:
    run = turn.store.run(turn.owner, turn.slots[RUN]) if turn.slots.get(RUN) else None
    if run:
        return Target("checklist", run.checklist)
    return Target("topic", turn.slots[TOPIC]) if turn.slots.get(TOPIC) else None


def _choice(turn: Turn, key: str) -> Outcome:
    wanted = [Target("checklist", id_) for id_ in turn.knowledge.checklists]
    last = turn.slots.get(TOPIC)
    if last:
        wanted.insert(0, Target("topic", last))
    return Outcome((_offer(turn.language, turn.say(f"link.{key}"), _titled(turn, wanted)),))


def _titled(turn: Turn, targets: Sequence[Target]) -> list[tuple[Target, str]]:
    """Each with what it is called; what isn't there is left out."""
    named = ((one, title(turn.knowledge, one, turn.language)) for one in targets)
    return [(one, called) for one, called in named if called]


def _offer(language: str, text: str, targets: Sequence[tuple[Target, str]]) -> Reply:
    choices = [Choice(called, taps.tap(taps.COMMAND, NAME, payload(*wanted))) for wanted, called in targets]
    return _said(text, rows(choices), language)


def _said(text: str, choices: tuple[tuple[Choice, ...], ...], language: str, to: Link | None = None) -> Reply:
    return Reply(text, choices, link=to, language=language, outcome="command", command=NAME)
