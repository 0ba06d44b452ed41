"""Where a query reads: the reader's lines with each amount in the home currency beside its own, and what must be said about the rates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from kit.db import Connection
from ledger.fx import HOME_LINES, lines_at_home
from tools.query.conditions import conditions_for
from tools.query.model import Period, Query, Subject


@dataclass(frozen=True, slots=True)
class Books:
    """`lines` is SQL to select from; `home_minor` there is null where no rate is known, and such a fact is in no sum."""

    connection: Connection
    currency: str
    lines: str

    @classmethod
    async def of(cls, connection: Connection, currency: str) -> Self:
        return cls(connection, currency, await lines_at_home(connection))

    @property
    def foreign(self) -> bool:
        """Whether the reader has accounts in another currency than home."""
        return self.lines == HOME_LINES


async def rates_behind(
    books: Books, query: Query, parts: Iterable[tuple[Subject, Period | None]], *, single: bool
) -> tuple[dict[str, date], set[str]]:
    """The latest rates used and the currencies without one, of the facts of all these parts."""
    used: dict[str, date] = {}
    missing: set[str] = set()
    for subject, period in parts if books.foreign else ():
        where = conditions_for(query, subject, period, single=single, unrated=True)
        rows = await books.connection.fetch(
            "select currency::text as currency, max(rate_on) filter (where home_minor is not null) as rate_on,"  # noqa: S608
            f" bool_or(home_minor is null) as missing from {books.lines}"
            f" where {where.sql} and (home_minor is null or rate_on is not null) group by currency",
            *where.values,
        )
        for row in rows:
            if row["rate_on"] is not None:
                used[row["currency"]] = max(row["rate_on"], used.get(row["currency"], date.min))
            if row["missing"]:
                missing.add(row["currency"])
    return used, missing
