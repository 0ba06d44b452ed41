"""From a query's subject and period to SQL conditions with parameters. Values never become SQL text."""

from __future__ import annotations

from typing import Any

from kit.errors import Invalid, StewardError
from kit.ids import read
from ledger.history import escape_like
from tools.query.model import Measure, Period, Query, Subject

# Which facts a measure sums, and with what sign: {measure: (condition, value)}. The value is in the home currency, null without a rate.
FLOWS: dict[Measure, tuple[str, str]] = {
    Measure.SPENDING: ("flow in ('spending', 'refund')", "-home_minor"),
    Measure.INCOME: ("flow = 'income'", "home_minor"),
    Measure.NET_CASH_FLOW: ("flow in ('spending', 'refund', 'income')", "home_minor"),
    Measure.SAVINGS_RATE: ("flow in ('spending', 'refund', 'income')", "home_minor"),
    Measure.REFUNDS: ("flow = 'refund'", "home_minor"),
    Measure.TRANSFERS: ("flow = 'transfer'", "abs(home_minor)"),
    Measure.INVESTMENTS: ("flow = 'investment'", "-home_minor"),
    Measure.MONEY_IN: ("amount_minor > 0", "home_minor"),
    Measure.MONEY_OUT: ("amount_minor < 0", "-home_minor"),
    Measure.MOVEMENTS: ("true", "home_minor"),
}


class Conditions:
    """Collects conditions and their parameters in asyncpg's `$n` form."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[Any] = []

    def add(self, template: str, value: Any) -> None:
        """`template` holds one `{}` for the parameter's place."""
        self.values.append(value)
        self.parts.append(template.format(f"${len(self.values)}"))

    def raw(self, condition: str) -> None:
        self.parts.append(condition)

    @property
    def sql(self) -> str:
        return " and ".join(f"({part})" for part in self.parts) or "true"


def conditions_for(query: Query, subject: Subject, period: Period | None, *, single: bool = False, unrated: bool = False) -> Conditions:
    """The facts that a query's measure covers. `single`: purchases and payments only, without what was refunded.

    Bounds are in the home currency; `unrated`: what cannot be compared with them for want of a rate is covered too.
    """
    found = Conditions()
    found.raw("flow = 'spending'" if single and query.measure is Measure.SPENDING else FLOWS[query.measure][0])
    if query.measure is Measure.TRANSFERS:
        found.raw("amount_minor > 0" if query.direction == "in" else "amount_minor < 0")
    if query.measure in (Measure.MONEY_IN, Measure.MONEY_OUT) and not (subject.accounts or subject.account_kinds):
        found.raw("flow <> 'transfer'")
    if period is not None:
        found.add("booked_on >= {}", period.start_on)
        found.add("booked_on <= {}", period.end_on)
    _add_subject(found, subject, negated=False)
    _add_subject(found, query.exclude, negated=True)
    for sign, bound_minor in ((">=", query.amount_min_minor), ("<=", query.amount_max_minor)):
        if bound_minor is not None:
            found.add(f"coalesce(abs(home_minor) {sign} {{}}, {'true' if unrated else 'false'})", bound_minor)
    return found


def _add_subject(found: Conditions, subject: Subject, *, negated: bool) -> None:
    verb = "not " if negated else ""
    if subject.accounts:
        found.add(verb + "account_id = any({}::uuid[])", [account_id(text) for text in subject.accounts])
    if subject.account_kinds:
        found.add(verb + "account_kind = any({}::text[])", [str(kind) for kind in subject.account_kinds])
    if subject.categories:
        found.add(verb + "lower(category) = any({}::text[])", [name.lower() for name in subject.categories])
    if subject.categories_alone:
        found.add(verb + "lower(category) = any({}::text[])", [name.lower() for name in subject.categories_alone])
    if subject.merchants:
        found.add(verb + "lower(merchant) = any({}::text[])", [name.lower() for name in subject.merchants])
    for word in subject.text:
        found.add(verb + "description || ' ' || merchant ilike {}", f"%{escape_like(word)}%")
    if subject.weekdays:
        found.add(verb + "extract(isodow from booked_on)::int = any({}::int[])", list(subject.weekdays))


def account_id(text: str) -> Any:
    """The UUID of an account's id. Raises Invalid naming it."""
    try:
        return read("acc", text)
    except StewardError as error:
        raise Invalid("account_is_unknown", f"{text[:60]!r} is not the id of an account") from error
