"""One movement as behaviour looks at it: a booked line of the customer's accounts, without anything that is not needed to think."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Payment:
    """`amount_minor` is signed from the account's view. `linked_kind`: the kind of the own account on the other side, if that is known."""

    id: UUID
    account_id: UUID
    account: str
    account_kind: str
    booked_on: date
    amount_minor: int
    currency: str
    merchant: str
    description: str
    category: str
    flow: str
    linked_kind: str | None = None
