"""How long `steward serve` takes to be ready: on a new home, with the demo's year loaded; and again on the same home."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from web.serve.ports import free_port

ROOT = Path(__file__).resolve().parent.parent


def measure() -> str:
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder:
        home = Path(folder, "var")
        home.mkdir()
        home.parent.chmod(0o755)
        (home / "models").symlink_to(ROOT / "var" / "models")
        first, demo = _start(home)
        second, _ = _start(home)
        third, _ = _start(home)
    return f"BENCH start first_s={first:.1f} demo_s={demo:.1f} second_s={min(second, third):.1f}"


def _start(home: Path) -> tuple[float, float]:
    """Seconds until ready, and until the demo's sign-in is shown."""
    environment = {**os.environ, "STEWARD_HOME": str(home), "STEWARD_PORT": str(free_port()), "STEWARD_CORE_PORT": str(free_port())}
    began = time.monotonic()
    steward = [sys.executable, "-m", "web.cli", "serve"]
    with subprocess.Popen(steward, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready_s = 0.0
        for line in process.stdout:
            if "is ready" in line:
                ready_s = time.monotonic() - began
            if line.startswith("Sign in"):
                break
        shown_s = time.monotonic() - began
        process.send_signal(signal.SIGTERM)
        process.communicate()
    return ready_s, shown_s
