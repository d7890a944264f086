"""The labels that a message can get: `kind/name`, Rasa's retrieval intents, and one for what has no answer."""

from __future__ import annotations

TOPIC, CHECKLIST, TERM = "topic", "checklist", "term"
COMMAND, SMALLTALK, FOLLOWUP = "command", "smalltalk", "followup"
KINDS = (TOPIC, CHECKLIST, TERM, COMMAND, SMALLTALK, FOLLOWUP)

LEAD = "lead"  # no label of messages, but of what leads up to them: "og hvad med …", "nej, jeg mente …"
LEADS = ("on", "correction")

WHAT_IS = "term/what"  # "what is X": its word is explained only where no topic surely answers
OUT_OF_SCOPE = "out_of_scope"
UNCLEAR = "unclear"  # set by the judge: several labels are likely
BLANK = "blank"  # a message without words


def split(label: str) -> tuple[str, str]:
    """Kind and name: `topic/agreement.sign` → (`topic`, `agreement.sign`)."""
    kind, _, name = label.partition("/")
    return kind, name
