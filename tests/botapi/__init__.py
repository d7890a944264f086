"""A Bot API server for tests: Telegram's rules over real HTTP on loopback, and chats that read like chats.

    with BotApi() as telegram:
        anna = telegram.user("Anna", language="da")
        ...                                   # start the bot with telegram.url and telegram.token
        anna.says("hvad er et partnerskab?")
        answer = anna.reads()                 # waits for the bot's next message, or its next edit
        anna.taps("Mere")                     # presses the button of that label
        assert answer.edits == 1 and telegram.broken_rules() == []

Nothing of the bot is mocked: it talks HTTP, and is refused what Telegram refuses, in Telegram's words.
`broken_rules()` lists every refusal that the test did not announce by `tolerates(words)`.

Polls: `anna.votes(message, "Ja")` answers one, also as somebody to whom it was forwarded; `message.poll` shows it.

More that people do: `anna.edits(message, "…")`, `anna.sends("photo")`, `anna.blocks_bot()`, and inline mode:
`anna.looks_up("opsigelse")` gives a `Search` whose `reads()` waits for the results, `anna.picks(search, title)`
sends one. In groups: `group = telegram.group("Gruppen", privacy=True)`; `anna.says("/help@makkerbot", chat=group)`;
`group.wait_for_reply()`; `group.adds_bot(anna)`, `group.removes_bot(anna)`;
`group.joins(bo)`, `group.leaves(bo)` (or `"kicked"`), which `getChatMember` tells; `group.upgrades(anna)` makes it a
supergroup with another id; `telegram.group("Forum", forum_threads=(7,))` and `anna.says("hej", chat=forum, thread=7)`.

What goes wrong on a network is ordered at `telegram.faults`, see `tests.botapi.faults`: 429 for one chat or for all,
502, 503 and 504, connections that break before or after the request was carried out, slow answers, half answers,
updates twice and out of order. `telegram.world` is the state behind it all: `time_passes(seconds)` moves the clock
on (a message can be deleted for 48 hours, a press answered for 15 seconds), `calls` holds what the bot called,
`scoped_commands`, `descriptions` and `menu_buttons` what it set.

Where it is stricter than Telegram: an entity that HTML knows and Telegram does not (`&nbsp;`) is refused. Where it is
more lenient: files, links and pictures are looked at no closer than their size. A group without `privacy` is one
in which the bot is an administrator. The kit needs aiohttp and nothing of the bot.
"""

from tests.botapi.chats import Button, Chat, Message, Search
from tests.botapi.people import Person
from tests.botapi.server import BotApi

__all__ = ["BotApi", "Button", "Chat", "Message", "Person", "Search"]
