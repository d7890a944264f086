"""`makker ask`: one question and its answer, or many, one JSON object a line."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol
from uuid import uuid4

from bot.door import Engine, Inbound
from bot.errors import StartError
from bot.rendering.plain import plain
from dialogues.reply import Reply


class Forgetting(Protocol):
    """A store that can forget an owner; `dialogues.ports.Store` does."""

    def delete(self, owner: str) -> dict[str, int]: ...


async def ask(engine: Engine, store: Forgetting, turns: Sequence[str], language: str | None = None) -> dict[str, Any]:
    """Says `turns` in a conversation of its own, which is forgotten at its end, and reports the last of them."""
    name = f"ask:{uuid4()}"
    replies: list[Reply] = []
    started = time.perf_counter()
    for text in turns:
        started = time.perf_counter()
        replies = await engine.handle(Inbound(name, name, text=text, language=language, forced=language is not None))
    took = (time.perf_counter() - started) * 1000
    store.delete(name)
    return report(replies, took)


def report(replies: Sequence[Reply], milliseconds: float) -> dict[str, Any]:
    """The replies of one turn as JSON-ready data. What was understood stands in the first."""
    first = next((reply for reply in replies if reply.outcome), replies[0])
    return {
        "outcome": first.outcome,
        "topics": [{"id": topic, "score": score} for topic, score in first.topics],
        "checklist": first.checklist if first.outcome == "checklist" else None,
        "command": first.command,
        "smalltalk": first.smalltalk,
        "lang": first.language,
        "text": "\n\n".join(plain(reply.text) for reply in replies),
        "buttons": [choice.label for reply in replies for choice in reply.buttons],
        "sources": [source for reply in replies for source in reply.sources],
        "ms": round(milliseconds, 2),
    }


def questions(lines: Iterable[str], source: str) -> Iterator[tuple[str, list[str], str | None]]:
    """Id, turns and language of each line. Raises StartError that names the line which can't be read."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            turns = entry["turns"] if "turns" in entry else [entry["text"]]
            if not turns or not all(isinstance(turn, str) for turn in turns):
                raise TypeError
            yield entry["id"], turns, entry.get("lang")
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise StartError(
                f'{source}:{number}: not a question: write one object a line, {{"id": "1", "text": "…"}} '
                'or {"id": "1", "turns": ["…", "…"]}'
            ) from error
