"""The language in which a question's meaning is written: strict models of what QUESTIONS.md describes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

MeasureName = Literal[
    "spending",
    "income",
    "net_cash_flow",
    "savings_rate",
    "refunds",
    "transfers",
    "money_in",
    "money_out",
    "movements",
    "balance",
    "net_worth",
    "budget",
    "accounts",
]
StatisticName = Literal["total", "count", "average", "largest", "smallest", "latest", "earliest", "list"]
AskName = Literal[
    "amount",
    "other",
    "change",
    "change_ratio",
    "name",
    "date",
    "share",
    "rows",
    "list",
    "yes",
    "less",
    "more",
    "left",
    "limit",
    "spent",
    "over",
]
StatusName = Literal["answered", "clarify", "refused", "out_of_scope", "proposed"]
SINGLE: frozenset[str] = frozenset({"largest", "smallest", "latest", "earliest"})
STOCKS: frozenset[str] = frozenset({"balance", "net_worth"})


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def several(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


class Which(Strict):
    """Which facts; every list is of alternatives."""

    category: tuple[str, ...] = ()
    merchant: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    weekday: tuple[int, ...] = ()
    text: tuple[str, ...] = ()
    min: Decimal | None = None
    max: Decimal | None = None
    over: Decimal | None = None
    under: Decimal | None = None

    @field_validator("category", "merchant", "account", "kind", "text", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return several(value)

    @field_validator("weekday", mode="before")
    @classmethod
    def _days_of_the_week(cls, value: Any) -> Any:
        return several({"weekend": [6, 7], "workday": [1, 2, 3, 4, 5]}.get(value, value) if isinstance(value, str) else value)

    @property
    def names_accounts(self) -> bool:
        return bool(self.account or self.kind)


class Other(Strict):
    """The other side of a comparison."""

    period: Any = None
    where: Which | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.period is None) == (self.where is None):
            raise ValueError("compare either another period or another subject")
        return self


class Meaning(Strict):
    """One thing that is asked for."""

    measure: MeasureName
    statistic: StatisticName = "total"
    per: Literal["transaction", "day", "week", "month"] | None = None
    period: Any = None
    where: Which = Which()
    leave_out: Which = Field(default=Which(), alias="except")
    by: Literal["category", "merchant", "account", "day", "week", "month", "quarter", "year", "weekday"] | None = None
    top: int | None = Field(default=None, ge=1)
    bottom: int | None = Field(default=None, ge=1)
    compare: Other | None = None
    share: bool = False
    at: Any = None
    ask: tuple[AskName, ...] = ()
    direction: Literal["in", "out"] = "out"

    @field_validator("ask", mode="before")
    @classmethod
    def _asks(cls, value: Any) -> Any:
        return several(value)

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if (self.statistic == "average") != (self.per is not None):
            raise ValueError("`per` and `average` belong together")
        if self.at is not None and self.measure not in STOCKS:
            raise ValueError("`at` is for balances")
        if self.period is not None and self.measure in STOCKS:
            raise ValueError("a balance has a day (`at`), no period")
        if (self.top or self.bottom) and self.by is None and self.statistic not in SINGLE:
            raise ValueError("`top` and `bottom` rank groups (`by`) or single payments")
        if self.measure == "budget" and not self.where.category and self.asks not in (("over",), ("rows",)):
            raise ValueError("which budget? `where: {category}`, or ask for `over` or `rows`")
        self._comparable()
        return self

    def _comparable(self) -> None:
        if set(self.asks) & {"other", "change", "change_ratio", "more", "less"} and self.compare is None:
            raise ValueError(f"{self.asks} needs `compare`")
        if "share" in self.asks and not self.share:
            raise ValueError("ask share needs `share: true`")

    @property
    def asks(self) -> tuple[str, ...]:
        """What the sentence wants, with the defaults filled in."""
        if self.ask:
            return self.ask
        if self.measure == "budget":
            return ("left",)
        if self.measure == "accounts" or (self.by and (self.top or self.bottom)):
            return ("name",)
        if self.compare:
            return ("amount", "other")
        if self.by:
            return ("rows",)
        if self.share:
            return ("share",)
        return ("list",) if self.statistic == "list" else ("amount",)


class Proposal(Strict):
    kind: Literal["budget", "transfer"]
    amount: Decimal
    category: str | None = None
    period: Literal["week", "month", "quarter", "year"] | None = None
    source: str | None = None
    target: str | None = None


class Expectation(Strict):
    """One honest form of an answer."""

    status: tuple[StatusName, ...] = ("answered",)
    meaning: tuple[Meaning, ...] = ()
    say: tuple[str, ...] = ()
    propose: Proposal | None = None
    partial: bool = False

    @field_validator("status", "meaning", "say", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return several(value)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.status == ("answered",) and not (self.meaning or self.say):
            raise ValueError("an answered question needs a meaning, or words to `say`")
        if (self.propose is not None) != ("proposed" in self.status):
            raise ValueError("`propose` and status `proposed` belong together")
        return self


class Turn(Strict):
    text: str
    skill: str
    expect: tuple[Expectation, ...]

    @field_validator("expect", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return several(value)

    def meanings(self) -> Iterable[Meaning]:
        return (meaning for form in self.expect for meaning in form.meaning)


class Question(Turn):
    id: str


class Dialogue(Strict):
    id: str
    turns: tuple[Turn, ...] = Field(min_length=2)
    skill: str = ""


class Sheet(Strict):
    """One file of questions or dialogues."""

    household: str
    questions: tuple[Question, ...] = ()
    dialogues: tuple[Dialogue, ...] = ()
