"""What we think of facts: whom they were with, what they were for, which flow they are, what belongs together.

Pure: facts in, enrichment out, the same for the same set of facts in any order. The whole set is thought over at once, because a new fact
may be the other half of an old one. What the customer told of a fact, and their rules, come before whatever is thought.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from ledger.conversion import Rates
from ledger.enrichment.categories import FIRM, Sorted, Sorting, category_of, is_open, told_category
from ledger.enrichment.facts import CATEGORIES, SURE_PERMILLE, Classifier, Enrichment, FactToEnrich, Guess
from ledger.enrichment.flows import Told, flow_of, flows_told
from ledger.enrichment.lexicon import categories_of_merchants
from ledger.enrichment.reading import Reading, read
from ledger.enrichment.refunds import match_refunds
from ledger.enrichment.rules import Rule, Rules
from ledger.enrichment.transfers import match_transfers

__all__ = [
    "CATEGORIES", "SURE_PERMILLE", "Classifier", "Enrichment", "FactToEnrich", "Guess", "Rule", "Rules", "Sorting", "enrich", "is_open",
    "reading_of",
]  # fmt: skip


def enrich(facts: Iterable[FactToEnrich], sorting: Sorting | None = None, rates: Rates | None = None) -> list[Enrichment]:
    """The enrichment of each fact of a customer, in the order given; every fact of theirs, or of a window, must be there.

    By the rates, a movement between own accounts in two currencies is recognised.
    """
    sorting = sorting or Sorting()
    known = [_with_flow(fact, sorting) for fact in facts]
    readings = {fact.id: reading_of(fact) for fact in known}
    halves: dict[UUID, UUID] = {}
    told = flows_told(known, readings)
    for out, into in match_transfers(known, readings, told, rates or Rates()):
        halves[out], halves[into] = into, out
    purchases = match_refunds(known, readings, told, halves)
    by_id = {fact.id: fact for fact in known}
    thought = _Thought(readings, told, sorting)
    return [thought.of(fact, halves.get(fact.id), by_id.get(purchases.get(fact.id, fact.id), fact)) for fact in known]


def reading_of(fact: FactToEnrich) -> Reading:
    """What the words of a fact say, under the merchant that the customer named."""
    reading = read(fact.description, fact.counterparty)
    if fact.told_merchant is None:
        return reading
    known = categories_of_merchants().get(fact.told_merchant)
    return replace(reading, merchant=fact.told_merchant, known_category=known or reading.known_category)


def _with_flow(fact: FactToEnrich, sorting: Sorting) -> FactToEnrich:
    """A category that the customer told settles what kind of movement it is, as far as they told no flow."""
    if fact.told_flow is not None or fact.told_category is None:
        return fact
    return replace(fact, told_flow=sorting.flow_in(fact.told_category, fact.amount_minor))


class _Thought:
    """What one fact is, given what all of them say."""

    def __init__(self, readings: dict[UUID, Reading], told: Told, sorting: Sorting) -> None:
        self._readings = readings
        self._told = told
        self._sorting = sorting

    def of(self, fact: FactToEnrich, half: UUID | None, purchase: FactToEnrich) -> Enrichment:
        """`purchase` is the fact itself when it refunds none. A refund lies in the category of its purchase."""
        reading, refunds = self._readings[fact.id], purchase is not fact
        said = told_category(fact, reading, self._sorting, paired=half is not None)
        flow = flow_of(fact, reading, self._told[fact.file_category], paired=half is not None, refunds=refunds)
        if said is not None and said.source == "rule":
            flow = self._agreeing(flow, said, fact)
        found = category_of(fact, reading, flow, self._sorting, said)
        if refunds and found.source not in FIRM:
            found = self._of_purchase(purchase)
        linked_to = half or (purchase.id if refunds else None)
        return Enrichment(fact.id, reading.merchant, found.category, found.source, flow, linked_to, found.permille)

    def _of_purchase(self, purchase: FactToEnrich) -> Sorted:
        reading = self._readings[purchase.id]
        said = told_category(purchase, reading, self._sorting, paired=False)
        return category_of(purchase, reading, "spending", self._sorting, said)

    def _agreeing(self, flow: str, said: Sorted, fact: FactToEnrich) -> str:
        """The flow of a fact that a rule sorts: what lies in a category of spending is no transfer."""
        agreed = self._sorting.flow_in(said.category, fact.amount_minor)
        kept = fact.told_flow is not None or agreed is None or {flow, agreed} <= {"refund", "loan"}
        return flow if kept else agreed or flow
