"""What a log may tell. Nothing of what people write, are called or are known by gets into it, whoever logs it.

Told are the words that stand in our own code, numbers too small to be anybody's, and words that are known to be
nobody's: names of methods, of exceptions, what Telegram and databases say. Anything else becomes a short code, keyed so
that nobody can find out by trying what it stands for; the same thing has the same code, so that lines can be put
together.
"""

from __future__ import annotations

import builtins
import hashlib
import hmac
import os
import re
import secrets
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any

SMALL = 10_000  # numbers below are counts and seconds; those of people and chats are longer, or have a code
_FRAMES = 8  # of a traceback, the innermost ones
_CHAIN = 5  # exceptions that led to one another
_SITE = re.compile(r".*/(?:site-packages|python3\.\d+)/")
_REPOSITORY = f"{Path(__file__).parents[2]}/"
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*\Z")
_SQLSTATE = re.compile(r"[0-9A-Z]{5}\Z")

# What Telegram, databases and the network say, by the part of it that holds nobody's words.
_PHRASES = (
    "bot was blocked by the user",
    "bot was kicked",
    "bot is not a member",
    "bot can't initiate conversation",
    "user is deactivated",
    "chat not found",
    "group chat was upgraded to a supergroup",
    "group chat was deactivated",
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message thread not found",
    "message is too long",
    "message text is empty",
    "can't parse entities",
    "query is too old",
    "not enough rights",
    "poll has already been closed",
    "terminated by other getupdates request",
    "can't use getupdates method while webhook is active",
    "flood control exceeded",
    "too many requests",
    "bad gateway",
    "gateway timeout",
    "internal server error",
    "invalid server response",
    "unauthorized",
    "invalid token",
    "timed out",
    "server disconnected",
    "cannot connect to host",
    "connection reset by peer",
    "connection refused",
    "no connection in time",
    "database is locked",
    "database disk image is malformed",
    "database or disk is full",
    "disk i/o error",
    "file is not a database",
    "attempt to write a readonly database",
    "unable to open database file",
    "no such table",
    "server closed the connection unexpectedly",
    "terminating connection",
    "the database system is starting up",
    "the database system is shutting down",
    "could not connect to server",
    "too many clients already",
    "canceling statement due to statement timeout",
    "canceling statement due to lock timeout",
    "deadlock detected",
    "queuepool limit",
    "bad file descriptor",
    "event loop is closed",
)

_key = [secrets.token_bytes(16)]
_words: set[str] = set()
_about: ContextVar[dict[str, Any]] = ContextVar("about", default={})  # noqa: B039 (nobody changes it)


class Told(str):
    """Words that may be told as they are."""


def key_from(secret: str) -> None:
    """From now on codes depend on this secret: they are the same after a restart, and in all processes that have it."""
    _key[0] = hashlib.sha256(b"makker logs " + secret.encode()).digest()


def know(words: Iterable[str]) -> None:
    """Words that are nobody's: names of methods, actions."""
    _words.update(words)


def code(value: object) -> Told:
    """What stands for somebody, or for anything that isn't to be told."""
    return Told("~" + hmac.digest(_key[0], str(value).encode("utf-8", "replace"), "sha256").hex()[:10])


@contextmanager
def about(**fields: Any) -> Iterator[None]:
    """While open, every line tells what it is about."""
    token = _about.set({**_about.get(), **fields})
    try:
        yield
    finally:
        _about.reset(token)


def subject() -> dict[str, Any]:
    """What is being dealt with."""
    return {name: told(value) for name, value in _about.get().items()}


def told(value: Any) -> Any:
    """A value as it may be told."""
    if value is None or isinstance(value, (bool, float, Told)):
        return value
    if isinstance(value, int):
        return value if abs(value) < SMALL else code(value)
    if isinstance(value, str):
        return _told_words(value)
    if isinstance(value, BaseException):
        return Told(f"{type(value).__name__}: {says(value)}".removesuffix(": "))
    return code(value)


def _told_words(words: str) -> str:
    if words in _words or (_WORD.match(words) and words.rpartition(".")[2] in _exceptions()):
        return words
    return _phrase(words) or code(words)


def _phrase(words: str) -> str:
    lower = words.lower()
    return next((phrase for phrase in _PHRASES if phrase in lower), "")


def _exceptions() -> set[str]:
    """The names of the exceptions that there are."""
    if not _known_exceptions:
        waiting: list[Any] = [BaseException]
        while waiting:
            kind = waiting.pop()
            if kind.__name__ not in _known_exceptions:
                _known_exceptions.add(kind.__name__)
                waiting += type.__subclasses__(kind)
    return _known_exceptions


_known_exceptions: set[str] = set()


def says(error: BaseException) -> str:
    """What an exception says, where that is known to be nobody's words: a text in the code that raised it, a number of
    the operating system or of the database, a phrase that is known."""
    message = str(error)
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    state = getattr(getattr(error, "orig", error), "pgcode", None)
    if isinstance(state, str) and _SQLSTATE.match(state):
        return f"SQLSTATE {state}"
    if message and message in _constants(error.__traceback__):
        return message
    return _phrase(message)


def _constants(trace: TracebackType | None) -> tuple[Any, ...]:
    """The constants of the function that raised."""
    if trace is None:
        return ()
    while trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_consts


def errors(error: BaseException | None) -> list[dict[str, Any]]:
    """An exception and those that led to it: of which kind, what may be told of what it says, and where it was raised,
    innermost first."""
    found: list[dict[str, Any]] = []
    while error is not None and len(found) < _CHAIN:
        frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)][-_FRAMES:]
        at = [f"{_short(raised.co_filename)}:{line} {raised.co_name}" for raised, line in reversed(frames)]
        found.append({"type": _kind(error), **({"says": said} if (said := says(error)) else {}), "at": at})
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__name__ if kind.__module__ == builtins.__name__ else f"{kind.__module__}.{kind.__name__}"


def _short(file: str) -> str:
    """A file's path as everybody has it."""
    return _SITE.sub("", file.removeprefix(_REPOSITORY) if "site-packages" not in file else file)
