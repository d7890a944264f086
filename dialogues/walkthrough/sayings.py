"""What people say of themselves, of the partnership, and to their partner, which sounds like something else."""

from __future__ import annotations

import re

from dialogues.walkthrough.words import bag, fold, is_question

_LONGEST = 200
_MYSELF = re.compile(
    r"(?:(?:ja|jo|jep|ok|okay|yes|well|altsaa) )?(?:(?:det er|det bliver|that's|it's|that is|it is|that will be) )?"
    r"(?:(?:nok|vist|bare|kun|just|only|probably) )?"
    r"(?:mig(?: selv| personligt| her)?|jeg selv|undertegnede|me|myself|me myself|i"
    r"|(?:det )?(?:goer|tager|vil|skal|kan|klarer|er) jeg(?: selv| det| gerne| nok)*"
    r"|jeg (?:goer|tager|vil|klarer|skal|kan)(?: det| den| gerne| goere| tage| selv| nok)*"
    r"|jeg staar for det|jeg er det|mig der (?:svarer|goer det|tager den)"
    r"|(?:i|i'll|i will|i do|i can|i would|i am|i'm)(?: do| take| doing| will| it| that| the one| so)*)"
    r"(?: tak| please)?"
)
_TELL = re.compile(r"(?:(?:kan|vil) du |can you |please )?(?:sig|fortael|forklar|vis|laer|tell|explain|show|say)\b")


def myself(text: str) -> bool:
    """Whether somebody names themselves without a name: "mig selv", "jeg gør det", "I will"."""
    return bool(_MYSELF.fullmatch(fold(text[:_LONGEST])))


_PUT = re.compile(r"[”\"“»][^”\"“»]*\?\s*[”\"“«]")
_HOW = re.compile(
    r"(?:hvad|hva|hvorfor|hvordan|hvem|hvornaar|hvilke[nt]?|hvor|what|what's|why|how|who|when|which|where)\b"
)
_FOR_ME = bag("forklar forklare hjaelp explain mig me eksempel example svare skrive answer write")


def to_be_put(*questions: str) -> bool:
    """Whether a question of a checklist asks for a question: to finish the sentence ”Vil du …?”."""
    return any(_PUT.search(question) for question in questions)


def puts(text: str) -> bool:
    """Whether the words are a question that somebody else may be asked, rather than one to the advisor."""
    folded = fold(text[:_LONGEST])
    short = set(folded.split()) & _FOR_ME and len(folded.split()) <= 6
    return is_question(text) and not _HOW.match(folded) and not short


_STOPS = r"\b(?:luk|lukke[rt]?|afslut\w*|stop\w*|stands\w*|ophoer\w*|opsig\w*|close[sd]?|closing|end|ends|ending|finish"
_STOPS += r"|terminate|quit|pause)\b"
_OF_OURS = r"\b(?:partnerska\w*|samarbejd\w*|projekt\w*|kontrakt\w*|partnerships?|cooperation|collaboration|projects?"
_OF_OURS += r"|contracts?|forening\w*)\b"
_ENDS_THAT = re.compile(rf"{_STOPS}.*{_OF_OURS}|{_OF_OURS}.*{_STOPS}")


def ends_the_partnership(text: str) -> bool:
    """Whether what is to stop is the partnership rather than the walkthrough."""
    return bool(_ENDS_THAT.search(fold(text[:_LONGEST])))


_GRAVE = re.compile(
    r"\b(?:leve|livet|liv|doe|doed|selvmord\w*|slaar|slaaet|slog|taever|skaerer|truer|truet|bange|ondt|vaere her"
    r"|live|life|die|dead|suicid\w*|kill|killing|hits?|beats?|beaten|cut|cutting|hurts?|threatens?|threatened|afraid"
    r"|scared)\b"
)
_OWN = re.compile(r"\b(?:jeg|mig|min|mit|mine|i|i'm|i've|me|my|myself)\b")


def is_grave(text: str) -> bool:
    """Whether the words are about life, death or violence, and about whoever says them."""
    folded = fold(text[:_LONGEST])
    return bool(_GRAVE.search(folded) and _OWN.search(folded))


def wants_to_be_told(text: str) -> bool:
    """Whether the words ask to be told of something: "sig noget om moms", "tell me about VAT"."""
    return bool(_TELL.match(fold(text)))
