"""The customer's rules: "always: this merchant, or these words, is that category"."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, model_validator

from kit.ids import read, show
from kit.redact import redact
from ledger.category_rules import KeptRule, RuleWish, create_rule, delete_rule, list_rules
from web.api.shapes import MAX_MINOR, Cursor, Limit, Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/category-rules", tags=["categories"])
Magnitude = Annotated[int, Field(strict=True, ge=0, le=MAX_MINOR)]


class Match(Shape):
    """A merchant by name, or words that stand together in the text; only in one account, only within amounts (magnitudes), if wanted."""

    merchant: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    text: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    account_id: str | None = None
    amount_min_minor: Magnitude | None = None
    amount_max_minor: Magnitude | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.merchant is None) == (self.text is None):
            raise ValueError("name a merchant or a text, one of the two")
        return self


class NewRule(Shape):
    """`apply_to_past` false: only for facts that come from now on."""

    match: Match
    category: Annotated[str, Field(min_length=1, max_length=120)]
    apply_to_past: Annotated[bool, Field(strict=True)] = True


class CategoryRule(Shape):
    """Of two rules that fit a fact, the one with the higher `position` counts: the later made."""

    id: str
    match: Match
    category: str
    apply_to_past: bool
    account: str | None
    position: int
    created_at: datetime


class MadeRule(Shape):
    """`changed_count`: facts that lie in another category now."""

    rule: CategoryRule
    changed_count: int


class CategoryRules(Shape):
    data: list[CategoryRule]
    has_more: bool
    next_cursor: str | None


class Page(Shape):
    cursor: Cursor = None
    limit: Limit = 50


@router.get("", name="list_category_rules", responses=problems(401))
async def get_rules(request: Request, principal: SignedIn, page: Annotated[Page, Query()]) -> CategoryRules:
    """The rules, the one that counts first first."""
    async with request.app.state.db.read(principal) as connection:
        found = await list_rules(connection, principal, page.cursor, page.limit)
    return CategoryRules(data=[rule_shown(kept) for kept in found.data], has_more=found.has_more, next_cursor=found.next_cursor)


@router.post("", name="make_category_rule", status_code=201, responses=problems(400, 401, 404))
async def post_rule(request: Request, principal: SignedIn, body: NewRule) -> MadeRule:
    """Makes a rule that counts before all others; one that matches the same is replaced."""
    async with request.app.state.db.write("app", principal) as connection:
        kept, changed = await create_rule(connection, principal, wish_of(body), request.app.state.clock.now())
    return MadeRule(rule=rule_shown(kept), changed_count=changed)


@router.delete("/{rule_id}", name="delete_category_rule", status_code=204, responses=problems(401, 404))
async def remove_rule(request: Request, principal: SignedIn, rule_id: str) -> Response:
    """Takes a rule back; the facts become what they are without it."""
    wanted = read("rul", rule_id)
    async with request.app.state.db.write("app", principal) as connection:
        await delete_rule(connection, principal, wanted)
    return Response(status_code=204)


def wish_of(rule: NewRule) -> RuleWish:
    match = rule.match
    return RuleWish(
        category=redact(rule.category),
        merchant=match.merchant and redact(match.merchant),
        text=match.text and redact(match.text),
        account_id=None if match.account_id is None else read("acc", match.account_id),
        amount_min_minor=match.amount_min_minor,
        amount_max_minor=match.amount_max_minor,
        apply_to_past=rule.apply_to_past,
    )


def rule_shown(kept: KeptRule) -> CategoryRule:
    rule = kept.rule
    return CategoryRule(
        id=show("rul", rule.id),
        match=Match(
            merchant=rule.merchant,
            text=rule.words,
            account_id=None if rule.account_id is None else show("acc", rule.account_id),
            amount_min_minor=rule.amount_min_minor,
            amount_max_minor=rule.amount_max_minor,
        ),
        category=kept.category,
        apply_to_past=rule.applies_to_past,
        account=kept.account_name,
        position=kept.position,
        created_at=kept.created_at,
    )
