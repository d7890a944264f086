"""The engine behind the doors: one Rasa agent on a thread and an event loop of its own.

Rasa works on its event loop without pause; on a thread of its own it doesn't hold up a door's loop.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import unicodedata
from collections.abc import Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from rasa.core.lock_store import InMemoryLockStore, LockStore

from bot.door import Inbound, Query
from bot.engine import answering
from bot.engine.agent import InProcessAgent, Replies, Said, parse_data
from bot.engine.presses import BLANK, parse_data_of
from bot.engine.trackers import BoundedTrackerStore, ConversationMovedError
from bot.errors import AwayError
from bot.operating.telling import know
from bot.operating.work import failed
from bot.store.database import takes_nothing
from bot.store.store import SqlStore
from dialogues.actions import ACTIONS
from dialogues.cards import Card, cards
from dialogues.reply import Reply
from dialogues.turn import Meaning, Services, spoken_language
from knowledge.schema import LANGUAGES

log = logging.getLogger(__name__)
T = TypeVar("T")

_GAP = re.compile(r"\s{4,}")
LONGEST = 4096  # characters of a message that are kept, as many as Telegram sends; a longer one is told to be too long


class RasaEngine:
    """Answers what comes in. Turns of one conversation are taken in order, of several as they come."""

    def __init__(self, model: Path, services: Services, store: SqlStore, locks: LockStore | None = None) -> None:
        self._services = services
        self._store = store
        self._locks = locks or InMemoryLockStore()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="rasa", daemon=True)
        self._thread.start()
        self._agent = self._on_thread(self._load(model, services)).result()

    async def _load(self, model: Path, services: Services) -> InProcessAgent:
        return self._agent_of(model, services)

    def _agent_of(self, model: Path, services: Services) -> InProcessAgent:
        actions = {action.name(): action for action in (kind(services) for kind in ACTIONS)}
        know(actions)
        agent = InProcessAgent(actions, BoundedTrackerStore(self._store), self._locks)
        agent.load_model(model)
        return agent

    def renew(self, model: Path, services: Services) -> None:
        """Loads another model and other content beside what runs, which takes seconds, and goes on with them. Turns
        that have begun end with what they began with."""
        agent = self._agent_of(model, services)

        async def swap() -> None:
            self._agent, self._services = agent, services

        self._on_thread(swap()).result()

    def beat(self) -> Future[None]:
        """Is over when the engine's thread has got round to it."""
        beat: Future[None] = self._on_thread(asyncio.sleep(0))
        return beat

    async def handle(self, inbound: Inbound) -> list[Reply]:
        """The replies to what came in, in order; at least one. What breaks is logged and answered with an apology.

        Raises AwayError where nothing can be stored for now, and what came in has an id, under which it can come again.
        """
        return await asyncio.wrap_future(self._on_thread(self._handle(inbound)))

    async def find(self, query: Query) -> list[Card]:
        """Topics and checklists for a few words, best first, in the language of the words where that is plain."""
        return await asyncio.wrap_future(self._on_thread(self._find(query)))

    async def _find(self, query: Query) -> list[Card]:
        text = clean(query.text)[:LONGEST].strip()
        understood: dict[str, Any] = {}
        processor = self._agent.processor
        if text and processor:
            understood = await processor.parse_message(Said(text, Replies(), "find", {}))
        language = spoken_language({}, {**understood, "hint": query.hint}, query.chosen)
        meaning = Meaning.from_message(understood)
        return cards(self._services, text, language, meaning, start=query.start, limit=query.limit)

    def close(self) -> None:
        """Ends the thread, after the turns that have begun."""
        self._on_thread(asyncio.sleep(0)).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)

    def _on_thread(self, work: Coroutine[Any, Any, T]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _handle(self, inbound: Inbound) -> list[Reply]:
        replies = Replies()
        try:
            with answering.turn(inbound.id, replies):
                await self._agent.handle_message(self._message(inbound, replies))
        except ConversationMovedError as error:
            log.warning("two processes spoke at once in the conversation %s", error)
            replies.error = error
        except Exception as error:
            log.exception("a turn failed")
            replies.error = error
        if replies.error and inbound.id and takes_nothing(replies.error):
            raise AwayError from replies.error
        if replies.failed or not replies.replies:
            failed()
            replies.replies.append(self._apology(inbound))
        return replies.replies

    @staticmethod
    def _message(inbound: Inbound, channel: Replies) -> Said:
        """What came in as Rasa takes it. A typed text is understood later, when its conversation is known."""
        text = clean(inbound.text or "") or inbound.tap or ""
        asker = {
            "owner": inbound.owner,
            "name": inbound.name,
            "hint": inbound.language,
            "forced": inbound.forced,
            "came": inbound.id,
        }
        message = Said(text[:LONGEST], channel, inbound.conversation, asker, inbound.id)
        if inbound.tap is not None:
            message.parse_data = parse_data(message.text, parse_data_of(inbound.tap), asker)
        elif len(text) > LONGEST or not text.strip():
            message.parse_data = parse_data(message.text, BLANK, asker)
        return message

    def _apology(self, inbound: Inbound) -> Reply:
        language = inbound.language if inbound.language in LANGUAGES else LANGUAGES[0]
        return Reply(self._services.knowledge.say(language, "answer.error"), language=language)


def clean(text: str) -> str:
    """Typed text without what no database and no document can hold: control characters, broken surrogates; and without
    long runs of white space, which say nothing, and cost much where words are looked for in them."""
    sound = text.encode("utf-8", "ignore").decode("utf-8")
    shown = "".join(sign for sign in sound if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    return _GAP.sub(lambda gap: "\n\n" if "\n" in gap[0] else " ", shown)
