"""The customer's tree of categories: seen, added to, renamed, moved, and thinned out."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import Field

from kit.db import Connection
from kit.identity import Principal
from kit.ids import read, show
from kit.redact import redact
from ledger.categories import Change, Listed, add_category, change_category, list_categories, remove_category
from web.api.shapes import Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/categories", tags=["categories"])
Kind = Literal["spending", "income", "neither"]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class Category(Shape):
    """`in_tree` false: a file's own category, at the top until it is moved. `facts_count`: in it itself, not below it."""

    id: str
    name: str
    parent_id: str | None
    kind: Kind
    depth: int
    fixed: bool = Field(description="Given by the product itself: it can be renamed and moved, not removed.")
    in_tree: bool
    facts_count: int


class Categories(Shape):
    """Each category is followed by those under it."""

    data: list[Category]


class NewCategory(Shape):
    name: Name
    parent_id: str | None = None
    kind: Kind | None = Field(default=None, description="Of a category at the top; others take their parent's.")


class CategoryChange(Shape):
    """What is left out stays. `parent_id` null: to the top."""

    name: Name | None = None
    parent_id: str | None = None
    kind: Kind | None = None


@router.get("", name="list_categories", responses=problems(401))
async def get_categories(request: Request, principal: SignedIn) -> Categories:
    async with request.app.state.db.read(principal) as connection:
        return Categories(data=[_shown(listed) for listed in await list_categories(connection, principal.customer_id)])


@router.post("", name="add_category", status_code=201, responses=problems(400, 401, 404, 409))
async def post_category(request: Request, principal: SignedIn, body: NewCategory) -> Category:
    async with request.app.state.db.write("app", principal) as connection:
        added = await add_category(connection, principal, redact(body.name), _id(body.parent_id), body.kind)
        return await _one(connection, principal, added.id)


@router.patch("/{category_id}", name="change_category", responses=problems(400, 401, 404, 409))
async def patch_category(request: Request, principal: SignedIn, category_id: str, body: CategoryChange) -> Category:
    """Renames or moves a category; the facts, budgets and rules in it follow."""
    wanted = read("cat", category_id)
    to_top = "parent_id" in body.model_fields_set and body.parent_id is None
    change = Change(body.name and redact(body.name), _id(body.parent_id), to_top, body.kind)
    async with request.app.state.db.write("app", principal) as connection:
        changed = await change_category(connection, principal, wanted, change)
        return await _one(connection, principal, changed.id)


@router.delete("/{category_id}", name="remove_category", responses=problems(401, 404))
async def delete_category(
    request: Request,
    principal: SignedIn,
    category_id: str,
    into: Annotated[str, Query(description="The category that its facts, rules and budgets pass to.")],
) -> Category:
    """Removes a category; those under it move up. Answers the category that took over."""
    wanted, other = read("cat", category_id), read("cat", into)
    async with request.app.state.db.write("app", principal) as connection:
        left = await remove_category(connection, principal, wanted, other)
        return await _one(connection, principal, left.id)


async def _one(connection: Connection, principal: Principal, wanted: UUID) -> Category:
    found = await list_categories(connection, principal.customer_id)
    return next(_shown(listed) for listed in found if listed.category.id == wanted)


def _id(text: str | None) -> UUID | None:
    return None if text is None else read("cat", text)


def _shown(listed: Listed) -> Category:
    node = listed.category
    return Category.model_validate(
        {
            "id": show("cat", node.id),
            "name": node.name,
            "parent_id": None if node.parent_id is None else show("cat", node.parent_id),
            "kind": node.kind,
            "depth": listed.depth,
            "fixed": node.fixed,
            "in_tree": listed.in_tree,
            "facts_count": listed.facts_count,
        }
    )
