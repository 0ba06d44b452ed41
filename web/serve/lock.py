"""One `steward serve` per home: a lock that the system drops when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import IO

from web.serve.failure import StartFailure

GRACE_S = 0.5  # others may hold it for a moment, only to look


class HomeLock:
    """Held from `take` until `drop` or the process's end. The file names its holder, for the refusal only."""

    def __init__(self, home: Path) -> None:
        self._path = home / "run" / "serve.lock"
        self._file: IO[str] | None = None

    @property
    def is_mine(self) -> bool:
        return self._file is not None

    def is_held(self) -> bool:
        """Whether somebody holds it."""
        try:
            with self._path.open() as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        return False

    def take(self, wait_s: float = GRACE_S) -> None:
        """Raises StartFailure when another holder does not let go in time."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        end = time.monotonic() + wait_s
        file = self._path.open("a+")
        while not _locked(file):
            if time.monotonic() > end:
                file.seek(0)
                holder = file.read().strip() or "unknown"
                file.close()
                raise StartFailure(f"Steward already runs on {self._path.parent.parent} as process {holder}: stop it first.")
            time.sleep(0.05)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def drop(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
