"""A small checklist and document that use everything a document can have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from dialogues.documents.build import build
from dialogues.documents.model import Document
from dialogues.walkthrough.state import Answer, Run
from knowledge.loader import load
from knowledge.schema import Checklist, DocumentText

TODAY = date(2026, 11, 22)
_knowledge = load()
say = _knowledge.say
TEMPLATE: Path = _knowledge.word_template("makker.docx")


def both(text: str) -> dict[str, str]:
    return {"da": text, "en": text}


def item(item_id: str, kind: str, da: str, en: str, **more: Any) -> dict[str, Any]:
    texts = {
        language: {"question": f"{label}?", "label": label, "why": "…"} for language, label in (("da", da), ("en", en))
    }
    return {"id": item_id, "kind": kind, **texts, **more}


CHECKLIST = Checklist.parse_obj(
    {
        "id": "example",
        "minutes": {"quick": 1, "full": 2},
        "sections": [
            {
                "id": "all",
                "title": both("Alt"),
                "items": [
                    item("partner-name", "text", "partnerens navn", "the partner's name"),
                    item("signer", "text", "partnerens underskriver", "the partner's signer"),
                    item("purpose", "text", "formålet", "the purpose"),
                    item("start", "date", "startdatoen", "the start date"),
                    item("money", "yesno", "penge", "money"),
                    item("budget", "number", "budgettet", "the budget", unit={"da": "kr.", "en": "kroner"}, minimum=0,
                         when={"item": "money", "any_of": ["yes"]}),
                    item("notice", "choice", "opsigelsesvarslet", "the notice", choices=[
                        {"id": "three", "da": "Tre måneder", "en": "Three months"},
                        {"id": "unsure", "da": "Ved ikke endnu", "en": "Don't know yet"},
                    ]),
                ],
            }
        ],
        "result": {"document": "example"},
        "da": {"title": "Eksempel", "intro": "…", "ends_with": "…"},
        "en": {"title": "Example", "intro": "…", "ends_with": "…"},
    }
)  # fmt: skip

DOCUMENT = DocumentText.parse_obj(
    {
        "id": "example",
        "file_name": {"da": "Samarbejdsaftale – {{ a.partner_name }}", "en": "Agreement – {{ a.partner_name }}"},
        "title": {"da": "Samarbejdsaftale", "en": "Cooperation agreement"},
        "preamble": {"da": "Mellem _biblioteket_ og **{{ a.partner_name }}**.",
                     "en": "Between _the library_ and **{{ a.partner_name }}**."},
        "clauses": [
            {"id": "purpose", "heading": {"da": "Formål", "en": "Purpose"}, "body": {
                "da": "{{ a.purpose }}\n\nVi arbejder for:\n\n- æbler, øl og ål\n- {{ a.purpose }}\n\nFørst:\n\n"
                      "1. én\n2. to\n\nSå:\n\n1. tre\n2. [vejledningen](https://example.org/vejledning)",
                "en": "{{ a.purpose }}\n\nWe work for:\n\n- apples\n- {{ a.purpose }}\n\n1. one\n2. two"}},
            {"id": "money", "when": {"item": "money", "any_of": ["yes"]},
             "heading": {"da": "Økonomi", "en": "Money"}, "body": both("{{ a.budget }}"),
             "caution": {"da": "Afklar moms med **økonomi**.", "en": "Settle VAT with **finance**."}},
            {"id": "term", "heading": {"da": "Løbetid", "en": "Term"}, "body": {
                "da": "Fra {{ a.start }}. {% if given('notice') %}Varsel: {{ a.notice | lower }}."
                      "{% else %}Varsel: {{ a.notice }}.{% endif %}",
                "en": "From {{ a.start }}. Notice: {{ a.notice }}."}},
            {"id": "nothing", "heading": both("Tom"), "body": both("{% if is_('money', 'no') %}Ingen.{% endif %}")},
            {"id": "sign", "heading": {"da": "Underskrifter", "en": "Signatures"},
             "body": both("Hver får ét.\n\n{{ sign('Biblioteket', [a.partner_name, a.signer]) }}")},
        ],
    }
)  # fmt: skip

FULL: dict[str, Any] = {
    "partner-name": "Musikskolen",
    "signer": "leder Ali Hansen",
    "purpose": "Flere børn spiller",
    "start": date(2027, 3, 3),
    "money": "yes",
    "budget": 25000,
    "notice": "three",
}


def make(answers: dict[str, Any], language: str = "da", document: DocumentText = DOCUMENT) -> Document:
    """The example's document for the given answers."""
    run = Run("12345678", "example", language, answers={key: Answer(value) for key, value in answers.items()})
    return build(document, CHECKLIST, run, today=TODAY, version="abc123", say=say)


def without_notes(document: Document) -> Document:
    """The document without the notes for those who work on it."""
    return replace(document, notes=(), sections=tuple(replace(section, notes=()) for section in document.sections))
