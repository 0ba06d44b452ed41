"""What is found to recur, when it comes next and what it costs: by plain examples, and by properties that hold for every book."""

from __future__ import annotations

import itertools
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.behaviour.cadence import BEAT, Cadence, per_month_minor
from risk.behaviour.kinds import Kind
from risk.behaviour.payment import Payment
from risk.behaviour.recurring import Recurring, detect

TODAY = date(2026, 11, 21)
ACCOUNT = UUID(int=1)


def paid(
    days: Sequence[date], minors: Sequence[int] | int, merchant: str = "Netflix", category: str = "Subscriptions", flow: str = "spending"
) -> list[Payment]:
    amounts = [minors] * len(days) if isinstance(minors, int) else minors
    return [
        Payment(
            UUID(int=hash((merchant, place, day)) % 2**64), ACCOUNT, "Current", "checking", day, minor, "EUR", merchant, "", category, flow
        )
        for place, (day, minor) in enumerate(zip(days, amounts, strict=True))
    ]


def months(day: int, number: int, last: tuple[int, int] = (2026, 11), step: int = 1) -> list[date]:
    """The same day of so many months, the last of them in `last`; 31 is the month's end."""
    end = last[0] * 12 + last[1] - 1
    places = [divmod(end - step * back, 12) for back in reversed(range(number))]
    return [date(year, month + 1, min(day, monthrange(year, month + 1)[1])) for year, month in places]


def one(payments: Sequence[Payment], today: date = TODAY) -> Recurring:
    (found,) = detect(payments, today)
    return found


@pytest.mark.parametrize(
    ("cadence", "days"),
    [
        ("weekly", [TODAY - timedelta(days=7 * back + 1) for back in reversed(range(12))]),
        ("fortnightly", [TODAY - timedelta(days=14 * back + 1) for back in reversed(range(8))]),
        ("four_weekly", [TODAY - timedelta(days=28 * back + 3) for back in reversed(range(6))]),
        ("monthly", months(12, 6)),
        ("bimonthly", months(12, 5, step=2)),
        ("quarterly", months(12, 4, step=3)),
        ("half_yearly", months(12, 3, step=6)),
        ("yearly", months(12, 2, step=12)),
    ],
)
def test_every_cadence_is_told_from_the_others(cadence: str, days: list[date]) -> None:
    assert one(paid(days, -5_000, "Insurer", "Insurance")).cadence == cadence


@pytest.mark.parametrize("number", [1, 2])
def test_fewer_than_three_payments_are_not_recurring(number: int) -> None:
    assert detect(paid(months(12, number), -999), TODAY) == []


def test_the_thirty_first_drifts_with_the_month_and_comes_back() -> None:
    found = one(paid(months(31, 8, (2026, 9)), -999), date(2026, 10, 5))
    assert (found.cadence, found.next_on) == ("monthly", date(2026, 10, 31))
    assert found.due(date(2026, 10, 5), date(2027, 3, 1))[1:] == [
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
    ]


def test_the_last_working_day_stays_the_last_working_day() -> None:
    days = [date(2026, 4, 30), date(2026, 5, 29), date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)]
    pay = one(paid(days, 250_000, "Acme", "Salary", "income"), date(2026, 10, 2))
    assert (pay.kind, pay.next_on) == (Kind.INCOME, date(2026, 10, 30))


def test_a_payment_on_a_weekend_moves_as_it_was_seen_to_move() -> None:
    days = [date(2026, 6, 15), date(2026, 7, 15), date(2026, 8, 17), date(2026, 9, 15), date(2026, 10, 15), date(2026, 11, 16)]
    assert one(paid(days, -5_000, "Power", "Utilities")).next_on == date(2026, 12, 15)
    assert [str(day) for day in one(paid(days, -5_000, "Power", "Utilities")).due(TODAY, date(2027, 5, 31))][-1] == "2027-05-17"


def test_a_bill_that_depends_on_use_is_found_with_its_median() -> None:
    found = one(paid(months(15, 8), [-9_100, -12_400, -13_000, -11_200, -8_000, -7_600, -8_800, -10_100], "Power", "Utilities"))
    assert (found.kind, found.amount_minor, found.change) == (Kind.BILL, 8_800, None)


def test_a_price_rise_is_one_agreement() -> None:
    found = one(paid(months(12, 8), [-999] * 6 + [-1_199] * 2))
    assert found.change is not None
    assert (found.change.before_minor, found.change.after_minor, found.change.at) == (999, 1_199, 6)
    assert (found.amount_minor, len(found.payments)) == (1_199, 8)


def test_one_odd_amount_is_no_change_of_price() -> None:
    assert one(paid(months(12, 8), [-999] * 5 + [-1_999] + [-999] * 2)).change is None


def test_a_month_left_out_does_not_end_it() -> None:
    days = months(12, 8)
    assert one(paid(days[:4] + days[5:], -999)).active


def test_what_is_cancelled_has_ended_and_what_is_late_has_not() -> None:
    other = paid([TODAY], -1, "Kiosk", "Shopping")
    assert not one([*paid(months(12, 6, (2026, 9)), -999), *other]).active
    late = one([*paid(months(12, 6, (2026, 10)), -999), *other])
    assert (late.active, late.next_on, late.due(TODAY, TODAY)) == (True, date(2026, 11, 12), [TODAY])


def test_an_account_whose_file_ends_early_is_judged_by_its_own_end() -> None:
    assert one(paid(months(12, 6, (2026, 8)), -999)).active


def test_two_subscriptions_at_one_merchant_are_told_apart() -> None:
    found = detect([*paid(months(5, 8), -299, "Apple"), *paid(months(19, 8), -999, "Apple")], TODAY)
    assert sorted((one.amount_minor, len(one.payments)) for one in found) == [(299, 8), (999, 8)]


def test_two_contracts_of_one_price_are_told_apart_and_have_ids_of_their_own() -> None:
    found = detect([*paid(months(4, 8), -1_500, "Phone"), *paid(months(19, 8), -1_500, "Phone")], TODAY)
    assert [len(one.payments) for one in found] == [8, 8]
    assert len({one.id for one in found}) == 2


def test_a_subscription_is_found_among_single_purchases() -> None:
    singles = paid(
        [TODAY - timedelta(days=9 * n + n % 4) for n in range(30)], [-(2_000 + 731 * n % 7_000) for n in range(30)], "Amazon", "Shopping"
    )
    prime = paid(months(14, 9), [-899] * 5 + [-999] * 4, "Amazon", "Shopping")
    assert {payment.id for payment in one([*singles, *prime]).payments} == {payment.id for payment in prime}


def test_a_habit_of_one_price_is_no_agreement() -> None:
    coffee = [TODAY - timedelta(days=n) for n in range(120) if (n * 7) % 5 < 2]
    assert detect(paid(coffee, -350, "Café", "Coffee"), TODAY) == []


def test_a_refund_and_a_repeated_charge_are_no_part_of_it() -> None:
    days = months(12, 6)
    again = paid([days[2] + timedelta(days=1)], -999, "Netflix")
    back = paid([days[2] + timedelta(days=6)], 999, "Netflix", flow="refund")
    assert len(one([*paid(days, -999), *again, *back]).payments) == 6


@pytest.mark.parametrize(
    ("merchant", "category", "flow", "minor", "kind"),
    [
        ("Landlord", "Rent", "spending", -90_000, Kind.BILL),
        ("Bank", "Loan", "spending", -20_000, Kind.BILL),
        ("Allianz", "Uncategorised", "spending", -20_000, Kind.BILL),
        ("Finanzamt", "Taxes", "spending", -20_000, Kind.BILL),
        ("FitX", "Fitness", "spending", -2_990, Kind.SUBSCRIPTION),
        ("Spotify", "Entertainment", "spending", -1_099, Kind.SUBSCRIPTION),
        ("Acme", "Salary", "income", 250_000, Kind.INCOME),
        ("Broker", "Investments", "investment", -10_000, Kind.SAVING),
    ],
)
def test_the_kind_follows_from_where_the_money_goes(merchant: str, category: str, flow: str, minor: int, kind: Kind) -> None:
    assert one(paid(months(12, 6), minor, merchant, category, flow)).kind == kind


def test_monthly_cost_is_amount_times_payments_per_year_by_twelve() -> None:
    assert [per_month_minor(1_000, cadence) for cadence in Cadence] == [4_333, 2_167, 1_083, 1_000, 500, 333, 167, 83]


def test_the_id_stays_when_payments_are_added_and_the_price_rises() -> None:
    before = one(paid(months(12, 5, (2026, 9)), -999), date(2026, 9, 20))
    after = one(paid(months(12, 7), [-999] * 5 + [-1_199] * 2))
    assert before.id == after.id


series = st.builds(
    lambda day, number, minor, step: paid(months(day, number, step=step), -minor, "Service", "Subscriptions"),
    st.integers(1, 31), st.integers(4, 12), st.integers(100, 100_000), st.sampled_from([1, 2, 3]),
)  # fmt: skip


@given(series, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_come_changes_nothing(payments: list[Payment], shuffle: object) -> None:
    mixed = list(payments)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert detect(mixed, TODAY) == detect(payments, TODAY)


@given(series)
def test_a_plain_series_is_found_whole_and_its_days_lie_ahead_in_order(payments: list[Payment]) -> None:
    found = one(payments, max(payment.booked_on for payment in payments))
    assert found.payments == tuple(payments)
    assert found.next_on is not None
    ahead = found.due(found.last.booked_on, found.last.booked_on + timedelta(days=400))
    assert ahead == sorted(set(ahead))
    assert all(abs((b - a).days - BEAT[found.cadence].days) <= 6 for a, b in itertools.pairwise(ahead))
    assert ahead[0] > found.last.booked_on


books = st.lists(
    st.tuples(st.integers(0, 500), st.integers(-9_000, 9_000).filter(bool), st.sampled_from("AB"), st.sampled_from(["Rent", "Shopping"])),
    max_size=60,
)  # fmt: skip


@given(books)
def test_no_book_breaks_it_and_no_payment_serves_two_agreements(drawn: list[tuple[int, int, str, str]]) -> None:
    payments = [
        paid([TODAY - timedelta(days=back)], minor, who, what, "income" if minor > 0 else "spending")[0]._replace(id=UUID(int=n + 1))
        for n, (back, minor, who, what) in enumerate(drawn)
    ]  # fmt: skip
    found = detect(payments, TODAY)
    ids = [payment.id for one in found for payment in one.payments]
    assert len(ids) == len(set(ids))
    assert len({one.id for one in found}) == len(found)
