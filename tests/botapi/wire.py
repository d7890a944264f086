"""The HTTP side: requests are read, faults strike, methods are called, updates go out."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import time
from collections import defaultdict, deque
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.botapi import methods
from tests.botapi.chats import File
from tests.botapi.errors import BadRequest, Conflict, NotFound, Refused, TooLarge, TooManyRequests, Unauthorized
from tests.botapi.faults import GATEWAY, Fault, Faults
from tests.botapi.world import World

_MOST_BYTES = 50 * 2**20
_GROUP_PACE, _GROUP_SPAN = 20, 60.0  # messages to a group within how many seconds
_POLL_LIMIT = 50.0


class Wire:
    """Answers HTTP requests on an event loop of its own."""

    def __init__(self, world: World, faults: Faults) -> None:
        self.world = world
        self.faults = faults
        self.token = world.token
        self.filters_updates = True
        self.group_pace = False
        self._quiet_until: dict[tuple[str, int | None], float] = {}  # when a call may come again after a 429
        self._sent: dict[int, deque[float]] = defaultdict(deque)  # by group: when the bot sent something
        self.polls = 0
        self._delivering: asyncio.Task[None] | None = None

    async def listen(self) -> tuple[web.AppRunner, int]:
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self.world.on_update = lambda: self._loop.call_soon_threadsafe(self._on_update)
        app = web.Application(client_max_size=_MOST_BYTES + 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{kind}/{id}", self._download)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return runner, runner.addresses[0][1]

    def poke(self) -> None:
        self._news.set()

    # requests

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        chat: int | None = None
        fault: Fault | None = None
        try:
            if request.match_info["token"] != self.token:
                raise (Unauthorized if ":" in request.match_info["token"] else NotFound)("")
            params = await _params(request)
            chat = _chat(params)
            fault = self.faults.take(method, chat)
            self._mind_haste(method, chat)
            self._flood(method, chat)
            if fault and not fault.after:
                broken = await self._strike(fault, request, method, chat)
                if broken is not None:
                    return broken
            result = await self._result(request, method, params)
        except Refused as refused:
            self.world.refusals.append((method, refused.description))
            return _json(refused.as_json(), refused.code)
        except web.HTTPRequestEntityTooLarge:
            return _json(TooLarge("").as_json(), 413)
        except ConnectionResetError:
            return web.Response()  # the bot has hung up
        if fault and fault.after:
            broken = await self._strike(fault, request, method, chat)
            if broken is not None:
                return broken
        if fault and fault.kind in ("duplicate", "out_of_order"):
            result = [update for update in result for _ in range(2)] if fault.kind == "duplicate" else result[::-1]
        answer = _json({"ok": True, "result": result})
        if fault and fault.kind == "truncated":
            answer = web.Response(
                text=(answer.text or "")[: len(answer.text or "") // 2], content_type="application/json"
            )
        return answer

    async def _strike(
        self, fault: Fault, request: web.Request, method: str, chat: int | None
    ) -> web.StreamResponse | None:
        if fault.kind == "too_many":
            self._quiet_until[method, chat] = time.monotonic() + fault.seconds
            raise TooManyRequests(fault.seconds - 0.5)
        if fault.kind == "refused":
            raise BadRequest(fault.words)
        if fault.kind == "gateway":
            title = f"{fault.status} {GATEWAY[fault.status]}"
            page = f"<html>\r\n<head><title>{title}</title></head>\r\n<body><h1>{title}</h1></body>\r\n</html>"
            return web.Response(status=fault.status, text=page, content_type="text/html")
        if fault.kind == "reset":
            if request.transport:
                request.transport.abort()
            return web.Response()
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        return None

    def _mind_haste(self, method: str, chat: int | None) -> None:
        if time.monotonic() < self._quiet_until.get((method, chat), 0):
            self.world.refusals.append((method, "called again before retry_after was over"))

    def _flood(self, method: str, chat: int | None) -> None:
        if method.lower() in ("getupdates", "getme"):
            return
        seconds = self.faults.flooded(chat)
        if seconds:
            raise TooManyRequests(seconds - 0.5)
        if self.group_pace and chat is not None and chat < 0 and method.lower().startswith("send"):
            if method.lower() == "sendchataction":
                return
            sent, now = self._sent[chat], time.monotonic()
            while sent and sent[0] <= now - _GROUP_SPAN:
                sent.popleft()
            if len(sent) >= _GROUP_PACE:
                raise TooManyRequests(sent[0] + _GROUP_SPAN - now)
            sent.append(now)

    async def _result(self, request: web.Request, method: str, params: dict[str, Any]) -> Any:
        if method.lower() == "getupdates":
            return await self._get_updates(request, params)
        self.world.calls.append((method, params))
        result = methods.call(self.world, method, params)
        if method.lower() in ("setwebhook", "deletewebhook"):
            self._on_update()  # a webhook that has just been set gets what is waiting
        return result

    async def _download(self, request: web.Request) -> web.Response:
        file = self.world.files.get(request.match_info["id"])
        if request.match_info["token"] != self.token or file is None:
            return _json(NotFound("").as_json(), 404)
        return web.Response(body=file.content)

    # updates

    async def _get_updates(self, request: web.Request, params: dict[str, Any]) -> list[dict[str, Any]]:
        if self.world.webhook:
            raise Conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self.polls += 1
        poll = self.polls
        self.poke()
        if "allowed_updates" in params and self.filters_updates:
            self.world.allowed_updates = json.loads(params["allowed_updates"])
        with self.world.changed:
            offset = int(params.get("offset") or 0)
            if offset > 0:
                self.world.updates[:] = [update for update in self.world.updates if update["update_id"] >= offset]
            self.world.changed.notify_all()
        limit = max(1, min(100, int(params.get("limit") or 100)))
        until = self._loop.time() + min(float(params.get("timeout") or 0), _POLL_LIMIT)
        while not self.world.updates and self._loop.time() < until and self._loop.is_running():
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), until - self._loop.time())
            except asyncio.TimeoutError:
                break
            if poll != self.polls:
                if request.transport is None or request.transport.is_closing():
                    return []  # nobody waits for this answer
                raise Conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
        return self.world.updates[:limit]

    def _on_update(self) -> None:
        self.poke()
        if self.world.webhook and (self._delivering is None or self._delivering.done()):
            self._delivering = self._loop.create_task(self._deliver())

    async def _deliver(self) -> None:
        async with ClientSession(timeout=ClientTimeout(total=5)) as session:
            while self.world.updates and self.world.webhook:
                update, hook = self.world.updates[0], self.world.webhook
                headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]} if hook["secret"] else {}
                taken = False
                with contextlib.suppress(OSError, ClientError, asyncio.TimeoutError):
                    async with session.post(hook["url"], json=update, headers=headers) as response:
                        taken = response.ok
                with self.world.changed:
                    if taken:
                        self.world.updates.remove(update)
                    self.world.changed.notify_all()
                if not taken:
                    await asyncio.sleep(0.05)


def _json(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.json_response(body, status=status)


def _chat(params: dict[str, Any]) -> int | None:
    given = str(params.get("chat_id", ""))
    return int(given) if given.lstrip("-").isdigit() and math.isfinite(float(given)) else None


async def _params(request: web.Request) -> dict[str, Any]:
    """The parameters of a call, from wherever they came."""
    params: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.json()
        return params | {key: value if isinstance(value, str) else json.dumps(value) for key, value in body.items()}
    for key, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            params[key] = File(value.filename, value.file.read())
        else:
            params[key] = value.decode() if isinstance(value, bytes | bytearray) else value
    return params
