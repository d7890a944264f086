"""Logging, set up before Rasa is imported: Rasa logs through structlog at debug level unless told otherwise."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import IO, Literal

import structlog

from bot.operating.lines import JsonLines, Lines, catch_the_rest, from_structlog

QUIET = ("rasa", "rasa_sdk", "matplotlib", "apscheduler", "httpx", "httpcore", "asyncio", "alembic", "telegram")
Form = Literal["text", "json"]
_FORMS = {"text": Lines, "json": JsonLines}


def configure(
    level: int | str = logging.WARNING,
    file: Path | None = None,
    form: Form = "text",
    *,
    unattended: bool = False,
    others: int = logging.WARNING,
) -> None:
    """Logs of `level` and above go to standard error, or to `file` where a user sits at the terminal.

    Where nobody sits there, `unattended`, tracebacks go into the log as well: they may tell what somebody wrote.
    Libraries log from `others` on.
    Python's warnings are left out.
    """
    level = logging.getLevelName(level.upper()) if isinstance(level, str) else level
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.StreamHandler(_private(file) if file else sys.stderr)
    handler.setFormatter(_FORMS[form]())
    logging.basicConfig(level=level, handlers=[handler])
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, others))
    structlog.configure(
        processors=[from_structlog],
        wrapper_class=structlog.make_filtering_bound_logger(max(level, others)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.captureWarnings(True)  # Rasa's dependencies warn of one another, and set the filters anew while doing so
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    logging.raiseExceptions = False  # a line that can't be written is not worth a traceback with what it was to say
    if unattended:
        catch_the_rest(logging.getLogger("bot"))
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # what is multiplied is small, and idle threads keep a core busy
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # where the real TensorFlow is installed, it is talkative


def _private(file: Path) -> IO[str]:
    """The file, for its owner alone."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8")
