"""Masks card numbers and IBANs in any text before it is stored, logged or sent on (PCI DSS 4.0.1, 3.4.1: BIN + last four at most)."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(?<![\d.,])\d(?:[ \-]?\d){12,18}(?![\d])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")


def passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 check digit."""
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char)
        if index % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def is_iban(text: str) -> bool:
    """ISO 13616 check by ISO 7064 MOD 97-10."""
    compact = text.replace(" ", "")
    if not 15 <= len(compact) <= 34:
        return False
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def redact(text: str) -> str:
    """The text with every card number as `[card ...1234]` and every IBAN as `[IBAN ...1234]`; all else unchanged."""
    text = _IBAN.sub(_mask_iban, text)
    return _DIGITS.sub(_mask_card, text)


def _mask_iban(match: re.Match[str]) -> str:
    found = match.group()
    while found:  # a greedy match may have swallowed words that follow
        if is_iban(found):
            return f"[IBAN ...{found.replace(' ', '')[-4:]}]" + match.group()[len(found) :]
        found = found[:-1].rstrip()
    return match.group()


def _mask_card(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match.group())
    return f"[card ...{digits[-4:]}]" if passes_luhn(digits) else match.group()
