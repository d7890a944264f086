"""Links for posters and for the printed guide, from the command line."""

from __future__ import annotations

import json
import re
import urllib.request
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import StartError
from bot.rendering.plain import plain
from dialogues.deep_links import address, named, payload
from dialogues.titles import title
from knowledge.loader import Knowledge

if TYPE_CHECKING:
    from bot.settings import Settings

_USER_NAME = re.compile(r"[A-Za-z]\w{0,31}", re.ASCII)
_PATIENCE = 15.0  # seconds that Telegram has to say what its bot is called


@dataclass(frozen=True)
class Found:
    """A link, and what it opens."""

    url: str
    title: str


def link_to(knowledge: Knowledge, name: str, bot: str | Settings, language: str) -> Found:
    """The link to the topic or checklist of that id. `bot` is the bot's user name, or how to ask Telegram for it.

    Raises StartError for an id that isn't there, and where Telegram can't be asked.
    """
    target = named(name)
    called = title(knowledge, target, language)
    if called is None:
        near = get_close_matches(name, [*knowledge.topics, *knowledge.checklists], n=1)
        meant = f" (did you mean {near[0]}?)" if near else ""
        raise StartError(f"there is no topic or checklist {name}{meant}: see `makker topics` and `makker checklists`")
    user_name = (bot if isinstance(bot, str) else bot_name(bot)).removeprefix("@")
    if not _USER_NAME.fullmatch(user_name):
        raise StartError(f"{user_name} is no user name of Telegram's: give it by --bot, like @makkerbot")
    return Found(address(user_name, payload(*target)), called)


def draw(knowledge: Knowledge, found: Found, language: str, out: Path) -> None:
    """Draws the QR code into a file. Raises StartError for another kind of file, or one that can't be written."""
    from dialogues.documents import poster

    kind = out.suffix.lower()
    if kind not in (".png", ".svg"):
        raise StartError(f"{out} can't be drawn: give a file that ends in .png or .svg")
    make = poster.png if kind == ".png" else poster.svg
    hint = plain(knowledge.say(language, "link.on-poster"))
    try:
        out.write_bytes(make(found.url, found.title, hint, language))
    except OSError as error:
        raise StartError(f"{out} can't be written ({error.strerror})") from error
    except poster.PosterError as error:
        raise StartError(f"the QR code could not be drawn ({error})") from error


def bot_name(settings: Settings) -> str:
    """The user name of the bot that the token belongs to. Raises StartError where Telegram doesn't tell."""
    if not settings.telegram_bot_token:
        raise StartError("give the bot's user name by --bot, or set TELEGRAM_BOT_TOKEN so that Telegram can be asked")
    url = f"{settings.telegram_api_base_url.rstrip('/')}/bot{settings.telegram_bot_token}/getMe"
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310 – the address is the operator's own
            return str(json.load(answer)["result"]["username"])
    except (OSError, ValueError, KeyError) as error:
        reason = type(error).__name__  # the error's own words may hold the token
        raise StartError(f"Telegram doesn't say what the bot is called ({reason}): give its name by --bot") from error
