"""The doors, each as one call that takes what somebody sends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from telegram.ext import ExtBot

from bench.fuzzing.nasty import Nasty
from bench.fuzzing.silent import Silent
from bot.ask import ask, questions
from bot.door import Inbound
from bot.errors import StartError
from bot.house import House
from bot.telegram import app, pasted
from bot.telegram.courier import Courier
from bot.telegram.intake import Intake
from bot.telegram.webhook import Webhook, path_of
from bot.terminal import Offered, Paper, Speaker
from dialogues.reply import Reply

TOKEN = "4242:AAfuzz-token-of-nobody"
PEOPLE = 12
Throw = Callable[[], Awaitable[object]]


class Terminal:
    """`makker chat`: lines that are typed."""

    def __init__(self, engine: Any, house: House, nasty: Nasty) -> None:
        self._engine, self._nasty = engine, nasty
        self._paper = Paper(Path(house.settings.data_dir) / "documents", house.store, house.knowledge, coloured=False)
        names = ("", "..", "../x", "a/b", "x" * 400, "con", "\u202ex", *(f"u{number}" for number in range(PEOPLE)))
        self.people = [Speaker(name[:90]) for name in names]
        self._offered = {speaker.owner: Offered() for speaker in self.people}
        self.printed = ""

    async def line(self) -> str:
        nasty = self._nasty
        text = nasty.text(nasty.random.choice((4096, 4096, 4096, 4096, 100_000, 2**20)))
        await self.types(nasty.random.choice(self.people), text)
        return text

    async def types(self, speaker: Speaker, text: str) -> list[Reply]:
        replies = await self._engine.handle(speaker.says(text, self._offered[speaker.owner]))
        with redirect_stdout(StringIO()) as out:
            self._offered[speaker.owner] = self._paper.print(speaker.owner, replies)
        self.printed = out.getvalue()
        return list(replies)


class Batch:
    """`makker ask --batch`: lines of JSON."""

    def __init__(self, engine: Any, house: House, nasty: Nasty) -> None:
        self._engine, self._house, self._nasty = engine, house, nasty

    async def line(self) -> str:
        nasty = self._nasty
        turns = [nasty.text(2000) for _ in range(nasty.random.randint(1, 2))]
        if nasty.random.random() < 0.5:
            typed = nasty.json().decode("utf-8", "replace").replace("\n", " ")
        else:
            language = nasty.random.choice(("da", "en", "xx", None, 3, [], {"a": 1}))
            typed = json.dumps({"id": nasty.random.choice((1, "x", None, [])), "turns": turns, "lang": language})
        try:
            entries = list(questions([typed], "stdin"))
        except StartError:
            return typed
        for _, said, language in entries:
            answer = await ask(self._engine, self._house.store, said, language)
            json.dumps(answer).encode()
        return typed


class Telegram:
    """`makker telegram`: updates, through the whole of the bot except the network."""

    def __init__(self, engine: Any, house: House, nasty: Nasty) -> None:
        self._nasty, self._engine, self._house = nasty, engine, house
        self.api = Silent()
        self._number = 0
        self._message = 0

    async def open(self) -> None:
        pasted.WAIT = 0.01  # a full message waits so long for the rest of its text
        bot: ExtBot[None] = ExtBot(TOKEN, request=self.api, get_updates_request=self.api)
        made: list[Any] = []
        ready, self._stop = asyncio.Event(), asyncio.Event()

        def intake(*given: Any, **named: Any) -> Any:
            made.append(Intake(*given, **named))
            return made[-1]

        with patch.object(app, "_line", lambda *_: (bot, self.api, Courier(()))), patch.object(app, "Intake", intake):
            settings, store, knowledge = app.TelegramSettings(token=TOKEN), self._house.store, self._house.knowledge
            running = app.run(
                settings, self._engine, knowledge, store, members=store, chats=store, stop=self._stop,
                on_ready=lambda _: ready.set(),
            )  # fmt: skip
            self._running = asyncio.create_task(running)
            await ready.wait()
        self._intake = made[0]
        self.webhook = Webhook(TOKEN, "secret", self._intake.take)

    async def close(self) -> None:
        self._stop.set()
        await self._running

    async def send(self, **update: Any) -> None:
        self._number += 1
        await self._intake.take([{"update_id": self._number, **update}])
        await self._intake._lanes.empty()

    def user(self, number: int) -> dict[str, Any]:
        nasty = self._nasty
        name = nasty.text(64) or "x"
        language = nasty.random.choice(("da", "en", "de", "x" * 30, None))
        return {"id": number, "is_bot": False, "first_name": name, "username": f"u{number}", "language_code": language}

    def message(self, chat: int, user: int, text: str, **more: Any) -> dict[str, Any]:
        self._message += 1
        where = {"id": chat, "type": "private" if chat > 0 else "supergroup", "title": "x", "first_name": "x"}
        return {
            "message_id": self._message,
            "date": 1_800_000_000 + self._message * 9,
            "chat": where,
            "from": self.user(user),
            "text": text,
            **more,
        }

    async def written(self) -> str:
        nasty, person = self._nasty, self._nasty.random.randint(1, PEOPLE)
        text = nasty.text()
        chat, more = person, {}
        if nasty.random.random() < 0.25:
            chat = -nasty.random.randint(1, 3)
            at = nasty.random.choice((0, 3, 10**6, -1))
            more["entities"] = [
                {
                    "type": nasty.one(("mention", "bot_command", "url", "bold", "x")),
                    "offset": at,
                    "length": nasty.random.choice((1, 11, 10**9)),
                }
            ]
            text = nasty.one(("@makker_bot ", "")) + text
            if nasty.random.random() < 0.5:
                more["reply_to_message"] = {
                    **self.message(chat, 4242, "x"),
                    "from": {"id": 4242, "is_bot": True, "first_name": "M"},
                }
        kind = "edited_message" if nasty.random.random() < 0.1 else "message"
        message = self.message(chat, person, text[:4096], **more)
        if nasty.random.random() < 0.1:
            message.update(
                nasty.random.choice(
                    (
                        {"caption": message.pop("text"), "photo": []},
                        {"contact": {"phone_number": "1", "first_name": text}},
                        {"message_thread_id": 3, "is_topic_message": True},
                    )
                )
            )
        await self.send(**{kind: message})
        return text

    async def pressed(self) -> str:
        nasty, person = self._nasty, self._nasty.random.randint(1, PEOPLE)
        genuine = nasty.random.random() < 0.4 and self.api.data
        data = nasty.one(self.api.data) if genuine else nasty.data(self.api.data)
        chat = nasty.random.choice((person, person, -1))
        below = self.message(
            chat, 4242, "x", reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": data or "x"}]]}
        )
        query = {
            "id": str(self._number),
            "from": self.user(person),
            "chat_instance": "1",
            "data": data,
            "message": below,
        }
        if nasty.random.random() < 0.1:
            del query["message"]
        await self.send(callback_query=query)
        return data

    async def linked(self) -> str:
        nasty, person = self._nasty, self._nasty.random.randint(1, PEOPLE)
        kind = nasty.one(("t_", "c_", "s_", "m_", "sammen_", "sammen", "", "t_partnership_", "c_readiness"))
        text = f"/start {kind}{nasty.one(('what', 'abcd2345', 'agreement', nasty.text(64)))}"
        await self.send(message=self.message(person, person, text))
        return text

    async def looked_up(self) -> str:
        nasty, person = self._nasty, self._nasty.random.randint(1, PEOPLE)
        text = nasty.text(300)
        offset = nasty.one(("", "20", "-1", "99999999999", "²", "x", nasty.text(30)))
        await self.send(
            inline_query={"id": str(self._number), "from": self.user(person), "query": text, "offset": offset}
        )
        return text

    async def chosen(self) -> str:
        nasty, person = self._nasty, self._nasty.random.randint(1, PEOPLE)
        options = nasty.random.choice(([0], [], [99], [-1], [0, 1, 2], [2**63]))
        answer = {
            "poll_id": nasty.one(("1", "abcd", nasty.text(64))),
            "user": self.user(person),
            "option_ids": options,
            "option_persistent_ids": [],
        }
        await self.send(poll_answer=answer)
        return f"{answer['poll_id']} {options}"


class Hook:
    """The webhook's server, over HTTP."""

    def __init__(self, telegram: Telegram, nasty: Nasty) -> None:
        self._telegram, self._nasty = telegram, nasty
        self.wrong: list[str] = []

    async def open(self, port: int) -> None:
        from aiohttp import ClientSession

        await self._telegram.webhook.listen("127.0.0.1", port)
        self._session = ClientSession()
        self._base = f"http://127.0.0.1:{port}/"

    async def close(self) -> None:
        await self._session.close()
        await self._telegram.webhook.stop()

    async def posted(self) -> str:
        nasty = self._nasty
        kind = nasty.random.random()
        path = (
            path_of(TOKEN)
            if kind < 0.8
            else nasty.one(("", "x", "%00", "..%2f..%2fetc/passwd", "a" * 4000, path_of(TOKEN)[:-1]))
        )
        secret = "secret" if kind < 0.7 else nasty.one(("", "x", "secre", "secret\t", "s" * 5000))
        body = nasty.json()
        headers = {
            "X-Telegram-Bot-Api-Secret-Token": secret.strip(),
            "Content-Type": nasty.one(("application/json", "application/json", "text/plain")),
        }
        async with self._session.post(self._base + path, data=body, headers=headers) as answer:
            said = await answer.text()
            allowed = (200, 400, 403, 404, 413, 415)
            if answer.status not in allowed or "Traceback" in said or (answer.status == 200 and secret != "secret"):
                self.wrong.append(f"{answer.status} for {body[:200]!r}")
        await self._telegram._intake._lanes.empty()
        return repr(body[:300])


def inbound(owner: str, text: str | None = None, tap: str | None = None) -> Inbound:
    return Inbound(owner, owner, text=text, tap=tap, language="da")
