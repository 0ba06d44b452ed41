"""`make evals NAME=recurring`: how well recurring payments are found in made-up books whose agreements are known.

An agreement counts as found when a series of the same beat shares at least 70 % of its payments with it, each series serving one agreement.
Agreements with too few payments to be called recurring count neither way. The seeds printed last were not looked at while it was made.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from risk.behaviour.insight import Insight
from risk.behaviour.insights import Hand, insights
from risk.behaviour.payment import Payment
from risk.behaviour.recurring import Recurring, detect
from tests.evals.agreement_lives import household
from tests.evals.agreements import TODAY, Agreement, Book

HELD_OUT = range(5_000, 5_120)
SHARED = 0.7
Pieces = list[tuple[set[UUID], str]]


@dataclass
class Score:
    found: int = 0
    false: int = 0
    missed: int = 0
    days_off: list[int] = field(default_factory=list)
    kinds_right: int = 0
    status_right: int = 0
    amount_off: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found + self.false else 0.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.found else 0.0


def naive(payments: Iterable[Payment]) -> Pieces:
    """The usual first idea: the same amount at the same merchant about every month."""
    groups: dict[tuple[UUID, str, int], list[Payment]] = defaultdict(list)
    for payment in payments:
        if payment.flow in ("spending", "income"):
            groups[payment.account_id, payment.merchant, payment.amount_minor].append(payment)
    return [
        ({payment.id for payment in group}, "monthly")
        for group in groups.values()
        if len(group) >= 3 and all(26 <= (b.booked_on - a.booked_on).days <= 35 for a, b in itertools.pairwise(group))
    ]


def match(agreements: Sequence[Agreement], pieces: Pieces) -> dict[int, int]:
    """Which piece finds which agreement: the largest overlaps first."""
    pairs = sorted(
        (
            (len(ids & set(made.ids)) / len(ids | set(made.ids)), a, p)
            for a, made in enumerate(agreements)
            for p, (ids, cadence) in enumerate(pieces)
            if cadence == made.cadence and ids & set(made.ids)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    found: dict[int, int] = {}
    for shared, a, p in pairs:
        if shared >= SHARED and a not in found and p not in found.values():
            found[a] = p
    return found


def judge(book: Book, pieces: Pieces, score: Score, series: Sequence[Recurring] = ()) -> None:
    found = match(book.agreements, pieces)
    names = {payment.id: payment.merchant for payment in book.payments}
    for place, made in enumerate(book.agreements):
        if not made.is_countable:
            continue
        if place not in found:
            score.missed += 1
            score.wrong[f"missed {made.cadence} {made.merchant}"] += 1
            continue
        score.found += 1
        if series:
            _details(made, series[found[place]], score)
    for p, (ids, cadence) in enumerate(pieces):
        thin = any(not made.is_countable and len(ids & set(made.ids)) >= SHARED * len(ids) for made in book.agreements)
        if p not in found.values() and not thin:
            score.false += 1
            score.wrong[f"false {cadence} {names[next(iter(ids))]}"] += 1


def _details(made: Agreement, one: Recurring, score: Score) -> None:
    score.kinds_right += one.kind == made.kind
    score.status_right += one.active == (made.next_on is not None)
    if one.next_on is not None and made.next_on is not None:
        score.days_off.append(abs((one.next_on - made.next_on).days))
        score.amount_off.append(abs(one.amount_minor - made.next_minor) / made.next_minor)


def measure(seeds: Iterable[int], way: Callable[[Book], tuple[Pieces, Sequence[Recurring]]]) -> Score:
    score = Score()
    for seed in seeds:
        book = household(seed)
        pieces, series = way(book)
        judge(book, pieces, score, series)
    return score


def ours(book: Book) -> tuple[Pieces, Sequence[Recurring]]:
    series = detect(book.payments, TODAY)
    return [({payment.id for payment in one.payments}, one.cadence.value) for one in series], series


def _speed(seeds: Iterable[int]) -> tuple[float, int]:
    """Milliseconds of processor time for the slowest household, and its facts."""
    slowest: tuple[float, int] = (0.0, 0)
    for seed in seeds:
        book = household(seed)
        began = time.process_time()
        detect(book.payments, TODAY)
        slowest = max(slowest, (1_000 * (time.process_time() - began), len(book.payments)))
    return slowest


def false_alarms(seeds: Iterable[int]) -> Counter[str]:
    """Insights that tell quiet households of what did not happen: nothing is charged twice, withheld or unusual there."""
    told: Counter[str] = Counter()
    for seed in seeds:
        book = household(seed)
        rises = {(made.merchant, made.next_minor) for made in book.agreements}
        for found in insights(book.payments, detect(book.payments, TODAY), Hand(None, frozenset()), TODAY):
            risen = found.kind is Insight.PRICE_RISE and (found.merchant, found.amount_minor) in rises
            if not risen and found.kind not in (Insight.REFUND, Insight.NEW_SUBSCRIPTION, Insight.OVERLAP):
                told[found.kind.value] += 1
    return told


def report(score: Score, plain: Score, seeds: range) -> dict[str, Any]:
    compared = max(len(score.days_off), 1)
    slowest, facts = _speed(seeds[:20])
    return {
        "seeds": [seeds.start, seeds.stop],
        "found": score.found,
        "false": score.false,
        "missed": score.missed,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "next_date_mae_days": round(sum(score.days_off) / compared, 2),
        "next_date_within_2_days": round(sum(off <= 2 for off in score.days_off) / compared, 4),
        "next_amount_median_off": round(sorted(score.amount_off)[len(score.amount_off) // 2], 4) if score.amount_off else None,
        "kind_right": round(score.kinds_right / max(score.found, 1), 4),
        "status_right": round(score.status_right / max(score.found, 1), 4),
        "naive_precision": round(plain.precision, 4),
        "naive_recall": round(plain.recall, 4),
        "naive_f1": round(plain.f1, 4),
        "slowest_ms": round(slowest, 1),
        "slowest_facts": facts,
        "false_alarms": dict(false_alarms(seeds)),
        "households": len(seeds),
        "wrong": score.wrong.most_common(40),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--from", dest="first", type=int, default=HELD_OUT.start)
    arguments.add_argument("--to", dest="last", type=int, default=HELD_OUT.stop)
    given = arguments.parse_args()
    seeds = range(given.first, given.last)
    told = report(measure(seeds, ours), measure(seeds, lambda book: (naive(book.payments), ())), seeds)
    place = Path("var/evals/recurring.json")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(told, indent=2))
    for what, number in told["wrong"]:
        print(f"{number:5} {what}")
    print(json.dumps({key: value for key, value in told.items() if key != "wrong"}, indent=2))
    print(
        f"EVAL recurring precision={told['precision']} recall={told['recall']} f1={told['f1']}"
        f" next_date_mae_days={told['next_date_mae_days']} naive_f1={told['naive_f1']}"
    )


if __name__ == "__main__":
    main()
