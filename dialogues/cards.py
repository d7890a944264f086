"""Topics and checklists as cards: what is found for a few words, without a conversation, to be shared elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogues import taps
from dialogues.deep_links import Kind, Target, payload
from dialogues.responses import topic_replies
from dialogues.responses.commands import FIRST_TOPICS
from dialogues.titles import by_title, everything, groups, title
from dialogues.turn import Meaning, Services, Turn
from knowledge.loader import Knowledge
from knowledge.templates import Trusted

WORTH_OFFERING = 0.02  # what is less likely than this isn't offered
SURE = 0.5  # a first card as likely as this is what was meant
_ABOUT = ("topic", "checklist", "unclear", "term")  # intents whose ranking tells what is meant
_LISTS: dict[str, Kind] = {"command/list_checklists": "checklist", "command/list_topics": "topic"}


@dataclass(frozen=True)
class Card:
    """A topic's short answer, or what a checklist gives, in one language. Teaser and text are light markup."""

    kind: Kind
    id: str
    title: str
    teaser: str  # its beginning tells what it is about
    text: str
    language: str
    sure: bool = False  # this, and nothing else, was meant

    @property
    def payload(self) -> str:
        """What a deep link to it carries."""
        return payload(self.kind, self.id)


def cards(
    services: Services, text: str, language: str, meaning: Meaning, *, start: int = 0, limit: int = 20
) -> list[Card]:
    """The cards for what was written, best first; for no words, what is good to begin with, and then everything else.

    What is called so goes first, then what was surely meant, titles that hold every word, what else may be meant, and
    titles that hold some of the words; at the end what belongs to the first. Who asks for checklists gets them all.
    """
    knowledge = services.knowledge
    if not text.strip():
        found, sure = _to_begin_with(knowledge), False
    else:
        exact, whole, some = by_title(knowledge, text, language)
        meant = [target for target in _meant(meaning) if title(knowledge, target, language)]
        certain = meant[:1] if meaning.intent in ("topic", "checklist") and meaning.confidence >= SURE else []
        listed = [one for one in everything(knowledge) if one.kind == _LISTS.get(meaning.label)]
        found = list(dict.fromkeys([*exact, *listed, *certain, *whole, *meant, *some]))
        sure = bool(exact or certain) or len(found) == 1
        found = list(dict.fromkeys([*found, *_beside(knowledge, found)]))
    return [
        _card(services, target, language, sure=sure and number == 0)
        for number, target in enumerate(found[start : start + limit], start)
    ]


def _to_begin_with(knowledge: Knowledge) -> list[Target]:
    """Where to begin, the first of each group, and everything else."""
    every = everything(knowledge)
    firsts = [Target("topic", id_) for id_ in FIRST_TOPICS if id_ in knowledge.topics]
    of_groups = [next(one for one in every if one.id.startswith(f"{group}.")) for group in groups(knowledge)]
    return list(dict.fromkeys([*firsts, *of_groups, *every]))


def _beside(knowledge: Knowledge, found: Sequence[Target]) -> list[Target]:
    """What belongs to the first: a topic's checklists, and the topics related to it."""
    first = knowledge.topics.get(found[0].id) if found and found[0].kind == "topic" else None
    if first is None:
        return []
    return [Target("checklist", id_) for id_ in first.checklists] + [Target("topic", id_) for id_ in first.related]


def _meant(meaning: Meaning) -> list[Target]:
    """Topics and checklists in the order of their chances; none where the words are about something else."""
    if meaning.intent not in _ABOUT:
        return []
    likely = [label.partition("/") for label, chance in meaning.ranking if chance >= WORTH_OFFERING]
    return [
        Target("topic" if kind == "topic" else "checklist", id_)
        for kind, _, id_ in likely
        if kind in ("topic", "checklist")
    ]


def _card(services: Services, target: Target, language: str, *, sure: bool = False) -> Card:
    knowledge, id_ = services.knowledge, target.id
    titled = title(knowledge, target, language) or ""
    if target.kind == "topic":
        meaning = Meaning("topic", f"topic/{id_}", 1.0, tap=taps.Tap(taps.TOPIC, (id_,)))
        turn = Turn(services, owner="", text="", meaning=meaning, language=language)
        teaser = str(knowledge.topic_text(id_, language, "short"))
        text = topic_replies.short_answer(turn, id_, ((id_, 1.0),), named=None).text
    else:
        one = knowledge.checklists[id_]
        gives = {"ends_with": Trusted(one.text(language).ends_with)}
        minutes = {"quick": one.minutes.quick, "full": one.minutes.full}
        teaser = knowledge.say(language, "link.checklist-teaser", **gives, **minutes)
        text = knowledge.say(language, "link.shared-checklist", title=Trusted(titled), **gives, **minutes)
    return Card(target.kind, id_, titled, teaser, text, language, sure)
