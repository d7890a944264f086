"""Topics and checklists by what they are called."""

from __future__ import annotations

from collections.abc import Sequence

from dialogues.deep_links import Target
from dialogues.walkthrough.words import fold
from knowledge.loader import Knowledge

GROUP = "command.group-"  # the texts that name the groups of topics, in the order of the menu
_SHORT = 2  # letters: a word of no more stands in a title as a whole


def groups(knowledge: Knowledge) -> list[str]:
    """The groups of topics, in the order of the menu; a library's own last."""
    in_use = {topic.group for topic in knowledge.topics.values()}
    named = [key.removeprefix(GROUP) for key in knowledge.texts if key.startswith(GROUP)]
    return sorted(in_use, key=lambda name: (named.index(name) if name in named else len(named), name))


def everything(knowledge: Knowledge) -> list[Target]:
    """All topics in the order of the menu, then all checklists."""
    order = groups(knowledge)
    topics = sorted(knowledge.topics.values(), key=lambda one: (order.index(one.group), one.order, one.id))
    return [
        *(Target("topic", one.id) for one in topics),
        *(Target("checklist", id_) for id_ in knowledge.checklists),
    ]


def title(knowledge: Knowledge, target: Target, language: str) -> str | None:
    """What a topic or a checklist is called; None where it isn't there."""
    if target.kind == "topic":
        topic = knowledge.topics.get(target.id)
        return topic.text(language).title if topic else None
    checklist = knowledge.checklists.get(target.id)
    return checklist.text(language).title if checklist else None


def by_title(knowledge: Knowledge, text: str, language: str) -> tuple[list[Target], list[Target], list[Target]]:
    """What is called as the words say; what has every one of the words in its title, or words that begin so; and what
    has some of them. Each is in the next as well, the best match first."""
    words = fold(text).split()
    every = everything(knowledge)
    if not words:
        return [], [], []
    titles = {target: fold(title(knowledge, target, language) or "").split() for target in every}
    matches = {target: sum(_stands(word, held) for word in words) for target, held in titles.items()}
    exact = [target for target in every if titles[target] == words]
    whole = [target for target in every if matches[target] == len(words)]
    whole.sort(key=lambda one: (titles[one] != words, titles[one][: len(words)] != words, len(titles[one])))
    telling = [word for word in words if len(word) > _SHORT]
    some = [target for target in every if any(_stands(word, titles[target]) for word in telling)]
    some.sort(key=lambda one: (one not in whole, -matches[one]))
    return exact, whole, some


def _stands(word: str, title_words: Sequence[str]) -> bool:
    """Whether a word of the title is the word, or begins with it."""
    return word in title_words if len(word) <= _SHORT else any(held.startswith(word) for held in title_words)
