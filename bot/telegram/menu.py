"""What Telegram shows of the bot before anybody has written: its commands and descriptions."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.commands import COMMANDS
from bot.door import Voice
from bot.rendering.plain import plain

log = logging.getLogger(__name__)

_EVERYBODY = "en"  # what people of other languages see
_DESCRIPTION, _SHORT = 512, 120  # characters that Telegram allows


async def announce(bot: Bot, voice: Voice) -> None:
    """Sets commands and descriptions in Danish, and in English for everybody else. The bot works without them:
    a failure is logged."""
    for language in ("da", _EVERYBODY):
        code = None if language == _EVERYBODY else language
        listed = [
            BotCommand(command.name(language), plain(voice.say(language, command.describes))) for command in COMMANDS
        ]
        described = plain(voice.say(language, "telegram.description"))[:_DESCRIPTION]
        short = plain(voice.say(language, "telegram.short_description"))[:_SHORT]
        try:
            await bot.set_my_commands(listed, language_code=code)
            await bot.set_my_description(described, language_code=code)
            await bot.set_my_short_description(short, language_code=code)
        except TelegramError as error:
            log.warning("commands and descriptions could not be set (%s): %s", language, error.message)
