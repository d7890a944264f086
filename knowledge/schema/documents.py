"""Documents that walkthroughs write."""

from __future__ import annotations

from knowledge.forms import Slug, TemplateName
from knowledge.schema.checklists import Conditions, one_or_more
from knowledge.schema.common import Bilingual, Strict, filled


class Clause(Strict):
    """A section of a document. `body` is a template in light markup over the answers."""

    id: Slug
    when: Conditions = ()
    heading: Bilingual
    body: Bilingual
    caution: Bilingual | None = None  # a note in the margin: what to settle, with whom

    _when = one_or_more("when")


class DocumentText(Strict):
    """A document that a walkthrough writes, clause by clause."""

    id: Slug
    template: TemplateName = "makker.docx"
    numbered: bool = True  # whether its headings carry numbers
    notes_in_pdf: bool = True  # False: the PDF is to be sent as it is; notes stand in the Word file only
    file_name: Bilingual  # templates over the answers, without ending
    title: Bilingual
    subtitle: Bilingual | None = None
    preamble: Bilingual | None = None
    clauses: tuple[Clause, ...]

    _clauses = filled("clauses")
