"""What a group and its members read of a team check: pure functions from its state to replies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogues import taps
from dialogues.reply import Choice, Reply, rows
from dialogues.teams.findings import Differing, Spread, TeamFindings
from dialogues.teams.model import Team
from dialogues.walkthrough.state import Mode
from knowledge.schema import Checklist, Item
from knowledge.templates import Trusted

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

COMMAND = "together"
JOIN, SHOW, NOW, STATUS = "join", "show", "now", "status"
AGAIN, PAPERS = "again", "papers"
ADD = "add"  # to a group: a door that has groups makes a link of it, with the checklist's id in the team's place
SHOWN, TALKED = 5, 3  # items that are listed as differing; questions about them, …
FURTHER = 2  # … about what all find weak, and about what several don't know


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{round(100 * share)} %".replace(" ", "\N{NO-BREAK SPACE}")


def eligible(knowledge: Knowledge) -> list[Checklist]:
    """The checklists that a team can answer: those with a score."""
    return [one for one in knowledge.checklists.values() if one.result.bands]


def choose(knowledge: Knowledge, language: str, mode: Mode | None = None, unknown: str | None = None) -> Reply:
    """Which checklist is it to be? `unknown` is what was written instead of one."""
    way = (mode,) if mode else ()
    choices = [
        Choice(one.text(language).title, taps.tap(taps.COMMAND, COMMAND, one.id, *way)) for one in eligible(knowledge)
    ]
    if unknown:
        return _reply(knowledge.say(language, "team.unknown", words=unknown), language, choices, place="menu")
    return _reply(knowledge.say(language, "team.choose"), language, choices, place="menu")


def ways(knowledge: Knowledge, checklist: Checklist, language: str, unknown: str | None = None) -> Reply:
    """Quickly or thoroughly? `unknown` is what was written beside the checklist."""
    minutes = {"quick": checklist.minutes.quick, "full": checklist.minutes.full}
    choices = [
        Choice(
            knowledge.say(language, f"team.button-{mode}", minutes=minutes[mode]),
            taps.tap(taps.COMMAND, COMMAND, checklist.id, mode),
        )
        for mode in ("quick", "full")
    ]
    title = Trusted(checklist.text(language).title)
    return _reply(knowledge.say(language, "team.way", title=title, unknown=unknown), language, choices, place="menu")


def about(checklist: Checklist, mode: Mode) -> Item | None:
    """What all of a team answer about, where a checklist asks for it: the item in people's own words that its
    walkthroughs are named by. The group says it once."""
    asked = (checklist.item(item_id) for item_id in checklist.named_by)
    return next((item for item in asked if item.kind == "text" and (item.quick or mode == "full")), None)


def ask_name(knowledge: Knowledge, checklist: Checklist, item: Item, language: str, who: str | None) -> Reply:
    """Which partnership, say, is it about?"""
    title, asked = Trusted(checklist.text(language).title), item.text(language)
    text = knowledge.say(language, "team.name", title=title, question=Trusted(asked.question), who=who)
    return replace(_reply(text, language, (), place="menu"), takes_text=True)


def status(knowledge: Knowledge, team: Team, done: int, going: int, notice: str | None = None) -> Reply:
    """How many have answered, with the ways to take part and to see the result; `notice` is for the one who pressed."""
    title = Trusted(knowledge.checklists[team.checklist].text(team.language).title)
    named = {"title": title, "about": subject(knowledge, team)}
    if team.status == "closed":
        again = _tap(knowledge, team, "again", AGAIN)
        return _of_team(team, knowledge.say(team.language, "team.status-closed", done=done, **named), [again])
    text = knowledge.say(team.language, "team.status", done=done, going=going, **named)
    buttons = [_tap(knowledge, team, "join", JOIN), _tap(knowledge, team, "show", SHOW)]
    return _of_team(team, text, buttons, notice)


def subject(knowledge: Knowledge, team: Team) -> Trusted | None:
    """What a team answers about, with what that is: "Partnerskabet: Netværk Nord"."""
    item = about(knowledge.checklists[team.checklist], team.mode)
    if item is None or team.name is None:
        return None
    label = Trusted(item.text(team.language).label)
    return knowledge.say(team.language, "team.about", label=label, name=team.name)


def confirm(knowledge: Knowledge, team: Team, going: int) -> Reply:
    """Some are still at it: show the result all the same?"""
    buttons = [_tap(knowledge, team, "show-now", NOW), _tap(knowledge, team, "wait", STATUS)]
    return _of_team(team, knowledge.say(team.language, "team.some-going", going=going), buttons)


def result(knowledge: Knowledge, team: Team, found: TeamFindings) -> str:
    """Averages, where the members differ, and what to talk about."""
    return "\n\n".join(_Told(knowledge, team, found).paragraphs())


def told_themes(knowledge: Knowledge, team: Team, found: TeamFindings) -> list[Trusted]:
    """A line for each theme, with its average and spread."""
    return [
        knowledge.say(team.language, "team.theme", theme=Trusted(section.title[team.language]), **_numbers(spread))
        for section, spread in found.themes
    ]


class _Told:
    def __init__(self, knowledge: Knowledge, team: Team, found: TeamFindings) -> None:
        self._knowledge, self._team, self._found = knowledge, team, found
        self._checklist = knowledge.checklists[team.checklist]

    def _say(self, key: str, **values: object) -> Trusted:
        return self._knowledge.say(self._team.language, f"team.{key}", **values)

    def paragraphs(self) -> Iterator[str]:
        found, language = self._found, self._team.language
        title = Trusted(self._checklist.text(language).title)
        band = Trusted(found.band.text(language).title) if found.band else None
        numbers = _numbers(found.total) if found.total else {"low": "", "mean": "", "high": ""}
        total = {"total": numbers["mean"], "low": numbers["low"], "high": numbers["high"]}
        about = subject(self._knowledge, self._team)
        yield self._say("result", title=title, about=about, members=found.members, band=band, **total)
        yield _listed(told_themes(self._knowledge, self._team, found))
        if found.differing:
            yield self._say("differing-title")
            yield _listed([self._differing(one) for one in found.differing[:SHOWN]])
        else:
            yield self._say("agreed")
        questions = [*self._questions()]
        if questions:
            yield self._say("talk-title")
            yield self._say("talk-first")
            yield "\n".join(f"{number}. {question}" for number, question in enumerate(questions, 1))

    def _questions(self) -> Iterator[str]:
        for one in self._found.differing[:TALKED]:
            low, high = one.answers[0][0], one.answers[-1][0]
            yield self._say(
                "talk-differ",
                label=self._label(one.item),
                low=self._answer(one.item, low),
                high=self._answer(one.item, high),
            )
        for item in self._found.low[:FURTHER]:
            yield self._say("talk-low", label=self._label(item))
        for item, count in self._found.unsure[:FURTHER]:
            yield self._say("talk-unsure", label=self._label(item), count=count)

    def _differing(self, one: Differing) -> Trusted:
        answers = ", ".join(
            self._say("answer", count=count, answer=self._answer(one.item, answer)) for answer, count in one.answers
        )
        return self._say("differing", label=self._label(one.item), answers=Trusted(answers))

    def _label(self, item: Item) -> Trusted:
        return Trusted(item.text(self._team.language).label)

    def _answer(self, item: Item, value: str) -> Trusted:
        if item.kind == "yesno":
            return self._knowledge.say(self._team.language, f"walkthrough.answer-{value}")
        faces = {choice.id: getattr(choice, self._team.language) for choice in self._checklist.choices(item)}
        return Trusted(faces.get(value, value))


def _numbers(spread: Spread) -> dict[str, str]:
    return {"low": percent(spread.low), "mean": percent(spread.mean), "high": percent(spread.high)}


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _tap(knowledge: Knowledge, team: Team, key: str, action: str) -> Choice:
    return Choice(str(knowledge.say(team.language, f"team.button-{key}")), taps.tap(taps.TEAM, team.id, action))


def _of_team(team: Team, text: str, buttons: Sequence[Choice], notice: str | None = None) -> Reply:
    return _reply(text, team.language, buttons, place=f"team:{team.id}", notice=notice)


def _reply(text: str, language: str, buttons: Sequence[Choice], *, place: str, notice: str | None = None) -> Reply:
    return Reply(
        text,
        rows(list(buttons)),
        place=place,
        notice=notice,
        language=language,
        outcome="command",
        command=COMMAND,
    )
