"""Reminders in conversation: asked for, asked back, seen, moved, cancelled. It is noon on Monday 1 March 2027."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.door import Inbound
from bot.reminders import Outbox
from dialogues import taps
from dialogues.reminding.reminder import Reminder
from dialogues.reply import Reply
from dialogues.walkthrough.state import Answer, Run
from tests.conftest import NOW
from tests.talker import Talker

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House


class Asker(Talker):
    """A talker who writes slash commands with words behind them."""

    def commands(self, command: str, words: str | None = None) -> Asker:
        inbound = Inbound(
            self.name, self.name, text=words, tap=f"k:{command}", language=self.language, forced=bool(self.language)
        )
        self.replies = asyncio.run(self.engine.handle(inbound))
        return self

    @property
    def waiting(self) -> list[Reminder]:
        return list(self.engine._services.store.reminders(self.name))


@pytest.fixture
def anne(engine: RasaEngine) -> Asker:
    return Asker(engine, language="da")


def test_what_and_when_in_one_message_is_confirmed_in_words(anne: Asker) -> None:
    anne.commands("remind", "mind mig om evalueringen den 3. marts")
    assert anne.text == "Jeg minder dig om evalueringen onsdag den 3. marts 2027 kl. 9.00."
    assert anne.labels == ["Fortryd", "Andet tidspunkt"]
    [reminder] = anne.waiting
    assert (reminder.text, reminder.place, reminder.due.isoformat()) == (
        "evalueringen",
        anne.name,
        "2027-03-03T08:00:00+00:00",
    )


def test_in_english(engine: RasaEngine) -> None:
    bo = Asker(engine, language="en").commands("remind", "to call the school next Tuesday at 9")
    assert bo.text == "I'll remind you to call the school on Tuesday 9 March 2027 at 9:00."
    bo.commands("remind", "the evaluation on 3 March")
    assert bo.text == "I'll remind you of the evaluation on Wednesday 3 March 2027 at 9:00."


def test_without_a_time_it_is_asked_for_and_typed(anne: Asker) -> None:
    anne.commands("remind", "mødet med Musikskolen")
    assert "Hvornår skal jeg minde dig om mødet med Musikskolen?" in anne.text
    assert anne.labels == ["I morgen", "Om en uge", "Om en måned", "Næste kvartal", "Fortryd"]
    assert anne.waiting == []
    anne.says("på fredag kl 10")
    assert anne.text == "Jeg minder dig om mødet med Musikskolen fredag den 5. marts 2027 kl. 10.00."


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("I morgen", "tirsdag den 2. marts 2027"),
        ("Om en uge", "mandag den 8. marts 2027"),
        ("Om en måned", "torsdag den 1. april 2027"),
        ("Næste kvartal", "torsdag den 1. april 2027"),
    ],
)
def test_without_a_time_it_is_asked_for_and_tapped(anne: Asker, label: str, says: str) -> None:
    assert f"mødet {says} kl. 9.00" in anne.commands("remind", "mødet").taps(label).text


def test_a_button_of_the_question_works_after_something_else(anne: Asker) -> None:
    anne.commands("remind", "mødet")
    button = next(choice.tap for choice in anne.buttons if choice.label == "Om en uge")
    anne.says("hvad er et partnerskab?")
    assert anne.replies[0].outcome == "answer"
    assert "mødet mandag den 8. marts" in anne.sends(button).text
    assert "mødet mandag den 8. marts" in anne.sends(button).text
    assert len(anne.waiting) == 1


def test_what_is_no_time_is_asked_for_once_more_and_then_let_go(anne: Asker) -> None:
    anne.commands("remind", "mødet").says("snarest muligt")
    assert "ikke læse som et tidspunkt" in anne.text
    assert "tidspunkt" not in anne.says("zzz qqq").text


@pytest.mark.parametrize("words", ["nej", "glem det", "Fortryd"])
def test_the_question_can_be_left(anne: Asker, words: str) -> None:
    assert "ikke sat en påmindelse" in anne.commands("remind", "mødet").says(words).text
    assert anne.waiting == []


def test_without_a_subject_it_is_asked_for(anne: Asker) -> None:
    anne.commands("remind", "i morgen kl. 14")
    assert "Hvad skal jeg minde dig om tirsdag den 2. marts 2027 kl. 14.00?" in anne.text
    anne.says("ring til skolen")
    assert anne.text == "Jeg minder dig om at ringe til skolen tirsdag den 2. marts 2027 kl. 14.00."


def test_without_anything_both_are_asked_for(anne: Asker) -> None:
    anne.commands("remind").says("evalueringen den 3. marts")
    assert anne.text == "Jeg minder dig om evalueringen onsdag den 3. marts 2027 kl. 9.00."
    assert "Hvornår" in anne.commands("remind").says("evalueringen").text


@pytest.mark.parametrize("words", ["mødet i går", "mødet den 3. marts 2020", "mødet i dag kl. 8", "mødet i dag"])
def test_what_has_passed_is_told(anne: Asker, words: str) -> None:
    anne.commands("remind", words)
    assert "er gået. Hvornår skal jeg i stedet minde dig om mødet?" in anne.text
    assert anne.text[0].isupper()
    assert "I morgen" in anne.labels and anne.waiting == []


def test_a_day_that_is_not_in_the_calendar_is_told(anne: Asker) -> None:
    assert "findes ikke i kalenderen" in anne.commands("remind", "mødet den 31. april").text


def test_every_week_is_told_to_be_once(anne: Asker) -> None:
    assert "én gang ad gangen" in anne.commands("remind", "nyhedsbrevet hver fredag").text


def test_cancelled_and_set_again(anne: Asker) -> None:
    anne.commands("remind", "mødet på fredag").taps("Fortryd")
    assert anne.text == "Fortrudt. Jeg minder dig ikke om mødet."
    assert anne.waiting == []
    anne.taps("Andet tidspunkt").says("mandag kl 15")
    assert anne.text == "Jeg minder dig om mødet mandag den 8. marts 2027 kl. 15.00."


def test_moving_it_can_be_left(anne: Asker) -> None:
    anne.commands("remind", "mødet på fredag").taps("Andet tidspunkt").taps("Behold tidspunktet")
    assert "mødet fredag den 5. marts" in anne.text
    assert "mødet fredag den 5. marts" in anne.taps("Andet tidspunkt").says("nej").text
    assert len(anne.waiting) == 1


def test_moved_seen_from_the_time_that_is_set(anne: Asker) -> None:
    anne.commands("remind", "mødet den 24. marts kl. 14").taps("Andet tidspunkt")
    assert "Nu står den til onsdag den 24. marts 2027 kl. 14.00" in anne.text
    assert "onsdag den 17. marts 2027 kl. 14.00" in anne.taps("En uge før").text
    assert "torsdag den 18. marts 2027 kl. 10.00" in anne.taps("Andet tidspunkt").says("18. marts kl. 10").text
    assert len(anne.waiting) == 1


def test_the_list_has_a_button_for_each(anne: Asker) -> None:
    assert "ingen påmindelser" in anne.commands("my_reminders").text
    anne.commands("remind", "mødet på fredag").commands("remind", "*evalueringen* den 3. marts")
    anne.commands("my_reminders")
    assert anne.text.index("evalueringen") < anne.text.index("mødet")
    assert anne.labels == ["Fortryd: 3. marts, *evalueringen*", "Fortryd: 5. marts, mødet"]
    anne.taps("Fortryd: 5. marts")
    assert anne.labels == ["Fortryd: 3. marts, *evalueringen*"]


def test_another_ones_reminder_is_not_there(anne: Asker, engine: RasaEngine) -> None:
    anne.commands("remind", "mødet på fredag")
    bo = Asker(engine, language="da")
    for choice in anne.buttons:
        assert "er der ikke længere" in bo.sends(choice.tap).text
    assert len(anne.waiting) == 1


@pytest.mark.parametrize("tap", ["r:q:abc", "r:s:abcdefgh:zz", "r:e:abcdefgh:x", "r:a:abcdefgh:m6", "r:w:abcdefgh"])
def test_buttons_that_lead_nowhere_say_so(anne: Asker, tap: str) -> None:
    assert "er der ikke længere" in anne.sends(tap).text


def test_the_time_zone_changes_what_nine_is(anne: Asker) -> None:
    assert "Europe/Copenhagen" in anne.commands("timezone").text
    assert "Europe/London; der er klokken 11.00 nu" in anne.commands("timezone", "London").text
    anne.commands("remind", "mødet på fredag")
    assert "fredag den 5. marts 2027 kl. 9.00 (London)" in anne.text
    assert anne.waiting[0].due.hour == 9
    assert "kender jeg ikke" in anne.commands("timezone", "Bogby").text
    anne.taps("Europe/Copenhagen")
    assert "kl. 10.00" in anne.commands("my_reminders").text


# --- walkthroughs --------------------------------------------------------------------------------


def finished(anne: Asker, **answers: object) -> Run:
    run = Run("runa" + anne.name[-4:].rjust(4, "x").replace(":", "z"), "agreement", language="da", status="done")
    run = run.with_(answers={item.replace("_", "-"): Answer(value) for item, value in answers.items()})
    anne.engine._services.store.save_run(anne.name, run)
    return run


def test_the_end_of_a_walkthrough_offers_its_dates_and_another_round(anne: Asker, house: House) -> None:
    checklist = house.knowledge.checklists["agreement"]
    dated = next(item for item in checklist.items if item.kind == "date" and item.calendar)
    run = finished(anne, **{dated.id.replace("-", "_"): date(2027, 6, 1)})
    anne.sends(taps.tap(taps.CONTROL, run.id, "continue")).taps("Mind mig om …")
    assert "Hvad skal jeg minde dig om?" in anne.text
    assert [label for label in anne.labels if label.startswith("1. juni: ")]
    assert "Tage den igen om 6 måneder" in anne.labels
    offered = anne.replies
    assert "tirsdag den 1. juni 2027 kl. 9.00" in anne.taps("1. juni: ").text
    anne.replies = offered
    assert "onsdag den 1. september 2027 kl. 9.00" in anne.taps("Tage den igen om 6 måneder").text
    assert [reminder.run for reminder in anne.waiting] == [run.id, run.id]
    anne.replies = offered
    assert "Hvornår" in anne.taps("Et andet tidspunkt").text


def due_now(anne: Asker, house: House) -> Reply:
    outbox = Outbox(house.store, house.knowledge, lambda: NOW + timedelta(days=400))
    claimed = outbox.claim(anne.name)
    assert claimed is not None
    outbox.end(claimed[0], "sent")
    return claimed[1]


def test_a_reminder_of_a_walkthrough_leads_to_it(anne: Asker, house: House) -> None:
    run = finished(anne)
    anne.sends(taps.tap(taps.REMINDER, "a", run.id, "m6"))
    anne.replies = [due_now(anne, house)]
    assert "Påmindelse: Husk at tage ”" in anne.text
    assert "Den skulle være kommet onsdag den 1. september 2027 kl. 9.00" in anne.text
    assert anne.labels[1:] == ["Tag den igen", "Igen i morgen", "Igen om en uge", "Igen om en måned"]
    said = anne.replies
    assert anne.taps("Åbn: ").replies[0].checklist == "agreement"
    anne.replies = said
    assert "Jeg minder dig om at tage ”" in anne.taps("Igen om en uge").text
    anne.replies = said
    assert anne.taps("Tag den igen").replies[0].checklist == "agreement"


def test_words_that_only_point_mean_the_walkthrough_on_the_screen(anne: Asker) -> None:
    anne.sends("c:agreement:quick")
    anne.commands("remind", "det her i morgen")
    assert anne.text.startswith("Jeg minder dig om ”Lav en samarbejdsaftale” tirsdag den 2. marts 2027 kl. 9.00")
    [reminder] = anne.waiting
    assert reminder.run and reminder.text


def test_it_is_worded_in_the_language_that_it_was_asked_for_in(engine) -> None:
    someone = Talker(engine).says("er vi klar til partnerskaber?").sends("c:readiness:quick").says("delvist")
    someone.says("remind me to call the school on Friday at ten")
    assert "I'll remind you to call the school on Friday" in someone.replies[0].text
    assert "2 af 7" in someone.replies[-1].text, "the walkthrough goes on in its own"
    (reminder,) = engine._services.store.reminders(someone.name)
    assert reminder.language == "en"


def test_the_users_own_choice_goes_before_the_message(engine) -> None:
    someone = Talker(engine).sends("k:change_language:da").says("remind me to call the school on Friday at ten")
    assert "Jeg minder dig" in someone.text
