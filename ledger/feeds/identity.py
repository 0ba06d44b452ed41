"""By what a fact is known again: its day, amount and words, and which of the equal ones in its file it is.

Two identical rows inside one file are two facts (occurrence 0 and 1); the same file again has the same two. The fingerprint is keyed, so
that it tells nothing to who has the table and not the key. The balance is left out: banks restate it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from ledger.feeds.rows import FactRow

_SPACES = re.compile(r"\s+")
_SEPARATOR = "\x1f"


def identities(rows: Sequence[FactRow], key: bytes) -> list[tuple[bytes, int]]:
    """(fingerprint, occurrence) of each row, in the rows' order."""
    seen: Counter[bytes] = Counter()
    found = []
    for row in rows:
        fingerprint = _fingerprint(row, key)
        found.append((fingerprint, seen[fingerprint]))
        seen[fingerprint] += 1
    return found


def _fingerprint(row: FactRow, key: bytes) -> bytes:
    words = (_plain(row.description), _plain(row.counterparty), _plain(row.reference))
    text = _SEPARATOR.join((row.booked_on.isoformat(), str(row.amount_minor), row.currency, *words))
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def _plain(text: str | None) -> str:
    """Case, spacing and the encoding of accents differ between two exports of one fact; letters and digits do not."""
    if not text:
        return ""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()
