"""The wishes that a conversation can write down as proposals. Each says exactly what it is; none of them does anything."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from kit.errors import FieldError, Invalid
from kit.ids import show
from ledger import budgets, category_rules, goals
from ledger.accounts import AccountSummary, list_accounts
from ledger.periods import CALENDAR_ANCHOR, Cadence
from tools.context import ToolContext
from tools.proposals import ProposalCell, store_proposal
from tools.query.conditions import account_id
from tools.query.model import MAX_MINOR, Model, Name

Amount = Annotated[int, Field(gt=0, le=MAX_MINOR)]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$")]
Label = Annotated[str, Field(min_length=1, max_length=120)]
AT_ONCE = "Steward moves the money as soon as you confirm: it keeps both accounts"
AT_THE_BANK = "an instruction for you to carry out at your bank: Steward cannot move money in an account that it only mirrors"


class BudgetWish(Model):
    """A limit for a category per `every_count` times `period`; `payday`: from pay to pay. `anchor_on` starts one of the periods."""

    category: Label
    amount_minor: Amount
    currency: Currency
    period: Literal["day", "week", "month", "quarter", "year", "payday"] = "month"
    every_count: Annotated[int, Field(ge=1, le=366)] = 1
    anchor_on: date | None = None
    rollover: bool = False


class GoalWish(Model):
    """An amount to have, by a day or not; `account_id`: the own account whose balance is what is saved."""

    name: Label
    target_minor: Amount
    currency: Currency
    target_on: date | None = None
    account_id: Name | None = None


class RuleMatch(Model):
    """Either the merchant's exact name, or words that the description or the merchant must hold."""

    merchant: Name | None = None
    text: Name | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.merchant is None) == (self.text is None):
            raise ValueError("match either a merchant or a text")
        return self


class RuleWish(Model):
    """What matches is put into a category from now on, and with `apply_to_past` also what is on record."""

    match: RuleMatch
    category: Label
    apply_to_past: bool = True


class TransferWish(Model):
    """Between two own accounts, by id."""

    from_account: Name
    to_account: Name
    amount_minor: Amount
    currency: Currency


async def propose_budget(context: ToolContext, wish: BudgetWish) -> ProposalCell:
    """Raises Invalid for another currency than the customer's, or a period that is none."""
    cadence = Cadence(wish.period, wish.every_count, wish.anchor_on or CALENDAR_ANCHOR)
    wanted = budgets.BudgetWish(wish.category, cadence, wish.amount_minor, wish.currency)
    category = budgets.checked(context.principal, wanted, context.today)
    async with context.db.read(context.principal) as connection:
        found = await budgets.list_budgets(connection, context.today)
        starts_on = await budgets.present_start(connection, cadence, context.today)
    same = (b for b in found if b.category.casefold() == category.casefold())
    before = next((b for b in same if (b.budget.cadence.unit, b.budget.cadence.every) == (wish.period, wish.every_count)), None)
    effect = {
        "before": {"limit_minor": before.limit_minor if before else None},
        "after": {"limit_minor": wish.amount_minor},
        "currency": wish.currency,
        "start_on": starts_on.isoformat(),
    }
    arguments = wish.model_dump(mode="json") | {"category": category}
    return await store_proposal(context, "budget", arguments, _stated(wish), effect)


async def propose_goal(context: ToolContext, wish: GoalWish) -> ProposalCell:
    """A new goal, or another target for the one of that name. Raises Invalid naming the field."""
    account = None
    async with context.db.read(context.principal) as connection:
        if wish.account_id is not None:
            account = _own({a.id: a for a in await list_accounts(connection)}, wish.account_id, "/account_id")
        wanted = goals.GoalWish(wish.name, wish.target_minor, wish.currency, wish.target_on, account.id if account else None)
        checked = await goals.checked(connection, context.principal, wanted, context.today)
        found = await goals.list_goals(connection, context.today)
    before = next((g.goal for g in found if g.goal.name.casefold() == checked.name.casefold()), None)
    effect = {
        "before": {"target_minor": before.target_minor if before else None},
        "after": {"target_minor": wish.target_minor},
        "currency": wish.currency,
    }
    arguments = {
        "name": checked.name,
        "target_minor": wish.target_minor,
        "currency": wish.currency,
        "target_on": None if wish.target_on is None else wish.target_on.isoformat(),
        "account": None if account is None else {"id": show("acc", account.id), "name": account.name},
    }
    stated = frozenset("account" if name == "account_id" else name for name in _stated(wish))
    return await store_proposal(context, "goal", arguments, stated, effect)


async def propose_category_rule(context: ToolContext, wish: RuleWish) -> ProposalCell:
    """A rule that matches nothing on record is still a rule. Raises Invalid for a category that the customer does not have."""
    rule = category_rules.RuleWish(wish.category, wish.match.merchant, wish.match.text, apply_to_past=wish.apply_to_past)
    async with context.db.read(context.principal) as connection:
        effect = {"changed_count": await category_rules.count_changes(connection, context.principal, rule)}
    return await store_proposal(context, "category_rule", wish.model_dump(mode="json", exclude_none=True), _stated(wish), effect)


async def propose_transfer(context: ToolContext, wish: TransferWish) -> ProposalCell:
    """Raises Invalid when an account is not the customer's own, both are the same, or they are not in the amount's currency."""
    async with context.db.read(context.principal) as connection:
        own = {account.id: account for account in await list_accounts(connection)}
    source, target = _own(own, wish.from_account, "/from_account"), _own(own, wish.to_account, "/to_account")
    if source.id == target.id:
        raise Invalid("accounts_are_the_same", "the money would stay where it is", [FieldError("/to_account", "same as from_account")])
    if not source.currency == target.currency == wish.currency:
        detail = "both accounts and the amount must be in one currency"
        raise Invalid("currency_differs_from_account", detail, [FieldError("/currency", detail)])
    arguments = {
        "from_account": {"id": show("acc", source.id), "name": source.name},
        "to_account": {"id": show("acc", target.id), "name": target.name},
        "amount_minor": wish.amount_minor,
        "currency": wish.currency,
    }
    kept = not (source.mirrored or target.mirrored)
    effect = {
        "before": {"from_balance_minor": source.balance_minor, "to_balance_minor": target.balance_minor},
        "after": {
            "from_balance_minor": None if source.balance_minor is None else source.balance_minor - wish.amount_minor,
            "to_balance_minor": None if target.balance_minor is None else target.balance_minor + wish.amount_minor,
        },
        "currency": wish.currency,
        "way": "at_once" if kept else "at_the_bank",
        "carried_out": AT_ONCE if kept else AT_THE_BANK,
    }
    return await store_proposal(context, "transfer", arguments, _stated(wish), effect)


def _stated(wish: Model) -> frozenset[str]:
    return frozenset(wish.model_fields_set)


def _own(own: dict[UUID, AccountSummary], text: str, pointer: str) -> AccountSummary:
    account: AccountSummary | None = own.get(account_id(text))
    if account is None:
        raise Invalid("account_is_unknown", "you have no such account", [FieldError(pointer, "unknown")])
    return account
