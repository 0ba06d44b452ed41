"""Keeps the enrichment of a customer's facts in step with the facts: what each is, whom it was with, what it is linked to.

Every change of the set of facts may change what the others are (a transfer's other half arrives, a purchase is refunded), so the whole
set is thought over again; only what came out differently is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.identity import Principal
from ledger.enrichment import Enrichment, FactToEnrich, enrich

_FACTS = """
select n.transfer_id, e.account_id, a.kind, a.name, e.booked_on, e.amount_minor, n.description, n.counterparty, n.file_category,
    n.merchant, n.category, n.category_source, n.flow, n.linked_to
from ledger.enrichment n
join ledger.entries e on e.transfer_id = n.transfer_id
join ledger.accounts a on a.id = e.account_id and a.kind <> 'external'
where n.customer_id = $1 and not n.hidden
"""
_INSERT = """
insert into ledger.enrichment (transfer_id, customer_id, firm_id, description, counterparty, file_category, merchant, category,
    category_source, flow, linked_to)
select r.transfer_id, $1, $2, r.description, r.counterparty, r.file_category, r.merchant, r.category, r.category_source, r.flow, r.linked_to
from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::uuid[])
    as r (transfer_id, description, counterparty, file_category, merchant, category, category_source, flow, linked_to)
"""
_UPDATE = """
update ledger.enrichment n set merchant = r.merchant, category = r.category, category_source = r.category_source, flow = r.flow,
    linked_to = r.linked_to
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[])
    as r (transfer_id, merchant, category, category_source, flow, linked_to)
where n.transfer_id = r.transfer_id
"""


async def enrich_all(connection: Connection, owner: Principal, fresh: Sequence[FactToEnrich]) -> None:
    """Adds the enrichment of new facts (ids are those of their transfers) and brings that of the known ones up to date."""
    stored = {row["transfer_id"]: row for row in await connection.fetch(_FACTS, owner.customer_id)}
    found = {e.fact_id: e for e in enrich([*(_fact(row) for row in stored.values()), *fresh])}
    if fresh:
        await _insert(connection, owner, [(fact, found[fact.id]) for fact in fresh])
    changed = [found[key] for key, row in stored.items() if _differs(found[key], row)]
    if changed:
        await connection.execute(
            _UPDATE, [e.fact_id for e in changed], [e.merchant for e in changed], [e.category for e in changed],
            [e.category_source for e in changed], [e.flow for e in changed], [e.linked_to for e in changed],
        )  # fmt: skip


def _fact(row: Any) -> FactToEnrich:
    return FactToEnrich(
        id=row["transfer_id"],
        account_id=row["account_id"],
        account_kind=row["kind"],
        booked_on=row["booked_on"],
        amount_minor=row["amount_minor"],
        description=row["description"],
        counterparty=row["counterparty"],
        file_category=row["file_category"],
        account_name=row["name"],
    )


def _differs(new: Enrichment, row: Any) -> bool:
    kept = (row["merchant"], row["category"], row["category_source"], row["flow"], row["linked_to"])
    return kept != (new.merchant, new.category, new.category_source, new.flow, new.linked_to)


async def _insert(connection: Connection, owner: Principal, pairs: Sequence[tuple[FactToEnrich, Enrichment]]) -> None:
    columns: list[list[UUID | str | None]] = [
        [fact.id for fact, _ in pairs],
        [fact.description for fact, _ in pairs],
        [fact.counterparty for fact, _ in pairs],
        [fact.file_category for fact, _ in pairs],
        [e.merchant for _, e in pairs],
        [e.category for _, e in pairs],
        [e.category_source for _, e in pairs],
        [e.flow for _, e in pairs],
        [e.linked_to for _, e in pairs],
    ]
    await connection.execute(_INSERT, owner.customer_id, owner.firm_id, *columns)
