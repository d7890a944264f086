"""One's own walkthroughs: those under way first, then those that are finished."""

from __future__ import annotations

from dialogues import taps
from dialogues.reply import Choice, Reply, rows
from dialogues.turn import Outcome, Turn
from dialogues.walkthrough import moves, naming
from dialogues.walkthrough.display import shortened
from dialogues.walkthrough.path import reached
from dialogues.walkthrough.state import Run
from dialogues.written import short_date
from knowledge.templates import Trusted

NAME = "my_checklists"
MOST = 12  # that are shown
_ALONE, _TITLE, _NAME = 36, 24, 22  # characters on a button: what tells walkthroughs apart must not be cut


def my_checklists(turn: Turn, argument: str | None = None) -> Outcome:
    """All that the user has begun, each as a button with its place and its date; and the way to all there are."""
    runs = [run for run in turn.store.runs(turn.owner) if run.checklist in turn.knowledge.checklists]
    begun = [run for run in runs if run.status != "done"]
    finished = [run for run in runs if run.status == "done"]
    shown = [*begun, *finished][:MOST]
    buttons = [
        Choice(face, taps.tap(taps.CONTROL, run.id, moves.DONE if run.status == "done" else moves.CONTINUE))
        for face, run in zip(naming.told_apart([_face(turn, run) for run in shown]), shown, strict=True)
    ]
    others = Choice(turn.say("command.my_checklists-all"), taps.tap(taps.COMMAND, "list_checklists"))
    text = turn.say("command.my_checklists", begun=len(begun), finished=len(finished), left=len(runs) - len(shown))
    reply = Reply(text, rows([*buttons, others]), place="menu", language=turn.language, outcome="command", command=NAME)
    return Outcome((reply,))


def _face(turn: Turn, run: Run) -> str:
    """What the run is of, whose it is, and how far along: "Samarbejdsaftale · Musikskolen · 4 af 12 · 22/11"."""
    checklist = turn.knowledge.checklists[run.checklist]
    day = run.finished if run.status == "done" else run.started
    n, total = reached(checklist, run)
    named = naming.name(checklist, run)
    return turn.say(
        "command.button-mine",
        title=Trusted(shortened(checklist.text(turn.language).title, _TITLE if named else _ALONE)),
        name=Trusted(shortened(named, _NAME)) if named else None,
        done=run.status == "done",
        n=n,
        total=total,
        day=Trusted(short_date(day)) if day else None,
    )
