"""Sample exchange rates for the demo: numbers of our own, in the European Central Bank's format, the same on every machine.

Each currency walks around a level by small steps drawn from the day itself, so that a day's rate does not change as the years move on.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

# One euro in each currency, roughly: a level to walk around, not a market's.
LEVELS = {
    "USD": "1.12", "JPY": "163", "BGN": "1.96", "CZK": "24.8", "DKK": "7.46", "GBP": "0.85", "HUF": "398", "PLN": "4.27", "RON": "5.02",
    "SEK": "11.2", "CHF": "0.95", "ISK": "145", "NOK": "11.7", "TRY": "42", "AUD": "1.73", "BRL": "6.3", "CAD": "1.55", "CNY": "8.1",
    "HKD": "8.75", "IDR": "18300", "ILS": "4.05", "INR": "96", "KRW": "1590", "MXN": "21.3", "MYR": "4.85", "NZD": "1.9", "PHP": "64",
    "SGD": "1.48", "THB": "37.5", "ZAR": "20.4",
}  # fmt: skip
PEGGED = frozenset({"BGN", "DKK"})
_WAVES = ((401, 17), (97, 8), (23, 4), (1, 2))  # days of each wave, and its size in thousandths


def sample_csv(first: date, last: date) -> bytes:
    """The rates of every working day, newest first, as `eurofxref-hist.csv` has them."""
    lines = ["Date," + ",".join(LEVELS) + ","]
    day = last
    while day >= first:
        if day.weekday() < 5:
            lines.append(f"{day.isoformat()}," + ",".join(str(_rate(currency, day)) for currency in LEVELS) + ",")
        day -= timedelta(days=1)
    return ("\n".join(lines) + "\n").encode()


def _rate(currency: str, day: date) -> Decimal:
    """The level with waves on it. Five significant digits."""
    level, parts = Decimal(LEVELS[currency]), Decimal(0)
    for length, thousandths in () if currency in PEGGED else _WAVES:
        at, within = divmod(day.toordinal(), length)
        before, after = _step(currency, length, at), _step(currency, length, at + 1)
        parts += (before * (length - within) + after * within) / length * thousandths / 1000
    rate = level * (1 + parts)
    return rate.quantize(Decimal(1).scaleb(rate.adjusted() - 4))


@cache
def _step(currency: str, length: int, at: int) -> Decimal:
    """From -1 to 1, drawn from what it stands for."""
    drawn = hashlib.sha256(f"steward sample rate {currency} {length} {at}".encode()).digest()[:2]
    return Decimal(int.from_bytes(drawn) - 32768) / 32768
