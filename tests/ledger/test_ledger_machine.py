"""The ledger against a dictionary: imports of random files, undone at random, in any order; the chain verifies throughout."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from kit.db import Database
from kit.identity import Principal
from ledger.chain import verify
from risk.gate import take_back
from tests.ledger.books import NOW, Line, book
from tests.people import add_customer

START = date(2026, 1, 1)
ACCOUNTS = ("Current", "Visa")
lines = st.lists(
    st.tuples(
        st.integers(0, 3).map(lambda days: (START + timedelta(days=days)).isoformat()),
        st.sampled_from([-300, -100, 250]),  # few, so that files overlap
        st.sampled_from(["ALDI", "ACME"]),
    ),
    min_size=1,
    max_size=6,
)


class LedgerMachine(RuleBasedStateMachine):
    """`live` holds the counted rows of each account: what the ledger must say."""

    imports = Bundle("imports")
    database: Database
    owner: Principal
    run: Any

    def __init__(self) -> None:
        super().__init__()
        self.owner = self.run(add_customer(self.database, bytes(32)))
        self.live: dict[str, Counter[Line]] = {account: Counter() for account in ACCOUNTS}
        self.anchors: dict[str, list[tuple[date, int, int, Any]]] = {account: [] for account in ACCOUNTS}
        self.told = count()  # of two balances for one day the later told counts

    @rule(target=imports, account=st.sampled_from(ACCOUNTS), rows=lines, closing=st.none() | st.integers(-1000, 1000))
    def import_file(self, account: str, rows: list[Line], closing: int | None) -> tuple[str, Any, Counter[Line]]:
        day = max((row[0] for row in rows), default=None)
        stated = (day, closing) if closing is not None and day else None
        kind = "card" if account == "Visa" else "checking"
        recorded = self.run(book(self.database, self.owner, account, rows, kind=kind, closing=stated))
        fresh = Counter(rows) - self.live[account]
        assert (recorded.imported, recorded.duplicates) == (fresh.total(), len(rows) - fresh.total())
        self.live[account] += fresh
        if stated:
            self.anchors[account].append((date.fromisoformat(stated[0]), next(self.told), stated[1], recorded.import_id))
        return account, recorded.import_id, fresh

    @rule(chosen=consumes(imports))
    def undo(self, chosen: tuple[str, Any, Counter[Line]]) -> None:
        account, import_id, fresh = chosen
        assert self.run(self._take_back(import_id)) == fresh.total()
        self.live[account] -= fresh
        self.anchors[account] = [anchor for anchor in self.anchors[account] if anchor[3] != import_id]

    async def _take_back(self, import_id: Any) -> int:
        async with self.database.write("core", self.owner) as connection:
            return await take_back(connection, self.owner, import_id, NOW)

    @invariant()
    def the_books_say_what_was_imported(self) -> None:
        self.run(self._compare())

    async def _compare(self) -> None:
        async with self.database.read(self.owner) as connection:
            rows = await connection.fetch("select account_name, booked_on::text, amount_minor, description from ledger.lines")
            stocks = await connection.fetch(
                "select a.name, o.opening_minor, h.balance_minor from ledger.accounts a join ledger.heads h on h.account_id = a.id"
                " left join ledger.openings o on o.account_id = a.id where a.kind <> 'external'"
            )
        for account in ACCOUNTS:
            assert Counter((r[1], r[2], r[3]) for r in rows if r[0] == account) == self.live[account]
        for name, opening, balance in stocks:
            anchor = max(self.anchors[name], default=None, key=lambda a: a[:2])
            assert (opening is None) == (anchor is None)
            if anchor is None:
                assert balance == sum(line[1] * n for line, n in self.live[name].items())
            else:
                later = sum(line[1] * n for line, n in self.live[name].items() if date.fromisoformat(line[0]) > anchor[0])
                assert balance == anchor[2] + later

    def teardown(self) -> None:
        self.run(self._verify())

    async def _verify(self) -> None:
        async with self.database.write("worker", None) as connection:
            async for progress in verify(connection):
                assert progress.fault is None, progress


@pytest.fixture
def own_database(new_database_url: str, secret: bytes) -> Any:
    """Its own event loop too: the machine is driven from synchronous code."""
    loop = asyncio.new_event_loop()
    database = loop.run_until_complete(Database.open(new_database_url, secret, ["core", "app", "reader", "worker"], max_size=1))
    yield database, loop.run_until_complete
    loop.run_until_complete(database.close())
    loop.close()


def _check(own_database: Any, examples: int) -> None:
    database, run = own_database
    machine = type("Machine", (LedgerMachine,), {"database": database, "run": staticmethod(run)})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    phases = [Phase.explicit, Phase.reuse, Phase.generate]  # shrinking would drive the database for minutes
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=examples, stateful_step_count=12, deadline=None, suppress_health_check=checks, phases=phases),
    )


def test_the_ledger_equals_a_dictionary(own_database: Any) -> None:
    _check(own_database, 15)


@pytest.mark.long
def test_the_ledger_equals_a_dictionary_for_long(own_database: Any) -> None:
    _check(own_database, 300)
