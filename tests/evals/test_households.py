"""Households are the same whenever they are made, and their files say what is true."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.evals.books import Flow, Household
from tests.evals.household import describe, household, months_before, names
from tests.evals.layouts import LAYOUTS, exports

TODAY = date(2026, 11, 21)
ALL = [household(name, TODAY) for name in names()]
each = pytest.mark.parametrize("books", ALL, ids=lambda books: books.name)


@each
def test_a_day_later_nothing_of_the_past_has_changed(books: Household) -> None:
    tomorrow = household(books.name, TODAY + timedelta(days=1))
    assert [fact for fact in tomorrow.facts if fact.on <= TODAY] == list(books.facts)


@each
def test_another_seed_is_another_household(books: Household) -> None:
    assert household(books.name, TODAY, seed=2).facts != books.facts


@each
def test_books_reach_back_a_year_and_up_to_today(books: Household) -> None:
    assert (TODAY - books.first_on).days > 365
    assert (TODAY - books.facts[-1].on).days < 4


@each
def test_own_transfers_have_two_legs_that_cancel_out(books: Household) -> None:
    legs: dict[str, list[int]] = {}
    for fact in books.facts:
        if fact.flow is Flow.TRANSFER:
            legs.setdefault(fact.pair, []).append(fact.amount_minor)
    under_way = [pair for pair, amounts in legs.items() if len(amounts) == 1]
    assert all(sum(amounts) == 0 for pair, amounts in legs.items() if pair not in under_way)
    assert all(pair.startswith(TODAY.isoformat()) for pair in under_way)


@each
def test_every_refund_belongs_to_an_earlier_purchase(books: Household) -> None:
    for number, fact in enumerate(books.facts):
        if fact.flow is Flow.REFUND:
            assert any(other.merchant == fact.merchant and -other.amount_minor >= fact.amount_minor for other in books.facts[:number])


@each
def test_nobody_lives_beyond_their_means(books: Household) -> None:
    for account in books.accounts:
        if account.kind != "card":
            days = sorted({fact.on for fact in books.facts if fact.account == account.name})
            assert min(books.balance_minor(account, day) for day in days) >= 0


@each
def test_a_file_holds_every_fact_of_its_account(books: Household) -> None:
    for export in exports(books):
        layout = LAYOUTS[export.account.layout]
        text = export.content.decode(layout.encoding)
        rows = list(csv.reader(io.StringIO(text), delimiter=layout.delimiter))[1:]
        facts = [fact for fact in books.facts if fact.account == export.account.name]
        assert len(rows) == len(facts)
        newest = rows[0] if layout.newest_first else rows[-1]
        assert facts[-1].text in newest
        if "Balance" in layout.columns:
            balance = Decimal(newest[list(layout.columns).index("Balance")])
            assert balance * 100 == books.balance_minor(export.account, TODAY)


def test_a_description_tells_names_and_no_sums() -> None:
    text = describe(household("okafor", TODAY))
    assert "Monday Coffee" in text
    assert "its balance was never told" in describe(household("rochat", TODAY))
    assert months_before(date(2026, 1, 11), 14) == date(2024, 11, 11)
