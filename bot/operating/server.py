"""A small HTTP server for those who operate the bot: `/healthz`, `/readyz`, `/metrics`.

On a thread of its own, so that it can tell when the others are stuck.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from aiohttp import web

from bot.errors import StartError
from bot.operating.health import Health
from bot.operating.meters import CONTENT_TYPE, Meters

_START = 10.0  # seconds


@contextmanager
def serving(listen: tuple[str, int] | None, health: Health, meters: Meters) -> Iterator[None]:
    """While open, questions are answered at that address; where there is none, nobody asks.

    Raises StartError where it can't listen there.
    """
    if listen is None:
        yield
        return
    server = _Server(listen, health, meters)
    server.start()
    try:
        yield
    finally:
        server.stop()
        health.close()


class _Server:
    def __init__(self, listen: tuple[str, int], health: Health, meters: Meters) -> None:
        self._listen = listen
        self._health = health
        self._meters = meters
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="ops", daemon=True)

    def start(self) -> None:
        self._thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(_START)
        except OSError as error:
            host, port = self._listen
            raise StartError(
                f"MAKKER_OPS_LISTEN: {host}:{port} can't be listened on ({error.strerror}): give another address"
            ) from error

    def stop(self) -> None:
        with suppress(Exception):
            asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(1.0)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(1.0)

    async def _open(self) -> None:
        app = web.Application()
        routes = {"/healthz": self._healthz, "/readyz": self._readyz, "/metrics": self._metrics}
        app.add_routes([web.get(path, answer) for path, answer in routes.items()])
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._listen).start()

    async def _healthz(self, request: web.Request) -> web.Response:
        return _told("stuck", await self._health.stuck())

    async def _readyz(self, request: web.Request) -> web.Response:
        missing = await self._health.missing()
        self._meters.ready.set(not missing)
        return _told("not ready", missing)

    async def _metrics(self, request: web.Request) -> web.Response:
        self._meters.ready.set(not await self._health.missing())
        return web.Response(body=self._meters.text(), headers={"Content-Type": CONTENT_TYPE})


def _told(what: str, words: list[str]) -> web.Response:
    return web.Response(status=503, text=f"{what}: {' '.join(words)}\n") if words else web.Response(text="ok\n")
