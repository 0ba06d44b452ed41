"""`make lock`: constraints.txt anew from pyproject.toml. The CPU mark of torch is left out, so that macOS can use the file too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from deploy.packages import Packages
from deploy.programs import Programs

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = ("dev", "training", "operations")


def main() -> int:
    packages = Packages(ROOT, Programs(ROOT / "var" / "log" / "setup.log"), developer=True)
    packages.make_venv()
    packages.install_uv()
    command = [str(part) for part in packages.compile_command(EXTRAS)]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if outcome.returncode != 0:
        print(outcome.stderr, file=sys.stderr)
        return 1
    pins = outcome.stdout.replace("+cpu", "")
    (ROOT / "constraints.txt").write_text(pins)
    print(f"{len(pins.splitlines())} packages pinned.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
