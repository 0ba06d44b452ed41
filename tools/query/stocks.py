"""Balances and net worth, now or at the end of a past day, by account or along time (docs/definitions.md, Stocks)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kit.db import Connection
from kit.ids import show
from ledger.balances import Balance, balances
from tools.query.calendar import TIMES, label_of, units
from tools.query.conditions import account_id
from tools.query.model import Comparison, Dimension, Measure, Order, Period, Query, Result, Row, Subject

EVERYDAY = ("checking", "savings", "cash", "card")


async def run_stock(
    connection: Connection, currency: str, query: Query, first_on: date | None, last_on: date | None, today: date
) -> Result:
    """A balance with a row for each account, or for each unit of time when grouped by one."""
    on = _day(query.period, today)
    chosen = _chosen(await balances(connection, None if on >= today else on), query, query.include)
    total, notes = _total(chosen)
    owed = bool(chosen) and all(b.kind == "card" for b in chosen)
    result = Result(
        measure=query.measure, statistic=query.statistic, currency=currency, period=query.period, first_on=first_on, last_on=last_on,
        amount_minor=None if total is None else -total if owed else total, owed=owed, count=len(chosen), group_by=query.group_by,
        rows=_account_rows(query, chosen), groups_count=len(chosen), notes=notes,
    )  # fmt: skip
    if query.group_by in TIMES and first_on is not None:
        rows = await _along_time(connection, query, query.group_by, first_on, today, owed=owed)
        result = result.model_copy(update={"rows": rows, "groups_count": len(rows)})
    if query.compare_period is not None or query.compare_include is not None:
        result = result.model_copy(update={"comparison": await _comparison(connection, query, result, today)})
    return result


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


def _total(chosen: Sequence[Balance]) -> tuple[int | None, tuple[str, ...]]:
    """The sum of the known balances (a card's is negative when owed), and a note for each unknown one."""
    known = [b.amount_minor for b in chosen if b.amount_minor is not None]
    return (sum(known) if known else None), tuple(f"balance_unknown:{b.name}" for b in chosen if b.amount_minor is None)


def _account_rows(query: Query, chosen: Sequence[Balance]) -> tuple[Row, ...]:
    rows = [
        Row(
            key=show("acc", b.account_id),
            label=b.name,
            amount_minor=None if b.amount_minor is None else -b.amount_minor if b.kind == "card" else b.amount_minor,
            count=1,
            owed=b.kind == "card",
        )
        for b in chosen
    ]
    if query.order is not Order.NATURAL:
        sign = 1 if query.order is Order.ASCENDING else -1
        rows.sort(key=lambda row: sign * (-1 if row.owed else 1) * (row.amount_minor or 0))  # a debt is less than nothing
    return tuple(rows[: query.limit])


async def _along_time(
    connection: Connection, query: Query, dimension: Dimension, first_on: date, today: date, *, owed: bool
) -> tuple[Row, ...]:
    start, end = (query.period.start_on, query.period.end_on) if query.period else (first_on, today)
    rows = []
    for unit_start, unit_end in units(dimension, max(start, first_on), min(end, today))[-366:]:
        day = min(unit_end, today)
        total, _ = _total(_chosen(await balances(connection, day), query, query.include))
        amount = None if total is None else -total if owed else total
        label = label_of(dimension, unit_start)
        rows.append(Row(key=unit_start.isoformat(), label=label, amount_minor=amount, count=1, owed=owed, start_on=unit_start, end_on=day))
    return tuple(rows)


async def _comparison(connection: Connection, query: Query, result: Result, today: date) -> Comparison:
    subject = query.compare_include if query.compare_include is not None else query.include
    on = _day(query.compare_period or query.period, today)
    chosen = _chosen(await balances(connection, None if on >= today else on), query, subject)
    total, _ = _total(chosen)
    other: Any = None if total is None else -total if chosen and all(b.kind == "card" for b in chosen) else total
    change = None if other is None or result.amount_minor is None else result.amount_minor - other
    return Comparison(
        label=query.compare_period.label if query.compare_period else "", period=query.compare_period, amount_minor=other,
        count=len(chosen), change_minor=change, change_ratio=change / abs(other) if change is not None and other else None,
    )  # fmt: skip
