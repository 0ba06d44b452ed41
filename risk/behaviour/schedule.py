"""How well days follow a beat: each day is given to the slot that it is nearest to, and slots without a day, days without a slot and
distances are counted against it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from risk.behaviour.cadence import BEATS, SATURDAY, Beat, Cadence, Shift, in_month, month, month_of, off_weekend, weekday

RECENT = 6  # payments that say where the next one falls
LOWEST_FIT = 4  # between two beats whose costs differ by less (in thousandths), the more frequent is taken


@dataclass(frozen=True, slots=True)
class Fit:
    """`members`: places of the days that fill a slot, in order, with the slots they fill. `cost` in thousandths, 0 is perfect."""

    beat: Beat
    anchor: int  # the day of the month, or the ordinal of a beat in days
    members: tuple[int, ...]
    slots: tuple[int, ...]
    missing: int
    extras: int
    off_days: int  # sum of distances
    cost: int

    @property
    def mean_off_permille(self) -> int:
        """Mean distance from the slots in thousandths of a day."""
        return 1000 * self.off_days // len(self.members)


def best_fit(days: Sequence[int], amounts: Sequence[int]) -> Fit | None:
    """The beat that explains the days best, or None where none does. Days in order; a repeated charge should be left out before."""
    count = len(days)
    if count < 2:
        return None
    gaps = sorted(after - before for before, after in itertools.pairwise(days))
    middle = gaps[len(gaps) // 2]
    low = gaps[len(gaps) // 3]
    found: list[Fit] = []
    for beat in BEATS:
        if beat.days - beat.slack_days - 1 <= middle <= beat.days + beat.slack_days + 2 or (
            count > 3 and beat.days - beat.slack_days <= low <= beat.days + beat.slack_days
        ):
            needed = 2 if beat.cadence is Cadence.YEARLY else 3
            fit = fit_to(beat, days, amounts) if count >= needed else None
            if fit is not None and len(fit.members) >= needed:
                found.append(fit)
    return min(found, key=lambda fit: (fit.cost // LOWEST_FIT, fit.beat.days), default=None)


def fit_to(beat: Beat, days: Sequence[int], amounts: Sequence[int]) -> Fit | None:
    """The days against one beat."""
    if not beat.months:
        return _fit_days(beat, days, amounts)
    anchored = _fit_months(beat, days, amounts)
    if anchored is None or anchored.extras or anchored.cost > 150:
        loose = _fit_gaps(beat, days)
        if loose is not None and (anchored is None or loose.cost < anchored.cost):
            return loose
    return anchored


def _fit_days(beat: Beat, days: Sequence[int], amounts: Sequence[int]) -> Fit | None:
    length, first = beat.days, days[0]
    half = length // 2
    offsets = sorted((day - first + half) % length - half for day in days)
    anchor = first + offsets[len(offsets) // 2]
    placed = [((day - anchor + half) // length, (day - anchor + half) % length - half) for day in days]
    return _filled(beat, anchor, [(slot, abs(off)) for slot, off in placed], days, amounts)


def _fit_months(beat: Beat, days: Sequence[int], amounts: Sequence[int]) -> Fit | None:
    anchor = day_of_month(days)
    placed = [_slot(day, anchor) for day in days]
    if beat.months > 1:
        phases = [slot % beat.months for slot, _ in placed]
        phase = max(sorted(set(phases)), key=phases.count)
        placed = [_coarse(slot, off, day, phase, anchor, beat.months) for (slot, off), day in zip(placed, days, strict=True)]
    return _filled(beat, anchor, placed, days, amounts)


def _coarse(slot: int, off: int, day: int, phase: int, anchor: int, months: int) -> tuple[int, int]:
    """The slot of a beat of several months."""
    within = (slot - phase) % months
    if within == 0:
        return (slot - phase) // months, off
    near = slot - within if 2 * within <= months else slot + months - within
    return (near - phase) // months, abs(day - in_month(near, anchor))


def day_of_month(days: Sequence[int]) -> int:
    """The day of the month that lies nearest to all days, weekends forgiven."""
    named = {day - month(month_of(day))[0] + 1 for day in days}
    if max(named) >= 28:
        named.add(31)
    if len(named) == 1:
        return next(iter(named))
    if len(named) > 8:
        ordered = sorted(named)
        named = {ordered[place * (len(ordered) - 1) // 7] for place in range(8)}
    return min(sorted(named), key=lambda anchor: (sum(_slot(day, anchor)[1] for day in days), -anchor))


@lru_cache(maxsize=1 << 16)
def _slot(day: int, anchor: int) -> tuple[int, int]:
    """The month whose named day is nearest, and the distance. Kept: there are few days and many questions."""
    index = month_of(day)
    nominal = in_month(index, anchor)
    if day - nominal > 15:
        index += 1
        nominal = in_month(index, anchor)
    elif nominal - day > 15:
        index -= 1
        nominal = in_month(index, anchor)
    return index, _distance(day, nominal)


def _distance(day: int, nominal: int) -> int:
    """Days off, none for a move off the weekend."""
    if weekday(nominal) >= SATURDAY:
        return min(abs(day - nominal), abs(day - off_weekend(nominal, Shift.FORWARD)), abs(day - off_weekend(nominal, Shift.BACK)))
    return abs(day - nominal)


def _fit_gaps(beat: Beat, days: Sequence[int]) -> Fit | None:
    """A beat that was moved to another day: every gap is one beat, or two where a payment was left out."""
    if len(days) < 5:
        return None
    slots, off, missing, wide = [0], 0, 0, 0
    for before, after in itertools.pairwise(days):
        steps = max((after - before + beat.days // 2) // beat.days, 1)
        away = abs(after - before - steps * beat.days)
        if steps > 2 or away > beat.days // 2:
            return None
        wide += away > beat.slack_days
        off += min(away, beat.slack_days)
        missing += steps - 1
        slots.append(slots[-1] + steps)
    if wide > 2 or wide * 5 > len(days):
        return None
    cost = 40 + _cost(beat, off, len(days), missing, slots[-1] + 1, 0)
    return Fit(beat, day_of_month(days[-3:]), tuple(range(len(days))), tuple(slots), missing, 0, off, cost)


def _filled(beat: Beat, anchor: int, placed: Sequence[tuple[int, int]], days: Sequence[int], amounts: Sequence[int]) -> Fit | None:
    """One day for each slot: the one whose amount is the usual one, then the nearest."""
    usual = sorted(amounts)[len(amounts) // 2]
    chosen: dict[int, int] = {}
    extras = 0
    for place, (slot, off) in enumerate(placed):
        if off > beat.slack_days:
            extras += 1
            continue
        other = chosen.get(slot)
        if other is None:
            chosen[slot] = place
            continue
        extras += amounts[other] != amounts[place] or abs(days[other] - days[place]) > 3
        if (abs(amounts[place] - usual), off) < (abs(amounts[other] - usual), placed[other][1]):
            chosen[slot] = place
    if not chosen:
        return None
    slots = sorted(chosen)
    members = tuple(chosen[slot] for slot in slots)
    span = slots[-1] - slots[0] + 1
    missing = span - len(slots)
    off_days = sum(placed[place][1] for place in members)
    cost = _cost(beat, off_days, len(members), missing, span, extras)
    return Fit(beat, anchor, members, tuple(slots), missing, extras, off_days, cost)


def _cost(beat: Beat, off_days: int, members: int, missing: int, span: int, extras: int) -> int:
    return 1000 * off_days // (members * beat.days) + 500 * missing // span + 700 * extras // (members + extras)


def shift_of(days: Sequence[int], anchor: int, *, inflow: bool) -> Shift:
    """Where payments due on weekends went; salaries come early and debits late where nothing was seen."""
    seen = dict.fromkeys(Shift, 0)
    for day in days:
        slot, _ = _slot(day, anchor)
        nominal = in_month(slot, anchor)
        if weekday(nominal) >= SATURDAY:
            seen[Shift.STAY if weekday(day) >= SATURDAY else Shift.FORWARD if day > nominal else Shift.BACK] += 1
    if any(seen.values()):
        return max((Shift.STAY, Shift.FORWARD, Shift.BACK), key=lambda shift: seen[shift])
    if any(weekday(day) >= SATURDAY for day in days):
        return Shift.STAY
    return Shift.BACK if inflow else Shift.FORWARD


def following(beat: Beat, days: Sequence[int], after: int, *, inflow: bool, number: int = 1) -> list[int]:
    """The next days of a beat whose payments were on `days`: the first `number` of those later than `after`."""
    last, found = days[-1], list[int]()
    recent = days[-RECENT:]
    if not beat.months:
        offsets = sorted((day - last + beat.days // 2) % beat.days - beat.days // 2 for day in recent)
        at = last + offsets[len(offsets) // 2]
        while len(found) < number:
            at += beat.days
            if at > after and at > last:
                found.append(at)
        return found
    anchor = day_of_month(recent if beat.months == 1 else days[-3:])
    shift = shift_of(days, anchor, inflow=inflow)
    slot, _ = _slot(last, anchor)
    while len(found) < number:
        slot += beat.months
        at = off_weekend(in_month(slot, anchor), shift)
        if at > after and at > last:
            found.append(at)
    return found
