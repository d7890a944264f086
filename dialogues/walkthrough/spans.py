"""Spans of time told in another unit than the one asked for: "et kvarter" in minutes, "to uger" in days.

Only where the conversion is exact: a month has no certain number of weeks.
"""

from __future__ import annotations

import re

from dialogues.walkthrough import numbers, words

_UNITS = {
    **{name: unit for name, unit in numbers.UNITS.items() if unit in ("hours", "days", "weeks", "months", "years")},
    **dict.fromkeys(("minut", "minutter", "min", "minute", "minutes", "mins"), "minutes"),
    **dict.fromkeys(("kvarter", "kvarters", "quarter", "quarters"), "quarters"),
    **dict.fromkeys(("doegn", "doegns"), "days"),
    **dict.fromkeys(("hr", "hrs"), "hours"),
}
_WORTH = {
    "minutes": ("time", 1), "quarters": ("time", 15), "hours": ("time", 60),
    "days": ("days", 1), "weeks": ("days", 7), "months": ("months", 1), "years": ("months", 12),
}  # fmt: skip
"""What a unit is worth in the smallest of its kind."""
_PERIODS = {
    **dict.fromkeys(("dag", "dagen", "day", "dagligt", "daily"), "days"),
    **dict.fromkeys(("uge", "ugen", "week", "ugentligt", "weekly"), "weeks"),
    **dict.fromkeys(("maaned", "maaneden", "month", "maanedligt", "monthly"), "months"),
    **dict.fromkeys(("aar", "aaret", "year", "aarligt", "yearly", "annually"), "years"),
}
_PER = re.compile(r"\b(?:om|per|pr|hver|i|a|each|every|the)\b (?P<period>[a-z]+)$|(?P<adverb>[a-z]+(?:ligt|ly))$")
_PART = re.compile(r" (?:og|and) (?=(?:[0-9]|et|en|a|an|\w+ min|\w+ kvarter|\w+ minut))")
_HALVED = re.compile(r" (?:og en|and a|en) hal[vf]t?$")
_DECIMAL_HALF = re.compile(r"½|(?<=[0-9])[.,]5(?![0-9])")
_AND_A_HALF = re.compile(r"\w+ (?:og en|and a) hal[vf]t? \w+$")
_AROUND = words.bag(
    "ca cirka omkring omtrent naesten hoejst mindst maks max det er vi bliver tager varer kun i alt og saa tror"
    " jeg about around roughly approximately at most least it is takes lasts only of til tid tids"
)
_ARTICLES = words.bag("en et a an")


def counted_in(text: str, unit: str) -> int | float | None:
    """The span that `text` tells, counted in `unit` (a label such as "minutter minutes"); None where it tells none,
    or where the one isn't an exact number of the other."""
    wanted = _unit_of(unit)
    folded = _without_period(words.fold(_DECIMAL_HALF.sub(" og en halv", text)))
    if wanted is None or not folded:
        return None
    parts = [_span(part) for part in _parted(folded)]
    base, times = _WORTH[wanted]
    if not parts or any(part is None or part[1] != base for part in parts):
        return None
    value = sum(part[0] for part in parts if part) / times
    if round(value, 2) != value:
        return None
    return int(value) if value == int(value) else value


def names_other(text: str, unit: str) -> bool:
    """Whether the words count in another unit of time than `unit`."""
    wanted = _unit_of(unit)
    said = {_UNITS[token] for token in re.findall(r"[a-z]+", _without_period(words.fold(text))) if token in _UNITS}
    return wanted is not None and bool(said - {wanted})


def per_another(text: str, unit: str) -> bool:
    """Whether the words tell how much there is a week, say, where it is asked how much there is a month."""
    asked, said = _period(words.fold(unit)), _period(words.fold(text))
    return asked is not None and said is not None and asked != said


def _period(folded: str) -> str | None:
    match = _PER.search(folded)
    return _PERIODS.get(match["period"] or match["adverb"] or "") if match else None


def _without_period(folded: str) -> str:
    return _PER.sub("", folded).strip() if _period(folded) else folded


def _unit_of(unit: str) -> str | None:
    return next((_UNITS[token] for token in words.fold(unit).split() if token in _UNITS), None)


def _parted(folded: str) -> list[str]:
    return [folded] if _HALVED.search(folded) or _AND_A_HALF.search(folded) else _PART.split(folded)


def _span(part: str) -> tuple[float, str] | None:
    """How much of what: "halvanden time" is (90, "time")."""
    half = 0.5 if _HALVED.search(part) or _AND_A_HALF.search(part) else 0.0
    plain = re.sub(r" (?:og en|and a) hal[vf]t?\b", "", part)
    plain = re.sub(r"\bquarters? of an hour\b", "quarter", plain)
    plain = re.sub(r"(?<=[0-9])(?=[a-z])", " ", plain)
    tokens = [token for token in plain.split() if token not in _AROUND]
    if not tokens or tokens[-1] not in _UNITS:
        return None
    said, unit = tokens[:-1], _UNITS[tokens[-1]]
    amount = _amount(said)
    base, times = _WORTH[unit]
    return None if amount is None else ((amount + half) * times, base)


def _amount(said: list[str]) -> float | None:
    said = [token for token in said if token not in _ARTICLES] if len(said) > 1 else said
    if said in (["halv"], ["halvt"], ["half"]):
        return 0.5
    if len(said) != 1:
        return 1.0 if not said else None
    return float(said[0]) if said[0].isdecimal() else numbers.word(said[0])
