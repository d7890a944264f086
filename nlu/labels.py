"""The labels that a message can get: `kind/name`, Rasa's retrieval intents, and `out_of_scope`."""

from __future__ import annotations

TOPIC, CHECKLIST, COMMAND, SMALLTALK, FOLLOWUP = "topic", "checklist", "command", "smalltalk", "followup"
KINDS = (TOPIC, CHECKLIST, COMMAND, SMALLTALK, FOLLOWUP)

OUT_OF_SCOPE = "out_of_scope"
UNCLEAR = "unclear"  # set by the judge: several labels are likely
BLANK = "blank"  # a message without words


def split(label: str) -> tuple[str, str]:
    """Kind and name: `topic/agreement.sign` → (`topic`, `agreement.sign`)."""
    kind, _, name = label.partition("/")
    return kind, name
