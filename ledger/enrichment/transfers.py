"""Finds the two halves of a movement between a customer's own accounts.

Equal and opposite amounts in two accounts, at most four days apart, whose texts do not speak against it and give some ground for it. In two
currencies, amounts are equal when they are within what a bank takes of a day's rate, and one of the texts must say so.
Within what is possible: as many pairs as can be, the fewest days apart, then the better texts; ties fall by day and id, so that the order
in which facts arrive changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from ledger.conversion import Rates
from ledger.enrichment.assignment import assign
from ledger.enrichment.facts import FactToEnrich
from ledger.enrichment.flows import Told
from ledger.enrichment.lexicon import words_of
from ledger.enrichment.reading import Reading

DAYS_MAX = 4
_CANDIDATES_MAX = 12  # nearest counterparts looked at for one fact; a customer has few equal amounts within days
_EXACT_MAX = 40  # beyond, nearest first
OFF_PERMILLE_MAX = 40  # banks and cards take up to some three per cent of the reference rate, which moves within days
_SPOKEN_FOR = 4  # the least ground of two texts of which one says what it is
_NO, _BLAND, _NAMED, _FOR = range(4)


def match_transfers(facts: Sequence[FactToEnrich], readings: Mapping[UUID, Reading], told: Told, rates: Rates) -> list[tuple[UUID, UUID]]:
    """Pairs of ids (outflow, inflow)."""
    by_amount: dict[tuple[str, int], tuple[list[FactToEnrich], list[FactToEnrich]]] = defaultdict(lambda: ([], []))
    for fact in facts:
        if fact.told_flow in (None, "transfer"):
            by_amount[fact.currency, abs(fact.amount_minor)][fact.amount_minor > 0].append(fact)
    pairs: list[tuple[UUID, UUID]] = []
    for outs, ins in by_amount.values():
        if outs and ins and (len({fact.account_id for fact in outs} | {fact.account_id for fact in ins}) > 1):
            pairs.extend(_match_equal(sorted(outs, key=_place), sorted(ins, key=_place), readings, told))
    pairs.extend(_match_across(facts, readings, told, rates, {half for pair in pairs for half in pair}))
    return sorted(pairs)


def _match_across(
    facts: Sequence[FactToEnrich], readings: Mapping[UUID, Reading], told: Told, rates: Rates, taken: Collection[UUID]
) -> Iterator[tuple[UUID, UUID]]:
    """Pairs of two currencies among what found no half in its own. Closer in amount is better, after days and before texts."""
    if len({fact.currency for fact in facts}) < 2:
        return
    free = [fact for fact in facts if fact.id not in taken and fact.told_flow in (None, "transfer")]
    outs = sorted((fact for fact in free if fact.amount_minor < 0), key=_place)
    ins = sorted((fact for fact in free if fact.amount_minor > 0), key=_place)
    days = [fact.booked_on for fact in ins]
    costs: dict[tuple[int, int], int] = {}
    for i, out in enumerate(outs):
        low = bisect_left(days, out.booked_on - timedelta(DAYS_MAX))
        for j in range(low, bisect_right(days, out.booked_on + timedelta(DAYS_MAX))):
            into = ins[j]
            off = None if into.currency == out.currency else _permille_off(out, into, rates)
            if off is not None and (ground := _ground(out, into, readings, told)) >= _SPOKEN_FOR:
                costs[i, j] = abs((days[j] - out.booked_on).days) * 100 + off - ground
    for group in _connected(costs):
        for i, j in assign({edge: costs[edge] for edge in group}, exact_max=_EXACT_MAX):
            yield outs[i].id, ins[j].id


def _permille_off(out: FactToEnrich, into: FactToEnrich, rates: Rates) -> int | None:
    """How far what came is from what went at the rate of the day it went; None when too far, or without a rate."""
    found = rates.convert(-out.amount_minor, out.currency, into.currency, out.booked_on)
    if found is None or found.amount_minor == 0:
        return None
    off = abs(into.amount_minor - found.amount_minor)
    if off > max(found.amount_minor * OFF_PERMILLE_MAX // 1000, 1):
        return None
    return off * 1000 // found.amount_minor


def _place(fact: FactToEnrich) -> tuple[int, UUID]:
    return fact.booked_on.toordinal(), fact.id


def _match_equal(
    outs: list[FactToEnrich], ins: list[FactToEnrich], readings: Mapping[UUID, Reading], told: Told
) -> Iterator[tuple[UUID, UUID]]:
    days = [fact.booked_on for fact in ins]
    costs: dict[tuple[int, int], int] = {}
    for i, out in enumerate(outs):
        near = range(bisect_left(days, out.booked_on - timedelta(DAYS_MAX)), bisect_right(days, out.booked_on + timedelta(DAYS_MAX)))
        nearest = sorted(near, key=lambda j: (abs((days[j] - out.booked_on).days), j)) if len(near) > _CANDIDATES_MAX else near
        for j in list(nearest)[:_CANDIDATES_MAX]:
            ground = _ground(out, ins[j], readings, told)
            if ground:
                costs[i, j] = abs((days[j] - out.booked_on).days) * 10 - ground
    for group in _connected(costs):
        for i, j in assign({edge: costs[edge] for edge in group}, exact_max=_EXACT_MAX):
            yield outs[i].id, ins[j].id


def _connected(edges: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Edges by connected group (union-find; the inflow j stands as ~j)."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while (above := parent.setdefault(node, node)) != node:
            parent[node] = parent[above]
            node = above
        return node

    known = list(edges)
    for i, j in known:
        parent[root(i)] = root(~j)
    groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, j in known:
        groups[root(i)].append((i, j))
    return list(groups.values())


def _ground(out: FactToEnrich, into: FactToEnrich, readings: Mapping[UUID, Reading], told: Told) -> int:
    """How much the two texts speak for one movement, from 1 to 8; 0 when they do not, or speak against it."""
    if out.account_id == into.account_id:
        return 0
    a, b = readings[out.id], readings[into.id]
    sides = (_side(out, a, into, told[out.file_category]), _side(into, b, out, told[into.file_category]))
    if _NO in sides:
        return 0
    shared = bool(a.names & b.names)
    if _FOR in sides:
        return 4 + sides.count(_FOR) + shared
    if sides == (_BLAND, _BLAND):
        return 3
    if sides == (_NAMED, _NAMED):
        return 2 if shared and a.names == b.names else 0
    kinds = {out.account_kind, into.account_kind}
    return 1 if kinds & {"savings", "brokerage"} and not kinds & {"cash"} and _unnamed_is_saving(out, into, sides) else 0


def _unnamed_is_saving(out: FactToEnrich, into: FactToEnrich, sides: tuple[int, int]) -> bool:
    """A nameless deposit to savings and an outflow with a name: the name may be the customer's own."""
    nameless = into if sides[1] == _BLAND else out
    return nameless.account_kind in ("savings", "brokerage")


def _names_account(reading: Reading, name: str) -> bool:
    """Whether every word of an own account's name is said ("to house pot")."""
    words = words_of(name)
    return bool(words) and reading.words.issuperset(words)


def _side(fact: FactToEnrich, reading: Reading, other: FactToEnrich, told: str | None) -> int:
    """What one half says about being a transfer to or from the other's account."""
    other_kind = other.account_kind
    if told == "transfer" or _names_account(reading, other.account_name):
        return _FOR
    if told == "investment":
        return _FOR if "brokerage" in (other_kind, fact.account_kind) else _NO
    if told is not None:
        return _FOR if other_kind == "cash" and reading.has("cash") else _NO
    if reading.has("transfer"):
        return _FOR
    if reading.has("salary", "dividend", "refund", "tax_refund", "benefit", "interest", "cashback", "loan", "reimbursement"):
        return _NO
    if reading.has("payoff"):
        return _FOR if "card" in (other_kind, fact.account_kind) else _NAMED
    if reading.has("broker", "invest") and "brokerage" in (other_kind, fact.account_kind):
        return _FOR
    if reading.has("cash") and "cash" in (other_kind, fact.account_kind):
        return _FOR
    if reading.known_category:
        return _NO
    if reading.has("savings"):
        return _FOR
    if reading.word_category:
        return _NO
    return _NAMED if reading.names else _BLAND
