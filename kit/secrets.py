"""Secrets as files under `var/secrets` (mode 0600): made at random on first use, never shown, never in the repo."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

SIZE = 32


def load_secret(folder: Path, name: str) -> bytes:
    """The 32 bytes of `folder/name`, made at random when absent; safe against two processes making it at once."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SIZE))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # unlike rename, fails when another process was first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    value = path.read_bytes()
    if len(value) != SIZE:
        raise RuntimeError(f"{path} is not a secret of {SIZE} bytes: restore it from a backup")
    return value


def derive(secret: bytes, label: str) -> bytes:
    """A key for one purpose (HMAC-SHA256 of its label), so that one file serves several."""
    return hmac.new(secret, label.encode(), hashlib.sha256).digest()
