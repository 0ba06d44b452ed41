"""Insights about agreements: a price that rose, a new subscription, two for the same service, pay that is late."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from risk.behaviour.insight import Found, Insight
from risk.behaviour.kinds import Kind
from risk.behaviour.outlook import main_income
from risk.behaviour.payment import Payment
from risk.behaviour.recurring import Recurring

RISE_PERMILLE = 20
RISE_DAYS = 90
NEW_DAYS = 100
RECORDS_BEFORE_DAYS = 75  # a subscription is only new where the records reach well back before it
LATE_DAYS = 3
# Services of which one is enough; of films and series, people keep two without thinking it odd.
_SERVICES: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (name, enough, re.compile(rf"\b(?:{words})", re.IGNORECASE))
    for name, enough, words in (
        ("music", 1, r"spotify|apple music|deezer|tidal|youtube music|soundcloud|amazon music|qobuz|napster"),
        ("storage", 1, r"icloud|google one|google storage|dropbox|onedrive|pcloud"),
        ("audio books", 1, r"audible|bookbeat|storytel|nextory"),
        ("fitness", 1, r"fitx|mcfit|clever fit|fitness first|puregym|gym group|planet fitness|john reed|basic[- ]?fit|gold'?s gym"),
        ("dating", 1, r"tinder|bumble|parship|hinge|elitepartner"),
        ("films", 2, r"netflix|disney|hbo|paramount|hulu|peacock|amazon prime|prime video|sky|wow|dazn|apple tv|crunchyroll|joyn|rtl"),
    )
)  # fmt: skip


def recurring_insights(payments: Sequence[Payment], recurring: Sequence[Recurring], today: date) -> Iterator[Found]:
    seen = [one for one in recurring if not one.hidden]
    for one in seen:
        if one.active and not one.inflow and one.kind is not Kind.SAVING:
            yield from _price_rise(one, today)
    yield from _new(payments, seen, today)
    yield from _overlaps(seen)
    yield from _late_income(payments, seen, today)


def _price_rise(one: Recurring, today: date) -> Iterator[Found]:
    change = one.change
    if change is None or change.after_minor - change.before_minor <= RISE_PERMILLE * change.before_minor // 1000:
        return
    first = one.payments[change.at]
    if (today - first.booked_on).days > RISE_DAYS:
        return
    yield Found(
        Insight.PRICE_RISE, (one.id.hex, first.id.hex), first.booked_on, (change.after_minor - change.before_minor) * one.beat.per_year,
        change.after_minor, tuple(payment.id for payment in one.payments[max(change.at - 2, 0) :]), merchant=one.merchant,
        category=one.category, before_minor=change.before_minor, since=one.payments[max(change.at - 2, 0)].booked_on,
        until=one.last.booked_on, recurring_ids=(one.id,),
    )  # fmt: skip


def _new(payments: Sequence[Payment], recurring: Sequence[Recurring], today: date) -> Iterator[Found]:
    begins: dict[object, date] = {}
    for payment in payments:
        begins[payment.account_id] = min(begins.get(payment.account_id, payment.booked_on), payment.booked_on)
    for one in recurring:
        first = one.first
        known = (first.booked_on - begins[first.account_id]).days
        fresh = (today - first.booked_on).days <= NEW_DAYS
        again = any(other.id != one.id and other.merchant.casefold() == one.merchant.casefold() for other in recurring)
        if one.active and one.kind is Kind.SUBSCRIPTION and fresh and known >= RECORDS_BEFORE_DAYS and not again:
            yield Found(
                Insight.NEW_SUBSCRIPTION, (one.id.hex,), first.booked_on, one.yearly_minor, one.amount_minor,
                tuple(payment.id for payment in one.payments), merchant=one.merchant, category=one.category, since=first.booked_on,
                until=one.last.booked_on, recurring_ids=(one.id,),
            )  # fmt: skip


def _overlaps(recurring: Sequence[Recurring]) -> Iterator[Found]:
    """More subscriptions to a service than one uses; the cheapest is what could be saved."""
    active = [one for one in recurring if one.active and one.kind is Kind.SUBSCRIPTION]
    for service, enough, words in _SERVICES:
        group = sorted((one for one in active if words.search(one.merchant)), key=lambda one: (one.monthly_minor, one.id.int))
        if len({one.merchant.casefold() for one in group}) <= enough:
            continue
        cheapest, other = group[0], group[-1]
        yield Found(
            Insight.OVERLAP, (service, *sorted(one.id.hex for one in group)), max(one.first.booked_on for one in group),
            cheapest.yearly_minor, cheapest.amount_minor, tuple(one.last.id for one in group), merchant=cheapest.merchant,
            other_merchant=other.merchant, category=cheapest.category, since=min(one.last.booked_on for one in group),
            until=max(one.last.booked_on for one in group), recurring_ids=tuple(one.id for one in group),
        )  # fmt: skip


def _late_income(payments: Sequence[Payment], recurring: Sequence[Recurring], today: date) -> Iterator[Found]:
    """Only where the account's own records reach past the day: an old file is no late pay."""
    pay = main_income(recurring)
    if pay is None or pay.next_on is None or pay.next_on + timedelta(days=LATE_DAYS) > today:
        return
    recorded = max(payment.booked_on for payment in payments if payment.account_id == pay.last.account_id)
    if recorded < pay.next_on + timedelta(days=LATE_DAYS):
        return
    yield Found(
        Insight.INCOME_LATE, (pay.id.hex, pay.next_on.isoformat()), pay.next_on, pay.amount_minor, pay.amount_minor,
        tuple(payment.id for payment in pay.payments[-3:]), merchant=pay.merchant, category=pay.category,
        since=pay.payments[-3:][0].booked_on, until=pay.last.booked_on, recurring_ids=(pay.id,),
    )  # fmt: skip
