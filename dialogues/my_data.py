"""All that is stored about somebody, as one file to keep: a ZIP with what can be read, and their documents."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from dialogues.documents.markup import text
from dialogues.ports import Store
from dialogues.walkthrough import display
from dialogues.walkthrough.state import from_dict
from dialogues.walkthrough.steps import Walk
from knowledge.loader import Knowledge

MIME = "application/zip"
EXPORT = "export"  # what `StoredDocument.run` says of such a file
_EPOCH = (2020, 1, 1, 0, 0, 0)  # of the files in it: when they were made stands in what they say
_WHOLE = 100_000  # characters of an answer


def archive(knowledge: Knowledge, store: Store, owner: str, language: str) -> bytes:
    """The ZIP: what it holds in words, the data as JSON, and the documents. A file of this kind that was made before
    isn't in it."""
    data = store.export(owner)
    data["documents"] = [row for row in data["documents"] if row["run"] != EXPORT]
    data["walkthroughs"] = [_readable(knowledge, row) for row in data["walkthroughs"]]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        for row in data["documents"]:
            found = store.document_content(row["owner"], row["id"])
            if found:
                row["file"] = f"{knowledge.say(language, 'privacy.export-folder')}/{row['id']} {row['file_name']}"
                _add(into, row["file"], found[1])
        told = json.dumps(data, ensure_ascii=False, indent=2, default=str)
        _add(into, str(knowledge.say(language, "privacy.export-data")), told.encode())
        readme = knowledge.say(
            language, "privacy.export-readme", counts={name: len(rows) for name, rows in data.items()}
        )
        _add(into, str(knowledge.say(language, "privacy.export-readme-file")), readme.encode())
    return out.getvalue()


def _readable(knowledge: Knowledge, row: dict[str, Any]) -> dict[str, Any]:
    """A walkthrough with its questions and answers in words, before what is stored of it."""
    run, checklist = from_dict(row["state"]), knowledge.checklists.get(row["checklist"])
    if checklist is None:  # an editor has removed it
        return row
    answered = [
        {
            "question": text(display.question(knowledge, run, step)),
            "answer": text(display.shown(knowledge, run, step, run.answers[step.id].value, _WHOLE)),
            **({"note": run.notes[step.id]} if step.id in run.notes else {}),
            **({"answered_by": run.by[step.id]} if step.id in run.by else {}),
        }
        for step in Walk(checklist, run)
        if step.id in run.answers
    ]
    return {"title": checklist.text(run.language).title, "in_words": answered, **row}


def _add(into: zipfile.ZipFile, name: str, content: bytes) -> None:
    into.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
