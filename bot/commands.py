"""Slash commands and deep links, and the taps that they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues import taps


@dataclass(frozen=True)
class Command:
    """A slash command: its name in Danish and in English, and what it does."""

    da: str
    en: str
    does: str  # a command name of the engine

    def name(self, language: str) -> str:
        return self.da if language == "da" else self.en

    @property
    def describes(self) -> str:
        """The key of its description."""
        return f"telegram.command_{self.en}"


COMMANDS = (
    Command("start", "start", "start"),
    Command("hjaelp", "help", "help"),
    Command("emner", "topics", "list_topics"),
    Command("tjeklister", "checklists", "list_checklists"),
    Command("fortsaet", "continue", "continue"),
    Command("pause", "pause", "pause"),
    Command("intro", "course", "start_course"),
    Command("dokumenter", "documents", "my_documents"),
    Command("sprog", "language", "change_language"),
    Command("mine_data", "mydata", "export_my_data"),
    Command("slet", "delete", "delete_my_data"),
    Command("feedback", "feedback", "give_feedback"),
    Command("stop", "stop", "stop"),
)
START = taps.tap(taps.COMMAND, "start")
CONTINUE = taps.tap(taps.COMMAND, "continue")

_BY_NAME = {name: command for command in COMMANDS for name in (command.da, command.en)}
_WRITTEN = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)
_TOPIC = re.compile(r"t_([a-z]+)_([a-z][a-z-]*)")
_CHECKLIST = re.compile(r"c_([a-z0-9][a-z0-9-]*)")
_LANGUAGES = {"da": "da", "dansk": "da", "danish": "da", "en": "en", "engelsk": "en", "english": "en"}


@dataclass(frozen=True)
class Written:
    """A slash command as somebody wrote it."""

    name: str
    bot: str | None  # the bot that it is for, where one is named
    rest: str  # what follows

    @property
    def tap(self) -> str | None:
        """What it stands for, or None if there is no such command."""
        command = _BY_NAME.get(self.name)
        if command is None:
            return None
        if command.does == "start":
            return deep_link(self.rest) or START
        if command.does == "change_language" and self.rest.lower() in _LANGUAGES:
            return taps.tap(taps.COMMAND, "change_language", _LANGUAGES[self.rest.lower()])
        return taps.tap(taps.COMMAND, command.does)

    @property
    def code(self) -> str | None:
        """What came with `/start`: it may be an invite code."""
        return self.rest if self.name == "start" and self.rest else None


def written(text: str) -> Written | None:
    """The slash command that `text` is, or None."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    return Written(match["name"].lower(), match["bot"], (match["rest"] or "").strip())


def deep_link(payload: str) -> str | None:
    """The tap that a deep link stands for: `t_agreement_content` a topic, `c_readiness` a checklist."""
    topic, checklist = _TOPIC.fullmatch(payload), _CHECKLIST.fullmatch(payload)
    text = f"{taps.TOPIC}:{topic[1]}.{topic[2]}" if topic else f"{taps.START}:{checklist[1]}" if checklist else ""
    return text if taps.parse(text) else None
