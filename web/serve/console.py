"""Tells the operator in plain lines, and the same as JSON lines in var/log/serve.log."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

BAR = 24


class Teller:
    """`quiet` keeps the terminal for somebody else; the log is written in any case."""

    def __init__(self, log: Path, *, quiet: bool = False) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self._log = log
        self._quiet = quiet

    def say(self, line: str, event: str, **details: object) -> None:
        if not self._quiet:  # in one call: a signal may come at any moment
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        record = {"timestamp": datetime.now(UTC).isoformat(), "process": "serve", "event": event, **details}
        with self._log.open("a") as log:
            log.write(json.dumps(record) + "\n")

    def advance(self, what: str, done: int, total: int) -> None:
        """How far something is: a bar in place on a terminal, a line for each quarter elsewhere. The end is left to `say`."""
        if self._quiet:
            return
        if sys.stdout.isatty():
            filled = BAR * done // max(total, 1)
            end = "\r\x1b[K" if done >= total else ""
            sys.stdout.write(f"\r{what} [{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}{end}")
            sys.stdout.flush()
        elif 0 < done < total and done * 4 // total != (done - 1) * 4 // total:
            sys.stdout.write(f"{what}: {done} of {total}\n")
            sys.stdout.flush()
