"""What must hold before the content can be used: links, templates and files; the same for checking and loading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import TemplateSyntaxError

from knowledge.faults import Fault, did_you_mean, listed, shown
from knowledge.links import Found, check_links
from knowledge.pieces import Piece, Pieces, collect
from knowledge.proofs import check_templates
from knowledge.schema import LANGUAGES, DocumentText
from knowledge.templates import uses

Folders = tuple[Path, ...]
"""The shipped content, and a library's own folder if it has one."""

GROUP_NAME = "command.group-"  # the beginning of the texts that name groups of topics: a library may have its own


def structural_faults(pieces: Pieces, folders: Folders) -> Iterator[Found]:
    """Every broken link, template that doesn't render, and Word template that isn't there."""
    yield from check_links(pieces)
    yield from check_templates(pieces)
    for piece in pieces["document"].values():
        yield from _word_template(piece, folders)


def word_template(name: str, folders: Folders) -> Path | None:
    """The Word template of that name; a library's own goes before the shipped one."""
    paths = (folder / "documents" / name for folder in reversed(folders))
    return next((path for path in paths if path.is_file()), None)


def _word_template(piece: Piece, folders: Folders) -> Iterator[Found]:
    document: DocumentText = piece.value
    if word_template(document.template, folders) is None:
        there = {path.name for folder in folders for path in folder.glob("documents/*.docx")}
        mend = did_you_mean(document.template, there, "Put the Word file there.")
        problem = f'There is no Word template "{document.template}" in the folder documents.'
        yield Found(piece, piece.fault(("template",), problem, mend))


def lay_over(shipped: Pieces, overlay: Path, folders: Folders) -> tuple[Pieces, list[Fault]]:
    """The shipped pieces with those of the folder `overlay` laid over them, as far as these are sound, and the faults
    of the rest. What depends on a piece that is left out is left out as well."""
    if not overlay.is_dir():
        return shipped, [Fault(shown(overlay), 1, "There is no such folder to lay over.", "Correct its path.")]
    own = collect(overlay)
    faults = [*own.faults]
    own.left_out, own.broken = own.broken, set()  # they aren't there, so nothing may name them
    unsound = list(_texts_that_fit_nothing(shipped, own))
    while True:
        for one in unsound:
            own[one.piece.kind].pop(one.piece.id, None)
            own.left_out.add((one.piece.kind, one.piece.id))
            faults.append(one.fault)
        merged = shipped.overlaid(own)
        unsound = [one for one in structural_faults(merged, folders) if one.piece.overlaid]
        if not unsound:
            return merged, sorted(set(faults))


def _texts_that_fit_nothing(shipped: Pieces, own: Pieces) -> Iterator[Found]:
    """A library's own texts that replace none and name no group, or want more filled in than what they replace."""
    for piece in own["text"].values():
        if piece.id not in shipped["text"]:
            if not piece.id.startswith(GROUP_NAME):
                mend = did_you_mean(piece.id, shipped["text"], "Only texts that the advisor has can be replaced.")
                yield Found(piece, piece.fault((), f'There is no text "{piece.id}" to replace.', mend))
            continue
        replaced = shipped["text"][piece.id].value
        given = {name for language in LANGUAGES for name in uses(replaced[language]).names}
        for language in LANGUAGES:
            try:
                more = uses(piece.value[language]).names - given
            except TemplateSyntaxError:  # said by the check of templates
                continue
            if more:
                problem = f"There is nothing named {listed(sorted(more))} to fill in."
                mend = f"Known are {listed(sorted(given))}." if given else "Write the text out."
                yield Found(piece, piece.fault((language,), problem, mend))
