"""Which prompts, router and query an answer was made with, by the hashes of what they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

import tools.query
from assistant.wording import Wording


def versions_of(wording: Wording, router: str) -> dict[str, str]:
    return {"prompts": f"{wording.language}-{wording.sha256[:16]}", "router": router, "query": _code_hash(Path(tools.query.__path__[0]))}


def _code_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
