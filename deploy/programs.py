"""Runs programs for set-up: output to a log, killed with everything they started when set-up is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path


class SetupFailure(Exception):
    """Told to the person as it is."""


class Programs:
    """The programs that run now, so that an interrupt can end them all."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, command: Sequence[str | Path], *, cwd: Path, environment: Mapping[str, str] | None = None) -> None:
        """Raises SetupFailure, with the last lines that the program said, when it fails."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            start = log.tell()
            log.write(f"$ {' '.join(map(str, command))}\n".encode())
            log.flush()
            process = self._start(command, cwd, {**os.environ, **(environment or {})}, log.fileno())
            code = process.wait()
        with self._lock:
            self._running.discard(process)
        if code != 0:
            raise SetupFailure(f"`{' '.join(map(str, command[:4]))} ...` failed ({code}):\n{self._since(start)}\nAll of it: {self._log}")

    def read(self, command: Sequence[str | Path], *, cwd: Path) -> str:
        """What a short program says on its standard output; nothing when it fails."""
        outcome = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
        return outcome.stdout if outcome.returncode == 0 else ""

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for process in self._running:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGTERM)

    def _start(self, command: Sequence[str | Path], cwd: Path, environment: Mapping[str, str], log: int) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise SetupFailure("interrupted")
            try:
                process = subprocess.Popen(
                    [str(part) for part in command],
                    cwd=cwd,
                    env=dict(environment),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            except FileNotFoundError:
                raise SetupFailure(f"`{command[0]}` is not installed") from None
            self._running.add(process)
            return process

    def _since(self, start: int, lines: int = 25) -> str:
        with self._log.open("rb") as log:
            log.seek(start)
            return "\n".join(log.read().decode(errors="replace").splitlines()[-lines:])
