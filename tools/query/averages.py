"""Averages per fact, day, week, month or year (docs/definitions.md: complete units after the first fact; their number is stated)."""

from __future__ import annotations

from datetime import date
from typing import Any

from tools.query.books import Books
from tools.query.calendar import complete_units
from tools.query.groups import group_rows
from tools.query.model import Comparison, Per, Period, Query, Result, Row, Subject
from tools.query.sums import Sums, divide_rounded, sums_of


async def average_of(books: Books, query: Query, result: Result, first_fact: date | None, today: date) -> Result:
    """The query's measure divided by the number of units; `amount_minor` is None where there is none to divide by."""
    assert result.period is not None
    sums, number, covered = await _sums(books, query, query.include, result.period, first_fact, today)
    notes: list[str] = [] if number else ["no_complete_period" if query.per is not Per.TRANSACTION else "no_facts"]
    if sums.refunds:
        notes.append("refunds_deducted")
    update: dict[str, Any] = {
        "period": covered, "amount_minor": divide_rounded(sums.amount_minor, number) if number else None, "count": sums.count,
        "periods_count": number, "notes": tuple(notes),
    }  # fmt: skip
    if query.group_by is not None and number:
        rows, groups = await _grouped(books, query, covered, number, sums.amount_minor, today)
        update |= {"rows": rows, "groups_count": groups}
    if query.compare_period is not None or query.compare_include is not None:
        update["comparison"] = await _comparison(books, query, result.period, update["amount_minor"], first_fact, today)
    return result.model_copy(update=update)


async def _sums(
    books: Books, query: Query, subject: Subject, period: Period, first_fact: date | None, today: date
) -> tuple[Sums, int, Period]:
    assert query.per is not None
    single = query.per is Per.TRANSACTION
    covered, number = period, 0
    if query.per is Per.DAY:
        first, last = max(period.start_on, first_fact or today), min(period.end_on, today)
        number = max((last - first).days + 1, 0)
        covered = Period(start_on=first, end_on=max(first, last), label=period.label)
    elif not single:
        whole = complete_units(query.per, period.start_on, period.end_on, first_fact or today, today)
        number = len(whole)
        if whole:
            covered = Period(start_on=whole[0][0], end_on=whole[-1][1], label=period.label)
    sums = await sums_of(books, query, subject, covered, single=single)
    return sums, sums.count if single else number, covered


async def _grouped(books: Books, query: Query, covered: Period, number: int, total_minor: int, today: date) -> tuple[tuple[Row, ...], int]:
    single = query.per is Per.TRANSACTION
    rows, groups = await group_rows(books, query, covered, total_minor, today, single=single)
    return tuple(
        row.model_copy(update={"amount_minor": divide_rounded(row.amount_minor or 0, (row.count or 1) if single else number)})
        for row in rows
    ), groups


async def _comparison(
    books: Books, query: Query, period: Period, amount_minor: int | None, first_fact: date | None, today: date
) -> Comparison:
    subject = query.compare_include if query.compare_include is not None else query.include
    sums, number, covered = await _sums(books, query, subject, query.compare_period or period, first_fact, today)
    other = divide_rounded(sums.amount_minor, number) if number else None
    change = amount_minor - other if amount_minor is not None and other is not None else None
    return Comparison(
        label=query.compare_period.label if query.compare_period else "",
        period=covered if query.compare_period else None,
        amount_minor=other,
        count=sums.count,
        change_minor=change,
        change_ratio=change / abs(other) if change is not None and other else None,
    )
