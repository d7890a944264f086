"""The papers of the course: the sheet that says it was done, and what to look at with one's manager."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count

from dialogues.course import buttons as verbs
from dialogues.course import home_screens, moves, papers
from dialogues.course.buttons import Screen
from dialogues.course.state import Course
from dialogues.documents import completion, docx, names, pdf
from dialogues.reply import Attachment
from dialogues.responses.learning import Learning
from dialogues.turn import Outcome, Turn

_RENAME = "name"


def hand_out(of: Learning, course: Course) -> Outcome:
    """Writes both, and hands them out."""
    rename = of.screen.button("rename", verbs.SHEET, _RENAME)
    share = of.screen.button("share", verbs.SHARE)
    home = of.screen.button("home", verbs.HOME)

    def made() -> Outcome:
        attached = (_sheet(of.turn, of.screen, course), *_talk(of.turn, of.screen, course))
        said = of.turn.say("coursepapers.handed-out")
        return Outcome((of.screen.reply(said, (rename, share), (home,), place="papers", attachments=attached),))

    return replace(of.says(), later=made)


def talk(of: Learning, parts: tuple[str, ...] = ()) -> Outcome:
    """Hands out what to look at with one's manager, also before the course is finished."""
    course = of.begun()
    done = moves.done(course, of.screen.knowledge.lessons)
    if not done:
        return of.says(home_screens.home(of.screen, course, of.turn.say("coursepapers.talk-not-yet")))
    notes = sum(lesson.id in course.notes for lesson in done)

    def made() -> Outcome:
        attached = _talk(of.turn, of.screen, course)
        said = of.turn.say("coursepapers.talk-handed-out", notes=notes)
        note, home = of.screen.button("note", verbs.NOTE), of.screen.button("home", verbs.HOME)
        return Outcome((of.screen.reply(said, (note,), (home,), place="papers", attachments=attached),))

    return replace(of.says(), later=made)


def _sheet(turn: Turn, screen: Screen, course: Course) -> Attachment:
    sheet = papers.completion(screen, course)
    content = turn.services.write(completion.write, sheet)
    named = partial(names.dated_name, sheet.stem, "pdf", sheet.finished)
    name, kept = _kept(turn, lambda number: named(number=number), content)
    stored = kept or turn.store.add_document(turn.owner, "", name, completion.MIME, content)
    return Attachment(stored, name, completion.MIME, turn.say("coursepapers.caption-sheet"))


def _talk(turn: Turn, screen: Screen, course: Course) -> tuple[Attachment, Attachment]:
    """As PDF and for Word. Whether they are new is told by the PDF: a Word file is another one each time."""
    paper = papers.talk(screen, course)
    content = turn.services.write(pdf.write, paper)
    name, kept = _kept(turn, lambda number: names.file_name(paper, "pdf", number=number), content)
    in_word = names.file_name(paper, "docx", number=names.number_of(name))
    kept_word = _stored(turn).get(in_word) if kept else None
    if kept_word is None:
        template = turn.knowledge.word_template(paper.template)
        written = turn.services.write(docx.write, paper, template)
        kept_word = turn.store.add_document(turn.owner, "", in_word, docx.MIME, written)
    kept = kept or turn.store.add_document(turn.owner, "", name, pdf.MIME, content)
    caption = turn.say("coursepapers.caption-talk")
    return Attachment(kept, name, pdf.MIME, caption), Attachment(kept_word, in_word, docx.MIME)


def _kept(turn: Turn, named: Callable[[int], str], content: bytes) -> tuple[str, str | None]:
    """A name for the file, and the same file where it lies in the store already; `named` numbers those of one day."""
    stored = _stored(turn)
    for number in count(1):
        name = named(number)
        if name not in stored:
            return name, None
        found = turn.store.document_content(turn.owner, stored[name])
        if found and found[1] == content:
            return name, stored[name]
    raise AssertionError("numbers end")


def _stored(turn: Turn) -> dict[str, str]:
    """The learner's files, by name."""
    return {one.file_name: one.id for one in turn.store.documents(turn.owner)}
