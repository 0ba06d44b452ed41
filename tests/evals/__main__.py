"""`python -m tests.evals [NAME] [options of that one]`: the evaluations by name, all of them without one."""

from __future__ import annotations

import runpy
import sys

NAMES = ("money", "router", "knowledge", "recurring", "categories", "llm")


def main() -> None:
    given, options = sys.argv[1:2], sys.argv[2:]
    if given and given[0] not in NAMES:
        sys.exit(f"There is no evaluation {given[0]}: {' or '.join(NAMES)}.")
    for name in given or NAMES:
        sys.argv = [name, *options]
        runpy.run_module(f"tests.evals.{name}", run_name="__main__", alter_sys=False)


if __name__ == "__main__":
    main()
