"""Accounts, and the balance that a file did not tell."""

from __future__ import annotations

from datetime import date
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from kit.db import Connection
from kit.errors import NotFound
from kit.ids import read, show
from kit.redact import redact
from ledger.accounts import AccountSummary, list_accounts
from web.api.core_client import CoreClient
from web.api.imports import AccountName, Key
from web.api.shapes import Amount, Currency, Minor, Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/accounts", tags=["accounts"])


class Account(Shape):
    """An account as its owner sees it. `balance` null: nobody has told one yet. Of a card, `balance` is what is owed."""

    id: str
    name: str
    kind: str
    currency: str
    mirrored: bool
    balance: Amount | None
    owed: bool
    facts_count: int
    first_on: date | None
    last_on: date | None


class Accounts(Shape):
    data: list[Account]


class NewAccount(Shape):
    name: AccountName
    kind: Literal["checking", "savings", "cash"]
    currency: Currency


class OpeningBalance(Shape):
    """The booked balance at the end of a day, signed from the account's view (a card that owes is negative)."""

    balance_minor: Minor
    on: date = Field(description="The day at whose end the balance stood.")


@router.get("", name="list_accounts", responses=problems(401))
async def get_accounts(request: Request, principal: SignedIn) -> Accounts:
    """The customer's accounts, everyday ones first."""
    async with request.app.state.db.read(principal) as connection:
        return Accounts(data=[_shown(account) for account in await list_accounts(connection)])


@router.post("", name="open_account", status_code=201, responses=problems(400, 401, 409))
async def open_account(request: Request, response: Response, principal: SignedIn, body: NewAccount, key: Key = None) -> Account:
    """Opens an account that Steward itself keeps, empty; money reaches it by confirmed transfers."""
    message = body.model_dump() | {"name": redact(body.name)}
    core: CoreClient = request.app.state.core
    account_id, replayed = await core.open_account(principal, message, key)
    if replayed:
        response.headers["Idempotent-Replayed"] = "true"
    async with request.app.state.db.read(principal) as connection:
        return await _find(connection, account_id)


@router.post("/{account_id}/opening-balance", name="tell_balance", responses=problems(400, 401, 404))
async def tell_balance(request: Request, principal: SignedIn, account_id: str, body: OpeningBalance) -> Account:
    """Tells the balance of an account on a day; all its other balances follow from it."""
    wanted = read("acc", account_id)
    core: CoreClient = request.app.state.core
    await core.tell_balance(principal, wanted, body.on, body.balance_minor)
    async with request.app.state.db.read(principal) as connection:
        return await _find(connection, account_id)


async def _find(connection: Connection, account_id: str) -> Account:
    wanted = read("acc", account_id)
    for account in await list_accounts(connection):
        if account.id == wanted:
            return _shown(account)
    raise NotFound("account_is_unknown", "there is no such account")


def _shown(account: AccountSummary) -> Account:
    owed = account.kind == "card"
    balance = account.balance_minor
    return Account(
        id=show("acc", account.id),
        name=account.name,
        kind=account.kind,
        currency=account.currency,
        mirrored=account.mirrored,
        balance=None if balance is None else Amount(amount_minor=-balance if owed else balance, currency=account.currency),
        owed=owed,
        facts_count=account.facts_count,
        first_on=account.first_on,
        last_on=account.last_on,
    )
