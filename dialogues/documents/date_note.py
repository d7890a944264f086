"""What is told of dates with a document: those that contradict each other, and those that no calendar needs."""

from __future__ import annotations

from datetime import date

from dialogues.documents import markup
from dialogues.documents.answers import Answers
from dialogues.documents.appointments import events, past
from dialogues.documents.model import Say, Spans
from dialogues.walkthrough.clashes import Clash, as_of, clashes
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Step
from dialogues.written import date_words
from knowledge.schema import Checklist
from knowledge.templates import Trusted, escape


def date_note(answers: Answers, say: Say, today: date) -> Spans:
    """One note on all of them; empty where there are none."""
    found = clashes(answers.walk, as_of(answers.run, today))
    if not found:
        return ()
    told = " ".join(_line(answers, say, clash) for clash in found)
    return markup.line(say(answers.run.language, "documents.clashes", told=Trusted(told)))


def left_out(checklist: Checklist, run: Run, say: Say, today: date) -> str:
    """The dates that the calendar file leaves out, and why, in light markup; empty where it leaves out none."""
    gone = past(checklist, run, today)
    if not gone:
        return ""
    language = run.language
    told = "; ".join(
        say(language, "documents.calendar-past-date", title=one.title, date=date_words(one.day, language, say))
        for one in gone
    )
    return say(language, "documents.calendar-past", told=Trusted(told), file=bool(events(checklist, run, today)))


def _line(answers: Answers, say: Say, clash: Clash) -> str:
    values = {"label": _label(answers, say, clash.step), "day": _day(answers, say, clash.step)}
    if clash.other:
        values |= {"other": _label(answers, say, clash.other), "there": _day(answers, say, clash.other)}
    return say(answers.run.language, f"walkthrough.clash-{clash.key}", **values)


def _label(answers: Answers, say: Say, step: Step) -> str:
    language = answers.run.language
    if step.about:
        return say(language, "walkthrough.plan-when-label", label=Trusted(step.about.text(language).label))
    entry = f"{step.entry_name(language)}: " if step.group else ""
    return escape(f"{entry}{step.item.text(language).label}")


def _day(answers: Answers, say: Say, step: Step) -> str:
    value = answers.walk.value(step.id)
    return date_words(value, answers.run.language, say) if isinstance(value, date) else ""
