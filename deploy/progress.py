"""What set-up is doing, for people: one living line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import threading
import time

PLAIN_PULSE_S = 20.0
LIVE_PULSE_S = 0.2


class Progress:
    """Tells which steps run and how long they take. Steps of several lanes may run at once."""

    def __init__(self) -> None:
        self._live = sys.stdout.isatty()
        self._running: dict[str, float] = {}
        self._lock = threading.Lock()
        self._finished = threading.Event()
        self._pulse = threading.Thread(target=self._beat, daemon=True)

    def begin(self, step: str) -> None:
        with self._lock:
            self._running[step] = time.monotonic()
            if not self._live:
                self._line(f"{step} ...")
            if not self._pulse.is_alive():
                self._pulse.start()

    def end(self, step: str, outcome: str = "done") -> None:
        with self._lock:
            seconds = time.monotonic() - self._running.pop(step)
            self._line(f"{step}: {outcome} in {seconds:.1f} s")

    def close(self) -> None:
        self._finished.set()
        if self._live and self._pulse.is_alive():
            sys.stdout.write("\r\x1b[K")
            sys.stdout.flush()

    def _line(self, text: str) -> None:
        sys.stdout.write(f"\r\x1b[K{text}\n" if self._live else f"{text}\n")
        sys.stdout.flush()

    def _beat(self) -> None:
        while not self._finished.wait(LIVE_PULSE_S if self._live else PLAIN_PULSE_S):
            with self._lock:
                now = time.monotonic()
                status = ", ".join(f"{step} {now - since:.0f} s" for step, since in self._running.items())
                if status and self._live:
                    sys.stdout.write(f"\r\x1b[K{status[:100]}")
                    sys.stdout.flush()
                elif status:
                    self._line(f"  still busy: {status}")
