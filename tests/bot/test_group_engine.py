"""A group's walkthrough, and a team's check, through the engine: what is shared, and what stays each one's own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from itertools import count

import pytest

from bot.door import Inbound
from bot.engine.engine import RasaEngine
from bot.house import House
from bot.rendering.plain import plain
from dialogues.reply import Reply
from dialogues.walkthrough.state import Run
from tests.talker import twice

_groups = count(7000)


@dataclass
class Group:
    """People in one thread of a group, and each in private."""

    engine: RasaEngine
    house: House
    id: int = field(default_factory=lambda: -next(_groups))

    @property
    def owner(self) -> str:
        return f"telegram:{self.id}"

    def __call__(self, name: str, text: str | None = None, tap: str | None = None) -> list[Reply]:
        """What somebody in the group gets for a text or a tap."""
        number = sum(map(ord, name))
        return self._handled(Inbound(f"{self.owner}:0/{number}", self.owner, text, tap, "da", name))

    def alone(self, name: str, text: str | None = None, tap: str | None = None) -> list[Reply]:
        """What somebody gets in private."""
        person = f"telegram:{sum(map(ord, name))}{-self.id}"
        return self._handled(Inbound(person, person, text, tap, "da"))

    def run(self) -> Run:
        return self.house.store.runs(self.owner)[0]

    def _handled(self, inbound: Inbound) -> list[Reply]:
        return asyncio.run(self.engine.handle(inbound))


@pytest.fixture
def group(engine: RasaEngine, house: House) -> Group:
    return Group(engine, house)


def _tap(replies: list[Reply], label: str) -> str:
    return next(choice.tap for reply in replies for choice in reply.buttons if choice.label.startswith(label))


def _said(replies: list[Reply]) -> str:
    return "\n\n".join(plain(reply.text) for reply in replies)


def test_a_walkthrough_is_the_groups_and_who_answered_is_recorded(group: Group) -> None:
    first = group("Anna", tap="c:readiness:quick")
    second = group("Bo", tap=_tap(first, "Ja"))
    assert "2 af" in _said(second)
    third = group("Carla", tap=_tap(second, "Delvist") if "Delvist" in _said(second) else second[-1].buttons[0].tap)
    assert "3 af" in _said(third)
    assert list(group.run().by.values()) == ["Bo", "Carla"]


def test_everyone_may_answer_in_words_what_another_began(group: Group) -> None:
    group("Anna", tap="c:readiness:quick")
    assert "2 af" in _said(group("Bo", "ja"))


def test_of_two_who_press_at_once_one_wins_and_the_other_is_told(group: Group) -> None:
    shown = group("Anna", tap="c:readiness:quick")
    group("Bo", tap=_tap(shown, "Ja"))
    before = group.run()
    late = group("Anna", tap=_tap(shown, "Nej"))
    assert "Bo har svaret" in (late[0].notice or "")
    assert "2 af" in _said(late)
    assert group.run() == before


def test_each_has_a_topic_of_their_own(group: Group) -> None:
    group("Anna", "hvem må skrive under på aftalen")
    group("Bo", "hvad er forventningsafstemning")
    more = group("Anna", "kan du give et eksempel")
    assert more[0].topics[0][0] == "agreement.sign"


def test_a_question_in_the_middle_shows_the_groups_step_again(group: Group) -> None:
    group("Anna", tap="c:readiness:quick")
    replies = group("Bo", "hvem må skrive under på aftalen")
    assert replies[0].outcome == "answer"
    assert "1 af" in _said(replies[1:])


def test_what_is_the_groups_is_nobodys_in_private(group: Group) -> None:
    shown = group("Anna", tap="c:readiness:quick")
    group.alone("Anna", tap=_tap(shown, "Ja"))
    assert group.run().answers == {}


# --- a team's check --------------------------------------------------------------------------


def _began(group: Group) -> tuple[str, list[Reply]]:
    status = group("Anna", tap="k:together:readiness:quick")
    return _tap(status, "Svar alene").split(":")[1], status


def _answers_all(group: Group, name: str, team: str, label: str) -> list[Reply]:
    replies = group.alone(name, tap=f"s:{team}:join")
    for _ in range(40):
        answers = [c for reply in replies for c in reply.buttons if c.tap.startswith("a:")]
        if not answers:
            if any(reply.refreshes for reply in replies if "Tak, dine svar" in reply.text):
                return replies
            skip = [c for reply in replies for c in reply.buttons if c.tap.endswith((":skip", ":next"))]
            replies = group.alone(name, tap=skip[0].tap) if skip else group.alone(name, "Bogby")
            continue
        chosen = next((c for c in answers if c.label.startswith(label)), answers[0 if label == "Ja" else -1])
        replies = group.alone(name, tap=chosen.tap)
    raise AssertionError(_said(replies))


def test_the_group_sees_how_many_have_answered_but_not_what(group: Group) -> None:
    team, status = _began(group)
    assert "Ingen har svaret endnu" in _said(status)
    joined = group.alone("Bo", tap=f"s:{team}:join")
    assert joined[0].refreshes == f"team:{team}"
    assert "Én er i gang" in _said(group("Anna", tap=f"s:{team}:status"))
    _answers_all(group, "Bo", team, "Nej")
    seen = _said(group("Anna", tap=f"s:{team}:status"))
    assert "Én har svaret" in seen
    assert "Nej" not in seen


def test_one_answer_alone_is_never_shown(group: Group) -> None:
    team, _ = _began(group)
    _answers_all(group, "Bo", team, "Nej")
    replies = group("Anna", tap=f"s:{team}:show")
    assert "mindst være to" in (replies[0].notice or "")


def test_the_result_has_spread_differences_questions_and_a_picture(group: Group, house: House) -> None:
    team, _ = _began(group)
    _answers_all(group, "Bo", team, "Nej")
    _answers_all(group, "Carla", team, "Ja")
    replies = group("Anna", tap=f"s:{team}:show")
    text = _said(replies)
    assert "2 svar" in text
    assert "mest uenige" in text
    assert "skriver for sig selv" in text
    assert "Bo" not in text.replace("Bogby", "")
    attachment = replies[-1].attachments[0]
    found = house.store.document_content(group.owner, attachment.document)
    assert found is not None
    assert found[1].startswith(b"\x89PNG")


def test_a_round_over_which_a_process_died_is_begun_once_and_shown(group: Group, house: House) -> None:
    group("Anna", "hej")
    anna = Inbound(f"{group.owner}:0/{sum(map(ord, 'Anna'))}", group.owner, language="da", name="Anna")
    begun = twice(group.engine, replace(anna, tap="k:together:readiness:quick", id="82"))
    assert house.store.traces(group.owner)["teams"] == 1
    team = _tap(begun, "Svar alene").split(":")[1]
    _answers_all(group, "Bo", team, "Nej")
    _answers_all(group, "Carla", team, "Ja")
    assert "2 svar" in _said(twice(group.engine, replace(anna, tap=f"s:{team}:show", id="83")))


def test_who_is_still_at_it_is_waited_for_unless_the_group_wont(group: Group) -> None:
    team, _ = _began(group)
    _answers_all(group, "Bo", team, "Nej")
    _answers_all(group, "Carla", team, "Ja")
    group.alone("Dorte", tap=f"s:{team}:join")
    asked = group("Anna", tap=f"s:{team}:show")
    assert "ikke færdig" in _said(asked)
    shown = group("Anna", tap=_tap(asked, "Vis det nu"))
    assert "2 svar" in _said(shown)
    assert "er vist i gruppen" in _said(group.alone("Erik", tap=f"s:{team}:join"))


def test_who_had_joined_a_round_without_answering_takes_part_in_the_next(group: Group, house: House) -> None:
    first, _ = _began(group)
    group.alone("Bo", tap=f"s:{first}:join")
    house.store.close_team(first)
    again = group("Anna", tap=f"s:{first}:again")
    team = _tap(again, "Svar alene").split(":")[1]
    replies = _answers_all(group, "Bo", team, "Nej")
    assert replies[-1].refreshes == f"team:{team}" != f"team:{first}"


def test_only_the_group_may_see_the_result(group: Group) -> None:
    team, _ = _began(group)
    _answers_all(group, "Bo", team, "Nej")
    _answers_all(group, "Carla", team, "Ja")
    assert "findes ikke" in _said(group.alone("Ukendt", tap=f"s:{team}:show"))


def test_a_team_needs_a_group(group: Group) -> None:
    assert "grupper" in _said(group.alone("Anna", tap="k:together:readiness"))
