"""The facts behind a figure: from the cell it came from to the query that lists what the cell was computed from."""

from __future__ import annotations

from typing import Any

from assistant.calls import Call, NoSuchCell, resolve
from assistant.conversations import StoredTurn
from kit.errors import NotFound
from kit.pages import decode_cursor, encode_cursor
from tools.catalog import ask_books
from tools.context import ToolContext
from tools.query.behind import behind
from tools.query.model import Fact, Measure, Period, Query, Result, Statistic, Subject
from web.chat.shapes import Rows


async def rows_behind(context: ToolContext, turn: StoredTurn, figure_id: str, cursor: str | None, limit: int) -> Rows:
    """A page of the facts. Raises NotFound for an unknown figure, and for one that no facts stand behind."""
    figure = next((figure for figure in turn.shown["figures"] if figure["id"] == figure_id), None)
    if figure is None:
        raise NotFound("figure_is_unknown", "the answer has no such figure")
    source = _both_sides(figure["source"])
    facts: list[Fact] = []
    for cell in source.get("inputs", [source]):
        result = await ask_books(context, _listing(turn.calls()[cell["tool_call"]], cell["path"]))
        facts += result.transactions
    start = decode_cursor(cursor, int)[0] if cursor else 0
    end = start + limit
    more = len(facts) > end
    formula = source.get("formula")
    return Rows(data=facts[start:end], has_more=more, next_cursor=encode_cursor(end) if more else None, formula=formula)


def _both_sides(source: dict[str, Any]) -> dict[str, Any]:
    """A change is made of both sides of its comparison."""
    if not source.get("path", "").startswith("/comparison/change_"):
        return source
    sides = ("/amount_minor", "/comparison/amount_minor")
    return {"formula": "main - other", "inputs": [{"tool_call": source["tool_call"], "path": path} for path in sides]}


def _listing(call: Call, path: str) -> Query:
    if call.name == "query":
        return behind(Query.model_validate(call.args), Result.model_validate(call.result), path)
    try:
        row = resolve(call.result, "/".join(path.split("/")[:3]))
    except NoSuchCell:
        row = None
    if call.name == "accounts" and isinstance(row, dict):
        return _list(Measure.MOVEMENTS, None, Subject(accounts=(row["id"],)))
    if call.name == "budgets" and isinstance(row, dict) and not path.endswith("/carried_minor"):  # the one figure of earlier periods
        return _list(Measure.SPENDING, Period(start_on=row["start_on"], end_on=row["end_on"]), Subject(categories=(row["category"],)))
    if call.name == "goals" and isinstance(row, dict) and row["account_id"] is not None:
        return _list(Measure.MOVEMENTS, None, Subject(accounts=(row["account_id"],)))
    raise NotFound("figure_has_no_rows", "this figure was not computed from movements")


def _list(measure: Measure, period: Period | None, include: Subject) -> Query:
    fields: dict[str, Any] = {"measure": measure, "statistic": Statistic.LIST, "limit": 500}
    return Query(period=period, include=include, **fields)
