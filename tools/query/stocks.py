"""Balances and net worth, now or at the end of a past day, by account or along time (docs/definitions.md, Stocks).

One currency is summed as it is; several are summed in the home currency at the last rate on or before the day (docs/currencies.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kit.db import Connection
from kit.ids import show
from ledger.balances import Balance, balances, balances_on
from ledger.conversion import Rates
from ledger.fx import load_rates
from tools.query.calendar import TIMES, label_of, units
from tools.query.conditions import account_id
from tools.query.model import Comparison, Dimension, Measure, Order, Period, Query, Result, Row, Subject
from tools.worth import Worth

EVERYDAY = ("checking", "savings", "cash", "card")
MAX_ROWS = 800


async def run_stock(connection: Connection, home: str, query: Query, first_on: date | None, last_on: date | None, today: date) -> Result:
    """A balance with a row for each account, or for each unit of time when grouped by one."""
    on = _day(query.period, today)
    chosen = _chosen(await balances(connection, None if on >= today else on), query, query.include)
    other_on, other = await _other(connection, query, chosen, today)
    found = {b.currency for b in (*chosen, *other)}
    currency = next(iter(found)) if len(found) == 1 else home
    start = min(on, other_on, first_on or on)
    worth = Worth(home, await load_rates(connection, found | {home}, start, today) if found - {home} else Rates())
    owed = bool(chosen) and all(b.kind == "card" for b in chosen)
    total = worth.total(_amounts(chosen), currency, on)
    amount = -total if owed and total is not None else total
    result = Result(
        measure=query.measure, statistic=query.statistic, currency=currency, period=query.period, first_on=first_on, last_on=last_on,
        amount_minor=amount, converted=worth.beside(amount, currency, on), owed=owed, count=len(chosen),
        group_by=query.group_by, rows=_account_rows(query, chosen, worth, on), groups_count=len(chosen),
    )  # fmt: skip
    unknown = [b.name for b in chosen if b.amount_minor is None]
    notes = [f"balance_unknown:{name}" for name in unknown]
    if query.group_by in TIMES and first_on is not None:
        rows, late = await _along_time(connection, query, query.group_by, first_on, today, worth, result)
        notes += [f"unknown_before:{name}" for name in late if name not in unknown]
        result = result.model_copy(update={"rows": rows, "groups_count": len(rows)})
    if query.compare_period is not None or query.compare_include is not None:
        comparison = _comparison(query, result, other, worth.total(_amounts(other), currency, other_on))
        result = result.model_copy(update={"comparison": comparison})
    return result.model_copy(update={"notes": (*notes, *worth.notes), "rates": worth.rates_used})


def _amounts(chosen: Sequence[Balance]) -> list[tuple[int | None, str]]:
    return [(b.amount_minor, b.currency) for b in chosen]


def _day(period: Period | None, today: date) -> date:
    return today if period is None else min(period.end_on, today)


def _chosen(found: Sequence[Balance], query: Query, subject: Subject) -> list[Balance]:
    ids, kinds = {account_id(text) for text in subject.accounts}, {str(kind) for kind in subject.account_kinds}
    out_ids, out_kinds = {account_id(text) for text in query.exclude.accounts}, {str(kind) for kind in query.exclude.account_kinds}
    if not ids and not kinds:
        kinds = set(EVERYDAY) if query.measure is Measure.BALANCE else {"checking", "savings", "cash", "card", "brokerage"}
    return [
        b
        for b in found
        if (not ids or b.account_id in ids) and (not kinds or b.kind in kinds) and b.account_id not in out_ids and b.kind not in out_kinds
    ]


async def _other(connection: Connection, query: Query, chosen: Sequence[Balance], today: date) -> tuple[date, Sequence[Balance]]:
    """The day and the balances that the query compares with, if it does."""
    on = _day(query.compare_period or query.period, today)
    if query.compare_period is None and query.compare_include is None:
        return on, ()
    subject = query.compare_include if query.compare_include is not None else query.include
    return on, _chosen(await balances(connection, None if on >= today else on), query, subject)


def _account_rows(query: Query, chosen: Sequence[Balance], worth: Worth, on: date) -> tuple[Row, ...]:
    rows = []
    for b in chosen:
        owed = b.kind == "card"
        amount = -b.amount_minor if owed and b.amount_minor is not None else b.amount_minor
        converted = worth.beside(amount, b.currency, on)
        key = show("acc", b.account_id)
        rows.append(Row(key=key, label=b.name, currency=b.currency, amount_minor=amount, converted=converted, count=1, owed=owed))
    if query.order is not Order.NATURAL:
        sign = 1 if query.order is Order.ASCENDING else -1
        rows.sort(key=lambda row: sign * _size(row, worth.home))
    return tuple(rows[: query.limit])


def _size(row: Row, home: str) -> int:
    """What a row is worth at home: a debt is less than nothing, and what cannot be converted is nothing."""
    at_home = row.converted.amount_minor if row.converted else row.amount_minor if row.currency == home else 0
    return (-1 if row.owed else 1) * (at_home or 0)


async def _along_time(
    connection: Connection, query: Query, dimension: Dimension, first_on: date, today: date, worth: Worth, result: Result
) -> tuple[tuple[Row, ...], list[str]]:
    """A row for each unit, and the accounts that are unknown in some of them."""
    start, end = (query.period.start_on, query.period.end_on) if query.period else (first_on, today)
    spans = units(dimension, max(start, first_on), min(end, today))[-MAX_ROWS:]
    days = [min(last, today) for _, last in spans]
    rows: list[Row] = []
    late: dict[str, None] = {}
    for (first, _), day, found in zip(spans, days, await balances_on(connection, days), strict=True):
        chosen = _chosen(found, query, query.include)
        late |= dict.fromkeys(b.name for b in chosen if b.amount_minor is None)
        total = worth.total(_amounts(chosen), result.currency, day)
        amount = -total if result.owed and total is not None else total
        label, currency = label_of(dimension, first), result.currency
        row = Row(key=first.isoformat(), label=label, currency=currency, amount_minor=amount, count=1, owed=result.owed)
        rows.append(row.model_copy(update={"start_on": first, "end_on": day}))
    return tuple(rows), list(late)


def _comparison(query: Query, result: Result, chosen: Sequence[Balance], total: int | None) -> Comparison:
    other: Any = None if total is None else -total if chosen and all(b.kind == "card" for b in chosen) else total
    change = None if other is None or result.amount_minor is None else result.amount_minor - other
    return Comparison(
        label=query.compare_period.label if query.compare_period else "", period=query.compare_period, amount_minor=other,
        count=len(chosen), change_minor=change, change_ratio=change / abs(other) if change is not None and other else None,
    )  # fmt: skip
