"""Numbers and dates as each language writes them, on the screen and on paper alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

Say = Callable[..., str]


def number_words(value: int | float, language: str) -> str:
    """A number with the language's separators: 1.500,5 in Danish, 1,500.5 in English."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "da" else text


def date_words(day: date, language: str, say: Say, *, weekday: bool = False) -> str:
    """A date in words: "3. marts 2027", or with its weekday "onsdag den 3. marts 2027"."""
    names = {"month": say(language, "dates.months").split()[day.month - 1]}
    if weekday:
        names["weekday"] = say(language, "dates.weekdays").split()[day.weekday()]
    return str(say(language, "dates.weekday" if weekday else "dates.day", day=day.day, year=day.year, **names))


def short_date(day: date) -> str:
    """A date for a button: 22/11."""
    return f"{day.day}/{day.month}"
