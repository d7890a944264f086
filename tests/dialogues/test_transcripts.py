"""Plays the conversations in `tests/transcripts/` through the real engine; the README there tells how to write them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.talker import Talker

FILES = sorted((Path(__file__).parent.parent / "transcripts").glob("*.yml"))
CONVERSATIONS = [
    pytest.param(conversation, id=f"{path.stem}: {conversation['title']}")
    for path in FILES
    for conversation in yaml.safe_load(path.read_text(encoding="utf-8"))
]
ANYTHING = "…"


@pytest.mark.parametrize("conversation", CONVERSATIONS)
def test_the_conversation_goes_as_written(conversation: dict, engine) -> None:
    talker = Talker(engine, language=conversation.get("language"))
    for number, step in enumerate(conversation["conversation"], 1):
        unknown = set(step) - {"user", "taps", "bot", "buttons", "files"}
        assert not unknown, f"step {number} has keys that mean nothing: {unknown}"
        if "user" in step:
            talker.says(str(step["user"]))
        if "taps" in step:
            talker.taps(str(step["taps"]))
        where = f"step {number} ({step.get('user', step.get('taps'))!r})"
        if "bot" in step:
            assert reads_like(talker.text, step["bot"]), f"{where}: the bot said:\n\n{talker.text}"
        if "buttons" in step:
            assert are_like(talker.labels, step["buttons"]), f"{where}: the buttons are {talker.labels}"
        if "files" in step:
            assert are_like(list(talker.files), step["files"]), f"{where}: the files are {list(talker.files)}"


def reads_like(said: str, written: str) -> bool:
    """Whether the text is the written one; `…` there stands for any words, and white space doesn't count."""
    pattern = ".*".join(re.escape(" ".join(part.split())) for part in written.strip().split(ANYTHING))
    return (
        re.fullmatch(pattern.replace(r"\ .*", r"\ ?.*").replace(r".*\ ", r".*\ ?"), " ".join(said.split())) is not None
    )


def are_like(there: list[str], written: list[str]) -> bool:
    """Whether the labels are the written ones; a last `…` stands for any that follow."""
    if written and written[-1] == ANYTHING:
        there, written = there[: len(written) - 1], written[:-1]
    return len(there) == len(written) and all(
        reads_like(one, str(other)) for one, other in zip(there, written, strict=True)
    )
