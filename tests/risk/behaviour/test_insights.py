"""What is told of a household's books and what is not: each insight by the facts that make it, and silence where nothing happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest

from risk.behaviour.insight import Found, Insight
from risk.behaviour.insights import Hand, insights
from risk.behaviour.payment import Payment
from risk.behaviour.recurring import detect

TODAY = date(2026, 11, 21)
CURRENT = UUID(int=1)
UNKNOWN = Hand(None, frozenset())
_number = iter(range(1, 10**9))


def fact(on: date | str, minor: int, merchant: str, category: str, flow: str = "", words: str = "") -> Payment:
    day = on if isinstance(on, date) else date.fromisoformat(on)
    named = flow or ("income" if minor > 0 else "spending")
    return Payment(UUID(int=next(_number)), CURRENT, "Current", "checking", day, minor, "EUR", merchant, words, category, named)


def quiet(until: date = TODAY) -> list[Payment]:
    """A year in which every month is much like the other."""
    found = []
    for month in [date(2025, 12, 1), *(date(2026, n, 1) for n in range(1, 12))]:
        found += [
            fact(month, -90_000, "Landlord", "Rent"),
            fact(month.replace(day=25), 250_000, "Acme", "Salary"),
            fact(month.replace(day=8), -1_099, "Spotify", "Subscriptions"),
            *(
                fact(month + timedelta(days=day), -(2_500 + 377 * (day + 5 * month.month) % 1_013), "Aldi", "Groceries")
                for day in (2, 5, 9, 13, 17, 19)
            ),
            *(
                fact(month + timedelta(days=day), -(1_700 + 211 * (day + 3 * month.month) % 599), "Trattoria", "Eating out")
                for day in (4, 11, 18)
            ),
        ]
    return [payment for payment in found if payment.booked_on <= until]


def told(payments: Sequence[Payment], hand: Hand = UNKNOWN, today: date = TODAY) -> list[Found]:
    return insights(payments, detect(payments, today), hand, today)


def kinds(payments: Sequence[Payment], hand: Hand = UNKNOWN, today: date = TODAY) -> list[str]:
    return [found.kind.value for found in told(payments, hand, today)]


def test_a_quiet_household_is_told_nothing() -> None:
    assert kinds(quiet()) == []


@pytest.mark.parametrize("day", range(1, 29))
def test_a_quiet_household_is_told_nothing_on_any_day_of_the_month(day: int) -> None:
    today = date(2026, 10, day)
    assert kinds(quiet(today), today=today) == []


def test_a_price_that_rose_is_told_with_both_prices_and_what_it_costs_in_a_year() -> None:
    rising = [fact(date(2026, month, 3), -999 if month < 10 else -1_299, "DAZN", "Subscriptions") for month in range(2, 12)]
    (found,) = told([*quiet(), *rising])
    assert (found.kind, found.merchant, found.before_minor, found.amount_minor, found.stake_minor) == (
        Insight.PRICE_RISE, "DAZN", 999, 1_299, 3_600
    )  # fmt: skip
    assert {payment.id for payment in rising[-2:]} <= set(found.evidence)


def test_a_fall_of_a_price_is_no_alarm() -> None:
    falling = [fact(date(2026, month, 3), -1_299 if month < 10 else -999, "DAZN", "Subscriptions") for month in range(2, 12)]
    assert kinds([*quiet(), *falling]) == []


def test_a_new_subscription_is_told_once_it_keeps_a_beat() -> None:
    new = [fact(date(2026, month, 3), -999, "DAZN", "Subscriptions") for month in (9, 10, 11)]
    assert kinds([*quiet(), *new]) == ["new_subscription"]
    assert kinds([*quiet(), *new[:2]]) == []


def test_two_subscriptions_to_music_overlap() -> None:
    second = [fact(date(2026, month, 3), -999, "Deezer", "Subscriptions") for month in range(2, 12)]
    (found,) = told([*quiet(), *second])
    assert (found.kind, found.merchant, found.other_merchant, found.stake_minor) == (Insight.OVERLAP, "Deezer", "Spotify", 11_988)


def test_the_same_charge_twice_is_told_until_it_is_given_back() -> None:
    twice = [fact("2026-11-16", -8_990, "Zalando", "Clothing"), fact("2026-11-17", -8_990, "Zalando", "Clothing")]
    (found,) = told([*quiet(), *twice])
    assert (found.kind, found.amount_minor, set(found.evidence)) == (Insight.DOUBLE_CHARGE, 8_990, {payment.id for payment in twice})
    assert kinds([*quiet(), *twice, fact("2026-11-19", 8_990, "Zalando", "Clothing", "refund")]) == ["refund"]


def test_a_subscription_charged_twice_is_told() -> None:
    assert kinds([*quiet(), fact("2026-11-08", -1_099 * 10, "Gym", "Fitness"), fact("2026-11-09", -1_099 * 10, "Gym", "Fitness")]) == [
        "double_charge"
    ]


def test_tickets_there_and_back_are_no_double_charge() -> None:
    tickets = [fact(date(2026, 11, day), -2_900, "Rail", "Transport") for day in (2, 2, 9, 9, 16, 16)]
    assert "double_charge" not in kinds([*quiet(), *tickets])


def test_a_payment_far_above_the_merchants_usual_is_told() -> None:
    (found,) = told([*quiet(), fact("2026-11-20", -48_000, "Trattoria", "Eating out")])
    assert (found.kind, found.amount_minor, found.category) == (Insight.LARGE_PAYMENT, 48_000, "Eating out")
    assert 1_700 <= (found.before_minor or 0) <= 2_300


def test_spending_well_above_its_pace_is_told_when_no_single_payment_explains_it() -> None:
    feast = [fact(date(2026, 11, day), -(5_000 + 13 * day), "Trattoria", "Eating out") for day in range(3, 21, 2)]
    found = [one for one in told([*quiet(), *feast]) if one.kind is Insight.CATEGORY_PACE]
    assert [(one.category, one.amount_minor > 3 * (one.before_minor or 0)) for one in found] == [("Eating out", True)]


def test_fees_are_told_and_those_for_paying_abroad_apart() -> None:
    fees = [fact("2026-11-10", -490, "Bank", "Fees"), fact("2026-11-12", -175, "Bank", "Fees", words="Foreign transaction fee")]
    assert sorted(kinds([*quiet(), *fees])) == ["fee", "foreign_fee"]


def test_the_regular_fee_of_an_account_is_no_news() -> None:
    assert kinds([*quiet(), *(fact(date(2026, month, 28), -490, "Bank", "Fees") for month in range(2, 11))]) == []


def test_pay_that_is_late_is_told_only_when_the_records_reach_past_its_day() -> None:
    books, today = quiet(date(2026, 10, 24)), date(2026, 10, 29)
    assert kinds(books, today=today) == []
    assert "income_late" in kinds([*books, fact("2026-10-29", -900, "Kiosk", "Groceries")], today=today)


def test_money_that_will_not_last_to_pay_day_is_told() -> None:
    hand = Hand(5_000, frozenset({CURRENT}))
    today = date(2026, 10, 27)
    (found,) = told(quiet(today), hand, today)
    assert (found.kind, found.before_minor) == (Insight.LOW_BALANCE, 5_000)
    assert found.amount_minor > 85_000  # the rent, and groceries beside it
    assert kinds(quiet(today), Hand(250_000, frozenset({CURRENT})), today) == []


def test_an_insight_keeps_its_id_from_day_to_day() -> None:
    rising = [fact(date(2026, month, 3), -999 if month < 10 else -1_299, "DAZN", "Subscriptions") for month in range(2, 12)]
    books = [*quiet(), *rising]
    assert told(books)[0].id == told(books, today=TODAY + timedelta(days=3))[0].id


def test_more_money_and_fresher_facts_come_first() -> None:
    large = fact("2026-11-20", -48_000, "Trattoria", "Eating out")
    small = fact("2026-11-10", -490, "Bank", "Fees")
    assert kinds([*quiet(), large, small]) == ["large_payment", "fee"]
