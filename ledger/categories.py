"""A customer's categories in the database: read as a `Tree`, edited node by node.

Who never edited anything has no rows and the product's own tree; the first edit writes that tree down. A name that is no longer a
category's own (renamed, or removed into another) is kept as a former name, so that whatever says it later still finds its way.
The enrichment of the facts follows in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.errors import Conflict, FieldError, Invalid, NotFound, Refused
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.category_tree import DEPTH_MAX, KINDS, Category, Tree, id_of
from ledger.enriched import lock_enrichment, think_over
from ledger.sorting import load_tree

NODES_MAX = 300
_INSERT = """
insert into ledger.categories (id, customer_id, firm_id, name, parent_id, kind, position)
select c.id, $1, $2, c.name, c.parent_id, c.kind, c.position
from unnest($3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::int[]) as c (id, name, parent_id, kind, position)
"""


async def covering(connection: Connection, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names with those of the categories under them, in the tree of the customer that the transaction speaks for."""
    if not names:
        return ()
    return (await tree_of_reader(connection)).covering(names)


async def tree_of_reader(connection: Connection) -> Tree:
    """The tree of the customer that the transaction speaks for."""
    customer_id: UUID | None = await connection.fetchval("select app_customer()")
    assert customer_id is not None, "nobody is asking"
    return await load_tree(connection, customer_id)


@dataclass(frozen=True, slots=True)
class Listed:
    """A category as its owner sees it. `in_tree` false: a file's, at the top until it is moved or renamed. Facts lie in it itself."""

    category: Category
    depth: int
    in_tree: bool
    facts_count: int


_COUNTS = """
select min(category) as name, count(*) as facts_count, count(*) filter (where flow = 'income') * 2 > count(*) as is_income
from ledger.lines group by lower(category)
"""


async def list_categories(connection: Connection, customer_id: UUID) -> list[Listed]:
    """The tree, each node followed by those under it, then the categories outside it by name."""
    tree = await load_tree(connection, customer_id)
    counts = {row["name"].lower(): row for row in await connection.fetch(_COUNTS)}
    found = [
        Listed(node, tree.depth(node), True, counts.pop(node.name.lower(), {"facts_count": 0})["facts_count"]) for node in tree.in_order()
    ]
    outside = sorted(counts.values(), key=lambda row: row["name"].lower())
    return found + [Listed(_outside(customer_id, row), 1, False, row["facts_count"]) for row in outside]


def _outside(customer_id: UUID, row: Any) -> Category:
    return Category(id_of(customer_id, row["name"]), row["name"], None, "income" if row["is_income"] else "spending")


async def add_category(connection: Connection, owner: Principal, name: str, parent_id: UUID | None, kind: str | None) -> Category:
    """A new category. Below a parent it is of the parent's kind. The name of a removed one brings its facts back."""
    tree = await _written(connection, owner)
    name = _checked_name(name)
    _check_free(tree, name, None)
    if name.lower() in tree.former:
        await _check_merged(connection, owner, tree, name)
        await connection.execute("delete from ledger.category_names where customer_id = $1 and name = $2", owner.customer_id, name.lower())
    if len(tree.nodes) >= NODES_MAX:
        raise Refused("categories_are_too_many", f"a tree has at most {NODES_MAX} categories")
    parent = _parent(tree, parent_id)
    if parent is not None and kind not in (None, parent.kind):
        raise Invalid(
            "category_kind_is_not_its_parents", f"{parent.name} is {parent.kind}", [FieldError("/kind", f"must be {parent.kind}")]
        )
    node = Category(new_uuid(), name, parent_id, parent.kind if parent else kind or "spending")
    _check_depth(tree, parent, 1)
    await _insert(connection, owner, [node], len(tree.nodes))
    await think_over(connection, owner)
    return node


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change of a category; None leaves a field. `to_top` takes it out of its parent."""

    name: str | None = None
    parent_id: UUID | None = None
    to_top: bool = False
    kind: str | None = None


async def change_category(connection: Connection, owner: Principal, category_id: UUID, change: Change) -> Category:
    """Renames, moves or re-kinds a category with everything under it. Raises NotFound, Invalid, Conflict."""
    tree, node = await _entered(connection, owner, category_id)
    changed = node
    if change.to_top or change.parent_id is not None:
        changed = _moved(tree, node, change)
    if change.kind is not None and change.kind != changed.kind:
        changed = _rekinded(tree, changed, change.kind)
    if change.name is not None and (name := _checked_name(change.name)) != node.name:
        _check_free(tree, name, node)
        await _rename(connection, owner, tree, node, name)
        changed = replace(changed, name=name)
    await connection.execute(
        "update ledger.categories set name = $2, parent_id = $3 where id = $1", node.id, changed.name, changed.parent_id
    )
    await connection.execute(
        "update ledger.categories set kind = $2 where id = any($1::uuid[])", [each.id for each in tree.below(node)], changed.kind
    )
    await think_over(connection, owner)
    return changed


async def remove_category(connection: Connection, owner: Principal, category_id: UUID, into_id: UUID) -> Category:
    """Removes a category: its facts, rules and budgets pass to another, the categories under it to its parent. Gives the other."""
    _, node = await _entered(connection, owner, category_id)
    if node.fixed:
        raise Refused("category_is_needed", f"{node.name} is given by the product itself: it can be renamed and moved, not removed")
    _, into = await _entered(connection, owner, into_id, "/into")
    if into.id == node.id:
        raise Invalid(
            "category_is_removed_into_itself", "name another category for its facts", [FieldError("/into", "the category itself")]
        )
    await connection.execute("update ledger.categories set parent_id = $2 where parent_id = $1", node.id, node.parent_id)
    await connection.execute("update ledger.category_names set category_id = $2, merged = true where category_id = $1", node.id, into.id)
    await _keep_former(connection, owner, node.name, into.id, merged=True)
    await _pass_on_budgets(connection, node.name, into.name)
    await connection.execute("delete from ledger.categories where id = $1", node.id)
    await think_over(connection, owner)
    return into


async def _written(connection: Connection, owner: Principal) -> Tree:
    """The tree as rows that can be edited, under the customer's lock."""
    await lock_enrichment(connection, owner.customer_id)
    tree = await load_tree(connection, owner.customer_id)
    if not await connection.fetchval("select exists (select from ledger.categories where customer_id = $1)", owner.customer_id):
        await _insert(connection, owner, tree.nodes, 0)
    return tree


async def _entered(connection: Connection, owner: Principal, category_id: UUID, pointer: str = "") -> tuple[Tree, Category]:
    """The tree and a node of it; a category of a file becomes one. Raises NotFound."""
    tree = await _written(connection, owner)
    if node := tree.by_id.get(category_id):
        return tree, node
    for row in await connection.fetch(_COUNTS):
        found = _outside(owner.customer_id, row)
        if found.id == category_id and tree.find(found.name) is None:
            await _insert(connection, owner, [found], len(tree.nodes))
            return Tree([*tree.nodes, found], tree.former), found
    raise NotFound("category_is_unknown", "there is no such category", [FieldError(pointer, "unknown")] if pointer else [])


async def _insert(connection: Connection, owner: Principal, nodes: Any, position: int) -> None:
    await connection.execute(
        _INSERT, owner.customer_id, owner.firm_id, [node.id for node in nodes], [node.name for node in nodes],
        [node.parent_id for node in nodes], [node.kind for node in nodes], list(range(position, position + len(nodes))),
    )  # fmt: skip


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= 120:
        raise Invalid("category_name_is_malformed", "name must have 1 to 120 characters", [FieldError("/name", "length")])
    return name


def _check_free(tree: Tree, name: str, node: Category | None) -> None:
    found = tree.find(name)
    if found is not None and found != node and name.lower() not in tree.former:
        raise Conflict("category_name_is_taken", f"there is a category {found.name}", [FieldError("/name", "taken")])


async def _check_merged(connection: Connection, owner: Principal, tree: Tree, name: str) -> None:
    """A former name is free when its category was removed; that of a renamed one still means it."""
    merged = await connection.fetchval(
        "select merged from ledger.category_names where customer_id = $1 and name = $2", owner.customer_id, name.lower()
    )
    if not merged:
        raise Conflict("category_name_is_taken", f"{name} is what {tree.resolve(name)} was called", [FieldError("/name", "taken")])


def _parent(tree: Tree, parent_id: UUID | None) -> Category | None:
    if parent_id is None:
        return None
    if parent_id not in tree.by_id:
        raise NotFound("category_is_unknown", "there is no such parent in the tree", [FieldError("/parent_id", "unknown")])
    return tree.by_id[parent_id]


def _check_depth(tree: Tree, parent: Category | None, height: int) -> None:
    if (tree.depth(parent) if parent else 0) + height > DEPTH_MAX:
        raise Invalid("category_tree_is_too_deep", f"a tree has at most {DEPTH_MAX} levels", [FieldError("/parent_id", "too deep")])


def _moved(tree: Tree, node: Category, change: Change) -> Category:
    parent = _parent(tree, None if change.to_top else change.parent_id)
    if parent is None:
        return replace(node, parent_id=None)
    if parent in tree.below(node):
        raise Invalid("category_lies_in_itself", f"{parent.name} lies in {node.name}", [FieldError("/parent_id", "below the category")])
    if parent.kind != node.kind:
        raise Invalid("category_kind_is_not_its_parents", f"{parent.name} is {parent.kind}", [FieldError("/parent_id", "another kind")])
    _check_depth(tree, parent, tree.height(node))
    return replace(node, parent_id=parent.id)


def _rekinded(tree: Tree, node: Category, kind: str) -> Category:
    if kind not in KINDS:
        raise Invalid("category_kind_is_unknown", f"kind must be one of {', '.join(KINDS)}", [FieldError("/kind", "unknown")])
    if node.fixed or node.parent_id is not None:
        raise Refused("category_kind_is_settled", f"{node.name} takes its kind from {'the product' if node.fixed else 'its parent'}")
    return replace(node, kind=kind)


async def _rename(connection: Connection, owner: Principal, tree: Tree, node: Category, name: str) -> None:
    if tree.former.get(name.lower()) not in (None, node.id):
        await _check_merged(connection, owner, tree, name)
    await connection.execute("delete from ledger.category_names where customer_id = $1 and name = $2", owner.customer_id, name.lower())
    if name.lower() != node.name.lower():
        await _keep_former(connection, owner, node.name, node.id, merged=False)
    await _pass_on_budgets(connection, node.name, name)


async def _keep_former(connection: Connection, owner: Principal, name: str, category_id: UUID, *, merged: bool) -> None:
    await connection.execute(
        "insert into ledger.category_names (customer_id, firm_id, name, category_id, merged) values ($1, $2, $3, $4, $5)"
        " on conflict (customer_id, name) do update set category_id = excluded.category_id, merged = excluded.merged",
        owner.customer_id, owner.firm_id, name.lower(), category_id, merged,
    )  # fmt: skip


async def _pass_on_budgets(connection: Connection, name: str, new_name: str) -> None:
    """A budget follows its category; into one that has a budget of its own it ends."""
    await connection.execute(
        "delete from ledger.budgets b where lower(category) = lower($1) and lower($1) <> lower($2)"
        " and exists (select from ledger.budgets o where lower(o.category) = lower($2))",
        name, new_name,
    )  # fmt: skip
    await connection.execute("update ledger.budgets set category = $2 where lower(category) = lower($1)", name, new_name)
