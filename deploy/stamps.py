"""What a step was done from, kept beside what it made: the step is repeated when the inputs change or the outcome is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    for text in more:
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()


def read_stamp(path: Path) -> str | None:
    return path.read_text().strip() if path.exists() else None


def write_stamp(path: Path, value: str) -> None:
    path.write_text(value + "\n")
