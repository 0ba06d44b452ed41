"""A child process of ours: it dies with us, writes to a log file of its own, and is stopped by the signal that it likes best."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from web.serve.account import Account

_PR_SET_PDEATHSIG = 1
LOG_BYTES_MAX = 20 * 2**20


@dataclass(frozen=True)
class Command:
    """What to run and how to end it. `account` is who it runs as when we are root; `waits` for a line from us on its standard input."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    account: Account | None = None
    cwd: Path | None = None
    waits: bool = False


class Child:
    """A started command. Its pid is written down, so that the next start can end what a killed supervisor left behind."""

    def __init__(self, command: Command, run: Path) -> None:
        self.command = command
        self._note = run / f"{command.name}.pid"
        command.log.parent.mkdir(parents=True, exist_ok=True)
        with _open_log(command.log) as log:
            self._process = subprocess.Popen(
                list(command.arguments),
                env=dict(command.environment),
                stdin=subprocess.PIPE if command.waits else subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=command.cwd,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops its children in order
                preexec_fn=_die_with_parent(command.stop_signal),  # one system call, safe between fork and exec
                **(command.account.popen_arguments() if command.account else {}),
            )
        self._note.parent.mkdir(parents=True, exist_ok=True)
        self._note.write_text(json.dumps({"pid": self.pid, "created": psutil.Process(self.pid).create_time()}))

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, line: str) -> None:
        """Gives a waiting child its line. One that has died meanwhile is noticed by its exit code."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError), self._process.stdin as pipe:
            pipe.write(line.encode() + b"\n")

    def exit_code(self) -> int | None:
        return self._process.poll()

    def stop(self, timeout_s: float = 10) -> None:
        """Asks, waits, and kills what does not listen."""
        if self.exit_code() is None:
            self._process.send_signal(self.command.stop_signal)
            try:
                self._process.wait(timeout_s)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._note.unlink(missing_ok=True)

    def last_words(self, lines: int = 12) -> str:
        text = self.command.log.read_text(errors="replace") if self.command.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


def end_leftover(run: Path, name: str, timeout_s: float = 5) -> None:
    """Ends the child that a killed supervisor left running; a pid that now names another process is left alone."""
    note = run / f"{name}.pid"
    try:
        noted = json.loads(note.read_text())
        process = psutil.Process(noted["pid"])
        if process.create_time() == noted["created"]:
            process.terminate()
            if psutil.wait_procs([process], timeout_s)[1]:
                process.kill()
    except (OSError, ValueError, psutil.NoSuchProcess):
        pass
    note.unlink(missing_ok=True)


def wait_until(ready: Callable[[], bool], timeout_s: float, pause_s: float = 0.05) -> bool:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(pause_s)
    return False


def _open_log(path: Path) -> IO[bytes]:
    if path.exists() and path.stat().st_size > LOG_BYTES_MAX:
        path.replace(path.with_suffix(path.suffix + ".1"))
    return path.open("ab")


def _die_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    """Linux sends the child its stop signal when the supervisor dies, even by SIGKILL. Elsewhere `end_leftover` does it."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def prepare() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(stop_signal))
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)

    return prepare
