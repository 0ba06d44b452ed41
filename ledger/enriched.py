"""Keeps the enrichment of a customer's facts in step with the facts: what each is, whom it was with, what it is linked to.

Every change of the set of facts, and of how the customer sorts, may change what the others are (a transfer's other half arrives, a purchase
is refunded, a rule is made), so the whole set is thought over again; only what came out differently is written. One at a time for each
customer: the core thinks when facts come, the app when the customer says something.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.identity import Principal
from ledger.conversion import Rates
from ledger.enrichment import Classifier, Enrichment, FactToEnrich, Guess, Sorting, enrich, is_open, reading_of
from ledger.fx import load_rates
from ledger.sorting import load_sorting

_FACTS = """
select n.transfer_id, e.account_id, a.kind, a.name, e.booked_on, e.amount_minor, e.currency, n.description, n.counterparty, n.file_category,
    n.merchant, n.category, n.category_source, n.confidence_permille, n.flow, n.linked_to, n.guess, n.guess_permille,
    n.told_merchant, n.told_category, n.told_flow
from ledger.enrichment n
join ledger.entries e on e.transfer_id = n.transfer_id
join ledger.accounts a on a.id = e.account_id and a.mirrored -- in Steward's own book nothing is guessed
where n.customer_id = $1 and not n.hidden
"""
_INSERT = """
insert into ledger.enrichment (transfer_id, customer_id, firm_id, description, counterparty, file_category, guess, guess_permille,
    merchant, category, category_source, confidence_permille, flow, linked_to)
select r.transfer_id, $1, $2, r.description, r.counterparty, r.file_category, r.guess, r.guess_permille,
    r.merchant, r.category, r.category_source, r.confidence_permille, r.flow, r.linked_to
from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::smallint[], $9::text[], $10::text[], $11::text[],
        $12::smallint[], $13::text[], $14::uuid[])
    as r (transfer_id, description, counterparty, file_category, guess, guess_permille, merchant, category, category_source,
        confidence_permille, flow, linked_to)
"""
_UPDATE = """
update ledger.enrichment n set merchant = r.merchant, category = r.category, category_source = r.category_source,
    confidence_permille = r.confidence_permille, flow = r.flow, linked_to = r.linked_to
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::text[], $7::uuid[])
    as r (transfer_id, merchant, category, category_source, confidence_permille, flow, linked_to)
where n.transfer_id = r.transfer_id
"""


async def lock_enrichment(connection: Connection, customer_id: UUID) -> None:
    """Whoever changes what a customer's facts are waits here for whoever does so already, until the transaction's end."""
    await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", f"enrichment of {customer_id}")


@dataclass(frozen=True, slots=True)
class Thought:
    """What came out: first for the known facts, as `stored` has them, then for the fresh ones."""

    stored: Sequence[Any]
    fresh: Sequence[FactToEnrich]
    found: Sequence[Enrichment]


async def begin_thinking(
    connection: Connection, owner: Principal, fresh: Sequence[FactToEnrich], classifier: Classifier | None = None
) -> asyncio.Task[Thought]:
    """Reads what is known and thinks in a thread, so that the connection can write the facts meanwhile; `keep_thought` ends it."""
    await lock_enrichment(connection, owner.customer_id)
    sorting = await load_sorting(connection, owner.customer_id)
    stored = await connection.fetch(_FACTS, owner.customer_id)
    known = list(map(_fact, stored))
    rates = await _rates(connection, [*known, *fresh])

    def think() -> Thought:
        guessed = _guessed(fresh, classifier)
        return Thought(stored, guessed, enrich([*known, *guessed], sorting, rates))

    return asyncio.create_task(asyncio.to_thread(think))


async def keep_thought(connection: Connection, owner: Principal, thought: Thought) -> None:
    """Writes the enrichment of the fresh facts (ids are those of their transfers) and what came out differently for the known ones."""
    known = len(thought.stored)
    if thought.fresh:
        await _insert(connection, owner, list(zip(thought.fresh, thought.found[known:], strict=True)))
    await _update(connection, [new for new, row in zip(thought.found, thought.stored, strict=False) if _differs(new, row)])


async def think_over(connection: Connection, owner: Principal) -> None:
    """Brings the enrichment of every known fact up to date with what the customer told and how they sort."""
    await keep_thought(connection, owner, await (await begin_thinking(connection, owner, [])))


async def would_change(connection: Connection, owner: Principal, sorting: Sorting) -> int:
    """How many facts would lie in another category if the customer sorted so."""
    stored = await connection.fetch(_FACTS, owner.customer_id)
    facts = [_fact(row) for row in stored]
    found = enrich(facts, sorting, await _rates(connection, facts))
    return sum(new.category != row["category"] for new, row in zip(found, stored, strict=True))


def _guessed(fresh: Sequence[FactToEnrich], classifier: Classifier | None) -> Sequence[FactToEnrich]:
    """With a guess for those whose category nobody tells. It is kept, so that thinking over needs no classifier."""
    if classifier is None:
        return fresh
    wanting = [fact for fact in fresh if is_open(fact, reading_of(fact))]
    guesses = dict(zip((fact.id for fact in wanting), classifier.classify(wanting), strict=True))
    return [replace(fact, guess=guesses[fact.id]) if fact.id in guesses else fact for fact in fresh]


async def _rates(connection: Connection, facts: Sequence[FactToEnrich]) -> Rates:
    """What it takes to compare amounts of these facts across currencies."""
    currencies = {fact.currency for fact in facts}
    if len(currencies) < 2:
        return Rates()
    days = [fact.booked_on for fact in facts]
    return await load_rates(connection, currencies, min(days), max(days))


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
        guess=None if row["guess"] is None else Guess(row["guess"], row["guess_permille"]),
        told_merchant=row["told_merchant"],
        told_category=row["told_category"],
        told_flow=row["told_flow"],
        currency=row["currency"],
    )


def _differs(new: Enrichment, row: Any) -> bool:
    kept = (row["merchant"], row["category"], row["category_source"], row["confidence_permille"], row["flow"], row["linked_to"])
    return kept != (new.merchant, new.category, new.category_source, new.confidence_permille, new.flow, new.linked_to)


async def _update(connection: Connection, changed: Sequence[Enrichment]) -> None:
    if changed:
        await connection.execute(
            _UPDATE, [e.fact_id for e in changed], [e.merchant for e in changed], [e.category for e in changed],
            [e.category_source for e in changed], [e.confidence_permille for e in changed], [e.flow for e in changed],
            [e.linked_to for e in changed],
        )  # fmt: skip


async def _insert(connection: Connection, owner: Principal, pairs: Sequence[tuple[FactToEnrich, Enrichment]]) -> None:
    columns: list[list[UUID | str | int | None]] = [
        [fact.id for fact, _ in pairs],
        [fact.description for fact, _ in pairs],
        [fact.counterparty for fact, _ in pairs],
        [fact.file_category for fact, _ in pairs],
        [None if fact.guess is None else fact.guess.category for fact, _ in pairs],
        [None if fact.guess is None else fact.guess.permille for fact, _ in pairs],
        [e.merchant for _, e in pairs],
        [e.category for _, e in pairs],
        [e.category_source for _, e in pairs],
        [e.confidence_permille for _, e in pairs],
        [e.flow for _, e in pairs],
        [e.linked_to for _, e in pairs],
    ]
    await connection.execute(_INSERT, owner.customer_id, owner.firm_id, *columns)
