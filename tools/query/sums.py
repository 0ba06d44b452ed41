"""A flow's sums over any subject and period."""

from __future__ import annotations

from dataclasses import dataclass

from tools.query.books import Books
from tools.query.conditions import FLOWS, conditions_for
from tools.query.model import Period, Query, Subject


@dataclass(frozen=True, slots=True)
class Sums:
    """A flow's figures over one period and subject."""

    amount_minor: int
    count: int
    refunds: int
    income_minor: int

    def ratio(self) -> float | None:
        """The savings rate: net cash flow over income."""
        return self.amount_minor / self.income_minor if self.income_minor > 0 else None


async def sums_of(books: Books, query: Query, subject: Subject, period: Period | None, *, single: bool) -> Sums:
    """A flow's sums over any subject and period, with the query's exclusions and bounds."""
    where = conditions_for(query, subject, period, single=single)
    value = FLOWS[query.measure][1]
    row = await books.connection.fetchrow(
        f"select coalesce(sum({value}), 0)::bigint, count(*), count(*) filter (where flow = 'refund'),"  # noqa: S608
        " coalesce(sum(home_minor) filter (where flow = 'income'), 0)::bigint"
        f" from {books.lines} where {where.sql}",
        *where.values,
    )
    assert row is not None
    return Sums(*row)


def ratio_of(part: int, whole: int) -> float | None:
    """A share; undefined of nothing."""
    return part / whole if whole else None


def divide_rounded(amount_minor: int, number: int) -> int:
    """An integer quotient, halves away from zero."""
    quotient, rest = divmod(abs(amount_minor), number)
    quotient += 2 * rest >= number
    return quotient if amount_minor >= 0 else -quotient
