"""Rasa's side, run by the Python of its environment: `python -m bench.default_quality <model> <texts> <report>`.

Labels of each text, best first, as intent and response selector give them, and whether Rasa would fall back.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Any

import structlog

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
logging.disable(logging.WARNING)

from rasa.core.agent import Agent  # noqa: E402  # its logs are configured before it is imported

FALLBACK, OUTSIDE = "nlu_fallback", "out_of_scope"


async def told(model: str, texts: list[str]) -> list[dict[str, Any]]:
    """For each text: its labels, best first, and whether it is taken for out of scope or falls back."""
    agent = Agent.load(model)
    return [_labels(await agent.parse_message(text)) for text in texts]


def _labels(parsed: dict[str, Any]) -> dict[str, Any]:
    intents = [entry["name"] for entry in parsed["intent_ranking"] if entry["name"] != FALLBACK]
    selected = parsed.get("response_selector", {}).get("default", {}).get("ranking", [])
    keys = [entry["intent_response_key"] for entry in selected]
    labels = [key for intent in intents[:1] for key in keys if key.startswith(f"{intent}/")] or intents[:1]
    labels += [key for key in keys if key not in labels]
    return {"labels": labels[:10], "refused": parsed["intent"]["name"] in (FALLBACK, OUTSIDE)}


def main() -> None:
    """Reads texts, writes what they are taken for."""
    model, texts, report = sys.argv[1:4]
    found = asyncio.run(told(model, json.loads(Path(texts).read_text(encoding="utf-8"))))
    Path(report).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
