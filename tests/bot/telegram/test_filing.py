"""Files: pictures as photos, documents together, and what happens when one is gone or not taken."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.telegram import filing, presence
from bot.telegram.filing import PHOTO_MOST, file_name, is_photo
from dialogues.reply import Attachment, Choice, Reply
from knowledge.loader import Knowledge
from tests.bot.telegram import scripted
from tests.bot.telegram.scripted import Document, Door, ScriptedEngine
from tests.botapi import BotApi, Person


def _png(width: int = 40, height: int = 30, size: int = 0) -> bytes:
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", width, height)
    return head + bytes(max(size - len(head), 9))


@dataclass
class Shelf(scripted.Desk):
    """A store with the files that a test puts in."""

    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def document_content(self, owner: str, document_id: str) -> tuple[Document, bytes] | None:
        if document_id == "broken":
            raise OSError("the disk is gone")
        held = self.files.get(document_id)
        return held and (Document(document_id, document_id, "x/y", None), held)  # type: ignore[return-value,arg-type]


class Clerk(ScriptedEngine):
    """Hands out the files that a message names, with a caption each."""

    buttons: tuple[tuple[Choice, ...], ...] = ()

    async def handle(self, inbound: Any) -> list[Reply]:
        if not (inbound.text or "").startswith("giv "):
            return await super().handle(inbound)
        names = inbound.text.split()[1:]
        attachments = tuple(Attachment(name, name, "x/y", f"Om **{name}**") for name in names)
        return [Reply("" if self.buttons else "Her:", self.buttons, attachments)]


@pytest.fixture
def shelf() -> Shelf:
    pdf, word, dates = b"%PDF", b"PK word", b"BEGIN:VCALENDAR"
    return Shelf(files={"a.docx": word, "a.pdf": pdf, "a.ics": dates, "a.png": _png(), "lang.png": _png(5000, 100)})


def _names(anna: Person) -> list[str]:
    return [message.file.name for message in anna.chat.from_bot if message.file]


def _given(telegram: BotApi, knowledge: Knowledge, anna: Person, shelf: Shelf, names: str, clerk: Clerk) -> None:
    with Door(telegram, knowledge, clerk, desk=shelf):
        anna.says(f"giv {names}")
        anna.says("hej")
        while anna.reads().text != "ekko: hej":
            pass


def test_a_picture_is_a_photo_and_papers_come_together(
    telegram: BotApi, knowledge: Knowledge, anna: Person, shelf: Shelf
) -> None:
    _given(telegram, knowledge, anna, shelf, "a.docx a.pdf a.png a.ics", Clerk())
    assert anna.chat.from_bot[0].text == "Her:"
    assert _names(anna)[1:] == ["a.docx", "a.pdf", "a.ics"]
    photo, *papers = [message for message in anna.chat.from_bot if message.file]
    assert photo.file and photo.file.kind == "photo" and photo.text == "Om a.png"
    assert len({paper.album for paper in papers}) == 1 and papers[0].album
    assert [paper.text for paper in papers] == ["", "", "Om a.docx\n\nOm a.pdf\n\nOm a.ics"]
    assert {"upload_document", "upload_photo"} <= set(anna.chat.actions)


def test_a_name_arrives_as_people_write_it(telegram: BotApi, knowledge: Knowledge, anna: Person, shelf: Shelf) -> None:
    shelf.files["Plan_–_”ø”_100%.pdf"] = b"%PDF"
    _given(telegram, knowledge, anna, shelf, "Plan_–_”ø”_100%.pdf", Clerk())
    assert _names(anna) == ["Plan_–_”ø”_100%.pdf"]


def test_a_picture_that_is_no_photo_for_telegram_is_a_document(
    telegram: BotApi, knowledge: Knowledge, anna: Person, shelf: Shelf
) -> None:
    _given(telegram, knowledge, anna, shelf, "lang.png", Clerk())
    [sent] = [message for message in anna.chat.from_bot if message.file]
    assert sent.file and sent.file.kind == "document"


def test_more_than_ten_papers_are_several_albums(
    telegram: BotApi, knowledge: Knowledge, anna: Person, shelf: Shelf
) -> None:
    shelf.files |= {f"{n:02}.pdf": b"%PDF" for n in range(13)}
    _given(telegram, knowledge, anna, shelf, " ".join(f"{n:02}.pdf" for n in range(13)), Clerk())
    assert len(_names(anna)) == 13
    assert len(telegram.calls("sendMediaGroup")) == 2


def test_a_file_that_is_gone_or_too_large_or_unreadable_gets_a_line(
    telegram: BotApi, knowledge: Knowledge, anna: Person, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "MOST", 5000)
    shelf.files |= {"stor.pdf": bytes(5001), "tom.pdf": b""}
    _given(telegram, knowledge, anna, shelf, "a.pdf tabt.pdf stor.pdf tom.pdf broken", Clerk())
    assert _names(anna) == ["a.pdf"]
    told = "\n".join(message.text for message in anna.chat.from_bot)
    assert told.count("ligger her ikke længere") == 3 and "stor.pdf er for stor" in told


def test_buttons_hang_on_a_lone_file_and_never_get_lost(
    telegram: BotApi, knowledge: Knowledge, anna: Person, shelf: Shelf
) -> None:
    clerk = Clerk()
    clerk.buttons = ((Choice("Videre", "k:help"),),)
    _given(telegram, knowledge, anna, shelf, "a.pdf", clerk)
    assert [message.buttons for message in anna.chat.from_bot if message.file] == [["Videre"]]
    _given(telegram, knowledge, anna, shelf, "a.pdf a.docx", clerk)
    assert anna.chat.from_bot[-4].buttons == ["Videre"] and not anna.chat.from_bot[-4].file


def test_papers_that_telegram_does_not_take_together_go_one_by_one(
    telegram: BotApi, knowledge: Knowledge, anna: Person, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.tolerates("Bad Request")
    monkeypatch.setattr(filing, "ALBUM", 12)
    shelf.files |= {f"{n:02}.pdf": b"%PDF" for n in range(11)}
    _given(telegram, knowledge, anna, shelf, " ".join(f"{n:02}.pdf" for n in range(11)), Clerk())
    assert len(_names(anna)) == 11


@pytest.mark.parametrize(
    ("content", "photo"),
    [
        (_png(), True),
        (_png(5000, 5000), True),
        (_png(5001, 5000), False),
        (_png(2000, 100), True),
        (_png(2001, 100), False),
        (_png(0, 0), False),
        (_png(size=PHOTO_MOST + 1), False),
        (b"\x89PNG", False),
        (b"", False),
        (b"%PDF", False),
    ],
)
def test_what_telegram_takes_as_a_photo(content: bytes, photo: bool) -> None:
    assert is_photo(content) is photo


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("Aftale – Bogby.docx", "Aftale – Bogby.docx"),
        ("../../etc/passwd", "etcpasswd"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("  .  ", "fil"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_file_has_a_name_that_any_machine_takes(given: str, safe: str) -> None:
    assert file_name(given) == safe


def test_long_work_is_told_and_the_line_goes_when_it_is_done(
    telegram: BotApi, knowledge: Knowledge, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "LONG", 0.05)
    monkeypatch.setattr(presence, "LONGER", 0.1)
    slow = ScriptedEngine()
    slow.hold.clear()
    with Door(telegram, knowledge, slow):
        anna.says("vent")
        line = anna.reads()
        assert "Jeg arbejder på det" in line.text
        assert anna.reads() is line and "lidt længere" in line.text
        slow.hold.set()
        assert anna.reads().text == "ekko: vent"
        telegram.wait_for_call("deleteMessage")
        assert line.deleted


def test_short_work_is_not_told(door: Door, telegram: BotApi, anna: Person) -> None:
    anna.says("hej")
    assert anna.reads().text == "ekko: hej"
    assert telegram.calls("deleteMessage") == [] and len(anna.chat.from_bot) == 1
