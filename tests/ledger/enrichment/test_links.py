"""Halves of transfers, and refunds with their purchases."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.enrichment import FactToEnrich, enrich
from ledger.enrichment.assignment import assign
from tests.ledger.enrichment.household import KINDS, fact, flows, links


def test_both_halves_of_a_transfer_are_linked() -> None:
    out = fact("checking", "-500", "ONLINE TRANSFER TO SAV 1234", on=1)
    into = fact("savings", "500", "Deposit from Checking", on=3)
    assert links(out, into) == [1, 0]
    assert flows(out, into) == ["transfer", "transfer"]


def test_a_card_is_paid_off() -> None:
    assert links(fact("checking", "-310.25", "CHASE CREDIT CRD AUTOPAY", on=2), fact("card", "310.25", "Payment Thank You", on=1)) == [1, 0]


def test_cash_drawn_for_the_purse_is_a_transfer_and_otherwise_spending() -> None:
    drawn = fact("checking", "-200", "ATM WITHDRAWAL 12 HIGH ST")
    assert flows(drawn) == ["spending"]
    assert flows(drawn, fact("cash", "200", "from the bank")) == ["transfer", "transfer"]


def test_money_to_the_own_broker_is_a_transfer_and_to_another_an_investment() -> None:
    bought = fact("checking", "-100", "VANGUARD")
    assert flows(bought) == ["investment"]
    assert flows(bought, fact("brokerage", "100", "Funds received")) == ["transfer", "transfer"]


def test_the_own_name_on_both_halves_is_ground_enough() -> None:
    assert links(fact("checking a", "-123.45", "Erika Mustermann"), fact("checking b", "123.45", "ERIKA MUSTERMANN")) == [1, 0]


@pytest.mark.parametrize(
    ("out", "into"),
    [
        (fact("checking", "-50", "TESCO STORES"), fact("savings", "50", "Deposit")),
        (fact("checking", "-50", "Bowling club"), fact("checking b", "50", "Salary advance")),
        (fact("checking", "-50", "Pilates class"), fact("savings", "50", "Interest paid")),
        (fact("checking", "-50", "Transfer to savings"), fact("checking b", "50", "AMAZON REFUND")),
        (fact("checking", "-50", "Ana García"), fact("checking b", "50", "Bob Miller")),
        (fact("checking", "-50", "Dinner", category="Eating out"), fact("savings", "50", "Transfer from checking")),
        (fact("checking", "-50", "Transfer to savings"), fact("checking", "50", "Transfer from savings")),
        (fact("checking", "-50", "Transfer to savings", on=1), fact("savings", "50", "Transfer from checking", on=6)),
        (fact("checking", "-50", "Transfer to savings"), fact("savings", "50.01", "Transfer from checking")),
        (fact("cash", "-50", "flea market"), fact("savings", "50", "Deposit")),
    ],
)
def test_equal_amounts_by_coincidence_are_no_transfer(out: FactToEnrich, into: FactToEnrich) -> None:
    assert links(out, into) == [None, None]


def test_the_closest_days_belong_together() -> None:
    facts = [
        fact("checking", "-50", "Transfer to savings", on=1), fact("savings", "50", "Transfer from checking", on=1),
        fact("checking", "-50", "Transfer to savings", on=3), fact("savings", "50", "Transfer from checking", on=4),
    ]  # fmt: skip
    assert links(*facts) == [1, 0, 3, 2]


def test_nobody_is_left_alone_for_a_nearer_day() -> None:
    facts = [
        fact("checking", "-50", "Transfer to savings", on=1), fact("savings", "50", "Transfer from checking", on=4),
        fact("checking", "-50", "Transfer to savings", on=5), fact("savings", "50", "Transfer from checking", on=9),
    ]  # fmt: skip
    assert links(*facts) == [1, 0, 3, 2]


def test_of_two_on_one_day_the_better_text_wins() -> None:
    payment, transfer = fact("checking", "-50", "Ms Landlady"), fact("checking", "-50", "Transfer to savings")
    assert links(payment, transfer, fact("savings", "50", "From checking")) == [None, 2, 1]


def test_a_refund_is_linked_to_the_purchase_of_its_amount() -> None:
    facts = [
        fact("card", "-20", "AMZN Mktp US*1", on=1), fact("card", "-45", "AMZN Mktp US*2", on=2),
        fact("card", "-30", "AMZN Mktp US*3", on=3), fact("card", "45", "AMZN Mktp US*4", on=20),
    ]  # fmt: skip
    assert links(*facts) == [None, None, None, 1]
    assert flows(*facts)[3] == "refund"


def test_a_part_is_refunded_from_the_latest_purchase_that_covers_it() -> None:
    facts = [
        fact("card", "-45", "ZALANDO", on=1),
        fact("card", "-60", "ZALANDO", on=2),
        fact("card", "-10", "ZALANDO", on=3),
        fact("card", "25", "ZALANDO", on=9),
    ]
    assert links(*facts)[3] == 1


def test_a_purchase_is_not_refunded_twice() -> None:
    facts = [fact("card", "-45", "ZALANDO", on=1), fact("card", "45", "ZALANDO", on=5), fact("card", "45", "ZALANDO", on=6)]
    assert links(*facts) == [None, 0, None]
    assert flows(*facts) == ["spending", "refund", "refund"]


@pytest.mark.parametrize(("amount", "on"), [("45.01", 5), ("45", 182), ("45", 1)])
def test_more_than_was_paid_and_later_than_180_days_is_not_linked(amount: str, on: int) -> None:
    linked = links(fact("card", "-45", "ZALANDO", on=1), fact("card", amount, "ZALANDO", on=on))
    assert linked == ([None, 0] if (amount, on) == ("45", 1) else [None, None])


def test_a_refund_lies_in_the_category_of_its_purchase() -> None:
    purchase = fact("card", "-45", "KWIKKY MART", on=1, category="Gadgets")
    refund = fact("card", "45", "KWIKKY MART", on=9)
    assert [(each.category, each.flow) for each in enrich([purchase, refund])] == [("Gadgets", "spending"), ("Gadgets", "refund")]


def test_wages_from_a_shop_are_no_refund() -> None:
    assert flows(fact("checking", "-45", "TESCO STORES"), fact("checking", "30", "TESCO PAYROLL", on=5)) == ["spending", "income"]


def test_a_friend_who_pays_back_to_the_cent_is_linked_and_any_other_sum_is_income() -> None:
    lent = fact("checking", "-45", "Ana García", on=1)
    assert flows(lent, fact("checking", "45", "Ana García", on=5)) == ["spending", "refund"]
    assert flows(lent, fact("checking", "30", "Ana García", on=5)) == ["spending", "income"]


def test_an_expense_claim_is_income_unless_its_purchase_is_known() -> None:
    assert flows(fact("checking", "99", "ACME EXPENSE CLAIM")) == ["income"]


TEXTS = [
    "TESCO", "Transfer to savings", "Transfer from checking", "Deposit", "Ana García", "ACME PAYROLL", "AMAZON REFUND", "AMAZON",
    "Payment thank you", "VANGUARD", "ATM", "x", "Interest", "CREDIT CARD PAYMENT", "ZORBLAX",
]  # fmt: skip
AMOUNTS = [-900, -500, 500, 900, 100]
CATEGORIES = [None, "Transfer", "Food"]
Drawn = tuple[int, str, int, int, str, str | None]
households = st.lists(
    st.tuples(
        st.integers(0, 4), st.sampled_from(KINDS), st.integers(0, 8), st.sampled_from(AMOUNTS), st.sampled_from(TEXTS),
        st.sampled_from(CATEGORIES),
    ),
    max_size=40,
)  # fmt: skip


def build(drawn: list[Drawn]) -> list[FactToEnrich]:
    return [
        FactToEnrich(
            UUID(int=n + 1),
            UUID(int=KINDS.index(kind) * 10 + account),
            kind,
            date(2026, 1, 1) + timedelta(day),
            minor,
            text,
            None,
            category,
        )
        for n, (account, kind, day, minor, text, category) in enumerate(drawn)
    ]


@settings(max_examples=200, deadline=None)
@given(households, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(drawn: list[Drawn], shuffler: random.Random) -> None:
    facts = build(drawn)
    shuffled = list(facts)
    shuffler.shuffle(shuffled)
    assert {each.fact_id: each for each in enrich(facts)} == {each.fact_id: each for each in enrich(shuffled)}


@settings(max_examples=200, deadline=None)
@given(households)
def test_links_hold_what_they_promise(drawn: list[Drawn]) -> None:
    facts = {each.id: each for each in build(drawn)}
    found = {each.fact_id: each for each in enrich(list(facts.values()))}
    given_back: dict[UUID, int] = {}
    for each in found.values():
        if each.linked_to is None:
            continue
        one, other = facts[each.fact_id], facts[each.linked_to]
        if each.flow == "transfer":
            assert found[other.id].linked_to == one.id
            assert one.amount_minor == -other.amount_minor
            assert one.account_id != other.account_id
            assert abs((one.booked_on - other.booked_on).days) <= 4
        else:
            assert each.flow == "refund"
            assert found[other.id].flow == "spending"
            assert timedelta(0) <= one.booked_on - other.booked_on <= timedelta(180)
            given_back[other.id] = given_back.get(other.id, 0) + one.amount_minor
    assert all(minor <= -facts[purchase].amount_minor for purchase, minor in given_back.items())


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(0, 40), min_size=1, max_size=12))
def test_the_assignment_is_the_best_of_all(costs: dict[tuple[int, int], int]) -> None:
    def worth(pairs: list[tuple[int, int]]) -> tuple[int, int]:
        return -len(pairs), sum(costs[pair] for pair in pairs)

    best = min(worth([(i, j) for i, j in enumerate(order) if (i, j) in costs]) for order in permutations(range(5)))
    chosen = assign(costs, exact_max=10)
    assert len({i for i, _ in chosen}) == len({j for _, j in chosen}) == len(chosen)
    assert worth(chosen) == best


def test_the_name_of_an_own_account_in_the_text_is_ground_enough() -> None:
    out = replace(fact("checking", "-200", "TO HOUSE POT", category="General"), account_name="Main")
    into = replace(fact("savings", "200", "FROM MAIN", category="General"), account_name="House Pot")
    assert flows(out, into) == ["transfer", "transfer"]
    elsewhere = replace(into, account_name="Rainy Day", description="A PRESENT")
    assert flows(replace(out, account_name="Current"), elsewhere) != ["transfer", "transfer"]
