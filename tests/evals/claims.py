"""What a figure claims to be: the measure, the days and the facts that its tool call asked for, held against what the question means.

Filters are compared by the facts that they pick out of all on record, so that it is no matter how Steward names a merchant, and no luck
of equal digits helps a wrong filter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tests.evals.answer import Json
from tests.evals.books import Budget, Flow
from tests.evals.matching import Imported, Seen
from tests.evals.meanings import STOCKS, Meaning
from tests.evals.oracle import EVERYDAY, almanac, counts, key_of, of_measure, of_subject, other_side, span_of
from tests.evals.periods import Span
from tools.query.model import Direction, Measure, Query, Subject

Picked = frozenset[int]


@dataclass(frozen=True)
class Claim:
    """`picked`: the facts that the filters leave, of any flow and day."""

    measure: str
    span: Span
    picked: Picked
    direction: str = "out"
    accounts: frozenset[str] = frozenset()  # of a stock

    def narrowed(self, picked: Picked) -> Claim:
        return Claim(self.measure, self.span, self.picked & picked, self.direction, self.accounts)


def meant(imported: Imported, meaning: Meaning) -> Iterator[Claim]:
    """What a figure of the answer may be: the main thing, the other side of a comparison, a group."""
    books = imported.books
    if meaning.measure == "accounts":
        yield Claim("balance", Span(books.today, books.today), frozenset(), accounts=frozenset(account.name for account in books.accounts))
        return
    if meaning.measure == "budget":
        yield from (_spent_of(imported, meaning, budget) for budget in books.budgets)
        return
    if meaning.measure in STOCKS:
        day = almanac(books).day(meaning.at) if meaning.at is not None else books.today
        yield Claim(meaning.measure, Span(day, day), frozenset(), accounts=_stock_accounts(imported, meaning))
        return
    for side in (meaning, other_side(meaning)) if meaning.compare else (meaning,):
        picked = frozenset(n for n, fact in enumerate(books.facts) if of_subject(books, side, fact))
        main = Claim(side.measure, span_of(books, side), picked, side.direction)
        yield main
        if side.by:
            groups: dict[str, set[int]] = {}
            for number in picked:
                groups.setdefault(key_of(side.by, books.facts[number]), set()).add(number)
            yield from (main.narrowed(frozenset(group)) for group in groups.values())


def _spent_of(imported: Imported, meaning: Meaning, budget: Budget) -> Claim:
    """Spending in a budget's category, which may also be asked for by a query."""
    wanted = not meaning.where.category or budget.category in meaning.where.category
    picked = frozenset(n for n, fact in enumerate(imported.books.facts) if wanted and fact.category == budget.category)
    return Claim("spending", almanac(imported.books).period({"this": budget.period}), picked)


def _stock_accounts(imported: Imported, meaning: Meaning) -> frozenset[str]:
    where = meaning.where
    kinds = where.kind or (EVERYDAY if meaning.measure == "balance" and not where.account else ())
    accounts = imported.books.accounts
    return frozenset(a.name for a in accounts if (not where.account or a.name in where.account) and (not kinds or a.kind in kinds))


def claimed(imported: Imported, query: Query, result: Json, path: str) -> list[Claim]:
    """The readings of a cell of a query's result: as the call has it, and narrowed to the cell's own row."""
    compared = path.startswith("/comparison/")
    include = query.compare_include if compared and query.compare_include else query.include
    period = query.compare_period if compared and query.compare_period else query.period
    books = imported.books
    whole = Span(books.first_on, books.today)
    span = Span(period.start_on, period.end_on).clipped(books.first_on, books.today) if period else whole
    direction = "in" if query.direction is Direction.IN else "out"
    if query.measure in (Measure.BALANCE, Measure.NET_WORTH):
        day = min(period.end_on, books.today) if period else books.today
        return _stock_claims(imported, query, include, day, result, path)
    claims = [Claim(str(query.measure), span, picked, direction) for picked in _picked(imported, query, include)]
    row = _row(result, path)
    if row is None or query.group_by is None:
        return claims
    own = frozenset(n for n in range(len(books.facts)) if _in_row(imported, n, str(query.group_by), str(row.get("key"))))
    return [*claims, *(claim.narrowed(own) for claim in claims)]


def _row(result: Json, path: str) -> dict[str, Json] | None:
    parts = path.split("/")
    if len(parts) < 4 or parts[1] != "rows" or not parts[2].isdigit():
        return None
    rows = result.get("rows") or []
    return rows[int(parts[2])] if int(parts[2]) < len(rows) else None


def _in_row(imported: Imported, number: int, dimension: str, key: str) -> bool:
    fact, seen = imported.books.facts[number], imported.seen[number]
    if dimension in ("category", "merchant"):
        return seen is not None and getattr(seen, dimension) == key
    if dimension == "account":
        return key in (fact.account, imported.account_ids.get(fact.account))
    return key_of(dimension, fact) == key


def _picked(imported: Imported, query: Query, include: Subject) -> set[Picked]:
    """Where two fields are excluded at once it may mean both or either: each reading counts."""
    found = set()
    for all_fields in (True, False):
        kept = set()
        for number, seen in enumerate(imported.seen):
            if seen is None or not _in_subject(imported, number, seen, include, True):
                continue
            if not query.exclude.is_empty() and _in_subject(imported, number, seen, query.exclude, all_fields):
                continue
            if _within(imported.books.facts[number].magnitude_minor, query):
                kept.add(number)
        found.add(frozenset(kept))
    return found


def _within(magnitude_minor: int, query: Query) -> bool:
    low, high = query.amount_min_minor, query.amount_max_minor
    return (low is None or magnitude_minor >= low) and (high is None or magnitude_minor <= high)


def _in_subject(imported: Imported, number: int, seen: Seen, subject: Subject, all_fields: bool) -> bool:
    fact = imported.books.facts[number]
    kind = imported.books.account(fact.account).kind
    words = f"{seen.description} {seen.merchant}".lower()
    tests = [
        (subject.accounts, seen.account_id in subject.accounts),
        (subject.account_kinds, kind in subject.account_kinds),
        (subject.categories, seen.category.lower() in {name.lower() for name in subject.categories}),
        (subject.merchants, seen.merchant.lower() in {name.lower() for name in subject.merchants}),
        (subject.text, all(word.lower() in words for word in subject.text)),
        (subject.weekdays, fact.on.isoweekday() in subject.weekdays),
    ]
    given = [holds for values, holds in tests if values]
    return all(given) if all_fields else any(given)


def _stock_claims(imported: Imported, query: Query, include: Subject, day: date, result: Json, path: str) -> list[Claim]:
    names = {identity: name for name, identity in imported.account_ids.items()}
    wanted = {names.get(identity, "") for identity in include.accounts}
    accounts = imported.books.accounts
    held = {a.name for a in accounts if (not wanted or a.name in wanted) and (not include.account_kinds or a.kind in include.account_kinds)}
    claims = [Claim(str(query.measure), Span(day, day), frozenset(), accounts=frozenset(held))]
    row = _row(result, path)
    if row is not None:
        own = names.get(str(row.get("key")), str(row.get("label")))
        claims.append(Claim(str(query.measure), Span(day, day), frozenset(), accounts=frozenset({own} & held)))
    return claims


def agrees(imported: Imported, claim: Claim, meaning: Meaning, allowed: Claim) -> bool:
    """Same days, same facts of the measure's kind, same measure (or one that comes to the same facts)."""
    if allowed.measure in STOCKS or claim.measure in STOCKS:
        return claim.measure in STOCKS and allowed.measure in STOCKS and claim.span == allowed.span and claim.accounts == allowed.accounts
    if claim.span != allowed.span:
        return False
    counted = frozenset(n for n, fact in enumerate(imported.books.facts) if counts(meaning, fact))
    if claim.measure == allowed.measure and claim.direction == allowed.direction:
        return _moves(imported, claim.picked & counted) == _moves(imported, allowed.picked & counted)
    return _behind(imported, claim) == _moves(imported, frozenset(n for n in allowed.picked & counted if _on(imported, n, allowed.span)))


def _behind(imported: Imported, claim: Claim) -> frozenset[str]:
    """The facts that the figure sums up, by the claim's own measure."""
    facts, own_transfers = imported.books.facts, _names_accounts(imported, claim)
    counted = (n for n in claim.picked if of_measure(claim.measure, facts[n], claim.direction, own_transfers))
    return _moves(imported, frozenset(n for n in counted if _on(imported, n, claim.span)))


def _names_accounts(imported: Imported, claim: Claim) -> bool:
    """Own transfers count in money in and out only where accounts were named: then not every fact was picked."""
    return len({imported.books.facts[n].account for n in claim.picked}) < len(imported.books.accounts)


def _on(imported: Imported, number: int, span: Span) -> bool:
    return span.holds(imported.books.facts[number].on)


def _moves(imported: Imported, picked: Picked) -> frozenset[str]:
    """Facts by position; both legs of a transfer are one move."""
    facts = imported.books.facts
    return frozenset(facts[n].pair if facts[n].flow is Flow.TRANSFER else str(n) for n in picked)
