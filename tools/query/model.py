"""The typed query: the one question that can be asked of the books.

The planner, a language model, the search box and the desks all emit this; `run` answers it. It says what is measured, over which facts,
in which period, split and ranked how. It holds no SQL and no words: meanings are those of docs/definitions.md.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

MAX_MINOR = 2**53 - 1
Minor = Annotated[int, Field(ge=0, le=MAX_MINOR)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[tuple[Name, ...], Field(max_length=50)]


class Measure(StrEnum):
    """What is measured. Flows are summed over a period; stocks are read at its end."""

    SPENDING = "spending"  # outflows that are no transfers or investments, less refunds
    INCOME = "income"  # inflows that are no transfers, refunds, reimbursements or loan money
    NET_CASH_FLOW = "net_cash_flow"  # income less spending, signed
    SAVINGS_RATE = "savings_rate"  # net cash flow / income
    REFUNDS = "refunds"
    TRANSFERS = "transfers"  # between own accounts; the outgoing legs (incoming with direction=in)
    INVESTMENTS = "investments"
    MONEY_IN = "money_in"  # every inflow; own transfers only where accounts are named
    MONEY_OUT = "money_out"  # every outflow; own transfers only where accounts are named
    MOVEMENTS = "movements"  # everything booked, of whatever kind, signed
    BALANCE = "balance"  # booked balance; of a card: what is owed
    NET_WORTH = "net_worth"  # assets less debts, all accounts


STOCKS = frozenset({Measure.BALANCE, Measure.NET_WORTH})
COMPUTED = frozenset({Measure.NET_CASH_FLOW, Measure.SAVINGS_RATE})


class Statistic(StrEnum):
    TOTAL = "total"
    AVERAGE = "average"  # per: transaction, day, week, month, year
    COUNT = "count"  # number of facts (visits, payments)
    LARGEST = "largest"  # single facts, `limit` of them, largest first
    SMALLEST = "smallest"
    LATEST = "latest"
    EARLIEST = "earliest"
    LIST = "list"  # the facts, newest first


SINGLE_FACTS = frozenset({Statistic.LARGEST, Statistic.SMALLEST, Statistic.LATEST, Statistic.EARLIEST, Statistic.LIST})


class Per(StrEnum):
    TRANSACTION = "transaction"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Dimension(StrEnum):
    CATEGORY = "category"
    MERCHANT = "merchant"
    ACCOUNT = "account"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    WEEKDAY = "weekday"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class Order(StrEnum):
    DESCENDING = "descending"
    ASCENDING = "ascending"
    NATURAL = "natural"  # time order for time dimensions, else descending


class AccountKind(StrEnum):
    CHECKING = "checking"
    SAVINGS = "savings"
    CARD = "card"
    CASH = "cash"
    BROKERAGE = "brokerage"


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(Model):
    """Whole days in the customer's zone, both ends included. `label` is how it is spoken ("in May 2026")."""

    start_on: date
    end_on: date
    label: str = Field(default="", max_length=120)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end_on < self.start_on:
            raise ValueError("end_on lies before start_on")
        return self


class Subject(Model):
    """Which facts. Values within one field are alternatives (or), fields restrict each other (and). Names match exactly, ignoring case."""

    accounts: Names = ()  # account ids (acc_...)
    account_kinds: tuple[AccountKind, ...] = ()
    categories: Names = ()  # each with the categories under it in the customer's tree
    categories_alone: Names = ()  # each without those under it
    merchants: Names = ()
    text: Names = ()  # words that must all occur in the description or the merchant
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()  # ISO: Monday is 1

    def is_empty(self) -> bool:
        return self == Subject()


class Query(Model):
    """One question of the books; see `Result` for what comes back."""

    measure: Measure = Measure.SPENDING
    statistic: Statistic = Statistic.TOTAL
    per: Per | None = None
    period: Period | None = None  # none: everything on record (stocks: now)
    include: Subject = Subject()
    exclude: Subject = Subject()
    direction: Direction | None = None  # only for transfers and lists
    amount_min_minor: Minor | None = None  # bounds on the magnitude of single facts, both included
    amount_max_minor: Minor | None = None
    group_by: Dimension | None = None
    order: Order = Order.NATURAL
    limit: Annotated[int, Field(ge=1, le=500)] | None = None  # rows or single facts shown; totals cover all
    compare_period: Period | None = None  # the same measure over another period
    compare_include: Subject | None = None  # the same measure and period for another subject
    share: bool = False  # also: what part of the same measure without include/exclude this is

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.statistic is Statistic.AVERAGE and self.per is None:
            raise ValueError("an average needs `per`")
        if self.statistic is not Statistic.AVERAGE and self.per is not None:
            raise ValueError("`per` belongs to an average only")
        if self.measure in STOCKS and self.statistic is not Statistic.TOTAL:
            raise ValueError("a balance has no statistic but its total")
        if self.measure in COMPUTED and self.statistic in (SINGLE_FACTS - {Statistic.LIST}) | {Statistic.COUNT}:
            raise ValueError(f"{self.measure} is computed from sums: it has no single facts")
        if self.statistic in SINGLE_FACTS and self.group_by is not None:
            raise ValueError("single facts are not grouped")
        if self.compare_period is not None and self.compare_include is not None:
            raise ValueError("compare either another period or another subject")
        if self.direction is not None and self.measure is not Measure.TRANSFERS:
            raise ValueError("direction is for transfers: use money_in or money_out")
        low, high = self.amount_min_minor, self.amount_max_minor
        if low is not None and high is not None and high < low:
            raise ValueError("amount_max_minor is less than amount_min_minor")
        return self


class Converted(Model):
    """The same amount in the home currency, at the last rate on or before `rate_on`'s day; signed as the amount it stands beside."""

    amount_minor: int
    currency: str
    rate_on: date


class UsedRate(Model):
    """The day of the latest exchange rate that went into a sum."""

    currency: str
    rate_on: date


class Row(Model):
    """One group. `key` is the exact value of the dimension (a name, an account id, an ISO date that starts the group, a weekday number)."""

    key: str
    label: str
    currency: str | None = None  # an account's balance is in its own; none: the result's
    amount_minor: int | None = None
    converted: Converted | None = None  # of a balance in another currency than home
    count: int = 0
    ratio: float | None = None  # savings_rate by group
    share_ratio: float | None = None  # of the ungrouped total
    owed: bool = False  # a card's balance: amount_minor is what is owed
    start_on: date | None = None
    end_on: date | None = None


class Fact(Model):
    """One booked movement as the customer sees it, in its account's currency; amount signed from the account's view (outflows negative)."""

    id: str
    booked_on: date
    merchant: str
    description: str
    category: str
    account: str
    account_id: str
    flow: str
    currency: str | None = None  # the account's; none: the result's
    amount_minor: int
    magnitude_minor: int
    converted: Converted | None = None  # in another currency than home, where a rate is known


class Comparison(Model):
    """The other period or subject, and the change from it to the main one (main less other)."""

    label: str
    period: Period | None = None
    amount_minor: int | None = None
    count: int = 0
    ratio: float | None = None
    change_minor: int | None = None
    change_count: int | None = None
    change_ratio: float | None = None  # undefined when the other is 0


class Result(Model):
    """Every number is a cell with an address (JSON Pointer), and its name says its kind:
    `*_minor` money in minor units of the nearest `currency`, `count` and `*_count` counts, `ratio` and `*_ratio` ratios, `*_on` dates."""

    measure: Measure
    statistic: Statistic
    currency: str
    period: Period | None = None  # the period really covered
    amount_minor: int | None = None
    converted: Converted | None = None  # of a balance whose accounts are all in one other currency than home
    count: int = 0  # facts behind the figure
    ratio: float | None = None  # savings_rate
    share_ratio: float | None = None
    whole_minor: int | None = None  # what share_ratio is a part of
    owed: bool = False  # only cards were asked for: amount_minor is what is owed
    per: Per | None = None
    periods_count: int | None = None  # complete days, weeks, months the average runs over
    group_by: Dimension | None = None
    rows: tuple[Row, ...] = ()
    groups_count: int | None = None  # how many groups there are, shown or not
    transactions: tuple[Fact, ...] = ()
    comparison: Comparison | None = None
    first_on: date | None = None  # first and last fact on record, for "your records begin on ..."
    last_on: date | None = None
    rates: tuple[UsedRate, ...] = ()  # by currency, of what was converted into the sums
    notes: tuple[str, ...] = ()  # codes: refunds_deducted, partial_period, truncated, before_first_fact,
    # starts_before_first_fact, no_complete_period, balance_unknown:<account's name>, converted:<currency>:<day of the latest rate used>,
    # rate_missing:<currency> (its amounts are in no sum), unknown_before:<account's name> (a series does not hold its earlier days)
