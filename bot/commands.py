"""Slash commands and deep links, and the taps that they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues import deep_links, taps
from dialogues.course.buttons import MANAGER
from dialogues.teams.render import JOIN


@dataclass(frozen=True)
class Command:
    """A slash command: its name in Danish and in English, and what it does."""

    da: str
    en: str
    does: str  # a command name of the engine
    takes_words: bool = False  # what follows it is what it is about

    def name(self, language: str) -> str:
        return self.da if language == "da" else self.en

    @property
    def describes(self) -> str:
        """The key of its description."""
        return f"telegram.command_{self.en}"


COMMANDS = (
    Command("start", "start", "start"),
    Command("menu", "menu", "menu"),
    Command("hjaelp", "help", "help"),
    Command("emner", "topics", "list_topics"),
    Command("tjeklister", "checklists", "list_checklists"),
    Command("fortsaet", "continue", "continue"),
    Command("pause", "pause", "pause"),
    Command("intro", "course", "start_course"),
    Command("dokumenter", "documents", "my_documents"),
    Command("mind", "remind", "remind", takes_words=True),
    Command("paamindelser", "reminders", "my_reminders"),
    Command("tidszone", "timezone", "timezone", takes_words=True),
    Command("sprog", "language", "change_language"),
    Command("mine_data", "mydata", "export_my_data"),
    Command("slet", "delete", "delete_my_data"),
    Command("feedback", "feedback", "give_feedback", takes_words=True),
    Command("link", "link", "link", takes_words=True),
    Command("sammen", "together", "together", takes_words=True),
    Command("stop", "stop", "stop"),
)
IN_GROUPS = ("menu", "help", "list_topics", "list_checklists", "together", "continue", "remind", "link", "stop")
"""What the commands do that a group's menu shows."""

START = taps.tap(taps.COMMAND, "start")
CONTINUE = taps.tap(taps.COMMAND, "continue")
LINK = taps.tap(taps.COMMAND, "link")

_BY_NAME = {name: command for command in COMMANDS for name in (command.da, command.en)}
_WRITTEN = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)
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
        if command.does == "link" and deep_links.target(self.rest):
            return taps.tap(taps.COMMAND, "link", self.rest)
        return taps.tap(taps.COMMAND, command.does)

    @property
    def words(self) -> str | None:
        """What it is about, where it takes words and has some."""
        command = _BY_NAME.get(self.name)
        return self.rest or None if command and command.takes_words else None

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
    """The tap that a deep link stands for: `t_agreement_content` a topic, `c_readiness` a checklist, `sammen` and
    `sammen_readiness` a team check that is to be begun."""
    target = deep_links.target(payload)
    if target is None:
        return None
    if target.kind == "together":
        parts = [taps.COMMAND, "together", *([target.id] if target.id else [])]
    elif target.kind == "learner":
        parts = [taps.COURSE, MANAGER, target.id]
    else:
        kinds = {"topic": taps.TOPIC, "checklist": taps.START, "team": taps.TEAM}
        parts = [kinds[target.kind], target.id, *([JOIN] if target.kind == "team" else [])]
    text = ":".join(parts)  # somebody may have made up what the link says
    return text if taps.parse(text) else None
