"""A checklist that the members of a group answer alone: begun in the group, answered in private, shown in the group."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogues import plain_words
from dialogues.documents import markup, pictures
from dialogues.documents.names import dated_name
from dialogues.reply import Attachment, Choice, Reply
from dialogues.responses import papers, walkthroughs
from dialogues.responses.taking_part import counts, in_round, place_of
from dialogues.taps import COMMAND, START, TEAM, tap
from dialogues.teams import render, wishes
from dialogues.teams.findings import TeamFindings, findings
from dialogues.teams.model import FEWEST, Team
from dialogues.teams.picture import picture
from dialogues.turn import AWAITING, LANGUAGE, RUN, Outcome, Turn
from dialogues.walkthrough import moves
from dialogues.walkthrough.state import Answer, Mode
from dialogues.walkthrough.words import is_question
from knowledge.schema import Checklist

NAME = "team"  # what the slot `awaiting` begins with while it is asked how thoroughly, or what a check is about
_CANCELS = {"smalltalk/deny", "command/stop", "command/back", "command/skip", "command/pause"}
_FEW = 3  # words: a longer no is a name


def together(turn: Turn, argument: str | None) -> Outcome:
    """Begins a team check, or does what a button of one says."""
    pressed = turn.meaning.tap
    if pressed and pressed.kind == TEAM:
        team_id, action = pressed.parts[:2]
        if action != render.ADD:
            return _with_team(turn, team_id, action)
        argument = team_id  # from a door that can't lead to a group
    wish = _wish(turn, argument)
    if turn.name is None:
        return _only_groups(turn, wish.checklist)
    if wish.checklist is None:
        return Outcome((render.choose(turn.knowledge, turn.language, wish.mode, wish.rest),))
    return _prepare(turn, wish.checklist, wish.mode, wish.rest)


def _wish(turn: Turn, argument: str | None) -> wishes.Wish:
    """What is wished for: by a button, or in words behind the command."""
    eligible = render.eligible(turn.knowledge)
    if argument is None:
        return wishes.read(turn.words if turn.meaning.tap else "", eligible)
    pressed = turn.meaning.tap
    way = pressed.parts[2] if pressed and len(pressed.parts) > 2 else None
    mode: Mode | None = "quick" if way == "quick" else "full" if way == "full" else None
    wish = wishes.read(argument, eligible)
    return wishes.Wish(wish.checklist, mode, _awaited_name(turn, wish.checklist) if wish.checklist else wish.rest)


@dataclass(frozen=True)
class _Awaited:
    """What the slot `awaiting` says while it is asked how thoroughly, or what a check is about."""

    checklist: str
    mode: Mode | None
    language: str  # a name is in none
    name: str | None

    @classmethod
    def read(cls, argument: str) -> _Awaited:
        checklist, way, language, name = (argument.split(":", 3) + [""] * 4)[:4]
        return cls(checklist, "quick" if way == "quick" else "full" if way == "full" else None, language, name or None)

    def __str__(self) -> str:
        return f"{NAME}:{self.checklist}:{self.mode or ''}:{self.language}:{self.name or ''}"


def _awaited_name(turn: Turn, checklist: Checklist) -> str | None:
    """The name that was said before the way was chosen."""
    wanted, _, argument = str(turn.slots.get(AWAITING) or "").partition(":")
    awaited = _Awaited.read(argument)
    return awaited.name if (wanted, awaited.checklist) == (NAME, checklist.id) else None


def _prepare(turn: Turn, checklist: Checklist, mode: Mode | None, rest: str | None) -> Outcome:
    """Asks for what is still to be said, how thoroughly and what about; begins once that is known. `rest` is the name,
    or means nothing where the checklist asks for none."""
    takes_name = render.about(checklist, "full") is not None
    kept = {AWAITING: str(_Awaited(checklist.id, mode, turn.language, rest if takes_name else None))}
    if mode is None:
        unknown = None if takes_name else rest
        return Outcome((render.ways(turn.knowledge, checklist, turn.language, unknown),), kept)
    item = render.about(checklist, mode)
    if item and rest is None:
        return Outcome((render.ask_name(turn.knowledge, checklist, item, turn.language, turn.name),), kept)
    return _begin(turn, checklist, mode, rest if item else None)


def _begin(turn: Turn, checklist: Checklist, mode: Mode, name: str | None) -> Outcome:
    team = turn.store.add_team(turn.owner, turn.place, checklist.id, mode, turn.language, name, turn.came)
    return Outcome((render.status(turn.knowledge, team, 0, 0),), {AWAITING: None})


def said(turn: Turn, argument: str) -> Outcome | None:
    """Takes how thoroughly, or what it is about, in words; None where they are about something else."""
    awaited = _Awaited.read(argument)
    checklist = turn.knowledge.checklists.get(awaited.checklist)
    if checklist is None or turn.name is None or turn.meaning.intent == "blank":
        return None
    if awaited.mode is None:
        mode = plain_words.way(turn.text)
        return _prepare(turn, checklist, mode, awaited.name) if mode else None
    if turn.meaning.label in _CANCELS and len(turn.text.split()) <= _FEW:
        return _said(turn, "not-begun")
    if is_question(turn.text) or (turn.meaning.intent == "command" and turn.meaning.exact):
        return None
    named = wishes.name(turn.text)
    if named is None:
        return None
    asked = replace(turn, language=awaited.language)
    return _prepare(asked, checklist, awaited.mode, named).remember(**{LANGUAGE: awaited.language})


def _only_groups(turn: Turn, checklist: Checklist | None) -> Outcome:
    """The way to a group, from where there is none."""
    add = Choice(turn.say("team.button-add"), tap(TEAM, checklist.id if checklist else "", render.ADD))
    to_checklists = Choice(turn.say("command.button-checklists"), tap(COMMAND, "list_checklists"))
    return _said(turn, "only-groups", add, to_checklists)


def _with_team(turn: Turn, team_id: str, action: str) -> Outcome:
    team = turn.store.team(team_id)
    if team is None or team.checklist not in turn.knowledge.checklists:
        return _said(turn, "gone")
    if action == render.JOIN:
        return _join(turn, team) if turn.name is None else _status(turn, team)
    if action == render.PAPERS:
        return _own_papers(turn, team)
    if turn.owner != team.owner:  # somebody who has the link isn't the group
        return _said(turn, "gone")
    closes_again = turn.came is not None and team.came == turn.came  # a process died before the result was there
    if action in (render.SHOW, render.NOW) and (team.status == "open" or closes_again):
        return _show(turn, team, at_once=action == render.NOW)
    if action == render.AGAIN:
        return _begin(turn, turn.knowledge.checklists[team.checklist], team.mode, team.name)
    return _status(turn, team)


def _status(turn: Turn, team: Team, notice: str | None = None) -> Outcome:
    done, going = counts(turn.knowledge.checklists[team.checklist], team, turn.store.team_runs(team.id))
    return Outcome((render.status(turn.knowledge, team, done, going, notice),))


# --- alone -------------------------------------------------------------------------------------


def _join(turn: Turn, team: Team) -> Outcome:
    """A member begins to answer, or goes on."""
    mine = turn.store.team_run(team.id, turn.owner)
    run = turn.store.run(turn.owner, mine) if mine else None
    if run:
        return walkthroughs.moved(turn, run, moves.Control(moves.CONTINUE), shown_by_policy=True)
    if team.status == "closed":
        title = turn.knowledge.checklists[team.checklist].text(turn.language).title
        return _said(turn, "closed", Choice(title, tap(START, team.checklist)))
    item = render.about(turn.knowledge.checklists[team.checklist], team.mode)
    given = {item.id: Answer(team.name)} if item and team.name else {}
    begun = walkthroughs.start(turn, team.checklist, team.mode, given)
    turn.store.join_team(team.id, turn.owner, str(begun.slots[RUN]))
    minutes = turn.knowledge.checklists[team.checklist].minutes
    about = render.subject(turn.knowledge, replace(team, language=turn.language))
    takes = minutes.quick if team.mode == "quick" else minutes.full
    told = turn.say("team.joined", mode=team.mode, minutes=takes, about=about)
    welcome = Reply(told, language=turn.language, outcome="command", command=render.COMMAND, refreshes=place_of(team))
    return replace(begun, replies=(welcome, *begun.replies))


def _own_papers(turn: Turn, team: Team) -> Outcome:
    """A member's own papers, which they have asked for."""
    mine = turn.store.team_run(team.id, turn.owner)
    run = turn.store.run(turn.owner, mine) if mine else None
    if run is None or run.status != "done":
        return _said(turn, "no-papers")

    def made() -> Outcome:
        return papers.again(turn, run) or _said(turn, "no-papers")

    return Outcome(slots={AWAITING: turn.slots.get(AWAITING)}, later=made)


# --- together ----------------------------------------------------------------------------------


def _show(turn: Turn, team: Team, *, at_once: bool) -> Outcome:
    """The result, once enough have answered; who is still at it is waited for, unless the group won't wait."""
    runs = turn.store.team_runs(team.id)
    checklist = turn.knowledge.checklists[team.checklist]
    done, going = counts(checklist, team, runs)
    if done < FEWEST:
        return _status(turn, team, turn.knowledge.say(team.language, "team.too-few"))
    if going and not at_once:
        return Outcome((render.confirm(turn.knowledge, team, going),))
    turn.store.close_team(team.id, turn.came)
    finished = [answers for run in runs if (answers := in_round(checklist, team, run))]
    found = findings(checklist, finished)
    closed = render.status(turn.knowledge, replace(team, status="closed"), done, going)
    return Outcome((closed,), later=lambda: _result(turn, team, found))


def _result(turn: Turn, team: Team, found: TeamFindings) -> Outcome:
    text = render.result(turn.knowledge, team, found)
    drawn = picture(turn.knowledge, team, found)
    attachments = (_stored(turn, team, drawn),) if drawn else ()
    reply = Reply(text, attachments=attachments, language=team.language, outcome="command", command=render.COMMAND)
    return Outcome((reply,))


def _stored(turn: Turn, team: Team, drawn: pictures.Content) -> Attachment:
    title = turn.knowledge.checklists[team.checklist].text(team.language).title
    stem = markup.text(turn.knowledge.say(team.language, "team.picture-file", title=title))
    name = dated_name(stem, "png", turn.services.today())
    content = turn.services.write(pictures.png, drawn, language=team.language)
    document = turn.store.add_document(turn.owner, "", name, pictures.MIME, content)
    return Attachment(document, name, pictures.MIME, turn.knowledge.say(team.language, "team.picture-caption"))


def _said(turn: Turn, key: str, *choices: Choice) -> Outcome:
    reply = Reply(
        turn.say(f"team.{key}"),
        tuple((choice,) for choice in choices),
        language=turn.language,
        outcome="command",
        command=render.COMMAND,
    )
    return Outcome((reply,))
