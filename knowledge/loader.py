"""Loads the content: every topic, checklist, lesson, scene, document, term, source, facet, question and text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.faults import ContentError, Fault, did_you_mean
from knowledge.pieces import collect
from knowledge.proofs import topic_values
from knowledge.schema import (
    Bilingual,
    Checklist,
    DocumentText,
    Facet,
    GuideQuestion,
    Lesson,
    Scene,
    Source,
    Term,
    Topic,
)
from knowledge.structure import Folders, lay_over, structural_faults, word_template
from knowledge.templates import Trusted, escape, render

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True)
class Knowledge:
    """All that the advisor knows, by id."""

    topics: dict[str, Topic] = field(default_factory=dict)
    checklists: dict[str, Checklist] = field(default_factory=dict)
    documents: dict[str, DocumentText] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    facets: dict[str, Facet] = field(default_factory=dict)
    guide: dict[str, GuideQuestion] = field(default_factory=dict)  # as it is written: the first is asked first
    lessons: dict[str, Lesson] = field(default_factory=dict)  # in their order
    scenes: dict[str, Scene] = field(default_factory=dict)  # in their order
    texts: dict[str, Bilingual] = field(default_factory=dict)  # of the interface, by `area.key`
    version: str = ""  # changes whenever a file of the content does
    faults: tuple[Fault, ...] = ()  # of a library's own folder; what has a fault was left out
    folders: Folders = (CONTENT,)

    def say(self, language: str, key: str, **values: Any) -> Trusted:
        """The text of the interface named `key` (`area.key`), filled with the values.

        Raises KeyError for an unknown key, jinja2.TemplateError for a value that the text needs and wasn't given.
        """
        if key not in self.texts:
            raise KeyError(f'there is no text "{key}". {did_you_mean(key, self.texts)}'.strip())
        return render(self.texts[key][language], **values)

    def topic_text(self, topic_id: str, language: str, field: str) -> Trusted:
        """A text of a topic: its `title`, `short`, `more`, `example`, `do_now` or `ask`; empty where it has none.

        Raises KeyError for an unknown topic, AttributeError for another field.
        """
        text = getattr(self.topics[topic_id].text(language), field)
        if field == "title":
            return escape(text)
        return render(text or "", **topic_values(self.topics, self.checklists, language))

    def word_template(self, name: str) -> Path:
        """The Word template of that name; a library's own goes before the shipped one.

        Raises FileNotFoundError where it was removed after loading.
        """
        path = word_template(name, self.folders)
        if path is None:
            raise FileNotFoundError(name)
        return path


def load(folder: Path = CONTENT, overlay: Path | None = None) -> Knowledge:
    """The content below `folder`, with a library's own folder, if it has one, laid over it piece by piece.

    Raises ContentError for content that can't be used. A fault in the overlay leaves that piece out, and is
    noted in `Knowledge.faults`. Folders and files that aren't there are taken as empty.
    """
    pieces = collect(folder)
    faults = {*pieces.faults, *(one.fault for one in structural_faults(pieces, (folder,)))}
    if faults:
        raise ContentError(sorted(faults))
    folders: Folders = (folder,) if overlay is None else (folder, overlay)
    own: list[Fault] = []
    if overlay is not None:
        pieces, own = lay_over(pieces, overlay, folders)
    return Knowledge(
        topics=pieces.values("topic"),
        checklists=_in_order(pieces.values("checklist")),
        documents=pieces.values("document"),
        terms=pieces.values("term"),
        sources=pieces.values("source"),
        facets=pieces.values("facet"),
        guide=pieces.values("question"),
        lessons=_in_order(pieces.values("lesson")),
        scenes=_in_order(pieces.values("scene")),
        texts=pieces.values("text"),
        version=content_version(folders),
        faults=tuple(own),
        folders=folders,
    )


def _in_order(values: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(values.items(), key=lambda pair: (pair[1].order, pair[0])))


def content_version(folders: Folders) -> str:
    """A short hash of every file in the folders: their names and what is in them."""
    digest = hashlib.sha256()
    for number, folder in enumerate(folders):
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            if path.is_file() and not any(part.startswith((".", "~", "__")) for part in parts):
                content = hashlib.sha256(path.read_bytes()).digest()
                digest.update(f"{number}/{'/'.join(parts)}\0".encode() + content)
    return digest.hexdigest()[:12]
