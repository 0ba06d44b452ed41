"""Proposals: wishes that the conversation wrote down, and the person's own act on them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from kit.identity import Principal
from kit.ids import read
from tools.context import ToolContext
from tools.proposals import ProposalCell, find_proposal, list_proposals
from web.api.confirming import Desk
from web.api.shapes import Cursor, Limit, Shape, problems
from web.auth.identify import Caller, SignedIn, identify

router = APIRouter(prefix="/v1/proposals", tags=["proposals"])


class Proposals(Shape):
    data: list[ProposalCell]
    has_more: bool
    next_cursor: str | None


class Confirmation(Shape):
    """`arguments_sha256`: the hash of the arguments that the person was shown; a proposal that says something else is not confirmed."""

    arguments_sha256: Annotated[str | None, Field(pattern="^[0-9a-f]{64}$")] = None


@router.get("", name="list_proposals", responses=problems(401))
async def get_proposals(
    request: Request, principal: SignedIn, cursor: Annotated[Cursor, Query()] = None, limit: Annotated[Limit, Query()] = 50
) -> Proposals:
    """The customer's proposals, newest first, with what became of them."""
    found = await list_proposals(_context(request, principal), cursor, limit)
    return Proposals(data=list(found.data), has_more=found.has_more, next_cursor=found.next_cursor)


@router.get("/{proposal_id}", name="get_proposal", responses=problems(401, 404))
async def get_proposal(request: Request, principal: SignedIn, proposal_id: str) -> ProposalCell:
    return await find_proposal(_context(request, principal), read("prp", proposal_id))


@router.post("/{proposal_id}/confirm", name="confirm_proposal", responses=problems(400, 401, 403, 404, 409))
async def confirm(request: Request, caller: Annotated[Caller, Depends(identify)], proposal_id: str, body: Confirmation) -> ProposalCell:
    """Carries a proposal out, once however often it is asked. Money takes a password given within five minutes."""
    return await _desk(request, caller).confirm(read("prp", proposal_id), body.arguments_sha256)


@router.post("/{proposal_id}/cancel", name="cancel_proposal", responses=problems(401, 404, 409))
async def cancel(request: Request, caller: Annotated[Caller, Depends(identify)], proposal_id: str) -> ProposalCell:
    """Takes a proposal back that was not confirmed."""
    return await _desk(request, caller).cancel(read("prp", proposal_id))


def _desk(request: Request, caller: Caller) -> Desk:
    return Desk(_context(request, caller.principal), caller, request.app.state.core)


def _context(request: Request, principal: Principal) -> ToolContext:
    return ToolContext(principal, request.app.state.db, request.app.state.clock)
