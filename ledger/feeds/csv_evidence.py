"""What a file proves about itself: the order of its dates, its decimal mark, the direction of its amounts. Undecided means: ask.

Evidence, never taste: days over 12, days to come, the order of the rows, a second date, a running balance, marks in other columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ledger.feeds.csv_amounts import Number, decimal_marks
from ledger.feeds.csv_dates import FORMATS, Numbers, possible_orders, resolve

Day = date | Numbers | None


def decide_order(booked: Sequence[Day], valued: Sequence[Day], today: date, *, american: bool) -> str | None:
    """The order of the dates' numbers. `american`: whether month first is thinkable, by the language of the headers."""
    if not any(isinstance(day, Numbers) for day in (*booked, *valued)):
        return "ymd"
    orders = possible_orders([*booked, *valued], today)
    orders = [order for order in orders if american or order != "mdy"] or orders
    if len(orders) > 1:
        orders = _narrow(orders, {order: _disorder(read_all(booked, order)) for order in orders}, low=10, high=30)
    if len(orders) > 1 and valued:
        gaps = {order: _gap_days(read_all(booked, order), read_all(valued, order)) for order in orders}
        orders = _narrow(orders, gaps, low=7, high=20)
    if len({tuple(read_all(booked, order)) for order in orders}) == 1:
        return orders[0]
    return orders[0] if len(orders) == 1 else None


def read_all(days: Sequence[Day], order: str) -> list[date | None]:
    return [resolve(day, order) if isinstance(day, Numbers) else day for day in days]


def _narrow(orders: list[str], figures: dict[str, int | None], *, low: int, high: int) -> list[str]:
    """The one order that fits well where every other fits badly; else all of them."""
    known = {order: figure for order in orders if (figure := figures[order]) is not None}
    good = [order for order, figure in known.items() if figure <= low]
    bad = [order for order, figure in known.items() if figure >= high]
    return good if len(good) == 1 and len(good) + len(bad) == len(orders) else orders


def _disorder(days: Sequence[date | None]) -> int | None:
    """The share in percent of steps that go against the file's own direction; None when there are too few to tell."""
    ups, downs = steps(days)
    return 100 * min(ups, downs) // (ups + downs) if ups + downs >= 2 else None


def steps(days: Sequence[date | None]) -> tuple[int, int]:
    """How often the next day is a later one, and how often an earlier one."""
    ups = downs = 0
    previous = None
    for day in days:
        if day is None:
            continue
        if previous is not None:
            ups += day > previous
            downs += day < previous
        previous = day
    return ups, downs


def _gap_days(booked: Sequence[date | None], valued: Sequence[date | None]) -> int | None:
    gaps = [abs((b - v).days) for b, v in zip(booked, valued, strict=True) if b is not None and v is not None]
    return sum(gaps) // len(gaps) if gaps else None


def example_of(days: Iterable[Day]) -> Numbers | None:
    """A date that shows the question: two orders give two days."""
    undecided = (day for day in days if isinstance(day, Numbers))
    return next((day for day in undecided if len({resolve(day, order) for order in FORMATS} - {None}) > 1), None)


def decide_decimal(numbers: Iterable[Number | None], minor_digits: int) -> str | None:
    """The decimal mark that the numbers prove; "." where none has any mark."""
    points, commas, unclear = decimal_marks({number.digits for number in numbers if number}, minor_digits)
    if points != commas:
        return "." if points > commas else ","
    return None if points or unclear else "."


@dataclass(frozen=True, slots=True)
class Chain:
    """How a balance column follows the amounts: `step` is +1 when an amount adds to the balance, -1 when it takes from it."""

    newest_first: bool
    step: int


def follow(amounts: Sequence[int | None], balances: Sequence[int | None], newest_first: bool | None) -> Chain | None:
    """The one way in which at least nine tenths of the balances follow from the amounts; None when there is none, or no telling."""
    sums = [0]
    for amount in amounts:
        sums.append(sums[-1] + (amount or 0))
    places = [place for place, balance in enumerate(balances) if balance is not None]
    changes = [
        ((balances[j] or 0) - (balances[i] or 0), sums[j + 1] - sums[i + 1], sums[j] - sums[i]) for i, j in pairwise(places)
    ]  # of the balance; of the amounts when the file runs upward; when it runs downward
    changes = [change for change in changes if change[1] or change[2]]
    hits = {
        Chain(newest, step): sum(change == (-step * downward if newest else step * upward) for change, upward, downward in changes)
        for newest in (False, True)
        for step in (1, -1)
        if newest_first is None or newest == newest_first
    }
    best = max(hits.values(), default=0)
    found = [chain for chain, count in hits.items() if count == best]
    return found[0] if changes and best * 10 >= len(changes) * 9 and len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Directions:
    """What is known of the amounts of a single column: each as printed, whether its direction is told by CR or DR, the row's text."""

    printed: Sequence[int | None]
    told: Sequence[bool]
    plus: bool  # some carry an explicit plus
    balances: Sequence[int | None]
    chain: Chain | None


def decide_sign(known: Directions, *, card: bool, texts: Sequence[str]) -> str | None:
    """Whether printed amounts are inflows when positive ("as_is") or outflows ("inverted")."""
    plain = [amount for amount, told in zip(known.printed, known.told, strict=True) if amount and not told]
    marked = [amount for amount, told in zip(known.printed, known.told, strict=True) if amount and told]
    if not plain:
        return "as_is"
    negatives = sum(amount < 0 for amount in plain)
    positives = len(plain) - negatives
    if marked and not negatives:  # only the other direction carries a mark
        return _opposite_of_marks(marked)
    if card:
        return _card_sign(known, negatives, positives, texts)
    if known.chain:
        return "as_is" if known.chain.step > 0 else "inverted"
    return "as_is" if negatives or known.plus else None


def _opposite_of_marks(marked: Sequence[int]) -> str | None:
    if all(amount > 0 for amount in marked):
        return "inverted"
    return "as_is" if all(amount < 0 for amount in marked) else None


_PAID = re.compile(
    r"thank you|auto ?pay|e-?payment|\bpayment\b|refund|\breturn\b|credit voucher|statement credit|cashback|einzahlung|ausgleich|"
    r"zahlungseingang|gutschrift|r[uü]ckerstattung|paiement re[cç]u|pr[eé]l[eè]vement|remboursement|pago recibido|su pago|devoluci[oó]n|"
    r"abono|pagamento ricevuto|rimborso|betaling ontvangen|incasso|terugbetaling|pagamento recebido|estorno",
    re.IGNORECASE,
)


def _card_sign(known: Directions, negatives: int, positives: int, texts: Sequence[str]) -> str | None:
    """Cards print purchases as positive or as negative. Pay-offs tell, then the balance, then the plain majority."""
    if negatives and not positives:
        return "as_is"
    paid = [amount for amount, text in zip(known.printed, texts, strict=True) if amount and _PAID.search(text)]
    inflows_up = sum(amount > 0 for amount in paid)
    if negatives and inflows_up * 2 != len(paid):
        return "as_is" if inflows_up * 2 > len(paid) else "inverted"
    by_balance = _card_sign_by_balance(known)
    if by_balance or not negatives:
        return by_balance or ("as_is" if known.plus else None)
    if len(known.printed) >= 4 and max(negatives, positives) >= 3 * min(negatives, positives):
        return "as_is" if negatives > positives else "inverted"
    return None


def _card_sign_by_balance(known: Directions) -> str | None:
    """A balance that is always positive is what is owed, one that is always negative is the account's."""
    seen = [balance for balance in known.balances if balance]
    if known.chain is None or not seen or min(seen) < 0 < max(seen):
        return None
    owed = seen[0] > 0
    return "inverted" if owed == (known.chain.step > 0) else "as_is"
