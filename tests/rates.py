"""Exchange rates for tests: few, round, and on known days. May 2026 has one on the 4th (a Monday), the 8th (a Friday) and the 29th."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kit.db import Database
from ledger.conversion import Rate
from ledger.fx import store_rates

BY_DAY = {
    "2026-04-30": {"USD": "1.10", "GBP": "0.80", "JPY": "160"},
    "2026-05-04": {"USD": "1.25", "GBP": "0.80"},
    "2026-05-08": {"USD": "1.20", "GBP": "0.85"},
    "2026-05-29": {"USD": "1.20", "GBP": "0.90"},
    "2026-06-12": {"USD": "1.00", "GBP": "0.80", "JPY": "150"},
}
RATES = [Rate(code, date.fromisoformat(day), Decimal(rate)) for day, rates in BY_DAY.items() for code, rate in rates.items()]


async def load_rates_of_tests(database: Database) -> None:
    async with database.write("worker", None) as connection:
        await store_rates(connection, RATES, "ecb")
