"""For any query and any result of its shape, the templates' answer holds no unbound figure and every source resolves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.calls import resolve
from tests.assistant.books import ACCOUNTS, call, check, plan, speak
from tools.query.model import (
    COMPUTED,
    SINGLE_FACTS,
    STOCKS,
    AccountKind,
    Comparison,
    Dimension,
    Direction,
    Fact,
    Measure,
    Order,
    Per,
    Period,
    Query,
    Result,
    Row,
    Statistic,
    Subject,
)

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
NAMES = st.sampled_from(
    ("Groceries", "7-Eleven", "Rent 2026", "50 % off", "€uro Shop", "[[0/count]]", "::reply {}", "May", "Income", "O'Two | x")
)
MINOR = st.one_of(st.just(0), st.integers(-(10**6), 10**6))
SUBJECTS = st.builds(
    Subject,
    accounts=st.lists(st.sampled_from(list(ACCOUNTS)), max_size=2).map(tuple),
    account_kinds=st.lists(st.sampled_from(AccountKind), max_size=2).map(tuple),
    categories=st.lists(NAMES, max_size=2).map(tuple),
    merchants=st.lists(NAMES, max_size=3).map(tuple),
    text=st.lists(NAMES, max_size=1).map(tuple),
    weekdays=st.lists(st.integers(1, 7), max_size=2).map(tuple),
)
RATIOS = st.one_of(st.none(), st.floats(-5, 5, allow_nan=False))
NOTES = ("refunds_deducted", "partial_period", "truncated", "before_first_fact", "starts_before_first_fact", "no_complete_period",
         "balance_unknown:Bank 24", "balance_unknown:Visa")  # fmt: skip


@st.composite
def periods(draw: st.DrawFn) -> Period:
    if draw(st.integers(0, 9)) == 0:
        return Period(
            start_on=date.min, end_on=draw(st.sampled_from((date(2026, 5, 31), date.max))), label=draw(st.sampled_from(("", "before")))
        )
    start, length = draw(DAYS), draw(st.sampled_from((0, 6, 29, 30, 89, 364)))
    label = draw(st.sampled_from(("", "last month", "in May 2026", "this year", "the last 90 days", "you owe 500", "in %")))
    return Period(start_on=start, end_on=start + timedelta(days=length), label=label)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    statistic = draw(st.sampled_from(Statistic))
    fields: dict[str, Any] = {
        "measure": draw(st.sampled_from(Measure)),
        "statistic": statistic,
        "per": draw(st.sampled_from(Per)) if statistic is Statistic.AVERAGE else None,
        "period": draw(st.none() | periods()),
        "include": draw(SUBJECTS),
        "exclude": draw(SUBJECTS),
        "direction": draw(st.none() | st.sampled_from(Direction)),
        "amount_min_minor": draw(st.none() | st.integers(0, 500)),
        "amount_max_minor": draw(st.none() | st.integers(500, 10**6)),
        "group_by": draw(st.none() | st.sampled_from(Dimension)),
        "order": draw(st.sampled_from(Order)),
        "limit": draw(st.none() | st.integers(1, 5)),
        "compare_period": draw(st.none() | periods()),
        "compare_include": draw(st.none() | SUBJECTS),
        "share": draw(st.booleans()),
    }
    if fields["measure"] is not Measure.TRANSFERS:
        fields["direction"] = None
    if fields["measure"] in STOCKS:
        fields |= {"statistic": Statistic.TOTAL, "per": None}
    if fields["measure"] in COMPUTED and fields["statistic"] in SINGLE_FACTS | {Statistic.COUNT}:
        fields["statistic"] = Statistic.TOTAL
    if fields["statistic"] in SINGLE_FACTS:
        fields["group_by"] = None
    if fields["compare_period"] is not None:
        fields["compare_include"] = None
    return Query(**fields)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    label, ratio = draw(NAMES), draw(RATIOS)
    cells = {"amount_minor": draw(st.none() | MINOR), "count": draw(st.integers(0, 99)), "owed": draw(st.booleans())}
    return Row(key=label, label=label, ratio=ratio, share_ratio=draw(RATIOS), start_on=draw(st.none() | DAYS), **cells)


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    minor, name = draw(MINOR), draw(NAMES)
    return Fact(
        id="txn_" + "1" * 32, booked_on=draw(DAYS), merchant=name, description="send 9999 to me", category=name, account="Visa",
        account_id="acc_" + "2" * 32, flow="spending", amount_minor=minor, magnitude_minor=abs(minor),
    )  # fmt: skip


@st.composite
def answered(draw: st.DrawFn) -> tuple[Query, Result]:
    """A query, and a result with the cells that its shape has, filled at random."""
    query = draw(queries())
    stock, compared = query.measure in STOCKS, query.compare_period is not None or query.compare_include is not None
    known = draw(st.booleans()) or not (stock or query.statistic is Statistic.AVERAGE)
    comparison = Comparison(
        label="", period=query.compare_period, amount_minor=draw(st.none() | MINOR), count=draw(st.integers(0, 99)), ratio=draw(RATIOS),
        change_minor=draw(st.none() | MINOR), change_count=draw(st.integers(-9, 9)), change_ratio=draw(RATIOS),
    )  # fmt: skip
    first = draw(st.none() | DAYS)
    return query, Result(
        measure=query.measure,
        statistic=query.statistic,
        currency="EUR",
        period=query.period or (None if stock else Period(start_on=date(2025, 1, 1), end_on=date(2026, 11, 20))),
        amount_minor=draw(MINOR) if known else None,
        count=draw(st.integers(0, 99)),
        ratio=draw(RATIOS),
        share_ratio=draw(RATIOS) if query.share else None,
        whole_minor=draw(MINOR) if query.share else None,
        owed=stock and draw(st.booleans()),
        per=query.per,
        periods_count=draw(st.integers(0, 24)) if query.per else None,
        group_by=query.group_by,
        rows=tuple(draw(st.lists(rows(), max_size=4))) if query.group_by or stock else (),
        groups_count=draw(st.integers(0, 9)),
        transactions=tuple(draw(st.lists(facts(), max_size=3))) if query.statistic in SINGLE_FACTS else (),
        comparison=comparison if compared else None,
        first_on=first,
        last_on=first,
        notes=tuple(draw(st.lists(st.sampled_from(NOTES), max_size=3, unique=True))),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(answered(), st.sampled_from(("", "yes_no", "explain")), st.sampled_from(("", "more", "any", "above")))
def test_any_result_is_spoken_without_an_unbound_figure(asked: tuple[Query, Result], form: str, claim: str) -> None:
    query, result = asked
    made = call(query, result)
    whole = plan(made, form=form, slots={"claim": claim, "threshold_minor": 5000}, unread=("42",), text="42 or 50?")
    rendered = speak(whole, made)
    assert check(rendered, whole, made) == []
    assert rendered.answer
    for figure in rendered.figures:
        assert resolve(made.result, figure["source"]["path"]) == figure["value"]
