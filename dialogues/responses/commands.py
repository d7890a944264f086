"""Commands: said in plain words, tapped, or given with a slash."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timezone
from zoneinfo import ZoneInfo

from dialogues import plain_words, taps
from dialogues.ports import StoredDocument
from dialogues.reply import Attachment, Choice, Reply, rows
from dialogues.responses import (
    clocks,
    links,
    menu,
    mine,
    reminders,
    small_talk,
    taking_part,
    teams,
    triage,
    votes,
    walkthroughs,
)
from dialogues.responses.answers import follow_up
from dialogues.responses.checklists import list_checklists
from dialogues.responses.glossary import list_terms
from dialogues.responses.topic_replies import group_name
from dialogues.titles import groups
from dialogues.turn import AWAITING, RUN, TOPIC, Outcome, Turn
from knowledge.schema import LANGUAGES
from knowledge.templates import Trusted

FEEDBACK, DELETION = "feedback", "deletion"  # what the slot `awaiting` says while an answer to them is waited for
FIRST_TOPICS = ("basics.definition", "basics.professionalise", "about.guide")
SHOWN_DOCUMENTS = 8
HERE = ZoneInfo("Europe/Copenhagen")


def command(turn: Turn) -> Outcome:
    """Obeys the command that was meant; one that isn't known gets help."""
    tap = turn.meaning.tap
    name = mine.NAME if tap is None and plain_words.own_checklists(turn.text) else turn.meaning.name
    argument = tap.parts[1] if tap and len(tap.parts) > 1 else None
    return _COMMANDS.get(name, _help)(turn, argument)


def document(turn: Turn) -> Outcome:
    """Hands out a document that the user owns."""
    tap = turn.meaning.tap
    stored = turn.store.document_content(turn.owner, tap.parts[0]) if tap else None
    if stored is None:
        return said(turn, "my_documents", "command.document-gone")
    meta, _ = stored
    reply = Reply(
        turn.say("command.document-here", name=meta.file_name),
        attachments=(Attachment(meta.id, meta.file_name, meta.mime),),
        language=turn.language,
        outcome="command",
        command="my_documents",
    )
    return Outcome((reply,))


def said(turn: Turn, name: str, key: str, choices: list[Choice] | None = None, per_row: int = 1) -> Outcome:
    """One text of the command called `name`, with its buttons."""
    laid_out = rows(choices or [], per_row)
    reply = Reply(turn.say(key), laid_out, place="menu", language=turn.language, outcome="command", command=name)
    return Outcome((reply,))


def _start(turn: Turn, argument: str | None) -> Outcome:
    reply = Reply(
        turn.say("command.start"),
        menu.ways(turn, frozenset(_COMMANDS), menu.NOT_AT_FIRST),
        place=menu.PLACE,
        language=turn.language,
        outcome="command",
        command="help",
    )
    return Outcome((reply,))


def _menu(turn: Turn, argument: str | None) -> Outcome:
    return menu.menu(turn, argument, frozenset(_COMMANDS))


def _help(turn: Turn, argument: str | None) -> Outcome:
    reply = Reply(
        turn.say("command.help"),
        tuple(row[:2] for row in small_talk.way_on(turn)),
        place="menu",
        language=turn.language,
        outcome="command",
        command="help",
    )
    return Outcome((reply,))


def _list_topics(turn: Turn, group: str | None) -> Outcome:
    every = groups(turn.knowledge)
    if group in every:
        choices = [
            Choice(topic.text(turn.language).title, taps.tap(taps.TOPIC, topic.id))
            for topic in sorted(turn.knowledge.topics.values(), key=lambda topic: (topic.order, topic.id))
            if topic.group == group
        ]
        text = turn.say("command.list_topics-group", group=group_name(turn, str(group)))
    else:
        choices = [Choice(group_name(turn, name), taps.tap(taps.COMMAND, "list_topics", name)) for name in every]
        text = turn.say("command.list_topics", count=len(turn.knowledge.topics))
    reply = Reply(text, rows(choices), place="menu", language=turn.language, outcome="command", command="list_topics")
    return Outcome((reply,))


def _continue(turn: Turn, argument: str | None) -> Outcome:
    """Goes on with a walkthrough; where there is none, and something was answered, "go on" asks for more of that."""
    asks_on = turn.meaning.tap is None and turn.slots.get(TOPIC) and not walkthroughs.unfinished_buttons(turn, 1)
    return follow_up(turn) if asks_on else walkthroughs.resume_any(turn)


def _why(turn: Turn, argument: str | None) -> Outcome:
    return follow_up(turn) if turn.slots.get(TOPIC) else walkthroughs.control(turn, "why")


def _my_documents(turn: Turn, argument: str | None) -> Outcome:
    documents = turn.store.documents(turn.owner)[:SHOWN_DOCUMENTS]
    if not documents:
        to_checklists = Choice(turn.say("command.button-checklists"), taps.tap(taps.COMMAND, "list_checklists"))
        return said(turn, "my_documents", "command.my_documents-none", [to_checklists])
    choices = [Choice(_labelled(turn, found), taps.tap(taps.DOCUMENT, found.id)) for found in documents]
    return said(turn, "my_documents", "command.my_documents", choices)


def _labelled(turn: Turn, document: StoredDocument) -> str:
    """What tells documents apart goes first: a phone shows some thirty characters of a button."""
    made = document.created.replace(tzinfo=timezone.utc).astimezone(HERE)
    stem, _, kind = document.file_name.rpartition(".")
    when = {"kind": kind.upper(), "day": made.day, "month": made.month, "time": f"{made:%H:%M}"}
    return turn.say("command.document-label", stem=Trusted(stem), **when)


def _change_language(turn: Turn, language: str | None) -> Outcome:
    language = language or plain_words.language(turn.text)
    if language not in LANGUAGES:
        choices = [
            Choice(turn.say(f"command.language-{name}"), taps.tap(taps.COMMAND, "change_language", name))
            for name in LANGUAGES
        ]
        return said(turn, "change_language", "command.change_language", choices, 2)
    turn.store.set_language(turn.owner, language)
    text = turn.knowledge.say(language, "command.language-set")
    reply = Reply(text, language=language, place="menu", outcome="command", command="change_language")
    return Outcome((reply,)).remember(language=language)


def delete_my_data(turn: Turn, answer: str | None) -> Outcome:
    """Asks, and deletes after a yes to the question; a button of an older question only asks anew."""
    asked = turn.slots.get(AWAITING) == DELETION
    if asked and answer == "yes":
        rounds, counts = taking_part.rounds_of(turn), turn.store.delete(turn.owner)
        reply = Reply(
            turn.say("command.deleted", **counts),
            forgotten=True,
            place="menu",
            refreshes=rounds,
            language=turn.language,
            outcome="command",
            command="delete_my_data",
        )
        return Outcome((reply,), forgets=True)
    if asked and answer == "no":
        return said(turn, "delete_my_data", "command.delete-kept")
    choices = [
        Choice(turn.say(f"command.delete-{word}"), taps.tap(taps.COMMAND, "delete_my_data", word))
        for word in ("no", "yes")  # what can't be undone doesn't stand where one presses without looking
    ]
    return said(turn, "delete_my_data", "command.delete_my_data", choices).remember(**{AWAITING: DELETION})


def _export_my_data(turn: Turn, argument: str | None) -> Outcome:
    content = json.dumps(turn.store.export(turn.owner), ensure_ascii=False, indent=2, default=str)
    name = turn.say("command.export-file")
    document_id = turn.store.add_document(turn.owner, "", name, "application/json", content.encode())
    reply = Reply(
        turn.say("command.export_my_data"),
        attachments=(Attachment(document_id, name, "application/json"),),
        language=turn.language,
        outcome="command",
        command="export_my_data",
    )
    return Outcome((reply,))


def _start_course(turn: Turn, argument: str | None) -> Outcome:
    choices = [
        Choice(turn.knowledge.topics[topic].text(turn.language).title, taps.tap(taps.TOPIC, topic))
        for topic in FIRST_TOPICS
        if topic in turn.knowledge.topics
    ]
    return said(turn, "start_course", "command.start_course", choices)


def _give_feedback(turn: Turn, argument: str | None) -> Outcome:
    return said(turn, "give_feedback", "command.give_feedback").remember(**{AWAITING: FEEDBACK})


def _restart(turn: Turn, argument: str | None) -> Outcome:
    reply = Reply(
        turn.say("command.restart"),
        small_talk.way_on(turn),
        language=turn.language,
        outcome="command",
        command="restart",
    )
    return Outcome((reply,), {TOPIC: None, RUN: None, AWAITING: None})


def _stop(turn: Turn, argument: str | None) -> Outcome:
    return walkthroughs.control(turn, "stop") if turn.slots.get(RUN) else said(turn, "stop", "command.stop")


def _control(name: str) -> Callable[[Turn, str | None], Outcome]:
    return lambda turn, argument: walkthroughs.control(turn, name)


_COMMANDS: dict[str, Callable[[Turn, str | None], Outcome]] = {
    "start": _start,
    "menu": _menu,
    "link": links.link,
    "help": _help,
    "list_topics": _list_topics,
    "list_checklists": list_checklists,
    "choose_checklist": triage.choose,
    "list_terms": list_terms,
    "continue": _continue,
    "pause": _control("pause"),
    "back": _control("back"),
    "skip": _control("skip"),
    "why": _why,
    "review": _control("review"),
    "status": _control("status"),
    "sections": _control("sections"),
    "preview": _control("preview"),
    "my_documents": _my_documents,
    mine.NAME: mine.my_checklists,
    "change_language": _change_language,
    "delete_my_data": delete_my_data,
    "export_my_data": _export_my_data,
    "start_course": _start_course,
    "give_feedback": _give_feedback,
    "restart": _restart,
    "stop": _stop,
    "vote": votes.vote,
    reminders.REMIND: reminders.remind,
    reminders.MINE: reminders.mine,
    clocks.TIMEZONE: clocks.timezone,
    "together": teams.together,
}

NAMES = tuple(_COMMANDS)
