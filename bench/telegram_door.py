"""How fast the Telegram bot answers under load: `makker telegram` itself, against a Bot API server on loopback.

python -m bench.telegram_door [--models FOLDER] [--seconds 60] [--rate 50] [--no-climb] [--profile FILE]

200 people write and press buttons at a fixed rate, whether or not they have been answered: questions, a walkthrough's
steps, commands. Measured is the time from the moment at which Telegram has an update to the bot's first message or
edit for it. Server and people run in this process, the bot in another. Then the rate climbs until the bounds break.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import percentile
from bench.replicas.scene import words
from bench.sizes import ROOT, clean_environment, keep_out_of_git
from tests.botapi import BotApi, Message, Person

PEOPLE = 200
MEDIAN, P99 = 40.0, 150.0  # milliseconds
START = 10.0  # seconds to the first poll
CLIMB, STEP_SECONDS = 1.25, 12.0
_GRACE = 15.0  # seconds that the last answers have
RESULTS = ROOT / "bench" / "results"
QUESTIONS = (
    "Hvad er et partnerskab?",
    "hvad skal der stå i en samarbejdsaftale",
    "Hvordan finder vi den rigtige partner?",
    "hvem ejer det vi laver sammen?",
    "hvordan afslutter man et partnerskab",
    "må vi bruge deres logo",
    "Hvor tit skal vi holde møde?",
    "what is a partnership?",
)
TAPS = 5  # on a walkthrough's steps, each time round, of a long one …
FINISHES = 8  # … and one in so many people goes a short one through, to its papers
TO_THE_END = 8  # taps: the quick way, and its seven answers


class Events(list):  # type: ignore[type-arg]
    """The events of a chat; tells when one comes."""

    def __init__(self, guest: Guest) -> None:
        super().__init__()
        self._guest = guest

    def append(self, message: Message) -> None:
        super().append(message)
        self._guest.answered(message)


class Guest:
    """One of the people: what they do next, and what they wait for."""

    def __init__(self, person: Person, number: int) -> None:
        self.person = person
        self.waiting: deque[float] = deque()
        self.taken: list[float] = []  # milliseconds
        self.doubled = 0
        self._last: Message | None = None
        self._before: tuple[str, str] | None = None  # what the bot wrote last, since they did something
        self._script = self._acts(number)
        person.chat.events = Events(self)

    def acts(self) -> None:
        """Does the next thing."""
        act, words = next(self._script)
        self._before = None
        self.waiting.append(time.perf_counter())
        if act == "tap" and self._last is not None and self._last.rows:
            taps = [button.data for row in self._last.rows for button in row if button.data]
            if taps:
                self.person.presses(self._last, taps[0])
                return
        self.person.says(words)

    def answered(self, message: Message) -> None:
        """The bot has written or edited something: the answer to what was done first of what waits. Who did two things
        meanwhile may rightly get the same twice."""
        if (message.edits and not message.rows) or message.text in words().notes:
            return  # a step that is closed; that it is at work
        if message.rows:
            self._last = message
        says = (message.text, message.file.name if message.file else "")
        self.doubled += says == self._before and not message.edits and not self.waiting
        if self.waiting:
            self.taken.append((time.perf_counter() - self.waiting.popleft()) * 1000)
        self._before = says

    def _acts(self, number: int) -> Iterator[tuple[str, str]]:
        questions = itertools.cycle(QUESTIONS[number % len(QUESTIONS) :] + QUESTIONS[: number % len(QUESTIONS)])
        finishes = number % FINISHES == 0
        round_ = [
            lambda: ("say", next(questions)),
            lambda: ("tap", next(questions)),
            lambda: ("say", "/start c_readiness" if finishes else "/start c_agreement"),
            *[lambda: ("tap", "ja")] * (TO_THE_END if finishes else TAPS),
            lambda: ("say", "/pause"),
            lambda: ("say", "/hjaelp"),
            lambda: ("say", next(questions)),
        ]
        for act in itertools.islice(itertools.cycle(round_), number % len(round_), None):
            yield act()


class Party:
    """All of them."""

    def __init__(self, telegram: BotApi) -> None:
        self.guests = [Guest(telegram.user(f"P{number}"), number) for number in range(PEOPLE)]
        self._turn = itertools.cycle(self.guests)

    def hour(self, rate: float, seconds: float) -> dict[str, Any]:
        """So many things a second for so long; gives the figures."""
        for guest in self.guests:
            guest.taken.clear()
            guest.doubled = 0
        began, late = time.perf_counter(), 0.0
        count = int(rate * seconds)
        for number in range(count):
            due = began + number / rate
            pause = due - time.perf_counter()
            if pause > 0:
                time.sleep(pause)
            late = max(late, -pause)
            next(self._turn).acts()
        end = time.perf_counter() + _GRACE
        while any(guest.waiting for guest in self.guests) and time.perf_counter() < end:
            time.sleep(0.05)
        taken = [value for guest in self.guests for value in guest.taken]
        lost = sum(len(guest.waiting) for guest in self.guests)
        for guest in self.guests:
            guest.waiting.clear()
        return {
            "rate": round(rate, 1),
            "updates": count,
            "p50": round(percentile(taken, 0.5), 1) if taken else None,
            "p90": round(percentile(taken, 0.9), 1) if taken else None,
            "p99": round(percentile(taken, 0.99), 1) if taken else None,
            "max": round(max(taken), 1) if taken else None,
            "lost": lost,
            "doubled": sum(guest.doubled for guest in self.guests),
            "sender_late_ms": round(late * 1000, 1),
        }


def holds(figures: dict[str, Any]) -> bool:
    """Whether the bounds hold."""
    if figures["p50"] is None or figures["lost"] or figures["doubled"]:
        return False
    return bool(figures["p50"] <= MEDIAN and figures["p99"] <= P99)


def measure(models: Path, folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    """Starts the bot, lets people come, and gives the figures."""
    with BotApi(token="4242:AAbench-token-of-nobody") as telegram:
        began = time.perf_counter()
        with _program(telegram, models, folder, chosen.profile) as bot:
            while not telegram.polls:
                if bot.poll() is not None:
                    raise SystemExit("the bot has ended: " + (folder / "bot.log").read_text(encoding="utf-8")[-2000:])
                time.sleep(0.02)
            found: dict[str, Any] = {"start_to_first_poll_s": round(time.perf_counter() - began, 2)}
            party = Party(telegram)
            party.guests[0].acts()
            while party.guests[0].waiting:  # the engine is there
                time.sleep(0.05)
            found["start_to_first_answer_s"] = round(time.perf_counter() - began, 2)
            party.hour(chosen.rate, 5.0)  # warm
            used = _used(bot.pid)
            found["load"] = party.hour(chosen.rate, chosen.seconds)
            found["load"]["processor_ms_per_update"] = round(
                (_used(bot.pid) - used) * 1000 / found["load"]["updates"], 1
            )
            found["climb"] = _climb(party, found["load"], chosen) if not chosen.no_climb else []
            bot.terminate()
            bot.wait(30)
        steady = [step for step in (found["load"], *found["climb"]) if holds(step)]
        found["highest_rate"] = max((step["rate"] for step in steady), default=0)
        found["refusals"] = sorted(set(telegram.broken_rules()))
        return found


def _climb(party: Party, first: dict[str, Any], chosen: argparse.Namespace) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = []
    rate = chosen.rate
    up = holds(first)
    while (rate < 1000 if up else rate > 10) and len(steps) < 10:
        rate = rate * CLIMB if up else rate / CLIMB
        steps.append(party.hour(rate, STEP_SECONDS))
        _say(json.dumps(steps[-1]))
        if holds(steps[-1]) != up:
            break
    return steps


def _program(telegram: BotApi, models: Path, folder: Path, profile: str | None) -> subprocess.Popen[bytes]:
    environment = clean_environment(folder) | {
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_BASE_URL": telegram.url,
        "MAKKER_MODEL_DIR": str(models),
        "MAKKER_DATA_DIR": str(folder / "data"),
    }
    profiled = ["-m", "cProfile", "-o", profile] if profile else []
    command = [sys.executable, *profiled, "-m", "bot", "telegram"]
    log = (folder / "bot.log").open("wb")
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)


def _used(pid: int) -> float:
    """Processor seconds of a process; 0 where that can't be told."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text(encoding="ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)


def main() -> int:
    """Measures, prints, keeps the figures; 1 where a bound does not hold."""
    arguments = argparse.ArgumentParser(prog="python -m bench.telegram_door", description=__doc__)
    arguments.add_argument("--models", type=Path, default=ROOT / "models")
    arguments.add_argument("--seconds", type=float, default=60.0)
    arguments.add_argument("--rate", type=float, default=50.0)
    arguments.add_argument("--no-climb", action="store_true")
    arguments.add_argument("--profile", help="where cProfile's figures of the bot's main thread go")
    chosen = arguments.parse_args()
    _say(f"{PEOPLE} people, {chosen.rate:g} updates a second for {chosen.seconds:g} s …")
    with tempfile.TemporaryDirectory() as scratch:
        found = measure(chosen.models.resolve(), Path(scratch), chosen)
    found["machine_load"] = round(os.getloadavg()[0], 1)
    keep_out_of_git(RESULTS)
    (RESULTS / "telegram.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    load = found["load"]
    print(f"- Telegram: start to first poll {found['start_to_first_poll_s']} s (at most {START:g})")
    print(
        f"- Telegram, {load['rate']:g} updates a second from {PEOPLE} people: median {load['p50']} ms "
        f"(at most {MEDIAN:g}), 99 of 100 within {load['p99']} ms (at most {P99:g}), "
        f"{load['lost']} lost, {load['doubled']} doubled"
    )
    print(f"- Telegram, highest rate within those bounds: {found['highest_rate']:g} updates a second")
    return 0 if holds(load) and found["start_to_first_poll_s"] <= START else 1


if __name__ == "__main__":
    sys.exit(main())
