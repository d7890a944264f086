"""A line of the log, for people or for machines. What it may tell is decided by `bot.operating.telling`."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Mapping
from datetime import datetime, timezone
from types import TracebackType
from typing import Any

from bot.operating.telling import errors, subject, told

OURS = ("bot", "dialogues", "knowledge", "nlu")
_FIELDS = "makker_fields"


def note(log: logging.Logger, level: int, event: str, **fields: Any) -> None:
    """Logs an event with what is known of it."""
    log.log(level, event, extra={_FIELDS: fields}, stacklevel=2)


class Lines(logging.Formatter):
    """One line a record: time, level, who logs, what the event is about, the event. Others' words are left out."""

    def format(self, record: logging.LogRecord) -> str:
        line = as_data(record)
        event, about = line.pop("event"), line.pop("about", {})
        parts = [
            line["time"],
            f"{line['level']:7}",
            line["logger"],
            *(f"{name}={about[name]}" for name in about),
            event,
        ]
        shown = " ".join(str(part) for part in parts)
        for error in line.get("error", ()):
            said = f" ({error['says']})" if "says" in error else ""
            shown += f"; {error['type']}{said} at {' < '.join(error['at'])}".removesuffix(" at ")
        return shown


class JsonLines(logging.Formatter):
    """The same as one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(as_data(record), ensure_ascii=False, default=lambda value: str(told(value)))


def as_data(record: logging.LogRecord) -> dict[str, Any]:
    """What a line tells."""
    about = {**subject(), **{name: told(value) for name, value in getattr(record, _FIELDS, {}).items()}}
    error = errors(record.exc_info[1] if record.exc_info else None)
    return {
        "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "event": _event(record),
        **({"about": about} if about else {}),
        **({"error": error} if error else {}),
    }


def _event(record: logging.LogRecord) -> str:
    """What we say stands in our code, with what is filled in. What libraries say may hold anything: where they say it
    has to do."""
    if record.name.partition(".")[0] not in OURS:
        return f"said at {record.module}:{record.lineno}"
    template = str(record.msg)
    try:
        filled = record.args
        if isinstance(filled, Mapping):
            return template % {name: _fitting(value) for name, value in filled.items()}
        return template % tuple(map(_fitting, filled)) if filled else template
    except (TypeError, ValueError):
        return template


def _fitting(value: Any) -> Any:
    shown = told(value)
    return shown if isinstance(shown, (int, float)) else str(shown)


def catch_the_rest(log: logging.Logger) -> None:
    """What nobody catches goes into the log as well, and nowhere else."""

    def said(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None and issubclass(kind, Exception):
            log.critical("nobody caught this", exc_info=(kind, error, trace))

    def on_thread(args: threading.ExceptHookArgs) -> None:
        said(args.exc_type, args.exc_value, args.exc_traceback)

    def unraisable(args: Any) -> None:
        said(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = said
    threading.excepthook = on_thread
    sys.unraisablehook = unraisable


def from_structlog(_logger: Any, _method: str, event: Mapping[str, Any]) -> tuple[tuple[str], dict[str, Any]]:
    """What Rasa logs by structlog, for the standard library: what comes with an event is often a message's text."""
    return (str(event.get("event", "")),), {"exc_info": event["exc_info"]} if event.get("exc_info") else {}
