"""Takes updates by webhook: a small HTTP server behind whatever ends the TLS.

Its path can't be guessed, and every request has to bring the secret: both come from the bot's token, so that they
are the same after a restart and on every machine. An update is confirmed (200) when it has been noted; while the bot
stops (503), Telegram brings it again later.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

log = logging.getLogger(__name__)

MOST = 2**20  # bytes of an update
_SLOWEST = 10.0  # seconds that its body may take
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def path_of(token: str) -> str:
    """The last part of the webhook's address."""
    return _derived(token, b"makker webhook path")


def secret_of(token: str) -> str:
    """The secret where the settings give none."""
    return _derived(token, b"makker webhook secret")


def address(public: str, token: str) -> str:
    """The whole address, for the public address that the operator has given."""
    return f"{public.rstrip('/')}/{path_of(token)}"


def _derived(token: str, what: bytes) -> str:
    mac = hmac.digest(token.encode(), what, "sha256")
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


class Webhook:
    """Hands what comes to `take`; when that has returned, it is confirmed."""

    def __init__(self, token: str, secret: str, take: Callable[[list[dict[str, Any]]], Awaitable[None]]) -> None:
        self._path = path_of(token).encode()
        self._secret = secret.encode()
        self._take = take
        self._runner: web.AppRunner | None = None
        self._closing = False

    async def listen(self, host: str, port: int) -> None:
        """Raises OSError where it can't listen there."""
        app = web.Application(client_max_size=MOST)
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SLOWEST)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner

    def goes_well(self) -> bool:
        """Whether updates can come in."""
        return self._runner is not None and not self._closing

    async def refuse(self) -> None:
        """Takes no more: Telegram is asked to come again."""
        self._closing = True

    async def stop(self) -> None:
        self._closing = True
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        """Answers a request; wherever something is wrong, with no more than a status."""
        last = request.path.rsplit("/", 1)[-1]
        if not hmac.compare_digest(last.encode("utf-8", "replace"), self._path):
            return web.Response(status=404)
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST"})
        if not hmac.compare_digest(request.headers.get(_HEADER, "").encode("utf-8", "replace"), self._secret):
            return web.Response(status=403)
        if self._closing:
            return web.Response(status=503)
        if request.content_type != "application/json":
            return web.Response(status=415)
        try:
            update = await asyncio.wait_for(request.json(), _SLOWEST)
        except asyncio.TimeoutError:
            return web.Response(status=408)
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(update, dict) or type(update.get("update_id")) is not int:
            return web.Response(status=400)
        try:
            await self._take([update])
        except Exception:
            log.exception("an update could not be taken, and will come again")
            return web.Response(status=503)
        return web.Response()
