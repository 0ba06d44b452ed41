"""Books whose flows, merchants and categories are set by the test, not thought out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kit.db import Database
from kit.identity import Principal
from tests.ledger.books import book


@dataclass(frozen=True)
class Fact:
    """A movement as the oracle knows it."""

    day: str
    amount_minor: int
    merchant: str
    category: str
    flow: str
    account: str = "Current"

    @property
    def on(self) -> date:
        return date.fromisoformat(self.day)


KINDS = {"Current": "checking", "Savings": "savings", "Visa": "card", "London": "checking", "Dollars": "card", "Kuwait": "savings"}
CURRENCIES = {"London": "GBP", "Dollars": "USD", "Kuwait": "KWD"}  # the others are in the owner's


async def keep(database: Database, owner: Principal, facts: Sequence[Fact], closings: dict[str, tuple[str, int]] | None = None) -> None:
    """Books the facts and sets their enrichment to what they say."""
    for account in dict.fromkeys(fact.account for fact in facts):
        lines = [(f.day, f.amount_minor, f"{i:04} {f.merchant}") for i, f in enumerate(facts) if f.account == account]
        await book(
            database, owner, account, lines, kind=KINDS[account], currency=CURRENCIES.get(account), closing=(closings or {}).get(account)
        )
    async with database.write("core", owner) as connection:
        await connection.executemany(
            "update ledger.enrichment set merchant = $3, category = $4, flow = $5 where customer_id = $1 and description = $2",
            [(owner.customer_id, f"{i:04} {f.merchant}", f.merchant, f.category, f.flow) for i, f in enumerate(facts)],
        )
