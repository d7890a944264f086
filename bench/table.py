"""The report as tables that a person reads."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from bench.script import sentences

NONE = "–"
Row = tuple[str, str, str, str]


def show(report: dict[str, Any], console: Console | None = None) -> None:
    """Prints the report."""
    console = console or Console(width=108)
    ours, stock = report["ours"], report["default"]
    table = Table(title=f"Makker and Rasa's defaults, {report['made']}", title_justify="left")
    table.add_column("")
    for heading in ("ours", "Rasa's defaults", "bound (ours)"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, rows in _sections(ours, stock, report["bounds"]).items():
        table.add_section()
        table.add_row(f"[bold]{name}[/bold]", "", "", "")
        for row in rows:
            table.add_row(*row)
    console.print(table)
    console.print(_kinds(ours["by_kind"]))
    for note in report["notes"]:
        console.print(f"- {note}", markup=False, highlight=False)


def _sections(ours: dict[str, Any], stock: dict[str, Any], bounds: dict[str, float]) -> dict[str, list[Row]]:
    def row(label: str, path: str, unit: str) -> Row:
        value, bound = _at(ours, path), bounds.get(path)
        return (label, _number(value, unit, bound), _number(_at(stock, path), unit), _bound(bound, unit))

    marks = list(ours["conversation_ms"])
    conversation = [row(f"after {int(mark):,} turns, median", f"conversation_ms.{mark}.p50", "ms") for mark in marks]
    return {
        "A turn": [
            row("turns", "latency.turns", ""),
            *(row(name, f"latency.{name}", "ms") for name in ("p50", "p95", "p99", "max")),
            *(row(f"processor time, {name}", f"processor.{name}", "ms") for name in ("p50", "p99")),
            row("turns that made documents", "documents.turns", ""),
            *(row(f"… {name}", f"documents.{name}", "ms") for name in ("p50", "max")),
        ],
        "A turn in one long conversation": conversation,
        "Memory of the process": [
            row("after the warm-up", "memory_mb.warm", "MB"),
            row("after the turns", "memory_mb.after_turns", "MB"),
            row("after the long conversation", "memory_mb.after_long", "MB"),
            row("… and with the Telegram door imported", "memory_mb.with_telegram", "MB"),
        ],
        "Sizes": [row("installed", "sizes.installed_mb", "MB"), row("model", "sizes.model_mb", "MB")],
        "Starting and training": [
            row("imports and model, in the process", "ready_seconds", "s"),
            row("terminal, start to first reply | prompt", "sizes.to_prompt_seconds.median", "s"),
            row("… slowest", "sizes.to_prompt_seconds.max", "s"),
            row("training", "training_seconds", "s"),
            row("… phrasings", "phrasings", ""),
        ],
    }


def _kinds(kinds: dict[str, Any]) -> Table:
    table = Table(title="Ours, by kind of turn (documents left out)", title_justify="left")
    for heading in ("kind", "turns", "p50 ms", "p95 ms", "max ms"):
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    for kind, found in sorted(kinds.items(), key=lambda entry: [*sentences(), "tap"].index(entry[0])):
        table.add_row(kind, *(_number(found.get(name), "") for name in ("turns", "p50", "p95", "max")))
    return table


def _at(report: dict[str, Any], path: str) -> float | None:
    found: Any = report
    for part in path.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _number(value: float | None, unit: str, bound: float | None = None) -> str:
    if value is None:
        return NONE
    text = f"{value:,.0f}" if value >= 100 or float(value).is_integer() else f"{value:,.1f}"
    text = f"{text} {unit}".rstrip()
    return f"[red]{text} ✗[/red]" if bound is not None and value > bound else text


def _bound(bound: float | None, unit: str) -> str:
    return "" if bound is None else f"≤ {bound:,.0f} {unit}"
