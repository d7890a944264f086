"""A small engine with a script, and the door on a thread: what the tests of the Telegram door talk to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType

from bot import door
from bot.door import Engine, Inbound, Query
from bot.operating.watch import Watch
from bot.reminders import Outbox
from bot.telegram.app import TelegramSettings, run
from bot.telegram.ports import Chats, SeenInMemory
from dialogues.cards import Card
from dialogues.reply import Attachment, Choice, Reply
from knowledge.loader import Knowledge
from tests.botapi import BotApi

STEPS = ("mål", "parter", "økonomi")


class ScriptedEngine:
    """Answers a few words, walks through three questions, and keeps what came in."""

    def __init__(self) -> None:
        self.inbounds: list[Inbound] = []
        self.queries: list[Query] = []
        self.cards: list[Card] = []  # what is found for anything
        self.says: dict[str, list[Reply]] = {}  # what else it answers to a text
        self.at: dict[str, int] = {}  # the step of each owner
        self.hold = threading.Event()  # while clear, "vent" is not answered
        self.hold.set()

    async def handle(self, inbound: Inbound) -> list[Reply]:
        self.inbounds.append(inbound)
        if inbound.tap:
            return self._tapped(inbound.owner, inbound.tap)
        text = inbound.text or ""
        if text in self.says:
            return self.says[text]
        if text == "vent":
            while not self.hold.is_set():
                await asyncio.sleep(0.01)
        if text == "gå i stykker":
            raise RuntimeError("secret detail")
        if text == "knapper":
            choice = Choice(
                "Mere om økonomien i samarbejdet og om alt det andet, som hører til det", "m:agreement.content"
            )
            return [Reply("**Vælg**", ((choice,), (Choice("Start", "c:readiness"),)))]
        if text == "fil":
            return [Reply("Her er den:", attachments=(Attachment("d1", "aftale.docx", "application/x", "_Udkast_"),))]
        if text == "tabt fil":
            return [Reply("Her er den:", attachments=(Attachment("væk", "aftale.docx", "application/x"),))]
        if text == "langt":
            return [
                Reply("\n\n".join(f"**Afsnit {n}.** " + "ord " * 90 for n in range(30)), ((Choice("Mere", "m:a.b"),),))
            ]
        if text == "emne":
            return [_topic("a.b", "Kort")]
        if text == "start":
            self.at[inbound.owner] = 0
            return [self._step(inbound.owner)]
        return [Reply(f"ekko: {_shown(text)}")]

    async def find(self, query: Query) -> list[Card]:
        self.queries.append(query)
        return self.cards[query.start : query.start + query.limit]

    def _tapped(self, owner: str, tap: str) -> list[Reply]:
        if tap.startswith("a:"):
            _, _, item, _ = tap.split(":")
            if STEPS[self.at.get(owner, 0)].startswith(item):
                self.at[owner] = min(self.at.get(owner, 0) + 1, len(STEPS) - 1)
            return [self._step(owner)]
        if tap.startswith("w:"):
            self.at[owner] = max(self.at.get(owner, 0) - 1, 0)
            return [self._step(owner)]
        if tap in ("m:a.b", "t:a.b", "t:c.d"):
            return [_topic(tap[2:], "Langt" if tap.startswith("m") else "Kort")]
        if tap == "k:continue" and owner in self.at:
            return [self._step(owner)]
        return [Reply(f"tap: {_shown(tap)}")]

    def _step(self, owner: str) -> Reply:
        at = self.at[owner]
        item = {"mål": "m", "parter": "parter", "økonomi": "o"}[STEPS[at]]
        answers = (Choice("Ja", f"a:run00001:{item}:yes"), Choice("Tilbage", "w:run00001:back"))
        return Reply(f"{at + 1} af 3: {STEPS[at]}?", (answers,), place="run:run00001")


def _topic(topic: str, length: str) -> Reply:
    other = Choice("Mere", f"m:{topic}") if length == "Kort" else Choice("Eksempel", f"e:{topic}")
    ways = (other, Choice("Kort", f"t:{topic}"), Choice("Andet", "t:c.d"))
    return Reply(f"{length} om {topic}", (ways,), place=f"topic:{topic}")


def _shown(text: str) -> str:
    return text.replace("_", r"\_").replace("*", r"\*")


@dataclass
class Document:
    id: str
    file_name: str
    mime: str
    created: datetime


class Desk:
    """A store with one file in it."""

    def __init__(self) -> None:
        self.languages: dict[str, str] = {}

    def language(self, owner: str) -> str | None:
        return self.languages.get(owner)

    def voted(self, owner: str, topic: str) -> bool | None:
        return None

    def document_content(self, owner: str, document_id: str) -> tuple[Document, bytes] | None:
        if document_id != "d1":
            return None
        return Document("d1", "aftale.docx", "application/x", datetime(2026, 1, 1)), b"PK word"


@dataclass
class Door:
    """The bot, running on a thread of its own until the block ends."""

    telegram: BotApi
    knowledge: Knowledge
    engine: Engine | Awaitable[Engine]
    settings: dict[str, object] = field(default_factory=dict)
    desk: door.Desk = field(default_factory=Desk)
    seen: SeenInMemory = field(default_factory=SeenInMemory)
    reminders: Outbox | None = None
    chats: Chats | None = None
    error: BaseException | None = None
    watch: Watch | None = None

    def __enter__(self) -> Door:
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(20)
        if self.error:
            raise self.error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)
        assert not self._thread.is_alive(), "the bot did not stop"

    def wait(self) -> None:
        """Waits until the bot ends by itself."""
        self._thread.join(20)

    def _run(self) -> None:
        try:
            asyncio.run(self._open())
        except BaseException as error:
            self.error = error
        finally:
            self._ready.set()

    async def _open(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        given = {"token": self.telegram.token, "api_base_url": self.telegram.url, "retry_pauses": (0.05, 0.1, 0.2)}
        await run(
            TelegramSettings(**{**given, **self.settings}),  # type: ignore[arg-type]
            self.engine,
            self.knowledge,
            self.desk,
            seen=self.seen,
            reminders=self.reminders,
            chats=self.chats,
            stop=self._stop,
            on_ready=lambda name: self._ready.set(),
            watch=self.watch,
        )
