"""Commands: said in plain words, tapped, or given with a slash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timezone
from zoneinfo import ZoneInfo

from dialogues import plain_words, taps
from dialogues.ports import StoredDocument
from dialogues.reply import Attachment, Choice, Reply, rows
from dialogues.responses import (
    clocks,
    course,
    course_pace,
    links,
    menu,
    mine,
    my_data,
    reminders,
    resting,
    small_talk,
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
from dialogues.turn import AWAITING, LANGUAGE, RUN, TOPIC, Outcome, Turn
from knowledge.schema import LANGUAGES
from knowledge.templates import Trusted

FEEDBACK = "feedback"  # what the slot `awaiting` says while words to the editors are waited for
FIRST_TOPICS = ("basics.definition", "basics.professionalise", "about.guide")
SHOWN_DOCUMENTS = 8
HERE = ZoneInfo("Europe/Copenhagen")


def command(turn: Turn) -> Outcome:
    """Obeys the command that was meant; one that isn't known gets help. In the middle of a walkthrough a menu stands
    alone, with the way back."""
    tap = turn.meaning.tap
    name = mine.NAME if tap is None and plain_words.own_checklists(turn.text) else turn.meaning.name
    argument = tap.parts[1] if tap and len(tap.parts) > 1 else None
    outcome = _COMMANDS.get(name, _help)(turn, argument)
    is_menu = name in _MENUS and outcome.follow_up is None and LANGUAGE not in outcome.slots
    return resting.with_way_back(turn, outcome) if is_menu else outcome


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


def said(
    turn: Turn, name: str, key: str, choices: list[Choice] | None = None, per_row: int = 1, *, place: str = "menu"
) -> Outcome:
    """One text of the command called `name`, with its buttons."""
    laid_out = rows(choices or [], per_row)
    reply = Reply(turn.say(key), laid_out, place=place, language=turn.language, outcome="command", command=name)
    return Outcome((reply,))


def _start(turn: Turn, argument: str | None) -> Outcome:
    reply = Reply(
        turn.say("command.start" if turn.name is None else "command.start-group"),
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
        turn.say("command.help" if turn.name is None else "command.help-group"),
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
    """Goes on with a walkthrough; where there is none, and something was answered, "go on" asks for more of that, and
    else goes on with the course."""
    if turn.slots.get(RUN) or resting.unfinished_buttons(turn, 1):
        return walkthroughs.resume_any(turn)
    if turn.meaning.tap is None and turn.slots.get(TOPIC):
        return follow_up(turn)
    return course.resumed(turn) or walkthroughs.resume_any(turn)


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


def _give_feedback(turn: Turn, argument: str | None) -> Outcome:
    """Takes the words behind the command, or asks for some."""
    if turn.meaning.tap and turn.words.strip():
        turn.store.add_feedback(turn.owner, turn.words.strip(), turn.slots.get(TOPIC), turn.came)
        return said(turn, "give_feedback", "command.feedback-thanks")
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
    "delete_my_data": my_data.delete,
    "export_my_data": my_data.export,
    "start_course": course.course,
    "stop_course": course_pace.stopped_in_words,
    "dilemmas": course.dilemmas,
    "give_feedback": _give_feedback,
    "restart": _restart,
    "stop": _stop,
    "vote": votes.vote,
    reminders.REMIND: reminders.remind,
    reminders.MINE: reminders.mine,
    clocks.TIMEZONE: clocks.timezone,
    "together": teams.together,
}

_MENUS = frozenset(
    (
        *("start", "menu", "help", "link", "list_topics", "list_checklists", "list_terms", "choose_checklist"),
        *("my_documents", mine.NAME, reminders.MINE, "change_language", clocks.TIMEZONE, "start_course"),
    )
)
"""What shows something to choose from, or to read on its own: the step of a walkthrough below would push it away."""

NAMES = tuple(_COMMANDS)
