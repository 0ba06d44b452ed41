"""The words that one customer's books hold: what a question can be about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kit.ids import show
from ledger.accounts import list_accounts
from ledger.fx import lines_at_home
from tools.context import ToolContext


@dataclass(frozen=True, slots=True)
class AccountName:
    id: str  # acc_...
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Merchants and categories with the number of their facts, most frequent first."""

    merchants: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    accounts: tuple[AccountName, ...]
    budgets: tuple[str, ...]
    currency: str
    timezone: str
    first_on: date | None
    last_on: date | None
    today: date
    payers: tuple[str, ...] = ()  # merchants that income comes from, the largest first
    only_payers: frozenset[str] = frozenset()  # merchants that money has only ever come from
    goals: tuple[str, ...] = ()
    payday_on: date | None = None  # the last income of the main employer: the payer of most, this past year


async def vocabulary(context: ToolContext) -> Vocabulary:
    """The reader's own words, read under row-level security."""
    async with context.db.read(context.principal) as connection:
        merchants = await connection.fetch(_MERCHANTS)
        categories = await connection.fetch(_CATEGORIES)
        accounts = await list_accounts(connection)
        budgets = await connection.fetch("select distinct category from ledger.budgets order by category")
        goals = await connection.fetch("select name from ledger.goals where archived_at is null order by name")
        payers = await connection.fetch(_PAYERS.format(lines=await lines_at_home(connection)), context.today)
        reach = await connection.fetchrow("select min(booked_on), max(booked_on) from ledger.lines")
    return Vocabulary(
        merchants=tuple((row[0], row[1]) for row in merchants),
        categories=tuple((row[0], row[1]) for row in categories),
        accounts=tuple(AccountName(show("acc", a.id), a.name, a.kind) for a in accounts),
        budgets=tuple(row[0] for row in budgets),
        currency=context.principal.currency,
        timezone=context.principal.timezone,
        first_on=reach[0] if reach else None,
        last_on=reach[1] if reach else None,
        today=context.today,
        payers=tuple(row[0] for row in payers),
        only_payers=frozenset(row[0] for row in merchants if row[2]),
        goals=tuple(row[0] for row in goals),
        payday_on=payers[0][1] if payers else None,
    )


# Who stands on both sides of one's own transfers is oneself, and spoken of as an account.
_MERCHANTS = """
select min(merchant), count(*), bool_and(flow = 'income') from ledger.lines
where flow <> 'transfer' group by lower(merchant) order by count(*) desc, 1
"""
_CATEGORIES = "select min(category), count(*) from ledger.lines group by lower(category) order by count(*) desc, 1"
_PAYERS = """
select min(merchant), max(booked_on) from {lines}
where flow = 'income' and booked_on > $1::date - 366 and booked_on <= $1
group by lower(merchant) order by sum(home_minor) desc nulls last, 1
"""
