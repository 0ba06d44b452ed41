"""What we think of facts: whom they were with, what they were for, which flow they are, what belongs together.

Pure: facts in, enrichment out, the same for the same set of facts in any order. The whole set is thought over at once, because a new fact
may be the other half of an old one. Categories are rules over a table of words; nothing here learns.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ledger.enrichment.categories import category_of
from ledger.enrichment.facts import CATEGORIES, Enrichment, FactToEnrich
from ledger.enrichment.flows import Told, flow_of, flows_told
from ledger.enrichment.reading import Reading, read
from ledger.enrichment.refunds import match_refunds
from ledger.enrichment.transfers import match_transfers

__all__ = ["CATEGORIES", "Enrichment", "FactToEnrich", "enrich"]


def enrich(facts: Iterable[FactToEnrich]) -> list[Enrichment]:
    """The enrichment of each fact of a customer, in the order given; every fact of theirs, or of a window, must be there."""
    known = list(facts)
    readings = {fact.id: read(fact.description, fact.counterparty) for fact in known}
    halves: dict[UUID, UUID] = {}
    told = flows_told(known, readings)
    for out, into in match_transfers(known, readings, told):
        halves[out], halves[into] = into, out
    purchases = match_refunds(known, readings, told, halves)
    by_id = {fact.id: fact for fact in known}
    return [_enriched(fact, readings, told, halves.get(fact.id), by_id.get(purchases.get(fact.id, fact.id), fact)) for fact in known]


def _enriched(fact: FactToEnrich, readings: dict[UUID, Reading], told: Told, half: UUID | None, purchase: FactToEnrich) -> Enrichment:
    """`purchase` is the fact itself when it refunds none. A refund lies in the category of its purchase."""
    reading = readings[fact.id]
    refunds = purchase is not fact
    flow = flow_of(fact, reading, told[fact.file_category], paired=half is not None, refunds=refunds)
    category, source = category_of(fact, reading, flow)
    if refunds and source != "file":
        category, _ = category_of(purchase, readings[purchase.id], "spending")
        source = "none" if category == "Uncategorised" else "rule"
    return Enrichment(fact.id, reading.merchant, category, source, flow, half or (purchase.id if refunds else None))
