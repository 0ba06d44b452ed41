"""Facts written briefly: `fact("checking", -12.5, "TESCO", on=3)`. Accounts are told apart by their names."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID, uuid5

from ledger.enrichment import Enrichment, FactToEnrich, enrich

_NUMBERS = count(1)
_SPACE = UUID(int=0)
KINDS = ("checking", "savings", "card", "cash", "brokerage")


def fact(
    account: str, amount: str, description: str, *, on: int = 1, counterparty: str | None = None, category: str | None = None
) -> FactToEnrich:
    """`account` is a kind, with anything after a space to tell two of a kind apart; `on` counts days from 1 January 2026."""
    return FactToEnrich(
        id=UUID(int=next(_NUMBERS)),
        account_id=uuid5(_SPACE, account),
        account_kind=account.split()[0],
        booked_on=date(2025, 12, 31) + timedelta(on),
        amount_minor=int(Decimal(amount) * 100),
        description=description,
        counterparty=counterparty,
        file_category=category,
    )


def thought_of(*facts: FactToEnrich) -> list[Enrichment]:
    return enrich(facts)


def flows(*facts: FactToEnrich) -> list[str]:
    return [each.flow for each in enrich(facts)]


def links(*facts: FactToEnrich) -> list[int | None]:
    """For each fact the place of the one that it is linked to."""
    places = {each.id: place for place, each in enumerate(facts)}
    return [None if each.linked_to is None else places[each.linked_to] for each in enrich(facts)]
