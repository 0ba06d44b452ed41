"""What customers decide about what was found for them: a recurring payment's kind, that it is none, that an insight was seen enough of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kit.db import Connection
from kit.identity import Principal


@dataclass(frozen=True, slots=True)
class RecurringChoice:
    """`kind` None: as it was found."""

    kind: str | None
    hidden: bool


async def recurring_choices(connection: Connection) -> dict[UUID, RecurringChoice]:
    """The reader's choices by the id of the series."""
    rows = await connection.fetch("select id, kind, hidden from ledger.recurring_choices")
    return {row["id"]: RecurringChoice(row["kind"], row["hidden"]) for row in rows}


async def choose_recurring(
    connection: Connection, owner: Principal, series_id: UUID, kind: str | None, hidden: bool | None, now: datetime
) -> None:
    """Keeps a choice, as role `app`; what is None stays as it was."""
    await connection.execute(
        "insert into ledger.recurring_choices as c (id, customer_id, firm_id, kind, hidden, chosen_at)"
        " values ($1, $2, $3, $4, coalesce($5, false), $6) on conflict (customer_id, id) do update"
        " set kind = coalesce(excluded.kind, c.kind), hidden = coalesce($5, c.hidden), chosen_at = excluded.chosen_at",
        series_id, owner.customer_id, owner.firm_id, kind, hidden, now,
    )  # fmt: skip


async def dismissed_insights(connection: Connection) -> set[UUID]:
    """The ids of the reader's dismissed insights."""
    return {row["id"] for row in await connection.fetch("select id from ledger.insight_dismissals")}


async def dismiss_insight(connection: Connection, owner: Principal, insight_id: UUID, now: datetime) -> None:
    """For good, as role `app`. Dismissing again changes nothing."""
    await connection.execute(
        "insert into ledger.insight_dismissals (id, customer_id, firm_id, dismissed_at) values ($1, $2, $3, $4) on conflict do nothing",
        insight_id, owner.customer_id, owner.firm_id, now,
    )  # fmt: skip
