"""From a figure to its rows: the query that lists the facts behind a cell of a result."""

from __future__ import annotations

import re
from datetime import date

from kit.errors import NotFound
from tools.query.model import STOCKS, Dimension, Measure, Per, Period, Query, Result, Row, Statistic, Subject

_TIMES = (Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.QUARTER, Dimension.YEAR)


def behind(query: Query, result: Result, path: str) -> Query:
    """The list of the facts that a cell (a JSON Pointer into `result`) was computed from. Raises NotFound for no such cell."""
    parts = path.strip("/").split("/")
    base = query.model_copy(update={"period": result.period if query.measure not in STOCKS else query.period})
    if parts[0] == "rows" and len(parts) == 3 and re.fullmatch(r"\d+", parts[1]) and int(parts[1]) < len(result.rows):
        return _as_list(_of_row(base, result.rows[int(parts[1])], result.group_by), result)
    if parts[0] == "transactions" and len(parts) == 3 and re.fullmatch(r"\d+", parts[1]) and int(parts[1]) < len(result.transactions):
        return _of_fact(base, result, int(parts[1]))
    if parts[0] == "comparison" and result.comparison is not None:
        return _as_list(_of_comparison(base, result), result)
    if parts[0] == "whole_minor":
        return _as_list(base.model_copy(update={"include": Subject(), "exclude": Subject()}), result)
    if len(parts) == 1 and parts[0] in Result.model_fields:
        return _as_list(base, result)
    raise NotFound("cell_is_unknown", f"the result has no cell {path[:80]!r}")


def _of_row(query: Query, row: Row, dimension: Dimension | None) -> Query:
    narrowed: dict[str, object] = {}
    if dimension in _TIMES and row.start_on is not None and row.end_on is not None:
        period = query.period
        start = max(row.start_on, period.start_on) if period else row.start_on
        end = min(row.end_on, period.end_on) if period else row.end_on
        return query.model_copy(update={"period": Period(start_on=start, end_on=max(start, end), label=row.label)})
    if dimension is Dimension.CATEGORY:
        narrowed["categories_alone"] = (row.key,)  # a row is the facts in the category itself
    elif dimension is Dimension.MERCHANT:
        narrowed["merchants"] = (row.key,)
    elif dimension is Dimension.WEEKDAY:
        narrowed["weekdays"] = (int(row.key),)
    else:
        narrowed["accounts"] = (row.key,)
    return query.model_copy(update={"include": query.include.model_copy(update=narrowed)})


def _of_fact(query: Query, result: Result, index: int) -> Query:
    fact = result.transactions[index]
    bound = (
        fact.magnitude_minor if fact.currency in (None, result.currency) else abs(fact.converted.amount_minor) if fact.converted else None
    )
    include = Subject(accounts=(fact.account_id,), merchants=(fact.merchant,), categories_alone=(fact.category,))
    return Query(
        measure=Measure.MOVEMENTS,
        statistic=Statistic.LIST,
        period=Period(start_on=fact.booked_on, end_on=fact.booked_on),
        include=include,
        amount_min_minor=bound,
        amount_max_minor=bound,
    )


def _of_comparison(query: Query, result: Result) -> Query:
    assert result.comparison is not None
    if query.compare_include is not None:
        return query.model_copy(update={"include": query.compare_include})
    return query.model_copy(update={"period": result.comparison.period})


def _as_list(query: Query, result: Result) -> Query:
    """The facts themselves: a balance is made of every movement up to its day."""
    measure, period = query.measure, query.period
    if measure in STOCKS:
        last = period.end_on if period else result.last_on or date.max
        measure, period = Measure.MOVEMENTS, Period(start_on=min(result.first_on or last, last), end_on=last)
    purchases = query.statistic is Statistic.COUNT or query.per is Per.TRANSACTION
    return Query(
        measure=measure,
        statistic=Statistic.LARGEST if purchases else Statistic.LIST,
        period=period,
        include=query.include,
        exclude=query.exclude,
        direction=query.direction,
        amount_min_minor=query.amount_min_minor,
        amount_max_minor=query.amount_max_minor,
        limit=500,
    )
