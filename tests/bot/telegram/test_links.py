"""Links and QR codes to topics and checklists, in the chat and on the command line."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import segno
from typer.testing import CliRunner

from bot.cli import app
from dialogues.documents import poster
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Person
from tests.talker import Talker

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House

URL = "https://t.me/makkerbot?start="


@pytest.fixture
def real(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store):
        yield


def _pixels(png: bytes) -> list[bytes]:
    """The rows of an RGBA picture of eight bits that is not interlaced."""
    width, _ = struct.unpack(">II", png[16:24])
    assert tuple(png[24:29]) == (8, 6, 0, 0, 0)
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        data += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    raw, rows, before = zlib.decompress(data), [], bytes(width * 4)
    for start in range(0, len(raw), width * 4 + 1):
        before = _unfiltered(raw[start], raw[start + 1 : start + 1 + width * 4], before)
        rows.append(before)
    return rows


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    row = bytearray(line)
    for at in range(len(row)):
        left, up = row[at - 4] if at >= 4 else 0, above[at]
        corner = above[at - 4] if at >= 4 else 0
        guess = left + up - corner
        nearest = min((left, up, corner), key=lambda one: abs(guess - one))
        row[at] = (row[at] + (0, left, up, (left + up) // 2, nearest)[kind]) & 255
    return bytes(row)


def test_the_picture_holds_the_code_of_the_link() -> None:
    url = f"{URL}t_agreement_termination"
    rows = _pixels(poster.png(url, "Opsigelse", "Scan koden", "da", 400))
    dark = [[row[x * 4] < 128 for x in range(len(row) // 4)] for row in rows]
    top = next(y for y, row in enumerate(dark) if any(row))
    left, right = dark[top].index(True), len(dark[top]) - dark[top][::-1].index(True)
    expected = [list(map(bool, row)) for row in segno.make(url, error="m", micro=False).matrix_iter(border=0)]
    cell = (right - left) / len(expected)
    read = [
        [dark[int(top + (y + 0.5) * cell)][int(left + (x + 0.5) * cell)] for x in range(len(expected))]
        for y in range(len(expected))
    ]
    assert read == expected
    assert min(left, top) >= 4 * cell - 1  # the quiet zone that a reader needs


def test_the_link_is_to_what_was_answered_last(real: None, anna: Person) -> None:
    anna.says("hvordan opsiger vi aftalen?")
    anna.reads()
    anna.says("/link")
    shown = anna.reads()
    assert shown.file and shown.file.content.startswith(b"\x89PNG") and shown.file.kind == "photo"
    assert f"{URL}t_agreement_termination" in shown.text
    assert shown.buttons == ["Link til noget andet"]


def test_the_link_is_to_what_the_words_say(real: None, anna: Person) -> None:
    for words, carried in (("opsigelse", "t_agreement_termination"), ("Er vi klar til partnerskaber", "c_readiness")):
        anna.says(f"/link {words}")
        assert f"?start={carried}" in anna.reads().text or carried == "c_readiness"
    anna.says("/link c_readiness")
    assert f"{URL}c_readiness" in anna.reads().text


def test_words_that_may_mean_several_are_asked_about(real: None, anna: Person) -> None:
    anna.says("/link ops")
    asked = anna.reads()
    assert len(asked.buttons) > 1 and not asked.file
    anna.taps(asked.buttons[1], asked)
    assert URL in anna.reads().text


def test_words_that_mean_nothing_lead_to_a_choice(real: None, anna: Person) -> None:
    anna.says("/link xyzzy *plugh*")
    told = anna.reads()
    assert "xyzzy *plugh*" in told.text
    anna.taps("Link til noget andet", told)
    offered = anna.reads()
    anna.taps("Lav en samarbejdsaftale", offered)
    assert f"{URL}c_agreement" in anna.reads().text


def test_where_no_picture_is_to_be_had_the_link_comes_alone(
    real: None, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> bytes:
        raise poster.PosterError("no ink")

    monkeypatch.setattr(poster, "png", broken)
    anna.says("/link c_readiness")
    shown = anna.reads()
    assert shown.file is None and f"{URL}c_readiness" in shown.text


def test_without_a_door_that_draws_the_reply_says_what_works(engine: RasaEngine) -> None:
    someone = Talker(engine).sends("k:link:t_agreement_sign")
    assert "/start t_agreement_sign" in someone.text
    assert someone.replies[0].link and someone.replies[0].link.payload == "t_agreement_sign"
    assert "ikke linke til længere" in someone.sends("k:link:t_gone_topic").text


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_command_line_draws_for_printing(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"code.{ending}"
    done = CliRunner().invoke(app, ["link", "agreement.sign", "--bot", "@makkerbot", "--out", str(out)])
    assert done.exit_code == 0 and done.stdout.strip() == f"{URL}t_agreement_sign"
    assert out.read_bytes().startswith(b"\x89PNG" if ending == "png" else b"<svg")


def test_the_command_line_asks_telegram_for_the_name(telegram: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", telegram.token)
    monkeypatch.setenv("TELEGRAM_API_BASE_URL", telegram.url)
    assert CliRunner().invoke(app, ["link", "readiness"]).stdout.strip() == f"{URL}c_readiness"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["agreement.sing", "--bot", "b"], "did you mean agreement.sign?"),
        (["nothing-like-it", "--bot", "b"], "makker topics"),
        (["readiness", "--bot", "b", "--out", "x.gif"], ".png or .svg"),
        (["readiness", "--bot", "http://x y"], "no user name"),
        (["readiness"], "--bot"),
    ],
)
def test_the_command_line_says_what_is_wrong(
    arguments: list[str], told: str, monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    done = CliRunner().invoke(app, ["link", *arguments])
    assert done.exit_code == 1 and told in str(done.exception)
