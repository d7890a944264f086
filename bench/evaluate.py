"""`make evaluate`: how well the bot understands, on rows that nothing has learnt from.

python bench/evaluate.py [--rows FILE] [--mistakes] [--json FILE]

Every row is a conversation of its own, put to the whole bot as a door does it; what is judged is its reply.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # this file is called by its path

from rich.console import Console
from rich.table import Table

from bench.questions import EVALUATION, Row, rows
from bot.door import Engine, Inbound
from bot.engine import logs, training
from bot.house import House
from bot.settings import read_settings
from dialogues import taps
from dialogues.reply import Reply
from knowledge.loader import Knowledge

ANSWER, CLARIFY, UNKNOWN = "answer", "clarify", "unknown"
OFFERED = 3  # of the choices, as many count as offered
QUESTIONS = ("clean", "phone", "situation")
CONFUSIONS = 12


@dataclass(frozen=True)
class Told:
    """What came of a row: the outcome, and the labels that were answered or offered, in order."""

    row: Row
    outcome: str
    labels: tuple[str, ...]

    @property
    def first(self) -> str | None:
        return self.labels[0] if self.labels else None

    @property
    def hit(self) -> bool:
        """The right thing was done, or stood first among the choices; of two questions, both were answered."""
        if len(self.row.wanted) > 1:
            return all(set(self.labels) & alternatives for alternatives in self.row.wanted)
        return self.row.is_right(self.first)

    @property
    def near(self) -> bool:
        """The right thing was done, or stood among the choices."""
        return self.hit or (self.outcome == CLARIFY and any(map(self.row.is_right, self.labels[:OFFERED])))

    @property
    def wrong(self) -> bool:
        """Something else was answered or done, without asking."""
        return self.outcome not in (CLARIFY, UNKNOWN) and not self.row.is_right(self.first)

    @property
    def caught(self) -> bool:
        """What is out of scope was not answered as if it were known."""
        return self.outcome in (CLARIFY, UNKNOWN) or self.row.is_right(self.first)


async def tell(engine: Engine, row: Row, number: int) -> Told:
    """Says the row in a new conversation."""
    name = f"evaluate:{number}"
    replies: list[Reply] = []
    for said in row.turns:
        replies = await engine.handle(Inbound(name, name, text=said))
    first = next((reply for reply in replies if reply.outcome), replies[0])
    return Told(row, first.outcome or UNKNOWN, tuple(_labels(first, replies)))


def _labels(first: Reply, replies: Sequence[Reply]) -> Iterable[str]:
    if first.outcome == ANSWER:
        return [f"topic/{reply.topics[0][0]}" for reply in replies if reply.outcome == ANSWER and reply.topics]
    if first.outcome == CLARIFY:
        pressed = [taps.parse(choice.tap) for choice in first.buttons]
        kinds = {taps.TOPIC: "topic", taps.MORE: "topic", taps.START: "checklist"}
        return [f"{kinds[tap.kind]}/{tap.parts[0]}" for tap in pressed if tap and tap.kind in kinds]
    done = {"checklist": first.checklist, "command": first.command, "smalltalk": first.smalltalk}
    return [f"{kind}/{name}" for kind, name in done.items() if name and kind == first.outcome]


def is_there(row: Row, knowledge: Knowledge) -> bool:
    """Whether the knowledge holds what the row asks for: a checklist may not have been written yet."""
    labels = {label.partition("/")[::2] for alternatives in row.wanted for label in alternatives}
    known = {"topic": knowledge.topics, "checklist": knowledge.checklists}
    return all(kind not in known or name in known[kind] for kind, name in labels)


# --- what is printed -------------------------------------------------------------------------

Chosen = Callable[[Row], bool]
GROUPS: dict[str, tuple[Chosen, float, float]] = {  # which rows, at least, aim; of these the share of `hit`
    "Danish questions": (lambda row: row.kind in QUESTIONS and row.language == "da", 0.78, 0.92),
    "English questions": (lambda row: row.kind in QUESTIONS and row.language == "en", 0.75, 0.90),
    "follow-ups": (lambda row: row.kind == "followup", 0.75, 0.90),
    "corrections": (lambda row: row.kind == "correction", 0.75, 0.90),
    "two questions, both answered": (lambda row: row.kind == "two", 0.75, 0.90),
    "walkthrough requests": (lambda row: row.kind == "walkthrough", 0.93, 0.98),
    "commands": (lambda row: row.kind == "command", 0.93, 0.98),
    "small talk": (lambda row: row.kind == "smalltalk", 0.93, 0.98),
}


def show(told: Sequence[Told], console: Console) -> None:
    """Prints the figures beside their bounds, then by kind and language, then the worst confusions."""
    console.print(_against_bounds(told))
    console.print(_by_kind(told))
    confused: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in told:
        if not one.hit and len(one.row.wanted) == 1 and not (one.row.is_outside and one.caught):
            confused[min(one.row.wanted[0]), one.first or one.outcome].append(one.row.text)
    console.print("Worst confusions (what was meant, what was told, how often, an example):")
    for (meant, said), texts in sorted(confused.items(), key=lambda entry: -len(entry[1]))[:CONFUSIONS]:
        console.print(f"  {meant} -> {said}: {len(texts)}  {texts[0][:90]}", markup=False, highlight=False)


def _against_bounds(told: Sequence[Told]) -> Table:
    table = _table("Figures and bounds", "rows", "found", "at least", "aim")
    for name, (chosen, bound, aim) in GROUPS.items():
        those = [one for one in told if chosen(one.row)]
        table.add_row(name + ": hit@1", *_share(those, "hit"), f"{bound:.2f}", f"{aim:.2f}")
    danish = [one for one in told if GROUPS["Danish questions"][0](one.row)]
    questions = [one for one in told if one.row.kind in QUESTIONS]
    table.add_row("Danish questions: hit@3", *_share(danish, "near"), "0.92", "0.98")
    table.add_row("Danish questions answered wrongly", *_share(danish, "wrong"), "≤ 0.10", "0.03")
    refused = [one for one in questions if one.outcome == UNKNOWN]
    table.add_row("questions refused", str(len(questions)), _part(len(refused), len(questions)), "≤ 0.05", "0.02")
    asked = [one for one in questions if one.outcome == CLARIFY]
    table.add_row("questions asked back", str(len(questions)), _part(len(asked), len(questions)), "", "")
    outside = [one for one in told if one.row.is_outside]
    table.add_row("out of scope: not answered", *_share(outside, "caught"), "0.90", "0.97")
    return table


def _by_kind(told: Sequence[Told]) -> Table:
    names = ("rows", "hit@1", "hit@3", "wrong", "asked", "unknown")
    table = _table("By kind and language (out of scope: hit@1 is said to be unknown)", *names)
    kinds: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told:
        kinds[one.row.kind, one.row.language].append(one)
    for (kind, language), those in sorted(kinds.items()):
        count = Counter(one.outcome for one in those)
        shares = [_share(those, name)[1] for name in ("hit", "near", "wrong")]
        if those[0].row.is_outside:
            shares = [_part(count[UNKNOWN], len(those)), "", _part(sum(not one.caught for one in those), len(those))]
        ends = [_part(count[outcome], len(those)) for outcome in (CLARIFY, UNKNOWN)]
        table.add_row(f"{kind} {language}", str(len(those)), *shares, *ends)
    return table


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _share(told: Sequence[Told], quality: str) -> tuple[str, str]:
    return str(len(told)), _part(sum(getattr(one, quality) for one in told), len(told))


def _part(some: int, of: int) -> str:
    return f"{some / of:.3f}" if of else "–"


# --- running it ------------------------------------------------------------------------------


async def judged(engine: Engine, asked: Iterable[Row]) -> list[Told]:
    """Every row, told."""
    return [await tell(engine, row, number) for number, row in enumerate(asked)]


def main() -> None:
    """Asks all rows and prints what came of them."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=Path, default=EVALUATION, help="another file of rows")
    arguments.add_argument("--mistakes", action="store_true", help="print every mistake (never of the evaluation set)")
    arguments.add_argument("--json", type=Path, help="also keep what was told in this file")
    chosen = arguments.parse_args()
    logs.configure()
    with tempfile.TemporaryDirectory() as data:
        house = House(read_settings().copy(update={"data_dir": Path(data), "database_url": None}))
        training.train(house.model, house.settings.overlay)
        every = rows(chosen.rows)
        asked = [row for row in every if is_there(row, house.knowledge)]
        engine = house.engine()
        told = asyncio.run(judged(engine, asked))
        engine.close()
    console = Console(width=110)
    show(told, console)
    console.print(f"{len(every) - len(asked)} rows are left out: what they ask for isn't there yet.")
    if chosen.mistakes:
        for one in told:
            if not (one.hit or (one.row.is_outside and one.outcome == UNKNOWN)):
                wanted = "+".join("|".join(sorted(labels)) for labels in one.row.wanted)
                print(f"{one.row.kind}\t{' || '.join(one.row.turns)}\t{wanted}\t{one.outcome}\t{', '.join(one.labels)}")
    if chosen.json:
        kept = [{"turns": one.row.turns, "outcome": one.outcome, "labels": one.labels, "hit": one.hit} for one in told]
        chosen.json.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
