"""Python's memory, arranged for a program that answers people."""

from __future__ import annotations

import gc


def settle() -> None:
    """What stands now stays: it is swept once, and not looked through again.

    A full sweep goes through all that a model and its libraries consist of, which takes a third of a second in which
    nobody is answered. Call it anew when much of what stood has been replaced.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
