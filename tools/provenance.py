"""Where a proposal's value came from: the person's own words to the letter, their accounts, a usual choice, or the assistant's reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tools.currency import minor_digits

USUAL = "from the usual choice: you did not say"
READING = "from the assistant's reading of what you said"
ACCOUNTS = "from your accounts, by the assistant's reading of what you said"
_NUMBER = re.compile(r"\d(?:[\d.,' ]*\d)?")


def provenance_of(arguments: dict[str, Any], stated: frozenset[str], said: Sequence[str]) -> dict[str, str]:
    """Of each argument, in words. `stated`: those that were given and not left to a default."""
    currency = str(arguments.get("currency", ""))
    return {key: USUAL if key not in stated else _origin(key, value, currency, said) for key, value in arguments.items()}


def _origin(key: str, value: Any, currency: str, said: Sequence[str]) -> str:
    name = value.get("name") if isinstance(value, dict) else value
    if key.endswith("_minor") and isinstance(name, int):
        found = next((words for text in said for words in _NUMBER.findall(text) if _minor(words, currency) == name), None)
    elif isinstance(name, str) and name:
        found = next((text[at : at + len(name)] for text in said if (at := text.casefold().find(name.casefold())) >= 0), None)
    else:
        found = None
    if found is not None:
        return f"from your words “{found}”"
    return ACCOUNTS if isinstance(value, dict) and "id" in value else READING


def _minor(words: str, currency: str) -> int:
    """An amount as written, "1,250.50" or "1.250,50" or "50", in minor units."""
    digits = minor_digits(currency)
    plain = re.sub(r"\D", "", words)
    has_minor = digits > 0 and re.search(rf"[.,]\d{{{digits}}}$", words) is not None
    return int(plain) if has_minor else int(plain) * 10**digits
