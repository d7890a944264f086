"""Logging, set up before Rasa is imported: Rasa logs through structlog at debug level unless told otherwise."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import structlog

QUIET = ("rasa", "rasa_sdk", "matplotlib", "apscheduler", "httpx", "httpcore", "asyncio", "alembic", "telegram")


def configure(level: int = logging.WARNING, file: Path | None = None) -> None:
    """Logs of `level` and above go to standard error, or to `file` where a user sits at the terminal.

    Python's warnings are left out.
    """
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    output = file.open("a", encoding="utf-8") if file else sys.stderr
    logging.basicConfig(level=level, stream=output, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(max(level, logging.WARNING)),
        logger_factory=structlog.PrintLoggerFactory(output),
        cache_logger_on_first_use=True,
    )
    logging.captureWarnings(True)  # Rasa's dependencies warn of one another, and set the filters anew while doing so
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # where the real TensorFlow is installed, it is talkative
