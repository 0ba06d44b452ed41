"""The exchange look-up: an amount in another currency, with the rate and its day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from kit.errors import FieldError, Invalid, NotFound
from ledger.conversion import cross_rate
from ledger.fx import published_rates
from ledger.money import is_currency
from tools.context import ToolContext
from tools.query.model import MAX_MINOR, Model

Currency = Annotated[str, Field(pattern="^[A-Z]{3}$")]


class ExchangeArguments(Model):
    """An amount of one currency, to be told in another at the last rate on or before a day (today when none is given)."""

    amount_minor: Annotated[int, Field(ge=-MAX_MINOR, le=MAX_MINOR)]
    from_currency: Currency
    to_currency: Currency
    on: date | None = None


class Exchange(Model):
    """`amount_minor` is in `from_currency`, `converted_minor` in `currency`. `rate`: one unit of the first in the second, for reading.

    `rate_on` and `source` say where it comes from; both are None where nothing had to be converted.
    """

    amount_minor: int
    from_currency: str
    currency: str
    converted_minor: int
    rate: str
    rate_on: date | None
    source: str | None


async def look_up_exchange(context: ToolContext, arguments: ExchangeArguments) -> Exchange:
    """Raises Invalid for what is no currency or a day to come, NotFound where no rate is known."""
    given, wanted = arguments.from_currency, arguments.to_currency
    for field, code in (("/from_currency", given), ("/to_currency", wanted)):
        if not is_currency(code):
            raise Invalid("currency_is_unknown", f"{code!r} is not a currency in use (ISO 4217)", [FieldError(field, "unknown")])
    day = arguments.on or context.today
    if day > context.today:
        raise Invalid("day_is_to_come", "there is no rate for a day to come", [FieldError("/on", "in the future")])
    async with context.db.read(context.principal) as connection:
        known = await published_rates(connection, {given, wanted}, day)
    converted = known.rates.convert(arguments.amount_minor, given, wanted, day)
    a, b = known.rates.at(given, day), known.rates.at(wanted, day)
    if converted is None or a is None or b is None:
        missing = given if a is None else wanted
        raise NotFound("rate_is_unknown", f"I know no exchange rate for {missing} on or before {day.isoformat()}")
    return Exchange(
        amount_minor=arguments.amount_minor, from_currency=given, currency=wanted, converted_minor=converted.amount_minor,
        rate=f"{cross_rate(a, b):f}", rate_on=converted.rate_on, source=known.source(given, wanted) if converted.rate_on else None,
    )  # fmt: skip
