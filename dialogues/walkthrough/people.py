"""The people that a run has named so far: each can be chosen again by a button."""

from __future__ import annotations

import hashlib

from dialogues.walkthrough.steps import Walk

MOST = 3


def named(walk: Walk) -> list[str]:
    """The names that were given, those given last first, each once; at most three."""
    names = [str(walk.value(step.id)) for step in walk if step.item.kind == "person" and walk.value(step.id)]
    return list(dict.fromkeys(reversed(names)))[:MOST]


def token(name: str) -> str:
    """What a button says for the name: short, and the same as long as the name is."""
    return f"h{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def by_token(walk: Walk, said: str) -> str | None:
    """The name that a button meant; None where the run doesn't have it any more."""
    names = (str(walk.value(step.id)) for step in walk if step.item.kind == "person" and walk.value(step.id))
    return next((name for name in names if token(name) == said), None)
