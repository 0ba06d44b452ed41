"""What an answer template sees of one call: its query and result, the words for them, and the addresses of its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.calls import Call, resolve
from assistant.draft import plain
from assistant.plan import Step
from assistant.speech import Books, Speech, json_words
from tools.query.model import COMPUTED, SINGLE_FACTS, STOCKS, Dimension, Measure, Order, Query, Statistic, Subject

_TIMES = frozenset({Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.QUARTER, Dimension.YEAR})
_INFLOWS = frozenset({Measure.INCOME, Measure.MONEY_IN, Measure.REFUNDS})
_SIGNED = frozenset({Measure.NET_CASH_FLOW, Measure.MOVEMENTS})
_TOOLS = {
    tool: f"answers/{tool}"
    for tool in ("accounts", "affordable", "articles", "budgets", "cash_flow", "exchange", "goals", "insights", "recurring")
}
_DONUT_MAX = 6


@dataclass
class StepView:
    """One call. `q` and `r` are plain JSON; every word in here may stand in a draft as it is."""

    i: int
    tool: str
    q: dict[str, Any]
    r: dict[str, Any]
    template: str
    failed: bool = False
    reading: str = ""
    measure: str = ""
    subject: str = ""
    period: str = ""
    other: str = ""
    key: str = "amount_minor"
    head: str = ""
    said: str = ""
    title: str = ""
    link: str = ""
    and_word: str = ""
    chart: str = ""
    stock: bool = False
    computed: bool = False
    inflow: bool = False
    averaged: bool = False
    signed: bool = False
    top: int | None = None
    low: int | None = None
    last: int | None = None
    ranked: tuple[int, ...] = ()
    next_steps: tuple[str, ...] = ()
    ask: str = ""  # which figure of a look-up the sentence wants first
    soonest: int | None = None

    def cell(self, path: str, *hints: str) -> str:
        """The reference to a cell of the result."""
        return f"[[{'|'.join([self.at(path), *hints])}]]"

    def at(self, path: str) -> str:
        """The bare address, as blocks name their source."""
        return f"{self.i}/{path}"

    def joined(self, names: list[str]) -> str:
        return names[0] if len(names) == 1 else ", ".join(names[:-1]) + self.and_word + names[-1]

    def row_hints(self, noun: str) -> tuple[str, ...]:
        return (f"of {noun}",) if self.key == "count" else self.sign

    @property
    def sign(self) -> tuple[str, ...]:
        return ("signed",) if self.signed else ()

    @property
    def notes(self) -> list[str]:
        return list(self.r.get("notes", ()))

    @property
    def unknown_balances(self) -> list[str]:
        return [plain(note.partition(":")[2]) for note in self.notes if note.startswith("balance_unknown:")]

    @property
    def missing_rates(self) -> list[str]:
        return [note.partition(":")[2] for note in self.notes if note.startswith("rate_missing:")]

    def converted(self, path: str) -> bool:
        """Whether a worth at home stands beside the amounts at an address ("" for the result, "transactions/0/")."""
        return resolve(self.r, f"/{path}converted") is not None

    @property
    def has_amount(self) -> bool:
        return isinstance(self.r.get("amount_minor"), int)

    @property
    def negative(self) -> bool:
        return (self.r.get("amount_minor") or 0) < 0

    @property
    def zero(self) -> bool:
        return self.r.get("amount_minor") == 0

    @property
    def single(self) -> bool:
        """One account was read, and its row is there."""
        return len(self.r.get("rows", ())) == 1 and self.r.get("count") == 1

    @property
    def has_counts(self) -> bool:
        return not self.stock and any(row["count"] for row in self.r["rows"])

    @property
    def has_shares(self) -> bool:
        rows = self.r["rows"]
        return self.key == "amount_minor" and not self.averaged and bool(rows) and all(row["share_ratio"] is not None for row in rows)


def view(call: Call, step: Step | None, speech: Speech, words: Mapping[str, Any], books: Books) -> StepView:
    """The view of a call with the words of the step it carried out, if it was one of the plan's."""
    reading = plain(step.reading) if step else ""
    if call.failed:
        return StepView(call.index, call.name, call.args, call.result, "answers/failure", failed=True, reading=reading)
    if call.name != "query":
        template = _TOOLS.get(call.name) or f"answers/proposal_{call.result.get('kind', '')}"
        told = StepView(call.index, call.name, json_words(call.args), call.result, template, reading=reading, and_word=words["and"])
        told.ask, told.next_steps = step.ask if step else "", _next_steps(call, words)
        _pick_items(told)
        return told
    query = Query.model_validate(call.args)
    seen = StepView(
        i=call.index, tool=call.name, q=query.model_dump(mode="json"), r=call.result, template="", reading=reading, measure=query.measure,
        and_word=words["and"], stock=query.measure in STOCKS, computed=query.measure in COMPUTED, signed=query.measure in _SIGNED,
        inflow=query.measure in _INFLOWS, averaged=query.statistic is Statistic.AVERAGE,
    )  # fmt: skip
    seen.key = _key(query)
    _add_words(seen, query, step, speech, words, books.names)
    _add_extremes(seen)
    seen.chart = _chart(query, seen)
    seen.template = f"answers/{_shape(query, seen)}"
    return seen


def _pick_items(seen: StepView) -> None:
    """Of recurring items: the dearest and the cheapest that run, and the one that comes next."""
    if seen.tool != "recurring":
        return
    running = [(item["monthly_minor"], -at) for at, item in enumerate(seen.r["items"]) if item["status"] == "active"]
    coming = [(item["next_on"], at) for at, item in enumerate(seen.r["items"]) if item["next_on"] is not None]
    if running:
        seen.top, seen.low = -max(running)[1], -min(running)[1]
    if coming:
        seen.soonest = min(coming)[1]


def _next_steps(call: Call, words: Mapping[str, Any]) -> tuple[str, ...]:
    """Questions to the person's own books that the first article quoted gives rise to."""
    if call.name != "articles" or not call.result["passages"]:
        return ()
    document = call.result["passages"][0]["document"]
    return next((tuple(asks) for topic, asks in words["next_steps"].items() if topic in document), ())


def _key(query: Query) -> str:
    """Which cell of a row is the figure that was asked for."""
    if query.measure is Measure.SAVINGS_RATE:
        return "ratio"
    return "count" if query.statistic is Statistic.COUNT else "amount_minor"


def _add_words(seen: StepView, query: Query, step: Step | None, speech: Speech, words: Mapping[str, Any], names: frozenset[str]) -> None:
    derived = speech.subject(query)
    spoken = plain(step.subject) if step else ""
    seen.subject = spoken if spoken and _agrees(spoken, query, speech, names) else derived
    if query.period is not None:
        seen.period = speech.period(query.period, stock=seen.stock)
    elif not seen.stock and query.statistic not in SINGLE_FACTS and not seen.averaged and seen.r.get("first_on"):
        seen.period = words["since"].format(first_on=seen.cell("first_on"))
    if query.compare_period is not None:
        seen.other = speech.period(query.compare_period, stock=seen.stock)
    elif query.compare_include is not None:
        seen.other = speech.other(query)
    seen.said = words["said_count"] if seen.key == "count" else words["said"][query.measure]
    spoken_period = "" if "[[" in seen.period else seen.period
    seen.title = f"{words['titles'][query.measure]} {spoken_period}".strip()
    if query.group_by is not None:
        seen.head = words["heads"][query.group_by]
        seen.link = words["links"]["inflow" if seen.inflow else "outflow"][query.group_by]


def _agrees(spoken: str, query: Query, speech: Speech, names: frozenset[str]) -> bool:
    """Whether a subject's words name what the call asks for, and nothing else that the books know."""
    asked = [name.casefold() for subject in (query.include, query.exclude) for name in speech.bare_names(subject)]
    text = spoken.casefold()
    facts: Subject = query.include
    needed = [name.casefold() for name in (*facts.categories, *facts.merchants)]
    if not all(any(word in text for word in re.findall(r"\w{3,}", name) or [name]) for name in needed):
        return False
    strangers = (name.casefold() for name in names if len(name) > 3)
    return not any(re.search(rf"\b{re.escape(name)}\b", text) and not any(name in own for own in asked) for name in strangers)


def _add_extremes(seen: StepView) -> None:
    """The rows with the largest and the smallest figure, the last with any, and the first three."""
    known = [(_at_home(row, seen.key), at) for at, row in enumerate(seen.r.get("rows", ())) if row[seen.key] is not None]
    if known:
        seen.top = max(known, key=lambda pair: (pair[0], -pair[1]))[1]
        seen.low = min(known)[1]
        seen.last = known[-1][1]
        seen.ranked = tuple(at for _, at in known[:3])


def _at_home(row: dict[str, Any], key: str) -> Any:
    """What a row ranks by: an amount in another currency by what it is worth at home."""
    return row["converted"]["amount_minor"] if key == "amount_minor" and row.get("converted") else row[key]


def _chart(query: Query, seen: StepView) -> str:
    rows = seen.r.get("rows", ())
    if query.group_by is None or (seen.stock and query.group_by not in _TIMES):
        return ""
    if query.group_by in _TIMES:
        return "line" if query.order is Order.NATURAL else "bar"
    parts = seen.has_shares and len(rows) == seen.r.get("groups_count") and all((row["amount_minor"] or 0) > 0 for row in rows)
    return "donut" if query.group_by is Dimension.CATEGORY and parts and len(rows) <= _DONUT_MAX else "bar"


def _shape(query: Query, seen: StepView) -> str:
    """The template of a query's shape; what is unknown or empty comes first."""
    result = seen.r
    if not seen.stock and (nothing := _empty(query, seen)) is not None:
        return nothing
    if query.statistic in SINGLE_FACTS:
        named = {Statistic.LARGEST: "top", Statistic.SMALLEST: "top", Statistic.LATEST: "end", Statistic.EARLIEST: "end"}
        return f"{named.get(query.statistic, 'list')}_facts"
    if result["comparison"] is not None:
        return "comparison"
    if query.share and not seen.averaged and not seen.stock:
        return "share"
    if query.group_by is not None and seen.top is not None and (seen.has_amount or seen.stock):
        if seen.stock:
            ranked = query.order is not Order.NATURAL and not seen.single
            return "series" if query.group_by in _TIMES else "balance_ranking" if ranked else "balance"
        ranked = query.order is not Order.NATURAL or query.limit is not None
        if query.group_by in _TIMES:
            return "ranking" if query.order is not Order.NATURAL else "series"
        return "ranking" if ranked or seen.key == "ratio" else "breakdown"
    if seen.stock:
        return "balance"
    return {Statistic.AVERAGE: "average", Statistic.COUNT: "count"}.get(query.statistic) or (
        "savings_rate" if query.measure is Measure.SAVINGS_RATE else "total"
    )


def _empty(query: Query, seen: StepView) -> str | None:
    """What to say where there is no fact to speak of; never a 0 as if it were known."""
    if seen.r["first_on"] is None:
        return "no_records"
    if "before_first_fact" in seen.notes:
        return "before_records"
    if query.statistic in SINGLE_FACTS:
        return None if seen.r["transactions"] else "nothing"
    other = seen.r["comparison"]
    if seen.averaged or seen.r["count"] > 0 or (other is not None and other["count"] > 0):
        return None
    return "nothing"
