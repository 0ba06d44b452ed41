"""The accounts look-up."""

from __future__ import annotations

from datetime import date

from kit.ids import show
from ledger.accounts import AccountSummary, list_accounts
from tools.context import ToolContext
from tools.query.model import AccountKind, Converted, Model, UsedRate
from tools.worth import Worth


class AccountsArguments(Model):
    """Which accounts: all, or those of some kinds."""

    kinds: tuple[AccountKind, ...] = ()


class AccountCell(Model):
    """One account, in its own currency; `converted` is its balance at home where that is another.

    A card's `balance_minor` is what is owed; None means that nobody has told a balance yet.
    """

    id: str
    name: str
    kind: str
    currency: str
    balance_minor: int | None
    converted: Converted | None
    owed: bool
    facts_count: int
    first_on: date | None
    last_on: date | None


class Accounts(Model):
    currency: str
    accounts: tuple[AccountCell, ...]
    count: int
    total_minor: int | None  # what these accounts hold less what is owed on cards, as far as it is known, at home
    rates: tuple[UsedRate, ...]
    notes: tuple[str, ...]  # codes: balance_unknown:<name>, converted:<currency>:<day of the rate>, rate_missing:<currency>


async def look_up_accounts(context: ToolContext, arguments: AccountsArguments) -> Accounts:
    home = context.principal.currency
    async with context.db.read(context.principal) as connection:
        found = [a for a in await list_accounts(connection) if not arguments.kinds or a.kind in arguments.kinds]
        worth = await Worth.latest(connection, home, {a.currency for a in found}, context.today)
    total = worth.total([(a.balance_minor, a.currency) for a in found], home, context.today)
    unknown = tuple(f"balance_unknown:{a.name}" for a in found if a.balance_minor is None)
    cells = tuple(_cell(a, worth, context.today) for a in found)
    return Accounts(
        currency=home, accounts=cells, count=len(cells), total_minor=total, rates=worth.rates_used, notes=(*unknown, *worth.notes)
    )


def _cell(account: AccountSummary, worth: Worth, today: date) -> AccountCell:
    owed, balance = account.kind == "card", account.balance_minor
    shown = -balance if owed and balance is not None else balance
    return AccountCell(
        id=show("acc", account.id),
        name=account.name,
        kind=account.kind,
        currency=account.currency,
        balance_minor=shown,
        converted=worth.beside(shown, account.currency, today),
        owed=owed,
        facts_count=account.facts_count,
        first_on=account.first_on,
        last_on=account.last_on,
    )
