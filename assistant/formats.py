"""Values as people read them: "€84.20", "12 payments", "12 May 2026", "23 %". Integers and Decimals only; locale data from CLDR."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_symbol

from tools.currency import minor_digits


def money(minor: int, currency: str, locale: str, *, signed: bool = False) -> str:
    """As "€1,234.50" or "-CHF 20.00"; `signed` puts a plus before gains."""
    digits = minor_digits(currency)
    amount = format_decimal(abs(Decimal(minor).scaleb(-digits)), format="#,##0" + ("." + "0" * digits if digits else ""), locale=locale)
    symbol = get_currency_symbol(currency, locale=locale)
    sign = "-" if minor < 0 else "+" if signed and minor > 0 else ""
    return f"{sign}{symbol}{' ' if symbol[-1].isalpha() else ''}{amount}"


def count(number: int, locale: str, forms: tuple[str, ...] = ()) -> str:
    """As "1,204", or with the noun's CLDR plural forms: "1 payment", "12 payments"."""
    text = format_decimal(number, locale=locale)
    if not forms:
        return text
    category = Locale.parse(locale).plural_form(abs(number))
    return f"{text} {forms[0] if category == 'one' else forms[-1]}"


def day(value: date, locale: str) -> str:
    return format_date(value, "d MMMM y", locale=locale)


def ratio(value: float, locale: str, *, signed: bool = False) -> str:
    """Whole percent from ten on, two significant digits below; nearly all has a decimal."""
    percent = Decimal(repr(value)) * 100
    size = abs(percent)
    if 0 < size < 1:
        places = Decimal(1).scaleb(size.adjusted() - 1)
    elif size < 10 or (Decimal("99.5") <= size < 100):
        places = Decimal("0.1")
    else:
        places = Decimal(1)
    rounded = percent.quantize(places, ROUND_HALF_UP)
    sign = "+" if signed and value > 0 else ""
    return f"{sign}{format_decimal(rounded or Decimal(0), format='#,##0.########', locale=locale)} %"
