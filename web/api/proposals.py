"""Proposals: wishes that the conversation wrote down. They can be read here; carrying one out is not yet possible over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Request

from kit.ids import read
from tools.context import ToolContext
from tools.proposals import ProposalCell, find_proposal
from web.api.shapes import problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/proposals", tags=["proposals"])


@router.get("/{proposal_id}", name="get_proposal", responses=problems(401, 404))
async def get_proposal(request: Request, principal: SignedIn, proposal_id: str) -> ProposalCell:
    return await find_proposal(ToolContext(principal, request.app.state.db, request.app.state.clock), read("prp", proposal_id))
