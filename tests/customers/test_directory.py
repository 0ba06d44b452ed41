"""A customer is made within a firm, in its own context, and seen by nobody else."""

from __future__ import annotations

import pytest

from customers.directory import Customer, check_currency, check_name, check_timezone, create_customer, create_firm, find_customer
from kit.db import Database
from kit.errors import Invalid, NotFound
from kit.identity import Principal
from kit.ids import new_uuid
from tests.conftest import MakeCustomer


def test_a_name_is_kept_in_composed_form_with_single_spaces() -> None:
    assert check_name("  Zoe\u0308   Müller ") == "Zoë Müller"
    assert check_name("نیم\u200cفاصله") == "نیم\u200cفاصله"


@pytest.mark.parametrize("name", ["", "   ", "a" * 201, "Ada\x00", "Ada\u202eevil", "Ada\u200b", "\ud800", "Ada\x1b[31m"])
def test_a_name_that_is_empty_too_long_or_hides_something_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_name(name)
    assert refused.value.errors[0].pointer == "/name"


@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires"])
def test_a_known_time_zone_is_taken(zone: str) -> None:
    assert check_timezone(zone) == zone


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "europe/berlin", "Europe/Berlin\x00"])
def test_anything_else_is_no_time_zone(zone: str) -> None:
    with pytest.raises(Invalid):
        check_timezone(zone)


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD", "XOF"])
def test_a_currency_in_use_is_taken(currency: str) -> None:
    assert check_currency(currency) == currency


@pytest.mark.parametrize("currency", ["", "eur", "DEM", "XXX", "XAU", "EURO", "€"])
def test_anything_else_is_no_currency(currency: str) -> None:
    with pytest.raises(Invalid):
        check_currency(currency)


def _person() -> Principal:
    return Principal(new_uuid(), new_uuid(), new_uuid(), "Ada", "Europe/Berlin", "EUR")


async def test_a_customer_is_found_by_itself_only(database: Database, make_customer: MakeCustomer) -> None:
    ada, bob = _person(), await make_customer()
    async with database.write("app", ada) as connection:
        await create_firm(connection, ada.firm_id, "House")
        await create_firm(connection, ada.firm_id, "House again")
        made = await create_customer(connection, Customer(ada.customer_id, ada.firm_id, " Ada  Lovelace", "UTC", "GBP"))
    async with database.read(ada) as connection:
        assert await find_customer(connection, ada.customer_id) == made
        assert made.name == "Ada Lovelace"
    async with database.read(bob) as connection:
        with pytest.raises(NotFound):
            await find_customer(connection, ada.customer_id)
