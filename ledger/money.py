"""Money: an integer of minor units and an ISO 4217 code. Decimal is used inside parsing and printing only, a float nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kit.errors import FieldError, Invalid

MAX_MINOR = 2**53 - 1  # what JSON numbers carry exactly


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ISO 4217 list one, amendment 178: national currencies in use, without funds, metals and testing codes.
_CODES = _words(
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE
    CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
    KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR
    PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
    TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"""
)
_WHOLE = _words("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF")
_THOUSANDTHS = _words("BHD IQD JOD KWD LYD OMR TND")
_NUMBER = {mark: re.compile(rf"([+-]?)(\d+)(?:{re.escape(mark)}(\d+))?", re.ASCII) for mark in ".,"}
_GROUPED = {
    mark: re.compile(rf"[+-]?\d{{1,3}}(?:(?P<group>[{groups}])\d{{3}})(?:(?P=group)\d{{3}})*(?:{re.escape(mark)}\d+)?", re.ASCII)
    for mark, groups in ((".", r",' ’"), (",", r".' ’"))
}
_SEPARATORS = {".": str.maketrans("", "", ",' ’"), ",": str.maketrans("", "", ".' ’")}
_LAKHS = re.compile(r"[+-]?\d{1,2}(?:,\d\d)*,\d{3}(?:\.\d+)?", re.ASCII)  # 12,34,567.00


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency. Sums of two currencies are a mistake of ours, not a conversion."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        assert type(self.amount_minor) is int
        assert abs(self.amount_minor) <= MAX_MINOR, self.amount_minor
        assert is_currency(self.currency), self.currency

    def __add__(self, other: Money) -> Money:
        assert self.currency == other.currency, (self.currency, other.currency)
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount_minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return self + -other

    def __str__(self) -> str:
        return f"{format_plain(self.amount_minor, self.currency)} {self.currency}"


def is_currency(code: str) -> bool:
    """Whether it is the code of a currency in use."""
    return code in _CODES


def minor_digits(currency: str) -> int:
    """Digits after the decimal mark by ISO 4217: EUR 2, JPY 0, KWD 3. Raises Invalid for a code that is none."""
    if currency not in _CODES:
        raise Invalid("currency_is_unknown", f"{currency!r} is not an ISO 4217 currency", [FieldError("/currency", "unknown")])
    return 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2


def parse_amount(text: str, decimal: str, currency: str) -> int:
    """The minor units of a plain or grouped number ("-1.234,56" with decimal ","). Strict: raises Invalid for anything else."""
    digits = minor_digits(currency)
    found = _NUMBER[decimal].fullmatch(text)
    if found is None and (_GROUPED[decimal].fullmatch(text) or (decimal == "." and _LAKHS.fullmatch(text))):
        found = _NUMBER[decimal].fullmatch(text.translate(_SEPARATORS[decimal]))
    if found is None:
        raise _malformed(f"{text!r} is not a number")
    sign, whole, fraction = found[1], found[2], found[3] or ""
    if fraction[digits:].strip("0"):
        raise _malformed(f"{text!r} has more than {digits} decimals")
    if len(whole.lstrip("0")) > 16:
        raise _malformed(f"{text!r} is too large")
    minor = int(whole + fraction[:digits].ljust(digits, "0"))
    if minor > MAX_MINOR:
        raise _malformed(f"{text!r} is too large")
    return -minor if sign == "-" else minor


def _malformed(reason: str) -> Invalid:
    return Invalid("amount_is_malformed", reason)


def format_plain(amount_minor: int, currency: str) -> str:
    """ "-1234.56": no grouping, always a point, as many decimals as the currency has. The inverse of `parse_amount(_, ".", _)`."""
    return f"{Decimal(amount_minor).scaleb(-minor_digits(currency)):f}"
