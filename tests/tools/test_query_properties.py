"""Any query over any books equals a plain loop over the facts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.db import Database
from tests.people import add_customer
from tests.tools.books import Fact, keep
from tools.query.model import Measure, Query
from tools.query.run import run_query

TODAY = date(2026, 6, 15)
MERCHANTS, CATEGORIES = ("Aldi", "aldi", "Rewe", "50% off_shop"), ("Groceries", "Fun", "Rent")
DAYS = st.dates(date(2026, 3, 1), TODAY)
SIGNS = {"spending": -1, "refund": 1, "income": 1, "investment": -1}

facts = st.lists(
    st.builds(
        lambda day, size, merchant, category, flow, account: Fact(day.isoformat(), SIGNS[flow] * size, merchant, category, flow, account),
        DAYS, st.integers(1, 10**7), st.sampled_from(MERCHANTS), st.sampled_from(CATEGORIES), st.sampled_from(sorted(SIGNS)),
        st.sampled_from(["Current", "Visa"]),
    ),
    min_size=5, max_size=25,
)  # fmt: skip


def seldom(strategy: st.SearchStrategy[Any], otherwise: Any) -> st.SearchStrategy[Any]:
    """Most filters are off in most questions; with all on, nothing would be left to compare."""
    return st.integers(0, 4).flatmap(lambda n: strategy if n == 4 else st.just(otherwise))


names = seldom(st.lists(st.sampled_from(MERCHANTS), min_size=1, max_size=2), [])
categories = seldom(st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=2), [])
queries = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(["spending", "income", "net_cash_flow", "refunds", "investments", "money_in", "money_out", "movements"]),
        "include": st.fixed_dictionaries(
            {"merchants": names, "categories": categories, "weekdays": seldom(st.lists(st.integers(1, 7), min_size=1, max_size=4), [])}
        ),
        "exclude": st.fixed_dictionaries({"merchants": names, "categories": categories}),
        "amount_min_minor": seldom(st.integers(0, 10**7), None),
        "group_by": st.none() | st.sampled_from(["category", "merchant", "account", "month", "weekday", "week"]),
        "period": st.none() | st.tuples(DAYS, st.integers(10, 100)).map(lambda p: (p[0], p[0] + timedelta(days=p[1]))),
    }
)

VALUES: dict[str, Any] = {
    "spending": lambda f: -f.amount_minor if f.flow in ("spending", "refund") else None,
    "income": lambda f: f.amount_minor if f.flow == "income" else None,
    "net_cash_flow": lambda f: f.amount_minor if f.flow in ("spending", "refund", "income") else None,
    "refunds": lambda f: f.amount_minor if f.flow == "refund" else None,
    "investments": lambda f: -f.amount_minor if f.flow == "investment" else None,
    "money_in": lambda f: f.amount_minor if f.amount_minor > 0 else None,
    "money_out": lambda f: -f.amount_minor if f.amount_minor < 0 else None,
    "movements": lambda f: f.amount_minor,
}
KEYS: dict[str, Any] = {
    "category": lambda f: f.category.lower(),
    "merchant": lambda f: f.merchant.lower(),
    "account": lambda f: f.account,
    "month": lambda f: f.day[:7] + "-01",
    "week": lambda f: (f.on - timedelta(days=f.on.weekday())).isoformat(),
    "weekday": lambda f: str(f.on.isoweekday()),
}


def _matches(fact: Fact, wanted: dict[str, Any]) -> bool:
    def among(value: str, allowed: list[str]) -> bool:
        return value.lower() in [name.lower() for name in allowed]

    include, exclude = wanted["include"], wanted["exclude"]
    return (
        (wanted["period"] is None or wanted["period"][0] <= fact.on <= wanted["period"][1])
        and (not include["merchants"] or among(fact.merchant, include["merchants"]))
        and (not include["categories"] or among(fact.category, include["categories"]))
        and (not include["weekdays"] or fact.on.isoweekday() in include["weekdays"])
        and not among(fact.merchant, exclude["merchants"])
        and not among(fact.category, exclude["categories"])
        and (wanted["amount_min_minor"] is None or abs(fact.amount_minor) >= wanted["amount_min_minor"])
    )


@given(facts=facts, wanted=queries)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_a_query_equals_a_loop_over_the_facts(database: Database, kek: bytes, facts: list[Fact], wanted: dict[str, Any]) -> None:
    owner = await add_customer(database, kek)
    await keep(database, owner, facts)
    period = wanted["period"] and {"start_on": wanted["period"][0], "end_on": wanted["period"][1]}
    async with database.read(owner) as connection:
        result = await run_query(connection, "EUR", Query.model_validate({**wanted, "period": period}), TODAY)
    chosen = [(fact, VALUES[wanted["measure"]](fact)) for fact in facts if _matches(fact, wanted)]
    counted = [(fact, value) for fact, value in chosen if value is not None]
    assert (result.amount_minor, result.count) == (sum(value for _, value in counted), len(counted))
    if wanted["group_by"]:
        groups: dict[str, int] = defaultdict(int)
        for fact, value in counted:
            groups[KEYS[wanted["group_by"]](fact)] += value
        by_label = wanted["group_by"] == "account"
        shown = {(row.label if by_label else row.key.lower()): row.amount_minor for row in result.rows if row.count}
        assert shown == dict(groups)
    assert Measure(wanted["measure"]) is result.measure
