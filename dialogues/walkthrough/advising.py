"""What the answers call for: advice whose conditions hold, and where to go next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogues.walkthrough.conditions import hold
from dialogues.walkthrough.scoring import Score
from dialogues.walkthrough.steps import Walk
from knowledge.schema import Advice, Checklist

if TYPE_CHECKING:
    from dialogues.walkthrough.state import Run
    from knowledge.loader import Knowledge

NEXT = 2  # checklists at a time


def advice(checklist: Checklist, run: Run, score: Score) -> list[Advice]:
    """The advice that the answers call for, stop signs first."""
    walk = Walk(checklist, run)
    shares = {one.section.id: one.share for one in score.sections}
    found = [one for one in checklist.result.advice if hold(one.when, walk.look, shares.get)]
    return sorted(found, key=lambda one: not one.first)


def topics(knowledge: Knowledge, run: Run, score: Score, most: int) -> list[str]:
    """The topics to read: of stop signs, of the costliest answers, of what is to be found out, of other advice."""
    checklist = knowledge.checklists[run.checklist]
    called_for = advice(checklist, run, score)
    wanted = [topic for one in called_for if one.first for topic in one.topics]
    wanted += [topic for action in score.actions for topic in action.topics]
    wanted += [topic for item in score.to_find_out for topic in item.topics]
    wanted += [topic for one in called_for for topic in one.topics]
    return [topic for topic in dict.fromkeys(wanted) if topic in knowledge.topics][:most]


def checklists(knowledge: Knowledge, run: Run, score: Score) -> list[str]:
    """The walkthroughs to take next: those that the costliest answers name, then the advice, then the checklist."""
    checklist = knowledge.checklists[run.checklist]
    wanted = [one for action in score.actions for one in action.item.checklists]
    wanted += [one for called_for in advice(checklist, run, score) for one in called_for.checklists]
    wanted += checklist.result.follow
    return [one for one in dict.fromkeys(wanted) if one in knowledge.checklists and one != run.checklist][:NEXT]
