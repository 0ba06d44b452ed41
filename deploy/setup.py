"""Makes a fresh clone ready: `python3 -m deploy.setup [--developer] [--no-ui]`, with the system's Python and nothing else.

Each step leaves a stamp beside what it made, so a second run does only what changed, and an interrupted one goes on where it was.
Python's packages and the front end are prepared side by side.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  said before anything newer is imported
    sys.exit("Steward needs Python 3.11 or newer; this is " + sys.version.split()[0])

from deploy.front_end import FrontEnd
from deploy.packages import Packages
from deploy.programs import Programs, SetupFailure
from deploy.progress import Progress
from deploy.stamps import fingerprint, read_stamp, write_stamp

ROOT = Path(__file__).resolve().parent.parent
Step = tuple[str, Callable[[], bool], Callable[[], None]]


def main() -> int:
    parser = argparse.ArgumentParser(description="Makes Steward ready to run.")
    parser.add_argument("--developer", action="store_true", help="with what tests and checks need")
    parser.add_argument("--no-ui", action="store_true", help="without the front end")
    options = parser.parse_args()
    home = Path(os.environ.get("STEWARD_HOME", ROOT / "var")).resolve()
    programs = Programs(home / "log" / "setup.log")
    lanes = [_python_lane(home, Packages(ROOT, programs, developer=options.developer), programs)]
    if not options.no_ui:
        lanes.append(_front_end_lane(FrontEnd(ROOT, programs)))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    (home / "log").mkdir(parents=True, exist_ok=True)
    with (home / "log" / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two set-ups at once would tread on each other
        return _run(lanes, programs)


def _python_lane(home: Path, packages: Packages, programs: Programs) -> list[Step]:
    models = home / "models"
    exporter = fingerprint([ROOT / "assistant" / "training" / "export.py"])
    articles = fingerprint([*sorted((ROOT / "knowledge" / "corpus").glob("*.md")), *sorted((ROOT / "knowledge").glob("*.py"))])

    def is_exported() -> bool:
        return (models / "minilm.json").exists() and read_stamp(models / "minilm.stamp") == exporter

    def export() -> None:
        programs.run([packages.python, "-m", "assistant.training.export", models], cwd=ROOT)
        write_stamp(models / "minilm.stamp", exporter)

    def is_indexed() -> bool:
        return is_exported() and read_stamp(models / "articles.stamp") == articles

    def index() -> None:
        programs.run([packages.python, "-m", "assistant.training.articles", models], cwd=ROOT)
        write_stamp(models / "articles.stamp", articles)

    return [
        ("virtual environment", packages.is_done, packages.make_venv),
        ("uv", packages.is_done, packages.install_uv),
        ("PyTorch (CPU)", packages.is_done, packages.install_torch),
        ("Python packages", packages.is_done, packages.install_rest),
        ("sentence encoder to ONNX", is_exported, export),
        ("index of the articles", is_indexed, index),
    ]


def _front_end_lane(front_end: FrontEnd) -> list[Step]:
    return [
        ("front end's packages", front_end.has_modules, front_end.install_modules),
        ("front end", front_end.is_built, front_end.build),
    ]


def _run(lanes: list[list[Step]], programs: Programs) -> int:
    started = time.monotonic()
    progress = Progress()
    failures: list[str] = []
    done: list[str] = []
    threads = [threading.Thread(target=_walk, args=(lane, progress, failures, done), daemon=True) for lane in lanes]
    try:
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            threads[0].join(0.05)
            threads[-1].join(0.05)
    except KeyboardInterrupt:
        programs.stop()
        failures[:] = ["Interrupted; the next run goes on from here."]
    progress.close()
    for failure in failures:
        print(f"Set-up failed: {failure}", file=sys.stderr)
    if done and not failures:
        print(f"Set-up complete in {time.monotonic() - started:.0f} s.")
    return 1 if failures else 0


def _walk(lane: list[Step], progress: Progress, failures: list[str], done: list[str]) -> None:
    for name, is_done, act in lane:
        if failures:
            return
        try:
            if is_done():
                continue
            progress.begin(name)
            act()
        except SetupFailure as failure:
            progress.end(name, "failed")
            failures.append(str(failure))
            return
        except OSError as error:
            failures.append(f"{name}: {error}")
            return
        progress.end(name)
        done.append(name)


if __name__ == "__main__":
    sys.exit(main())
