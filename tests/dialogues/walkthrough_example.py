"""A small checklist with every kind of item, and a knowledge base that holds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dialogues.walkthrough import engine
from dialogues.walkthrough.answers import Misunderstood, parse
from dialogues.walkthrough.engine import Turn
from dialogues.walkthrough.moves import Control, Move, Say
from dialogues.walkthrough.state import Run, Value
from knowledge.loader import Knowledge, load
from knowledge.schema import Checklist, Item

TODAY = date(2026, 11, 23)  # a Monday


def both(text: str) -> dict[str, str]:
    return {"da": text, "en": f"{text} (en)"}


def item(item_id: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    texts = {
        language: {
            "question": f"Hvad med {label}?",
            "label": label,
            "why": f"Fordi {label} betyder noget.",
            "action": f"Aftal {label}.",
        }
        for language in ("da", "en")
    }
    return {"id": item_id, "kind": kind, **texts, **more}


def choice(choice_id: str, da: str, en: str, score: float | None = None) -> dict[str, Any]:
    return {"id": choice_id, "da": da, "en": en, "score": score}


GRADE = [
    choice("none", "Slet ikke", "Not at all", 0),
    choice("some", "I nogen grad", "To some degree", 1),
    choice("most", "I høj grad", "To a high degree", 2),
    choice("full", "Fuldt ud", "Fully", 3),
    choice("unsure", "Ved ikke", "Don't know", 0),
    choice("na", "Ikke relevant", "Not relevant"),
]
FORM = [
    choice("steering", "En styregruppe træffer beslutningerne sammen", "A steering group decides together"),
    choice("contacts", "Kontaktpersonerne", "The contacts"),
    choice("leaders", "Lederne i enighed", "The managers jointly"),
]
TEXT = {"title": "Eksempel", "intro": "Kort om det.", "ends_with": "Et resultat"}


def make(**changes: Any) -> Checklist:
    """The checklist; `changes` replace top-level keys."""
    data: dict[str, Any] = {
        "id": "example",
        "minutes": {"quick": 3, "full": 10},
        "scales": {"grade": GRADE},
        "da": TEXT,
        "en": TEXT,
        "sections": [
            {
                "id": "people",
                "title": both("Folk"),
                "items": [
                    item("name", "text", "navnet", required=True),
                    item("money", "yesno", "pengene"),
                    item("budget", "number", "budgettet", minimum=0, maximum=100000, unit=both("kr."), when={
                        "item": "money", "any_of": ["yes"]}),
                    item("payer", "text", "betaleren", when={"item": "budget", "any_of": ["1000"]}),
                ],
            },
            {
                "id": "work",
                "title": both("Arbejde"),
                "items": [
                    item("trust", "scale", "tilliden", scale="grade", weight=2, topics=["basics.purpose"]),
                    item("form", "choice", "formen", choices=FORM, quick=False, sources=["byg-partnerskaber"]),
                    item("start", "date", "starten"),
                    item("notes", "text", "noterne", quick=False),
                ],
            },
        ],
        "result": {
            "bands": [
                {"above": 0, "da": {"title": "Lav", "meaning": "Begynd småt."}, "en": {"title": "Low", "meaning": "x"}},
                {"above": 0.5, "da": {"title": "Høj", "meaning": "Godt."}, "en": {"title": "High", "meaning": "x"}},
            ]
        },
    }  # fmt: skip
    return Checklist.parse_obj({**data, **changes})


CHECKLIST = make()
KNOWLEDGE: Knowledge = replace(load(), checklists={"example": CHECKLIST})


def begin(mode: Any = "full", language: str = "da") -> Run:
    return engine.start(CHECKLIST, "abcd1234", language, mode)


def play(run: Run, *steps: Move | str, checklist: Checklist = CHECKLIST) -> Turn:
    """The last turn after the moves; a text is said, a text after `/` is a control."""
    turn = Turn(run)
    for one in steps:
        made = one if not isinstance(one, str) else Control(one[1:]) if one.startswith("/") else Say(one)
        turn = engine.apply(checklist, turn.run, made, TODAY)
    return turn


def values(run: Run) -> dict[str, Value]:
    return {item_id: answer.value for item_id, answer in run.answers.items()}


def key(turn: Turn) -> str | None:
    return turn.notice.key if turn.notice else None


def the(item_id: str) -> Item:
    return CHECKLIST.item(item_id)


def read(item_id: str, text: str) -> Any:
    return parse(the(item_id), CHECKLIST.choices(the(item_id)), text, TODAY)


def reason(item_id: str, text: str) -> str | None:
    outcome = read(item_id, text)
    return outcome.reason if isinstance(outcome, Misunderstood) else None


ALL = ("Bogby", "ja", "1000", "Banken", "3", "kontaktpersonerne", "3. marts", "ingen")
"""An answer to every item, in order."""
