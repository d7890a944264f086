"""Deep links: what `https://t.me/<bot>?start=…` carries, and what it stands for."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["topic", "checklist", "team", "together", "learner"]

_TOPIC = re.compile(r"t_([a-z]+)_([a-z][a-z-]*)")
_CHECKLIST = re.compile(r"c_([a-z0-9][a-z0-9-]*)")
_TEAM = re.compile(r"s_([a-z0-9]{8})")
_LEARNER = re.compile(r"m_([a-z0-9]{8})")
_TOGETHER = re.compile(r"sammen(?:_([a-z0-9][a-z0-9-]*))?")
_ID = re.compile(r"[a-z]+\.[a-z][a-z-]*")


_BEGINNINGS = {"checklist": "c_", "team": "s_", "learner": "m_"}


class Target(NamedTuple):
    """A topic, a checklist, what a learner shows to a manager, a team check, or one to be begun: of a checklist, or of
    whichever the group chooses ("")."""

    kind: Kind
    id: str


def payload(kind: Kind, id_: str) -> str:
    """`t_agreement_content` for the topic `agreement.content`, `c_readiness` for the checklist `readiness`; for a
    team check `s_` and its id, for a learner `m_` and their code; `sammen_readiness`, or `sammen` alone, where a team
    check is to be begun."""
    if kind == "together":
        return f"sammen_{id_}" if id_ else "sammen"
    return f"t_{id_.replace('.', '_')}" if kind == "topic" else f"{_BEGINNINGS[kind]}{id_}"


def target(carried: str) -> Target | None:
    """What a payload stands for, or None where it stands for nothing."""
    topic, checklist = _TOPIC.fullmatch(carried), _CHECKLIST.fullmatch(carried)
    if topic:
        return Target("topic", f"{topic[1]}.{topic[2]}")
    if checklist:
        return Target("checklist", checklist[1])
    together = _TOGETHER.fullmatch(carried)
    if together:
        return Target("together", together[1] or "")
    learner = _LEARNER.fullmatch(carried)
    if learner:
        return Target("learner", learner[1])
    team = _TEAM.fullmatch(carried)
    return Target("team", team[1]) if team else None


def named(id_: str) -> Target:
    """What an id means, as the content has it: with a dot it is a topic's."""
    return Target("topic" if _ID.fullmatch(id_) else "checklist", id_)


def address(bot: str, carried: str) -> str:
    """The link for the bot of that user name."""
    return f"https://t.me/{bot}?start={carried}"


def group_address(bot: str, carried: str) -> str:
    """The link that adds the bot to a group of one's choice, and says `/start` and what it carries there."""
    return f"https://t.me/{bot}?startgroup={carried}"
