"""Accounts of a customer. A mirrored account follows a bank's book, a kept one is Steward's own; each has an external account as the
other side of what comes from outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.errors import Conflict, FieldError, Invalid
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.chain import genesis
from ledger.money import minor_digits

KEPT_KINDS = ("checking", "savings", "cash")
KINDS = ("checking", "savings", "card", "cash", "brokerage")


@dataclass(frozen=True, slots=True)
class Account:
    id: UUID
    name: str
    kind: str
    currency: str
    external_id: UUID


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """An account as its owner sees it. `balance_minor` None: unknown, no file or person has told a balance yet."""

    id: UUID
    name: str
    kind: str
    currency: str
    mirrored: bool
    balance_minor: int | None
    facts_count: int
    first_on: date | None
    last_on: date | None


async def open_account(connection: Connection, owner: Principal, name: str, kind: str, currency: str) -> Account:
    """The owner's mirrored account of that name, made when absent. Raises Conflict when it exists with another kind or currency."""
    if kind not in KINDS:
        raise Invalid(
            "account_kind_is_unknown", f"account_kind must be one of {', '.join(KINDS)}", [FieldError("/account_kind", "unknown")]
        )
    name = " ".join(name.split())
    if not 1 <= len(name) <= 120:
        raise Invalid("account_name_is_malformed", "account_name must have 1 to 120 characters", [FieldError("/account_name", "length")])
    minor_digits(currency)  # raises for what is no currency
    await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", f"accounts of {owner.customer_id}")
    known = await connection.fetchrow(_BY_NAME, owner.customer_id, name)
    if known is None:
        return await _create(connection, owner, name, kind, currency, mirrored=True)
    if not known["mirrored"]:
        raise Conflict(
            "account_is_kept_by_steward", f"Steward itself keeps the book of {known['name']!r}", [FieldError("/account_name", "is kept")]
        )
    if (known["kind"], known["currency"]) != (kind, currency):
        raise Conflict(
            "account_exists_with_another_kind_or_currency",
            f"the account {known['name']!r} is a {known['kind']} account in {known['currency']}",
            [FieldError("/account_name", f"exists as {known['kind']} in {known['currency']}")],
        )
    return Account(known["id"], known["name"], known["kind"], known["currency"], known["external_id"])


_BY_NAME = """
select a.id, a.name, a.kind, a.currency, a.mirrored, x.id as external_id
from ledger.accounts a join ledger.accounts x on x.mirror_of = a.id
where a.customer_id = $1 and lower(a.name) = lower($2) and a.kind <> 'external'
"""
_BY_ID = """
select a.id, a.name, a.kind, a.currency, x.id as external_id
from ledger.accounts a join ledger.accounts x on x.mirror_of = a.id where a.customer_id = $1 and a.id = $2 and a.mirrored
"""


async def _create(connection: Connection, owner: Principal, name: str, kind: str, currency: str, *, mirrored: bool) -> Account:
    account = Account(new_uuid(), name, kind, currency, new_uuid())
    for account_id, label, what, is_mirrored, mirror_of in (
        (account.id, name, kind, mirrored, None),
        (account.external_id, f"outside {name}"[:120], "external", False, account.id),
    ):
        await connection.execute(
            "insert into ledger.accounts (id, customer_id, firm_id, name, kind, currency, mirrored, mirror_of)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8)",
            account_id, owner.customer_id, owner.firm_id, label, what, currency, is_mirrored, mirror_of,
        )  # fmt: skip
        await connection.execute(
            "insert into ledger.heads (account_id, customer_id, firm_id, hash) values ($1, $2, $3, $4)",
            account_id, owner.customer_id, owner.firm_id, genesis(account_id),
        )  # fmt: skip
    return account


async def find_account(connection: Connection, owner: Principal, account_id: UUID) -> Account | None:
    """One of the owner's mirrored accounts, or None."""
    row = await connection.fetchrow(_BY_ID, owner.customer_id, account_id)
    return None if row is None else Account(row["id"], row["name"], row["kind"], row["currency"], row["external_id"])


_LIST = """
select a.id, a.name, a.kind, a.currency, a.mirrored, h.balance_minor, o.opening_minor,
    coalesce(l.facts_count, 0) as facts_count, l.first_on, l.last_on
from ledger.accounts a
join ledger.heads h on h.account_id = a.id
left join ledger.openings o on o.account_id = a.id
left join (
    select account_id, count(*) as facts_count, min(booked_on) as first_on, max(booked_on) as last_on from ledger.lines group by account_id
) l on l.account_id = a.id
where a.kind <> 'external' order by array_position(array['checking', 'savings', 'cash', 'card', 'brokerage'], a.kind), lower(a.name)
"""


async def list_accounts(connection: Connection) -> list[AccountSummary]:
    """The reader's accounts, everyday ones first."""
    return [_summary(row) for row in await connection.fetch(_LIST)]


def _summary(row: Any) -> AccountSummary:
    known = not row["mirrored"] or row["opening_minor"] is not None
    return AccountSummary(
        row["id"], row["name"], row["kind"], row["currency"], row["mirrored"], row["balance_minor"] if known else None,
        row["facts_count"], row["first_on"], row["last_on"],
    )  # fmt: skip


async def open_kept_account(connection: Connection, owner: Principal, name: str, kind: str, currency: str) -> UUID:
    """A new account of the owner's in Steward's own book, empty, as role `core`. Raises Invalid, or Conflict for a name that is taken."""
    if kind not in KEPT_KINDS:
        detail = f"kind must be one of {', '.join(KEPT_KINDS)}"
        raise Invalid("account_kind_is_unknown", detail, [FieldError("/kind", detail)])
    name = " ".join(name.split())
    if not 1 <= len(name) <= 120:
        raise Invalid("account_name_is_malformed", "name must have 1 to 120 characters", [FieldError("/name", "length")])
    if currency != owner.currency:
        detail = f"must be {owner.currency}"
        raise Invalid("currency_is_not_the_customers", f"accounts are kept in {owner.currency}", [FieldError("/currency", detail)])
    await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", f"accounts of {owner.customer_id}")
    if await connection.fetchrow(_BY_NAME, owner.customer_id, name) is not None:
        raise Conflict("account_exists", "you have an account of this name", [FieldError("/name", "taken")])
    return (await _create(connection, owner, name, kind, currency, mirrored=False)).id
