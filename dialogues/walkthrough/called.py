"""Which step people mean by what they call its answer: "partneren", "organisationen", "kontakt 2s navn"."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogues.walkthrough import words
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Step, Walk
from knowledge.schema import Checklist

SURE, CLEAR, POSSIBLE = 0.7, 0.12, 0.3  # how near a name must be, how much nearer than others, and to be offered
FITS = 0.6  # how much of the name must be in the step's own words
_CLOSE = 0.82  # two words that are one, misspelt
_LABEL, _ALIKE, _QUESTION, _ELSEWHERE = 1.0, 0.9, 0.75, 0.7  # what a word is worth, by where it is found
_ANSWERED, _HERE, _LAST, _NAMING = 0.1, 0.12, 0.06, 0.3
_SAME = [
    words.bag(line)
    for line in (
        "partner partneren partnerens organisation organisationen organisationens forening foreningen samarbejdspartner"
        " samarbejdspartneren organization association",
        "navn navnet hedder kaldes name called",
        "formaal formaalet hensigt purpose aim",
        "maal maalet maalene goal goals",
        "maalgruppe maalgruppen brugere brugerne modtagere target audience users",
        "dato datoen dag dagen tidspunkt tidspunktet hvornaar date day when",
        "start starten begynder begyndelse begyndelsen start starts begin beginning",
        "slut slutter slutning slutningen udloeb udloeber end ends ending",
        "penge pengene budget budgettet beloeb beloebet pris prisen kroner money amount price cost",
        "varsel varslet opsigelse opsigelsen notice termination",
        "varighed varigheden laengde laengden loebetid duration length term",
        "adresse adressen cvr address",
        "kontakt kontakten kontaktperson kontaktpersonen contact",
        "underskriver underskriveren underskrift underskriften skriver signer signature signs sign",
        "ansvarlig ansvarlige tovholder tovholderen responsible owner",
        "aktivitet aktiviteter aktiviteten aktiviteterne activity activities",
        "opgave opgaven opgaver task tasks",
        "bibliotek biblioteket bibliotekets vores os library our us",
        "betaling betalingen betaler payment pays",
    )
]
_EMPTY = words.bag(
    "den det de der som en et mit min mine vores vor svar svaret svarene feltet felt punkt punktet paa om til i for ved"
    " af og hos the a an my our answer answers field to on of for in at about it spoergsmaal spoergsmaalet question"
)
_ENDS = re.compile(r"(?:ernes|erne|enes|ens|ets|ene|en|et|er|es|s|e)$")


@dataclass(frozen=True)
class Called:
    """A step, and how surely it is meant."""

    step: Step
    score: float  # what is to be said for it, all in all
    fit: float  # how much of what was said is in the step's own words, from 0 to 1


def ranked(checklist: Checklist, run: Run, said: str, *, names: bool = False) -> list[Called]:
    """The steps that the words may mean, the likeliest first. `names`: they tell what something is called."""
    tokens = [token for token in words.fold(said).split() if token not in _EMPTY]
    walk = Walk(checklist, run)
    found = [Called(step, *_score(checklist, run, walk, step, tokens, names)) for step in walk if step.written]
    return sorted((one for one in found if one.score >= POSSIBLE), key=lambda one: -one.score)


def meant(found: Sequence[Called]) -> Step | None:
    """The one step that is meant without doubt; None where there is none."""
    if not found or found[0].score < SURE or found[0].fit < FITS:
        return None
    clear = len(found) < 2 or found[0].score - found[1].score >= CLEAR
    return found[0].step if clear else None


def _score(
    checklist: Checklist, run: Run, walk: Walk, step: Step, tokens: Sequence[str], names: bool
) -> tuple[float, float]:
    texts = [step.item.text(language) for language in ("da", "en")]
    label = [token for text in texts for token in words.fold(text.label).split()]
    entry = words.fold(step.entry_name(run.language)).split() if step.group else []
    question = [token for text in texts for token in words.fold(text.question).split()]
    if not tokens:
        return 0.0, 0.0
    worth = [max(_worth(one, [*label, *entry]), _QUESTION * _worth(one, question)) for one in tokens]
    score = fit = sum(worth) / len(worth)
    if fit < POSSIBLE:
        return fit, fit
    own = [token for token in words.fold(step.item.text(run.language).label).split() if token not in _EMPTY]
    score += 0.1 * (sum(_worth(one, tokens) > 0 for one in own) / max(len(own), 1))
    score += _NAMING * (names and bool({"navn", "name"} & set(label) or step.id in checklist.named_by))
    if step.group:
        here = walk.step(run.at)
        near = here is not None and (here.group, here.entry) == (step.group, step.entry)
        numbered = str((step.entry or 0) + 1) in tokens
        score *= 1 if near or numbered else _ELSEWHERE
    answered = walk.value(step.id) is not None
    return score + _ANSWERED * answered + _HERE * (step.id == run.at) + _LAST * (step.id == run.last), fit


def _worth(said: str, tokens: Sequence[str]) -> float:
    """How well one of the words is what was said: the word itself, one like it, or one that means the same."""
    if said in tokens:
        return _LABEL
    if any(_alike(said, token) for token in tokens):
        return _ALIKE
    return _QUESTION if any(said in same and same & set(tokens) for same in _SAME) else 0.0


def _alike(said: str, token: str) -> bool:
    """Whether two words differ by an ending or a slip: "partneren" and "partnerens", "fomålet" and "formål"."""
    if min(len(said), len(token)) < 4:
        return False
    stems = (_ENDS.sub("", said), _ENDS.sub("", token))
    if stems[0] == stems[1]:
        return True
    pairs = ((said, token), stems)
    return any(difflib.SequenceMatcher(None, *pair).ratio() >= _CLOSE for pair in pairs)
