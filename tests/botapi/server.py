"""The server as a test holds it: started, filled with people and groups, asked what happened."""

from __future__ import annotations

import asyncio
import itertools
import threading
from typing import Any

from tests.botapi.chats import PATIENCE, Chat
from tests.botapi.faults import Faults
from tests.botapi.people import Person
from tests.botapi.wire import Wire
from tests.botapi.world import World

_servers = itertools.count()


class BotApi:
    """The server. Use it as a context manager, or call `start` and `stop`."""

    def __init__(self, token: str = "42:AAtest", username: str = "makkerbot") -> None:
        self.world = World(token, int(token.split(":")[0]), username)
        self.faults = Faults()
        self.port = 0
        self._wire = Wire(self.world, self.faults)
        self._tolerated: list[str] = ["Too Many Requests: retry after"]
        first = 1000 * next(_servers)  # nobody is the same on two servers: they may share a bot's database
        self._people = itertools.count(100 + first)
        self._groups = itertools.count(500 + first)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bot-api", daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """The bot's token; another one is refused. May be changed while the server runs."""
        return self._wire.token

    @token.setter
    def token(self, token: str) -> None:
        self._wire.token = token

    @property
    def filters_updates(self) -> bool:
        """False: the server sends also what the bot has not asked for."""
        return self._wire.filters_updates

    @filters_updates.setter
    def filters_updates(self, filters: bool) -> None:
        self._wire.filters_updates = filters

    @property
    def polls(self) -> int:
        """How often the bot has asked for updates."""
        return self._wire.polls

    def keeps_group_pace(self) -> None:
        """From now on more than 20 messages a minute to one group are answered by 429."""
        self._wire.group_pace = True

    # who is there

    def user(self, name: str, username: str | None = None, language: str | None = "da") -> Person:
        return Person(self.world, next(self._people), name, username, language)

    def group(
        self, title: str, forum_threads: tuple[int, ...] = (), privacy: bool = False, supergroup: bool = False
    ) -> Chat:
        """A group in which the bot is a member; with threads, a forum.

        With `privacy` the bot is an ordinary member with its privacy mode on, and Telegram tells it little of what
        is said; without, it is told everything, as an administrator is.
        """
        large = bool(forum_threads) or supergroup
        chat_id = (-1_000_000_000_000 if large else 0) - next(self._groups)
        kind = "supergroup" if large else "group"
        details = {"is_forum": bool(forum_threads), "threads": set(forum_threads), "privacy": privacy}
        return self.world.add_chat(chat_id, kind, title, **details)

    def channel_post(self, text: str) -> None:
        channel = self.world.add_chat(-next(self._groups), "channel", "Nyheder")
        self.world.push({"channel_post": {"message_id": 1, "date": 1, "chat": channel.as_json(), "text": text}})

    # what happened

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
        runner, self.port = self._loop.run_until_complete(self._wire.listen())
        self._ready.set()
        self._loop.run_forever()
        self._wire.poke()
        self._loop.run_until_complete(runner.cleanup())
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()
