"""What isn't settled yet is no answer."""

from __future__ import annotations

import pytest
from walkthrough_example import begin, key, play, read, reason, values

from dialogues.walkthrough.answers import UNKNOWN

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
