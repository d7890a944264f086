"""Files: pictures as photos, documents that belong together as one album, each within what Telegram takes."""

from __future__ import annotations

import asyncio
import logging
import struct
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from telegram import Bot, InlineKeyboardMarkup, InputFile, InputMediaDocument, Message
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest

from bot.door import Files
from bot.rendering.telegram_html import CAPTION_LIMIT, messages
from bot.telegram.updates import Spot
from dialogues.reply import Attachment, Reply

log = logging.getLogger(__name__)

ALBUM = 10  # files that Telegram takes together
MOST = 50 * 10**6  # bytes of a file that a bot may send
PHOTO_MOST, PHOTO_SIDES, PHOTO_RATIO = 10 * 10**6, 10_000, 20  # bytes; width and height together; how long to how broad
_NAME = 120  # characters of a file's name
_PNG = b"\x89PNG\r\n\x1a\n"

Send = Callable[[dict[str, Any]], Awaitable[Message]]


class Way(Protocol):
    """The way out, as `bot.telegram.sending.Sender` has it."""

    async def action(self, spot: Spot, action: str) -> None: ...

    async def line(self, spot: Spot, language: str, key: str, **values: Any) -> None: ...

    async def say(self, spot: Spot, html: str, keyboard: InlineKeyboardMarkup | None = None) -> int: ...

    async def somewhere(self, spot: Spot, send: Send) -> Message: ...


@dataclass(frozen=True)
class Paper:
    """A file with its bytes."""

    name: str
    content: bytes
    caption: str  # light markup

    @property
    def is_photo(self) -> bool:
        return is_photo(self.content)


class Filing:
    """Sends the files of a reply."""

    def __init__(self, bot: Bot, files: Files, way: Way) -> None:
        self._bot = bot
        self._files = files
        self._way = way

    async def send(self, spot: Spot, reply: Reply, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Sends the reply's files: pictures first, then the documents, together where there are several. The buttons
        hang on a lone file; an album can't carry any. For a file that is gone, or too large, there is a line."""
        papers = [paper async for paper in self._papers(spot, reply)]
        photos = [paper for paper in papers if paper.is_photo]
        documents = [paper for paper in papers if not paper.is_photo]
        for paper in photos:
            await self._photo(spot, paper, keyboard if len(papers) == 1 else None)
            spot = replace(spot, message=None)
        for several in _albums(documents):
            await self._documents(spot, several, keyboard if len(papers) == 1 else None)
            spot = replace(spot, message=None)

    async def _papers(self, spot: Spot, reply: Reply) -> Any:
        if reply.attachments:
            await self._way.action(spot, ChatAction.UPLOAD_DOCUMENT)
        for attachment in reply.attachments:
            content = await asyncio.to_thread(self._content, spot.owner, attachment)
            if content is None or len(content) > MOST:
                key = "document_gone" if content is None else "document_too_large"
                await self._way.line(spot, reply.language, key, name=attachment.file_name)
                spot = replace(spot, message=None)
            else:
                yield Paper(file_name(attachment.file_name), content, attachment.caption)

    def _content(self, owner: str, attachment: Attachment) -> bytes | None:
        """The bytes of a file; None where it is gone, or can't be had."""
        try:
            found = self._files.document_content(owner, attachment.document)
        except Exception:
            log.exception("a file could not be read")
            return None
        return found[1] if found and found[1] else None

    async def _photo(self, spot: Spot, paper: Paper, keyboard: InlineKeyboardMarkup | None) -> None:
        captions = messages(paper.caption, CAPTION_LIMIT)
        file = InputFile(paper.content, filename=paper.name)

        async def send(where: dict[str, Any]) -> Message:
            return await self._bot.send_photo(
                photo=file, caption=_first(captions), parse_mode=ParseMode.HTML, reply_markup=keyboard, **where
            )

        await self._way.action(spot, ChatAction.UPLOAD_PHOTO)
        try:
            await self._way.somewhere(spot, send)
        except BadRequest as error:  # Telegram can't make a photo of it
            log.info("a picture goes as a document: %s", error.message)
            await self._document(spot, paper, keyboard)
            return
        await self._rest(spot, captions)

    async def _documents(self, spot: Spot, papers: Sequence[Paper], keyboard: InlineKeyboardMarkup | None) -> None:
        if len(papers) == 1:
            await self._document(spot, papers[0], keyboard)
            return
        captions = messages("\n\n".join(filter(None, (paper.caption for paper in papers))), CAPTION_LIMIT)
        last = len(papers) - 1
        media = [
            InputMediaDocument(
                paper.content,
                filename=paper.name,
                caption=_first(captions) if number == last else None,
                parse_mode=ParseMode.HTML,
            )
            for number, paper in enumerate(papers)
        ]

        async def send(where: dict[str, Any]) -> Message:
            return (await self._bot.send_media_group(media=media, **where))[-1]

        try:
            await self._way.somewhere(spot, send)
        except BadRequest as error:
            log.info("files go one by one: %s", error.message)
            for paper in papers:
                await self._document(spot, paper, None)
            return
        await self._rest(spot, captions)

    async def _document(self, spot: Spot, paper: Paper, keyboard: InlineKeyboardMarkup | None) -> None:
        captions = messages(paper.caption, CAPTION_LIMIT)
        file = InputFile(paper.content, filename=paper.name)

        async def send(where: dict[str, Any]) -> Message:
            return await self._bot.send_document(
                document=file, caption=_first(captions), parse_mode=ParseMode.HTML, reply_markup=keyboard, **where
            )

        await self._way.somewhere(spot, send)
        await self._rest(spot, captions)

    async def _rest(self, spot: Spot, captions: Sequence[str]) -> None:
        """What is too long for a caption, as messages of its own."""
        for html in captions[1:]:
            await self._way.say(replace(spot, message=None), html)


def _first(captions: Sequence[str]) -> str | None:
    return captions[0] if captions else None


def _albums(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    for start in range(0, len(papers), ALBUM):
        yield papers[start : start + ALBUM]


def is_photo(content: bytes) -> bool:
    """Whether the bytes are a PNG that Telegram takes as a photo."""
    if content[:8] != _PNG or content[12:16] != b"IHDR" or len(content) > PHOTO_MOST:
        return False
    width, height = struct.unpack(">II", content[16:24])
    short, long = sorted((width, height))
    return bool(short) and width + height <= PHOTO_SIDES and long <= PHOTO_RATIO * short


def file_name(name: str) -> str:
    """A name that any machine takes: no folders, no control characters, not too long, with its ending."""
    sound = "".join(sign for sign in name if sign.isprintable() and sign not in '/\\:*?"<>|').strip(" .")
    stem, dot, ending = sound.rpartition(".")
    return f"{stem[: _NAME - len(ending) - 1].rstrip()}{dot}{ending}" if stem else sound[:_NAME] or "fil"
