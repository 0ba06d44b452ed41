"""What carries a confirmed proposal out, one function per kind: from its stored arguments alone, in the app's own tables.

Money is not here: it goes to the core process, through its gate (`web.api.confirming`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kit.db import Connection
from kit.identity import Principal
from kit.ids import read, show
from ledger import budgets, category_rules, goals
from ledger.periods import CALENDAR_ANCHOR, Cadence


@dataclass(frozen=True, slots=True)
class Execution:
    """Who confirmed, and when; `connection` is the transaction in which the proposal becomes executed."""

    connection: Connection
    principal: Principal
    today: date
    now: datetime
    budget_start: date | None = None  # of the present period, read beforehand


Executor = Callable[[Execution, dict[str, Any]], Awaitable[dict[str, Any]]]


def cadence_of(arguments: dict[str, Any]) -> Cadence:
    """The period of a proposed budget."""
    anchor = arguments["anchor_on"]
    return Cadence(arguments["period"], arguments["every_count"], CALENDAR_ANCHOR if anchor is None else date.fromisoformat(anchor))


async def _set_budget(doing: Execution, arguments: dict[str, Any]) -> dict[str, Any]:
    starts_on = doing.budget_start
    assert starts_on is not None
    wish = budgets.BudgetWish(
        arguments["category"], cadence_of(arguments), arguments["amount_minor"], arguments["currency"],
        starts_on if arguments["rollover"] else None,
    )  # fmt: skip
    budget_id = await budgets.set_budget(doing.connection, doing.principal, wish, starts_on, doing.today)
    return {"budget_id": show("bud", budget_id)}


async def _set_goal(doing: Execution, arguments: dict[str, Any]) -> dict[str, Any]:
    """A new goal, or the one of that name as it is wanted now."""
    account, target_on = arguments["account"], arguments["target_on"]
    wish = goals.GoalWish(
        arguments["name"], arguments["target_minor"], arguments["currency"], None if target_on is None else date.fromisoformat(target_on),
        None if account is None else read("acc", account["id"]),
    )  # fmt: skip
    known = await doing.connection.fetchval("select id from ledger.goals where lower(name) = lower($1) and archived_at is null", wish.name)
    if known is None:
        known = await goals.make_goal(doing.connection, doing.principal, wish, doing.today)
    else:
        await goals.change_goal(doing.connection, doing.principal, known, wish, doing.today, archived=False)
    return {"goal_id": show("gol", known)}


async def _make_rule(doing: Execution, arguments: dict[str, Any]) -> dict[str, Any]:
    match = arguments["match"]
    wish = category_rules.RuleWish(
        arguments["category"], match.get("merchant"), match.get("text"), apply_to_past=arguments["apply_to_past"]
    )
    kept, changed = await category_rules.create_rule(doing.connection, doing.principal, wish, doing.now)
    return {"rule_id": show("rul", kept.rule.id), "changed_count": changed}


EXECUTORS: dict[str, Executor] = {"budget": _set_budget, "goal": _set_goal, "category_rule": _make_rule}
