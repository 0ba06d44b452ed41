"""One movement as behaviour looks at it: a booked line of the customer's accounts, without anything that is not needed to think.

A named tuple, because a customer has thousands and each is made for one answer.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID


class Payment(NamedTuple):
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
