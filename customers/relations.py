"""Who looks after whom: advisors and their clients, within one firm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kit.db import Connection
from kit.identity import Principal
from kit.ids import new_uuid


@dataclass(frozen=True, slots=True)
class Related:
    """The person on the other side. `advises`: the reader looks after them; else they look after the reader."""

    id: UUID
    advises: bool
    person_id: UUID
    name: str
    since: datetime


async def take_advisor(connection: Connection, client: Principal, advisor_id: UUID) -> None:
    """Relates the client to an advisor of the same firm, once, as role `app` in the client's own context."""
    await connection.execute(
        "insert into customers.relations (id, firm_id, customer_id, advisor_id, kind) values ($1, $2, $3, $4, 'advisor')"
        " on conflict (customer_id, advisor_id) where ended_at is null do nothing",
        new_uuid(), client.firm_id, client.customer_id, advisor_id,
    )  # fmt: skip


async def list_related(connection: Connection) -> list[Related]:
    """The reader's clients and advisors, by name."""
    return [Related(*row) for row in await connection.fetch("select * from customers.related()")]
