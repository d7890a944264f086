"""Telegram as several processes see it: the tests' Bot API server, with webhooks as Telegram sends them.

Updates of one chat go out one after another, of up to 40 chats at a time; one that isn't taken comes again, after a
second, then two, four, eight. Each process calls at an address of its own (`/r0`, `/r1` …), so that the server can tell
which it is; it can be away, as when nothing of Telegram is to be reached.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web

from bot.telegram.intake import lane_of
from tests.botapi import BotApi
from tests.botapi.wire import Wire

CONNECTIONS = 40
_PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds before an update comes again
_PATIENCE = 15.0
Heard = Callable[[str, "int | None"], None]  # what has happened, and by which process


class Line(Wire):
    """`heard` learns of what happens: an update "pushed", "taken"; a call "begun", "done"."""

    heard: Heard = staticmethod(lambda what, process: None)
    away = False

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._known: set[int] = set()
        self._lanes: dict[str, deque[dict[str, Any]]] = defaultdict(deque)
        self._workers: set[asyncio.Task[None]] = set()
        self._session: ClientSession | None = None
        self.told: dict[int, list[tuple[float, str, str]]] = defaultdict(list)  # the calls, by chat
        self.again = 0  # updates that had to come again

    async def listen(self) -> tuple[web.AppRunner, int]:
        runner, port = await super().listen()
        apart = web.Application(client_max_size=50 * 2**20)
        apart.router.add_route("*", "/r{process}/bot{token}/{method}", self._answer)
        self._apart = web.AppRunner(apart, access_log=None, shutdown_timeout=0.2)
        await self._apart.setup()
        await web.TCPSite(self._apart, "127.0.0.1", 0).start()
        self.port = self._apart.addresses[0][1]
        return runner, port

    async def close(self) -> None:
        """Brings nothing more."""
        for worker in self._workers:
            worker.cancel()
        if self._session is not None:
            await self._session.close()
        await self._apart.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if self.away:
            return web.Response(status=502, text="<h1>502 Bad Gateway</h1>", content_type="text/html")
        return await super()._answer(request)

    async def _result(self, request: web.Request, method: str, params: dict[str, Any]) -> Any:
        process = int(request.match_info.get("process", -1))
        what = "action" if method == "sendChatAction" else "send" if method.startswith("send") else "call"
        self.heard(f"{what} begun", process)
        chat = str(params.get("chat_id", ""))
        if chat.isdigit() and what != "action":
            said = str(params.get("text") or params.get("caption") or "")[:60]
            told = f"{method} {params.get('message_id', '')} {said!r}"
            self.told[int(chat)].append((time.time(), f"by {process}", told))
        result = await super()._result(request, method, params)
        self.heard(f"{what} done", process)
        return result

    def _on_update(self) -> None:
        self.poke()
        if not self.world.webhook or self.away:
            return
        for update in list(self.world.updates):
            if update["update_id"] not in self._known:
                self._known.add(update["update_id"])
                lane = lane_of(update)
                begins = lane not in self._lanes
                self._lanes[lane].append(update)
                if begins:
                    worker = self._loop.create_task(self._bring(lane))
                    self._workers.add(worker)
                    worker.add_done_callback(self._workers.discard)

    async def _bring(self, lane: str) -> None:
        if self._session is None:
            connector = TCPConnector(limit=CONNECTIONS)
            self._session = ClientSession(connector=connector, timeout=ClientTimeout(total=_PATIENCE))
        queue, refused = self._lanes[lane], 0
        while queue:
            if await self._brought(queue[0]):
                with self.world.changed:
                    self.world.updates.remove(queue.popleft())
                    self.world.changed.notify_all()
                refused = 0
                self.heard("taken", None)
                continue
            self.again += 1
            await asyncio.sleep(_PAUSES[min(refused, len(_PAUSES) - 1)])
            refused += 1
        del self._lanes[lane]

    async def _brought(self, update: dict[str, Any]) -> bool:
        hook = self.world.webhook
        if hook is None or self._session is None or self.away:
            return False
        self.heard("pushed", None)
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]} if hook["secret"] else {}
        with contextlib.suppress(OSError, ClientError, asyncio.TimeoutError):
            async with self._session.post(hook["url"], json=update, headers=headers) as response:
                return bool(response.ok)
        return False


class Telegram(BotApi):
    """The server; `line` is where it can be cut off and listened to."""

    def __init__(self, token: str = "4242:AAbench-token-of-nobody") -> None:
        super().__init__(token=token)
        self.line = self._wire = Line(self.world, self.faults)

    def address(self, process: int) -> str:
        """Where a process calls."""
        return f"http://127.0.0.1:{self.line.port}/r{process}"

    def stop(self) -> None:
        """Ends, with the connections that it has open."""
        closing = asyncio.run_coroutine_threadsafe(self.line.close(), self._loop)
        with contextlib.suppress(Exception):
            closing.result(5)
        super().stop()

    def comes_back(self) -> None:
        """It was away, and is there again."""
        self.line.away = False
        self._loop.call_soon_threadsafe(self.line._on_update)
