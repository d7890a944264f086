"""Writes our data as a plain Rasa project: `python -m bench.export <folder> [share of the phrasings]`.

Phrasings, intents and rules are those that our importer gives. Actions become `utter_…` responses, so that Rasa's
side needs no action server; the pipeline and the policies are Rasa's own defaults, untouched.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.nlu.training_data.message import Message

from bot.engine import logs, training
from nlu.labels import KINDS, UNCLEAR

FALLBACK = "nlu_fallback"  # what Rasa's FallbackClassifier says where our judge says `unclear`


def export(folder: Path, share: float = 1.0) -> None:
    """Makes `nlu.yml`, `rules.yml`, `domain.yml` and `config.yml` in `folder`; of each label's phrasings the share."""
    from rasa.shared.nlu.training_data.training_data import TrainingData

    from nlu.importer import KnowledgeImporter

    importer = KnowledgeImporter(str(training.CONFIG), str(training.DOMAIN), [str(training.DATA), str(training.RULES)])
    domain = importer.get_domain().as_dict()
    rules = _rules()
    folder.mkdir(parents=True, exist_ok=True)
    phrasings = TrainingData(sampled(importer.get_nlu_data().intent_examples, share))
    (folder / "nlu.yml").write_text(phrasings.nlu_as_yaml(), encoding="utf-8")
    _write(folder / "rules.yml", {"version": "3.1", "rules": rules})
    _write(folder / "domain.yml", _domain(domain, rules))
    _write(folder / "config.yml", _config())


def sampled(examples: Sequence[Message], share: float) -> list[Message]:
    """The share (0 to 1) of each label's examples, spread evenly over them; at least two."""
    by_label: dict[str, list[Message]] = {}
    for example in examples:
        by_label.setdefault(example.get("intent_response_key") or example.get("intent"), []).append(example)
    chosen: list[Message] = []
    for those in by_label.values():
        count = max(2, round(len(those) * share))
        chosen += [those[place * len(those) // count] for place in range(min(count, len(those)))]
    return chosen


def _rules() -> list[dict[str, Any]]:
    """Our rules, with a response in the place of each action."""
    rules = yaml.safe_load(training.RULES.read_text(encoding="utf-8"))["rules"]
    for rule in rules:
        intent = next(step["intent"] for step in rule["steps"] if "intent" in step)
        intent = FALLBACK if intent == UNCLEAR else intent
        rule["steps"] = [{"intent": intent}, {"action": f"utter_{intent}"}]
    return list(rules)


def _domain(ours: dict[str, Any], rules: list[dict[str, Any]]) -> dict[str, Any]:
    intents = [rule["steps"][0]["intent"] for rule in rules]
    responses = {f"utter_{intent}": [{"text": intent}] for intent in intents if intent not in KINDS}
    return {
        "version": "3.1",
        "intents": intents,
        "actions": [f"utter_{intent}" for intent in intents if intent in KINDS],
        "responses": {**ours["responses"], **responses},
        "session_config": ours["session_config"],
    }


def _config() -> dict[str, Any]:
    """Rasa's own default configuration, as it ships it for a project that names none."""
    import rasa.engine.recipes.config_files as shipped

    text = (Path(next(iter(shipped.__path__))) / "default_config.yml").read_text(encoding="utf-8")
    return {**yaml.safe_load(text), "assistant_id": "bench"}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    logs.configure()
    export(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
