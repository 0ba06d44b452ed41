"""Dates as banks print them. A cell is read once into its parts; which part is the day is decided for the file as a whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from babel.dates import get_month_names

from kit.errors import FieldError, Invalid

FORMATS = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y", "ymd": "%Y-%m-%d"}
YEAR_MIN, YEAR_MAX = 1970, 2100
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "pl")
_TIME = r"(?:(?:T|,? +|,)(?:at |um |à )?\d{1,2}[:.h]\d{2}.*)?"
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,? +)?"
_YEAR_FIRST = re.compile(rf"{_WEEKDAY}(\d{{4}})[-/. ](\d{{1,2}})[-/. ](\d{{1,2}})\.?{_TIME}")
_COMPACT = re.compile(r"(\d{8})(?:[T ]?\d{4,6})?")
_NUMBERS = re.compile(rf"{_WEEKDAY}(\d{{1,2}})([-/. ]) ?(\d{{1,2}})\2 ?(\d{{4}}|\d{{2}}){_TIME}")
_DAY_NAME = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?:[-/ ,]| de )*([^\W\d_]{{3,12}})\.?(?:[-/ ,]| de )*(\d{{4}}|\d{{2}}){_TIME}"
)
_NAME_DAY = re.compile(rf"{_WEEKDAY}([^\W\d_]{{3,12}})\.?[-/ ]*(\d{{1,2}})(?:st|nd|rd|th)?[,]?[-/ ]+(\d{{4}}){_TIME}")


@dataclass(frozen=True, slots=True)
class Numbers:
    """A date whose order is not told by itself: three numbers as they stand."""

    first: int
    second: int
    third: int
    short_year: bool


@lru_cache(maxsize=50_000)
def read_date(cell: str) -> date | Numbers | None:
    """A cell as a date, as numbers whose order must be decided, or None when it is no date."""
    cell = cell.strip().lstrip("'")
    if not 6 <= len(cell) <= 48 or not any(char.isdigit() for char in cell):
        return None
    if found := _YEAR_FIRST.fullmatch(cell):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(cell):
        return _numbers(int(found[1]), int(found[3]), found[4], found[2])
    if found := _COMPACT.fullmatch(cell):
        digits = found[1]
        return _made(int(digits[:4]), int(digits[4:6]), int(digits[6:])) or _made(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    if found := _DAY_NAME.fullmatch(cell):
        return _made(_full_year(found[3]), _months().get(_plain(found[2]), 0), int(found[1]))
    if found := _NAME_DAY.fullmatch(cell):
        return _made(int(found[3]), _months().get(_plain(found[1]), 0), int(found[2]))
    return None


def _numbers(first: int, second: int, year: str, mark: str) -> date | Numbers | None:
    if mark == "." and 1 <= second <= 12 and 1 <= first <= 31:  # nobody prints month.day.year
        return _made(_full_year(year), second, first)
    numbers = Numbers(first, second, int(year), len(year) == 2)
    return numbers if any(resolve(numbers, order) for order in FORMATS) else None


@cache
def resolve(numbers: Numbers, order: str) -> date | None:
    """The date that the numbers mean in an order, or None when there is no such day."""
    if order == "ymd":
        return _made(2000 + numbers.first, numbers.second, numbers.third) if numbers.short_year else None
    day, month = (numbers.first, numbers.second) if order == "dmy" else (numbers.second, numbers.first)
    return _made(2000 + numbers.third if numbers.short_year else numbers.third, month, day)


def read_format(text: str) -> str:
    """The order that a format means: `%d/%m/%Y`, `DD.MM.YYYY`, `dmy`; names of months count as the month."""
    letters = re.sub(r"[^dmyb]", "", re.sub(r"[hH][^dDyY]*$|%[HMSfIpzZ]", "", text.replace("%B", "%b").replace("%Y", "y")).lower())
    order = "".join(dict.fromkeys(letters.replace("b", "m")))
    if order not in FORMATS:
        raise Invalid(
            "mapping_is_malformed",
            f"date_format {text!r} is not a date format; write it like %d/%m/%Y",
            [FieldError("/mapping/date_format", "not a date format")],
        )
    return order


def possible_orders(cells: Sequence[date | Numbers | None], today: date) -> list[str]:
    """The orders under which the undecided cells make days that exist and do not lie in the future; best first when all have faults."""
    undecided = {cell for cell in cells if isinstance(cell, Numbers)}
    faults = {order: sum(not _is_plausible(numbers, order, today) for numbers in undecided) for order in FORMATS}
    fewest = min(faults.values())
    return [order for order, count in faults.items() if count == fewest]


def _is_plausible(numbers: Numbers, order: str, today: date) -> bool:
    day = resolve(numbers, order)
    if day is None or (day - today).days > 7:
        return False
    return not numbers.short_year or today.year - day.year <= 10  # 26-01-13 is of 2026, not of 2013


def _made(year: int, month: int, day: int) -> date | None:
    if not YEAR_MIN <= year <= YEAR_MAX:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {"sept": 9, "maerz": 3, "mrz": 3, "aout": 8, "fevr": 2, "janv": 1, "juil": 7}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context=context, locale=language).items():
                    names.setdefault(_plain(name), number)
    return names


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if char.isalpha() and not unicodedata.combining(char))
