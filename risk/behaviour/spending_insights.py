"""Insights about single payments and the pace of spending, robust against the odd one: medians and median deviations, never means.

What counts as much is judged by the household's own spending: nothing small is made a story of.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from risk.behaviour.amounts import middle
from risk.behaviour.cadence import month, month_of
from risk.behaviour.insight import Found, Insight
from risk.behaviour.kinds import is_cash
from risk.behaviour.payment import Payment
from risk.behaviour.recurring import Recurring

FRESH_DAYS = 21
FEE_DAYS = 35
DOUBLE_DAYS = 45
PACE_FIRST_DAY = 8
_FEE = re.compile(r"^(?:fees?|bank fees?|bank charges?|interest paid|charges|overdraft)\b", re.IGNORECASE)
_FOREIGN = re.compile(
    r"\b(?:foreign|ausland\w*|fx|non[- ]?sterling|currency|cross[- ]?border|international|fremdw\w*|waehrung\w*|währung\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Spent:
    """A household's spending, sorted once."""

    payments: Sequence[Payment]
    regular: frozenset[UUID]
    today: date
    monthly_minor: int  # the median month's spending

    def single(self) -> list[Payment]:
        """Spending that does not recur."""
        return [payment for payment in self.payments if payment.flow == "spending" and payment.id not in self.regular]


def spent(payments: Sequence[Payment], recurring: Sequence[Recurring], today: date) -> Spent:
    regular = frozenset(payment.id for one in recurring for payment in one.payments)
    months: dict[int, int] = defaultdict(int)
    for payment in payments:
        if payment.flow in ("spending", "refund"):
            months[month_of(payment.booked_on.toordinal())] -= payment.amount_minor
    whole = [total for index, total in months.items() if month_of(today.toordinal()) - 12 <= index < month_of(today.toordinal())]
    return Spent(payments, regular, today, middle(whole) if whole else 0)


def spending_insights(given: Spent) -> Iterator[Found]:
    if given.monthly_minor <= 0:
        return
    double = list(_double_charges(given))
    yield from double
    yield from _large(given, {identity for one in double for identity in one.evidence})
    yield from _pace(given)
    yield from _fees(given)
    yield from _refunds(given)


def _deviation(amounts: Sequence[int]) -> tuple[int, int]:
    """Median and median absolute deviation, the latter at least a tenth of the former."""
    centre = middle(amounts)
    return centre, max(middle([abs(amount - centre) for amount in amounts]), centre // 10)


def _large(given: Spent, told: set[UUID]) -> Iterator[Found]:
    """A payment far above what is usual at the merchant, or in the category where the merchant is too new to say."""
    by_merchant: dict[str, list[Payment]] = defaultdict(list)
    by_category: dict[str, list[Payment]] = defaultdict(list)
    fresh_from = given.today - timedelta(days=FRESH_DAYS)
    for payment in given.single():
        key, amount = payment.merchant.casefold(), -payment.amount_minor
        if payment.booked_on >= fresh_from and 8 * amount >= given.monthly_minor and payment.id not in told:
            usual = _unusual(amount, by_merchant[key], 6, 25) or _unusual(amount, by_category[payment.category], 15, 40)
            if usual is not None:
                yield Found(
                    Insight.LARGE_PAYMENT, (payment.id.hex,), payment.booked_on, amount - usual, amount, (payment.id,),
                    merchant=payment.merchant, category=payment.category, before_minor=usual, since=payment.booked_on,
                    until=payment.booked_on,
                )  # fmt: skip
        by_merchant[key].append(payment)
        by_category[payment.category].append(payment)


def _unusual(amount: int, earlier: Sequence[Payment], needed: int, tenths: int) -> int | None:
    """The usual amount, where this one lies far above it: by factor, by deviations, and above the largest of the year before."""
    if len(earlier) < needed:
        return None
    amounts = [-payment.amount_minor for payment in earlier[-200:]]
    centre, deviation = _deviation(amounts)
    far = 10 * amount >= tenths * centre and amount >= centre + 8 * deviation and 10 * amount >= 12 * max(amounts)
    return centre if far else None


def _pace(given: Spent) -> Iterator[Found]:
    """This month so far against the same days of the months before."""
    today = given.today
    if today.day < PACE_FIRST_DAY:
        return
    this = month_of(today.toordinal())
    so_far: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    whole: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    first = this
    for payment in given.payments:
        index = month_of(payment.booked_on.toordinal())
        first = min(first, index)
        if payment.flow in ("spending", "refund") and payment.id not in given.regular and index >= this - 12:
            whole[payment.category][index] -= payment.amount_minor
            if payment.booked_on.day <= today.day:
                so_far[payment.category][index] -= payment.amount_minor
    before = range(max(first + 1, this - 12), this)
    if len(before) < 4:
        return
    for category, months in so_far.items():
        now, usual = months.get(this, 0), [months.get(index, 0) for index in before]
        centre, deviation = _deviation(usual)
        excess, active = now - centre, sum(whole[category].get(index, 0) > 0 for index in before)
        if active * 10 < 8 * len(before) or centre <= 0 or 10 * excess < given.monthly_minor:
            continue
        single = [-p.amount_minor for p in given.single() if p.category == category and p.booked_on >= today.replace(day=1)]
        spread_out = 10 * (now - max(single, default=0)) >= 12 * centre  # one large payment is told as such
        if spread_out and 10 * now >= 16 * centre and now >= centre + 5 * deviation and now > max(usual):
            yield Found(
                Insight.CATEGORY_PACE, (category.casefold(), str(this)), today, excess, now,
                tuple(p.id for p in given.single() if p.category == category and p.booked_on >= today.replace(day=1)),
                category=category, before_minor=centre, since=date.fromordinal(month(this)[0]), until=today,
            )  # fmt: skip


def _fees(given: Spent) -> Iterator[Found]:
    """What the bank charged beside its regular fees; that of one day and kind together."""
    for payment in given.payments:
        if payment.flow != "spending" or payment.id in given.regular or (given.today - payment.booked_on).days > FEE_DAYS:
            continue
        if _FEE.match(payment.category):
            foreign = _FOREIGN.search(f"{payment.merchant} {payment.description}") is not None
            yield Found(
                Insight.FOREIGN_FEE if foreign else Insight.FEE, (payment.id.hex,), payment.booked_on, -payment.amount_minor,
                -payment.amount_minor, (payment.id,), merchant=payment.merchant, category=payment.category, since=payment.booked_on,
                until=payment.booked_on,
            )  # fmt: skip


def _double_charges(given: Spent) -> Iterator[Found]:
    """The same amount at the same merchant within two days, where that never happened before and has not been given back."""
    groups: dict[tuple[UUID, str, int], list[Payment]] = defaultdict(list)
    returned: dict[tuple[str, int], date] = {}
    for payment in given.payments:
        if payment.flow == "spending" and not is_cash(payment.category):
            groups[payment.account_id, payment.merchant.casefold(), -payment.amount_minor].append(payment)
        elif payment.amount_minor > 0:
            returned[payment.merchant.casefold(), payment.amount_minor] = payment.booked_on
    for (_, merchant, amount), group in groups.items():
        pairs = [(a, b) for a, b in itertools.pairwise(group) if (b.booked_on - a.booked_on).days <= 2]
        if len(pairs) != 1 or 100 * amount < given.monthly_minor:
            continue
        first, second = pairs[0]
        back = returned.get((merchant, amount))
        both_agreed = first.id in given.regular and second.id in given.regular
        if (given.today - second.booked_on).days > DOUBLE_DAYS or both_agreed or (back is not None and back >= first.booked_on):
            continue
        yield Found(
            Insight.DOUBLE_CHARGE, (first.id.hex, second.id.hex), second.booked_on, amount, amount, (first.id, second.id),
            merchant=second.merchant, category=second.category, since=first.booked_on, until=second.booked_on,
        )  # fmt: skip


def _refunds(given: Spent) -> Iterator[Found]:
    for payment in given.payments:
        if (
            payment.flow == "refund"
            and 100 * payment.amount_minor >= given.monthly_minor
            and (given.today - payment.booked_on).days <= FRESH_DAYS
        ):
            yield Found(
                Insight.REFUND, (payment.id.hex,), payment.booked_on, payment.amount_minor // 4, payment.amount_minor, (payment.id,),
                merchant=payment.merchant, category=payment.category, since=payment.booked_on, until=payment.booked_on,
            )  # fmt: skip
