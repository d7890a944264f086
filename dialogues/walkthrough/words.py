"""The words that people answer with, in Danish and English, and how to compare them.

The tables are folded: lower case, æ ø å as ae oe aa, no punctuation. Both languages always count.
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 200
"""Longer texts are no short answers; nothing here reads further."""
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "\u2019": "'", "`": "'"})
_NO_WORD = re.compile(r"[^\w']+")


def latin(text: str) -> str:
    """`text` in lower case with æ ø å spelt out and other accents dropped; punctuation stays."""
    spelt = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    return "".join(sign for sign in unicodedata.normalize("NFD", spelt) if not unicodedata.combining(sign))


def fold(text: str) -> str:
    """`text` as bare words with single blanks, to be compared."""
    return _NO_WORD.sub(" ", latin(text)).replace("_", " ").strip(" '")


def bag(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


# --- yes, no, don't know -----------------------------------------------------------------------

YES = bag(
    "ja jo jow jah jaer jaja jep jeps jup jada javist jatak jamen y j yes yep yeah yup ya ok okay sure absolut bestemt "
    "sikkert klart selvfoelgelig naturligvis korrekt rigtigt praecis absolutely definitely certainly correct exactly"
)
NO = bag("nej nope nah nae naeh niks nul nix n no never aldrig nada")
NEGATIONS = bag(
    "ikke ik ikk ingen intet aldrig hverken not no never none neither nor don't dont haven't havent isn't isnt doesn't "
    "doesnt hasn't hasnt aren't arent cannot can't cant"
)
BUT = bag("men but dog although except undtagen maaske maybe perhaps delvist delvis partly")
_YES_PHRASES = re.compile(
    r"(det|dem|den|saa) (har|goer|er|kan|faar|mener) (vi|jeg|der|de|den|det|man)\b|(har|goer|kan) vi( godt| nemlig)?$"
    r"|vi (har|goer|kan)( det| nemlig| godt)?\b|(we|i|they) (do|have|can|are|did)\b|it (is|does)\b|there (is|are)\b"
    r"|(of course|that's right|thats right|det stemmer|helt sikkert|uden tvivl|det tror jeg)\b"
)
_NO_PHRASES = re.compile(r"(ikke|endnu|desvaerre|slet|overhovedet|not|unfortunately|sadly|no|far from|langt fra)\b")
_PARTLY = re.compile(
    r"(?:(?:hm+|naa|tja|tjo|maaske|vel|kun|ja|well|maybe|only) )*"
    r"(?:til dels|delvist?|lidt|en smule|nogenlunde|saadan da|halvt|baade og|(?:baade )?ja og nej"
    r"|partly|in part|somewhat|sort of|kind of|a (?:bit|little)|yes and no)"
)
_SIGNS = {"👍": "yes", "✅": "yes", "✔": "yes", "👌": "yes", "👎": "no", "❌": "no", "🚫": "no"}
_DOUBLED = re.compile(r"(.)\1+")


def partly(text: str) -> bool:
    """Whether the words say neither yes nor no, but something between."""
    return bool(_PARTLY.fullmatch(fold(text)))


def yes_or_no(text: str) -> str | None:
    """ "yes" or "no" where the words say so without doubt, else None."""
    for sign, meaning in _SIGNS.items():
        if text.strip().startswith(sign):
            return meaning
    folded = fold(text[:_LONGEST])
    tokens = folded.split()
    if not tokens or len(text) > _LONGEST or unsure(text) or is_question(text):
        return None
    first = tokens[0] if tokens[0] in YES | NO else _DOUBLED.sub(r"\1", tokens[0])
    negated = bool(NEGATIONS & set(tokens[1:]))
    if first in YES:
        return None if negated or NO & set(tokens[1:]) or BUT & set(tokens[1:4]) else "yes"
    if first in NO:
        return None if (YES | {"problem", "doubt"}) & set(tokens[1:]) else "no"
    if len(tokens) > 8 or BUT & set(tokens):
        return None
    if (NO | NEGATIONS) & set(tokens):
        return "no" if _NO_PHRASES.match(folded) or _YES_PHRASES.match(folded) or len(tokens) <= 5 else None
    return "yes" if _YES_PHRASES.match(folded) else None


_UNSURE = re.compile(
    r"\b(ved|aner)( det| jeg| vi| man| sgu| faktisk)* (ikke|ikk?)\b|\b(ingen|ikke) (ide|anelse)\b|\b(er )?i tvivl\b"
    r"|\busikkert?\b|\bikke (helt )?sikker\b|\b(don't|dont|do not)( really)? know\b|\bno (idea|clue)\b"
    r"|\bnot (quite )?sure\b|\b(unsure|dunno|idk)\b"
)
_IRRELEVANT = re.compile(
    r"(det er |den er |er |that is |that's |it's )?(ikke relevante?|irrelevante?|not relevant|not applicable|n a|na"
    r"|uden betydning)( for os| her| for us| here)?"
    r"|(det )?(gaelder|passer) ikke( for| paa)? ?(os)?|(that |it )?(does not|doesn't|doesnt) apply( to us)?"
)


def unsure(text: str) -> bool:
    """Whether the words say "I don't know"; a lone question mark does."""
    if len(text) > _LONGEST:
        return False
    folded = fold(text)
    if not folded:
        return bool(text.strip()) and set(text.strip()) == {"?"}
    return len(folded.split()) <= 8 and bool(_UNSURE.search(folded))


_ABOUT = bag("hvad hvem hvor hvornaar hvordan hvilken hvilket hvilke om what who where when how which if whether")
_AROUND = bag(
    "det dem vi jeg man er helt lige nu endnu desvaerre aerligt talt faktisk bare sgu saa her paa tak og eller the we "
    "i it that am are is yet really sorry just honestly at moment right now still and "
    "hm hmm tja tjae puh puha oeh aeh nej nae naeh no well"
)


def knows_not(text: str) -> bool:
    """Whether the words say "I don't know" and hardly anything else: nothing is lost with them."""
    folded = fold(text[:_LONGEST])
    match = _UNSURE.search(folded) if unsure(text) else None
    if match is None:
        return unsure(text)
    before, after = folded[: match.start()].split(), folded[match.end() :].split()
    return set(before) <= _AROUND and (set(after) <= _AROUND or after[0] in _ABOUT)


def irrelevant(text: str) -> bool:
    """Whether the words say "not relevant"."""
    return len(text) <= _LONGEST and bool(_IRRELEVANT.fullmatch(fold(text)))


# --- questions ---------------------------------------------------------------------------------

_ASKING = re.compile(
    r"(hvad|hva|hvorfor|hvordan|hvorledes|hvem|hvis er|hvornaar|hvilken|hvilket|hvilke|hvor|hvormed|hvaffor|hvorhen|mon"
    r"|what|what's|whats|why|how|who|whose|when|which|where)\b"
    r"|(maa|skal|kan|boer|vil|er|har|goer|faar|behoever|kunne|skulle) (vi|man|jeg|de|i|det|der|du|den|dette) \w+"
    r"|(do|does|can|could|should|must|may|is|are|have|has|will|would|shall) (we|i|they|it|you|there|the|this|that) \w+"
)


def is_question(text: str) -> bool:
    """Whether the words are put as a question to the advisor. A lone question mark is none: it says "don't know"."""
    folded = fold(text[:_LONGEST])
    return bool(folded) and ("?" in text or bool(_ASKING.match(folded)))


# --- controls ----------------------------------------------------------------------------------

_CONTROLS = {
    "back": "tilbage|gaa tilbage|et skridt tilbage|forrige|forrige spoergsmaal|back|go back|previous|one back",
    "skip": "spring over|spring den over|spring det over|spring dette over|spring spoergsmaalet over|skip|skip it"
    "|skip this|skip that|skip this one|naeste|next|naeste spoergsmaal|next question|pas|pass",
    "why": "hvorfor|hvorfor det|hvorfor spoerger du|hvorfor spoerger du om det|why|why that|why do you ask",
    "pause": "pause|hold pause|tag en pause|vent|stop her|pause it|take a break|wait",
    "continue": "fortsaet|videre|gaa videre|continue|go on|carry on",
    "restart": "start forfra|begynd forfra|forfra|start over|start again|restart|begin again",
    "review": "mine svar|vis mine svar|se mine svar|ret et svar|ret svar|aendr et svar|my answers|show my answers"
    "|change an answer",
    "done": "vis resultat|vis resultatet|se resultatet|show result|show the result|show results",
}
_BY_PHRASE = {phrase: name for name, phrases in _CONTROLS.items() for phrase in phrases.split("|")}


def control(text: str) -> str | None:
    """The control that exactly these words name, or None."""
    return _BY_PHRASE.get(fold(text)) if len(text) <= _LONGEST else None
