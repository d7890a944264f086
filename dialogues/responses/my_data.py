"""All that is stored about somebody: handed out as a file, or deleted, with proof."""

from __future__ import annotations

from dialogues import taps
from dialogues.my_data import EXPORT, MIME, archive
from dialogues.reply import Attachment, Choice, Reply, rows
from dialogues.responses import taking_part
from dialogues.turn import AWAITING, Outcome, Turn

DELETION = "deletion"  # what the slot `awaiting` says while a yes or no to it is waited for
GROUP = "group"  # the argument of the command that deletes what is a group's, and how its buttons' arguments begin
_NAME, _OF_A_GROUP = "delete_my_data", "delete_group_data"


def export(turn: Turn, argument: str | None) -> Outcome:
    """Hands out a file with all of it. The files that were made so before are gone then: each holds the same."""
    if turn.name is not None:
        return _not_here(turn, "export_my_data")
    turn.store.forget_exports(turn.owner)
    content = archive(turn.knowledge, turn.store, turn.owner, turn.language)
    name = str(turn.say("privacy.export-file"))
    document_id = turn.store.add_document(turn.owner, EXPORT, name, MIME, content)
    reply = Reply(
        turn.say("command.export_my_data"),
        attachments=(Attachment(document_id, name, MIME),),
        language=turn.language,
        outcome="command",
        command="export_my_data",
    )
    return Outcome((reply,))


def delete(turn: Turn, answer: str | None) -> Outcome:
    """Asks, and deletes after a yes to the question; a button of an older question only asks anew. What is a group's,
    the door lets only those delete who may."""
    asked = turn.slots.get(AWAITING) == DELETION
    group = turn.name is not None
    said = answer.removeprefix(GROUP).removeprefix("-") if answer else None
    if group and not asked and not (answer or "").startswith(GROUP):
        return _not_here(turn, _NAME)
    if asked and said == "yes":
        return _deleted(turn, group)
    if asked and said == "no":
        return Outcome((_reply(turn, "command.delete-kept", group),))
    prefix = f"{GROUP}-" if group else ""
    choices = [
        Choice(turn.say(f"command.delete-{word}"), taps.tap(taps.COMMAND, _NAME, f"{prefix}{word}"))
        for word in ("no", "yes")  # what can't be undone doesn't stand where one presses without looking
    ]
    asks = _reply(turn, "privacy.group-ask" if group else "command.delete_my_data", group, choices)
    return Outcome((asks,)).remember(**{AWAITING: DELETION})  # no menu: a yes or a no


def _not_here(turn: Turn, name: str) -> Outcome:
    """In a group nobody's data are shown, or deleted: the door knows by the command's name to say so."""
    return Outcome((Reply(turn.say("privacy.not-here"), language=turn.language, outcome="command", command=name),))


def _deleted(turn: Turn, group: bool) -> Outcome:
    """Deletes, looks whether anything is left, and tells both."""
    owner = group_of(turn.owner) if group else turn.owner
    rounds, counts = taking_part.rounds_of(turn), turn.store.delete(owner)
    left = sum(turn.store.traces(owner).values())
    text = turn.say(
        "privacy.deleted-group" if group else "privacy.deleted",
        **counts,
        left=left,
        tables=turn.store.tables(),
        telegram=turn.owner.startswith("telegram:"),
    )
    reply = Reply(
        text,
        forgotten=True,
        place=DELETION,
        refreshes=rounds,
        language=turn.language,
        outcome="command",
        command=_OF_A_GROUP if group else _NAME,
    )
    return Outcome((reply,), forgets=True)


def group_of(owner: str) -> str:
    """The group of an owner, where that is a thread of it."""
    return ":".join(owner.split(":")[:2])


def _reply(turn: Turn, key: str, group: bool, choices: list[Choice] | None = None) -> Reply:
    return Reply(
        turn.say(key),
        rows(choices or []),
        place=DELETION,
        language=turn.language,
        outcome="command",
        command=_OF_A_GROUP if group else _NAME,
    )
