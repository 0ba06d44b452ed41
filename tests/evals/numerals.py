"""Numbers and days as they stand in a text: reading them, and finding those that nothing accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "(?P<{0}>" + "|".join(f"{name}|{name[:3]}" for name in MONTHS) + r"|sept)\b\.?"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<{0}>(?:19|20)\d\d))?"
_UP_TO = r"\s*(?:to|until|and|through|till|[-–—])\s*"
NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d[\d.,'’\u00a0\u202f\u2009]*\d|\d")
MASK = "\u0000"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b",
        r"\b(?P<d>\d\d?)[./](?P<m>\d\d?)[./](?P<y>20\d\d)\b",
        r"\b" + _DAY.format("d0") + _UP_TO + _DAY.format("d") + r"\s+(?:of\s+)?" + _MONTH.format("m") + _YEAR.format("y"),
        r"\b" + _DAY.format("d") + r"\s+(?:of\s+)?" + _MONTH.format("m") + _YEAR.format("y"),
        r"\b" + _MONTH.format("m") + r"\s+" + _DAY.format("d0") + _UP_TO + _DAY.format("d") + r"(?!\d)" + _YEAR.format("y"),
        r"\b" + _MONTH.format("m") + r"\s+" + _DAY.format("d") + r"(?!\d)" + _YEAR.format("y"),
        r"\b" + _MONTH.format("m") + r"\s+(?P<y>20\d\d)\b",
        r"\bQ(?P<q>[1-4])(?:\s+(?P<y>20\d\d))?\b",
        r"(?<![\d.,])(?P<y>20\d\d)(?![\d.,]*\d)",
    )
)


@dataclass(frozen=True)
class DayPhrase:
    """A day, month, quarter or year that a text speaks of; what it leaves open is None."""

    start: int
    end: int
    days: tuple[int, ...]
    month: int | None
    year: int | None
    quarter: int | None = None

    def fits(self, days: Iterable[date]) -> bool:
        """Every part that is said belongs to one of the days."""
        held = [day for day in days if self._agrees(day)]
        return bool(held) if not self.days else all(any(day.day == number for day in self._near(days)) for number in self.days)

    def _agrees(self, day: date) -> bool:
        return self.month in (None, day.month) and self.year in (None, day.year) and self.quarter in (None, (day.month + 2) // 3)

    def _near(self, days: Iterable[date]) -> list[date]:
        return [day for day in days if self._agrees(day)]


def day_phrases(text: str) -> list[DayPhrase]:
    """Left to right; of overlapping readings the fullest."""
    found: list[DayPhrase] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(_phrase(match))
    return sorted(found, key=lambda phrase: phrase.start)


def _phrase(match: re.Match[str]) -> DayPhrase:
    parts = {key: value for key, value in match.groupdict().items() if value}
    month = parts.get("m", "")
    number = (
        int(month)
        if month.isdigit()
        else next((n for n, name in enumerate(MONTHS, 1) if month and name.startswith(month.lower()[:3])), None)
    )
    days = tuple(int(parts[key]) for key in ("d0", "d") if key in parts)
    return DayPhrase(*match.span(), days, number, _whole(parts, "y"), _whole(parts, "q"))


def _whole(parts: dict[str, str], key: str) -> int | None:
    return int(parts[key]) if key in parts else None


def amount(text: str) -> Decimal | None:
    """The first number of a text, without its sign; None if there is none."""
    match = NUMBER.search(text)
    if match is None:
        return None
    digits = re.sub(r"['’\s\u00a0\u202f\u2009]", "", match[0])
    last = max(digits.rfind("."), digits.rfind(","))
    both = "." in digits and "," in digits
    if last >= 0 and (both or len(digits) - last - 1 != 3):
        return Decimal(re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :])
    return Decimal(re.sub(r"[.,]", "", digits))


def shown_digits(text: str) -> int:
    """Decimals that the first number is written with."""
    read = amount(text)
    exponent = read.as_tuple().exponent if read is not None else 0
    return -exponent if isinstance(exponent, int) else 0


def masked(text: str, phrases: Iterable[str]) -> str:
    """The text with each phrase blanked out wherever it stands free: "12" never blanks a part of "112" or "12.50"."""
    for phrase in sorted({phrase for phrase in phrases if re.search(r"\d", phrase)}, key=len, reverse=True):
        before = r"(?<!\d)(?<!\d[.,'’])" if phrase[0].isdigit() else ""
        after = r"(?!\d)(?![.,'’]\d)" if phrase[-1].isdigit() else ""
        text = re.sub(before + re.escape(phrase) + after, lambda match: MASK * len(match[0]), text, flags=re.IGNORECASE)
    return text


def masked_days(text: str, days: Iterable[date]) -> str:
    """The text without the phrases that speak of these days."""
    held = list(days)
    for phrase in day_phrases(text):
        if phrase.fits(held):
            text = text[: phrase.start] + MASK * (phrase.end - phrase.start) + text[phrase.end :]
    return text


def left_over(text: str) -> list[str]:
    """Numbers that are still there; the numbering of a list is none."""
    unnumbered = re.sub(r"(?m)^\s*\d{1,2}[.)]\s", "", text)
    return [match[0] for match in NUMBER.finditer(unnumbered)]
