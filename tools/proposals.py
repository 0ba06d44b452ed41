"""A wish to act, written down: exact arguments and their hash, where each value came from, what would change, until when it stands.

The conversation can write proposals and nothing else (role `scribe`). Carrying one out is the person's own act, outside the assistant;
what became of it stands in events beside the proposal, which never changes.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from kit.errors import NotFound
from kit.ids import new_uuid, show
from kit.pages import Page, cut, decode_cursor
from tools.context import ToolContext
from tools.provenance import provenance_of
from tools.query.model import Model

LIFETIME = timedelta(hours=24)
Status = Literal["proposed", "confirmed", "executed", "failed", "cancelled", "expired"]
MONEY = frozenset({"transfer"})


class ProposalCell(Model):
    """A stored proposal, as definitions.md shapes it. `confirmed`: being carried out, or an instruction that waits for the bank.

    `outcome` is what came of it: what was made, or the refusal. `moves_money`: to confirm it takes a fresh sign-in.
    """

    id: str
    kind: str
    arguments: dict[str, Any]
    arguments_sha256: str
    provenance: dict[str, str]
    effect: dict[str, Any]
    status: Status
    moves_money: bool
    created_at: datetime
    expires_at: datetime
    outcome: dict[str, Any] | None = None


def hash_of(arguments: dict[str, Any]) -> bytes:
    """SHA-256 of the arguments in canonical JSON: what a confirmation is bound to."""
    return hashlib.sha256(json.dumps(arguments, sort_keys=True, separators=(",", ":")).encode()).digest()


async def store_proposal(
    context: ToolContext, kind: str, arguments: dict[str, Any], stated: frozenset[str], effect: dict[str, Any]
) -> ProposalCell:
    """Writes a wish down. `stated`: the arguments that were given and not left to a default."""
    proposal_id, now = new_uuid(), context.clock.now()
    provenance, digest = provenance_of(arguments, stated, context.said), hash_of(arguments)
    principal = context.principal
    async with context.db.write("scribe", principal) as connection:
        await connection.execute(
            "insert into tools.proposals (id, customer_id, firm_id, user_id, conversation_id, kind, arguments, arguments_sha256,"
            " provenance, effect, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            proposal_id, principal.customer_id, principal.firm_id, principal.user_id, context.conversation_id, kind, arguments, digest,
            provenance, effect, now, now + LIFETIME,
        )  # fmt: skip
    return ProposalCell(
        id=show("prp", proposal_id), kind=kind, arguments=arguments, arguments_sha256=digest.hex(), provenance=provenance, effect=effect,
        status="proposed", moves_money=kind in MONEY, created_at=now, expires_at=now + LIFETIME,
    )  # fmt: skip


_COLUMNS = """
select p.id, p.kind, p.arguments, p.arguments_sha256, p.provenance, p.effect, p.created_at, p.expires_at, e.state, e.details,
    i.id as instruction_id, i.reference, i.done_at
from tools.proposals p
left join lateral (
    select state, details from tools.proposal_events where proposal_id = p.id order by state = 'confirmed' limit 1
) e on true
left join ledger.instructions i on i.proposal_id = p.id
"""
_ONE = _COLUMNS + "where p.id = $1"
_PAGE = _COLUMNS + "where $1::uuid is null or p.id < $1 order by p.id desc limit $2"


async def find_proposal(context: ToolContext, proposal_id: UUID) -> ProposalCell:
    """One of the reader's proposals, with what became of it. Raises NotFound."""
    async with context.db.read(context.principal) as connection:
        row = await connection.fetchrow(_ONE, proposal_id)
    if row is None:
        raise NotFound("proposal_is_unknown", "there is no such proposal")
    return _cell(row, context.clock.now())


async def list_proposals(context: ToolContext, cursor: str | None, limit: int) -> Page[ProposalCell]:
    """One page of the reader's proposals, newest first. Raises Invalid for a cursor that is not ours."""
    after = None if cursor is None else UUID(int=decode_cursor(cursor, int)[0] % 2**128)
    async with context.db.read(context.principal) as connection:
        rows = await connection.fetch(_PAGE, after, limit + 1)
    found = cut(rows, limit, lambda row: (row["id"].int,))
    return Page([_cell(row, context.clock.now()) for row in found.data], found.next_cursor)


def _cell(row: Any, now: datetime) -> ProposalCell:
    status: Status = row["state"] or ("proposed" if now < row["expires_at"] else "expired")
    if status == "confirmed" and row["done_at"] is not None:
        status = "executed"
    outcome = row["details"] or None
    if row["instruction_id"] is not None:
        done_at = None if row["done_at"] is None else row["done_at"].isoformat()
        outcome = {"instruction": {"id": show("pin", row["instruction_id"]), "reference": row["reference"], "done_at": done_at}}
    return ProposalCell(
        id=show("prp", row["id"]), kind=row["kind"], arguments=row["arguments"], arguments_sha256=row["arguments_sha256"].hex(),
        provenance=row["provenance"], effect=row["effect"], status=status, moves_money=row["kind"] in MONEY,
        created_at=row["created_at"], expires_at=row["expires_at"], outcome=outcome,
    )  # fmt: skip
