"""All methods of the Bot API that the server knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.botapi import answering, asking, editing, polls, profile, sending
from tests.botapi.errors import NotFound
from tests.botapi.world import World

_METHODS: dict[str, Callable[[World, dict[str, Any]], Any]] = {
    **profile.METHODS,
    **sending.METHODS,
    **polls.METHODS,
    **editing.METHODS,
    **answering.METHODS,
    **asking.METHODS,
}


def call(world: World, method: str, params: dict[str, Any]) -> Any:
    """Does what the method does and gives its result; raises `Refused` as Telegram would."""
    known = _METHODS.get(method.lower())
    if known is None:
        raise NotFound("method not found")
    with world.changed:
        result = known(world, params)
        world.changed.notify_all()
    return result
