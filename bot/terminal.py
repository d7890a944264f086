"""The terminal door: a conversation by keyboard, or one message a line when input is piped.

Buttons are numbered, and a number presses one; the engine knows a button's words. Where a number would be an answer,
the buttons are numbered as #1, #2 … Files are written to the data directory.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from bot.commands import written
from bot.door import Desk, Engine, Inbound, Voice
from bot.reminders import Herald, Outbox, Told
from bot.rendering.markup import clean
from bot.rendering.plain import plain
from bot.rendering.terminal import terminal
from dialogues.reminding.reminder import Reminder
from dialogues.reply import Choice, Reply

_LONGEST_NAME = 120  # characters of a folder's name, before what tells it from others


@dataclass(frozen=True)
class Offered:
    """The buttons on the screen, in the order of their numbers. `sign` stands before each number."""

    choices: tuple[Choice, ...] = ()
    sign: str = ""

    def pressed(self, text: str) -> str | None:
        """The tap of the button whose number the text is."""
        said = text.strip()
        number = said.strip("[]().").removeprefix(self.sign) if said.strip("[(").startswith(self.sign) else ""
        if number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= len(self.choices):
            return self.choices[int(number) - 1].tap
        return None


@dataclass(frozen=True)
class Speaker:
    """Who talks at this terminal. `language` None: the language of the messages."""

    name: str
    language: str | None = None

    @property
    def owner(self) -> str:
        return f"terminal:{self.name.replace('/', '%2F')}"  # a stroke would make a group's member of them

    def says(self, text: str, offered: Offered) -> Inbound:
        """The message, or the tap where the text presses one of the offered buttons or is a slash command."""
        command = written(text.strip())
        pressed = offered.pressed(text) or (command.tap if command else None)
        forced = self.language is not None
        if pressed:
            words = None if offered.pressed(text) or command is None else command.words
            return Inbound(self.owner, self.owner, text=words, tap=pressed, language=self.language, forced=forced)
        return Inbound(self.owner, self.owner, text=text, language=self.language, forced=forced)


class Paper:
    """Prints replies: in plain text, or with colours where `coloured`."""

    def __init__(self, folder: Path, desk: Desk, voice: Voice, *, coloured: bool) -> None:
        self._folder = folder
        self._desk = desk
        self._voice = voice
        self._console = None
        if coloured:
            from rich.console import Console

            self._console = Console(highlight=False, soft_wrap=False, width=_width())

    def print(self, owner: str, replies: Sequence[Reply], above: Offered | None = None) -> Offered:
        """Shows the replies and gives the buttons that can be pressed now: these, behind those `above`."""
        above = above or Offered()
        sign = "#" if above.sign or any(reply.takes_numbers for reply in replies) else ""
        in_order = _steps_first(replies)
        before = {
            id(one): len(above.choices) + sum(len(other.buttons) for other in in_order[:n])
            for n, one in enumerate(in_order)
        }
        for reply in replies:
            if reply.forgotten:
                shutil.rmtree(self._folder_of(owner), ignore_errors=True)
            self._line()
            self._text(reply.text)
            for attachment in reply.attachments:
                path = self._saved(owner, attachment.document, attachment.file_name)
                if path:
                    self._text(self._voice.say(reply.language, "terminal.saved", path=path))
            if reply.buttons:
                self._line()
            number = before[id(reply)]
            for row in reply.choices:
                self._row(row, sign, number)
                number += len(row)
        self._line()
        return Offered((*above.choices, *(choice for reply in in_order for choice in reply.buttons)), sign)

    def say(self, language: str, key: str) -> None:
        """Shows a text of the door's own."""
        self._text(self._voice.say(language, key))

    def _row(self, row: Sequence[Choice], sign: str, before: int) -> None:
        line = "   ".join(f"[{sign}{number}] {clean(choice.label)}" for number, choice in enumerate(row, before + 1))
        if self._console:
            self._console.print(line, style="cyan", markup=False)
        else:
            print(line, flush=True)

    def _text(self, text: str) -> None:
        if self._console:
            self._console.print(terminal(text))
        else:
            print(plain(text), flush=True)

    def _line(self) -> None:
        if self._console:
            self._console.print()
        else:
            print(flush=True)

    def _saved(self, owner: str, document: str, name: str) -> Path | None:
        found = self._desk.document_content(owner, document)
        if found is None:
            return None
        path = self._folder_of(owner) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.part")
        unfinished.write_bytes(found[1])
        unfinished.replace(path)  # who has an earlier file of that name keeps it whole until then
        return path

    def _folder_of(self, owner: str) -> Path:
        return folder_of(self._folder, owner)


def folder_of(folder: Path, owner: str) -> Path:
    """Where one user's files go; whatever the name, also none or a very long one, it is one folder below `folder`."""
    name = quote(owner.partition(":")[2], safe="").replace(".", "%2E") or "%"
    if len(name) > _LONGEST_NAME:
        name = f"{name[:_LONGEST_NAME]}%{sha256(owner.encode()).hexdigest()[:16]}"
    return folder / name


def _steps_first(replies: Sequence[Reply]) -> list[Reply]:
    """The replies in the order in which their buttons are numbered: a walkthrough's step keeps its numbers, whatever
    was answered in between."""
    return sorted(replies, key=lambda reply: not (reply.place or "").startswith("run:"))


async def talk(engine: Engine, speaker: Speaker, paper: Paper, outbox: Outbox | None = None) -> None:
    """The conversation, until the input ends. Reminders come at its beginning, and while it waits."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    offered = Offered()

    async def remind(reminder: Reminder, reply: Reply) -> Told:
        nonlocal offered
        offered = paper.print(speaker.owner, [reply], offered)
        return "sent"

    if interactive:
        offered = paper.print(speaker.owner, await engine.handle(speaker.says("/start", offered)))
        paper.say(speaker.language or "da", "terminal.how-to")
    async with _reminding(Herald(outbox, speaker.owner, remind) if outbox else None):
        lines = _prompted() if interactive else _piped()
        async for line in lines:
            replies = await engine.handle(speaker.says(line, offered))
            offered = paper.print(speaker.owner, replies)


@asynccontextmanager
async def _reminding(herald: Herald | None) -> AsyncIterator[None]:
    """Says what is due, and, while the block runs, what becomes due."""
    if herald is None:
        yield
        return
    await herald.say_due()
    waiting = asyncio.create_task(herald.run())
    try:
        yield
    finally:
        herald.stop()
        await waiting


async def _piped() -> AsyncIterator[str]:
    while line := await asyncio.to_thread(sys.stdin.buffer.readline):
        yield line.decode("utf-8", "replace").rstrip("\r\n")


async def _prompted() -> AsyncIterator[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.patch_stdout import patch_stdout

    session: PromptSession[str] = PromptSession()
    while True:
        try:
            with patch_stdout(raw=True):  # a reminder may be printed meanwhile: above the line that is being typed
                line = await session.prompt_async("> ")
        except (EOFError, KeyboardInterrupt):
            return
        if line.strip():
            yield line


def _width() -> int:
    return min(shutil.get_terminal_size().columns, 88)
