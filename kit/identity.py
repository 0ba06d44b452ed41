"""Who is asking, as a value that travels through every call."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in person. `customer_id` and `firm_id` bound what the database shows them."""

    user_id: UUID
    customer_id: UUID
    firm_id: UUID
    name: str
    timezone: str
    currency: str
    roles: frozenset[str] = frozenset({"customer"})
