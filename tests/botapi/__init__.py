"""A Bot API server for tests: Telegram's rules over real HTTP on loopback, and chats that read like chats.

    with BotApi() as telegram:
        anna = telegram.user("Anna", language="da")
        ...                                   # start the bot with telegram.url and telegram.token
        anna.says("hvad er et partnerskab?")
        answer = anna.reads()                 # waits for the bot's next message
        anna.taps("Mere")                     # presses the button of that label

Nothing of the bot is mocked: it talks HTTP, and is refused what Telegram refuses, in Telegram's words.
`faults` injects what goes wrong on a network. The kit needs aiohttp and nothing of the bot.
"""

from tests.botapi.chats import Button, Chat, Message, Person
from tests.botapi.server import BotApi

__all__ = ["BotApi", "Button", "Chat", "Message", "Person"]
