"""What a recurring payment costs: how steady its amounts are, the price that holds today, and the last change of price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

CHANGE_PERMILLE = 10  # smaller differences are roundings and rates of exchange


class Steadiness(StrEnum):
    """`steady`: levels that hold. `near`: it sways by a few percent. `variable`: it depends on use."""

    STEADY = "steady"
    NEAR = "near"
    VARIABLE = "variable"
    WILD = "wild"


@dataclass(frozen=True, slots=True)
class PriceChange:
    """`at`: the place of the first payment at the new price."""

    before_minor: int
    after_minor: int
    at: int


def same(a: int, b: int) -> bool:
    return 1000 * abs(a - b) <= CHANGE_PERMILLE * max(a, b)


def steadiness(amounts: Sequence[int]) -> Steadiness:
    """Of magnitudes in order of time."""
    steps = [1000 * abs(after - before) // max(before, 1) for before, after in pairwise(amounts)]
    if not steps:
        return Steadiness.STEADY
    ordered = sorted(steps)
    if sum(step <= CHANGE_PERMILLE for step in steps) * 2 >= len(steps) and sum(step > 900 for step in steps) * 4 <= len(steps):
        return Steadiness.STEADY
    if ordered[len(ordered) // 2] <= 70 and ordered[len(ordered) * 9 // 10] <= 400:
        return Steadiness.NEAR
    low, high = spread(amounts)
    return Steadiness.VARIABLE if high <= 5 * low else Steadiness.WILD


def spread(amounts: Sequence[int]) -> tuple[int, int]:
    """The smallest and the largest, without a tenth at either end."""
    ordered = sorted(amounts)
    cut = len(ordered) // 10
    return max(ordered[cut], 1), ordered[-1 - cut]


def middle(values: Sequence[int]) -> int:
    """The median, the lower one of two."""
    return sorted(values)[(len(values) - 1) // 2]


def typical(amounts: Sequence[int]) -> int:
    """What the next one is expected to be."""
    found = price_change(amounts)
    if found is not None and found.at == len(amounts) - 1:
        return amounts[-1]
    recent = amounts[-3:]
    for amount in reversed(recent):
        if sum(same(amount, other) for other in recent) >= 2:
            return amount
    return middle(amounts[-6:])


def price_change(amounts: Sequence[int]) -> PriceChange | None:
    """The last lasting change of a steady price. A single odd amount between equal ones is none.

    A price that was only charged once counts when nothing odd was ever charged before: else it may be an extra of one month.
    """
    if len(amounts) == 2:  # of a yearly one, all there is
        old, new = amounts
        return None if same(old, new) else PriceChange(old, new, 1)
    if len(amounts) < 2:
        return None
    runs = [(amount, len(list(run))) for amount, run in groupby(amounts)]
    levels = _levels(runs)
    if len(levels) < 2 or 2 * len(levels) > len(amounts) + 1:
        return None
    (before, _, before_count), (after, after_at, after_count) = levels[-2], levels[-1]
    if same(before, after) or (before_count < 2 and len(amounts) > 4):
        return None
    if after_count < 2 and (any(length < 2 for _, length in runs[:-1]) or not before <= 2 * after <= 4 * before):
        return None
    return PriceChange(before, after, after_at)


def _levels(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """(amount, place, length) of each level, single odd amounts between equal runs left out."""
    levels: list[tuple[int, int, int]] = []
    place = 0
    for amount, length in runs:
        if levels and levels[-1][0] == amount:
            levels[-1] = (amount, levels[-1][1], levels[-1][2] + length)
        elif len(levels) > 1 and levels[-1][2] == 1 and levels[-2][0] == amount:
            levels.pop()
            levels[-1] = (amount, levels[-1][1], levels[-1][2] + length)
        else:
            levels.append((amount, place, length))
        place += length
    return levels
