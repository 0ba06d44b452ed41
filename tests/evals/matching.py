"""Which of the household's facts is which of Steward's: the books as they were imported, held against what is true."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.evals.books import Fact, Household


@dataclass(frozen=True)
class Seen:
    """What Steward made of a fact."""

    id: str
    merchant: str
    description: str
    category: str
    account_id: str
    flow: str


@dataclass(frozen=True)
class Imported:
    """`seen` lies parallel to the household's facts; None where Steward has no such fact."""

    books: Household
    seen: tuple[Seen | None, ...]
    account_ids: dict[str, str]
    strangers: int = 0

    def merchant_names(self, merchant: str) -> set[str]:
        """The names under which Steward knows somebody."""
        return {merchant} | self._mostly("merchant", merchant)

    def category_names(self, category: str) -> set[str]:
        return {category} | self._mostly("category", category)

    def _mostly(self, field: str, name: str) -> set[str]:
        """Steward's names whose facts are for the greater part those of this one."""
        pairs = [(getattr(fact, field), getattr(seen, field)) for fact, seen in zip(self.books.facts, self.seen, strict=True) if seen]
        shares = {theirs: [ours == name for ours, other in pairs if other == theirs] for ours, theirs in pairs if ours == name}
        return {theirs for theirs, held in shares.items() if 2 * sum(held) > len(held)}

    def faults(self) -> list[str]:
        """What the import got wrong, in a few lines."""
        pairs = list(zip(self.books.facts, self.seen, strict=True))
        missing = sum(seen is None for _, seen in pairs)
        flows = [(fact, seen) for fact, seen in pairs if seen and seen.flow != fact.flow]
        lines = [f"{missing} facts are missing"] if missing else []
        lines += [f"{self.strangers} facts are of nobody's making"] if self.strangers else []
        lines += [f"{fact.on} {fact.text}: {seen.flow}, truly {fact.flow}" for fact, seen in flows[:5]]
        return [*lines, f"{len(flows)} flows differ"] if flows else lines


def matched(books: Household, rows: list[dict[str, Any]]) -> Imported:
    """Facts of one account, day and amount are told apart by their text."""
    waiting: dict[tuple[str, date, int], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        waiting[row["account"], date.fromisoformat(row["booked_on"]), row["amount_minor"]].append(row)
    seen = [_taken(waiting[fact.account, fact.on, fact.amount_minor], fact) for fact in books.facts]
    ids = {row["account"]: row["account_id"] for row in rows}
    return Imported(books, tuple(seen), ids, sum(map(len, waiting.values())))


def _taken(candidates: list[dict[str, Any]], fact: Fact) -> Seen | None:
    if not candidates:
        return None
    row = next((row for row in candidates if fact.text.lower() in row["description"].lower()), candidates[0])
    candidates.remove(row)
    return Seen(row["id"], row["merchant"], row["description"], row["category"], row["account_id"], row["flow"])
