"""Words that follow a result: a correction, the papers again, the rest of the questions, a plan, one more of the kind.

They are about the walkthrough that has just ended, as long as its result is the last thing in the conversation. What
its buttons say is known from `dialogues.offered`; here are the other words for it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dialogues.responses import walkthroughs
from dialogues.turn import Outcome, Turn
from dialogues.walkthrough import answers, moves, orders, words
from dialogues.walkthrough.moves import Control, Correct, Doubt, Move, Remark
from dialogues.walkthrough.path import open_steps
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Walk
from knowledge.schema import Checklist

_PLEASE = r"(?: (?:tak|please|nu|now|ogsaa|too|as well))*"
_SHOW = re.compile(
    r"(?:(?:(?:maa|kan|lad) (?:jeg|vi|mig|os)(?: lige)? (?:se|faa)|(?:can|may|could|let) (?:i|we|me|us) (?:see|have)"
    r"|vis|se|send|giv|hent|show|send|get|give|see)(?: mig| os| lige| me| us)* )?(?:hele )?"
    r"(?:(?:(?:udkast|dokument|papir)et|papirerne|fil(?:en|erne)|aftalen|planen"
    r"|(?:the|my|our) (?:whole )?(?:draft|documents?|papers?|files?|plan|agreement))(?: igen| again| en gang til)?"
    r"|(?:det|den|dem|it|them) (?:igen|en gang til|again|once more))" + _PLEASE
)
_REST = re.compile(
    r"(?:(?:tag|goer|lad os (?:tage|faa)|jeg vil (?:gerne )?(?:have|tage)|vi tager|do|take|let's (?:do|take)"
    r"|(?:i'll|we'll) (?:do|take)) )?(?:(?:saa|ogsaa|gerne|then) )*"
    r"(?:resten(?: af (?:spoergsmaalene|dem))?|(?:de|alle) (?:sidste|andre|oevrige) spoergsmaal|den grundige"
    r"|the rest(?: of (?:it|them|the questions))?|the (?:other|remaining) questions)(?: med)?" + _PLEASE
)
_PLAN = re.compile(
    r"(?:lad os |vi skal |jeg vil (?:gerne )?|let's |we should )?"
    r"(?:aftale?|fordele?|planlaegge?|beslutte?|saette?|agree(?: on)?|decide|plan|settle|set)"
    r"(?: (?:det|dem|opgaverne|handlingerne|the actions|them))? (?:hvem|hvornaar|navne|who|when)"
    r"(?: (?:og|goer|der|hvad|hvem|hvornaar|dato(?:er)?|and|does|what|who|when|for|de|the|\d+|handlinger(?:ne)?"
    r"|actions))*" + _PLEASE
)
_KIND = r"(?:kandidat|partner|person|kollega|candidate|colleague)"
_ONE_MORE = re.compile(
    r"(?:(?:svare?(?: for)?|vurdere?|tage?|lave?|lad os tage|vi tager|answer(?: for)?|assess|take|do|let's do) )?"
    rf"(?:(?:endnu )?(?:en|et|one)(?: {_KIND})? (?:mere|til|more)|endnu en|one more(?: {_KIND})?"
    rf"|another(?: one| {_KIND})?|(?:den )?(?:naeste|nye?) {_KIND}|(?:the )?next (?:one|{_KIND}))" + _PLEASE
)
_CHANGE_IT = re.compile(
    r"(?:ret|aendr)(?: i)? (?:den|det)(?: seneste| sidste)?|change (?:it|the latest(?: one)?)" + _PLEASE
)
_SHOULD_BE = re.compile(
    r"\s*(?:(?:hov|ups|nej|undskyld|vent|sorry|oops|no|wait)[,.! ]+)*(?:the |our |vores )?(?P<label>.{2,60}?)"
    r"\s+(?:should (?:have been|be)|must be|skal (?:nok |hellere |i stedet )?(?:være|ændres til|rettes til)"
    r"|skulle (?:nok |hellere )?(?:have været|ha været|være))\s+(?P<rest>.+?)[.!\s]*",
    re.IGNORECASE | re.DOTALL,
)
_UNNAMED = re.compile(
    r".*?\b(?:mente|meant|det skulle (?:nok )?(?:være|have været|ha været)"
    r"|ret (?:det|den|svaret|det sidste)(?: svar)? til"
    r"|it should (?:be|have been)|make (?:that|it))\b[\s,:]*",
    re.IGNORECASE | re.DOTALL,
)
_STEERS = (moves.EDIT, moves.REVIEW, moves.BACK, moves.STATUS, moves.DONE, moves.DROP, moves.JUMP, moves.NOTE)
_OWN_WORDS = ("text", "person")


def said(turn: Turn, run_id: str) -> Outcome | None:
    """What the words want of the walkthrough that has ended; None where they are about something else."""
    run = walkthroughs.run_of(turn, run_id)
    if run is None or run.status != "done":
        return None
    folded = words.fold(turn.text)
    if _SHOW.fullmatch(folded):
        return walkthroughs.papers_again(turn, run)
    if _ONE_MORE.fullmatch(folded):
        compared = turn.knowledge.checklists[run.checklist].result.compare
        return walkthroughs.offer(turn, run.checklist) if compared else None
    made = _move(turn, run, folded)
    if made is None:
        return None
    shown = walkthroughs.moved(turn, run, made)
    return replace(shown, follow_up="action_listen")  # what it shows needs no showing again


def _move(turn: Turn, run: Run, folded: str) -> Move | None:
    checklist = turn.knowledge.checklists[run.checklist]
    if _REST.fullmatch(folded):
        return Control(moves.FULL) if open_steps(checklist, run.with_(mode="full")) else None
    if _PLAN.fullmatch(folded):
        return Control(moves.PLAN) if checklist.result.plan and checklist.result.bands else None
    if _CHANGE_IT.fullmatch(folded):
        return Control(moves.REVIEW)
    return _correction(checklist, run, turn.text, turn.services.today())


def _correction(checklist: Checklist, run: Run, text: str, today: date) -> Move | None:
    """Another answer, or the way to one: "nej, jeg mente to år", "ret formålet til …", "varigheden skal være to år"."""
    if words.is_question(text):
        return None
    made = orders.order(checklist, run, text, today) or _named(checklist, run, text, today)
    if isinstance(made, Correct) or (isinstance(made, Control) and made.name == moves.EDIT):
        step_id = made.step if isinstance(made, Correct) else made.argument
        return (_elsewhere(checklist, run, text, today) if step_id == run.last else None) or made
    steers = isinstance(made, Remark | Doubt) or (isinstance(made, Control) and made.name in _STEERS)
    return made if steers else None


def _named(checklist: Checklist, run: Run, text: str, today: date) -> Move | None:
    """ "Varigheden skal være to år" is "ret varigheden til to år", where there is such an answer."""
    told = _SHOULD_BE.fullmatch(text)
    made = orders.order(checklist, run, f"ret {told['label']} til {told['rest']}", today) if told else None
    return None if isinstance(made, Doubt) else made


def _elsewhere(checklist: Checklist, run: Run, text: str, today: date) -> Move | None:
    """The only answer that "nej, jeg mente to år" can be meant for, where that isn't the one given last; where there
    are several, all of them to choose from."""
    walk = Walk(checklist, run)
    meant = _UNNAMED.match(text)
    last = walk.step(run.last)
    if meant is None or last is None:
        return None
    rest, found = text[meant.end() :].strip(" .!"), []
    for step in (one for one in walk if one.written and one.item.kind not in _OWN_WORDS):
        value = answers.parse(step.item, checklist.choices(step.item), rest, today)
        if walk.value(step.id) not in (None, value) and not isinstance(value, answers.Misunderstood):
            found.append(Correct(step.id, value))
    if any(one.step == last.id for one in found) or not found:
        return None
    return found[0] if len(found) == 1 else Control(moves.REVIEW)
