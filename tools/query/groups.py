"""A flow split by a dimension. Time groups come in order and without gaps; the others by size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kit.ids import show
from tools.query.books import Books
from tools.query.calendar import TIMES, WEEKDAYS, label_of, next_start, units
from tools.query.conditions import FLOWS, conditions_for
from tools.query.model import Dimension, Measure, Order, Period, Query, Row, Statistic
from tools.query.sums import ratio_of

DEFAULT_ROWS = 50
_KEYS = {
    Dimension.CATEGORY: "min(category)",
    Dimension.MERCHANT: "min(merchant)",
    Dimension.ACCOUNT: "account_id::text",
    Dimension.WEEKDAY: "extract(isodow from booked_on)::int::text",
    Dimension.DAY: "booked_on::text",
    Dimension.WEEK: "date_trunc('week', booked_on)::date::text",
    Dimension.MONTH: "date_trunc('month', booked_on)::date::text",
    Dimension.QUARTER: "date_trunc('quarter', booked_on)::date::text",
    Dimension.YEAR: "date_trunc('year', booked_on)::date::text",
}
_BY = {Dimension.CATEGORY: "lower(category)", Dimension.MERCHANT: "lower(merchant)", Dimension.ACCOUNT: "account_id"}
_ADDITIVE = frozenset(Measure) - {Measure.NET_CASH_FLOW, Measure.SAVINGS_RATE, Measure.MOVEMENTS}


async def group_rows(
    books: Books, query: Query, period: Period | None, total_minor: int, today: date, *, single: bool
) -> tuple[tuple[Row, ...], int]:
    """The shown rows and the number of groups there are."""
    dimension = query.group_by
    assert dimension is not None
    where = conditions_for(query, query.include, period, single=single)
    key, value = _KEYS[dimension], FLOWS[query.measure][1]
    found = await books.connection.fetch(
        f"select {key} as key, min(account_name) as account_name, coalesce(sum({value}), 0)::bigint as amount_minor, count(*) as count,"  # noqa: S608
        " coalesce(sum(home_minor) filter (where flow = 'income'), 0)::bigint as income_minor"
        f" from {books.lines} where {where.sql} group by {_BY.get(dimension, '1')}",
        *where.values,
    )
    share_of = total_minor if query.measure in _ADDITIVE else 0
    rows = [_row(books.currency, query, dimension, r, share_of) for r in found]
    if dimension in TIMES and period is not None:
        rows = _without_gaps(books.currency, dimension, rows, period, today)
    ordered = sorted(rows, key=_sort_key(query, dimension))
    return tuple(ordered[: query.limit or (366 if dimension in TIMES else DEFAULT_ROWS)]), len(rows)


def _row(currency: str, query: Query, dimension: Dimension, row: Any, share_of: int) -> Row:
    key, label, start, end = row["key"], row["key"], None, None
    if dimension is Dimension.ACCOUNT:
        key, label = show("acc", UUID(row["key"])), row["account_name"]
    elif dimension is Dimension.WEEKDAY:
        label = WEEKDAYS[int(key) - 1]
    elif dimension in TIMES:
        start = date.fromisoformat(key)
        end, label = next_start(dimension, start) - timedelta(days=1), label_of(dimension, start)
    amount = row["amount_minor"]
    return Row(
        key=key, label=label, currency=currency, amount_minor=amount, count=row["count"], start_on=start, end_on=end,
        ratio=ratio_of(amount, row["income_minor"]) if query.measure is Measure.SAVINGS_RATE and row["income_minor"] > 0 else None,
        share_ratio=amount / share_of if share_of > 0 else None,
    )  # fmt: skip


def _without_gaps(currency: str, dimension: Dimension, rows: list[Row], period: Period, today: date) -> list[Row]:
    """Units without a fact are rows of 0, up to today."""
    have = {row.start_on: row for row in rows}
    last = max([min(period.end_on, today), *(row.start_on for row in rows if row.start_on)])
    return [
        have.get(start)
        or Row(key=start.isoformat(), label=label_of(dimension, start), currency=currency, amount_minor=0, start_on=start, end_on=end)
        for start, end in units(dimension, period.start_on, last)
    ]


def _sort_key(query: Query, dimension: Dimension) -> Callable[[Row], Any]:
    by_count = query.statistic is Statistic.COUNT

    def size(row: Row) -> float:
        if by_count:
            return row.count
        return row.ratio if query.measure is Measure.SAVINGS_RATE and row.ratio is not None else row.amount_minor or 0

    if query.order is Order.ASCENDING:
        return lambda row: (size(row), row.label)
    if query.order is Order.NATURAL and (dimension in TIMES or dimension is Dimension.WEEKDAY):
        return lambda row: row.key
    return lambda row: (-size(row), row.label)
