"""What somebody wants to be reminded of, and when: from the words that people write."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.reminding.request import read

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))  # a Monday

DANISH = [
    ("mind mig om evalueringen den 3. marts", "evalueringen", "2027-03-03 09:00"),
    ("mind mig om evalueringen den 3. marts (kl. 14)", "evalueringen", "2027-03-03 14:00"),
    ("husk mig på mødet på fredag", "mødet", "2027-03-05 09:00"),
    ("husk mødet fredag", "mødet", "2027-03-05 09:00"),
    ("på fredag skal du minde mig om mødet", "mødet", "2027-03-05 09:00"),
    ("om 3 uger vil jeg gerne mindes om kontrakten", "kontrakten", "2027-03-22 09:00"),
    ("kan du minde mig om at ringe til min chef i morgen kl. 14.30?", "at ringe til din chef", "2027-03-02 14:30"),
    ("mind mig om at ringe til Jan på fredag", "at ringe til Jan", "2027-03-05 09:00"),
    ("mind mig om at ringe til Maj om et par uger", "at ringe til Maj", "2027-03-15 09:00"),
    ("mind mig om statusmødet i maj", "statusmødet", "2027-05-01 09:00"),
    ("mind mig om mødet en uge før den 24. marts", "mødet", "2027-03-17 09:00"),
    ("mind mig om mødet den 24. marts dagen før", "mødet", "2027-03-23 09:00"),
    ("mind mig om fornyelsen næste kvartal", "fornyelsen", "2027-04-01 09:00"),
    ("mind mig om mødet kl 14", "mødet", "2027-03-01 14:00"),
    ("mind mig om mødet kl. 8", "mødet", "2027-03-02 08:00"),  # eight has passed
    ("mind mig om mødet kl halv ni på torsdag", "mødet", "2027-03-04 08:30"),
    ("mind mig om mødet klokken to på torsdag", "mødet", "2027-03-04 14:00"),
    ("mind mig om en time om kaffen", "kaffen", "2027-03-01 13:00"),
    ("mind mig om mødet i aften", "mødet", "2027-03-01 19:00"),
    ("mind mig om mødet på fredag eftermiddag", "mødet", "2027-03-05 14:00"),
    ("mind mig om mødet i morgen tidlig", "mødet", "2027-03-02 08:00"),
    ("mind mig om mødet den 1/4-27 kl 8", "mødet", "2027-04-01 08:00"),
    ("mind mig lige om møde med borgmesteren ons kl 10", "møde med borgmesteren", "2027-03-03 10:00"),
    ("sæt en påmindelse til den 3. april om at søge midler", "at søge midler", "2027-04-03 09:00"),
    ("mind mig om den 3. klasse der kommer på fredag", "den 3. klasse der kommer", "2027-03-05 09:00"),
    ("mind mig om at I skal mødes onsdag den 3.", "at I skal mødes", "2027-03-03 09:00"),
    ("mindmig om mødet imorgen", "mødet", "2027-03-02 09:00"),
    ("mind mig om mødet fredag d. 12. marts 2027 kl. 13:15 tak", "mødet", "2027-03-12 13:15"),
    ("mind mig om 50/50-aftalen på mandag", "50/50-aftalen", "2027-03-08 09:00"),
    ("mind mig om et par aftaler om et halvt år", "et par aftaler", "2027-09-01 09:00"),
    ("ring til skolen om en uge", "at ringe til skolen", "2027-03-08 09:00"),
    ("evalueringen den 3. marts", "evalueringen", "2027-03-03 09:00"),
    ("husk mig på at tjekke tallene den sidste fredag i marts", "at tjekke tallene", "2027-03-26 09:00"),
]
ENGLISH = [
    ("remind me to call the school next Tuesday at 9", "to call the school", "2027-03-09 09:00"),
    ("remind me of the evaluation on 3 March", "the evaluation", "2027-03-03 09:00"),
    ("Remind me on March 3rd at 2:30 pm to check the agreement", "to check the agreement", "2027-03-03 14:30"),
    ("remind me tomorrow morning about the flyers", "the flyers", "2027-03-02 09:00"),
    ("remind me about the contract a week before 1 May 2027 at 3pm", "the contract", "2027-04-24 15:00"),
    ("remind me that my contract ends on 30 June", "that your contract ends", "2027-06-30 09:00"),
    ("remind me in 20 minutes to call Bo", "to call Bo", "2027-03-01 12:20"),
    ("remind me to look at 3 contracts on Friday", "to look at 3 contracts", "2027-03-05 09:00"),
    ("i'd like to be reminded of the review in two weeks please", "the review", "2027-03-15 09:00"),
    ("remind me of the meeting at half past two", "the meeting", "2027-03-01 14:30"),
    ("remind me of the review next quarter", "the review", "2027-04-01 09:00"),
    ("call the school in two weeks", "to call the school", "2027-03-15 09:00"),
]


def due(text: str, language: str = "da") -> str | None:
    moment = read(text, NOW, language).due(NOW)
    return f"{moment.astimezone(NOW.tzinfo):%Y-%m-%d %H:%M}" if moment else None


@pytest.mark.parametrize(("text", "about", "when"), DANISH)
def test_what_and_when_in_danish(text: str, about: str, when: str) -> None:
    assert (read(text, NOW).about, due(text)) == (about, when)


@pytest.mark.parametrize(("text", "about", "when"), ENGLISH)
def test_what_and_when_in_english(text: str, about: str, when: str) -> None:
    assert (read(text, NOW, "en").about, due(text, "en")) == (about, when)


@pytest.mark.parametrize("text", ["mind mig om Jan", "mind mig om mandatet", "mind mig om", "remind me of April"])
def test_names_and_things_are_no_dates(text: str) -> None:
    assert due(text) is None


@pytest.mark.parametrize(
    "text", ["mind mig om det om 3 uger", "mind mig om det her i morgen", "remind me of this today"]
)
def test_words_that_only_point_are_not_what_it_is_about(text: str) -> None:
    wish = read(text, NOW)
    assert (wish.about, wish.pointing) == ("", True)


def test_a_day_that_the_calendar_does_not_have_is_told() -> None:
    wish = read("mind mig om aftalen den 31. februar", NOW)
    assert wish.wrong_day
    assert wish.due(NOW) is None
    assert wish.about == "aftalen"


def test_every_week_is_noticed() -> None:
    assert read("mind mig om nyhedsbrevet hver fredag", NOW).repeats
    assert read("mind mig om nyhedsbrevet hver fredag", NOW).about == "nyhedsbrevet"


@pytest.mark.parametrize(
    ("text", "when"),
    [("på fredag", "2027-03-05 14:30"), ("kl. 10", "2027-03-24 10:00"), ("dagen før", "2027-03-23 14:30")],
)
def test_another_time_is_seen_from_the_one_that_is_set(text: str, when: str) -> None:
    there = datetime(2027, 3, 24, 14, 30)
    moment = read(text, NOW, base=there.date()).due(NOW, there.date(), there.time())
    assert moment is not None
    assert f"{moment.astimezone(NOW.tzinfo):%Y-%m-%d %H:%M}" == when


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_no_words_break_it(text: str) -> None:
    read(f"mind mig om {text} i morgen 3000 måneder før", NOW).due(NOW)
    read(text, NOW, "en").due(NOW)
