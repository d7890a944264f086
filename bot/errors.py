"""Errors that end the program with one line."""

from __future__ import annotations


class StartError(Exception):
    """The program cannot start or go on: what is wrong, and the mend, in one line."""
