"""Who a customer is: name, time zone and currency, within a firm (the house or advisory firm that they belong to)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from babel.core import get_global

from kit.db import Connection
from kit.errors import FieldError, Invalid, NotFound

HOUSE_FIRM = UUID("00000000-0000-8000-8000-000000000001")  # one per installation, so its id is known
MAX_NAME = 200
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, direction marks, surrogates, unassigned
_JOINERS = {"\u200c", "\u200d"}  # of category Cf too, but names in Persian and Hindi are spelled with them


@dataclass(frozen=True, slots=True)
class Customer:
    id: UUID
    firm_id: UUID
    name: str
    timezone: str
    currency: str


def check_name(name: str) -> str:
    """The name in NFC with single spaces. Raises Invalid for one that is empty, too long or holds invisible characters."""
    cleaned = unicodedata.normalize("NFC", " ".join(name.split()))
    if not 1 <= len(cleaned) <= MAX_NAME:
        raise Invalid("name_is_malformed", f"the name must have 1 to {MAX_NAME} characters", [FieldError("/name", "length")])
    if any(unicodedata.category(char) in _HIDDEN for char in cleaned if char not in _JOINERS):
        raise Invalid("name_is_malformed", "the name holds invisible characters", [FieldError("/name", "invisible characters")])
    return cleaned


def check_timezone(timezone: str) -> str:
    """Raises Invalid for what is no IANA zone."""
    if timezone not in available_timezones():
        detail = f"{timezone[:60]!r} is not a time zone such as Europe/Berlin"
        raise Invalid("timezone_is_unknown", detail, [FieldError("/timezone", "unknown")])
    return timezone


def check_currency(currency: str) -> str:
    """Raises Invalid for what is no ISO 4217 currency in use."""
    if currency not in _currencies():
        detail = f"{currency[:60]!r} is not a currency in use, such as EUR (ISO 4217)"
        raise Invalid("currency_is_unknown", detail, [FieldError("/currency", "unknown")])
    return currency


@cache
def _currencies() -> frozenset[str]:
    """Legal tender somewhere today, by Unicode CLDR."""
    uses = get_global("territory_currencies").values()
    return frozenset(code for periods in uses for code, _, end, is_tender in periods if end is None and is_tender)


async def create_firm(connection: Connection, firm_id: UUID, name: str) -> None:
    """Makes the firm unless it is there, as role `app` in that firm's own context."""
    await connection.execute(
        "insert into customers.firms (id, name) values ($1, $2) on conflict (id) do nothing", firm_id, check_name(name)
    )


async def create_customer(connection: Connection, customer: Customer) -> Customer:
    """Makes a customer, as role `app` in the customer's own context. Raises Invalid naming the field."""
    checked = Customer(
        customer.id, customer.firm_id, check_name(customer.name), check_timezone(customer.timezone), check_currency(customer.currency)
    )
    await connection.execute(
        "insert into customers.customers (id, firm_id, name, timezone, currency) values ($1, $2, $3, $4, $5)",
        checked.id, checked.firm_id, checked.name, checked.timezone, checked.currency,
    )  # fmt: skip
    return checked


async def find_customer(connection: Connection, customer_id: UUID) -> Customer:
    """A customer whom the reader may see. Raises NotFound."""
    row = await connection.fetchrow("select id, firm_id, name, timezone, currency from customers.customers where id = $1", customer_id)
    if row is None:
        raise NotFound("customer_is_unknown", "there is no such customer")
    return Customer(*row)
