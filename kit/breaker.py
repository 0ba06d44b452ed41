"""A circuit breaker for one outbound edge: after some faults in a row nobody waits for it until a rest is over; then one may try.

The clock is an argument: seconds that never go back. It decides; whoever calls out reports how it went.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal


class Breaker:
    """`admits` before a call; `succeeded`, `failed` or `given_up` after it, once each."""

    def __init__(self, faults_max: int = 3, rest_s: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._faults_max, self._rest_s, self._clock = faults_max, rest_s, clock
        self._faults = 0
        self._opened_at: float | None = None
        self._trying = False

    @property
    def state(self) -> Literal["closed", "open", "trying"]:
        if self._opened_at is None:
            return "closed"
        return "trying" if self._trying else "open"

    def admits(self) -> bool:
        """Whether a call may go out. When a rest is over, one call is let through, and nobody else until it is back."""
        if self._opened_at is None:
            return True
        if self._trying or self._clock() - self._opened_at < self._rest_s:
            return False
        self._trying = True
        return True

    def succeeded(self) -> None:
        self._faults, self._opened_at, self._trying = 0, None, False

    def failed(self) -> None:
        self._faults += 1
        if self._trying or self._faults >= self._faults_max:
            self._opened_at, self._trying = self._clock(), False

    def given_up(self) -> None:
        """The caller went away before the call showed how the other side is: the next one may try."""
        self._trying = False
