"""Sets one PDF and ends: `python -m dialogues.documents.typesetter DESIGN DATE`, JSON in, PDF out.

typst keeps what it has read and set, some 80 MB for an agreement: in a process of its own that goes with it.
"""

from __future__ import annotations

import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any


def main(design: str, date: str) -> None:
    """Sets the document that comes by standard input; writes to standard output.

    Where PDF/UA-1 cannot be had (a script that no font at hand can show), it is an ordinary tagged PDF.
    """
    import typst

    source = Path(design).read_bytes()
    options: dict[str, Any] = {
        "format": "pdf",
        "sys_inputs": {"document": sys.stdin.buffer.read().decode("utf-8")},
        "timestamp": datetime.fromisoformat(date).replace(tzinfo=timezone.utc),
    }
    try:
        pdf = typst.compile(source, pdf_standards=["ua-1"], **options)
    except typst.TypstError:
        pdf = typst.compile(source, **options)
    sys.stdout.buffer.write(bytes(pdf))


if __name__ == "__main__":
    main(*sys.argv[1:])
