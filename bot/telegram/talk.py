"""What becomes of an update: a turn, a line, a vote, an answer to an inline query, or nothing."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from telegram import CallbackQuery, Message, PollAnswer, Update

from bot import commands
from bot.door import Query
from bot.telegram import callbacks, links, poll_answers, votes
from bot.telegram.access import Access
from bot.telegram.group_data import in_group
from bot.telegram.inline import Inline
from bot.telegram.pasted import Written, written
from bot.telegram.ports import Chats
from bot.telegram.presses import Buttons
from bot.telegram.quota import Quota, Refusal
from bot.telegram.sending import Sender
from bot.telegram.teams import keeps_out
from bot.telegram.turns import Asked, Turns
from bot.telegram.updates import Said, Spot, read, spot_of_message, spot_of_query
from bot.telegram.wording import Wording

_ALBUMS = 256  # that are remembered, so that ten pictures get one line


@dataclass
class Talk:
    """Handles updates. Whatever happens, it raises nothing: people get a friendly line, the log the rest."""

    turns: Turns
    sender: Sender
    wording: Wording
    inline: Inline
    buttons: Buttons
    access: Access
    chats: Chats
    quota: Quota = field(default_factory=Quota)
    _albums: OrderedDict[str, None] = field(default_factory=OrderedDict, init=False)

    def arrives(self, update: Update, taken: datetime | None = None) -> None:
        """Takes note of a press before it waits for its turn: it has to be acknowledged soon, whatever it waits for."""
        if update.callback_query:
            self.sender.expect(update.callback_query.id)
            self.buttons.arrives(update.callback_query, taken)

    async def take(self, update: Update, words: Written | None = None) -> None:
        """Answers an update; `words` is what was written, where it came in several. Channel posts and the like are
        left alone."""
        query, message = update.callback_query, update.message
        if update.inline_query:
            await self.inline.take(update.inline_query, await self.quota.look_up(update.inline_query.from_user.id))
        elif query:
            await self._query(query)
        elif message and (message.migrate_to_chat_id or message.migrate_from_chat_id):
            await self._moved(message)
        elif message and (spot := spot_of_message(message)):
            await self.turns.guarded(spot, self._written(spot, message, words or written([message])))
        elif update.poll_answer:
            await self._chosen(update.poll_answer)
        elif update.edited_message:
            await self._edited(update.edited_message)

    async def turned_away(self, update: Update, _words: Written | None, first: bool) -> None:
        """Somebody sends more than can be dealt with: they are told once. A press is acknowledged all the same."""
        await self._dropped(update, "busy" if first else None)

    def lost(self, update: Update, _words: Written | None) -> None:
        """Another process answers it."""
        if update.callback_query:
            self.buttons.dropped(update.callback_query)

    async def given_up(self, update: Update, _words: Written | None) -> None:
        """Processes have died over it: people are told, so that they can try again."""
        await self._dropped(update, "error")

    async def _dropped(self, update: Update, line: str | None) -> None:
        """Nothing comes of what somebody did, but a line that says so."""
        query, message = update.callback_query, update.message
        spot = spot_of_query(query) if query else spot_of_message(message) if message else None
        if query:
            self.buttons.dropped(query)
            await self.sender.answer(query.id)
        if spot and line:
            await self.turns.guarded(spot, self.turns.line(spot, line))

    async def _query(self, query: CallbackQuery) -> None:
        """A button was pressed."""
        spot = spot_of_query(query)
        if await self.buttons.is_double(query) or spot is None:
            await self.sender.answer(query.id)
            return
        tap = await self.buttons.tap(query)
        await self.turns.guarded(spot, self._pressed(spot, query, tap))  # raises where it is to be tried again
        await self.buttons.answered(query, tap)

    async def _moved(self, message: Message) -> None:
        """A group has become a supergroup, and has another id: Telegram says so in both."""
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        await asyncio.to_thread(self.chats.move_chat, old, new)

    async def _written(self, spot: Spot, message: Message, words: Written) -> None:
        said, name = read(message, self.sender.me, self.wording.asks), self.sender.bot_name
        if said is None or self._known_album(said):
            return
        if refusal := await self.quota.take(spot.user):
            await self._refused(spot, refusal)
            return
        if not self.access.admits(spot.user, spot.username, spot.person, said.code):
            if said.code:
                await self.quota.guessed(spot.user)
            await self.turns.line(spot, "not_allowed")
            return
        if said.line:
            await self.turns.line(spot, said.line, name=name)
        if not spot.private and said.tap:
            said = replace(said, tap=in_group(said.tap))
        if not spot.private and said.tap and callbacks.is_private(said.tap):
            await self.turns.line(spot, "private_only", name=name)
        elif said.tap and await keeps_out(self.sender, self.chats, spot, said.tap):
            await self.turns.line(spot, "not_in_group")
        elif said.tap == commands.LINK and said.text:
            await self._linked(spot, said.text)
        elif said.text is not None or said.tap is not None:
            await self.turns.take(spot, Asked(said.text, said.tap, written=words))

    async def _edited(self, message: Message) -> None:
        """What was written last in a private chat says something else now, see `bot.telegram.edits`."""
        spot, text = spot_of_message(message), message.text
        latest = self.turns.edits.latest(spot.chat, message.message_id) if spot and spot.private else None
        if spot is None or latest is None or text is None:
            return
        now = latest.written.edited(message.message_id, text)
        if now == latest.written or not self.access.admits(spot.user, spot.username, spot.person):
            return
        if refusal := await self.quota.take(spot.user):
            await self._refused(spot, refusal)
            return
        if latest.kind == "other" or commands.written(text):
            await self.turns.guarded(spot, self.turns.line(spot, "edited"))
            return
        again = latest.again(now.text, await self.wording.language(spot))
        await self.turns.guarded(spot, self.turns.take(spot, Asked(again, written=now, instead=latest.answer)))

    async def _linked(self, spot: Spot, text: str) -> None:
        """The link to what is surely meant by the words, or a choice."""
        engine, language = await self.turns.engine(), await self.wording.language(spot)
        found = await engine.find(Query(text, None, language, limit=links.LOOKED_AT)) if engine else []
        tap = links.chosen(found)
        if tap:
            await self.turns.take(spot, Asked(tap=tap))
        else:
            await self.sender.deliver(spot, [links.choice(self.wording.voice, language, text, found)])

    def _known_album(self, said: Said) -> bool:
        if said.album is None:
            return False
        known = said.album in self._albums
        self._albums[said.album] = None
        if len(self._albums) > _ALBUMS:
            self._albums.popitem(last=False)
        return known

    async def _chosen(self, answer: PollAnswer) -> None:
        """Somebody has chosen in a poll."""
        spot = poll_answers.spot_of_answer(answer)
        if spot is None:
            return
        if refusal := await self.quota.take(spot.user):
            await self._refused(spot, refusal)
            return
        await poll_answers.take(answer, self.sender.quizzes, self.access, self.turns)

    async def _refused(self, spot: Spot, refusal: Refusal) -> None:
        """Somebody asks for more than they may: they are told once."""
        if refusal.first:
            await self.turns.guarded(spot, self.turns.line(spot, f"too_many_{refusal.kind}"))

    async def _pressed(self, spot: Spot, query: CallbackQuery, tap: str | None) -> None:
        if refusal := await self.quota.take(spot.user):
            await self.sender.answer(query.id, await self.wording.words(spot, f"too_many_{refusal.kind}"))
        elif not self.access.admits(spot.user, spot.username, spot.person):
            await self.sender.answer(query.id, await self.wording.words(spot, "not_allowed"))
        elif tap is None:
            step = callbacks.claims_walkthrough(query.data or "")
            await self.sender.answer(query.id, await self.wording.words(spot, "old_step" if step else "old_button"))
            if step:
                await self.turns.take(spot, Asked(tap=commands.CONTINUE))
        elif votes.is_vote(tap):
            before = await self.sender.votes.before(spot, tap)
            replies = await self.turns.replies(votes.own(spot), None, tap)
            await self.sender.votes.told(self.sender, spot, query, tap, replies, before)
        else:
            shown = partial(self.buttons.shown, query, tap)
            under = self.buttons.under(query, tap)
            await self.turns.take(spot, Asked(tap=tap, press=query.id, shown=shown, under=under))
