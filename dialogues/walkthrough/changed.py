"""What a correction changes in a result that has been read before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogues.reply import Reply, rows
from dialogues.walkthrough import moves
from dialogues.walkthrough.clash_lines import mend_buttons
from dialogues.walkthrough.display import notice_line, say
from dialogues.walkthrough.frame import control, reply
from dialogues.walkthrough.outcome import Notice
from dialogues.walkthrough.results import Ending
from dialogues.walkthrough.state import Run

if TYPE_CHECKING:
    from knowledge.loader import Knowledge


def news(knowledge: Knowledge, before: Run, run: Run, notice: Notice) -> Reply:
    """What a correction has changed in the result, after the correction itself; and the way to all of it."""
    then = Ending(knowledge, before.with_(status="done", at=None, language=run.language), ())
    told_now = list(Ending(knowledge, run, ()).news(then)) or [say(knowledge, run, "result-same")]
    whole = control(knowledge, run, "button-whole-result", moves.CONTINUE)
    ways = (
        *rows([*mend_buttons(knowledge, run), whole]),
        (control(knowledge, run, "button-review", moves.REVIEW), control(knowledge, run, "button-close", moves.CLOSE)),
    )
    return reply(run, [notice_line(knowledge, run, notice), *told_now], ways)
