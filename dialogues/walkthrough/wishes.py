"""What is wished of a walkthrough as a whole: its papers, the rest of its questions, a plan, one more of its kind.

The patterns are for folded words (`dialogues.walkthrough.words.fold`), and for all of them.
"""

from __future__ import annotations

import re

_PLEASE = r"(?: (?:tak|please|nu|now|ogsaa|too|as well))*"
SHOW = re.compile(
    r"(?:(?:(?:maa|kan|lad) (?:jeg|vi|mig|os)(?: lige)? (?:se|faa)|(?:can|may|could|let) (?:i|we|me|us) (?:see|have)"
    r"|vis|se|send|giv|hent|show|send|get|give|see)(?: mig| os| lige| me| us)* )?(?:hele )?"
    r"(?:(?:(?:udkast|dokument|papir)et|papirerne|fil(?:en|erne)|aftalen|planen"
    r"|(?:the|my|our) (?:whole )?(?:draft|documents?|papers?|files?|plan|agreement))(?: igen| again| en gang til)?"
    r"|(?:det|den|dem|it|them) (?:igen|en gang til|again|once more))" + _PLEASE
)
REST = re.compile(
    r"(?:(?:tag|goer|lad os (?:tage|faa)|jeg vil (?:gerne )?(?:have|tage)|vi tager|do|take|let's (?:do|take)"
    r"|(?:i'll|we'll) (?:do|take)) )?(?:(?:saa|ogsaa|gerne|then) )*"
    r"(?:resten(?: af (?:spoergsmaalene|dem))?|(?:de|alle) (?:sidste|andre|oevrige) spoergsmaal|den grundige"
    r"|the rest(?: of (?:it|them|the questions))?|the (?:other|remaining) questions)(?: med)?" + _PLEASE
)
PLAN = re.compile(
    r"(?:lad os |vi skal |jeg vil (?:gerne )?|let's |we should )?"
    r"(?:aftale?|fordele?|planlaegge?|beslutte?|saette?|agree(?: on)?|decide|plan|settle|set)"
    r"(?: (?:det|dem|opgaverne|handlingerne|the actions|them))? (?:hvem|hvornaar|navne|who|when)"
    r"(?: (?:og|goer|der|hvad|hvem|hvornaar|dato(?:er)?|and|does|what|who|when|for|de|the|\d+|handlinger(?:ne)?"
    r"|actions))*" + _PLEASE
)
_KIND = r"(?:kandidat|partner|person|kollega|candidate|colleague)"
ONE_MORE = re.compile(
    r"(?:(?:svare?(?: for)?|vurdere?|tage?|lave?|lad os tage|vi tager|answer(?: for)?|assess|take|do|let's do) )?"
    rf"(?:(?:endnu )?(?:en|et|one)(?: {_KIND})? (?:mere|til|more)|endnu en|one more(?: {_KIND})?"
    rf"|another(?: one| {_KIND})?|(?:den )?(?:naeste|nye?) {_KIND}|(?:the )?next (?:one|{_KIND}))" + _PLEASE
)
CHANGE_IT = re.compile(
    r"(?:ret|aendr)(?: i)? (?:den|det)(?: seneste| sidste)?|change (?:it|the latest(?: one)?)" + _PLEASE
)
SHOW_REST = re.compile(
    r"(?:vis|se|show|see)(?: mig| me| os| us)? (?:resten|the rest|hvad der mangler|what is left)" + _PLEASE
)
_IS_TOLD = re.compile(r"(?:tag|goer|lad|jeg|vi|do|take|let's|i'll|we'll)\b")
_FOR_ANOTHER = re.compile(r"(?:svare?|vurdere?|answer|assess)\b")


def takes_rest(folded: str, *, free: bool) -> bool:
    """Whether the words, typed in the middle, ask for the rest of the questions; at a step that takes any words,
    `free`, only where they are told to the advisor."""
    return bool(REST.fullmatch(folded)) and (not free or bool(_IS_TOLD.match(folded)))


def for_another(folded: str) -> bool:
    """Whether the words, typed in the middle, ask to answer for one more of the kind: "svar for en mere"."""
    return bool(ONE_MORE.fullmatch(folded) and _FOR_ANOTHER.match(folded))
