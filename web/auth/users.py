"""Users: who may sign in for which customer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from customers.directory import HOUSE_FIRM, Customer, check_currency, check_name, check_timezone, create_customer, create_firm
from customers.privacy import create_data_key
from kit.db import Database
from kit.errors import Conflict, FieldError, Invalid
from kit.identity import Principal
from kit.ids import new_uuid
from web.auth.passwords import Passwords, check_password

_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f.]+(\.[^@\s\x00-\x1f\x7f.]+)+")
_FIND = "select * from web.find_user($1)"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in, as sign-in sees them."""

    id: UUID
    customer_id: UUID
    firm_id: UUID
    email: str
    password_hash: str
    disabled: bool
    name: str
    timezone: str
    currency: str

    @property
    def principal(self) -> Principal:
        return Principal(self.id, self.customer_id, self.firm_id, self.name, self.timezone, self.currency)


@dataclass(frozen=True, slots=True)
class NewUser:
    """The ids of what `create_user` made."""

    user_id: UUID
    customer_id: UUID
    firm_id: UUID


async def create_user(
    db: Database,
    kek: bytes,
    email: str,
    password: str,
    name: str,
    timezone: str,
    currency: str,
    firm: UUID | None = None,
    *,
    passwords: Passwords | None = None,
) -> NewUser:
    """A new customer of a firm (the house by default) with a data key and a user who may sign in: all or nothing.

    Raises Invalid naming the field, or Conflict when the e-mail address is taken.
    """
    email = _check_email(email)
    check_password(password, email)
    name, timezone, currency = check_name(name), check_timezone(timezone), check_currency(currency)
    password_hash = await (passwords or Passwords()).hash(password)
    made = Principal(new_uuid(), new_uuid(), firm or HOUSE_FIRM, name, timezone, currency)
    try:
        async with db.write("app", made) as connection:
            if firm is None:
                await create_firm(connection, HOUSE_FIRM, "House")
            await create_customer(connection, Customer(made.customer_id, made.firm_id, name, timezone, currency))
            await create_data_key(connection, kek, made.customer_id, made.firm_id)
            await connection.execute(
                "insert into web.users (id, customer_id, firm_id, email, password_hash) values ($1, $2, $3, $4, $5)",
                made.user_id, made.customer_id, made.firm_id, email, password_hash,
            )  # fmt: skip
    except asyncpg.UniqueViolationError as error:
        raise Conflict("email_is_taken", "somebody signs in with this e-mail address", [FieldError("/email", "taken")]) from error
    return NewUser(made.user_id, made.customer_id, made.firm_id)


async def find_user(db: Database, email: str) -> User | None:
    """The user with this e-mail address, compared without case."""
    if not _EMAIL.fullmatch(email.strip()):
        return None
    async with db.write("app", None) as connection:
        row = await connection.fetchrow(_FIND, email.strip())
    if row is None:
        return None
    return User(
        row["id"], row["customer_id"], row["firm_id"], row["email"], row["password_hash"], row["disabled_at"] is not None,
        row["name"], row["timezone"], row["currency"],
    )  # fmt: skip


def _check_email(email: str) -> str:
    email = email.strip()
    if not 3 <= len(email) <= 254 or not _EMAIL.fullmatch(email) or not email.isprintable():
        raise Invalid("email_is_malformed", "this is not an e-mail address", [FieldError("/email", "malformed")])
    return email
