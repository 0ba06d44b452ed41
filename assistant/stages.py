"""How long each stage of a turn took, in milliseconds."""

from __future__ import annotations

import time


class Stages:
    """A stage lasts from the end of the one before; one that comes again adds up."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._spent_ms: dict[str, float] = {}

    def ended(self, stage: str) -> None:
        now = time.perf_counter()
        self._spent_ms[stage] = self._spent_ms.get(stage, 0) + (now - self._last) * 1000
        self._last = now

    def timings(self) -> dict[str, float]:
        """By stage, and `total_ms`."""
        spent = {f"{stage}_ms": round(ms, 1) for stage, ms in self._spent_ms.items()}
        return {**spent, "total_ms": round((time.perf_counter() - self._start) * 1000, 1)}
