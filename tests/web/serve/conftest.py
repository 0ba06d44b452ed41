"""A supervisor in a process of its own, on a home and ports of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import pytest

from web.serve.ports import free_port
from web.serve.process import wait_until

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Served:
    """A started supervisor and what it says."""

    process: subprocess.Popen[str]
    port: int
    lines: list[str] = field(default_factory=list)

    def wait_ready(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if "ready" in line:
                return
        raise AssertionError("\n".join(self.lines))

    def children(self) -> dict[str, psutil.Process]:
        """By name; PostgreSQL's own children are not counted."""
        found = {}
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.Error):  # it has just died, or not yet become what it will be
                command = child.cmdline()
                if child.name() == "postgres" or "web.serve.server" in command:
                    found["postgres" if child.name() == "postgres" else command[4]] = child
        return found

    def end(self) -> tuple[int, str]:
        rest, _ = self.process.communicate(timeout=30)
        return self.process.returncode, rest

    def answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz", trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False


Serve = Callable[..., Served]


@pytest.fixture
def home_of_its_own(scratch: Path, request: pytest.FixtureRequest) -> Path:
    folder: Path = scratch / request.node.name.replace("[", "-").replace("]", "")
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "minilm.json").write_text("{}")
    return folder


@pytest.fixture
def serve(home_of_its_own: Path) -> Iterator[Serve]:
    started: list[Served] = []

    def start(*arguments: str, port: int | None = None) -> Served:
        port = port or free_port()
        environment = {
            **os.environ,
            "STEWARD_HOME": str(home_of_its_own),
            "STEWARD_PORT": str(port),
            "STEWARD_CORE_PORT": str(free_port()),
            "PYTHONPATH": str(ROOT),
        }
        environment.pop("STEWARD_DATABASE_URL", None)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.serve.serve_fakes", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(Served(process, port))
        return started[-1]

    yield start
    for served in started:
        if served.process.poll() is None:
            served.process.terminate()
            served.end()
        if served.process.stdout is not None:
            served.process.stdout.close()


def gone(processes: dict[str, psutil.Process]) -> bool:
    return wait_until(lambda: not any(process.is_running() for process in processes.values()), 10)
