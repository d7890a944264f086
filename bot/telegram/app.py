"""Opens the Telegram door and keeps it open until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot

from bot.door import Desk, Engine, Voice
from bot.errors import StartError
from bot.operating.farewell import ANSWERS, LAST_CALLS, LINES
from bot.operating.meters import MeteredEngine, Meters
from bot.operating.watch import Watch
from bot.reminders import Outbox
from bot.rendering.plain import plain
from bot.store.holding import BEAT
from bot.telegram.access import Access
from bot.telegram.callbacks import Signer
from bot.telegram.courier import PAUSES, Courier
from bot.telegram.departed import Departed
from bot.telegram.double_taps import elsewhere
from bot.telegram.inline import Inline
from bot.telegram.intake import Intake
from bot.telegram.menu import announce
from bot.telegram.metering import Metered, MeteredLine
from bot.telegram.polling import Poller
from bot.telegram.ports import Chats, ChatsInMemory, Members, MembersInMemory, Seen, SeenInMemory
from bot.telegram.presses import Buttons
from bot.telegram.quota import quota
from bot.telegram.reminders import reminding
from bot.telegram.sending import Sender
from bot.telegram.talk import Talk
from bot.telegram.turns import PATIENCE, Turns
from bot.telegram.webhook import Webhook, address, secret_of
from bot.telegram.wording import Wording

log = logging.getLogger(__name__)

API = "https://api.telegram.org"
UPDATES = ("message", "edited_message", "callback_query", "inline_query", "poll_answer", "my_chat_member")
_ORIENTED = 1.0  # seconds in which an update should have come that tells how far messages are numbered by now


@dataclass(frozen=True)
class TelegramSettings:
    """How the door is set up. `webhook` is the public address; without one the bot polls."""

    token: str | None
    api_base_url: str = API
    webhook: str | None = None
    webhook_secret: str | None = None
    listen: str = "127.0.0.1"
    port: int = 8443
    allowed: str | Iterable[str] | None = None
    messages_per_minute: float = 0  # of one person; 0: no bound
    papers_per_minute: float = 0
    redis_url: str | None = None
    language: str = "da"  # of what the operator reads
    retry_pauses: Sequence[float] = PAUSES
    patience: float = PATIENCE


async def run(
    settings: TelegramSettings,
    engine: Engine | Awaitable[Engine],
    voice: Voice,
    desk: Desk,
    *,
    seen: Seen | None = None,
    members: Members | None = None,
    chats: Chats | None = None,
    reminders: Outbox | None = None,
    stop: asyncio.Event | None = None,
    on_ready: Callable[[str], None] | None = None,
    watch: Watch | None = None,
) -> None:
    """Runs the bot until `stop` is set, or SIGTERM or SIGINT comes; then answers what is open and returns.

    The engine may still be loading: updates are taken meanwhile, their writers see the bot typing, and are
    answered when it is there. `on_ready` is called with the bot's user name when updates come in. `watch` gets to know
    how it goes.

    Raises StartError (one line for people) when the token is missing or refused, when Telegram can't be
    reached, or the webhook can't be set; and whatever loading the engine raises.
    """
    token = (settings.token or "").strip()
    if not token:
        raise _start_error(settings, voice, "no_token")
    memory = seen or SeenInMemory(), members or MembersInMemory(), chats or ChatsInMemory()
    door = _Door(settings, token, engine, voice, desk, *memory, reminders, watch or Watch())
    await door.run(stop or asyncio.Event(), on_ready)


class _Door:
    def __init__(
        self,
        settings: TelegramSettings,
        token: str,
        engine: Engine | Awaitable[Engine],
        voice: Voice,
        desk: Desk,
        seen: Seen,
        members: Members,
        chats: Chats,
        reminders: Outbox | None,
        watch: Watch,
    ) -> None:
        self._settings = settings
        self._watch = watch
        self._token = token
        self._reminders = reminders
        self._voice = voice
        self._refused = asyncio.Event()
        self._engine = _future(engine, watch.meters)
        self._bot, self._polls, courier = _line(settings, token, chats, self._refused, watch.meters)
        signer, access, wording = Signer(token), Access(settings.allowed, members), Wording(voice, desk)
        self._sender = Sender(self._bot, signer, desk, voice, chats)
        self._access = access
        bounds = quota(settings.messages_per_minute, settings.papers_per_minute, settings.redis_url)
        turns = Turns(self._engine, self._sender, wording, chats, settings.patience, bounds)
        inline = Inline(self._engine, access, desk, voice)
        buttons = Buttons(signer, chats, elsewhere(settings.redis_url))
        talk = Talk(turns, self._sender, wording, inline, buttons, access, chats, bounds)
        self._seen = seen
        self._intake = Intake(self._bot, seen, courier.notice, Metered(talk, watch.meters), self._engine.done)
        watch.meters.open = lambda: self._intake.open
        self._stop = asyncio.Event()
        self._ways: list[Poller | Webhook] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self, stop: asyncio.Event, on_ready: Callable[[str], None] | None) -> None:
        self._stop = stop
        health = self._watch.health
        health.on_loop("door", asyncio.get_running_loop())
        with _signals(stop):
            try:
                await self._open()
                health.takes = lambda: all(way.goes_well() for way in self._ways)
                self._tasks.append(asyncio.create_task(announce(self._bot, self._voice)))
                if on_ready:
                    on_ready(self._bot.username)
                async with reminding(self._reminders, self._sender, self._access, self._watch.farewell):
                    await self._until(stop)
                    await self._refuse()
            finally:
                await self._close()

    async def _open(self) -> None:
        """Connects, and begins to take updates."""
        webhook = self._settings.webhook
        key = "unreachable"
        try:
            await self._bot.initialize()
            key = "webhook_refused" if webhook else key
            await (self._listen(webhook) if webhook else self._poll())
        except InvalidToken:
            raise self._fault("token_refused") from None
        except NetworkError as error:
            raise self._fault(key, server=self._settings.api_base_url, error=error.message) from None
        except OSError as error:
            address = f"{self._settings.listen}:{self._settings.port}"
            raise self._fault("cannot_listen", address=address, error=error.strerror or str(error)) from None

    async def _poll(self) -> None:
        """Only one process polls: what is left is a dead one's."""
        await self._bot.delete_webhook()
        self._intake.take_over_from_now()
        await self._live()
        poller = Poller(self._bot, self._polls, UPDATES, self._intake.take)
        poller.start()
        self._ways.append(poller)

    async def _listen(self, public: str) -> None:
        """Several processes may listen: before this one does, the others have to know of it. As long as it can't
        answer yet, it leaves everything to them."""
        await self._live()
        await asyncio.sleep(2 * BEAT)
        while not (self._engine.done() or self._seen.is_alone or self._stop.is_set()):
            await asyncio.sleep(BEAT / 5)
        secret = self._settings.webhook_secret or secret_of(self._token)
        webhook = Webhook(self._token, secret, self._intake.take)
        await webhook.listen(self._settings.listen, self._settings.port)
        asyncio.get_running_loop().call_later(_ORIENTED, self._intake.take_over_from_now)
        self._ways.append(webhook)
        where = address(public, self._token)
        await self._bot.set_webhook(where, secret_token=secret, allowed_updates=UPDATES)

    async def _live(self) -> None:
        """Shows the others that this process is there, now and from now on, and takes over from the dead."""
        await asyncio.to_thread(self._seen.beat)
        await self._intake.take_up()
        self._tasks.append(asyncio.create_task(self._intake.live()))

    async def _until(self, stop: asyncio.Event) -> None:
        """Waits for the end: a wish to stop, an engine that doesn't load, a token that is refused."""
        stopped, refused = asyncio.create_task(stop.wait()), asyncio.create_task(self._refused.wait())
        waiting: set[asyncio.Future[Any]] = {stopped, refused, self._engine}
        try:
            while not stopped.done():
                done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                if refused in done:
                    raise self._fault("token_refused")
                if self._engine in done:
                    self._engine.result()
                    self._watch.health.loaded = True
                    waiting.discard(self._engine)
        finally:
            stopped.cancel()
            refused.cancel()

    async def _refuse(self) -> None:
        """Takes no more updates, at once. The time of the stop begins to count."""
        self._watch.stops()
        for way in self._ways:
            await self._watch.farewell.allow(way.refuse(), ANSWERS)

    async def _close(self) -> None:
        """Takes no more updates, answers the open ones, and hangs up; what takes longer than a stop may is left."""
        if not self._engine.done():
            self._engine.cancel()
        await self._refuse()
        farewell = self._watch.farewell
        await farewell.allow(self._intake.close(farewell.left(ANSWERS)), LAST_CALLS)
        for task in self._tasks:  # till now the others had to see that this process is there
            task.cancel()
        for way in self._ways:
            await farewell.allow(way.stop(), LAST_CALLS)
        await farewell.allow(self._bot.shutdown(), LINES)
        for line in self._bot.request, self._polls:  # the bot leaves them open where it could not begin
            await farewell.allow(line.shutdown(), LINES)

    def _fault(self, key: str, **values: str) -> StartError:
        return _start_error(self._settings, self._voice, key, **values)


def _start_error(settings: TelegramSettings, voice: Voice, key: str, **values: str) -> StartError:
    return StartError(" ".join(plain(voice.say(settings.language, f"telegram.{key}", **values)).split()))


def _future(engine: Engine | Awaitable[Engine], meters: Meters) -> asyncio.Future[Engine]:
    """The engine when it is there, its turns counted."""

    async def loaded(coming: Awaitable[Engine]) -> Engine:
        return MeteredEngine(await coming, meters)

    if isinstance(engine, Awaitable):
        return asyncio.ensure_future(loaded(engine))
    ready: asyncio.Future[Engine] = asyncio.get_running_loop().create_future()
    ready.set_result(MeteredEngine(engine, meters))
    return ready


@contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    """While open, SIGTERM and SIGINT set the event (in the main thread; elsewhere others see to them)."""
    numbers = (signal.SIGTERM, signal.SIGINT) if threading.current_thread() is threading.main_thread() else ()
    loop = asyncio.get_running_loop()
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _line(
    settings: TelegramSettings, token: str, chats: Chats, refused: asyncio.Event, meters: Meters
) -> tuple[ExtBot[None], MeteredLine, Courier]:
    """The bot as one calls it, the line by which updates are fetched, and what stands between."""
    courier = Courier(settings.retry_pauses, departed=Departed(chats.lose_reminders))
    base = settings.api_base_url.rstrip("/")
    polls = MeteredLine(meters, refused.set, connections=2)
    bot = ExtBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=MeteredLine(meters),
        get_updates_request=polls,
        rate_limiter=courier,
    )
    return bot, polls, courier
