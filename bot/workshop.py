"""Where papers are written without holding up those who talk: a process of its own, which gives way to this one.

A Word file takes up to a quarter of a second of Python's one lock, in which nobody else is answered. The process is
begun with the first paper, and ends with this one, however that ends.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

log = logging.getLogger(__name__)

_GIVES_WAY = 10  # of `nice`
_WATCHES = 1.0  # seconds


class Workshop:
    """Does work in the other process. Call it with a function of a module, and arguments that can be pickled."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def __call__(self, write: Callable[..., bytes], *arguments: object, **named: object) -> bytes:
        """What the function gives, or raises. Where the other process dies, the work is done here."""
        try:
            return self._begun().submit(write, *arguments, **named).result()
        except BrokenProcessPool:
            log.warning("the process that writes papers ended: it is begun again")
            self.close()
            return write(*arguments, **named)

    def close(self) -> None:
        """Ends the other process, after what it is at."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown()

    def _begun(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                fresh = multiprocessing.get_context("spawn")  # a fork would copy the model, and the threads' locks
                self._pool = ProcessPoolExecutor(1, mp_context=fresh, initializer=_settle, initargs=(os.getpid(),))
            return self._pool


def _settle(parent: int) -> None:
    """Before the first work: signals are the parent's to answer, its work goes first, and its end is ours."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    logging.basicConfig(handlers=[logging.NullHandler()])  # what libraries say of a paper may be what stands in it
    os.nice(_GIVES_WAY)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCHES)
    os._exit(0)
