"""How calls reach Telegram: its limits obeyed, its bad moments waited for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from telegram.error import BadRequest, NetworkError
from telegram.ext import AIORateLimiter

log = logging.getLogger(__name__)

PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds before each further try
_OBEDIENCE = 5  # times that one call waits as long as Telegram asks
_PASSING = ("sendChatAction",)  # worth neither a wait nor a second try


class Courier(AIORateLimiter):
    """Waits as long as Telegram asks (429), keeps to its pace in groups, and tries again when the network or
    Telegram fails (5xx, time-outs, broken connections).

    Where a connection breaks after the request has gone out, nobody can know whether it was carried out: the
    call is made again, since an answer that comes twice is better than none. There is no limit for all chats
    together: Telegram's is not a fixed one, and it says itself when to wait.
    """

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        super().__init__(overall_max_rate=0, max_retries=_OBEDIENCE)
        self._pauses = tuple(pauses)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        if endpoint in _PASSING:
            return await callback(*args, **kwargs)
        for pause in self._pauses:
            try:
                return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
            except BadRequest:  # a kind of NetworkError for python-telegram-bot, but no better the second time
                raise
            except NetworkError as error:
                log.warning("%s failed (%s), trying again in %s s", endpoint, type(error).__name__, pause)
                await asyncio.sleep(pause)
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
