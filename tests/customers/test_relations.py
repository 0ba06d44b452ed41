"""An advisor sees the names of their own clients, a client that of their advisor, and nobody else's."""

from __future__ import annotations

import asyncpg
import pytest

from customers.relations import list_related, take_advisor
from kit.db import Database
from kit.identity import Principal
from tests.people import add_customer


async def names(database: Database, reader: Principal) -> list[tuple[str, bool]]:
    async with database.read(reader) as connection:
        return [(one.name, one.advises) for one in await list_related(connection)]


async def relate(database: Database, client: Principal, advisor: Principal) -> None:
    async with database.write("app", client) as connection:
        await take_advisor(connection, client, advisor.customer_id)


async def test_both_sides_see_each_other_s_name_and_no_stranger_does(database: Database, kek: bytes) -> None:
    advisor = await add_customer(database, kek, name="Ines")
    client = await add_customer(database, kek, name="Tom", firm_id=advisor.firm_id)
    colleague = await add_customer(database, kek, name="Max", firm_id=advisor.firm_id)
    await relate(database, client, advisor)
    await relate(database, client, advisor)
    assert await names(database, advisor) == [("Tom", True)]
    assert await names(database, client) == [("Ines", False)]
    assert await names(database, colleague) == []


async def test_an_advisor_of_another_firm_is_impossible(database: Database, kek: bytes) -> None:
    advisor, client = await add_customer(database, kek), await add_customer(database, kek)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await relate(database, client, advisor)


async def test_nobody_makes_a_relation_for_somebody_else(database: Database, kek: bytes) -> None:
    advisor = await add_customer(database, kek)
    client = await add_customer(database, kek, firm_id=advisor.firm_id)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.write("app", advisor) as connection:
            await take_advisor(connection, client, advisor.customer_id)
