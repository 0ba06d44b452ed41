"""Links a refund to the purchase that it gives back: same merchant and currency, not larger, within 180 days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from ledger.enrichment.facts import FactToEnrich
from ledger.enrichment.flows import Told, flow_of
from ledger.enrichment.reading import Reading

DAYS_MAX = 180
_LOOK_BACK = 60  # purchases of a merchant, and of those with the refund's very amount


@dataclass(slots=True)
class _Purchase:
    fact: FactToEnrich
    left_minor: int  # not given back yet


def match_refunds(
    facts: Sequence[FactToEnrich], readings: Mapping[UUID, Reading], told: Told, paired: Collection[UUID]
) -> dict[UUID, UUID]:
    """The purchase of each refund, by ids. A purchase is given back up to its amount, in parts or at once."""
    purchases: dict[tuple[str, str], list[_Purchase]] = defaultdict(list)
    equal: dict[tuple[str, str, int], list[_Purchase]] = defaultdict(list)
    links: dict[UUID, UUID] = {}
    for fact in sorted(facts, key=lambda fact: (fact.booked_on, fact.amount_minor > 0, fact.id)):
        if fact.id in paired:
            continue
        reading = readings[fact.id]
        merchant = (fact.currency, reading.merchant.casefold())
        if fact.amount_minor < 0:
            if flow_of(fact, reading, told[fact.file_category], paired=False, refunds=False) != "spending":
                continue
            purchase = _Purchase(fact, -fact.amount_minor)
            purchases[merchant].append(purchase)
            equal[*merchant, -fact.amount_minor].append(purchase)
        elif merchant in purchases and fact.told_flow in (None, "refund") and _may_be_refund(reading, told[fact.file_category]):
            found = _latest(fact, equal[*merchant, fact.amount_minor])
            if found is None and _is_certain(fact, reading, told[fact.file_category]):
                found = _latest(fact, purchases[merchant])
            if found is not None:
                links[fact.id] = found.fact.id
                found.left_minor -= fact.amount_minor
    return links


def _may_be_refund(reading: Reading, told: str | None) -> bool:
    if told in ("transfer", "income", "investment", "loan"):
        return False
    if reading.has("refund", "reimbursement"):
        return not reading.has("tax_refund", "salary")
    return not reading.has(
        "salary", "interest", "dividend", "benefit", "tax_refund", "cashback", "loan", "transfer", "payoff", "savings", "broker", "opening"
    )


def _is_certain(fact: FactToEnrich, reading: Reading, told: str | None) -> bool:
    """Whether it is from a shop; money from a person or from an unknown sender must match a purchase to the cent."""
    return fact.account_kind == "card" or bool(reading.category) or reading.has("refund") or told is not None


def _latest(refund: FactToEnrich, purchases: Sequence[_Purchase]) -> _Purchase | None:
    """The latest of the purchases that the refund may give back, one of the same account before any other."""
    other = None
    for purchase in reversed(purchases[-_LOOK_BACK:]):
        if refund.booked_on - purchase.fact.booked_on > timedelta(DAYS_MAX):
            break
        if purchase.left_minor < refund.amount_minor:
            continue
        if purchase.fact.account_id == refund.account_id:
            return purchase
        other = other or purchase
    return other
