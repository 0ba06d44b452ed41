"""The core's endpoints for Steward's own book: opening an account in it, moving money between one's own accounts."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kit.clock import today
from kit.errors import Invalid
from kit.ids import read, show
from ledger.accounts import open_kept_account
from ledger.instructions import OwnTransfer
from risk.gate import move_own_money
from web.auth.tokens import verify_core_token
from web.core.endpoints import decode
from web.core.idempotency import once
from web.core.messages import KeptAccountMessage, OwnTransferMessage


async def open_account(request: Request) -> Response:
    """`KeptAccountMessage` -> {id}, 201; replayed by Idempotency-Key."""
    state = request.app.state
    owner = verify_core_token(state.settings, request.headers.get("authorization"), state.clock)
    body = await request.body()
    message = decode(body, KeptAccountMessage)
    async with state.db.write("core", owner) as connection:

        async def act() -> dict[str, Any]:
            return {"id": show("acc", await open_kept_account(connection, owner, message.name, message.kind, message.currency))}

        answer, replayed = await once(connection, owner, request.headers.get("idempotency-key"), body, act)
    return JSONResponse(answer, 201, {"Idempotent-Replayed": "true"} if replayed else None)


async def move_money(request: Request) -> Response:
    """`OwnTransferMessage` -> {decision_id, reasons, transfer_id, instruction_id}, 201. A refusal is an answer, too."""
    state = request.app.state
    owner = verify_core_token(state.settings, request.headers.get("authorization"), state.clock)
    body, key = await request.body(), request.headers.get("idempotency-key")
    if key is None:
        raise Invalid("idempotency_key_is_missing", "moving money takes an Idempotency-Key")
    message = decode(body, OwnTransferMessage)
    accounts = read("acc", message.from_account), read("acc", message.to_account)
    wish = OwnTransfer(read("prp", message.proposal_id), *accounts, message.amount_minor, message.currency)
    async with state.db.write("core", owner) as connection:

        async def act() -> dict[str, Any]:
            moved = await move_own_money(connection, owner, wish, today(state.clock, owner.timezone), state.clock.now())
            return {
                "decision_id": show("dec", moved.decision_id),
                "reasons": list(moved.reasons),
                "transfer_id": None if moved.transfer_id is None else show("txn", moved.transfer_id),
                "instruction_id": None if moved.instruction_id is None else show("pin", moved.instruction_id),
            }

        answer, replayed = await once(connection, owner, key, body, act)
    return JSONResponse(answer, 201, {"Idempotent-Replayed": "true"} if replayed else None)
