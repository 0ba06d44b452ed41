"""How a customer sorts, read from the database: their tree of categories and their rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kit.db import Connection
from ledger.category_tree import Category, Tree, default_tree, fixed_names, id_of
from ledger.enrichment import Rule, Rules, Sorting

_NODES = "select id, name, parent_id, kind from ledger.categories where customer_id = $1 order by position, id"
_FORMER = "select name, category_id from ledger.category_names where customer_id = $1"
_RULES = """
select id, category, merchant, words, account_id, amount_min_minor, amount_max_minor, applies_to_past
from ledger.category_rules where customer_id = $1 order by position desc
"""


async def load_tree(connection: Connection, customer_id: UUID) -> Tree:
    """The customer's tree, their own or the product's."""
    rows = await connection.fetch(_NODES, customer_id)
    if not rows:
        return default_tree(customer_id)
    fixed = {id_of(customer_id, name) for name in fixed_names()}
    former = {row["name"]: row["category_id"] for row in await connection.fetch(_FORMER, customer_id)}
    return Tree([Category(row["id"], row["name"], row["parent_id"], row["kind"], row["id"] in fixed) for row in rows], former)


async def load_rules(connection: Connection, customer_id: UUID) -> list[Rule]:
    """The customer's rules, the one that counts first first."""
    return [rule_of(row) for row in await connection.fetch(_RULES, customer_id)]


def rule_of(row: Any) -> Rule:
    return Rule(
        row["id"], row["category"], row["merchant"], row["words"], row["account_id"], row["amount_min_minor"], row["amount_max_minor"],
        row["applies_to_past"],
    )  # fmt: skip


async def load_sorting(connection: Connection, customer_id: UUID) -> Sorting:
    return Sorting(await load_tree(connection, customer_id), Rules(await load_rules(connection, customer_id)))
