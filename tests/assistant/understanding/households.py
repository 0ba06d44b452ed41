"""Invented households as the understanding sees them, and a short way to write what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from assistant.plan import Plan
from assistant.understand import Understanding
from kit.settings import Settings
from tools.query.model import Query, Subject
from tools.vocabulary import AccountName, Vocabulary

TODAY = date(2026, 11, 21)  # a Saturday


def household(currency: str, merchants: str, categories: str, accounts: str, budgets: str = "", **more: Any) -> Vocabulary:
    """Names in lists parted by "; "; an account is "name (kind)"."""
    named = [entry.rstrip(")").rsplit(" (", 1) for entry in accounts.split("; ")]
    return Vocabulary(
        merchants=tuple((name, 9) for name in merchants.split("; ")),
        categories=tuple((name, 9) for name in categories.split("; ")),
        accounts=tuple(AccountName(f"acc_{at:032x}", name, kind) for at, (name, kind) in enumerate(named, 1)),
        budgets=tuple(budgets.split("; ")) if budgets else (),
        currency=currency,
        timezone="Europe/Dublin",
        first_on=date(2025, 1, 3),
        last_on=date(2026, 11, 20),
        today=TODAY,
        **more,
    )


HARPERS = household(
    "GBP",
    "Tesco; Sainsbury's; Boots; Amazon; Netflix; Shell; TfL; Costa Coffee; Uber; Uber Eats; Marks & Spencer; Next; Thames Water; "
    "Greenfield Lettings; Acme Ltd Payroll; PureGym; 7-Eleven; McDonald's",
    "Groceries; Eating out; Transport; Rent; Utilities; Shopping; Entertainment; Salary; Health; Travel; Pets; Fees",
    "Everyday (checking); Visa (card); Nest egg (savings)",
    "Groceries; Eating out",
)
KELLERS = household(
    "EUR",
    "REWE; Aldi Süd; dm-drogerie markt; Deutsche Bahn; Stadtwerke München; Bäckerei Kühn; Zalando; Müller GmbH; Edeka; Siemens AG",
    "Lebensmittel; Restaurants; Miete; Mobilität; Gehalt; Freizeit; Versicherungen; Strom & Gas",
    "Girokonto (checking); Tagesgeld (savings); Kreditkarte (card)",
)
OKADAS = household(
    "JPY",
    "FamilyMart; Yodobashi Camera; JR East; Sukiya; The Range",
    "Food & Drink; Gas & Fuel; Bills & Utilities; Income:Salary; Coffee Shops; Uncategorized",
    "Everyday (checking); Rakuten Card (card); Gold Card (card); Rainy day (savings); Wallet (cash)",
)


@cache
def understanding() -> Understanding:
    """Loaded once for all tests; the models are those of set-up."""
    return Understanding.load(Settings().models)


def understand(text: str, vocabulary: Vocabulary = HARPERS, before: Sequence[Plan] = ()) -> Plan:
    return understanding().understand(text, vocabulary, before)


def dialogue(*texts: str, vocabulary: Vocabulary = HARPERS) -> list[Plan]:
    plans: list[Plan] = []
    for text in texts:
        plans.append(understand(text, vocabulary, plans))
    return plans


def told(plan: Plan, vocabulary: Vocabulary = HARPERS) -> str:
    """The plan's steps in short: "spending total in(Groceries) 2026-10-01..2026-10-31", several joined by " + "."""
    return " + ".join(_step(step.tool, step.arguments, vocabulary) for step in plan.steps) or f"{plan.status} {plan.question or plan.form}"


def _step(tool: str, arguments: dict[str, Any], vocabulary: Vocabulary) -> str:
    if tool != "query":
        own = {account.id: account.name for account in vocabulary.accounts}
        return " ".join([tool, *(str(own.get(value, value)) for value in arguments.values())])
    query = Query.model_validate(arguments)
    said = [str(query.measure), f"{query.statistic}/{query.per}" if query.per else str(query.statistic)]
    for word, subject in (("in", query.include), ("without", query.exclude), ("against", query.compare_include)):
        said += [f"{word}({_subject(subject, vocabulary)})"] if subject is not None and not subject.is_empty() else []
    said += [str(query.direction)] if query.direction else []
    said += [f">={query.amount_min_minor}"] if query.amount_min_minor is not None else []
    said += [f"<={query.amount_max_minor}"] if query.amount_max_minor is not None else []
    said += [f"{query.period.start_on}..{query.period.end_on}"] if query.period else []
    said += [f"against {query.compare_period.start_on}..{query.compare_period.end_on}"] if query.compare_period else []
    said += [f"by {query.group_by}"] if query.group_by else []
    said += [str(query.order)] if query.order != "natural" else []
    said += [f"limit {query.limit}"] if query.limit else []
    return " ".join([*said, *(["share"] if query.share else [])])


def _subject(subject: Subject, vocabulary: Vocabulary) -> str:
    own = {account.id: account.name for account in vocabulary.accounts}
    text = [f'"{word}"' for word in subject.text]
    days = [str(day) for day in subject.weekdays]
    return ", ".join(
        [*subject.categories, *subject.merchants, *text, *(own[one] for one in subject.accounts), *subject.account_kinds, *days]
    )
