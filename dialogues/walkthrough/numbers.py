"""Numbers as people write them, in digits or in words, Danish and English."""

from __future__ import annotations

import re

from dialogues.walkthrough import words

_SMALL = {
    "nul": 0, "zero": 0, "ingen": 0, "none": 0, "en": 1, "et": 1, "een": 1, "one": 1, "a": 1, "an": 1, "to": 2,
    "two": 2, "tre": 3, "three": 3, "fire": 4, "four": 4, "fem": 5, "five": 5, "seks": 6, "six": 6, "syv": 7,
    "seven": 7, "otte": 8, "eight": 8, "ni": 9, "nine": 9, "ti": 10, "ten": 10, "elleve": 11, "eleven": 11,
    "tolv": 12, "twelve": 12, "tretten": 13, "thirteen": 13, "fjorten": 14, "fourteen": 14, "femten": 15,
    "fifteen": 15, "seksten": 16, "sixteen": 16, "sytten": 17, "seventeen": 17, "atten": 18, "eighteen": 18,
    "nitten": 19, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "tyve": 20, "twenty": 20, "tredive": 30, "thirty": 30, "fyrre": 40, "fyrretyve": 40, "forty": 40, "halvtreds": 50,
    "fifty": 50, "tres": 60, "sixty": 60, "halvfjerds": 70, "seventy": 70, "firs": 80, "eighty": 80, "halvfems": 90,
    "ninety": 90,
}  # fmt: skip
_TIMES = {
    "hundrede": 100, "hundred": 100, "hundreder": 100, "tusind": 1000, "tusinde": 1000, "tusen": 1000, "tkr": 1000,
    "thousand": 1000, "k": 1000, "mio": 1_000_000, "million": 1_000_000, "millioner": 1_000_000, "mill": 1_000_000,
}  # fmt: skip
_ORDINALS = {
    "foerste": 1, "first": 1, "anden": 2, "andet": 2, "second": 2, "tredje": 3, "third": 3, "fjerde": 4, "fourth": 4,
    "femte": 5, "fifth": 5, "sjette": 6, "sixth": 6, "syvende": 7, "seventh": 7, "ottende": 8, "eighth": 8,
    "niende": 9, "ninth": 9, "tiende": 10, "tenth": 10,
}  # fmt: skip
_FIXED = {"halvanden": 1.5, "halvandet": 1.5}
_HALF = words.bag("halv halvt half")
_VAGUE = words.bag("par nogle few flere several couple mange many mellem between til")
_ARTICLES = words.bag("en et a an")
_SHARES = words.bag("af of ud out nr nummer number")  # "to af os" counts something else
_BESIDE = words.bag(
    "ca cirka omkring omtrent naesten mindst hoejst maks max maksimalt minimum i alt ialt det er vi har koster bliver "
    "kun og hele regner med forventer tror jeg skal bruge afsat samlet penge budget "
    "budgettet om aaret maaneden ugen tak vel nok "
    "about around roughly approximately almost at least most we have it is in total only just and money the per"
)
"""Words that may stand beside a number in words without changing what it means."""
_MONEY = words.bag("kr kroner dkk")
_FREE = re.compile(
    r"(?:det|vi|it|we|der) (?:er|har|koster|bliver|is|have|costs?)"
    r" (?:gratis|ikke noget|ingenting|intet|free|nothing)"
    r"|gratis|ikke noget|ingenting|intet|slet ikke noget|free(?: of charge)?|nothing(?: at all)?"
)
_NOTICE = words.bag("varsel opsigelse opsigelsesvarsel notice paa med of")
UNITS = {
    name: unit
    for unit, names in {
        "hours": "time timer t hour hours",
        "days": "dag dage day days",
        "weeks": "uge uger week weeks",
        "months": "maaned maaneder maaneders maned maneder mdr mnd month months",
        "years": "aar ar year years",
        "times": "gang gange times",
        "people": "person personer mennesker people",
        "percent": "procent pct percent",
        "money": "kr krone kroner dkk euro eur",
    }.items()
    for name in names.split()
}
"""What folded words count: "timer" and "hours" the same."""
_BASE = {"weeks": ("days", 7), "years": ("months", 12)}

_TOKEN = re.compile(
    r"(?P<numeral>(?:(?<![\w.,/-])[-\u2212])?"
    r"(?:[0-9]{1,3}(?:[ \u00a0][0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,'][0-9]+)*)½?|½)"
    r"|(?P<word>[^\W\d_]+)"
)
_LONGEST, _MOST_WORDS, _MOST_DIGITS = 80, 8, 12


def word(token: str) -> float | None:
    """The number that one folded word names ("tre", "femogtyve", "twenty-five"), or None."""
    if token in _SMALL:
        return _SMALL[token]
    if token in _TENS:
        return _TENS[token]
    ones, _, tens = token.partition("og")
    if tens in _TENS and ones in _SMALL and 0 < _SMALL[ones] < 10:
        return _TENS[tens] + _SMALL[ones]
    return _FIXED.get(token)


def ordinal(token: str) -> int | None:
    """The place that a folded word names ("tredje", "third"), or None."""
    return _ORDINALS.get(token)


def numeral(token: str) -> float | None:
    """The number that digits with separators mean, or None where they make no sense.

    A lone separator before exactly three digits groups thousands, in either language ("5.000", "1,000"):
    nobody writes three decimals in answer to such questions. Any other lone separator is the decimal one.
    """
    token = token.replace("\u2212", "-")
    half = 0.5 if token.endswith("½") else 0.0
    plain = re.sub(r"[ \u00a0'½]", "", token)
    if not plain:
        return half
    if sum(sign.isdigit() for sign in plain) > _MOST_DIGITS:
        return None
    separators = re.findall(r"[.,]", plain)
    decimal = separators[-1] if len(set(separators)) == 2 else ""
    if len(separators) == 1 and not re.fullmatch(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", plain):
        decimal = separators[0]
    whole, _, fraction = plain.partition(decimal) if decimal else (plain, "", "")
    if re.search(r"[.,]", fraction) or not re.fullmatch(r"-?(?:[0-9]+|[0-9]{1,3}(?:[.,][0-9]{3})+)", whole):
        return None
    value = float(re.sub(r"[.,]", "", whole) + "." + (fraction or "0"))
    return value + half if value >= 0 else value - half


def measure(text: str) -> tuple[float, str] | None:
    """How much of what: "tre mdr." is (3, "months"), "et halvt år" (6, "months"); None for anything else."""
    tokens = re.findall(r"[0-9]+|[^\W\d_]+", words.fold(text[:_LONGEST]))
    *said, counted = [token for token in tokens if token not in _BESIDE | _NOTICE] or [""]
    unit = UNITS.get(counted)
    if unit is None or len(text) > _LONGEST:
        return None
    if _HALF & set(said):
        amount = 0.5 if set(said) <= _HALF | _ARTICLES else None
    elif not said or not set(said[:-1]) <= _ARTICLES:
        amount = None
    else:
        amount = float(said[-1]) if said[-1].isdecimal() else word(said[-1])
    base, times = _BASE.get(unit, (unit, 1))
    return None if amount is None else (amount * times, base)


def parse(text: str, units: frozenset[str] = frozenset()) -> int | float | None:
    """The one number that the words name; None where there is none, more than one, or they say anything else.

    `units`: the folded words for what is counted; a number of something else ("en gang" of kroner) is none.
    """
    text = words.latin(text)
    if len(text) > _LONGEST:
        return None
    text = re.sub(r"(?<=[0-9])[.,]-(?![0-9])|\bup to\b|\bop til\b", " ", text)
    text = re.sub(r"(?<=[0-9])k\b|(?:\b|(?<=[0-9]))t\.? ?kr\b", " k ", text)
    if _MONEY & units:
        if _FREE.fullmatch(text.strip(" .!,")):
            return 0
        text = re.sub(r"(?<=[0-9]) ?t\b\.?", " k ", text)  # "5t" are thousands of kroner, not hours
    tokens = [(match["numeral"] or "", match["word"] or "") for match in _TOKEN.finditer(text)]
    said = {said for _, said in tokens}
    if len(tokens) > _MOST_WORDS or (words.NEGATIONS - {"ingen", "none"}) & said or _VAGUE & said:
        return None
    numerals = [index for index, (digits, _) in enumerate(tokens) if digits]
    if len(numerals) > 1:
        return None
    in_words = [said for _, said in tokens]
    value = _from_numeral(tokens, numerals[0], units) if numerals else _from_words(in_words, units)
    if value is None:
        return None
    return int(value) if value == int(value) else value


def _counts(said: str, units: frozenset[str]) -> bool:
    """Whether a word beside a number leaves it a number of `units`."""
    unit = UNITS.get(said)
    return said not in _SHARES and (unit is None or not units or unit in {UNITS.get(name) for name in units})


def _from_numeral(tokens: list[tuple[str, str]], index: int, units: frozenset[str]) -> float | None:
    value = numeral(tokens[index][0])
    after = [said for _, said in tokens[index + 1 :]]
    times = _TIMES.get(after[0], 1) if after else 1
    beside = [tokens[index - 1][1]] if index else []
    beside += after[1:2] if after and after[0] in _TIMES else after[:1]
    fits = all(_counts(said, units) for said in beside)
    return round(value * times, 6) if value is not None and fits else None


def _from_words(tokens: list[str], units: frozenset[str]) -> float | None:
    """Adds up "to hundrede og fem", "fem tusind", "to en halv"; None for two numbers that don't belong together,
    and where other words stand beside them: "en" and "to" are no numbers in "en gang til to af os"."""
    numbers = {token for token in tokens if word(token) is not None} | _TIMES.keys() | _HALF
    beside = set(tokens) - numbers - _BESIDE - units
    if any(token not in UNITS or not _counts(token, units) for token in beside):
        return None
    total: float = 0
    value: float | None = None
    for token, following in zip(tokens, [*tokens, ""][1:], strict=True):
        number = word(token)
        if token in _HALF:
            value = (value or 0) + 0.5
        elif token in _TIMES:
            value = (1 if value is None else value) * _TIMES[token]
            if _TIMES[token] >= 1000:
                total, value = total + value, None
        elif number is not None and not (number == 1 and following in _HALF):
            if value is not None and not _goes_on(value, number):
                return None
            value = (value or 0) + number
    return total + (value or 0) if total or value is not None else None


def _goes_on(value: float, number: float) -> bool:
    tens_and_ones = value in _TENS.values() and 0 < number < 10  # "twenty five"
    return tens_and_ones or (value >= 100 and number < 100 and value % 100 == 0)
