"""A customer's own rules: "always: this merchant, or these words, is that category". Pure; the first in order that fits counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from ledger.enrichment.facts import FactToEnrich
from ledger.enrichment.lexicon import words_of
from ledger.enrichment.reading import Reading


@dataclass(frozen=True, slots=True)
class Rule:
    """Matches a merchant by name, or words that stand together in the text; bounds on the magnitude, both included.

    `applies_to_past` false: for facts that came after it, which have greater ids.
    """

    id: UUID
    category: str
    merchant: str | None = None
    words: str | None = None
    account_id: UUID | None = None
    amount_min_minor: int | None = None
    amount_max_minor: int | None = None
    applies_to_past: bool = True

    def fits(self, fact: FactToEnrich, reading: Reading, text: Sequence[str]) -> bool:
        """`text`: every word of the fact in order."""
        size = abs(fact.amount_minor)
        return (
            (self.applies_to_past or fact.id > self.id)
            and (self.account_id is None or fact.account_id == self.account_id)
            and (self.amount_min_minor is None or size >= self.amount_min_minor)
            and (self.amount_max_minor is None or size <= self.amount_max_minor)
            and (self.merchant is None or self.merchant.lower() == reading.merchant.lower())
            and (self.words is None or _stand_in(words_of(self.words), text))
        )


def _stand_in(words: Sequence[str], text: Sequence[str]) -> bool:
    """Whether the words occur next to each other in this order."""
    length = len(words)
    return any(text[at] == words[0] and tuple(text[at : at + length]) == tuple(words) for at in range(len(text) - length + 1))


class Rules:
    """Rules in order, with those for a merchant found by its name."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._by_merchant: dict[str, list[tuple[int, Rule]]] = {}
        self._by_words: list[tuple[int, Rule]] = []
        for place, rule in enumerate(rules):
            into = self._by_words if rule.merchant is None else self._by_merchant.setdefault(rule.merchant.lower(), [])
            into.append((place, rule))

    def first(self, fact: FactToEnrich, reading: Reading) -> Rule | None:
        """The first rule that fits a fact."""
        candidates = self._by_merchant.get(reading.merchant.lower(), [])
        if self._by_words:
            candidates = sorted([*candidates, *self._by_words])
        if not candidates:
            return None
        text = words_of(f"{fact.counterparty or ''} {fact.description} {reading.merchant}") if self._by_words else ()
        return next((rule for _, rule in candidates if rule.fits(fact, reading, text)), None)
