"""Sets one file and ends: `python -m dialogues.documents.typesetter DESIGN DATE [PPI]`, JSON in, PDF or PNG out.

typst keeps what it has read and set, some 80 MB for an agreement: in a process of its own that goes with it.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

_PATIENCE = 60.0  # seconds; a page takes a tenth of one


class TypesettingError(RuntimeError):
    """Nothing could be set; the message is the typesetter's."""


def run(design: Path, data: str, day: date, ppi: float | None = None) -> bytes:
    """The design filled with `data`, which is JSON: a PDF, or with `ppi` (pixels to the inch) a PNG.

    The process is one of its own, and has ended when this returns. Raises TypesettingError for a design that is broken.
    """
    arguments = [str(design), day.isoformat(), *([] if ppi is None else [str(ppi)])]
    done = subprocess.run(  # noqa: S603 – our own module, without a shell
        [sys.executable, "-m", "dialogues.documents.typesetter", *arguments],
        input=data.encode(),
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )
    if done.returncode:
        raise TypesettingError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def main(design: str, day: str, ppi: str = "") -> None:
    """Sets what comes by standard input; writes to standard output.

    A design gets its data as `sys.inputs.document` for a PDF, as `sys.inputs.picture` for a PNG, and may import what
    lies beside it. Where PDF/UA-1 cannot be had (a script that no font at hand can show), it is an ordinary tagged PDF.
    """
    import typst

    data = sys.stdin.buffer.read().decode("utf-8")
    if ppi:
        made = typst.compile(design, format="png", ppi=float(ppi), sys_inputs={"picture": data})
    else:
        options: dict[str, Any] = {
            "format": "pdf",
            "sys_inputs": {"document": data},
            "timestamp": datetime.fromisoformat(day).replace(tzinfo=timezone.utc),
        }
        try:
            made = typst.compile(design, pdf_standards=["ua-1"], **options)
        except typst.TypstError:
            made = typst.compile(design, **options)
    sys.stdout.buffer.write(bytes(made))


if __name__ == "__main__":
    main(*sys.argv[1:])
