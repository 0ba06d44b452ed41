"""What the classifier sees of a fact: pieces of its words, the table's opinion, amount, weekday, merchant category code.

Every feature is a bucket of a hash, so that there is no vocabulary to keep. Numbers within words are dropped: they name no kind of shop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from ledger.enrichment import FactToEnrich, reading_of
from ledger.enrichment.lexicon import words_of

BUCKETS = 1 << 15
_MCC = re.compile(r"\bmcc[ :#]*(\d{4})\b", re.IGNORECASE)
_WORDS_MAX = 30


def words_seen(fact: FactToEnrich) -> tuple[str, ...]:
    """The words that may say what a fact is for: those of the merchant first, then the rest of the text, none twice."""
    merchant = words_of(reading_of(fact).merchant)
    text = words_of(f"{fact.counterparty or ''} {fact.description}")
    kept = (word for word in (*merchant, *text) if len(word) > 1 and not any(char.isdigit() for char in word))
    return tuple(dict.fromkeys(kept))[:_WORDS_MAX]


@lru_cache(maxsize=50_000)
def text_buckets(words: tuple[str, ...]) -> tuple[int, ...]:
    """Whole words, pairs, and pieces of three to five characters."""
    return tuple(sorted({_bucket(piece) for piece in _pieces(words)}))


def _pieces(words: tuple[str, ...]) -> Iterator[str]:
    yield from (f"w {word}" for word in words)
    yield from (f"p {first} {second}" for first, second in pairwise(words))
    for word in words:
        bound = f"<{word}>"
        yield from (bound[at : at + size] for size in (3, 4, 5) for at in range(len(bound) - size + 1))


def other_buckets(fact: FactToEnrich) -> tuple[int, ...]:
    """The table of words, sign and size of the amount, whether it is round, the weekday, the code of the kind of merchant."""
    reading, size = reading_of(fact), abs(fact.amount_minor)
    round_to = next((step for step in (10_000, 1_000, 100) if size % step == 0), 1)
    found = [
        f"table {reading.word_category}",
        f"sign {fact.amount_minor > 0}",
        f"size {size.bit_length()}",
        f"round {round_to}",
        f"day {fact.booked_on.weekday() // 5}",
        f"kind {fact.account_kind}",
        *(f"signal {name}" for name in sorted(reading.signals)),
    ]
    if code := _MCC.search(fact.description):
        found += [f"mcc {code[1]}", f"mcc {code[1][:2]}"]
    return tuple(_bucket(name) for name in found)


@lru_cache(maxsize=200_000)
def _bucket(feature: str) -> int:
    return crc32(feature.encode()) & (BUCKETS - 1)
