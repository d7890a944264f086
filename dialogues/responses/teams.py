"""A checklist that the members of a group answer alone: begun in the group, answered in private, shown in the group."""

from __future__ import annotations

from dataclasses import replace

from dialogues.documents import markup, pictures
from dialogues.documents.names import dated_name
from dialogues.reply import Attachment, Choice, Reply
from dialogues.responses import walkthroughs
from dialogues.responses.taking_part import counts, in_round, place_of
from dialogues.taps import COMMAND, START, TEAM, tap
from dialogues.teams import render
from dialogues.teams.findings import TeamFindings, findings
from dialogues.teams.model import FEWEST, Team
from dialogues.teams.picture import picture
from dialogues.turn import RUN, Outcome, Turn
from dialogues.walkthrough import moves
from dialogues.walkthrough.state import Mode


def together(turn: Turn, argument: str | None) -> Outcome:
    """Begins a team check, or does what a button of one says."""
    pressed = turn.meaning.tap
    if pressed and pressed.kind == TEAM:
        return _with_team(turn, *pressed.parts[:2])
    if turn.name is None:
        to_checklists = Choice(turn.say("command.button-checklists"), tap(COMMAND, "list_checklists"))
        return _said(turn, "only-groups", to_checklists)
    checklist = turn.knowledge.checklists.get(argument or "")
    if checklist is None or checklist not in render.eligible(turn.knowledge):
        return Outcome((render.choose(turn.knowledge, turn.language),))
    way = pressed.parts[2] if pressed and len(pressed.parts) > 2 else None
    if way not in ("quick", "full"):
        return Outcome((render.ways(turn.knowledge, checklist, turn.language),))
    mode: Mode = "quick" if way == "quick" else "full"
    team = turn.store.add_team(turn.owner, turn.place, checklist.id, mode, turn.language)
    return Outcome((render.status(turn.knowledge, team, 0, 0),))


def _with_team(turn: Turn, team_id: str, action: str) -> Outcome:
    team = turn.store.team(team_id)
    if team is None or team.checklist not in turn.knowledge.checklists:
        return _said(turn, "gone")
    if action == render.JOIN:
        return _join(turn, team) if turn.name is None else _status(turn, team)
    if turn.owner != team.owner:  # somebody who has the link isn't the group
        return _said(turn, "gone")
    if action in (render.SHOW, render.NOW) and team.status == "open":
        return _show(turn, team, at_once=action == render.NOW)
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
    begun = walkthroughs.start(turn, team.checklist, team.mode)
    turn.store.join_team(team.id, turn.owner, str(begun.slots[RUN]))
    minutes = turn.knowledge.checklists[team.checklist].minutes
    told = turn.say("team.joined", mode=team.mode, minutes=minutes.quick if team.mode == "quick" else minutes.full)
    welcome = Reply(told, language=turn.language, outcome="command", command=render.COMMAND, refreshes=place_of(team))
    return replace(begun, replies=(welcome, *begun.replies))


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
    turn.store.close_team(team.id)
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
