"""Words that choose the way through a checklist that was offered, and words that only sound like it."""

from __future__ import annotations

from tests.talker import Talker


def test_a_question_about_what_is_offered_chooses_no_way(engine) -> None:
    talker = Talker(engine, language="da")
    talker.says("lav en samarbejdsaftale med mig")
    assert "1 af " not in talker.text
    talker.says("hvor lang er den?")
    assert "1 af " not in talker.text


def test_a_way_is_chosen_by_a_word(engine) -> None:
    talker = Talker(engine, language="da")
    talker.says("lav en samarbejdsaftale med mig").says("den korte?")
    assert "1 af " in talker.text
