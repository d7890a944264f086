"""What an editor says of dates is checked: which come first, and what their calendar entries name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.check import check

Edit = Callable[[Path, str, str], None]
PARTY = "checklists/party.yml"
MARK = "result:\n  bands"
ITEMS = """\
      - id: first
        kind: date
        da: {question: Hvornår først?, label: Først, why: Fordi.}
        en: {question: When first?, label: First, why: Because.}
      - id: hour
        kind: text
        da: {question: Hvad tid?, label: Tid, why: Fordi.}
        en: {question: What time?, label: Time, why: Because.}
      - id: then
        kind: date
        after: first
        future: true
        calendar: {da: Te, en: Tea, time: hour}
        da: {question: Hvornår så?, label: Så, why: Fordi.}
        en: {question: When then?, label: Then, why: Because.}
"""
AFTER, CALENDAR = 44, 46  # the lines that they stand in


def faults(content: Path, edit: Edit, old: str, new: str) -> list[str]:
    assert old in ITEMS
    edit(content / PARTY, MARK, ITEMS.replace(old, new, 1) + MARK)
    return [str(fault) for fault in check(content)]


def test_dates_that_name_dates_have_no_fault(content: Path, edit: Edit) -> None:
    assert faults(content, edit, "after: first", "after: [first]") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("after: first", "after: frist", AFTER, 'There is no date "frist". Did you mean "first"?'),
        ("after: first", "before: then", AFTER, 'The date "then" can\'t come before itself. '),
        ("after: first", "after: hour", AFTER, 'The item "hour" is a text, not a date. Write the id of an item of'),
        ("after: first", "after: [first]\n        before: [first]", AFTER + 1, 'both after and before "first".'),
        (
            "kind: text",
            "kind: text\n        future: true",
            AFTER - 4,
            "`future` says nothing for kind `text`. Remove it",
        ),
        ("time: hour", "time: huor", CALENDAR, 'There is no item "huor". Did you mean "hour"?'),
        ("time: hour", "place: first", CALENDAR, 'The item "first" is a date: it can\'t tell the place.'),
        ("time: hour", "minutes: milk-kind", CALENDAR, 'The choices of "milk-kind" don\'t say how many minutes.'),
    ],
)
def test_each_fault_is_found_where_it_is(content: Path, edit: Edit, old: str, new: str, line: int, said: str) -> None:
    found = faults(content, edit, old, new)
    assert any(fault.startswith(f"content/{PARTY}:{line}: ") and said in fault for fault in found), found
