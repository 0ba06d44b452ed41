"""`python -m benchmarks [NAME ...]`: runs the named measurements, else all."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main() -> int:
    known = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    wanted = sys.argv[1:] or known
    for name in wanted:
        if name not in known:
            print(f"no benchmark {name}; there are {', '.join(known)}", file=sys.stderr)
            return 2
        print(importlib.import_module(f"benchmarks.{name}").measure(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
