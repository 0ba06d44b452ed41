"""A tree of categories as a value: which lie in which, what each is called and was called, spending or income.

Facts carry the name of their category. A name that is no node of the tree is a category of its own at the top: a file's categories work
without being entered anywhere. Names are compared without case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml

DEPTH_MAX = 3
KINDS = ("spending", "income", "neither")
_HERE = Path(__file__).parent / "category_tree.yaml"


@dataclass(frozen=True, slots=True)
class Category:
    """A node. `fixed`: enrichment gives it by flow, so that it cannot be removed."""

    id: UUID
    name: str
    parent_id: UUID | None
    kind: str
    fixed: bool = False


@dataclass(frozen=True)
class Tree:
    """Nodes in their order, and `former`: lower-case names that now mean a node of another name."""

    nodes: Sequence[Category]
    former: Mapping[str, UUID] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[UUID, Category]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _by_name(self) -> dict[str, Category]:
        named = {name: self.by_id[category_id] for name, category_id in self.former.items()}
        return named | {node.name.lower(): node for node in self.nodes}

    @cached_property
    def children(self) -> dict[UUID | None, list[Category]]:
        found: dict[UUID | None, list[Category]] = {}
        for node in self.nodes:
            found.setdefault(node.parent_id, []).append(node)
        return found

    def find(self, name: str) -> Category | None:
        """The node of a present or former name."""
        return self._by_name.get(" ".join(name.split()).lower())

    def resolve(self, name: str) -> str:
        """What a category is called now; a name outside the tree is kept."""
        node = self.find(name)
        return node.name if node else " ".join(name.split())

    def kind_of(self, name: str) -> str | None:
        node = self.find(name)
        return node.kind if node else None

    def below(self, node: Category) -> Iterator[Category]:
        """The node and all under it, from the top."""
        yield node
        for child in self.children.get(node.id, ()):
            yield from self.below(child)

    def covering(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names, with those of the categories under them."""
        found: dict[str, None] = {}
        for name in names:
            node = self.find(name)
            for covered in [each.name for each in self.below(node)] if node else [name]:
                found.setdefault(covered)
        return tuple(found)

    def depth(self, node: Category) -> int:
        """1 at the top."""
        return 1 + (self.depth(self.by_id[node.parent_id]) if node.parent_id else 0)

    def height(self, node: Category) -> int:
        """1 for a leaf."""
        return 1 + max((self.height(child) for child in self.children.get(node.id, ())), default=0)

    def top_of(self, name: str) -> str:
        """The name of the group at the top that a category lies in; its own outside the tree."""
        node = self.find(name)
        while node is not None and node.parent_id is not None:
            node = self.by_id[node.parent_id]
        return node.name if node else " ".join(name.split())

    def in_order(self) -> Iterator[Category]:
        """Every node, each followed by those under it."""
        for node in self.children.get(None, ()):
            yield from self.below(node)


def id_of(customer_id: UUID, name: str) -> UUID:
    """The id of a category that was never entered: of the product's own tree, or of a file. The same each time."""
    return uuid5(customer_id, " ".join(name.split()).lower())


def default_tree(customer_id: UUID) -> Tree:
    """The product's own tree, with the ids that it has for a customer."""
    return Tree([node for group in _groups() for node in _nodes(customer_id, group)])


def _nodes(customer_id: UUID, group: Mapping[str, Any]) -> Iterator[Category]:
    top = Category(id_of(customer_id, group["name"]), group["name"], None, group["kind"], group.get("fixed", False))
    yield top
    for name in group.get("children", ()):
        yield Category(id_of(customer_id, name), name, top.id, top.kind)


@cache
def _groups() -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = yaml.safe_load(_HERE.read_text("utf-8"))
    return groups


@cache
def default_leaves() -> frozenset[str]:
    """The names that enrichment may give."""
    return frozenset(name for group in _groups() for name in group.get("children", [group["name"]]))


@cache
def fixed_names() -> frozenset[str]:
    return frozenset(group["name"] for group in _groups() if group.get("fixed"))
