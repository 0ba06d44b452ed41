"""The exchange rates that sums are made with. Read only: the operator loads them with `steward rates load`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import fastapi
from fastapi import APIRouter, Request
from pydantic import Field

from kit.clock import today
from ledger.fx import published_rates
from web.api.shapes import Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/exchange-rates", tags=["currencies"])


class OfDay(Shape):
    on: date | None = Field(default=None, description="The day; today when none is given.")


class ExchangeRate(Shape):
    """What one euro was worth on `rate_on`, the last day with a rate by the day asked for. `rate` is a decimal number."""

    currency: str
    rate: str = Field(examples=["1.0834"])
    rate_on: date
    source: str = Field(description="ecb, or sample for numbers of our own.")


class ExchangeRates(Shape):
    base: str
    on: date
    data: list[ExchangeRate]


@router.get("", name="list_exchange_rates", responses=problems(400, 401))
async def get_rates(request: Request, principal: SignedIn, day: Annotated[OfDay, fastapi.Query()]) -> ExchangeRates:
    """Every currency's last rate against the euro on or before a day."""
    on = day.on or today(request.app.state.clock, principal.timezone)
    async with request.app.state.db.read(principal) as connection:
        known = await published_rates(connection, None, on)
    rates = [
        ExchangeRate(currency=rate.currency, rate=f"{rate.per_euro:f}", rate_on=rate.on, source=known.sources[rate.currency])
        for rate in known.listed
    ]
    return ExchangeRates(base="EUR", on=on, data=rates)
