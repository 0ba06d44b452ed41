"""The movements of the customer's accounts: listed newest first, corrected one by one or many at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field

from kit.ids import read, show
from kit.redact import redact
from ledger.category_rules import RuleWish
from ledger.corrections import Correction, correct, rule_to_offer
from ledger.history import Line, Wanted, page
from tools.query.model import Fact
from web.api.category_rules import Match, NewRule
from web.api.shapes import Cursor, Limit, Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/transactions", tags=["transactions"])
Words = Annotated[str | None, Field(max_length=200)]


Source = Literal["customer", "rule", "file", "table", "learned", "none"]


class Transaction(Fact):
    """A movement with what is known of its category: who says so, and how surely where that was estimated."""

    category_source: Source
    category_confidence: float | None
    note: str | None


class Transactions(Shape):
    data: list[Transaction]
    has_more: bool
    next_cursor: str | None


class Filters(Shape):
    """Each narrows the list; names match exactly, ignoring case; a category covers those under it. `q` is looked for in description and
    merchant."""

    account: Annotated[str | None, Field(description="An account's id.")] = None
    from_: Annotated[date | None, Field(alias="from", description="First day.")] = None
    to: Annotated[date | None, Field(description="Last day.")] = None
    category: Words = None
    merchant: Words = None
    q: Words = None
    cursor: Cursor = None
    limit: Limit = 50


@router.get("", name="list_transactions", responses=problems(401))
async def get_transactions(request: Request, principal: SignedIn, filters: Annotated[Filters, Query()]) -> Transactions:
    wanted = Wanted(
        account_id=None if filters.account is None else read("acc", filters.account),
        from_on=filters.from_,
        to_on=filters.to,
        categories=() if filters.category is None else (filters.category,),
        merchant=filters.merchant,
        text=filters.q,
    )
    async with request.app.state.db.read(principal) as connection:
        found = await page(connection, wanted, filters.cursor, filters.limit)
    return Transactions(data=[shown(line) for line in found.data], has_more=found.has_more, next_cursor=found.next_cursor)


class TransactionChange(Shape):
    """What the customer says of a movement. What is left out stays; null takes their word back, and it is as thought again."""

    category: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    merchant: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    note: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    flow: Literal["spending", "income", "transfer", "refund", "investment", "loan"] | None = None


class OfferedRule(NewRule):
    """A rule that would sort the merchant's other movements so: send it to `POST /v1/category-rules` without `facts_count`."""

    facts_count: int


class ChangedTransaction(Shape):
    transaction: Transaction
    offered_rule: OfferedRule | None


class BulkChange(Shape):
    ids: Annotated[list[str], Field(min_length=1, max_length=500)]
    category: Annotated[str, Field(min_length=1, max_length=120)]


class ChangedTransactions(Shape):
    data: list[Transaction]
    changed_count: int


@router.patch("/{transaction_id}", name="change_transaction", responses=problems(400, 401, 404))
async def patch_transaction(request: Request, principal: SignedIn, transaction_id: str, body: TransactionChange) -> ChangedTransaction:
    """Corrects a movement. After another category, a rule for all of the merchant's is offered where it would change any."""
    wanted, told = read("txn", transaction_id), body.model_dump(exclude_unset=True)
    words = {name: None if value is None else redact(value) for name, value in told.items()}
    async with request.app.state.db.write("app", principal) as connection:
        (line,) = await correct(connection, principal, [wanted], Correction(frozenset(words), **words))
        offer = await rule_to_offer(connection, principal, line) if body.category is not None else None
    return ChangedTransaction(transaction=shown(line), offered_rule=offer and _offered(*offer))


@router.patch("", name="change_transactions", responses=problems(400, 401, 404))
async def patch_transactions(request: Request, principal: SignedIn, body: BulkChange) -> ChangedTransactions:
    """Puts many movements into one category: all of them or, if one is not there, none."""
    ids = list(dict.fromkeys(read("txn", text) for text in body.ids))
    async with request.app.state.db.write("app", principal) as connection:
        lines = await correct(connection, principal, ids, Correction(frozenset({"category"}), category=redact(body.category)))
    return ChangedTransactions(data=[shown(line) for line in lines], changed_count=len(lines))


def _offered(wish: RuleWish, facts_count: int) -> OfferedRule:
    return OfferedRule(match=Match(merchant=wish.merchant), category=wish.category, apply_to_past=True, facts_count=facts_count)


def shown(line: Line) -> Transaction:
    return Transaction.model_validate(
        {
            "id": show("txn", line.transfer_id),
            "booked_on": line.booked_on,
            "merchant": line.merchant,
            "description": line.description,
            "category": line.category,
            "account": line.account_name,
            "account_id": show("acc", line.account_id),
            "flow": line.flow,
            "currency": line.currency,
            "amount_minor": line.amount_minor,
            "magnitude_minor": abs(line.amount_minor),
            "category_source": line.category_source,
            "category_confidence": None if line.confidence_permille is None else line.confidence_permille / 1000,
            "note": line.note,
        }
    )
