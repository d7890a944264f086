"""What a door tells those who operate it, in one hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.operating.farewell import Farewell
from bot.operating.health import Health
from bot.operating.meters import Meters


@dataclass(frozen=True)
class Watch:
    """The figures, whether all is well, and the time that a stop has."""

    meters: Meters = field(default_factory=Meters)
    health: Health = field(default_factory=Health)
    farewell: Farewell = field(default_factory=Farewell)

    def stops(self) -> None:
        """The stop has been asked for."""
        self.farewell.begin()
        self.health.stopping = True
