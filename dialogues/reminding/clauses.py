"""What to be reminded of, said from the reminder's side: "ring til min chef" as "at ringe til din chef"."""

from __future__ import annotations

from collections.abc import Sequence

from dialogues.walkthrough.words import bag

_INFINITIVES = {
    "ring": "ringe", "skriv": "skrive", "send": "sende", "tjek": "tjekke", "book": "booke", "bestil": "bestille",
    "køb": "købe", "hent": "hente", "spørg": "spørge", "følg": "følge", "lav": "lave", "aftal": "aftale",
    "indkald": "indkalde", "inviter": "invitere", "invitér": "invitere", "husk": "huske", "giv": "give",
    "sæt": "sætte", "læs": "læse", "gør": "gøre", "forny": "forny", "opsig": "opsige",
}  # fmt: skip
_DO = {**_INFINITIVES, **{whole: whole for whole in _INFINITIVES.values() if whole != "aftale"}}
_DO_IN_ENGLISH = bag(
    "call phone ring write send check book order buy ask follow answer reply make invite take read renew cancel give"
)
_TO_WHAT = bag("the a an my our their your his her to up back on with out for about all everyone")
_YOURS = {
    "da": {"jeg": "du", "mig": "dig", "min": "din", "mit": "dit", "mine": "dine"},
    "en": {
        "I": "you", "I'm": "you're", "I’m": "you’re", "I'll": "you'll", "I've": "you've", "me": "you", "my": "your",
        "mine": "yours", "myself": "yourself",
    },
}  # fmt: skip


def as_clause(words: Sequence[str], language: str) -> str:
    """The words as what somebody is reminded of."""
    return " ".join(_YOURS.get(language, {}).get(word, word) for word in _to_do(list(words)))


def _to_do(words: list[str]) -> list[str]:
    """An order as what is to be done. A word that may name a thing as well is left alone."""
    first, *rest = words or [""]
    verb = first.casefold()
    if rest and verb in _DO:
        return ["at", _DO[verb], *rest]
    if rest and verb in _DO_IN_ENGLISH and rest[0].casefold() in _TO_WHAT:
        return ["to", verb, *rest]
    return words
