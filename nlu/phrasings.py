"""Reads the phrasings, and finds what is wrong in them, in words that an editor understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.faults import ContentError, Fault, did_you_mean, shown
from knowledge.loader import Knowledge
from knowledge.pieces import PHRASINGS
from knowledge.places import is_aside, wrong_ending
from knowledge.reading import Document, read
from knowledge.schema import LANGUAGES
from knowledge.spelling import normalise
from nlu.labels import CHECKLIST, COMMAND, FOLLOWUP, LEAD, LEADS, OUT_OF_SCOPE, SMALLTALK, TERM, TOPIC, split

DATA = Path(__file__).parent / "data"
FOLLOWUPS = ("more", "asks", "example", "sources", "short")
TERMS = ("meaning", "translation", "what")
_FILES: dict[str, Callable[[str], str]] = {  # where the pieces lie below the folder of the content
    TOPIC: lambda name: f"topics/{name.replace('.', '/')}.yml",
    CHECKLIST: lambda name: f"checklists/{name}.yml",
}
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
    """Every fault in the phrasings: files that can't be read or aren't, labels that mean nothing, phrasings said twice
    or claimed by two labels, topics and checklists that nobody can ask for in one of the languages."""
    faults: list[Fault] = []
    phrasings: list[Phrasing] = []
    for folder in folders:
        faults += _never_read(folder)
        for path in sorted(folder.rglob("*.yml")):
            try:
                phrasings += phrasings_in(path, faults)
            except ContentError as error:
                faults += error.faults
    faults += _strange_labels(phrasings, knowledge, _names(knowledge, commands))
    faults += _said_twice(phrasings)
    faults += _told_apart_by_question_marks(phrasings)
    faults += _never_asked_for(phrasings, knowledge)
    return sorted(set(faults))


def _never_read(folder: Path) -> Iterator[Fault]:
    """Files below the folder, or beside the shipped ones, that somebody may think are read."""
    for path in sorted(folder.rglob("*")):
        if path.suffix != ".yml" and path.is_file() and not is_aside(path.relative_to(folder).parts):
            yield wrong_ending(path)
    for language in LANGUAGES if folder.name == DATA.name else ():
        for path in sorted((folder.parent / language).rglob("*.yml")):
            problem = "A file in this place isn't read."
            yield Fault(shown(path), 1, problem, f"Move it to {shown(folder / language)}/.")


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
        if isinstance(entry, dict) and {"synonym", "examples"} <= set(entry):
            continue  # short forms: see `nlu.components.abbreviations`
        if not isinstance(entry, dict) or not {"intent", "examples"} <= set(entry):
            faults.append(document.fault(place, "An entry needs `intent` and `examples`.", "Add what is missing."))
            continue
        yield from _lines(entry, language, document, document.line_of((*place, "examples")), faults)


def _lines(
    entry: dict[str, Any], language: str, document: Document, start: int, faults: list[Fault]
) -> Iterator[Phrasing]:
    """The phrasings of one entry, whose examples begin below the line `start`."""
    label = str(entry["intent"])
    for number, line in enumerate(str(entry["examples"]).splitlines(), start + 1):
        phrasing = Phrasing(label, language, _ANNOTATED.sub(r"\1", line[2:].strip()), document, number)
        if line.strip() and not line.startswith("- "):
            faults.append(phrasing.fault("This line is no phrasing.", "Begin each phrasing with `- `."))
        elif line.strip():
            is_marked = bool(_ANNOTATED.search(line))
            if is_marked and split(label)[0] not in (TERM, LEAD):
                mend = "Write it without [ ] and what follows in ( )."
                faults.append(phrasing.fault(f"Only in {TERM}/… and {LEAD}/… a word is marked.", mend))
            elif split(label)[0] == LEAD and not is_marked:
                mend = "Mark it, as in `og hvad med [moms](subject)`."
                faults.append(phrasing.fault(f"In {LEAD}/… nothing is marked that the lead leads up to.", mend))
            yield phrasing


def _names(knowledge: Knowledge, commands: Collection[str]) -> dict[str, Collection[str]]:
    small_talk = {key.partition(".")[2] for key in knowledge.texts if key.startswith("smalltalk.")}
    return {
        TOPIC: knowledge.topics,
        CHECKLIST: knowledge.checklists,
        COMMAND: commands,
        SMALLTALK: small_talk,
        FOLLOWUP: FOLLOWUPS,
        TERM: TERMS,
        LEAD: LEADS,
    }


def _strange_labels(
    phrasings: list[Phrasing], knowledge: Knowledge, names: dict[str, Collection[str]]
) -> Iterator[Fault]:
    first = {phrasing.label: phrasing for phrasing in reversed(phrasings)}
    for label, phrasing in first.items():
        kind, name = split(label)
        if label == OUT_OF_SCOPE or name in names.get(kind, ()):
            continue
        if kind in _FILES and any((folder / _FILES[kind](name)).is_file() for folder in knowledge.folders[1:]):
            yield phrasing.fault(f'The {kind} "{name}" is left out because of a fault of its own.', "Mend that first.")
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


def _told_apart_by_question_marks(phrasings: list[Phrasing]) -> Iterator[Fault]:
    """Phrasings of two labels of which one is the other with a question mark: people often leave it out."""
    seen: dict[tuple[str, str], Phrasing] = {}
    for phrasing in phrasings:
        bare = " ".join(normalise(phrasing.text).replace("?", " ").split())
        earlier = seen.setdefault((phrasing.language, bare), phrasing)
        if bare and earlier.label != phrasing.label and normalise(earlier.text) != normalise(phrasing.text):
            where = f"{earlier.document.fault((), '').file}:{earlier.line}"
            problem = (
                f'"{phrasing.text}" means {phrasing.label} here; in {where}, but for a ?, it means {earlier.label}.'
            )
            yield phrasing.fault(problem, "Keep it where it belongs.")


def _never_asked_for(phrasings: list[Phrasing], knowledge: Knowledge) -> Iterator[Fault]:
    spoken = {(phrasing.label, phrasing.language) for phrasing in phrasings}
    for kind, names in ((TOPIC, knowledge.topics), (CHECKLIST, knowledge.checklists)):
        for name in names:
            for language in LANGUAGES:
                if (f"{kind}/{name}", language) not in spoken:
                    problem = f"Nobody can ask for {kind}/{name} in the language {language}: it has no phrasings."
                    mend = f"Add an entry with `intent: {kind}/{name}`."
                    yield Fault(shown(_home(kind, name, language, knowledge)), 1, problem, mend)


def _home(kind: str, name: str, language: str, knowledge: Knowledge) -> Path:
    """The file where the phrasings of a topic or checklist belong: a library's own lie beside its content."""
    shipped, *own = knowledge.folders
    is_own = own and not (shipped / _FILES[kind](name)).is_file() and (own[0] / _FILES[kind](name)).is_file()
    file = f"topics/{name.partition('.')[0]}.yml" if kind == TOPIC else "checklists.yml"
    return (own[0] / PHRASINGS if is_own else DATA) / language / file
