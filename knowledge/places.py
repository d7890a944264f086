"""Where the files of the content belong and how they are named, and what is wrong with those that aren't read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.faults import Fault, did_you_mean, shown
from knowledge.forms import ItemId, Slug, TopicId
from knowledge.spelling import normalise

FOLDERS = {
    "checklists": "checklist",
    "documents": "document",
    "lessons": "lesson",
    "scenes": "scene",
    "topics": "topic",
    "texts": "text",
}
LISTS = {
    "glossary": ("terms", "term"),
    "sources": ("sources", "source"),
    "facets": ("facets", "facet"),
    "guide": ("questions", "question"),
}
TOPICS_BELONG = "Topics belong in topics/<group>/<name>.yml."
_ASIDE = {"README.md", "Thumbs.db", "desktop.ini"}
_NOT_READ = "A file in this place isn't read."
_FORMS: dict[str, Any] = {"topic": TopicId, "lesson": ItemId, "scene": ItemId}


@dataclass(frozen=True)
class Misplaced:
    """What is wrong with a file that isn't read, and the id that it would have."""

    fault: Fault
    kind: str | None = None
    id: str = ""


def is_aside(parts: tuple[str, ...]) -> bool:
    """Whether the file at `parts` isn't meant to be read: a README, or one that an editor or a system keeps there."""
    return parts[-1] in _ASIDE or parts[-1].endswith("~") or any(part.startswith((".", "~")) for part in parts)


def misplaced(path: Path, parts: tuple[str, ...]) -> Misplaced | None:
    """What is wrong with the ending, the place or the name of the file at `parts` of the content; None if nothing is.

    Files of other kinds are let be at the top, and in folders that hold no content.
    """
    kind = FOLDERS.get(parts[0]) if len(parts) > 1 else None
    if kind is None:
        return _loose(path, parts)
    is_deep_enough = len(parts) == (3 if kind == "topic" else 2)
    if kind == "document" and path.suffix == ".docx" and is_deep_enough:
        return None
    proposal = _proposal(kind, parts) if is_deep_enough else ""
    if path.suffix != ".yml":
        return Misplaced(wrong_ending(path, parts[0]), kind, proposal)
    if not is_deep_enough:
        belong = TOPICS_BELONG if kind == "topic" else f"Move it to {parts[0]}/."
        return Misplaced(Fault(shown(path), 1, _NOT_READ, belong))
    if _fits(kind, ".".join((*parts[1:-1], path.stem))):
        return None
    return Misplaced(_misnamed(path, kind, parts, proposal), kind, proposal)


def wrong_ending(path: Path, folder: str = "") -> Fault:
    """The fault of a file whose ending isn't that of what is read in the `folder`."""
    ending = f"that ends with {path.suffix}" if path.suffix else "without an ending"
    mend = "Let its name end with .yml."
    if folder and path.suffix.lower() in (".docx", ".doc", ".docm", ".dotx", ".odt"):
        mend = "Save it as a Word file whose name ends with .docx" + (
            "." if folder == "documents" else " in documents/."
        )
    return Fault(shown(path), 1, f"A file {ending} isn't read.", mend)


def _loose(path: Path, parts: tuple[str, ...]) -> Misplaced | None:
    """What is wrong with a file that lies in no folder of the content."""
    name = path.name.split(".")[0] if len(parts) == 1 else parts[0]
    if len(parts) == 1 and name in LISTS:
        return None if path.name == f"{name}.yml" else Misplaced(wrong_ending(path))
    if path.suffix == ".yml":
        return Misplaced(Fault(shown(path), 1, _NOT_READ, _where(name, len(parts) == 1)))
    return Misplaced(wrong_ending(path)) if {".yml", ".yaml"} & {*path.suffixes} else None


def _where(name: str, at_the_top: bool) -> str:
    if not at_the_top:
        near = did_you_mean(name, FOLDERS)
    else:
        near = next((f'Did you mean "{one}.yml"?' for one in LISTS if did_you_mean(name, [one])), "")
    return near or f"{TOPICS_BELONG} Other pieces belong in checklists/, documents/, lessons/, scenes/ or texts/."


def _form(kind: str) -> Any:
    return _FORMS.get(kind, Slug)


def _fits(kind: str, id_: str) -> bool:
    return bool(_form(kind).regex.fullmatch(id_)) and len(id_) <= _form(kind).max_length


def _proposal(kind: str, parts: tuple[str, ...]) -> str:
    """An id in the form that the schema wants, as near as can be to where the file lies; empty where there is none."""
    group = "".join(re.sub("[^a-z]", "", normalise(part)) + "." for part in parts[1:-1])
    name = normalise(re.sub(r"(\.(ya?ml|txt))+$", "", parts[-1]))
    letters = "a-z" if kind == "topic" else "a-z0-9"
    name = re.sub(f"[^{letters}]+", "-", name).strip("-")[: max(0, _form(kind).max_length - len(group))].rstrip("-")
    return group + name if _fits(kind, group + name) else ""


def _misnamed(path: Path, kind: str, parts: tuple[str, ...], proposal: str) -> Fault:
    """The fault of a file that lies well, but whose name can't be an id."""
    *groups, name = proposal.split(".")
    if kind == "topic" and not re.fullmatch("[a-z]+", parts[1]):
        problem, mend = (
            f'The name of the folder "{parts[1]}" can\'t be a group.',
            "Name the folder in small letters a-z",
        )
        return Fault(shown(path), 1, problem, mend + (f", say `{groups[0]}`." if groups else "."))
    problem = f'The name of the file "{path.name}" can\'t be an id.'
    letters = "small letters and hyphens" if kind == "topic" else "small letters, digits and hyphens"
    most = _form(kind).max_length - (len(parts[1]) + 1 if kind == "topic" else 0)
    mend = f"Name the file in {letters}, {most} at most" if len(path.stem) > most else f"Name the file in {letters}"
    return Fault(shown(path), 1, problem, mend + (f", say `{name}.yml`." if name else "."))
