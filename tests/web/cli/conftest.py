"""The command as a person runs it: a process of its own, on a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.need import need
from web.serve.ports import free_port

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "a long enough passphrase 7"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


class Steward:
    """`steward` with its environment."""

    def __init__(self, home: Path) -> None:
        ports = {"STEWARD_PORT": str(free_port()), "STEWARD_CORE_PORT": str(free_port())}
        self.environment = {**os.environ, **ports, "STEWARD_HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "120"}
        self.environment.pop("STEWARD_DATABASE_URL", None)
        self.home = home

    def __call__(self, *arguments: str, typed: str = "") -> Outcome:
        command = [sys.executable, "-m", "web.cli", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, input=typed, capture_output=True, text=True, timeout=180, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Outcome(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "web.cli", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture(scope="module")
def steward(scratch: Path, request: pytest.FixtureRequest) -> Iterator[Steward]:
    """On a home of this file's own, with the exported encoder."""
    home = scratch / request.module.__name__.rsplit(".", 1)[-1]
    home.mkdir()
    models = Path(os.environ.get("STEWARD_HOME", ROOT / "var")) / "models"
    need((models / "minilm.json").exists(), "the exported encoder (`make setup`)")
    (home / "models").symlink_to(models)
    yield Steward(home)
    shutil.rmtree(home, ignore_errors=True)
