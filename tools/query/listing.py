"""The facts that a flow's query covers, newest first, by keyset: what stands behind a figure, however many rows there are."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.errors import FieldError, Invalid
from kit.pages import Page, cut, decode_cursor
from ledger.fx import lines_at_home
from ledger.history import LINE_COLUMNS, Line
from tools.query.conditions import conditions_for
from tools.query.model import SINGLE_FACTS, STOCKS, Query, Statistic
from tools.query.run import covered


async def lines_page(connection: Connection, query: Query, cursor: str | None, limit: int) -> Page[Line]:
    """One page of the movements. Raises Invalid for a query of a balance, which has no rows of its own, and for a foreign cursor."""
    if query.measure in STOCKS:
        raise Invalid("balance_has_no_rows", "a balance is made of every movement: ask for movements", [FieldError("/measure", "a flow")])
    single = query.statistic in SINGLE_FACTS - {Statistic.LIST}
    query = await covered(connection, query)
    where = conditions_for(query, query.include, query.period, single=single)
    if cursor is not None:
        _after(where.values, cursor)
        last = len(where.values)
        where.raw(f"(booked_on, transfer_id, account_id) < (${last - 2}::date, ${last - 1}::uuid, ${last}::uuid)")
    order = "booked_on desc, transfer_id desc, account_id desc"
    lines = await lines_at_home(connection)
    rows = await connection.fetch(
        f"select {LINE_COLUMNS} from {lines} where {where.sql} order by {order} limit {limit + 1:d}",  # noqa: S608
        *where.values,
    )
    return cut([Line(*row) for row in rows], limit, _key)


def _after(values: list[Any], cursor: str) -> None:
    day, transfer, account = decode_cursor(cursor, str, str, str)
    try:
        values += [date.fromisoformat(day), UUID(transfer), UUID(account)]
    except ValueError as error:
        raise Invalid("cursor_is_malformed", "the cursor was not made by this service", [FieldError("/cursor", "not a cursor")]) from error


def _key(line: Line) -> tuple[str, ...]:
    return (line.booked_on.isoformat(), str(line.transfer_id), str(line.account_id))
