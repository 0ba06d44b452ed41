"""The accounts look-up."""

from __future__ import annotations

from datetime import date

from kit.ids import show
from ledger.accounts import list_accounts
from tools.context import ToolContext
from tools.query.model import AccountKind, Model


class AccountsArguments(Model):
    """Which accounts: all, or those of some kinds."""

    kinds: tuple[AccountKind, ...] = ()


class AccountCell(Model):
    """One account. A card's `balance_minor` is what is owed; None means that nobody has told a balance yet."""

    id: str
    name: str
    kind: str
    balance_minor: int | None
    owed: bool
    facts_count: int
    first_on: date | None
    last_on: date | None


class Accounts(Model):
    currency: str
    accounts: tuple[AccountCell, ...]
    count: int


async def look_up_accounts(context: ToolContext, arguments: AccountsArguments) -> Accounts:
    async with context.db.read(context.principal) as connection:
        found = await list_accounts(connection)
    cells = tuple(
        AccountCell(
            id=show("acc", a.id),
            name=a.name,
            kind=a.kind,
            balance_minor=-a.balance_minor if a.kind == "card" and a.balance_minor is not None else a.balance_minor,
            owed=a.kind == "card",
            facts_count=a.facts_count,
            first_on=a.first_on,
            last_on=a.last_on,
        )
        for a in found
        if not arguments.kinds or a.kind in arguments.kinds
    )
    return Accounts(currency=context.principal.currency, accounts=cells, count=len(cells))
