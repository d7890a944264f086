"""The shape of the content: what a topic, a checklist, a document, a term or a source may hold.

Every model forbids unknown keys, so a misspelt key is a fault that `makker check` can name.
Texts that people read stand under their language (`da`, `en`); ids, links and numbers stand beside.
"""

from knowledge.schema.checklists import (
    CHOSEN,
    Advice,
    Band,
    BandText,
    CalendarEntry,
    Checklist,
    ChecklistText,
    Choice,
    Comparison,
    Condition,
    Item,
    ItemText,
    Minutes,
    Picture,
    Result,
    Section,
)
from knowledge.schema.common import IRRELEVANT, LANGUAGES, NONE, UNSURE, Bilingual, Language, Strict
from knowledge.schema.course import (
    Lesson,
    LessonText,
    Moment,
    Option,
    Question,
    QuestionText,
    Scene,
    SceneText,
    Turning,
)
from knowledge.schema.documents import Clause, DocumentText
from knowledge.schema.topics import Facet, FacetText, Source, Term, TermText, Topic, TopicText
from knowledge.schema.triage import GuideChoice, GuideQuestion

__all__ = [
    "CHOSEN",
    "IRRELEVANT",
    "LANGUAGES",
    "NONE",
    "UNSURE",
    "Advice",
    "Band",
    "BandText",
    "Bilingual",
    "CalendarEntry",
    "Checklist",
    "ChecklistText",
    "Choice",
    "Clause",
    "Comparison",
    "Condition",
    "DocumentText",
    "Facet",
    "FacetText",
    "GuideChoice",
    "GuideQuestion",
    "Item",
    "ItemText",
    "Language",
    "Lesson",
    "LessonText",
    "Minutes",
    "Moment",
    "Option",
    "Picture",
    "Question",
    "QuestionText",
    "Result",
    "Scene",
    "SceneText",
    "Section",
    "Source",
    "Strict",
    "Term",
    "TermText",
    "Topic",
    "TopicText",
    "Turning",
]
