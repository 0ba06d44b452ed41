"""Which rows of a file are facts that the account already has: the identity ladder, one row to one fact.

The rungs, each over what the ones before left: the bank's own id; day, amount and words; a reference; and, between files of two formats,
day and amount, where the words speak of one name or the other file covers the day, so that it must hold the same facts. Rows of one line
are one movement at the bank, so that one file's splits and the other's whole are known as the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from uuid import UUID

from ledger.enrichment.reading import read
from ledger.feeds.identity import Identity

Holders = Mapping[bytes, Sequence[UUID]]  # the facts that hold a key


class Row(Protocol):
    """What of a row is compared."""

    @property
    def line(self) -> int: ...
    @property
    def booked_on(self) -> date: ...
    @property
    def amount_minor(self) -> int: ...
    @property
    def description(self) -> str: ...
    @property
    def counterparty(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A fact of the account that came in a file of another format. `import_id` and `line` tell its movement."""

    fact_id: UUID
    import_id: UUID
    line: int
    booked_on: date
    amount_minor: int
    description: str
    counterparty: str | None


def match_keys(rows: Sequence[Identity], holders: Holders) -> list[UUID | None]:
    """The known fact of each row by the first three rungs."""
    found: list[UUID | None] = [None] * len(rows)
    if not holders:
        return found
    taken: set[UUID] = set()
    rungs: tuple[list[tuple[bytes, ...]], ...] = (
        [(row.provider,) if row.provider else () for row in rows],
        [(row.fingerprint,) for row in rows],
        [row.references for row in rows],
    )
    for rung in rungs:
        for place, keys in enumerate(rung):
            if found[place] is None:
                fact = next((fact for key in keys for fact in holders.get(key, ()) if fact not in taken), None)
                if fact is not None:
                    found[place] = fact
                    taken.add(fact)
    return found


@dataclass(frozen=True, slots=True)
class _Movement:
    """A row, or the rows of one line as one amount. `names`: words that may be somebody's name."""

    places: tuple[int, ...]
    names: frozenset[str]
    covered: bool


def match_other_formats(rows: Sequence[Row], found: Sequence[UUID | None], others: Sequence[KnownRow]) -> list[UUID | None]:
    """`found`, completed by the last rung: row by row, and then the rows of a line together, with facts that no row is matched to."""
    result = list(found)
    inner = _inner_days(others)
    for together in (False, True):
        taken = {fact for fact in result if fact is not None}
        known = _movements(others, [row.fact_id in taken for row in others], [row.import_id for row in others], together=together)
        new = _movements(rows, [fact is not None for fact in result], [None] * len(rows), together=together)
        for amount, movements in new.items():
            candidates = [replace(m, covered=(others[m.places[0]].import_id, amount[0]) in inner) for m in known.get(amount, ())]
            for left, right in _pairs(movements, candidates):
                facts = [others[place].fact_id for place in right.places]
                for at, place in enumerate(left.places):
                    result[place] = facts[min(at, len(facts) - 1)]
    return result


def _movements(
    rows: Sequence[Row], gone: Sequence[bool], imports: Sequence[UUID | None], *, together: bool
) -> dict[tuple[date, int], list[_Movement]]:
    """Movements by day and amount, those without a part that is gone: each row one, or the rows of a line and a day one."""
    groups: dict[object, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        groups[imports[place], row.line, row.booked_on if together else place].append(place)
    found: dict[tuple[date, int], list[_Movement]] = defaultdict(list)
    for places in groups.values():
        if not any(gone[place] for place in places):
            parts = [rows[place] for place in places]
            names = frozenset(name for part in parts for name in read(part.description, part.counterparty).names)
            amount = sum(part.amount_minor for part in parts)
            found[parts[0].booked_on, amount].append(_Movement(tuple(places), names, covered=False))
    return found


def _inner_days(others: Sequence[KnownRow]) -> set[tuple[UUID, date]]:
    """The days that an import surely holds whole: those between its first and its last."""
    days: dict[UUID, set[date]] = defaultdict(set)
    for row in others:
        days[row.import_id].add(row.booked_on)
    return {(import_id, day) for import_id, found in days.items() for day in found if min(found) < day < max(found)}


def _pairs(rows: Sequence[_Movement], known: Sequence[_Movement]) -> Iterator[tuple[_Movement, _Movement]]:
    """One to one, those with most names in common first."""
    scored = sorted(
        ((-len(row.names & other.names), i, j) for i, row in enumerate(rows) for j, other in enumerate(known)),
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for score, i, j in scored:
        if i in used[0] or j in used[1]:
            continue
        row, other = rows[i], known[j]
        if score < 0 or other.covered or not (row.names or other.names):
            used[0].add(i)
            used[1].add(j)
            yield row, other


def new_keys(pairs: Iterable[tuple[UUID, Identity]], holders: Holders, numbers: Mapping[bytes, Set[int]]) -> list[tuple[bytes, int, UUID]]:
    """The (key, number, fact) that facts gain: each key has its holders numbered, and no number is given twice."""
    gained: list[tuple[bytes, int, UUID]] = []
    following: dict[bytes, int] = {}
    for fact_id, identity in pairs:
        for key in identity.keys:
            number = following.get(key, 0)
            if key in holders:
                if fact_id in holders[key]:
                    continue
                while number in numbers[key]:
                    number += 1
            following[key] = number + 1
            gained.append((key, number, fact_id))
    return gained
