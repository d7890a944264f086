"""Reads the phrasings, and finds what is wrong in them, in words that an editor understands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.faults import ContentError, Fault, did_you_mean
from knowledge.loader import Knowledge
from knowledge.reading import Document, read
from knowledge.schema import LANGUAGES
from knowledge.spelling import normalise
from nlu.labels import CHECKLIST, COMMAND, FOLLOWUP, OUT_OF_SCOPE, SMALLTALK, TERM, TOPIC, split

DATA = Path(__file__).parent / "data"
FOLLOWUPS = ("more", "example", "sources", "short")
TERMS = ("meaning", "translation", "what")
_ANNOTATED = re.compile(r"\[([^\]]+)\]\(\w+\)")  # Rasa's way to mark a word


@dataclass(frozen=True)
class Phrasing:
    """One line that somebody might write, and what it means."""

    label: str
    language: str
    text: str
    document: Document
    line: int

    def fault(self, problem: str, mend: str) -> Fault:
        return Fault(self.document.fault((), "").file, self.line, problem, mend)


def check(knowledge: Knowledge, commands: Collection[str], folders: Collection[Path] = (DATA,)) -> list[Fault]:
    """Every fault in the phrasings: files that can't be read, labels that mean nothing, phrasings said twice or
    claimed by two labels, topics and checklists that nobody can ask for in one of the languages."""
    faults: list[Fault] = []
    phrasings: list[Phrasing] = []
    for folder in folders:
        for path in sorted(folder.rglob("*.yml")):
            try:
                phrasings += phrasings_in(path, faults)
            except ContentError as error:
                faults += error.faults
    faults += _strange_labels(phrasings, _names(knowledge, commands))
    faults += _said_twice(phrasings)
    faults += _never_asked_for(phrasings, knowledge)
    return sorted(set(faults))


def phrasings_in(path: Path, faults: list[Fault]) -> Iterator[Phrasing]:
    """The phrasings of one file in Rasa's YAML; what doesn't have its form is added to `faults`.

    Raises ContentError for a file that can't be read.
    """
    document = read(path)
    language = next((part for part in reversed(path.parts) if part in LANGUAGES), None)
    if language is None:
        faults.append(document.fault((), "The file lies in no language's folder.", "Move it below `da` or `en`."))
        return
    entries = document.data.get("nlu") if isinstance(document.data, dict) else None
    if not isinstance(entries, list):
        faults.append(document.fault((), "There is no list `nlu`.", 'Begin with `version: "3.1"` and `nlu:`.'))
        return
    for number, entry in enumerate(entries):
        place = ("nlu", number)
        if not isinstance(entry, dict) or not {"intent", "examples"} <= set(entry):
            faults.append(document.fault(place, "An entry needs `intent` and `examples`.", "Add what is missing."))
            continue
        start = document.line_of((*place, "examples"))
        for offset, line in enumerate(str(entry["examples"]).splitlines(), 1):
            if line.strip() and not line.startswith("- "):
                mend = "Begin each phrasing with `- `."
                faults.append(Fault(document.fault((), "").file, start + offset, "This line is no phrasing.", mend))
            elif line.strip():
                yield Phrasing(
                    str(entry["intent"]), language, _ANNOTATED.sub(r"\1", line[2:].strip()), document, start + offset
                )


def _names(knowledge: Knowledge, commands: Collection[str]) -> dict[str, Collection[str]]:
    small_talk = {key.partition(".")[2] for key in knowledge.texts if key.startswith("smalltalk.")}
    return {
        TOPIC: knowledge.topics,
        CHECKLIST: knowledge.checklists,
        COMMAND: commands,
        SMALLTALK: small_talk,
        FOLLOWUP: FOLLOWUPS,
        TERM: TERMS,
    }


def _strange_labels(phrasings: list[Phrasing], names: dict[str, Collection[str]]) -> Iterator[Fault]:
    first = {phrasing.label: phrasing for phrasing in reversed(phrasings)}
    for label, phrasing in first.items():
        kind, name = split(label)
        if label == OUT_OF_SCOPE or name in names.get(kind, ()):
            continue
        known = [f"{kind}/{other}" for kind, others in names.items() for other in others] + [OUT_OF_SCOPE]
        mend = did_you_mean(label, known, f"The kinds are {', '.join(names)}.")
        yield phrasing.fault(f'Nothing is called "{label}".', mend)


def _said_twice(phrasings: list[Phrasing]) -> Iterator[Fault]:
    seen: dict[str, Phrasing] = {}
    for phrasing in phrasings:
        earlier = seen.setdefault(normalise(phrasing.text), phrasing)
        if earlier is phrasing:
            continue
        where = f"{earlier.document.fault((), '').file}:{earlier.line}"
        if earlier.label == phrasing.label:
            yield phrasing.fault(f'"{phrasing.text}" stands in {where} already.', "Remove one of them.")
        elif earlier.language == phrasing.language:
            problem = f'"{phrasing.text}" means {phrasing.label} here and {earlier.label} in {where}.'
            yield phrasing.fault(problem, "Keep it where it belongs.")


def _never_asked_for(phrasings: list[Phrasing], knowledge: Knowledge) -> Iterator[Fault]:
    spoken = {(phrasing.label, phrasing.language) for phrasing in phrasings}
    for kind, names in ((TOPIC, knowledge.topics), (CHECKLIST, knowledge.checklists)):
        for name in names:
            for language in LANGUAGES:
                if (f"{kind}/{name}", language) not in spoken:
                    problem = f"Nobody can ask for {kind}/{name} in the language {language}: it has no phrasings."
                    yield Fault(f"nlu/data/{language}", 1, problem, f"Add an entry with `intent: {kind}/{name}`.")
