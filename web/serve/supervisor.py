"""`steward serve`: starts the stack, keeps it up, and stops it in order when asked.

A process that dies is started again, after a pause that grows. One that dies too often takes everything down: a loop of crashes
helps nobody.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from types import FrameType

from kit.settings import Settings
from web.serve.console import Teller
from web.serve.failure import StartFailure, Stopped
from web.serve.stack import Stack

DEATHS_MAX = 5
DEATHS_WINDOW_S = 60.0
PAUSE_FIRST_S = 0.2
LOOK_EVERY_S = 0.2

Welcome = Callable[[Stack, Teller], None]


class Supervisor:
    """Runs until a signal. `welcome` is called once, when everything is ready."""

    def __init__(self, settings: Settings, welcome: Welcome | None, *, with_parent: bool = False) -> None:
        self._teller = Teller(settings.home / "log" / "serve.log")
        self._stop = threading.Event()
        self._stack = Stack(settings, self._teller, stop=self._stop)
        self._welcome = welcome
        self._parent = os.getppid() if with_parent else None
        self._deaths: deque[float] = deque()

    def run(self) -> int:
        """The exit code: 0 after a signal, 1 when it could not start or stay up."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        started = time.monotonic()
        try:
            with self._stack:
                self._teller.say(
                    f"Steward is ready at {self._stack.url} ({time.monotonic() - started:.1f} s)", "ready", url=self._stack.url
                )
                if self._welcome is not None:
                    self._welcome(self._stack, self._teller)
                self._watch()
        except Stopped:
            pass
        except StartFailure as failure:
            self._teller.say(str(failure), "failed")
            return 1
        self._teller.say("Steward has stopped.", "stopped")
        return 0

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _watch(self) -> None:
        while not self._stop.wait(LOOK_EVERY_S):
            if self._parent is not None and os.getppid() != self._parent:
                return
            for name, child in list(self._stack.children.items()):
                if (code := child.exit_code()) is not None:
                    self._revive(name, code)

    def _revive(self, name: str, code: int) -> None:
        now = time.monotonic()
        self._deaths.append(now)
        while now - self._deaths[0] > DEATHS_WINDOW_S:
            self._deaths.popleft()
        log = self._stack.children[name].command.log
        if len(self._deaths) > DEATHS_MAX:
            raise StartFailure(f"The {name} process has died too often (exit code {code}, see {log}): everything is stopped.")
        pause_s = PAUSE_FIRST_S * 2 ** (len(self._deaths) - 1)
        self._teller.say(f"The {name} process died (exit code {code}, see {log}); starting it again.", "died", name=name, code=code)
        if not self._stop.wait(pause_s):
            self._stack.restart(name)
