"""Time is injected: nothing of ours asks the machine for it but `SystemClock`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands still until it is told otherwise."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def today(clock: Clock, timezone: str) -> date:
    """The calendar day that it now is in a zone such as "Europe/Berlin"."""
    return clock.now().astimezone(ZoneInfo(timezone)).date()
