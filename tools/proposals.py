"""A wish to act, written down: exact arguments and their hash, where each value came from, what would change, until when it stands.

The conversation can write proposals and nothing else (role `scribe`). Carrying one out is the person's own act, outside the assistant.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from kit.errors import FieldError, Invalid, NotFound
from kit.ids import new_uuid, show
from ledger.accounts import AccountSummary, list_accounts
from ledger.budgets import list_budgets
from tools.context import ToolContext
from tools.query.conditions import account_id
from tools.query.model import MAX_MINOR, Model, Name

LIFETIME = timedelta(hours=24)
Amount = Annotated[int, Field(gt=0, le=MAX_MINOR)]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$")]


class BudgetWish(Model):
    category: Name
    amount_minor: Amount
    currency: Currency
    period: Literal["week", "month", "quarter", "year"] = "month"


class TransferWish(Model):
    """Between two own accounts, by id."""

    from_account: Name
    to_account: Name
    amount_minor: Amount
    currency: Currency


class ProposalCell(Model):
    """A stored proposal, as definitions.md shapes it. `status` is `proposed` until it expires."""

    id: str
    kind: str
    arguments: dict[str, Any]
    provenance: dict[str, str]
    effect: dict[str, Any]
    status: str
    created_at: datetime
    expires_at: datetime


async def propose_budget(context: ToolContext, wish: BudgetWish) -> ProposalCell:
    """Raises Invalid for another currency than the customer's."""
    _require_currency(context, wish.currency)
    async with context.db.read(context.principal) as connection:
        found = await list_budgets(connection, context.today)
    before = next((b for b in found if b.category.casefold() == wish.category.casefold() and b.period == wish.period), None)
    effect = {
        "before": {"limit_minor": before.limit_minor if before else None},
        "after": {"limit_minor": wish.amount_minor},
        "currency": wish.currency,
    }
    return await _store(context, "budget", wish.model_dump(mode="json"), effect)


async def propose_transfer(context: ToolContext, wish: TransferWish) -> ProposalCell:
    """Raises Invalid when an account is not the customer's own, or both are the same."""
    _require_currency(context, wish.currency)
    async with context.db.read(context.principal) as connection:
        own = {account.id: account for account in await list_accounts(connection)}
    source, target = _own(own, wish.from_account, "/from_account"), _own(own, wish.to_account, "/to_account")
    if source.id == target.id:
        raise Invalid("accounts_are_the_same", "the money would stay where it is", [FieldError("/to_account", "same as from_account")])
    arguments = {
        "from_account": {"id": show("acc", source.id), "name": source.name},
        "to_account": {"id": show("acc", target.id), "name": target.name},
        "amount_minor": wish.amount_minor,
        "currency": wish.currency,
    }
    effect = {
        "before": {"from_balance_minor": source.balance_minor, "to_balance_minor": target.balance_minor},
        "after": {
            "from_balance_minor": None if source.balance_minor is None else source.balance_minor - wish.amount_minor,
            "to_balance_minor": None if target.balance_minor is None else target.balance_minor + wish.amount_minor,
        },
        "currency": wish.currency,
        "carried_out": "an instruction for you to carry out at the bank: Steward mirrors these accounts and cannot move money in them",
    }
    return await _store(context, "transfer", arguments, effect)


def _require_currency(context: ToolContext, currency: str) -> None:
    if currency != context.principal.currency:
        detail = f"your accounts are kept in {context.principal.currency}, not {currency}"
        raise Invalid("currency_is_not_the_customers", detail, [FieldError("/currency", f"must be {context.principal.currency}")])


def _own(own: dict[UUID, AccountSummary], text: str, pointer: str) -> AccountSummary:
    account = own.get(account_id(text))
    if account is None:
        raise Invalid("account_is_unknown", "you have no such account", [FieldError(pointer, "unknown")])
    return account


async def _store(context: ToolContext, kind: str, arguments: dict[str, Any], effect: dict[str, Any]) -> ProposalCell:
    proposal_id, now = new_uuid(), context.clock.now()
    provenance = dict.fromkeys(arguments, "from this conversation")
    digest = hashlib.sha256(json.dumps(arguments, sort_keys=True, separators=(",", ":")).encode()).digest()
    principal = context.principal
    async with context.db.write("scribe", principal) as connection:
        await connection.execute(
            "insert into tools.proposals (id, customer_id, firm_id, user_id, conversation_id, kind, arguments, arguments_sha256,"
            " provenance, effect, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            proposal_id, principal.customer_id, principal.firm_id, principal.user_id, context.conversation_id, kind, arguments, digest,
            provenance, effect, now, now + LIFETIME,
        )  # fmt: skip
    return ProposalCell(
        id=show("prp", proposal_id), kind=kind, arguments=arguments, provenance=provenance, effect=effect, status="proposed",
        created_at=now, expires_at=now + LIFETIME,
    )  # fmt: skip


async def find_proposal(context: ToolContext, proposal_id: UUID) -> ProposalCell:
    """One of the reader's proposals. Raises NotFound."""
    async with context.db.read(context.principal) as connection:
        row = await connection.fetchrow("select * from tools.proposals where id = $1", proposal_id)
    if row is None:
        raise NotFound("proposal_is_unknown", "there is no such proposal")
    status = "proposed" if context.clock.now() < row["expires_at"] else "expired"
    return ProposalCell(
        id=show("prp", row["id"]), kind=row["kind"], arguments=row["arguments"], provenance=row["provenance"], effect=row["effect"],
        status=status, created_at=row["created_at"], expires_at=row["expires_at"],
    )  # fmt: skip
