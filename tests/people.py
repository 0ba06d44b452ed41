"""Customers for tests, made as `app`, the role that may."""

from __future__ import annotations

from uuid import UUID

from customers.privacy import create_data_key
from kit.db import Database
from kit.identity import Principal
from kit.ids import new_uuid


async def add_customer(
    database: Database,
    kek: bytes,
    *,
    name: str = "Ada Example",
    email: str | None = None,
    timezone: str = "Europe/Berlin",
    currency: str = "EUR",
    firm_id: UUID | None = None,
    password_hash: str = "!",
) -> Principal:
    principal = Principal(
        user_id=new_uuid(), customer_id=new_uuid(), firm_id=firm_id or new_uuid(), name=name, timezone=timezone, currency=currency
    )
    async with database.write("app", principal) as connection:
        if firm_id is None:
            await connection.execute("insert into customers.firms (id, name) values ($1, 'Example')", principal.firm_id)
        await connection.execute(
            "insert into customers.customers (id, firm_id, name, timezone, currency) values ($1, $2, $3, $4, $5)",
            principal.customer_id,
            principal.firm_id,
            name,
            timezone,
            currency,
        )
        await connection.execute(
            "insert into web.users (id, customer_id, firm_id, email, password_hash) values ($1, $2, $3, $4, $5)",
            principal.user_id,
            principal.customer_id,
            principal.firm_id,
            email or f"{principal.user_id.hex}@steward.example",
            password_hash,
        )
        await create_data_key(connection, kek, principal.customer_id, principal.firm_id)
    return principal
