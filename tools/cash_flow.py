"""Cash flow to pay day: what is at hand, what is known to come and go, and what usual spending leaves of it, said to be a forecast."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from kit.ids import show
from risk.behaviour.outlook import Expected, expected, running
from risk.behaviour.usual import Usual, usual_spending
from tools.at_hand import BAND_RATIO, Horizon, Seen, horizon, seen_today
from tools.context import ToolContext
from tools.query.model import Model, UsedRate


class CashFlowArguments(Model):
    """How far to look: to the day before the next pay (without a known pay, to the month's end), to the month's end, or to a day."""

    until: Literal["payday", "month_end"] | date = "payday"


class CashFlowRow(Model):
    """One expected movement; `amount_minor` is signed, `balance_minor` what is then at hand, None where that is not known."""

    on: date
    due_on: date
    label: str
    kind: str
    amount_minor: int
    balance_minor: int | None
    recurring_id: str | None


class CashFlow(Model):
    """`expected_minor` is the balance with known income and without known bills; `forecast_*` takes usual spending off too.

    The first row is today's balance; accounts whose balance nobody has told are left out of it and named. `lowest_*` is the lowest point.
    """

    currency: str
    balance_minor: int | None
    savings_minor: int | None
    unknown_accounts: tuple[str, ...]
    from_on: date
    until_on: date
    days_count: int
    to_payday: bool
    next_income_on: date | None
    next_income_minor: int | None
    next_income_from: str | None
    income_total_minor: int
    bills_total_minor: int
    income_count: int
    bills_count: int
    expected_minor: int | None
    lowest_minor: int | None
    lowest_on: date | None
    usual_spending_minor: int | None
    usual_low_minor: int | None
    usual_high_minor: int | None
    band_ratio: float
    forecast_minor: int | None
    forecast_low_minor: int | None
    forecast_high_minor: int | None
    rows: tuple[CashFlowRow, ...]
    rates: tuple[UsedRate, ...]  # of what is converted, at the latest rate
    notes: tuple[str, ...]  # codes: converted:<currency>:<day of the rate>, rate_missing:<currency>


async def look_ahead(context: ToolContext, arguments: CashFlowArguments) -> CashFlow:
    today = context.today
    async with context.db.read(context.principal) as connection:
        seen = await seen_today(connection, context)
    end = horizon(seen.recurring, context, arguments.until)
    events = expected(seen.recurring, today, end.until_on)
    days = (end.until_on - today).days + 1
    usual = usual_spending(seen.payments, seen.recurring, seen.hand.accounts, today, days)
    return _told(context, seen, end, events, usual)


def _told(context: ToolContext, seen: Seen, end: Horizon, events: list[Expected], usual: Usual | None) -> CashFlow:
    today, hand, balance = context.today, seen.hand, seen.hand.balance_minor
    then = running(balance or 0, events)
    income = sum(event.amount_minor for event in events if event.amount_minor > 0)
    bills = -sum(event.amount_minor for event in events if event.amount_minor < 0)
    left = None if balance is None else balance + income - bills
    lowest = None if balance is None else min([(balance, today), *((after, event.on) for after, event in zip(then, events, strict=True))])
    return CashFlow(
        currency=context.principal.currency,
        balance_minor=balance,
        savings_minor=hand.savings_minor,
        unknown_accounts=hand.unknown,
        from_on=today,
        until_on=end.until_on,
        days_count=(end.until_on - today).days + 1,
        to_payday=end.income_on is not None and end.until_on == end.income_on - timedelta(days=1),
        next_income_on=end.income_on,
        next_income_minor=None if end.income is None else end.income.amount_minor,
        next_income_from=None if end.income is None else end.income.merchant,
        income_total_minor=income,
        bills_total_minor=bills,
        income_count=sum(event.amount_minor > 0 for event in events),
        bills_count=sum(event.amount_minor < 0 for event in events),
        expected_minor=left,
        lowest_minor=None if lowest is None else lowest[0],
        lowest_on=None if lowest is None else lowest[1],
        usual_spending_minor=None if usual is None else usual.middle_minor,
        usual_low_minor=None if usual is None else usual.low_minor,
        usual_high_minor=None if usual is None else usual.high_minor,
        band_ratio=BAND_RATIO,
        forecast_minor=_less(left, None if usual is None else usual.middle_minor),
        forecast_low_minor=_less(left, None if usual is None else usual.high_minor),
        forecast_high_minor=_less(left, None if usual is None else usual.low_minor),
        rates=seen.worth.rates_used,
        notes=seen.worth.notes,
        rows=(
            CashFlowRow(
                on=today, due_on=today, label="Today", kind="balance", amount_minor=0, balance_minor=balance, recurring_id=None
            ),
            *(_row(event, None if balance is None else after) for event, after in zip(events, then, strict=True)),
        ),
    )  # fmt: skip


def _less(left: int | None, spent: int | None) -> int | None:
    return None if left is None or spent is None else left - spent


def _row(event: Expected, balance_minor: int | None) -> CashFlowRow:
    one = event.recurring
    return CashFlowRow(
        on=event.on,
        due_on=one.next_on if one.next_on is not None and one.next_on < event.on else event.on,
        label=one.merchant,
        kind=one.kind,
        amount_minor=event.amount_minor,
        balance_minor=balance_minor,
        recurring_id=show("rec", one.id),
    )
