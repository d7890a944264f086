"""What tests of words at steps share: names that only sound like orders, choices, and a step of the agreement."""

from __future__ import annotations

from itertools import count

from walkthrough_example import TODAY, choice, item

from dialogues.walkthrough.answers import Misunderstood, parse
from dialogues.walkthrough.state import Answer, Run
from dialogues.walkthrough.steering import start
from knowledge.schema import Choice, Item
from tests.talker import Talker

NAMES = (
    "Vi mødes hver tirsdag og stopper kl. 16|Foreningen Senere Bogby|Hjælp til lektier|Pause-klubben"
    "|Stop Spild af Mad|Luk Op|Forklar Mig|Status ApS|Eksempel ApS|Next Stop Bogby|Later Gators|Explain Everything"
    "|at rette op på skævheder|vi holder pause i juli|et eksempel på godt samarbejde|The Next Step"
    "|Change for Children|vi retter plakaterne sammen"
)

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
    """The choice that the text is taken for."""
    one = Item.parse_obj(item("x", "choice", "x", choices=[choice.dict() for choice in choices]))
    outcome = parse(one, choices, text, TODAY)
    assert not isinstance(outcome, Misunderstood) or outcome.reason.startswith("not-")
    return None if isinstance(outcome, Misunderstood) else str(outcome)


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


class Walker(Talker):
    """Somebody in one walkthrough."""

    @property
    def run(self) -> Run:
        """The walkthrough as it is stored."""
        found = self.engine._services.store.run(self.name, self.name)
        assert found is not None
        return found


def talk(engine, checklist: str, step: str, *texts: str, language: str = "da", **known: object) -> tuple[Run, Walker]:
    """The run after the texts were written at a step of the checklist, where `known` was answered before."""
    run_id = f"words{next(_numbers):03}"
    services = engine._services
    answers = {name: Answer(value) for name, value in known.items()}
    begun = start(services.knowledge.checklists[checklist], run_id, language, answers=answers).with_(at=step)
    services.store.save_run(run_id, begun)
    walker = Walker(engine, run_id, language)
    walker.sends(f"w:{run_id}:continue")
    for text in texts:
        walker.says(text)
    return walker.run, walker
