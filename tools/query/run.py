"""Answers a typed query under the reader's own row-level security, in a READ ONLY transaction that the caller opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kit.db import Connection
from kit.ids import show
from ledger.categories import tree_of_reader
from ledger.history import COLUMNS
from tools.query.averages import average_of
from tools.query.books import Books, rates_behind
from tools.query.conditions import conditions_for
from tools.query.groups import group_rows
from tools.query.model import (
    SINGLE_FACTS,
    STOCKS,
    Comparison,
    Converted,
    Fact,
    Measure,
    Per,
    Period,
    Query,
    Result,
    Statistic,
    Subject,
)
from tools.query.stocks import run_stock
from tools.query.sums import Sums, ratio_of, sums_of
from tools.worth import notes_of_rates, rates_of

DEFAULT_LIMIT = 50
_ONE = frozenset({Statistic.LARGEST, Statistic.SMALLEST, Statistic.LATEST, Statistic.EARLIEST})


@dataclass(frozen=True, slots=True)
class Records:
    """How far the reader's records reach, and what day it is for them."""

    first_on: date | None
    last_on: date | None
    today: date


async def run_query(connection: Connection, currency: str, query: Query, today: date) -> Result:
    """The result of a query; raises Invalid for an account id that is malformed. Foreign ids match nothing.

    Categories cover those under them in the reader's tree.
    """
    query = await covered(connection, query)
    books = await Books.of(connection, currency)
    row = await connection.fetchrow("select min(booked_on), max(booked_on) from ledger.lines")
    records = Records(row[0] if row else None, row[1] if row else None, today)
    if query.measure in STOCKS:
        return await run_stock(connection, currency, query, records.first_on, records.last_on, today)
    period = query.period or _everything(records)
    result = Result(
        measure=query.measure, statistic=query.statistic, currency=currency, period=period, per=query.per, group_by=query.group_by,
        first_on=records.first_on, last_on=records.last_on,
    )  # fmt: skip
    if query.statistic in SINGLE_FACTS:
        return await _single_facts(books, query, result, records)
    if query.statistic is Statistic.AVERAGE:
        found = await average_of(books, query, result, records.first_on, today)
    else:
        found = await _totals(books, query, result, records)
    return _with_rates(found, *await _rates_of_sums(books, query, found)) if books.foreign else found


def _with_rates(found: Result, used: Mapping[str, date], missing: Iterable[str]) -> Result:
    return found.model_copy(update={"rates": rates_of(used), "notes": (*found.notes, *notes_of_rates(used, missing))})


async def _rates_of_sums(books: Books, query: Query, found: Result) -> tuple[dict[str, date], set[str]]:
    single = query.statistic is Statistic.COUNT or query.per is Per.TRANSACTION
    parts = [(query.include, found.period)]
    if found.comparison is not None:
        subject = query.compare_include if query.compare_include is not None else query.include
        parts.append((subject, found.comparison.period or found.period))
    if query.share:
        parts, query = [(Subject(), found.period)], query.model_copy(update={"exclude": Subject()})
    return await rates_behind(books, query, parts, single=single)


async def covered(connection: Connection, query: Query) -> Query:
    """The query with every category followed by those under it."""
    subjects = {"include": query.include, "exclude": query.exclude, "compare_include": query.compare_include}
    named = {name: subject for name, subject in subjects.items() if subject is not None and subject.categories}
    if not named:
        return query
    tree = await tree_of_reader(connection)
    return query.model_copy(
        update={name: subject.model_copy(update={"categories": tree.covering(subject.categories)}) for name, subject in named.items()}
    )


def _everything(records: Records) -> Period:
    first = records.first_on or records.today
    return Period(start_on=first, end_on=max(records.today, records.last_on or first), label="")


async def _totals(books: Books, query: Query, result: Result, records: Records) -> Result:
    single = query.statistic is Statistic.COUNT
    sums = await sums_of(books, query, query.include, result.period, single=single)
    update: dict[str, Any] = figures(query, sums)
    if query.group_by is not None:
        rows, groups = await group_rows(books, query, result.period, sums.amount_minor, records.today, single=single)
        update |= {"rows": rows, "groups_count": groups}
    if query.share:
        whole = await sums_of(books, query.model_copy(update={"exclude": Subject()}), Subject(), result.period, single=single)
        update |= {"whole_minor": whole.amount_minor, "share_ratio": ratio_of(sums.amount_minor, whole.amount_minor)}
    comparison = await _comparison(books, query, result, sums, single=single)
    notes = notes_for(query, result, records, refunds=sums.refunds)
    if len(update.get("rows", ())) < (update.get("groups_count") or 0):
        notes = (*notes, "truncated")
    return result.model_copy(update={**update, "comparison": comparison, "notes": notes})


def figures(query: Query, sums: Sums) -> dict[str, Any]:
    """The headline cells of a flow."""
    found: dict[str, Any] = {"amount_minor": sums.amount_minor, "count": sums.count}
    if query.measure is Measure.SAVINGS_RATE:
        found |= {"ratio": sums.ratio()}
    return found


async def _comparison(books: Books, query: Query, result: Result, sums: Sums, *, single: bool) -> Comparison | None:
    if query.compare_period is None and query.compare_include is None:
        return None
    period = query.compare_period or result.period
    subject = query.compare_include if query.compare_include is not None else query.include
    other = await sums_of(books, query, subject, period, single=single)
    change = sums.amount_minor - other.amount_minor
    return Comparison(
        label=query.compare_period.label if query.compare_period else "",
        period=query.compare_period,
        amount_minor=other.amount_minor,
        count=other.count,
        ratio=other.ratio() if query.measure is Measure.SAVINGS_RATE else None,
        change_minor=change,
        change_count=sums.count - other.count,
        change_ratio=change / abs(other.amount_minor) if other.amount_minor else None,
    )


_ORDERS = {
    Statistic.LARGEST: "abs(home_minor) desc nulls last, booked_on desc, transfer_id desc",
    Statistic.SMALLEST: "abs(home_minor), booked_on desc, transfer_id desc",
    Statistic.EARLIEST: "booked_on, transfer_id",
    Statistic.LATEST: "booked_on desc, transfer_id desc",
    Statistic.LIST: "booked_on desc, transfer_id desc",
}


async def _single_facts(books: Books, query: Query, result: Result, records: Records) -> Result:
    single = query.statistic is not Statistic.LIST
    where = conditions_for(query, query.include, result.period, single=single)
    limit = query.limit or (1 if query.statistic in _ONE else DEFAULT_LIMIT)
    rows = await books.connection.fetch(
        f"select {COLUMNS}, home_minor, rate_on from {books.lines} where {where.sql} order by {_ORDERS[query.statistic]} limit {limit:d}",  # noqa: S608
        *where.values,
    )
    sums = await sums_of(books, query, query.include, result.period, single=single)
    facts = tuple(fact_of(row, books.currency) for row in rows)
    notes = notes_for(query, result, records, refunds=0)
    if query.statistic is Statistic.LIST and len(facts) < sums.count:
        notes = (*notes, "truncated")
    headline = (None if rows[0]["home_minor"] is None else abs(rows[0]["home_minor"])) if query.statistic in _ONE and rows else None
    if query.statistic is Statistic.LIST and facts:
        headline = sums.amount_minor
    found = result.model_copy(update={"transactions": facts, "count": sums.count, "amount_minor": headline, "notes": notes})
    return _with_rates(found, *await _rates_of_facts(books, query, result.period, facts)) if books.foreign else found


async def _rates_of_facts(books: Books, query: Query, period: Period | None, facts: Sequence[Fact]) -> tuple[dict[str, date], set[str]]:
    """A list sums all its facts; a ranking compares them all and shows some; the latest stand for themselves."""
    single = query.statistic is not Statistic.LIST
    used, missing = await rates_behind(books, query, [(query.include, period)], single=single)
    if single:
        shown = {(fact.currency or books.currency): fact.converted for fact in sorted(facts, key=_rate_on)}
        used = {currency: converted.rate_on for currency, converted in shown.items() if converted is not None}
        if query.statistic in (Statistic.LATEST, Statistic.EARLIEST):
            missing &= {currency for currency, converted in shown.items() if converted is None}
    return used, missing


def _rate_on(fact: Fact) -> date:
    return fact.converted.rate_on if fact.converted else date.min


def fact_of(row: Any, home: str) -> Fact:
    """A row of `ledger.history.COLUMNS` with `home_minor` and `rate_on` as a fact of the result."""
    at_home = row["home_minor"] is not None and row["rate_on"] is not None
    return Fact(
        id=show("txn", row["transfer_id"]),
        booked_on=row["booked_on"],
        merchant=row["merchant"],
        description=row["description"],
        category=row["category"],
        account=row["account_name"],
        account_id=show("acc", row["account_id"]),
        flow=row["flow"],
        currency=row["currency"],
        amount_minor=row["amount_minor"],
        magnitude_minor=abs(row["amount_minor"]),
        converted=Converted(amount_minor=row["home_minor"], currency=home, rate_on=row["rate_on"]) if at_home else None,
    )


def notes_for(query: Query, result: Result, records: Records, *, refunds: int) -> tuple[str, ...]:
    """What a careful reader must know about the figure, as codes."""
    notes = []
    if refunds and query.measure is not Measure.REFUNDS:
        notes.append("refunds_deducted")
    if query.period is not None and records.first_on is not None:
        if query.period.start_on <= records.today < query.period.end_on:
            notes.append("partial_period")
        if query.period.end_on < records.first_on:
            notes.append("before_first_fact")
        elif query.period.start_on < records.first_on:
            notes.append("starts_before_first_fact")
    return tuple(notes)
