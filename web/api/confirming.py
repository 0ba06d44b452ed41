"""A person's own act on a proposal: to confirm or to cancel it. Nothing of this is a tool, and nothing below `web` can reach it.

Each state is entered once, under a lock of the proposal's own, so that confirming twice, or twenty times at once, has one effect and one
answer. A wish about the app's own tables takes effect in the very transaction that enters `executed`. Money is first `confirmed`, then
decided by the core under a key made of the proposal's id; whatever happens in between, asking again comes to the same end.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.errors import Conflict, FieldError, Invalid, NotFound, Refused, StewardError
from ledger.budgets import present_start
from tools.context import ToolContext
from tools.proposals import ProposalCell, find_proposal
from web.api.core_client import CoreClient
from web.api.executors import EXECUTORS, Execution, cadence_of
from web.auth.identify import Caller, require_fresh

_LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 0))"
_STATES = "select state, details from tools.proposal_events where proposal_id = $1"
_ENTER = """
insert into tools.proposal_events (proposal_id, state, customer_id, firm_id, user_id, details, at) values ($1, $2, $3, $4, $5, $6, $7)
on conflict do nothing returning true
"""
EXPIRED, CANCELLED = "proposal_has_expired", "proposal_was_cancelled"
OTHER_REFUSAL = "this transfer cannot be made"
REFUSALS = {
    "from_account_is_not_open": "the account that the money would leave is not open",
    "to_account_is_not_open": "the account that the money would reach is not open",
    "balance_is_insufficient": "there is not enough in the account that the money would leave",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a person acts on proposals of theirs."""

    context: ToolContext
    caller: Caller
    core: CoreClient

    async def confirm(self, proposal_id: UUID, seen_sha256: str | None) -> ProposalCell:
        """Carries a proposal out, once. Raises NotFound; Conflict when it was cancelled, has expired or is not what was seen; Forbidden
        where money takes a fresh sign-in; Refused with the reason when it cannot be carried out."""
        found = await find_proposal(self.context, proposal_id)
        if seen_sha256 is not None and seen_sha256 != found.arguments_sha256:
            raise Conflict(
                "arguments_are_not_those_shown",
                "this proposal says something else than what you were shown; look at it again",
                [FieldError("/arguments_sha256", "differs")],
            )
        starts_on = await self._budget_start(found)
        async with self._locked(proposal_id) as connection:
            states = await _states(connection, proposal_id)
            refusal = self._refusal(found, states)
            if isinstance(refusal, Conflict) and refusal.code == EXPIRED and "expired" not in states:
                await self._enter(connection, proposal_id, "expired", {})
            if refusal is None and not _ended(found, states):
                await self._go_on(connection, found, proposal_id, starts_on)
        if refusal is not None:
            raise refusal
        if found.moves_money and not _ended(found, states):
            await self._move(found, proposal_id)
        whole = await find_proposal(self.context, proposal_id)
        if whole.status == "failed":
            raise _failure(whole.outcome or {})
        return whole

    async def cancel(self, proposal_id: UUID) -> ProposalCell:
        """Takes a proposal back that was not confirmed. Raises NotFound, Conflict."""
        found = await find_proposal(self.context, proposal_id)
        async with self._locked(proposal_id) as connection:
            states = await _states(connection, proposal_id)
            expired = not states and self._has_expired(found)
            if not states and not expired:
                await self._enter(connection, proposal_id, "cancelled", {})
        if expired or "expired" in states:
            raise _conflict(EXPIRED)
        if states and "cancelled" not in states:
            raise Conflict("proposal_was_confirmed", "this proposal was confirmed; it can no longer be cancelled")
        return await find_proposal(self.context, proposal_id)

    def _refusal(self, found: ProposalCell, states: dict[str, dict[str, Any]]) -> StewardError | None:
        """Why a proposal can no longer be confirmed, as it stands under its lock."""
        if "failed" in states:
            return _failure(states["failed"])
        if "cancelled" in states:
            return _conflict(CANCELLED)
        if "expired" in states or (not states and self._has_expired(found)):
            return _conflict(EXPIRED)
        return None

    def _has_expired(self, found: ProposalCell) -> bool:
        return self.context.clock.now() >= found.expires_at

    async def _budget_start(self, found: ProposalCell) -> date | None:
        if found.kind != "budget":
            return None
        async with self.context.db.read(self.context.principal) as connection:
            return await present_start(connection, cadence_of(found.arguments), self.context.today)

    async def _go_on(self, connection: Connection, found: ProposalCell, proposal_id: UUID, starts_on: date | None) -> None:
        """Money becomes `confirmed`; all else is carried out here and now."""
        if found.moves_money:
            require_fresh(self.caller, self.context.clock)
            await self._enter(connection, proposal_id, "confirmed", {})
            return
        doing = Execution(connection, self.context.principal, self.context.today, self.context.clock.now(), starts_on)
        try:
            async with connection.transaction():
                outcome = await EXECUTORS[found.kind](doing, found.arguments)
        except (Invalid, NotFound, Conflict, Refused) as error:
            await self._enter(connection, proposal_id, "failed", {"code": error.code, "detail": error.detail})
        else:
            if not await self._enter(connection, proposal_id, "executed", outcome):
                raise RuntimeError(f"proposal {found.id} ended elsewhere")  # takes the effect back with it

    async def _move(self, found: ProposalCell, proposal_id: UUID) -> None:
        """The core's gate decides; the key makes it one decision however often it is asked."""
        arguments = found.arguments
        message = {
            "proposal_id": found.id,
            "from_account": arguments["from_account"]["id"],
            "to_account": arguments["to_account"]["id"],
            "amount_minor": arguments["amount_minor"],
            "currency": arguments["currency"],
        }
        answer = await self.core.move_money(self.context.principal, message, f"proposal {found.id}")
        async with self._locked(proposal_id) as connection:
            if answer["reasons"]:
                code = str(answer["reasons"][0])
                await self._enter(connection, proposal_id, "failed", {"code": code, "detail": REFUSALS.get(code, OTHER_REFUSAL)})
            elif answer["transfer_id"] is not None:
                await self._enter(connection, proposal_id, "executed", {key: answer[key] for key in ("transfer_id", "decision_id")})

    @asynccontextmanager
    async def _locked(self, proposal_id: UUID) -> AsyncIterator[Connection]:
        async with self.context.db.write("app", self.context.principal) as connection:
            await connection.execute(_LOCK, f"proposal {proposal_id}")
            yield connection

    async def _enter(self, connection: Connection, proposal_id: UUID, state: str, details: dict[str, Any]) -> bool:
        """Whether the state was new."""
        who, now = self.context.principal, self.context.clock.now()
        entered = await connection.fetchval(_ENTER, proposal_id, state, who.customer_id, who.firm_id, who.user_id, details, now)
        return entered is not None


async def _states(connection: Connection, proposal_id: UUID) -> dict[str, dict[str, Any]]:
    return {row["state"]: row["details"] for row in await connection.fetch(_STATES, proposal_id)}


def _ended(found: ProposalCell, states: dict[str, dict[str, Any]]) -> bool:
    """Whether there is nothing left to do: it was executed, or the bank's instruction stands."""
    return "executed" in states or "instruction" in (found.outcome or {})


def _conflict(code: str) -> Conflict:
    words = {EXPIRED: "this proposal has expired; ask for it again", CANCELLED: "this proposal was cancelled; ask for it again"}
    return Conflict(code, words[code])


def _failure(details: dict[str, Any]) -> Refused:
    return Refused(str(details.get("code", "proposal_failed")), str(details.get("detail", OTHER_REFUSAL)))
