"""Households made up from a seed: who lives there is in `households/*.yaml`, what they paid on which day is drawn here.

Every draw hangs on the seed, the item and the day alone, so that a day's facts stay the same whatever `today` is.
`python -m tests.evals.household --describe` prints what their people would know of their own books.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.evals.books import Account, Budget, Fact, Flow, Household

SPECS = Path(__file__).parent / "households"
START_DAY = 11  # no month of the first facts is complete
SEED = 1

Spec = dict[str, Any]


def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in SPECS.glob("*.yaml")))


@cache
def household(name: str, today: date, seed: int = SEED) -> Household:
    spec: Spec = yaml.safe_load((SPECS / f"{name}.yaml").read_text())
    return Household(
        name=name,
        person=spec["person"],
        about=spec["about"],
        timezone=spec["timezone"],
        currency=spec["currency"],
        categorised=spec["categorised"],
        today=today,
        accounts=tuple(_account(entry) for entry in spec["accounts"]),
        budgets=tuple(Budget(entry["category"], entry["limit"], entry["period"]) for entry in spec["budgets"]),
        facts=tuple(_facts(spec, today, f"{name}/{seed}")),
    )


def _account(entry: Spec) -> Account:
    return Account(entry["name"], entry["kind"], entry["layout"], entry["opening"], entry["balances"], entry.get("told", True))


def _facts(spec: Spec, today: date, seed: str) -> list[Fact]:
    first = months_before(today.replace(day=START_DAY), spec["months"])
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    order = {entry["name"]: place for place, entry in enumerate(spec["accounts"])}
    bought = [fact for day in days for fact in _day(spec, day, seed) if fact.on <= today]
    moved = [fact for day in days for fact in _transfers(spec, day, first, bought) if fact.on <= today]
    return sorted([*bought, *moved], key=lambda fact: (fact.on, order[fact.account]))


def _day(spec: Spec, day: date, seed: str) -> Iterator[Fact]:
    for entry in spec["regular"]:
        if _is_due(entry, day):
            yield _regular(entry, day, _drawer(seed, entry, day))
    for entry in spec["habits"]:
        yield from _habit(entry, day, _drawer(seed, entry, day))


def _drawer(seed: str, entry: Spec, day: date) -> Random:
    return Random(f"{seed}/{entry['merchant']}/{entry.get('text', '')}/{day}")


def _is_due(entry: Spec, day: date) -> bool:
    if "every" in entry:
        return (day - date.fromisoformat(entry["anchor"])).days % int(entry["every"]) == 0
    return day.day == entry["monthly"] and day.month in entry.get("months", range(1, 13))


def _regular(entry: Spec, day: date, draw: Random) -> Fact:
    vary = entry.get("vary", 0)
    amount = entry["amount"] + draw.randint(-vary, vary)
    flow = Flow(entry.get("flow", Flow.INCOME if amount > 0 else Flow.SPENDING))
    side = entry.get("side", False) or (flow is Flow.INCOME and "flow" in entry)
    return Fact(day, amount, entry["account"], entry["merchant"], entry["text"], entry["category"], flow, side=side)


def _habit(entry: Spec, day: date, draw: Random) -> Iterator[Fact]:
    if day.isoweekday() not in entry.get("weekdays", range(1, 8)) or not _in_season(entry, day) or draw.random() >= entry["chance"]:
        return
    low, high = entry["range"]
    amount = draw.randint(low, round(low + (high - low) * draw.random()))
    amount -= amount % entry.get("round", 1)
    bought = Fact(day, -amount, entry["account"], entry["merchant"], draw.choice(entry["texts"]), entry["category"], Flow.SPENDING)
    yield bought
    if draw.random() < entry.get("refund", 0):
        part = amount if draw.random() < 0.6 else amount // 2
        back = day + timedelta(days=draw.randint(3, 16))
        yield replace(bought, on=back, amount_minor=part, text=entry["refund_text"], flow=Flow.REFUND)


def _in_season(entry: Spec, day: date) -> bool:
    start, end = entry.get("season", ("01-01", "12-31"))
    return bool(start <= day.strftime("%m-%d") <= end)


def _transfers(spec: Spec, day: date, first: date, bought: list[Fact]) -> Iterator[Fact]:
    for entry in spec["transfers"]:
        if not _is_due(entry, day):
            continue
        amount = _owed_last_month(spec, entry["target"], day, first, bought) if entry.get("card") else entry["amount"]
        if amount <= 0:
            continue
        pair = f"{day} {entry['source']} > {entry['target']}"
        arrives = day + timedelta(days=1 if entry.get("card") else 0)
        yield Fact(day, -amount, entry["source"], entry["target"], entry["source_text"], None, Flow.TRANSFER, pair)
        yield Fact(arrives, amount, entry["target"], entry["source"], entry["target_text"], None, Flow.TRANSFER, pair)


def _owed_last_month(spec: Spec, card: str, day: date, first: date, bought: list[Fact]) -> int:
    """The statement of a card: what was charged in the calendar month before, with the opening debt in the first of them."""
    end = day.replace(day=1) - timedelta(days=1)
    start = end.replace(day=1)
    owed = -sum(fact.amount_minor for fact in bought if fact.account == card and start <= fact.on <= end)
    opening = next(int(entry["opening"]) for entry in spec["accounts"] if entry["name"] == card)
    return owed - opening if start <= first <= end else owed


def months_before(day: date, months: int) -> date:
    """The same day of the month (which must exist in it) so many months earlier."""
    place = day.year * 12 + day.month - 1 - months
    return day.replace(year=place // 12, month=place % 12 + 1)


def describe(books: Household) -> str:
    """What the household's people know of their books, without a single sum."""
    lines = [f"## {books.name}: {books.person}", "", f"{books.about}. Currency {books.currency}; records begin on {books.first_on}.", ""]
    for account in books.accounts:
        unknown = "" if account.told else "; its balance was never told, so nobody can know it"
        lines.append(f"- account **{account.name}** ({account.kind}{unknown})")
    if not books.categorised:
        lines.append("- the bank names no categories: ask only for those below, which plain rules can know")
    lines.append("- categories: " + "; ".join(f"{name} ({', '.join(_within(books, name))})" for name in books.categories()))
    loose = [name for name in books.merchants() if all(fact.category is None for fact in books.facts if fact.merchant == name)]
    if loose:
        lines.append("- without a category: " + ", ".join(loose))
    lines.append("- pays: " + "; ".join(_payer(books, name) for name in books.merchants() if _pays(books, name)))
    lines.append("- gives refunds: " + ", ".join(sorted({fact.merchant for fact in books.facts if fact.flow is Flow.REFUND})))
    lines.append("- own transfers: " + ", ".join(sorted({fact.pair[11:] for fact in books.facts if fact.pair})))
    lines.append("- budgets: " + ", ".join(f"{b.category} {b.limit_minor / 100:.2f} a {b.period}" for b in books.budgets))
    return "\n".join(lines) + "\n"


def _within(books: Household, category: str) -> list[str]:
    return [name for name in books.merchants() if any(f.merchant == name and f.category == category for f in books.facts)]


def _pays(books: Household, merchant: str) -> bool:
    return any(fact.flow is Flow.INCOME and fact.merchant == merchant for fact in books.facts)


def _payer(books: Household, merchant: str) -> str:
    paid = [fact for fact in books.facts if fact.merchant == merchant and fact.flow is Flow.INCOME]
    return f"{merchant} ({len(paid)} times, lately {paid[-1].on})"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--describe", action="store_true", help="print the households as markdown")
    arguments.add_argument("--facts", metavar="NAME", help="print one household's facts")
    given = arguments.parse_args()
    if given.facts:
        for fact in household(given.facts, date.today()).facts:
            print(fact.on, f"{fact.amount_minor:>10}", fact.account, "|", fact.merchant, "|", fact.text, "|", fact.category, "|", fact.flow)
    else:
        print("\n".join(describe(household(name, date.today())) for name in names()))


if __name__ == "__main__":
    main()
