"""Numbers as people write and say them: "12", "twelve", "a couple of", "1,200.50", "1.2k"."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: number for number, word in enumerate(_UNITS)} | {word: 10 * (at + 2) for at, word in enumerate(_TENS)}
_LOOSE = {
    "a couple of": 2, "a couple": 2, "couple of": 2, "couple": 2, "a few": 3, "few": 3, "several": 3, "a dozen": 12, "dozen": 12,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "k": 1000, "million": 1_000_000, "m": 1_000_000, "mio": 1_000_000}

SMALL = "|".join([*_LOOSE, rf"(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS[1:10])}))?", *reversed(_UNITS[1:]), r"\d{1,3}"])
_DIGITS = r"\d{1,3}(?:[ ,.]\d{3})+(?:[.,]\d{1,3})?(?!\d)|\d+(?:[.,]\d{1,3})?(?!\d)"
_ONES, _ALL = "|".join(_UNITS[1:10]), "|".join([*_TENS, *reversed(_UNITS[1:])])
_COUNTED = rf"(?:{'|'.join(_TENS)})[ -](?:{_ONES})"
_SPOKEN = rf"(?:(?:{_ALL}|a|half a)(?:[ -](?:{_ONES}))? )?(?:hundred|thousand|grand|million)"
_REST = rf"(?: and (?:{_COUNTED}|{_ALL}))?"
AMOUNT = rf"(?:(?:{_DIGITS})(?: ?(?:k|m|mio|thousand|hundred|grand|million)\b)?|\b(?:{_SPOKEN}{_REST}|{_COUNTED}|{_ALL})\b)"


def small(text: str) -> int:
    """A count: "7", "seven", "twenty-four", "a few"."""
    text = text.strip()
    if text.isdigit():
        return int(text)
    if text in _LOOSE:
        return _LOOSE[text]
    return sum(_WORDS.get(word, 0) for word in re.split(r"[ -]", text))


def amount(text: str) -> Decimal | None:
    """The number that an amount's text stands for; None where it stands for none."""
    if " and " in text:
        parts = [amount(part) for part in text.split(" and ")]
        return None if None in parts else sum((part for part in parts if part is not None), Decimal(0))
    match = re.fullmatch(r"(?P<number>.*?) ?(?P<scale>hundred|thousand|grand|million|mio|k|m)?", text.strip())
    assert match is not None
    number, scale = match["number"].strip(), Decimal(_SCALES.get(match["scale"] or "", 1))
    if number in ("", "a"):
        return scale if match["scale"] else None
    if number == "half a":
        return scale / 2
    if not number[0].isdigit():
        return Decimal(small(number)) * scale
    try:
        return Decimal(_plain_digits(number)) * scale
    except InvalidOperation:
        return None


def _plain_digits(number: str) -> str:
    """Without separators of thousands: a separator followed by exactly three digits, or by another separator, is one of those."""
    number = number.replace(" ", "")
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return number
    whole, part = re.sub(r"[.,]", "", number[:last]), number[last + 1 :]
    separators = set(re.findall(r"[.,]", number))
    if len(separators) == 1 and (len(part) == 3 or len(re.findall(r"[.,]", number)) > 1) and whole != "0":
        return whole + part
    return f"{whole}.{part}"
