"""Typed, prefixed UUIDv7 (RFC 9562): `acc_0192f3...`. Inside they are UUIDs, outside they say what they name."""

from __future__ import annotations

import os
import threading
import time
from uuid import UUID

from kit.errors import Invalid

_lock = threading.Lock()
_last_ms = 0
_counter = 0


def new_uuid() -> UUID:
    """A UUIDv7, increasing within the process: 48 bits of Unix milliseconds, a 12-bit counter, 62 random bits."""
    global _last_ms, _counter
    with _lock:
        now_ms = time.time_ns() // 1_000_000
        if now_ms > _last_ms:
            _last_ms, _counter = now_ms, 0
        else:
            _counter += 1
            if _counter > 0xFFF:
                _last_ms, _counter = _last_ms + 1, 0
        ms, counter = _last_ms, _counter
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return UUID(int=(ms << 80) | (0x7 << 76) | (counter << 64) | (0b10 << 62) | tail)


def show(prefix: str, value: UUID) -> str:
    return f"{prefix}_{value.hex}"


def read(prefix: str, text: str) -> UUID:
    """The UUID behind a prefixed id. Raises Invalid when it is not one of that prefix."""
    head, _, tail = text.partition("_")
    if head != prefix or len(tail) != 32 or not all(c in "0123456789abcdef" for c in tail):
        raise Invalid("id_is_malformed", f"{text[:60]!r} is not an id of the form {prefix}_<32 hex digits>")
    return UUID(hex=tail)
