"""From a merchant's payments to the series hidden in them: one, several at different amounts, or one among single purchases.

Tried in this order: all payments as one series; payments of one price, pieces of one agreement joined over price changes; payments whose
amounts differ by an exchange rate; groups of amounts that a wide gap parts. What is weak evidence alone must explain the merchant whole.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from risk.behaviour.amounts import Steadiness, spread, steadiness
from risk.behaviour.cadence import BEAT, Beat, Cadence
from risk.behaviour.kinds import is_everyday
from risk.behaviour.payment import Payment
from risk.behaviour.schedule import Fit, best_fit, fit_to, following

FEW = 6  # payments of a merchant, up to which two of one price a year apart say something
NEAR_LEAST = 5
BAND_PERCENT = 6  # how far amounts sway with an exchange rate
BUSY = 100  # a merchant with more payments can only have series of one price
_OFTEN = (Cadence.WEEKLY, Cadence.FORTNIGHTLY)


@dataclass(frozen=True, slots=True)
class Series:
    """Payments of one agreement, in order."""

    payments: tuple[Payment, ...]
    beat: Beat


def series_of(payments: Sequence[Payment]) -> list[Series]:
    """The series of one account, merchant and direction; `payments` in order of days."""
    if len(payments) < 2:
        return []
    if len(payments) <= BUSY and (whole := _whole(payments)) is not None:
        rest = _without(payments, whole.payments)
        return [whole, *(_of_one_price(rest) if len(rest) > 2 else [])]
    found = _joined(_of_one_price(payments))
    found = [_extended(series, payments) for series in found]
    rest = _without(payments, [payment for series in found for payment in series.payments])
    found += _near(rest)
    rest = _without(payments, [payment for series in found for payment in series.payments])
    if 4 <= len(rest) <= BUSY and not is_everyday(payments[-1].category):
        found += _parted(rest)
    return found


def _without(payments: Sequence[Payment], taken: Sequence[Payment]) -> list[Payment]:
    ids = {payment.id for payment in taken}
    return [payment for payment in payments if payment.id not in ids]


def _days(payments: Sequence[Payment]) -> list[int]:
    return [payment.booked_on.toordinal() for payment in payments]


def _amounts(payments: Sequence[Payment]) -> list[int]:
    return [abs(payment.amount_minor) for payment in payments]


def _fit(payments: Sequence[Payment]) -> tuple[Fit, list[Payment], Steadiness] | None:
    fit = best_fit(_days(payments), _amounts(payments))
    if fit is None:
        return None
    members = [payments[place] for place in fit.members]
    return fit, members, steadiness(_amounts(members))


def _whole(payments: Sequence[Payment]) -> Series | None:
    """All payments as one series; the variable ones only when nothing else happens at the merchant."""
    fitted = _fit(payments)
    if fitted is None:
        return None
    fit, members, steady = fitted
    if not _holds(fit, steady, _amounts(members), everyday=is_everyday(payments[-1].category)):
        return None
    if steady is not Steadiness.STEADY and len(members) * 100 < 85 * len(payments):
        return None
    if steady is Steadiness.VARIABLE and sum(len(series.payments) for series in _of_one_price(payments)) * 5 >= 4 * len(payments):
        return None
    return Series(tuple(members), fit.beat)


def _holds(fit: Fit, steady: Steadiness, amounts: Sequence[int], *, everyday: bool) -> bool:
    """Whether the evidence is enough: the less steady the amounts, the truer the days have to be, and the more of them there are."""
    number, cadence = len(fit.members), fit.beat.cadence
    if steady is Steadiness.WILD:
        return False
    if number == 2:  # only a yearly one comes here
        low, high = sorted(amounts)
        return fit.off_days <= (3 if everyday else 10) and 10 * high <= (11 if everyday else 15) * low
    often = cadence in _OFTEN
    if everyday:
        enough = number >= (8 if often else 4)
        return steady is Steadiness.STEADY and enough and fit.cost <= 90 and fit.mean_off_permille <= (500 if often else 1500)
    if steady is Steadiness.STEADY and number < 5 and fit.beat.months > 1 and fit.mean_off_permille > 3000:
        return False
    if steady is Steadiness.STEADY:
        return fit.cost <= (120 if number == 3 or often else 220) and number >= (5 if often else 3)
    if steady is Steadiness.NEAR:
        return fit.cost <= (100 if number == 3 or often else 160) and number >= (6 if often else 3)
    low, high = spread(amounts)
    if number < (8 if often else 4 if fit.beat.months < 3 else 3):
        return False
    return fit.cost <= (60 if often else 140) and (high <= 3 * low or fit.cost <= 70)


def _of_one_price(payments: Sequence[Payment]) -> list[Series]:
    """Payments of the very same amount that keep a beat, and are not bought between."""
    by_amount: dict[int, list[Payment]] = {}
    for payment in payments:
        by_amount.setdefault(payment.amount_minor, []).append(payment)
    found = []
    for same in by_amount.values():
        if len(same) >= (2 if len(payments) <= FEW else 3):
            found += [series for series in _chains(same) if len(same) == len(payments) or _is_plain(series)]
    return sorted(found, key=lambda series: (series.payments[0].booked_on, series.payments[0].id.int))


def _is_plain(series: Series) -> bool:
    """Whether a series stands out among single purchases: by its number, or by keeping its days."""
    number = len(series.payments)
    fit = fit_to(series.beat, _days(series.payments), _amounts(series.payments))
    return fit is not None and (number < 3 or number >= 6 or fit.mean_off_permille <= (2000 if series.beat.months == 1 else 1000))


def _chains(payments: list[Payment]) -> list[Series]:
    """One series, or two of the same price on different days; nothing when a part of the payments belongs to neither."""
    everyday = is_everyday(payments[-1].category)
    fitted = _fit(payments)
    if fitted is not None and _holds(fitted[0], Steadiness.STEADY, _amounts(fitted[1]), everyday=everyday):
        return [Series(tuple(fitted[1]), fitted[0].beat)] if len(fitted[1]) > 2 or len(payments) == 2 else []
    if len(payments) < 6:
        return []
    low: list[Payment] = []
    high: list[Payment] = []
    ordered = sorted(payment.booked_on.day for payment in payments)
    gaps = [(after - before, before) for before, after in itertools.pairwise(ordered)]
    widest, cut = max(gaps)
    if widest < 4:
        return []
    for payment in payments:
        (low if payment.booked_on.day <= cut else high).append(payment)
    parts = [_fit(part) for part in (low, high)]
    if all(part is not None and part[0].cost <= 60 and len(part[1]) >= 3 for part in parts):
        return [Series(tuple(part[1]), part[0].beat) for part in parts if part is not None]
    return []


def _joined(found: list[Series]) -> list[Series]:
    """Pieces of one agreement at different prices, the later following the earlier on its beat."""
    joined: list[Series] = []
    for series in found:
        for place, before in enumerate(joined):
            if _follows(before, series):
                joined[place] = Series((*before.payments, *series.payments), before.beat if len(before.payments) > 2 else series.beat)
                break
        else:
            joined.append(series)
    return joined


def _follows(before: Series, series: Series) -> bool:
    if before.beat != series.beat or before.payments[-1].booked_on >= series.payments[0].booked_on:
        return False
    old, new = abs(before.payments[-1].amount_minor), abs(series.payments[0].amount_minor)
    if not 6 * old <= 10 * new <= 17 * old:
        return False
    first = series.payments[0].booked_on.toordinal()
    last = before.payments[-1].booked_on.toordinal()
    expected = following(before.beat, _days(before.payments), last, inflow=before.payments[0].amount_minor > 0, number=2)
    return any(abs(first - day) <= before.beat.slack_days for day in expected)


def _extended(series: Series, payments: Sequence[Payment]) -> Series:
    """With the payments after a change of price that are too few to be a series of their own."""
    chain, beat = list(series.payments), series.beat
    if beat.cadence in _OFTEN:
        return series
    free = _without(payments, chain)
    while True:
        last = chain[-1]
        due = following(beat, _days(chain), last.booked_on.toordinal(), inflow=last.amount_minor > 0)[0]
        raised = len(chain) > len(series.payments)
        fitting = [
            payment
            for payment in free
            if abs(payment.booked_on.toordinal() - due) <= 2
            and (
                payment.amount_minor == last.amount_minor
                if raised
                else 75 * abs(last.amount_minor) <= 100 * abs(payment.amount_minor) <= 135 * abs(last.amount_minor)
            )
        ]
        if not fitting:
            return Series(tuple(chain), beat)
        chain.append(min(fitting, key=lambda payment: (abs(payment.amount_minor - last.amount_minor), payment.id.int)))


def _near(payments: Sequence[Payment]) -> list[Series]:
    """Amounts that sway by an exchange rate, among other purchases: the fullest bands of amounts are looked at."""
    ordered = sorted(payments, key=lambda payment: (abs(payment.amount_minor), payment.booked_on, payment.id.int))
    amounts = _amounts(ordered)
    bands, end = [], 0
    for start, amount in enumerate(amounts):
        while end < len(amounts) and 100 * amounts[end] <= (100 + BAND_PERCENT) * amount:
            end += 1
        if end - start >= NEAR_LEAST:
            bands.append((end - start, start, end))
    found: list[Series] = []
    taken: set[UUID] = set()
    for _, start, end in sorted(bands, key=lambda band: (-band[0], band[1]))[:8]:
        group = sorted((one for one in ordered[start:end] if one.id not in taken), key=lambda one: (one.booked_on, one.id.int))
        if len(group) < NEAR_LEAST or not _keeps_its_day(group):
            continue
        fit = fit_to(BEAT[Cadence.MONTHLY], _days(group), _amounts(group))
        if fit is None or len(fit.members) < NEAR_LEAST or fit.mean_off_permille > 1500:
            continue
        if 4 * fit.extras <= len(fit.members) and 8 * fit.missing <= len(fit.members):
            found.append(Series(tuple(group[place] for place in fit.members), fit.beat))
            taken |= {payment.id for payment in found[-1].payments}
    return found


def _keeps_its_day(payments: Sequence[Payment]) -> bool:
    """A quick look: whether most days of the month lie within nine days, round the month's end."""
    counted = [0] * 31
    for payment in payments:
        counted[payment.booked_on.day - 1] += 1
    doubled = counted + counted
    return 4 * max(sum(doubled[start : start + 9]) for start in range(31)) >= 3 * len(payments)


def _parted(payments: Sequence[Payment]) -> list[Series]:
    """Several agreements of different size at one merchant, which together explain nearly all of its payments."""
    found = _split(list(payments), 3)
    explained = sum(len(series.payments) for series in found)
    return found if explained * 100 >= 85 * len(payments) else []


def _split(payments: list[Payment], depth: int) -> list[Series]:
    ordered = sorted(_amounts(payments))
    ratios = [(1000 * after // max(before, 1), before) for before, after in itertools.pairwise(ordered)]
    if not ratios or depth == 0:
        return []
    widest, cut = max(ratios)
    if widest < 1150:
        return []
    found = []
    for part in ([p for p in payments if abs(p.amount_minor) <= cut], [p for p in payments if abs(p.amount_minor) > cut]):
        whole = _whole(part)
        found += [whole] if whole is not None else _split(part, depth - 1)
    return found
