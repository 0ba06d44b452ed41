"""Insights: what is worth attention in the books, each with the query and the rows behind it. Dismissed ones do not come back."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from kit.ids import show
from ledger.choices import dismissed_insights
from risk.behaviour.insight import Found, Insight
from risk.behaviour.insights import Hand, insights
from tools.at_hand import seen_today
from tools.context import ToolContext
from tools.query.model import Dimension, Measure, Model, Name, Period, Query, Statistic, Subject, UsedRate

MOST = 50
_TITLES = {
    Insight.LOW_BALANCE: "Money may run short before pay day",
    Insight.INCOME_LATE: "{merchant} has not paid yet",
    Insight.DOUBLE_CHARGE: "{merchant} may have charged you twice",
    Insight.PRICE_RISE: "{merchant} costs more",
    Insight.NEW_SUBSCRIPTION: "New subscription: {merchant}",
    Insight.OVERLAP: "{merchant} and {other} do the same",
    Insight.LARGE_PAYMENT: "Unusually large payment to {merchant}",
    Insight.CATEGORY_PACE: "More than usual on {category}",
    Insight.FEE: "A fee was charged",
    Insight.FOREIGN_FEE: "A fee for paying abroad",
    Insight.REFUND: "{merchant} gave money back",
}


class InsightsArguments(Model):
    """How many, the weightiest first; of certain kinds or about one merchant, where that is asked."""

    kinds: tuple[Insight, ...] = ()
    merchant: Name | None = None

    limit: Annotated[int, Field(ge=1, le=MOST)] = 10


class Evidence(Model):
    """`query` shows the rows in the books; `transaction_ids` names them."""

    query: Query | None
    transaction_ids: tuple[str, ...]


class InsightCell(Model):
    """`amount_minor` is the insight's figure, `before_minor` what it is set against, `change_ratio` the one relative to the other.

    `yearly_minor` is what a subscription or a rise comes to in a year.
    """

    id: str
    kind: str
    title: str
    merchant: str | None
    other_merchant: str | None
    category: str | None
    amount_minor: int
    before_minor: int | None
    change_minor: int | None
    change_ratio: float | None
    yearly_minor: int | None
    on: date
    until_on: date | None
    recurring_ids: tuple[str, ...]
    evidence: Evidence


class Insights(Model):
    currency: str
    items: tuple[InsightCell, ...]
    count: int  # all there are, shown or not
    rates: tuple[UsedRate, ...]  # of what is converted, at the latest rate
    notes: tuple[str, ...]  # codes: converted:<currency>:<day of the rate>, rate_missing:<currency>


async def look_for_insights(context: ToolContext, arguments: InsightsArguments) -> Insights:
    async with context.db.read(context.principal) as connection:
        seen = await seen_today(connection, context)
        dismissed = await dismissed_insights(connection)
    partly = seen.hand.unknown or seen.worth.missing
    hand = Hand(None if partly else seen.hand.balance_minor, seen.hand.accounts)
    everything = insights(seen.payments, seen.recurring, hand, context.today)
    found = [one for one in everything if one.id not in dismissed and _is_wanted(one, arguments)]
    cells = tuple(_cell(one) for one in found[: arguments.limit])
    return Insights(currency=context.principal.currency, items=cells, count=len(found), rates=seen.worth.rates_used, notes=seen.worth.notes)


def _is_wanted(one: Found, arguments: InsightsArguments) -> bool:
    if arguments.kinds and one.kind not in arguments.kinds:
        return False
    wanted = arguments.merchant
    return wanted is None or wanted.casefold() in {(name or "").casefold() for name in (one.merchant, one.other_merchant)}


_YEARLY = frozenset({Insight.PRICE_RISE, Insight.NEW_SUBSCRIPTION, Insight.OVERLAP})


def _cell(found: Found) -> InsightCell:
    before = found.before_minor
    against = None if found.kind is Insight.LOW_BALANCE else before
    return InsightCell(
        id=show("ins", found.id),
        kind=found.kind,
        title=_TITLES[found.kind].format(merchant=found.merchant, other=found.other_merchant, category=found.category),
        merchant=found.merchant,
        other_merchant=found.other_merchant,
        category=found.category,
        amount_minor=found.amount_minor,
        before_minor=before,
        change_minor=None if against is None else found.amount_minor - against,
        change_ratio=None if not against else (found.amount_minor - against) / against,
        yearly_minor=found.stake_minor if found.kind in _YEARLY else None,
        on=found.on,
        until_on=found.until,
        recurring_ids=tuple(show("rec", one) for one in found.recurring_ids),
        evidence=Evidence(query=_query(found), transaction_ids=tuple(show("txn", one) for one in found.evidence)),
    )


def _query(found: Found) -> Query | None:
    """The question whose rows show it; what lies ahead has none."""
    if found.kind is Insight.LOW_BALANCE or found.since is None or found.until is None:
        return None
    period = Period(start_on=found.since, end_on=found.until)
    if found.kind is Insight.CATEGORY_PACE and found.category is not None:
        include = Subject(categories=(found.category,))
        return Query(measure=Measure.SPENDING, period=period, include=include, group_by=Dimension.MERCHANT)
    merchants = tuple(name for name in (found.merchant, found.other_merchant) if name)
    return Query(measure=Measure.MOVEMENTS, statistic=Statistic.LIST, period=period, include=Subject(merchants=merchants))
