"""Opens the Telegram door and keeps it open until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, TypeHandler, Updater
from telegram.request import HTTPXRequest

from bot.door import Desk, Engine, Voice
from bot.errors import StartError
from bot.rendering.plain import plain
from bot.telegram.access import Access
from bot.telegram.callbacks import Signer
from bot.telegram.courier import PAUSES, Courier
from bot.telegram.lanes import Lanes
from bot.telegram.menu import announce
from bot.telegram.ports import Members, MembersInMemory, Seen, SeenInMemory
from bot.telegram.sending import Sender
from bot.telegram.talk import PATIENCE, Talk

log = logging.getLogger(__name__)

API = "https://api.telegram.org"
_UPDATES = ("message", "callback_query")
_POLL = 30  # seconds that Telegram holds a poll
_FAREWELL = 15.0  # seconds that open answers have when the bot stops
_CONNECTIONS, _WAIT_FOR_ONE = 128, 30.0


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
    stop: asyncio.Event | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Runs the bot until `stop` is set, or SIGTERM or SIGINT comes; then answers what is open and returns.

    The engine may still be loading: updates are taken meanwhile, their writers see the bot typing, and are
    answered when it is there. `on_ready` is called with the bot's user name when updates come in.

    Raises StartError (one line for people) when the token is missing or refused, when Telegram can't be
    reached, or the webhook can't be set; and whatever loading the engine raises.
    """
    token = (settings.token or "").strip()
    if not token:
        raise _start_error(settings, voice, "no_token")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its addresses hold the token
    door = _Door(settings, token, engine, voice, desk, seen or SeenInMemory(), members or MembersInMemory())
    await door.run(stop or asyncio.Event(), on_ready)


class _PollRequest(HTTPXRequest):
    """Fetches updates, and notices when Telegram refuses the token that it took before."""

    def __init__(self, refused: asyncio.Event) -> None:
        super().__init__(connection_pool_size=2, pool_timeout=_WAIT_FOR_ONE)
        self._refused = refused

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if code == 401:
            self._refused.set()
        return code, payload


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
    ) -> None:
        self._settings = settings
        self._voice = voice
        self._refused = asyncio.Event()
        self._engine = _future(engine)
        signer, access = Signer(token), Access(settings.allowed, members)
        lanes = Lanes()
        self._app = self._build(token, lanes)
        self._updater = cast(Updater, self._app.updater)
        sender = Sender(self._app.bot, signer, desk, voice)
        self._talk = Talk(self._engine, sender, signer, access, seen, desk, voice, settings.patience)
        lanes.arrives = self._talk.arrives
        self._app.add_handler(TypeHandler(Update, self._talk.take))
        self._app.add_error_handler(_log_error)

    def _build(self, token: str, lanes: Lanes) -> Application[Any, Any, Any, Any, Any, Any]:
        base = self._settings.api_base_url.rstrip("/")
        return (
            ApplicationBuilder()
            .token(token)
            .base_url(f"{base}/bot")
            .base_file_url(f"{base}/file/bot")
            .rate_limiter(Courier(self._settings.retry_pauses))
            .concurrent_updates(lanes)
            .connection_pool_size(_CONNECTIONS)
            .pool_timeout(_WAIT_FOR_ONE)
            .get_updates_request(_PollRequest(self._refused))
            .build()
        )

    async def run(self, stop: asyncio.Event, on_ready: Callable[[str], None] | None) -> None:
        app = self._app
        greeting: asyncio.Task[None] | None = None
        with _signals(stop):
            try:
                await self._open()
                greeting = asyncio.create_task(announce(app.bot, self._voice))
                if on_ready:
                    on_ready(app.bot.username)
                await self._until(stop)
            finally:
                if greeting:
                    greeting.cancel()
                await self._close()

    async def _open(self) -> None:
        """Connects, and begins to take updates."""
        try:
            await self._app.initialize()
            await self._app.start()
            await (self._listen(self._settings.webhook) if self._settings.webhook else self._poll())
        except InvalidToken:
            raise self._fault("token_refused") from None
        except NetworkError as error:
            key = "webhook_refused" if self._settings.webhook and self._app.running else "unreachable"
            raise self._fault(key, server=self._settings.api_base_url, error=error.message) from None
        except OSError as error:
            address = f"{self._settings.listen}:{self._settings.port}"
            raise self._fault("cannot_listen", address=address, error=error.strerror or str(error)) from None

    async def _poll(self) -> None:
        await self._updater.start_polling(
            timeout=_POLL, allowed_updates=_UPDATES, error_callback=_log_poll_error, drop_pending_updates=False
        )

    async def _listen(self, webhook: str) -> None:
        await self._updater.start_webhook(
            listen=self._settings.listen,
            port=self._settings.port,
            url_path=urlsplit(webhook).path,
            webhook_url=webhook,
            secret_token=self._settings.webhook_secret or secrets.token_urlsafe(32),
            allowed_updates=_UPDATES,
        )

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
                    waiting.discard(self._engine)
        finally:
            stopped.cancel()
            refused.cancel()

    async def _close(self) -> None:
        """Takes no more updates, answers the open ones, and hangs up."""
        if not self._engine.done():
            self._engine.cancel()
        if self._updater.running:
            with suppress(TelegramError):
                await self._updater.stop()
        if self._app.running:
            try:
                await asyncio.wait_for(self._app.stop(), _FAREWELL)
            except asyncio.TimeoutError:
                log.warning("some answers were still open after %s s", _FAREWELL)
        await self._app.shutdown()
        await self._app.bot.shutdown()

    def _fault(self, key: str, **values: str) -> StartError:
        return _start_error(self._settings, self._voice, key, **values)


def _start_error(settings: TelegramSettings, voice: Voice, key: str, **values: str) -> StartError:
    return StartError(" ".join(plain(voice.say(settings.language, f"telegram.{key}", **values)).split()))


def _future(engine: Engine | Awaitable[Engine]) -> asyncio.Future[Engine]:
    if isinstance(engine, Awaitable):
        return asyncio.ensure_future(engine)
    ready: asyncio.Future[Engine] = asyncio.get_running_loop().create_future()
    ready.set_result(engine)
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


def _log_poll_error(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("another process fetches updates with the same token: %s", error.message)
    else:
        log.warning("updates could not be fetched, trying again: %s", error.message)


async def _log_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    log.error("an update could not be handled", exc_info=context.error)
