"""Draws docs/images/conversation.png: real replies of the real engine, as a chat.

.venv/bin/python -m docs.images.conversation [chromium]

It needs Chromium to take the picture; look at it before you commit it, and see that the README still describes it.
"""

from __future__ import annotations

import asyncio
import html
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.door import Inbound
from bot.engine import logs
from bot.rendering.telegram_html import messages
from dialogues.reply import Reply

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine

HERE = Path(__file__).parent
WIDTH, HEIGHT, SCALE = 1180, 2000, 1.5
COLOURS = 128
CSS = """
* { box-sizing: border-box }
body { margin: 0; padding: 22px; width: 1180px; background: #e9edf1; color: #17212b; font: 12.5px/1.38 "DejaVu Sans" }
.row { display: flex; gap: 22px; align-items: flex-start }
.phone { flex: 1; background: #cfdce6; border: 1px solid #b5c4d0; border-radius: 18px; overflow: hidden }
.top { background: #fff; padding: 9px 14px; display: flex; gap: 10px; align-items: center }
.top i { width: 34px; height: 34px; border-radius: 50%; background: #2f6f8f; color: #fff; text-align: center;
  font: bold 16px/34px "DejaVu Sans" }
.top b { display: block; font-size: 13.5px }
.top span { color: #70818f; font-size: 11px }
.chat { padding: 12px 12px 14px; display: flex; flex-direction: column; gap: 7px }
.said { align-self: flex-end; background: #dcf5cf; border-radius: 13px 13px 4px 13px; padding: 7px 11px;
  max-width: 86% }
.reply { align-self: flex-start; max-width: 94%; min-width: 60% }
.text { background: #fff; border-radius: 13px 13px 13px 4px; padding: 8px 11px; white-space: pre-wrap }
.text a { color: #2678b6; text-decoration: none }
.keys { display: flex; gap: 4px; margin-top: 4px }
.keys div { flex: 1; background: #8fa6b6; color: #fff; border-radius: 8px; text-align: center; padding: 6px;
  font-weight: 600; font-size: 11.5px }
.file { align-self: flex-start; background: #fff; border-radius: 13px; padding: 8px 12px 8px 8px; display: flex;
  gap: 10px; align-items: center; max-width: 94%; margin-top: 7px }
.file i { background: #2f6f8f; color: #fff; border-radius: 8px; padding: 9px 7px; font: bold 10px "DejaVu Sans" }
"""


@dataclass
class Chat:
    """A stretch of the conversation, as it is drawn. `last` holds the replies to what was done last."""

    engine: RasaEngine
    drawn: list[str] = field(default_factory=list)
    last: list[Reply] = field(default_factory=list)

    def says(self, text: str) -> None:
        """Types a message."""
        self.drawn.append(f'<div class="said">{html.escape(text)}</div>')
        self._does(Inbound("picture", "picture", text=text))

    def taps(self, label: str) -> None:
        """Presses the button that begins so."""
        choice = next(one for reply in self.last for one in reply.buttons if one.label.startswith(label))
        self._does(Inbound("picture", "picture", tap=choice.tap))

    def forget(self, kept: int = 0) -> None:
        """Leaves out of the picture what was drawn so far, but for the last few."""
        self.drawn = self.drawn[len(self.drawn) - kept :]

    def _does(self, inbound: Inbound) -> None:
        self.last = asyncio.run(self.engine.handle(inbound))
        self.drawn += map(_reply, self.last)

    def html(self) -> str:
        """The stretch on a telephone of its own."""
        top = '<div class="top"><i>M</i><div><b>Makker</b><span>bot</span></div></div>'
        return f'<div class="phone">{top}<div class="chat">{"".join(self.drawn)}</div></div>'


def _reply(reply: Reply) -> str:
    rows = ("".join(f"<div>{html.escape(choice.label)}</div>" for choice in row) for row in reply.choices)
    keys = "".join(f'<div class="keys">{row}</div>' for row in rows)
    names = [attachment.file_name for attachment in reply.attachments]
    files = "".join(
        f'<div class="file"><i>{name.rpartition(".")[2].upper()}</i><span>{html.escape(name)}</span></div>'
        for name in names
    )
    text = "\n\n".join(messages(reply.text))
    return f'<div class="reply"><div class="text">{text}</div>{keys}{files}</div>'


def _file(name: str) -> str:
    return f'<div class="file"><i>{name.rpartition(".")[2].upper()}</i><span>{html.escape(name)}</span></div>'


def stretches(engine: RasaEngine) -> list[Chat]:
    """A question; a question in the middle of a walkthrough; the end of that walkthrough."""
    question, middle, end = Chat(engine), Chat(engine), Chat(engine)
    question.says("hvem må skrive under på aftalen?")
    question.says("hvornår har biblioteket åbent i morgen?")
    middle.says("lav en samarbejdsaftale")
    middle.taps("Hurtigt")
    middle.says("Bogby Kommune ved Bogby Bibliotek")
    middle.forget()
    middle.says("Bogby Jazzklub")
    middle.says("hvad er en hensigtserklæring egentlig")
    for answer in ("bindende", "At flere unge hører levende musik", "Fire koncerter på biblioteket"):
        end.says(answer)
    for answer in ("Rum, plakater og en medarbejder", "Musikere og lydudstyr", "nej", "nej", "om to uger", "ved ikke"):
        end.says(answer)
    end.forget(kept=1)
    end.says("3 måneder")
    return [question, middle, end]


def picture(page: str, chromium: str) -> None:
    """Takes the page's picture, cuts it where it ends, and stores it in few colours."""
    from PIL import Image, ImageChops

    with tempfile.TemporaryDirectory() as folder:
        source, shot = Path(folder) / "page.html", Path(folder) / "page.png"
        source.write_text(page, encoding="utf-8")
        size = f"--window-size={WIDTH},{HEIGHT}"
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--force-device-scale-factor={SCALE}", size]
        subprocess.run([chromium, *options, f"--screenshot={shot}", str(source)], check=True, capture_output=True)  # noqa: S603
        image = Image.open(shot).convert("RGB")
    ground = Image.new("RGB", image.size, image.getpixel((2, 2)))
    bottom = ImageChops.difference(image, ground).getbbox()[3] + int(22 * SCALE)
    image = image.crop((0, 0, image.width, bottom))
    few = image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(HERE / "conversation.png", optimize=True)


def main() -> None:
    """Has the conversation and draws it."""
    logs.configure()
    from bot.engine.training import train
    from bot.house import House
    from bot.settings import Settings

    chromium = sys.argv[1] if len(sys.argv) > 1 else shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory() as folder:
        house = House(Settings(_env_file=None, data_dir=Path(folder)))
        train(house.model)
        engine = house.engine()
        telephones = "".join(chat.html() for chat in stretches(engine))
        engine.close()
    picture(f'<!doctype html><meta charset="utf-8"><style>{CSS}</style><div class="row">{telephones}</div>', chromium)


if __name__ == "__main__":
    main()
