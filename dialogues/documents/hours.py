"""The hour of a meeting as people write it: "kl. 16.30", "16-17.30", "4.30 pm"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_HOUR = r"(\d{1,2})(?:[.:]?(\d{2}))?(?!\d)\s*([ap]\.?m\b\.?)?"
_FIRST = re.compile(
    rf"(?:^|\b(?:kl\.?|klokken|at|from|fra)\s*){_HOUR}(?:\s*(?:-|–|—|til|to|until)\s*(?:kl\.?\s*)?{_HOUR})?", re.I
)
_LATE = re.compile(r"eftermiddag|aften|afternoon|evening", re.I)
_EARLIEST = 7  # nobody meets earlier: a smaller hour could be one of the afternoon
_A_DAY = timedelta(days=1)


def hours(text: str) -> tuple[time, int | None] | None:
    """When it begins, and for how many minutes where the text says until when; None where no hour is certain.

    "4" alone could be early or late, and two hours that don't belong together could be either.
    """
    text = " ".join(text.split())
    match = _FIRST.search(text)
    if match is None or re.search(r"\d[.:]?\d{2}|\d\s*[ap]\.?m", f"{text[: match.start()]} {text[match.end() :]}"):
        return None
    late = bool(_LATE.search(text))
    hour, minute, half, to_hour, to_minute, to_half = match.groups()
    begins = _hour(hour, minute, half or to_half, late)
    ends = _hour(to_hour, to_minute, to_half, late) if to_hour else None
    if begins is None:
        return None
    return begins, _between(begins, ends) if ends and ends > begins else None


def _hour(hour: str, minute: str | None, half: str | None, late: bool) -> time | None:
    number, past = int(hour), int(minute or 0)
    if half:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half[0] in "pP" else 0)
    elif late and number < 12:
        number += 12
    elif number < _EARLIEST:
        return None
    return time(number, past) if number < 24 and past < 60 else None


def _between(begins: time, ends: time) -> int:
    day = date.min + _A_DAY
    return int((datetime.combine(day, ends) - datetime.combine(day, begins)).total_seconds() // 60)
