"""The actions for Rasa's own commands: `rasa run actions --actions bot.action_server`.

`rasa shell` runs without the bot's process, and reaches the actions over HTTP. Here they get the same services.
"""

from __future__ import annotations

from bot.house import House
from bot.settings import read_settings
from dialogues.actions import ACTIONS, Responding

Responding.services = House(read_settings()).services

__all__ = ["ACTIONS"]
