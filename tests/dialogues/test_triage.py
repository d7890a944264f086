"""Which checklist? The guide's questions lead to it, by button and in words, and nothing said on the way is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.rendering.plain import plain
from bot.rendering.telegram_html import messages
from dialogues import taps
from dialogues.reply import Choice, Reply
from dialogues.responses.awaited import awaited
from dialogues.responses.checklists import situations
from dialogues.responses.commands import command
from dialogues.responses.triage import chosen_in_words
from dialogues.turn import AWAITING, RUN, TOPIC, Meaning, Outcome, Services, Turn
from knowledge.loader import Knowledge, load
from knowledge.schema import LANGUAGES, GuideQuestion
from tests.talker import Talker

KNOWLEDGE = load()
GUIDE = KNOWLEDGE.guide
FIRST = next(iter(GUIDE))
NOT_UNDERSTOOD = Meaning("out_of_scope", "out_of_scope", 0.9)

# What was pressed, for whom, and where it leads: thirty-three situations that librarians may come with.
SITUATIONS = """
where.2 prospect.2 partner-choice: Kunstforeningen vil hænge billeder op hos os; vi kender dem ikke
where.6 own-house.2 partnership-strategy: Kulturudvalget vil se en strategi for vores partnerskaber
where.2 prospect.1 first-meeting: Jeg skal møde skolelederen på torsdag for første gang
where.1 no-partner.1 network-map: Børnebibliotekaren vil lave en festival og ved ikke, hvem man kunne spørge
where.2 prospect.5 agreement-review: Museet har sendt en aftale, vi skal skrive under på
where.3 agreed.1 agreement: Vi gav hånd på det med ungdomsskolen i går
where.3 agreed.1 agreement: En fond vil se en underskrevet aftale fra partneren, før den giver penge
where.3 agreed.4 communication-plan: Aftalen er på plads, og der er pressemøde om to uger
where.3 agreed.3 first-meeting: Alle har sagt ja, men ingen har talt om, hvem der gør hvad; vi skal mødes
where.3 agreed.5 readiness: Vi har sagt ja til en festival, men har kun én medarbejder til den
where.4 working.2 health-check: Musikskolen svarer langsomt, og stemningen er skidt
where.4 working.1 health-check: Samarbejdet er to år, og vi vil gøre status med partneren
where.4 working.3 agreement: Ti år med lokalarkivet og aldrig et ord på papir
where.4 working.4 agreement-review: Partneren vil have større logo, og aftalen siger ikke noget om det
where.4 working.5 communication-plan: Der kommer ti mennesker til arrangementer med hundrede pladser
where.4 working.5 communication-plan: Avisen er kritisk, og vi har ikke aftalt, hvem der udtaler sig
where.4 working.6 closing: Partneren skærer halvdelen af sine timer, og vi er i tvivl om resten
where.5 ending.1 closing: Bevillingen slutter i december, og så er det slut
where.5 ending.3 closing: Læsecaféen er en succes, og de frivillige vil selv drive den videre
where.5 ending.2 terms.3 agreement: Vi vil fortsætte, men med andre timer og andre penge
where.5 ending.2 terms.2 agreement-review: Aftalen er fire år gammel, og vi vil gerne blive ved
where.5 ending.2 terms.1 closing: Forsøget i én filial skal ud i alle fire, og aftalen er god nok
where.5 ending.4 health-check: Partneren vil stoppe, vi vil gerne fortsætte
where.6 own-house.4 network-map: Ny leder: alle har deres egne samarbejder, og ingen har overblikket
where.6 own-house.4 network-map: Kollegaen, som kender alle, går på pension
where.6 own-house.3 competences: Jeg skal til MUS og vil vide, hvad jeg mangler at kunne
where.6 own-house.1 readiness: Kollegerne brokker sig, og ledelsen er lunken
where.6 own-house.6 readiness: Chefen siger, vi skal have partnerskaber, og ingen ved, hvad der er det første
where.1 no-partner.2 asset-map: Handelsforeningen har givet os fem minutter på sit morgenmøde
where.2 prospect.4 asset-map: Et firma spørger, hvad det egentlig får ud af os
where.2 prospect.3 partner-choice: Tre foreninger vil have den samme aften i huset
where.2 prospect.2 partner-choice: Banken vil give penge mod logo på scenen
where.6 own-house.2 partnership-strategy: Vi får mange tilbud og siger ja til dem alle
""".strip().splitlines()

Path = tuple[tuple[str, int], ...]  # question and number of the choice, from the first to the last


def paths(question_id: str = FIRST, before: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every way through the guide, and the checklist at its end."""
    for number, choice in enumerate(GUIDE[question_id].choices, 1):
        here = (*before, (question_id, number))
        if choice.question:
            yield from paths(choice.question, here)
        else:
            assert choice.checklist
            yield here, choice.checklist


class NoRuns:
    """A store in which nothing has begun."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.saved: list[object] = []

    def runs(self, owner: str) -> list[object]:
        return []

    def save_run(self, owner: str, run: object) -> None:
        self.saved.append(run)

    def record_unknown(self, text: str, language: str, nearest: list[str]) -> None:
        self.asked.append(text)


class Person:
    """Somebody who asks for the right checklist, without an engine: `slots` is what is remembered."""

    def __init__(self, language: str = "da", knowledge: Knowledge = KNOWLEDGE) -> None:
        self.language = language
        self.services = Services(knowledge, NoRuns())  # type: ignore[arg-type]
        self.slots: dict[str, object] = {}
        self.last = Outcome()

    def presses(self, tap: str) -> Person:
        name = tap.split(":")[1]
        return self._does(Meaning("command", f"command/{name}", 1.0, tap=taps.parse(tap)), "")

    def says(self, text: str, meaning: Meaning = NOT_UNDERSTOOD) -> Person:
        return self._does(meaning, text)

    def _does(self, meaning: Meaning, text: str) -> Person:
        turn = Turn(self.services, "somebody", text, meaning, self.language, dict(self.slots))
        typed = meaning.tap is None and self.slots.get(AWAITING)
        self.last = awaited(turn) if typed else command(turn)
        self.slots = {**self.slots, AWAITING: None, **self.last.slots}
        return self

    @property
    def reply(self) -> Reply:
        return self.last.replies[-1]

    @property
    def text(self) -> str:
        return plain(self.reply.text)

    def button(self, label: str) -> Choice:
        return next(choice for choice in self.reply.buttons if choice.label == label)


def asked(reply: Reply) -> GuideQuestion:
    """The guide's question that a reply puts, told by its first button."""
    tap = taps.parse(reply.buttons[0].tap)
    assert tap and tap.parts[0] == "choose_checklist"
    return GUIDE[tap.parts[1].partition(".")[0]]


def asks_first(language: str = "da", knowledge: Knowledge = KNOWLEDGE) -> Person:
    return Person(language, knowledge).presses("k:choose_checklist")


# --- every way ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "checklist"), paths())
def test_every_way_by_button_ends_at_its_checklist(path: Path, checklist: str, language: str) -> None:
    person = asks_first(language)
    for question, number in path:
        assert GUIDE[question][language] in person.text
        person.presses(person.reply.buttons[number - 1].tap)
    shows_the_end(person, checklist)


@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "checklist"), paths())
def test_every_way_in_words_ends_at_its_checklist(path: Path, checklist: str, language: str, numbered: bool) -> None:
    person = asks_first(language)
    for question, number in path:
        label = GUIDE[question].choices[number - 1][language]
        person.says(str(number) if numbered else label.lower().rstrip("."))
    shows_the_end(person, checklist)


def shows_the_end(person: Person, checklist: str) -> None:
    text = KNOWLEDGE.checklists[checklist].text(person.language)
    assert person.reply.checklist == checklist
    first, *_ = person.text.split("\n\n")
    assert text.title in first
    assert text.ends_with[3:].strip() in first
    assert first.endswith(f"{text.ends_with[3:]}.")
    ways = [choice.tap for choice in person.reply.buttons if choice.tap.startswith(f"c:{checklist}:")]
    assert ways, "there is no button to begin it"
    names = {"da": ("En anden", "Se alle"), "en": ("Another one", "See all")}[person.language]
    assert tuple(choice.label for choice in person.reply.choices[-1]) == names
    assert len(messages(person.reply.text)) == 1


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda line: line.partition(": ")[2])
def test_a_situation_leads_to_its_checklist(situation: str) -> None:
    *steps, checklist = situation.partition(": ")[0].split()
    known = {tuple(f"{question}.{number}" for question, number in path): end for path, end in paths()}
    assert known[tuple(steps)] == checklist


def test_there_are_thirty_three_situations_and_each_checklist_has_one() -> None:
    ends = [line.partition(": ")[0].split()[-1] for line in SITUATIONS]
    assert len(ends) == 33
    assert set(ends) == set(KNOWLEDGE.checklists)


# --- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "text", "number"),
    [
        ("where", "det slutter", 5),
        ("where", "vi har ingen partner", 1),
        ("where", "nr. 3", 3),
        ("where", "den anden", 2),
        ("where", "vi samarbejder alerede", 4),
        ("where", "We have a possible partner!", 2),
        ("prospect", "vi skal skrive en aftale", 6),
        ("ending", "jeg ved ikke", 5),
        ("ending", "don't know", 5),
        ("own-house", "ved ikke hvor vi skal begynde", 6),
        ("own-house", "hvad vi selv skal kunne", 3),
        ("own-house", "hvad vi har at", 5),
        ("working", "ved ikke", None),
        ("working", "no", None),
        ("where", "ved ikke", None),
        ("where", "vi", None),
        ("where", "9", None),
        ("where", "blåbærgrød", None),
        ("own-house", "hvad er et partnerskab", None),
        ("own-house", "hvad vi har at byde på?", 5),
        ("agreed", "hvad", None),
        ("agreed", "en aftale på skrift, hvad skal der stå?", None),
        ("where", "x" * 5000, None),
    ],
)
def test_words_are_a_choice_only_where_they_surely_mean_one(question: str, text: str, number: int | None) -> None:
    chosen = chosen_in_words(GUIDE[question], text)
    assert chosen == (GUIDE[question].choices[number - 1] if number else None)


def test_what_is_not_understood_is_asked_again_and_nothing_is_noted_as_unanswered() -> None:
    person = asks_first().says("blåbærgrød")
    assert asked(person.reply).id == FIRST
    assert person.text.startswith("Jeg er ikke sikker på, hvilken af dem det er.")
    assert person.slots[AWAITING] == f"triage:{FIRST}"
    assert person.services.store.asked == []


def test_a_question_in_the_middle_is_answered_and_the_same_question_stands_again() -> None:
    person = asks_first().presses("k:choose_checklist:prospect")
    person.says("hvem skriver under?", Meaning("topic", "topic/agreement.sign", 0.9))
    answer, again = person.last.replies
    assert answer.outcome == "answer"
    assert asked(again).id == "prospect"
    assert person.slots[TOPIC] == "agreement.sign"
    assert person.says("de har sendt os en aftale").reply.checklist == "agreement-review"


def test_a_question_that_has_no_answer_is_noted_and_the_same_question_stands_again() -> None:
    person = asks_first().says("hvornår går bussen?")
    assert [reply.outcome for reply in person.last.replies] == ["unknown", "command"]
    assert person.services.store.asked == ["hvornår går bussen?"]
    assert asked(person.reply).id == FIRST


@pytest.mark.parametrize(
    ("meaning", "action"),
    [
        (Meaning("checklist", "checklist/readiness", 0.9), "action_checklist"),
        (Meaning("command", "command/delete_my_data", 0.9), "action_command"),
        (Meaning("command", "command/choose_checklist", 0.9), "action_command"),
    ],
)
def test_an_order_or_another_checklist_goes_its_own_way(meaning: Meaning, action: str) -> None:
    person = asks_first().says("noget helt andet", meaning)
    assert person.last == Outcome(follow_up=action)


def test_beside_an_open_walkthrough_words_that_are_no_choice_are_left_to_it() -> None:
    person = asks_first()
    person.slots[RUN] = "abc"
    assert person.says("Bogby Bibliotek").last == Outcome(follow_up="action_walkthrough")


# --- back, and other ways ----------------------------------------------------------------------


def test_back_goes_a_question_back_by_button_and_in_words() -> None:
    person = asks_first().says("det slutter").says("vi fortsætter")
    assert asked(person.reply).id == "terms"
    person.presses(person.button("Tilbage").tap)
    assert asked(person.reply).id == "ending"
    assert asked(person.says("tilbage").reply).id == FIRST
    assert "Tilbage" not in [choice.label for choice in person.reply.buttons]
    assert person.says("tilbage").reply.command == "list_checklists"


def test_back_from_the_first_question_leads_to_the_walkthrough_on_the_screen() -> None:
    person = asks_first()
    person.slots[RUN] = "abc"
    person.says("tilbage")
    assert person.last.replies == ()
    assert person.slots[AWAITING] is None


def test_below_the_checklist_words_begin_it_or_lead_elsewhere() -> None:
    def at_the_end() -> Person:
        return asks_first().says("vi samarbejder allerede").says("noget halter")

    begun = at_the_end().says("grundigt")
    (run,) = begun.services.store.saved
    assert (run.checklist, run.mode) == ("health-check", "full")
    assert begun.slots[RUN] == run.id
    assert asked(at_the_end().says("tilbage").reply).id == "working"
    assert asked(at_the_end().says("en anden").reply).id == FIRST
    assert at_the_end().says("se alle").reply.command == "list_checklists"
    assert at_the_end().says("blåbærgrød").last == Outcome(follow_up="action_unknown")
    person = at_the_end()
    assert asked(person.presses(person.button("En anden").tap).reply).id == FIRST


@pytest.mark.parametrize("old", ["gone", "gone.1", "where.99", "where.0", "where.x", "where.-1", "."])
def test_an_old_button_whose_place_is_gone_begins_again_and_says_so(old: str) -> None:
    person = Person().presses(f"k:choose_checklist:{old}")
    assert person.text.startswith("Den knap fører ingen steder hen længere.")
    assert asked(person.reply).id == FIRST


def test_an_old_button_still_works_without_any_memory() -> None:
    assert Person().presses("k:choose_checklist:terms.2").reply.checklist == "agreement-review"


def test_an_old_slot_whose_question_is_gone_lets_words_go_their_way() -> None:
    person = Person()
    person.slots[AWAITING] = "triage:gone"
    assert person.says("1").last == Outcome(follow_up="action_unknown")


def test_long_choices_stand_numbered_in_the_text() -> None:
    first = GUIDE[FIRST]
    long = first.choices[0].copy(
        update={"da": "Vi har ingen partner endnu, og vi ved heller ikke, hvem det kunne være"}
    )
    guide = {**GUIDE, FIRST: first.copy(update={"choices": (long, *first.choices[1:])})}
    person = asks_first(knowledge=replace(KNOWLEDGE, guide=guide))
    assert "1. Vi har ingen partner endnu, og vi ved heller ikke, hvem det kunne være\n2. Vi har" in person.text
    assert person.reply.buttons[0].label == "1. Vi har ingen partner endnu,…"
    assert asked(person.says("1").reply).id == "no-partner"


def test_without_a_guide_all_checklists_are_listed() -> None:
    person = asks_first(knowledge=replace(KNOWLEDGE, guide={}))
    assert person.reply.command == "list_checklists"
    assert len(person.reply.buttons) == len(KNOWLEDGE.checklists)
    assert "Og desuden" not in person.text


# --- all of them -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_goes_by_situation_fits_a_phone_and_offers_help_first(language: str) -> None:
    reply = Person(language).presses("k:list_checklists").reply
    help_, *others = reply.buttons
    assert help_.tap == "k:choose_checklist"
    assert {choice.tap for choice in others} == {f"c:{id_}" for id_ in KNOWLEDGE.checklists}
    assert len(reply.text) <= 3500
    assert len(messages(reply.text)) == 1
    told = plain(reply.text)
    places = [told.index(choice.label) for choice in others]
    assert places == sorted(places), "the buttons don't go by the order of the text"


def test_each_checklist_stands_in_one_situation_and_those_without_a_place_last() -> None:
    grouped = situations(GUIDE, {**KNOWLEDGE.checklists, "visit": KNOWLEDGE.checklists["closing"]})
    ids = [id_ for _, group in grouped for id_ in group]
    assert sorted(ids) == sorted([*KNOWLEDGE.checklists, "visit"])
    assert grouped[-1] == (None, ["visit"])
    by_situation = {start.da: group for start, group in grouped if start}
    assert by_situation["Vi har sagt ja til hinanden"][0] == "agreement"


# --- through the engine ------------------------------------------------------------------------


def test_the_whole_way_in_a_conversation(engine) -> None:
    talker = Talker(engine, language="da")
    talker.says("hvilken tjekliste skal vi bruge")
    assert talker.text == "Et par spørgsmål, så finder vi den rigtige tjekliste.\n\nHvor er I henne?"
    assert talker.labels[:2] == ["Vi har ingen partner endnu", "Vi har en mulig partner"]
    talker.says("vi har en mulig partner")
    assert talker.text == "Hvad er det næste, der skal ske?"
    talker.says("hvem må skrive under på en aftale?")
    assert talker.text.endswith("Hvad er det næste, der skal ske?")
    talker.says("de har sendt os en aftale")
    assert talker.text.startswith(
        "I svarede De har sendt os en aftale, så tag Gennemgå en aftale, I har: Den ender med et overblik over, "
    )
    assert talker.labels[-2:] == ["En anden", "Se alle"]
    talker.says("hurtig")
    assert "1 af " in talker.text
    assert any(label.startswith("Pause") for label in talker.labels)


def test_by_buttons_and_beside_an_open_walkthrough(engine) -> None:
    talker = Talker(engine, language="en")
    talker.sends("c:readiness:quick")
    step = talker.text
    talker.sends("k:list_checklists")
    talker.taps("Help me choose")
    assert "Where do you stand?" in talker.text
    assert step not in talker.text, "a step below it would hide the question"
    talker.says("back")
    assert talker.text == step
    talker.sends("k:choose_checklist:own-house.3")
    assert talker.text.startswith("You answered What skills we need, so take What can we do, and what next?: it ends")
    talker.taps("Another one").taps("It is ending").taps("We are stopping").taps("Quick")
    assert "1 of " in talker.text
