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


# --- hedges ------------------------------------------------------------------------------------

_BEFORE = (
    r"(?:ja|jo|jep|ok|okay|hm+|naa|oeh|tja|puh|well|yes|saa|nok|vist|naermest|mest|hellere|helst|snarere|maaske|cirka|ca"
    r"|vel|faktisk|egentlig|bare|gerne|probably|maybe|perhaps|mostly|rather|about|roughly|i think|i guess|i'd say"
    r"|(?:det|den|that|it) (?:er|bliver|maa (?:vaere|blive)|is)|it's|that's"
    r"|(?:jeg|vi|i|we) (?:er(?: paa)?|tager|vaelger|siger|tror|synes|mener|haelder(?: mest)? til|take|choose|pick|say)"
    r"|vil (?:jeg|vi) (?:sige|mene|tro)|(?:i'll|we'll|i'd|we'd) (?:take|go for|go with|say|choose)"
    r"|(?:lad os|let's)(?: bare| just)? (?:sige|tage|say|take)) "
)
_BEHIND = (
    r" (?:(?:tror|synes|mener|taenker) (?:jeg|vi)(?: nok)?|vil (?:jeg|vi) (?:sige|mene|tro)|nok|vist|vel|maaske|agtig"
    r"|tak|altsaa|indtil videre|lige nu|foreloebig|probably|maybe|perhaps|please|i think|we think|i guess|i'd say"
    r"|or so)"
)
_HEDGES = re.compile(rf"^{_BEFORE}|{_BEHIND}$")


def unhedged(folded: str) -> str:
    """Folded words without "ja", "nok", "tror jeg" and their like around them; never nothing."""
    shorter = _HEDGES.sub("", folded, count=1)
    return folded if shorter in (folded, "") else unhedged(shorter)


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
    r"(?:(?:hm+|naa|tja|tjo|maaske|vel|nok|kun|ja|det gaar|det goer vi|well|maybe|only) )*"
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
    if not (YES | NO) & {tokens[0]} and not BUT & set(tokens):
        tokens = unhedged(folded).split()  # "nok ja"
    if tokens[0] in ("hverken", "neither") and len(tokens) < 4:
        return None  # neither yes nor no
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
    r"\b(kan ikke|kan ik|cannot|can't) (huske|remember)\b|\bhusker (det |jeg )?ikk?e?\b|"
    r"\b(ved|aner)( det| jeg| vi| man| sgu| faktisk)* (ikke|ikk?)\b|\b(ingen|ikke) (ide|anelse)\b|\b(er )?i tvivl\b"
    r"|\busikkert?\b|\bikke (helt )?sikker\b|\b(don't|dont|do not)( really)? know\b|\bno (idea|clue)\b"
    r"|\bnot (quite )?sure\b|\b(unsure|dunno|idk)\b"
)
_IRRELEVANT = re.compile(
    r"(det er |den er |er |that is |that's |it's )?(ikke relevante?|irrelevante?|not relevant|not applicable|n a|na"
    r"|uden betydning|(helt )?lige ?meget|lige gyldigt|ligegyldigt|underordnet)( for os| her| for us| here)?"
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


_UNSETTLED = re.compile(
    r"\b(?:ikke|ikk?|not|isn't|isnt|hasn't|hasnt|haven't|havent)"
    r"(?: (?:helt|endnu|er|blevet|det|yet|been|quite|really))*"
    r" (?:besluttet|bestemt|aftalt|afgjort|afklaret|fastlagt|fastsat|paa plads|taget stilling|(?:talt|snakket) om"
    r"|decided|agreed|settled|determined|talked about|discussed|fixed)\b"
    r"|\b(?:aftaler|tager|finder|beslutter|bestemmer|afgoer|afklarer|ser|skriver|udfylder|svarer|kommer|ved)"
    r"(?: (?:vi|jeg|man|det|den|ud|af|paa|foerst|nok|bare|lige|med|partneren))* (?:senere|bagefter|hen ad vejen)\b"
    r"|\b(?:will|'ll|coming|comes?)(?: (?:agree|decide|settle|find|out|do|take|know|talk|about|back|to|on|it|that))*"
    r" later\b|\bto (?:be (?:decided|confirmed|agreed|announced|determined|settled)|follow)\b|\b(?:tbd|tba|tbc)\b"
    r"|^(?:ikke|not)(?: lige| right)? (?:nu|now)$|\bligger ikke fast\b|\bikke mig der \w+\b"
    r"|\bhar (?:vi |jeg )?ikke(?: (?:nogen|nogle|en|et|noget|det|den))? endnu$"
)
_BESIDE_UNSETTLED = bag(
    "har have has been blevet om on to with med partneren chefen lederen moedet foerst first for os"
)


def unsettled(text: str) -> bool:
    """Whether the words say that the matter isn't settled yet, and hardly anything else."""
    folded = fold(text[:_LONGEST])
    match = _UNSETTLED.search(folded) if len(text) <= _LONGEST and not is_question(text) else None
    if match is None:
        return False
    beside = folded[: match.start()].split() + folded[match.end() :].split()
    return set(beside) <= _AROUND | _BESIDE_UNSETTLED


def irrelevant(text: str) -> bool:
    """Whether the words say "not relevant"."""
    return len(text) <= _LONGEST and bool(_IRRELEVANT.fullmatch(fold(text)))


# --- questions ---------------------------------------------------------------------------------

_ASKING = re.compile(
    r"(hvad|hva|hvorfor|hvordan|hvorledes|hvem|hvis er|hvornaar|hvilken|hvilket|hvilke|hvor|hvormed|hvaffor|hvorhen|mon"
    r"|what|what's|whats|why|how|who|whose|when|which|where)\b"
    r"|(?!vil (?:jeg|vi) (?:sige|mene|tro)\b)"
    r"(maa|skal|kan|boer|vil|er|har|goer|faar|behoever|kunne|skulle) (vi|man|jeg|de|i|det|der|du|den|dette) \w+"
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
    "pause": "pause|hold pause|tag en pause|vent|stop|stop her|luk|luk ned|afslut|pause it|take a break|wait"
    "|close|quit",
    "continue": "fortsaet|videre|videre tak|gaa videre|continue|go on|carry on",
    "restart": "start forfra|begynd forfra|forfra|start over|start again|restart|begin again",
    "review": "ret|mine svar|vis mine svar|se mine svar|my answers|show my answers",
    "status": "status|hvad mangler jeg|hvad mangler vi|hvad mangler der|what is missing|what's missing|what is left"
    "|what's left|how far am i|how far are we",
    "done": "vis resultat|vis resultatet|se resultatet|show result|show the result|show results",
}
_BY_PHRASE = {phrase: name for name, phrases in _CONTROLS.items() for phrase in phrases.split("|")}
_KEYS = {
    "why": "forklar|forklare|explain|eksempel|example|mener du|du mener|menes|betyder det|betyder spoergsmaalet"
    "|you mean|it mean|that mean|this mean|question mean|forstaar ikke|forstaar det ikke|forstaar jeg ikke"
    "|don't understand|do not understand|anbefaler du|foreslaar du|you recommend|you suggest|skal jeg svare"
    "|skal jeg skrive|skal vi svare|skal vi skrive|should i answer|should i write|should we answer|should we write",
    "pause": "jeg skal gaa|jeg maa gaa|skal gaa nu|maa gaa nu|maa loebe|skal loebe|lige loebe|maa smutte|skal smutte"
    "|lige smutte|have to go|must go|need to go|fortsaetter i morgen|fortsaette i morgen|fortsaetter senere"
    "|fortsaette senere|continue tomorrow|continue later",
    "review": "rette|retter|aendre|aendrer|redigere|redigerer|skrev forkert|har jeg svaret|har vi svaret|svarede jeg"
    "|har jeg skrevet|har vi skrevet|jeg har skrevet|jeg har svaret|change|correct|edit|wrote it wrong|wrote the wrong"
    "|have i answered|have we answered|did i answer|have i written|did i write",
}
"""What makes an order of words that are but talk otherwise, by control."""
_TALK = bag(
    "jeg mig min mit mine du dig vi os man det den de dem der her nu lige bare gerne tak venligst saa igen endnu senere"
    " i i'd i'll i'm me my you we us our it this that here now just please so again yet later let's let to the a an of"
    " til fra om med paa af for en et og men eller hvad hva hvor hvordan hvornaar hvilke er har kan vil skal maa lad"
    " faa dag idag morgen aften anden gang engang tid lidt ikke ik helt slet mere flere alle andet noget nogle and or"
    " but what how when which is are do does did have can could will want would like need must go get give not more all"
    " other some something somehow tomorrow today day time back giv give vis se show see indtil foer sidst allerede far"
    " svar svaret svarene svare svarede spoergsmaal spoergsmaalet spoergsmaalene tjekliste tjeklisten afsnit afsnittet"
    " afsnittene del delen udkast udkastet dokument dokumentet resultat resultatet kladden aftalen planen bagefter an"
    " answer answers question questions checklist section sections part draft document result results plan before by"
    " ret aendr forkert fejl skrev skrive skrevet tilbage frem over videre naeste forrige sidste wrong wrote write"
    " spring gaa hop fortsaet fortsaetter fortsaette stop stopper stoppe luk pause holder hold holde vent vente loebe"
    " slut faerdig faerdige mangler langt mange status gem gemme written next previous last skip jump continue close"
    " wait save done finish finished left leave many"
)
"""What orders to the advisor consist of."""


def control(text: str) -> str | None:
    """The control that the words name, or that the key among them means; None where they hold anything else."""
    folded = fold(text) if len(text) <= _LONGEST else ""
    return _BY_PHRASE.get(folded) or next((name for name in _KEYS if _turns(name, folded, text)), None)


def _turns(name: str, folded: str, text: str) -> bool:
    keys = [key for key in _KEYS[name].split("|") if f" {key} " in f" {folded} "]
    return bool(keys) and only_talk(text, also=bag(_KEYS[name].replace("|", " ")))


def only_talk(text: str, also: frozenset[str] = frozenset()) -> bool:
    """Whether no word is foreign to an order, and none but the first is written like a name."""
    tokens = text.split()
    named = any(token[:1].isupper() and not re.match(r"I\b", token) for token in tokens[1:]) and not text.isupper()
    return bool(tokens) and not named and set(fold(text[:_LONGEST]).split()) <= _TALK | also


_WISH = re.compile(
    r"(?:jeg|nu) (?:vil|skal|maa|oensker)\b|(?:i|we) (?:want|would like|need|have) to\b|(?:i'd|we'd) (?:like|rather)\b"
    r"|(?:(?:hov|og|ok|okay|hey|please|lige|gerne) )*(?:(?:paa?mind|mind|husk|remind) ?(?:lige )?(?:mi[gj]?|os|me|us)"
    r" (?:lige |ogsaa |also )*(?:om|paa|at|naar|i|den|til|kl|to|about|of|on|that|when|in|next|tomorrow)\b"
    r"|(?:saet|lav|opret|set|create|make|add) (?:en |a )?(?:paamindelse|reminder)\b)"
)


def is_wish(text: str) -> bool:
    """Whether somebody says what they themselves want to do, or be reminded of."""
    return bool(_WISH.match(fold(text[:_LONGEST])))
