"""Amounts as banks print them: 1,234.56 / 1.234,56 / 1'234.56 / (12.34) / 12.34- / 12.34 CR / € -12 / 12,00 EUR.

A cell is read once into mark, digits and unit; which mark is the decimal one is decided for the file as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_UNIFY = str.maketrans(
    {"−": "-", "–": "-", "‒": "-", "—": "-", "﹣": "-", "-": "-", "＋": "+", "’": "'", "`": "'", "´": "'"}
    | dict.fromkeys("\xa0\u202f\u2009\u2007\t", " ")
)
_UNIT = r"[A-Z]{3}|(?:US|CA|AU|NZ|HK|S|C|A|R)?\$|[€£¥₣₹₺₽₩₪฿₫₱₴₦]|[Ff]r\.?|kr\.?|z[łl]|Kč|Ft|lei|лв\.?"
_CELL = re.compile(
    rf"(?P<open>\()? ?(?P<sign>[+-])? ?(?P<unit>{_UNIT})? ?(?P<late_sign>[+-])? ?"
    rf"(?P<digits>\d[\d.,']*(?: \d{{3}}(?!\d)[\d.,]*)*|[.,]\d+)"
    rf" ?(?P<tail_first>[+-])? ?(?P<tail_unit>{_UNIT})? ?(?P<tail>[+-]|\(?(?:CR|DR|Cr|Dr|cr|dr|C|D|S|H)\)?)? ?(?P<close>\))?"
)
_PLAIN = re.compile(r"-?\d+(?:[.,]\d\d?)?", re.ASCII)
_ALONE = {"C": "CR", "D": "DR", "H": "CR", "S": "DR", "CR": "CR", "DR": "DR", "+": "+", "-": "-"}
_CURRENCIES_OF = (
    "€:EUR|£:GBP,EGP,GIP,FKP,SHP|¥:JPY,CNY|₹:INR|₺:TRY|₽:RUB|₩:KRW|₪:ILS|฿:THB|₫:VND|₱:PHP|₴:UAH|₦:NGN|₣:CHF|fr:CHF|kr:SEK,NOK,DKK,ISK|"
    "zł:PLN|zl:PLN|kč:CZK|ft:HUF|lei:RON,MDL|лв:BGN|us$:USD|ca$:CAD|c$:CAD|au$:AUD|a$:AUD|nz$:NZD|hk$:HKD|s$:SGD|r$:BRL|"
    "$:USD,CAD,AUD,NZD,HKD,SGD,TWD,MXN,ARS,CLP,COP,UYU,DOP,BBD,BSD,BZD,FJD,JMD,NAD,TTD,XCD,BMD,KYD,GYD,SRD,LRD,BND"
)
_SYMBOLS = dict(pair.split(":") for pair in _CURRENCIES_OF.split("|"))


@dataclass(frozen=True, slots=True)
class Number:
    """`mark` is "", "+", "-", or CR and DR, which tell the direction whatever the file's signs mean. `unit` as printed, or ""."""

    mark: str
    digits: str
    unit: str


@lru_cache(maxsize=100_000)
def read_number(cell: str) -> Number | None:
    """A cell as a number, or None when it is none."""
    if _PLAIN.fullmatch(cell):
        return Number("-", cell[1:], "") if cell[0] == "-" else Number("", cell, "")
    if len(cell) > 48:
        return None
    found = _CELL.fullmatch(cell.translate(_UNIFY).strip().lstrip("'"))
    if found is None or not any(char.isdigit() for char in found["digits"]):
        return None
    marks = [mark for name in ("sign", "late_sign", "tail_first", "tail") if (mark := found[name])]
    if bool(found["open"]) != bool(found["close"]) or len(marks) > 1 or (found["unit"] and found["tail_unit"]):
        return None
    mark = _ALONE[marks[0].strip("()").upper()] if marks else ""
    if found["open"]:
        mark = "-" if mark in ("", "-") else mark
    digits = found["digits"].rstrip(".,'")
    if found["digits"][-1] in ".," and found["tail"] == "-":  # "12.-" is twelve francs, not minus twelve
        mark = ""
    return Number(mark, "0" + digits if digits[0] in ".," else digits, found["unit"] or found["tail_unit"] or "")


def unit_fits(unit: str, currency: str) -> bool:
    """Whether a printed unit may mean the currency. A bare $ may be any dollar or peso; an unknown sign anything."""
    if not unit or unit == currency:
        return True
    known = _SYMBOLS.get(unit.lower().rstrip("."))
    return currency in known.split(",") if known else not unit.isalpha()


def decimal_marks(digits: Iterable[str], minor_digits: int) -> tuple[int, int, bool]:
    """How many of the numbers prove a decimal point, how many a decimal comma, and whether any could be either."""
    points = commas = 0
    unclear = False
    for each in digits:
        mark = _decimal_mark(each, minor_digits)
        if mark == ".":
            points += 1
        elif mark == ",":
            commas += 1
        elif mark == "?":
            unclear = True
    return points, commas, unclear


def _decimal_mark(digits: str, minor_digits: int) -> str:
    """The mark that the number proves to be decimal, "?" when it may be a group's, "" when there is none."""
    point, comma = digits.rfind("."), digits.rfind(",")
    if point < 0 and comma < 0:
        return ""
    if point >= 0 and comma >= 0:
        return "." if point > comma else ","
    mark, other, at = (".", ",", point) if point >= 0 else (",", ".", comma)
    if digits.count(mark) > 1:
        return other
    whole = digits[:at]
    if len(digits) - at - 1 != 3 or len(whole) > 3 or whole.startswith("0") or not whole.isdigit():
        return mark
    return other if minor_digits == 0 else "?"
