"""What Telegram takes as a photo."""

from __future__ import annotations

import struct

from tests.botapi.chats import File
from tests.botapi.errors import BadRequest

_MOST_BYTES, _MOST_SIDES, _MOST_RATIO = 10 * 2**20, 10_000, 20


def photo(file: File) -> File:
    """A photo that fits: at most 10 MB, width and height together 10000, one at most 20 times the other.

    The size is read of PNG and JPEG; of what is neither, nothing but the bytes is checked.
    """
    if len(file.content) > _MOST_BYTES:
        raise BadRequest("too big for a photo")
    size = size_of(file.content)
    if size is None:
        if file.content[:5] == b"%PDF-":
            raise BadRequest("IMAGE_PROCESS_FAILED")
        return file
    width, height = size
    if min(size) < 1 or width + height > _MOST_SIDES or max(size) > _MOST_RATIO * min(size):
        raise BadRequest("PHOTO_INVALID_DIMENSIONS")
    return file


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None if it can't be told."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    at = 2
    while content[:2] == b"\xff\xd8" and at + 9 <= len(content) and content[at] == 0xFF:
        marker, (length,) = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
