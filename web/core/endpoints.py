"""The core's internal endpoints: strict JSON in, one transaction, one answer."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from customers.privacy import load_data_key
from kit.errors import FieldError, Invalid
from kit.ids import read, show
from ledger.accounts import open_account
from ledger.imports import FileRecord
from risk.gate import accept_balance, record_facts, take_back
from web.auth.tokens import verify_core_token
from web.core.idempotency import once
from web.core.messages import ImportMessage, OpeningBalanceMessage
from web.core.sealing import sealed

T = TypeVar("T")


async def create_import(request: Request) -> Response:
    """`ImportMessage` -> {id, account_id, imported, duplicates}, 201; replayed by Idempotency-Key."""
    owner = verify_core_token(request.app.state.settings, request.headers.get("authorization"), request.app.state.clock)
    body = await request.body()
    message = decode(body, ImportMessage)
    now = request.app.state.clock.now()
    async with request.app.state.db.write("core", owner) as connection:

        async def act() -> dict[str, Any]:
            account = await open_account(connection, owner, message.account.name, message.account.kind, message.account.currency)
            key = await load_data_key(connection, request.app.state.kek, owner.customer_id)
            closing = (message.closing.on, message.closing.balance_minor) if message.closing else None
            digest = bytes.fromhex(message.file_sha256)
            file = FileRecord(message.file_name, digest, message.mapping, message.rejected, closing, message.format)
            recorded = await record_facts(
                connection, owner, account, file, sealed(message.rows, account.currency, key), message.opening_balance_minor, now
            )
            return {
                "id": show("imp", recorded.import_id),
                "account_id": show("acc", recorded.account_id),
                "imported": recorded.imported,
                "duplicates": recorded.duplicates,
            }

        answer, replayed = await once(connection, owner, request.headers.get("idempotency-key"), body, act)
    return JSONResponse(answer, 201, {"Idempotent-Replayed": "true"} if replayed else None)


async def undo_import(request: Request) -> Response:
    """-> {id, undone}"""
    owner = verify_core_token(request.app.state.settings, request.headers.get("authorization"), request.app.state.clock)
    import_id = read("imp", request.path_params["import_id"])
    async with request.app.state.db.write("core", owner) as connection:
        undone = await take_back(connection, owner, import_id, request.app.state.clock.now())
    return JSONResponse({"id": show("imp", import_id), "undone": undone})


async def tell_opening_balance(request: Request) -> Response:
    """`OpeningBalanceMessage` -> {id}"""
    owner = verify_core_token(request.app.state.settings, request.headers.get("authorization"), request.app.state.clock)
    account_id = read("acc", request.path_params["account_id"])
    message = decode(await request.body(), OpeningBalanceMessage)
    async with request.app.state.db.write("core", owner) as connection:
        await accept_balance(connection, owner, account_id, message.on, message.balance_minor, request.app.state.clock.now())
    return JSONResponse({"id": show("acc", account_id)})


def decode(body: bytes, kind: type[T]) -> T:
    """A strict message. Raises Invalid saying where it is wrong."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        detail, _, path = str(error).partition(" - at ")
        raise Invalid("request_is_malformed", detail, [FieldError(path.strip("`$") or "/", detail)]) from error
    except msgspec.DecodeError as error:
        raise Invalid("request_is_not_json", str(error)) from error
