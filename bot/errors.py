"""Errors that several parts know: those that end the program with one line, and that something is away."""

from __future__ import annotations


class StartError(Exception):
    """The program cannot start or go on: what is wrong, and the mend, in one line."""


class AwayError(Exception):
    """What it takes to answer is away for now: what came in is to be tried again later."""
