"""What stands in a chat, as a test reads it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.botapi.html import Entity

if TYPE_CHECKING:
    from tests.botapi.people import Person
    from tests.botapi.world import World

PATIENCE = 20.0  # seconds that a test waits for the bot before it fails


@dataclass(frozen=True)
class Button:
    """An inline button: one of callback data, a link, or what it puts into a message field."""

    label: str
    data: str = ""
    url: str = ""
    inline_query: str | None = None  # of switch_inline_query and the like
    more: str = ""  # another kind, by its field's name

    def as_json(self) -> dict[str, Any]:
        kinds: dict[str, Any] = {"callback_data": self.data, "url": self.url}
        kinds = {name: value for name, value in kinds.items() if value}
        if self.inline_query is not None:
            kinds["switch_inline_query"] = self.inline_query
        return {"text": self.label, **kinds}


@dataclass(frozen=True)
class File:
    name: str
    content: bytes
    kind: str = "document"


@dataclass
class Poll:
    """A poll as it stands now."""

    id: str
    question: str
    options: list[str]
    kind: str = "regular"
    right: list[int] = field(default_factory=list)  # of a quiz
    explanation: str = ""
    anonymous: bool = True
    several: bool = False  # may be chosen
    closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)  # what each person has chosen

    def as_json(self) -> dict[str, Any]:
        """The poll as the bot that sent it sees it."""
        chosen = [option for votes in self.votes.values() for option in votes]
        quiz = {"correct_option_ids": self.right, "explanation": self.explanation, "explanation_entities": []}
        return {
            "id": self.id,
            "question": self.question,
            "options": [
                {"text": option, "voter_count": chosen.count(number), "persistent_id": f"o{number}"}
                for number, option in enumerate(self.options)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": self.kind,
            "allows_multiple_answers": self.several,
            "allows_revoting": self.kind != "quiz",
            "members_only": False,
            **(quiz if self.kind == "quiz" else {}),
        }


@dataclass
class Message:
    """A message as it stands now; an edit changes it in place."""

    id: int
    chat: Chat
    sender: str
    text: str = ""
    html: str = ""
    entities: list[Entity] = field(default_factory=list)
    rows: list[list[Button]] = field(default_factory=list)
    file: File | None = None
    poll: Poll | None = None
    thread: int | None = None
    reply_to: int | None = None
    edits: int = 0
    previews: bool = True  # of links
    silent: bool = False  # came without a sound
    by_bot: bool = False
    deleted: bool = False
    pinned: bool = False
    service: bool = False  # somebody joined, a group was upgraded …
    album: str | None = None
    date: int = 0
    json: dict[str, Any] = field(default_factory=dict)  # what the bot was sent, for a message of a person

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons, in order."""
        return [button.label for row in self.rows for button in row]

    def button(self, label: str) -> Button:
        for row in self.rows:
            for button in row:
                if button.label == label:
                    return button
        raise AssertionError(f"no button {label!r} under {self.text[:60]!r}, but {self.buttons}")

    def links(self) -> list[str]:
        return [entity.url for entity in self.entities if entity.kind == "text_link"]


@dataclass
class Press:
    """A pressed button, and what the bot said to it."""

    id: str
    answers: list[str] = field(default_factory=list)  # the text of the answer; "" for a bare one
    alert: bool = False
    at: float = 0.0

    @property
    def answered(self) -> bool:
        return bool(self.answers)

    @property
    def text(self) -> str:
        return self.answers[0] if self.answers else ""


@dataclass
class Search:
    """An inline query (`@bot words` in any chat), and what the bot offered."""

    id: str
    world: World
    query: str
    at: float = 0.0
    answers: list[dict[str, Any]] = field(default_factory=list)  # the parameters of the answer
    results: list[dict[str, Any]] = field(default_factory=list)

    @property
    def titles(self) -> list[str]:
        return [str(result.get("title", "")) for result in self.results]

    def reads(self, patience: float = PATIENCE) -> list[dict[str, Any]]:
        """The offered results; waits for them."""
        if not self.world.wait(lambda: bool(self.answers), patience):
            raise AssertionError(f"the bot did not answer the inline query {self.query!r}")
        return self.results


@dataclass
class Chat:
    """A private chat, a group or a channel, with everything said in it."""

    world: World
    id: int
    kind: str
    title: str = ""
    is_forum: bool = False
    privacy: bool = False  # in a group: the bot is no administrator, and its privacy mode is on
    threads: set[int] = field(default_factory=set)
    closed_threads: set[int] = field(default_factory=set)
    messages: list[Message] = field(default_factory=list)
    events: list[Message] = field(default_factory=list)  # one for every message or edit of the bot
    actions: list[str] = field(default_factory=list)  # "typing", "upload_document" …
    members: dict[int, Person] = field(default_factory=dict)
    statuses: dict[int, dict[str, Any]] = field(default_factory=dict)  # of who isn't a mere member, as `ChatMember`
    hides_members: bool = False  # from everybody but administrators
    gone: str | None = None  # why the bot may not write here
    upgraded_to: int | None = None
    last_bot: int | None = None  # the bot that wrote last
    _read: int = 0

    def as_json(self) -> dict[str, Any]:
        named = {"first_name": self.title} if self.kind == "private" else {"title": self.title}
        return {"id": self.id, "type": self.kind, **named, **({"is_forum": True} if self.is_forum else {})}

    @property
    def from_bot(self) -> list[Message]:
        return [message for message in self.messages if message.by_bot]

    def wait_for_reply(self, patience: float = PATIENCE) -> Message:
        """The next thing that the bot wrote or edited here, in order; waits for it."""
        if not self.world.wait(lambda: len(self.events) > self._read, patience):
            raise AssertionError(f"the bot said nothing in {self.title!r}:\n{self.transcript()}")
        self._read += 1
        return self.events[self._read - 1]

    def find(self, message_id: int) -> Message | None:
        for message in reversed(self.messages):
            if message.id == message_id and not message.deleted:
                return message
        return None

    def newest_with(self, label: str) -> Message:
        for message in reversed(self.messages):
            if label in message.buttons and not message.deleted:
                return message
        raise AssertionError(f"no message with a button {label!r}:\n{self.transcript()}")

    def transcript(self) -> str:
        """The chat as one reads it."""
        lines = []
        for message in self.messages:
            buttons = "".join(f" [{label}]" for label in message.buttons)
            attached = f" <{message.file.name}>" if message.file else ""
            asked = f" <{message.poll.question} {message.poll.options}>" if message.poll else ""
            gone = " (deleted)" if message.deleted else ""
            lines.append(f"{message.sender}: {message.text}{attached}{asked}{buttons}{gone}")
        return "\n".join(lines)

    # what happens to the bot here

    def adds_bot(self, by: Person, says_so: bool = True) -> None:
        """Somebody adds the bot to the group: my_chat_member, and the service message."""
        self.world.membership(self, by, "left", "member", None)
        if says_so:
            self.world.service(self, by, {"new_chat_members": [self.world.bot_json()]})

    def removes_bot(self, by: Person) -> None:
        """Somebody removes the bot from the group."""
        self.world.service(self, by, {"left_chat_member": self.world.bot_json()})
        self.world.membership(self, by, "member", "kicked", f"bot was kicked from the {self.kind} chat")

    def joins(self, *people: Person) -> None:
        """They are members from now on, without a message that says so."""
        for person in people:
            self.members[person.id] = person
            self.statuses.pop(person.id, None)

    def leaves(self, person: Person, status: str = "left", **details: Any) -> None:
        """Somebody leaves, or is `kicked`, or `restricted` with `is_member=False`."""
        self.statuses[person.id] = {"status": status, **details}
        if not details.get("is_member"):
            self.members.pop(person.id, None)

    def upgrades(self, by: Person) -> Chat:
        """The group becomes a supergroup, with a new id; its messages stay behind. Gives the new chat."""
        return self.world.upgrade(self, by)

    def other_bot_says(self, text: str) -> Message:
        """Another bot writes in the group: bots don't see that, but it takes general commands from ours."""
        return self.world.other_bot_sends(self, text)


class Watched(threading.Condition):
    """Tells waiting tests that something has happened."""

    def wait_until(self, holds: Callable[[], bool], patience: float) -> bool:
        with self:
            return self.wait_for(holds, patience)
