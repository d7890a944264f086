"""The labels that a message can get: `kind/name`, Rasa's retrieval intents, and two for what has no answer."""

from __future__ import annotations

TOPIC, CHECKLIST, COMMAND, SMALLTALK, FOLLOWUP = "topic", "checklist", "command", "smalltalk", "followup"
KINDS = (TOPIC, CHECKLIST, COMMAND, SMALLTALK, FOLLOWUP)

OUT_OF_SCOPE = "out_of_scope"
NOT_YET = "not_yet"  # partnership work that the knowledge doesn't cover: learnt apart from the weather, told alike
OUTSIDE = (OUT_OF_SCOPE, NOT_YET)
UNCLEAR = "unclear"  # set by the judge: several labels are likely
BLANK = "blank"  # a message without words


def split(label: str) -> tuple[str, str]:
    """Kind and name: `topic/agreement.sign` → (`topic`, `agreement.sign`)."""
    kind, _, name = label.partition("/")
    return kind, name
