"""What an answer must state: meanings worked out over what is true of a household, in plain Python, apart from Steward's tools."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from tests.evals.books import DIGITS, Fact, Flow, Household
from tests.evals.meanings import SINGLE, STOCKS, Meaning, Which
from tests.evals.periods import Almanac, Span, complete_units, unit_span

LISTED = 10
EVERYDAY = ("checking", "savings", "cash", "card")


class Unanswerable(ValueError):
    """The meaning has no value in this household: the question is wrong, not the answer."""


@dataclass(frozen=True)
class Expected:
    """One value to be stated. `kind`: money, count, ratio, date, names, yes, rows, payments, unknown.

    `also` are other values that an honest reading may give; `signed` values need their direction said.
    """

    ask: str
    kind: str
    value: object
    also: tuple[object, ...] = ()
    signed: bool = False


@dataclass(frozen=True)
class Cell:
    """One group: its exact key (a name, an ISO date, a weekday number) and its figure."""

    key: str
    value: object


def almanac(books: Household) -> Almanac:
    return Almanac(books.today, books.first_on, payday(books))


def payday(books: Household) -> date | None:
    paid = [fact for fact in books.facts if fact.flow is Flow.INCOME and not fact.side]
    totals = {name: sum(fact.amount_minor for fact in paid if fact.merchant == name) for name in {fact.merchant for fact in paid}}
    return max((fact.on for fact in paid if fact.merchant == max(totals, key=lambda name: totals[name])), default=None)


def minor(books: Household, amount: Decimal) -> int:
    return int((amount * 10 ** DIGITS[books.currency]).to_integral_value(ROUND_HALF_EVEN))


def matches(books: Household, fact: Fact, which: Which) -> bool:
    """Whether the filter holds, whatever is measured."""
    size = fact.magnitude_minor
    return (
        _named(fact.category, which.category)
        and _named(fact.merchant, which.merchant)
        and _named(fact.account, which.account)
        and _named(books.account(fact.account).kind, which.kind)
        and (not which.weekday or fact.on.isoweekday() in which.weekday)
        and (not which.text or any(word.lower() in f"{fact.text} {fact.merchant}".lower() for word in which.text))
        and (which.min is None or size >= minor(books, which.min))
        and (which.max is None or size <= minor(books, which.max))
        and (which.over is None or size > minor(books, which.over))
        and (which.under is None or size < minor(books, which.under))
    )


def _named(name: str | None, wanted: tuple[str, ...]) -> bool:
    return not wanted or (name is not None and name.lower() in {want.lower() for want in wanted})


def of_subject(books: Household, meaning: Meaning, fact: Fact) -> bool:
    left_out = meaning.leave_out != Which() and matches(books, fact, meaning.leave_out)
    return matches(books, fact, meaning.where) and not left_out


SIGNED = frozenset({"net_cash_flow", "savings_rate", "movements"})


def counts(meaning: Meaning, fact: Fact) -> bool:
    """Whether the fact counts in what is measured, whatever the filter."""
    return of_measure(meaning.measure, fact, meaning.direction, meaning.where.names_accounts)


def of_measure(measure: str, fact: Fact, direction: str, own_transfers: bool) -> bool:
    outgoing, transfer = fact.amount_minor < 0, fact.flow is Flow.TRANSFER
    tests = {
        "spending": fact.flow in (Flow.SPENDING, Flow.REFUND),
        "income": fact.flow is Flow.INCOME,
        "net_cash_flow": not transfer,
        "savings_rate": not transfer,
        "refunds": fact.flow is Flow.REFUND,
        "transfers": transfer and outgoing == (direction == "out"),
        "money_in": not outgoing and (own_transfers or not transfer),
        "money_out": outgoing and (own_transfers or not transfer),
        "movements": True,
    }
    return tests.get(measure, False)


def span_of(books: Household, meaning: Meaning) -> Span:
    return almanac(books).period(meaning.period).clipped(books.first_on, books.today)


def chosen(books: Household, meaning: Meaning, span: Span) -> list[Fact]:
    return [fact for fact in books.facts if span.holds(fact.on) and counts(meaning, fact) and of_subject(books, meaning, fact)]


def singles(meaning: Meaning, facts: Iterable[Fact]) -> list[Fact]:
    """Of spending the purchases; of anything else every fact."""
    return [fact for fact in facts if meaning.measure != "spending" or fact.flow is Flow.SPENDING]


def expected(books: Household, meaning: Meaning) -> list[Expected]:
    """Every value that the answer must state."""
    if meaning.measure == "accounts":
        return [Expected("name", "names", tuple(account.name for account in books.accounts))]
    if meaning.measure == "budget":
        return [_of_budget(books, meaning, ask) for ask in meaning.asks]
    if meaning.measure in STOCKS:
        return [_of_stock(books, meaning, ask) for ask in meaning.asks]
    return [_of_flow(books, meaning, ask) for ask in meaning.asks]


def _of_flow(books: Household, meaning: Meaning, ask: str) -> Expected:
    facts = chosen(books, meaning, span_of(books, meaning))
    if meaning.statistic in SINGLE:
        return _of_single(meaning, ask, facts)
    if ask == "list":
        newest = sorted(singles(meaning, facts), key=lambda fact: fact.on, reverse=True)[: meaning.top or LISTED]
        return Expected(ask, "payments", tuple((fact.on, fact.magnitude_minor) for fact in newest))
    if meaning.by and ask in ("name", "rows"):
        return _of_groups(books, meaning, ask, facts)
    kind, value, also = _figure(books, meaning, facts, span_of(books, meaning))
    if ask == "share":
        whole = chosen(books, meaning.model_copy(update={"where": Which(), "leave_out": Which()}), span_of(books, meaning))
        return Expected(ask, "ratio", _ratio(Fraction(_sum(meaning, facts)), _sum(meaning, whole)))
    if meaning.compare:
        return _of_comparison(books, meaning, ask, (kind, value, also))
    if ask == "yes":
        return Expected(ask, "yes", bool(facts))
    return Expected(ask, kind, value, also, signed=meaning.measure in SIGNED)


def _of_single(meaning: Meaning, ask: str, facts: list[Fact]) -> Expected:
    keys: dict[str, Callable[[Fact], object]] = {
        "largest": lambda fact: -fact.magnitude_minor,
        "smallest": lambda fact: fact.magnitude_minor,
        "latest": lambda fact: -fact.on.toordinal(),
        "earliest": lambda fact: fact.on,
    }
    key = keys[meaning.statistic]
    ordered = sorted(singles(meaning, facts), key=lambda fact: (key(fact), fact.on))
    if not ordered:
        raise Unanswerable("no payment fits")
    best = [fact for fact in ordered if key(fact) == key(ordered[0])]  # of equals any is right
    if meaning.top and meaning.top > 1:
        return Expected(ask, "payments", tuple((fact.on, fact.magnitude_minor) for fact in ordered[: meaning.top]))
    if ask == "date":
        return Expected(ask, "date", best[0].on, tuple(fact.on for fact in best[1:]))
    if ask == "name":
        return Expected(ask, "names", (best[0].merchant,), tuple((fact.merchant,) for fact in best[1:]))
    return Expected(ask, "money", best[0].magnitude_minor, tuple(fact.magnitude_minor for fact in best[1:]))


def _of_groups(books: Household, meaning: Meaning, ask: str, facts: list[Fact]) -> Expected:
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(key_of(meaning.by or "", fact), []).append(fact)
    span = span_of(books, meaning)
    cells = [Cell(key, _figure(books, meaning, group, span)[1]) for key, group in groups.items()]
    if not cells:
        raise Unanswerable("no group has a fact")
    cells.sort(key=lambda cell: (Fraction(str(cell.value)), cell.key), reverse=not meaning.bottom)
    cells = cells[: meaning.top or meaning.bottom]
    if ask == "name":
        return Expected(ask, "names", tuple(cell.key for cell in cells))
    return Expected(ask, "rows", tuple(cells))


def key_of(by: str, fact: Fact) -> str:
    if by == "weekday":
        return str(fact.on.isoweekday())
    if by in ("category", "merchant", "account"):
        return str(getattr(fact, by))
    return unit_span(fact.on, by, 0).start.isoformat()


def _figure(books: Household, meaning: Meaning, facts: list[Fact], span: Span) -> tuple[str, object, tuple[object, ...]]:
    """Kind, value, and other values of an honest reading."""
    if meaning.statistic == "count":
        return "count", len(singles(meaning, facts)), ()
    if meaning.measure == "savings_rate":
        income = sum(fact.amount_minor for fact in facts if fact.flow is Flow.INCOME)
        return "ratio", _ratio(Fraction(_sum(meaning, facts)), income), ()
    if meaning.statistic == "average" and meaning.per == "transaction":
        number = len(singles(meaning, facts))
        if not number:
            raise Unanswerable("no payment to average")
        net, gross = _sum(meaning, facts), sum(fact.magnitude_minor for fact in singles(meaning, facts))
        return "money", _rounded(Fraction(gross, number)), (_rounded(Fraction(net, number)), _rounded(Fraction(net, len(facts))))
    if meaning.statistic == "average":
        units = complete_units(span, meaning.per or "", almanac(books))
        if not units:
            raise Unanswerable(f"no complete {meaning.per} in the period")
        total = sum(_sum(meaning, [fact for fact in facts if unit.holds(fact.on)]) for unit in units)
        return "money", _rounded(Fraction(total, len(units))), ()
    return "money", _sum(meaning, facts), ()


def _sum(meaning: Meaning, facts: Iterable[Fact]) -> int:
    total = sum(fact.amount_minor for fact in facts)
    return (
        -total if meaning.measure in ("spending", "money_out") or (meaning.measure == "transfers" and meaning.direction == "out") else total
    )


def _rounded(value: Fraction) -> int:
    return round(value)


def _ratio(part: Fraction, whole: int) -> Fraction:
    if whole == 0:
        raise Unanswerable("a part of nothing")
    return part / whole


def _of_comparison(books: Household, meaning: Meaning, ask: str, main: tuple[str, object, tuple[object, ...]]) -> Expected:
    other_meaning = other_side(meaning)
    facts = chosen(books, other_meaning, span_of(books, other_meaning))
    kind, other, also = _figure(books, other_meaning, facts, span_of(books, other_meaning))
    first, second = Fraction(str(main[1])), Fraction(str(other))
    if ask == "amount":
        return Expected(ask, kind, main[1], main[2], signed=meaning.measure in SIGNED)
    if ask == "other":
        return Expected(ask, kind, other, also, signed=meaning.measure in SIGNED)
    if ask == "change":
        return Expected(ask, kind, first - second if kind == "ratio" else int(first - second), signed=True)
    if ask == "change_ratio":
        if second == 0:
            raise Unanswerable("a change relative to nothing")
        return Expected(ask, "ratio", (first - second) / second, signed=True)
    if ask == "more":
        larger = meaning.where if first > second else other_meaning.where
        return Expected(ask, "names", (*larger.merchant, *larger.category, *larger.account)[:1])
    return Expected(ask, "yes", first > second if ask == "yes" else first < second)


def other_side(meaning: Meaning) -> Meaning:
    assert meaning.compare is not None
    side: dict[str, object] = {"compare": None, "ask": ()}
    side |= {"where": meaning.compare.where} if meaning.compare.where else {"period": meaning.compare.period}
    return meaning.model_copy(update=side)


def _of_stock(books: Household, meaning: Meaning, ask: str) -> Expected:
    day = almanac(books).day(meaning.at) if meaning.at is not None else books.today
    everyday = EVERYDAY if meaning.measure == "balance" and not meaning.where.names_accounts else ()
    where = meaning.where.model_copy(update={"kind": everyday}) if everyday else meaning.where
    accounts = [account for account in books.accounts if _named(account.name, where.account) and _named(account.kind, where.kind)]
    if not all(account.told for account in accounts):
        return Expected(ask, "unknown", None)
    owed = all(account.kind == "card" for account in accounts)
    balances = {account.name: books.balance_minor(account, day) for account in accounts}
    if ask == "rows":
        shown = {account.name: -balances[account.name] if account.kind == "card" else balances[account.name] for account in accounts}
        return Expected(ask, "rows", tuple(Cell(name, value) for name, value in shown.items()))
    if ask == "name":
        ranked = sorted(balances, key=lambda name: balances[name], reverse=not meaning.bottom)
        return Expected(ask, "names", tuple(ranked[: meaning.top or meaning.bottom or 1]))
    total = sum(balances.values())
    if ask == "yes":
        return Expected(ask, "yes", total != 0)
    return Expected(ask, "money", -total if owed else total, signed=not owed)


def _of_budget(books: Household, meaning: Meaning, ask: str) -> Expected:
    spent = {budget.category: _spent(books, budget.category, budget.period) for budget in books.budgets}
    limits = {budget.category: budget.limit_minor for budget in books.budgets}
    if ask == "over":
        return Expected(ask, "names", tuple(sorted(name for name in limits if spent[name] > limits[name])))
    if ask == "rows":
        return Expected(ask, "rows", tuple(Cell(name, limit) for name, limit in limits.items()))
    name = meaning.where.category[0]
    if name not in limits:
        raise Unanswerable(f"no budget for {name}")
    if ask == "yes":
        return Expected(ask, "yes", spent[name] > limits[name])
    values = {"left": limits[name] - spent[name], "limit": limits[name], "spent": spent[name]}
    return Expected(ask, "money", values[ask], signed=ask == "left")


def _spent(books: Household, category: str, period: str) -> int:
    meaning = Meaning(measure="spending", where=Which(category=(category,)), period={"this": period})
    return _sum(meaning, chosen(books, meaning, span_of(books, meaning)))
