"""What people write at a step in passing: orders, hedges, "not settled yet", several choices, names. Both languages."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walkthrough_example import CHECKLIST, TODAY, begin, choice, item, key, play, read, reason, values

from dialogues.walkthrough import engine as walkthrough
from dialogues.walkthrough import words
from dialogues.walkthrough.answers import UNKNOWN, Misunderstood, parse
from dialogues.walkthrough.state import Answer, Run
from dialogues.walkthrough.steering import start
from knowledge.schema import Choice, Item
from tests.talker import Talker

# --- orders, by the words alone ----------------------------------------------------------------

ORDERS = {
    "why": "forklar|forklar det lige|hvad mener du|hvad mener du med det|hvad betyder det"
    "|jeg forstår ikke spørgsmålet|jeg forstår det ikke|giv et eksempel|har du et eksempel|hvad anbefaler du"
    "|hvad skal jeg skrive|explain|please explain|what do you mean|what does that mean"
    "|I don't understand the question|give an example|give me an example please|what do you recommend"
    "|what should I write here",
    "pause": "stop|luk|jeg skal gå nu|jeg må lige løbe|vi fortsætter i morgen|jeg fortsætter senere|close"
    "|I have to go now|let's continue tomorrow",
    "review": "hvad har jeg svaret|jeg vil rette noget|jeg skrev forkert|kan jeg rette et svar"
    "|hvordan retter jeg et svar|må jeg se hvad jeg har skrevet|hvad har jeg skrevet indtil nu|what have I answered"
    "|I want to change an answer|I wrote it wrong",
    "status": "hvad mangler jeg|what is missing|status",
}
NAMES = (
    "Vi mødes hver tirsdag og stopper kl. 16|Foreningen Senere Bogby|Hjælp til lektier|Pause-klubben"
    "|Stop Spild af Mad|Luk Op|Forklar Mig|Status ApS|Eksempel ApS|Next Stop Bogby|Later Gators|Explain Everything"
    "|at rette op på skævheder|vi holder pause i juli|et eksempel på godt samarbejde|The Next Step"
    "|Change for Children|vi retter plakaterne sammen"
)


@pytest.mark.parametrize(
    ("order", "text"), [(name, text) for name, texts in ORDERS.items() for text in texts.split("|")]
)
def test_an_order_is_none_of_the_names_that_a_text_holds(order: str, text: str) -> None:
    assert words.control(text) == order
    assert walkthrough.fits(CHECKLIST, begin(), text, TODAY) == "control"
    assert values(play(begin(), text).run) == {}


@pytest.mark.parametrize("text", NAMES.split("|"))
def test_what_only_sounds_like_an_order_is_an_answer(text: str) -> None:
    assert walkthrough.fits(CHECKLIST, begin(), text, TODAY) == "free"
    assert values(play(begin(), text).run) == {"name": text}


def test_who_asks_for_an_example_gets_the_help_of_the_step() -> None:
    assert play(begin(), "giv et eksempel").show == "why"


@pytest.mark.parametrize("text", ["ret navnet", "kan du rette navnet?", "ændr navnet", "change navnet"])
def test_an_answer_to_be_changed_is_named(text: str) -> None:
    asked = play(begin(), "Bogby", text)
    assert (asked.run.at, values(asked.run)) == ("name", {"name": "Bogby"}) or text.startswith("kan")
    assert play(begin(), text).run.at in ("name", "money")


@pytest.mark.parametrize(
    ("said", "name", "money"),
    [
        ("nej, det er gratis for dem", "Bogby", "no"),
        ("nej, jeg mente Dogby", "Dogby", None),
        ("hov, det skulle være Dogby", "Dogby", None),
        ("no, I meant Dogby", "Dogby", None),
        ("ja", "Bogby", "yes"),
    ],
)
def test_a_no_to_this_step_is_no_correction_of_the_last(said: str, name: str, money: str | None) -> None:
    after = values(play(begin(), "Bogby", said).run)
    assert (after["name"], after.get("money")) == (name, money)


# --- not settled yet ---------------------------------------------------------------------------

UNSETTLED = (
    "det aftaler vi senere|det har vi ikke besluttet|ikke aftalt endnu|TBD|kommer senere|det ved vi først senere"
    "|vi tager det senere|det aftaler vi senere med partneren|ikke nu|det er ikke afgjort endnu"
    "|det ligger ikke fast endnu|det er ikke mig der bestemmer det|vi har ikke nogen endnu|we'll agree on that later"
    "|not decided yet|to be decided|coming later|not now|it hasn't been settled"
)
SETTLED = (
    "Vi aftaler datoen senere, men vi mødes hver tirsdag|Senere"
    "|Koncerter, der ikke er aftalt endnu, kommer i programmet|vi viser film og taler om dem senere|flyerne kommer"
    "|to be or not to be"
)


@pytest.mark.parametrize("text", UNSETTLED.split("|"))
@pytest.mark.parametrize("item_id", ["name", "notes", "budget", "start"])
def test_what_is_not_settled_yet_is_no_answer(item_id: str, text: str) -> None:
    assert reason(item_id, text) == UNKNOWN


@pytest.mark.parametrize("text", SETTLED.split("|"))
def test_a_text_with_more_to_say_is_kept(text: str) -> None:
    assert read("notes", text) == text


def test_what_is_not_settled_is_passed_over_and_said() -> None:
    turn = play(begin(), "Bogby", "ja", "det aftaler vi senere")
    assert (key(turn), values(turn.run)["budget"]) == ("not-known-yet", None)


@pytest.mark.parametrize("text", ["det har vi ikke besluttet", "ikke nu", "ikke aftalt endnu", "not decided yet"])
def test_not_yet_is_a_no_where_that_can_be_said(text: str) -> None:
    assert read("money", text) == "no"


# --- one of the choices ------------------------------------------------------------------------

STATUS = [
    Choice(**choice("binding", "Bindende aftale", "Binding agreement")),
    Choice(**choice("intent", "Hensigtserklæring", "Letter of intent")),
    Choice(**choice("unsure", "Ikke afgjort endnu", "Not settled yet")),
]
READY = [
    Choice(**choice("yes", "Ja", "Yes", 2)),
    Choice(**choice("partly", "Delvist", "Partly", 1)),
    Choice(**choice("no", "Nej", "No", 0)),
    Choice(**choice("unsure", "Ved ikke", "Don't know", 0)),
    Choice(**choice("na", "Ikke relevant", "Not relevant")),
]
TERM = [
    Choice(**choice("quarter", "3 måneder", "3 months")),
    Choice(**choice("year", "1 år", "1 year")),
    Choice(**choice("two", "2 år", "2 years")),
]


def chosen(choices: list[Choice], text: str) -> str | None:
    one = Item.parse_obj(item("x", "choice", "x", choices=[choice.dict() for choice in choices]))
    outcome = parse(one, choices, text, TODAY)
    assert not isinstance(outcome, Misunderstood) or outcome.reason.startswith("not-")
    return None if isinstance(outcome, Misunderstood) else str(outcome)


CHOSEN = {
    "binding": "bindende tror jeg|det er bindende|nok den første|ja den øverste|den øverste|jeg tager den første"
    "|mulighed a|vil jeg sige bindende|binding I think|probably the first one|the top one|it's binding"
    "|let's say binding",
    "intent": "nr 2|mulighed b|option b|midterste|den midterste|hellere hensigtserklæring|den anden tror jeg"
    "|vi hælder til en hensigtserklæring|the middle one|rather the second|a letter of intent, please",
    "unsure": "den sidste|den nederste|the last one|det aftaler vi senere|ikke nu|tbd|aner det ikke",
}


@pytest.mark.parametrize(
    ("wanted", "text"), [(name, text) for name, texts in CHOSEN.items() for text in texts.split("|")]
)
def test_a_choice_with_words_around_it(wanted: str, text: str) -> None:
    assert chosen(STATUS, text) == wanted


@pytest.mark.parametrize(
    "text", ["ikke bindende", "1 eller 2", "den der", "b", "den fjerde", "mulighed f", "nok", "det er"]
)
def test_a_choice_that_is_not_plain_is_asked_about(text: str) -> None:
    assert chosen(STATUS, text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hellere delvist", "partly"),
        ("mest nej", "no"),
        ("ja tror jeg nok", "yes"),
        ("nok ja", "yes"),
        ("ja den øverste", "yes"),
        ("👍", "yes"),
        ("👎", "no"),
        ("👍🏽", "yes"),
        ("det er lige meget", "na"),
        ("mostly no", "no"),
        ("rather partly", "partly"),
        ("ja måske", None),
        ("ja den anden", None),
        ("midterste", "partly"),
        ("den nederste", None),
        ("4", None),
        ("5", None),
        ("6", None),
        ("🎉", None),
    ],
)
def test_a_step_of_a_scale(text: str, wanted: str | None) -> None:
    assert chosen(READY, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cirka et år", "year"),
        ("1 år måske", "year"),
        ("tre måneder", "quarter"),
        ("12 måneder vil jeg sige", "year"),
        ("about a year", "year"),
        ("to år tror jeg", "two"),
        ("et par år", None),
        ("5 år", None),
        ("a couple of years", None),
    ],
)
def test_an_amount_that_is_about_right(text: str, wanted: str | None) -> None:
    assert chosen(TERM, text) == wanted


HEDGES = [
    "ja",
    "nok",
    "vist",
    "hellere",
    "mest",
    "jeg tager",
    "vi vælger",
    "det er",
    "cirka",
    "probably",
    "I think",
    "it's",
]
BEHIND = ["tror jeg", "vil jeg sige", "måske", "nok", "vist nok", "tak", "I think", "please", "i guess"]


@settings(max_examples=200, deadline=None)
@given(before=st.lists(st.sampled_from(HEDGES), max_size=2), behind=st.lists(st.sampled_from(BEHIND), max_size=2))
def test_hedges_never_change_which_choice_is_meant(before: list[str], behind: list[str]) -> None:
    for label, wanted in (("hensigtserklæring", "intent"), ("den anden", "intent"), ("bindende", "binding")):
        assert chosen(STATUS, " ".join([*before, label, *behind])) == wanted


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_hedges_are_taken_off_and_nothing_else(text: str) -> None:
    folded = words.fold(text)
    plain = words.unhedged(folded)
    assert plain in folded
    assert bool(plain) == bool(folded)
    assert words.unhedged(plain) == plain


@pytest.mark.parametrize("text", ["1, 3 og 4", "1, 3 and 4", "2, 3 stk."])
def test_several_numbers_are_no_yes_with_a_note(text: str) -> None:
    assert key(play(begin(), "Bogby", text)) == "not-yesno"


# --- several -----------------------------------------------------------------------------------

CHANNELS = [
    Choice(**choice("poster", "Plakat", "Poster")),
    Choice(**choice("site", "Hjemmeside", "Website")),
    Choice(**choice("friends", "Naboer og foreninger", "Neighbours and associations")),
    Choice(**choice("mail", "Nyhedsbrev", "Newsletter")),
    Choice(**choice("unsure", "Ved ikke", "Don't know")),
]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 3 4", "poster friends mail"),
        ("1, 3 og 4", "poster friends mail"),
        ("1-3", "poster site friends"),
        ("2 til 4", "site friends mail"),
        ("alle", "poster site friends mail"),
        ("alle på nær den sidste", "poster site friends"),
        ("alle undtagen 2", "poster friends mail"),
        ("alle på nær 1 og 2", "friends mail"),
        ("alle undtagen plakat", "site friends mail"),
        ("all but the last", "poster site friends"),
        ("all except 2", "poster friends mail"),
        ("plakat og hjemmeside", "poster site"),
        ("det første og det tredje", "poster friends"),
        ("the first and the third", "poster friends"),
        ("de to første", "poster site"),
        ("de to sidste", "friends mail"),
        ("the last two", "friends mail"),
        ("naboer og foreninger", "friends"),
        ("naboer og foreninger, plakat", "poster friends"),
        ("ingen af dem", ""),
        ("none of them", ""),
        ("ved ikke", "unsure"),
        ("plakat og sandwich", None),
        ("alle undtagen sandwich", None),
        ("1 og 99", None),
        ("9", None),
        ("3-1", None),
        ("de ni første", None),
        ("ikke 2", None),
        ("begge", None),
    ],
)
def test_several_choices(text: str, wanted: str | None) -> None:
    several = Item.parse_obj(item("x", "several", "x", choices=[one.dict() for one in CHANNELS]))
    outcome = parse(several, CHANNELS, text, TODAY)
    found = None if isinstance(outcome, Misunderstood) else outcome
    if isinstance(found, tuple) and "friends" in found and text.startswith("naboer og foreninger,"):
        assert set(found) == {"poster", "friends"}
    assert found == (None if wanted is None else tuple(wanted.split()))


# --- money, people, dates ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5000", 5000),
        ("5.000 kr", 5000),
        ("5t", 5000),
        ("5 t.", 5000),
        ("5 tusind", 5000),
        ("5t kr", 5000),
        ("ca 10.000,-", 10000),
        ("halvtreds tusind", 50000),
        ("0", 0),
        ("ingen", 0),
        ("gratis", 0),
        ("det koster ikke noget", 0),
        ("free", 0),
        ("it costs nothing", 0),
        ("10-15.000", None),
        ("et par tusind", None),
        ("mellem 10 og 15.000", None),
        ("10 timer", None),
        ("5000?", None),
    ],
)
def test_money(text: str, amount: float | None) -> None:
    money = Item.parse_obj(item("x", "money", "x"))
    outcome = parse(money, (), text, TODAY)
    assert (None if isinstance(outcome, Misunderstood) else outcome) == amount


def test_the_letter_t_means_hours_where_hours_are_counted() -> None:
    hours = Item.parse_obj(item("x", "number", "x", unit={"da": "timer", "en": "hours"}))
    assert parse(hours, (), "5t", TODAY) == 5


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna", "Anna"),
        ("anna holm fra børneteamet", "anna holm fra børneteamet"),
        ("mig", "mig"),
        ("det gør jeg", "det gør jeg"),
        ("chefen", "chefen"),
        ("Anna og Bo", "Anna og Bo"),
        ("ja, Anna", "Anna"),
        ("det er Anna", "Anna"),
        ("it's Anna", "Anna"),
        ("det bliver nok chefen", "chefen"),
        ("Jo Nesbø", "Jo Nesbø"),
        ("Bo", "Bo"),
        ("the boss", "the boss"),
        ("I do", "I do"),
        ("ja", None),
        ("yes", None),
        ("nej", None),
        ("1", None),
        ("mere", None),
        ("ikke mig", None),
        ("hvem plejer det at være", None),
        ("forklar", None),
        ("aner det ikke", None),
        ("ingen", None),
    ],
)
def test_a_person(text: str, name: str | None) -> None:
    outcome = parse(Item.parse_obj(item("x", "person", "x")), (), text, TODAY)
    assert (None if isinstance(outcome, Misunderstood) else outcome) == name


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("pr. 1. april", "2027-04-01"),
        ("per 1 april", "2027-04-01"),
        ("tidligst 1/4", "2027-04-01"),
        ("engang i marts", "2027-03-01"),
        ("sometime in March", "2027-03-01"),
        ("første mandag i april", "2027-04-05"),
        ("den sidste fredag i november", "2026-11-27"),
        ("the first Monday in April 2028", "2028-04-03"),
        ("sidst på måneden", "2026-11-30"),
        ("i starten af måneden", "2026-12-01"),
        ("om en måneds tid", "2026-12-23"),
        ("om ca. 3 uger", "2026-12-14"),
        ("in about two weeks", "2026-12-07"),
        ("i morgen tidlig", "2026-11-24"),
        ("efter sommerferien", None),
        ("engang til foråret", None),
        ("inden jul", None),
        ("sometime in spring", None),
        ("before Christmas", None),
        ("om et par uger", None),
        ("femte mandag i april", None),
    ],
)
def test_a_date_as_it_is_spoken(text: str, day: str | None) -> None:
    outcome = read("start", text)
    assert (None if isinstance(outcome, Misunderstood) else outcome.isoformat()) == day


# --- with the model: what is written at a step of the agreement --------------------------------

_numbers = count(1)


def written(engine, text: str, step: str, language: str = "da") -> tuple[Run, str]:
    """The run after `text` was written at a step of the agreement, and what was said."""
    run_id = f"words{next(_numbers):03}"
    services = engine._services
    begun = start(services.knowledge.checklists["agreement"], run_id, language).with_(at=step)
    services.store.save_run(run_id, begun)
    talker = Talker(engine, run_id, language).sends(f"w:{run_id}:continue").says(text)
    after = services.store.run(run_id, run_id)
    assert after is not None
    return after, talker.text


SAID = [
    ("Hvad vil du rette?", "vis mine svar|jeg skrev forkert før|jeg vil rette noget|kan jeg rette et svar"),
    ("Du er ved ", "hvor mange spørgsmål er der tilbage|hvor langt er jeg|er vi snart færdige"),
    ("Her er resultatet indtil nu", "kan jeg se udkastet|vis mig udkastet"),
    ("Pause i ", "senere|stop lige engang|jeg skal gå nu|vi fortsætter i morgen|luk"),
    ("Derfor spørger jeg", "hvad mener du|forklar|giv et eksempel|jeg forstår ikke spørgsmålet"),
    ("Hvem må skrive under?", "hvem må skrive under hos os"),
    ("Er vi klar til partnerskaber?", "jeg vil hellere tage klar-testen"),
    ("Stil et spørgsmål med dine egne ord", "hjælp"),
]


@pytest.mark.parametrize("step", ["partner-name", "our-signer", "status"])
@pytest.mark.parametrize(("reply", "text"), [(reply, text) for reply, texts in SAID for text in texts.split("|")])
def test_an_order_or_a_question_is_no_answer_at_any_step(engine, step: str, reply: str, text: str) -> None:
    after, said = written(engine, text, step)
    assert reply in said
    assert after.answers == {}


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("What would you like to change?", "I want to change something"),
        ("You are at ", "how many questions are left"),
        ("This is the result so far", "show me the draft"),
        ("A break in ", "let's continue tomorrow"),
        ("A break in ", "I have to go now"),
        ("Why I ask", "what do you mean"),
        ("Who may sign?", "who may sign for us"),
    ],
)
def test_the_same_in_english(engine, reply: str, text: str) -> None:
    for step in ("partner-name", "our-signer", "status"):
        after, said = written(engine, text, step, "en")
        assert reply in said
        assert after.answers == {}


@pytest.mark.parametrize("text", [*NAMES.split("|"), "Dansk Folkehjælp", "Slet og ret ApS", "Den Første Kontakt"])
def test_a_name_is_taken_whatever_it_sounds_like(engine, text: str) -> None:
    assert written(engine, text, "partner-name")[0].answers == {"partner-name": Answer(text)}


@pytest.mark.parametrize("text", ["mig", "chefen", "det gør jeg", "Anna og Bo", "lederen", "formanden for foreningen"])
def test_whoever_signs_is_named_in_any_words(engine, text: str) -> None:
    assert written(engine, text, "our-signer")[0].answers == {"our-signer": Answer(text)}


@pytest.mark.parametrize(
    "text", ["tre måneder", "et par år", "at give unge i byen et sted at spille teater", "den der"]
)
def test_an_attempt_at_a_choice_is_told_to_be_one(engine, text: str) -> None:
    after, said = written(engine, text, "status")
    assert after.answers == {}
    assert "hvilket af svarene" in said


@pytest.mark.parametrize("text", ["moms", "sig noget om moms"])
def test_a_subject_that_is_named_is_answered_at_a_choice(engine, text: str) -> None:
    assert "Moms, tilskud og faktura" in written(engine, text, "status")[1]
