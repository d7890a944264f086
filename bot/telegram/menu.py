"""What Telegram shows of the bot before anybody has written: its commands, its descriptions, its menu button; and the
ways back below a menu."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    MenuButton,
    MenuButtonCommands,
)
from telegram.error import TelegramError

from bot.commands import COMMANDS, IN_GROUPS, Command
from bot.door import Desk, Voice
from bot.operating.telling import Told
from bot.rendering.plain import plain
from bot.telegram.updates import Spot
from dialogues import taps
from dialogues.reply import Choice, Reply

log = logging.getLogger(__name__)

_EVERYBODY = "en"  # what people of other languages see
_DESCRIPTION, _SHORT, _NAME = 512, 120, 64  # characters that Telegram allows
_MENU = taps.tap(taps.COMMAND, "menu")
_TOPICS = taps.tap(taps.COMMAND, "list_topics", "all")
OWN_LANGUAGE = "change_language"


async def announce(bot: Bot, voice: Voice) -> None:
    """Sets what Telegram shows, in Danish, and in English for everybody else; only what has changed is set, since
    Telegram allows few changes a day. The bot works without it: a failure is logged."""
    for language in ("da", _EVERYBODY):
        code = None if language == _EVERYBODY else language
        steps: list[Callable[[], Awaitable[None]]] = [
            lambda code=code, lang=language: _commands(bot, voice, BotCommandScopeDefault(), lang, code),  # type: ignore[misc]
            lambda code=code, lang=language: _commands(bot, voice, BotCommandScopeAllGroupChats(), lang, code),  # type: ignore[misc]
            lambda code=code, lang=language: _described(bot, voice, lang, code),  # type: ignore[misc]
        ]
        for step in steps:
            await _tried(step, f"commands and descriptions could not be set ({language})")
    await _tried(lambda: _button(bot), "the menu button could not be set")


async def follow(bot: Bot, voice: Voice, desk: Desk, spot: Spot, replies: Sequence[Reply]) -> None:
    """After a change of language in a private chat, the chat's commands follow; they are forgotten with the rest when
    somebody has their data deleted. Raises nothing."""
    if not spot.private:
        return
    scope = BotCommandScopeChat(spot.chat)
    if any(reply.forgotten for reply in replies):
        await _tried(lambda: _forgotten(bot, scope), "the commands of a chat could not be removed")
    elif any(reply.command == OWN_LANGUAGE and not reply.choices for reply in replies):
        language = await asyncio.to_thread(desk.language, spot.owner)
        if language:
            await _tried(
                lambda: _commands(bot, voice, scope, language or "", None), "the commands of a chat could not be set"
            )


def listed(voice: Voice, language: str, commands: Sequence[Command]) -> list[BotCommand]:
    """The commands as Telegram's menu has them."""
    return [BotCommand(command.name(language), plain(voice.say(language, command.describes))) for command in commands]


def ways_back(voice: Voice, reply: Reply, *, edited: bool) -> list[Choice]:
    """The buttons that lead up from a menu; none where it is the main menu, or no menu at all."""
    if reply.place != "menu" or any(choice.tap == _TOPICS for choice in reply.buttons):
        return []
    if not (edited or reply.choices or reply.command == "menu"):
        return []
    back = [Choice(plain(voice.say(reply.language, "menu.back-to-menu")), _MENU)]
    if reply.buttons and all(choice.tap.startswith(f"{taps.TOPIC}:") for choice in reply.buttons):
        back.insert(0, Choice(plain(voice.say(reply.language, "menu.back-to-topics")), _TOPICS))
    return back


async def _commands(bot: Bot, voice: Voice, scope: BotCommandScope, language: str, code: str | None) -> None:
    in_group = isinstance(scope, BotCommandScopeAllGroupChats)
    chosen = [command for command in COMMANDS if not in_group or command.does in IN_GROUPS]
    wanted = listed(voice, language, chosen)
    if list(await bot.get_my_commands(scope=scope, language_code=code)) != wanted:
        await bot.set_my_commands(wanted, scope=scope, language_code=code)


async def _described(bot: Bot, voice: Voice, language: str, code: str | None) -> None:
    described = plain(voice.say(language, "telegram.description"))[:_DESCRIPTION]
    short = plain(voice.say(language, "telegram.short_description"))[:_SHORT]
    if (await bot.get_my_description(language_code=code)).description != described:
        await bot.set_my_description(described, language_code=code)
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short, language_code=code)


async def _button(bot: Bot) -> None:
    if (await bot.get_chat_menu_button()).type not in (MenuButton.COMMANDS, MenuButton.DEFAULT):
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())


async def _forgotten(bot: Bot, scope: BotCommandScope) -> None:
    await bot.delete_my_commands(scope=scope)


async def _tried(step: Callable[[], Awaitable[None]], otherwise: str) -> None:
    try:
        await step()
    except TelegramError as error:
        log.warning("%s: %s", Told(otherwise), error.message)
    except Exception:
        log.exception("%s", Told(otherwise))
