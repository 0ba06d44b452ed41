"""Every tool there is. Confirming a proposal is not one of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import BaseModel

from tools.accounts import AccountsArguments, look_up_accounts
from tools.affordable import AffordableArguments, weigh
from tools.articles import ArticlesArguments, search_articles
from tools.budgets import BudgetsArguments, look_up_budgets
from tools.cash_flow import CashFlowArguments, look_ahead
from tools.context import ToolContext
from tools.exchange import ExchangeArguments, look_up_exchange
from tools.goals import GoalsArguments, look_up_goals
from tools.insights import InsightsArguments, look_for_insights
from tools.query.model import Query, Result
from tools.query.run import run_query
from tools.recurring import RecurringArguments, look_up_recurring
from tools.tool import Mode, Tool
from tools.wishes import (
    BudgetWish,
    GoalWish,
    RuleWish,
    TransferWish,
    propose_budget,
    propose_category_rule,
    propose_goal,
    propose_transfer,
)


async def ask_books(context: ToolContext, query: Query) -> Result:
    async with context.db.read(context.principal) as connection:
        return await run_query(connection, context.principal.currency, query, context.today)


Act = Callable[[ToolContext, Any], Awaitable[BaseModel]]
_CATALOG: tuple[tuple[str, Mode, type[BaseModel], Act, str], ...] = (
    (
        "query", Mode.READ, Query, ask_books,
        "Ask the customer's books one typed question: spending, income, balances; over a period, filtered, grouped, ranked, compared.",
    ),
    ("accounts", Mode.READ, AccountsArguments, look_up_accounts, "List the customer's accounts with kind, currency and balance."),
    (
        "budgets", Mode.READ, BudgetsArguments, look_up_budgets,
        "The customer's budgets as they stand today: limit, carried over, spent, left, on track. One category, or all.",
    ),
    (
        "goals", Mode.READ, GoalsArguments, look_up_goals,
        "The customer's savings goals: target, saved, left, needed per month, when reached at this pace. By name, or all.",
    ),
    (
        "exchange", Mode.READ, ExchangeArguments, look_up_exchange,
        "An amount in another currency, at the rate of a day: amount_minor in from_currency, wanted in to_currency.",
    ),
    (
        "recurring", Mode.READ, RecurringArguments, look_up_recurring,
        "Recurring payments and income of any cadence: subscriptions, bills, pay; their cost, price changes, what is due next.",
    ),
    (
        "cash_flow", Mode.READ, CashFlowArguments, look_ahead,
        "What is at hand, the known income and bills by day until pay day, the month's end or a day, and what usual spending leaves.",
    ),
    (
        "affordable", Mode.READ, AffordableArguments, weigh,
        "A price against the bills before the next income, the cash then expected, and the budget it belongs to. It gives no yes or no.",
    ),
    (
        "insights", Mode.READ, InsightsArguments, look_for_insights,
        "What is worth attention: price rises, new or doubled subscriptions, double charges, fees, unusual spending, money running short.",
    ),
    (
        "articles", Mode.READ, ArticlesArguments, search_articles,
        "Search Steward's own articles for a general question of money or of Steward. Quotes passages with their source, or says that there"
        " are none. Knows nothing of the customer's own money.",
    ),
    (
        "propose_budget", Mode.PROPOSE, BudgetWish, propose_budget,
        "Write down the wish to set a budget. Nothing changes until the customer confirms it, which no tool can do.",
    ),
    (
        "propose_goal", Mode.PROPOSE, GoalWish, propose_goal,
        "Write down the wish for a savings goal, or for another target of one. Nothing changes until the customer confirms it.",
    ),
    (
        "propose_category_rule", Mode.PROPOSE, RuleWish, propose_category_rule,
        "Write down the wish to put a merchant, or whatever holds a text, into a category. Nothing changes until it is confirmed.",
    ),
    (
        "propose_transfer", Mode.PROPOSE, TransferWish, propose_transfer,
        "Write down the wish to move money between the customer's own accounts. Nothing moves until the customer confirms it.",
    ),
)  # fmt: skip


def tools(context: ToolContext) -> list[Tool]:
    """The catalog, bound to who asks."""
    return [Tool(name, description, mode, arguments, context, act) for name, mode, arguments, act, description in _CATALOG]
