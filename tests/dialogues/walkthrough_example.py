"""A small checklist with every kind of item, and a knowledge base that holds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dialogues.walkthrough import engine
from dialogues.walkthrough.answers import Misunderstood, parse
from dialogues.walkthrough.engine import Turn
from dialogues.walkthrough.moves import Control, Move, Say
from dialogues.walkthrough.state import Answer, Run, Value
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
        if turn.finished:
            turn = replace(turn, run=engine.with_papers(turn.run))
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


# --- a checklist with everything that a checklist can have --------------------------------------


def rich(**changes: Any) -> Checklist:
    """A checklist with every kind of item and result; `changes` replace top-level keys."""
    contact = {
        language: {"question": "Hvem?", "label": "Kontakter", "why": "Fordi.", "another": "Én til?", "entry": "Kontakt"}
        for language in ("da", "en")
    }
    sectors = [choice("public", "Det offentlige", "Public"), choice("private", "Erhvervslivet", "Business")]
    channels = [
        choice("poster", "Plakat", "Poster"),
        choice("site", "Hjemmeside", "Website"),
        choice("mail", "Nyhedsbrev", "Newsletter"),
        choice("unsure", "Ved ikke", "Don't know"),
    ]
    bands = make().dict()["result"]["bands"]
    data: dict[str, Any] = {
        "id": "rich",
        "minutes": {"quick": 4, "full": 12},
        "named_by": ["partner"],
        "scales": {"grade": GRADE},
        "da": TEXT,
        "en": TEXT,
        "sections": [
            {
                "id": "who",
                "title": both("Hvem"),
                "items": [
                    item("library", "text", "biblioteket", required=True, remember="library"),
                    item("partner", "text", "partneren"),
                    item("respondent", "person", "den, der svarer"),
                ],
            },
            {
                "id": "net",
                "title": both("Kontakter"),
                "items": [
                    {"id": "contacts", "kind": "group", "at_most": 3, **contact, "fields": [
                        item("name", "text", "kontaktens navn", required=True),
                        item("sector", "choice", "feltet", choices=sectors),
                        item("since", "date", "datoen", when={"item": "sector", "any_of": ["private"]},
                             calendar=both("Ring op")),
                        item("owner", "person", "den ansvarlige", quick=False),
                    ]},
                    item("praise", "yesno", "rosen", weight=0, when={"item": "contacts", "at_least": 2}),
                    item("sponsor", "yesno", "sponsoren", weight=0, when={
                        "item": "contacts.sector", "any_of": ["private"]}),
                ],
            },
            {
                "id": "work",
                "title": both("Arbejdet"),
                "items": [
                    item("money", "yesno", "pengene"),
                    item("budget", "money", "budgettet", maximum=100000, when={"item": "money", "any_of": ["yes"]}),
                    item("payer", "person", "betaleren", when={"item": "budget", "at_least": 1000}),
                    item("hours", "number", "timerne", minimum=0, maximum=40, unit=both("timer")),
                    item("channels", "several", "kanalerne", choices=channels, at_most=2),
                    item("trust", "scale", "tilliden", scale="grade", weight=2),
                    item("shared", "scale", "det fælles", scale="grade"),
                ],
            },
            {
                "id": "dates",
                "title": both("Datoer"),
                "items": [
                    item("start", "date", "starten", calendar=both("Samarbejdet begynder")),
                    item("end", "date", "slutningen", quick=False),
                    item("notes", "text", "noterne", quick=False),
                ],
            },
        ],
        "result": {
            "bands": bands,
            "compare": {"shows": "people", "across": "respondent", "same": ["partner"]},
            "advice": [
                {"id": "few", "when": {"item": "contacts", "below": 1}, **both("Find kontakter.")},
                {"id": "low", "when": {"section": "work", "below": 0.5}, **both("Styrk arbejdet.")},
                {"id": "stop", "first": True, "when": {"item": "trust", "any_of": ["none"]}, **both("Stop op.")},
            ],
        },
    }  # fmt: skip
    return Checklist.parse_obj({**data, **changes})


RICH = rich()
RICH_KNOWLEDGE: Knowledge = replace(KNOWLEDGE, checklists={"example": CHECKLIST, "rich": RICH})
RICH_ALL = (
    "Bogby", "Musikskolen", "Anna Holm", "ja", "Cykelhandleren", "2", "1. maj 2027", "Bo Lind", "nej", "ja", "ja",
    "5.000 kr.", "Anna Holm", "12", "1 og 3", "3", "2", "3. marts 2027", "3. marts 2028", "ingen bemærkninger",
)  # fmt: skip
"""An answer to every step of it, in order."""


def begin_rich(mode: Any = "full", language: str = "da", run_id: str = "abcd1234", **answers: Any) -> Run:
    """A run of the rich checklist that begins with the answers, underscores standing for full stops."""
    given = {name.replace("_", "."): Answer(value) for name, value in answers.items()}
    return engine.start(RICH, run_id, language, mode, answers=given, started=TODAY)


def play_rich(run: Run, *steps: Move | str) -> Turn:
    """The last turn after the moves in the rich checklist."""
    return play(run, *steps, checklist=RICH)


def rich_run(run_id: str = "abcd1234", finished: date = TODAY, **answers: Any) -> Run:
    """A finished run of the rich checklist with just these answers; everything else was skipped."""
    run = begin_rich(run_id=run_id, **answers)
    while run.status != "done":
        skipped = {str(run.at): Answer(None)}
        run = play_rich(run.with_(answers={**run.answers, **skipped, "library": Answer("Bogby")}), "/skip").run
    return run.with_(finished=finished)
