"""Keeps Rasa's own channels out of the process.

`rasa.core.channels` imports every channel that Rasa has, with aiogram, Slack's, Twilio's and Webex's libraries, some
25 MB that a bot with doors of its own never uses. Only the module that the rest of Rasa needs is loaded.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

PACKAGE = "rasa.core.channels"
NEEDED = ("CollectingOutputChannel", "InputChannel", "OutputChannel", "UserMessage")


def leave_out_rasas_own() -> None:
    """To be called before the rest of Rasa is imported; does nothing where the channels are loaded already."""
    if PACKAGE in sys.modules:
        return
    core = importlib.import_module("rasa.core")
    package = ModuleType(PACKAGE, "Rasa's channels, without the channels: see bot/engine/channels.py")
    package.__path__ = [str(Path(folder) / "channels") for folder in core.__path__]
    sys.modules[PACKAGE] = package
    channel = importlib.import_module(f"{PACKAGE}.channel")
    for name in NEEDED:
        setattr(package, name, getattr(channel, name))
