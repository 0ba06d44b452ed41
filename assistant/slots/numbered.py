"""Numbers that belong to names: "Trattoria 1871", "Studio 54". They are no amounts."""

from __future__ import annotations

import re

from assistant.slots.names import Names
from assistant.slots.text import Utterance

_NUMBER = re.compile(r"(?P<before>[^\W\d_]+(?: [^\W\d_]+){0,2}) (?P<number>\d+)\b(?![.,]\d| ?[€£$%])")


def numbers_of_names(utterance: Utterance, names: Names) -> list[tuple[int, int]]:
    """The places of numbers that stand behind a name and are a part of it: in the books, or too long for an afterthought."""
    found = []
    for match in _NUMBER.finditer(utterance.view):
        words = match["before"].split()
        phrases = [" ".join(words[-size:]) for size in range(1, len(words) + 1)]
        whole = any(names.whole(f"{phrase} {match['number']}") or names.shortened(f"{phrase} {match['number']}") for phrase in phrases)
        known = any(names.whole(phrase) or names.shortened(phrase) for phrase in phrases)
        if whole or (len(match["number"]) >= 3 and (known or _is_written_as_name(utterance, match, words[-1]))):
            found.append(match.span("number"))
    return found


def _is_written_as_name(utterance: Utterance, match: re.Match[str], word: str) -> bool:
    """ "Bar 1910", in the middle of a sentence."""
    start = match.end("before") - len(word)
    return start > 0 and utterance.raw[utterance.origin[start]].isupper()
