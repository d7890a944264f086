"""The HTTP side: a server on a free port of the loopback, on a thread of its own."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
from typing import Any

from aiohttp import ClientSession, ClientTimeout, web

from tests.botapi import methods
from tests.botapi.chats import PATIENCE, Chat, File, Person
from tests.botapi.errors import Conflict, NotFound, Refused, TooManyRequests, Unauthorized
from tests.botapi.faults import Fault, Faults
from tests.botapi.world import World

_BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head></html>"


class BotApi:
    """The server. Use it as a context manager, or call `start` and `stop`."""

    def __init__(self, token: str = "42:AAtest", username: str = "makkerbot") -> None:
        self.token = token
        self.world = World(token, int(token.split(":")[0]), username)
        self.faults = Faults()
        self.filters_updates = True  # False: sends also what the bot has not asked for
        self.port = 0
        self._tolerated: list[str] = []
        self._quiet_until: dict[str, float] = {}  # by method: when it may be called again after a 429
        self._people = itertools.count(100)
        self._groups = itertools.count(500)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bot-api", daemon=True)

    # what a test does

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def user(self, name: str, username: str | None = None, language: str | None = "da") -> Person:
        return Person(self.world, next(self._people), name, username, language)

    def group(self, title: str, forum_threads: tuple[int, ...] = ()) -> Chat:
        """A group in which the bot is a member; with threads, a forum."""
        kind, number = ("supergroup", -1_000_000_000_000) if forum_threads else ("group", 0)
        chat_id = number - next(self._groups)
        return self.world.add_chat(chat_id, kind, title, is_forum=bool(forum_threads), threads=set(forum_threads))

    def channel_post(self, text: str) -> None:
        channel = self.world.add_chat(-next(self._groups), "channel", "Nyheder")
        self.world.push({"channel_post": {"message_id": 1, "date": 1, "chat": channel.as_json(), "text": text}})

    def tolerates(self, words: str) -> None:
        """A refusal with these words is part of the scenario."""
        self._tolerated.append(words)

    def broken_rules(self) -> list[tuple[str, str]]:
        """What was refused without being part of the scenario: method and words."""
        return [r for r in self.world.refusals if not any(words in r[1] for words in self._tolerated)]

    def wait_until_fetched(self, patience: float = PATIENCE) -> None:
        """Waits until the bot has confirmed every update."""
        if not self.world.wait(lambda: not self.world.updates, patience):
            raise AssertionError(f"the bot did not fetch {self.world.updates}")

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of a method, in order."""
        return [params for name, params in list(self.world.calls) if name == method]

    def wait_for_call(self, method: str, times: int = 1, patience: float = PATIENCE) -> None:
        if not self.world.wait(lambda: len(self.calls(method)) >= times, patience):
            raise AssertionError(f"{method} was not called {times} times, but {len(self.calls(method))}")

    # its life

    def __enter__(self) -> BotApi:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def start(self) -> None:
        self._thread.start()
        self._ready.wait(PATIENCE)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        runner = self._loop.run_until_complete(self._listen())
        self._ready.set()
        self._loop.run_forever()
        self._poke()
        self._loop.run_until_complete(runner.cleanup())
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _listen(self) -> web.AppRunner:
        self._news = asyncio.Event()
        self._polls = 0
        self._delivering: asyncio.Task[None] | None = None
        self.world.on_update = self._tell
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        return runner

    # requests

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fault = self.faults.take(method)
        if self._loop.time() < self._quiet_until.get(method, 0):
            self.world.refusals.append((method, "called again before retry_after was over"))
        try:
            if request.match_info["token"] != self.token:
                raise (Unauthorized if ":" in request.match_info["token"] else NotFound)("")
            if fault:
                broken = await self._before(fault, request)
                if broken is not None:
                    return broken
            result = await self._result(request, method, await _params(request))
        except Refused as refused:
            self.world.refusals.append((method, refused.description))
            return web.json_response(refused.as_json(), status=refused.code)
        except ConnectionResetError:
            return web.Response()  # the bot has hung up
        if fault and fault.kind == "reset_after":
            _hang_up(request)
        return web.json_response({"ok": True, "result": result})

    async def _before(self, fault: Fault, request: web.Request) -> web.Response | None:
        if fault.kind == "too_many":
            self.tolerates("Too Many Requests")
            self._quiet_until[request.match_info["method"]] = self._loop.time() + fault.seconds
            raise TooManyRequests(f"retry after {int(fault.seconds)}", retry_after=int(fault.seconds))
        if fault.kind == "bad_gateway":
            return web.Response(status=502, text=_BAD_GATEWAY, content_type="text/html")
        if fault.kind == "reset":
            _hang_up(request)
            return web.Response()
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        return None

    async def _result(self, request: web.Request, method: str, params: dict[str, Any]) -> Any:
        if method.lower() != "getupdates":
            self.world.calls.append((method, params))
            result = methods.call(self.world, method, params)
            self._on_update()  # a webhook that has just been set gets what is waiting
            return result
        return await self._get_updates(request, params)

    async def _get_updates(self, request: web.Request, params: dict[str, Any]) -> list[dict[str, Any]]:
        if self.world.webhook:
            raise Conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook"
            )
        self._polls += 1
        poll = self._polls
        self._poke()
        if "allowed_updates" in params and self.filters_updates:
            self.world.allowed_updates = json.loads(params["allowed_updates"])
        with self.world.changed:
            offset = int(params.get("offset") or 0)
            self.world.updates[:] = [update for update in self.world.updates if update["update_id"] >= offset]
            self.world.changed.notify_all()
        limit = int(params.get("limit") or 100)
        until = self._loop.time() + min(float(params.get("timeout") or 0), 50)
        while not self.world.updates and self._loop.time() < until and self._loop.is_running():
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), until - self._loop.time())
            except asyncio.TimeoutError:
                break
            if poll != self._polls:
                if request.transport is None or request.transport.is_closing():
                    return []  # nobody waits for this answer
                raise Conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
        return self.world.updates[:limit]

    def _tell(self) -> None:
        self._loop.call_soon_threadsafe(self._on_update)

    def _poke(self) -> None:
        self._news.set()

    # webhook

    def _on_update(self) -> None:
        self._poke()
        if self.world.webhook and (self._delivering is None or self._delivering.done()):
            self._delivering = self._loop.create_task(self._deliver())

    async def _deliver(self) -> None:
        async with ClientSession(timeout=ClientTimeout(total=5)) as session:
            while self.world.updates and self.world.webhook:
                update, hook = self.world.updates[0], self.world.webhook
                headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]} if hook["secret"] else {}
                try:
                    async with session.post(hook["url"], json=update, headers=headers) as response:
                        taken = response.ok
                except OSError:
                    taken = False
                with self.world.changed:
                    if taken:
                        self.world.updates.remove(update)
                    self.world.changed.notify_all()
                if not taken:
                    await asyncio.sleep(0.05)


def _hang_up(request: web.Request) -> None:
    if request.transport:
        request.transport.abort()


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
