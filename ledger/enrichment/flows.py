"""The flow of a fact: spending, income, transfer, refund, investment or loan, as docs/definitions.md has them.

Careful on purpose: only words that cannot mean a payment to a person or a shop make a transfer; "Transfer to Ana" is spending until its
other half is found in another own account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from uuid import UUID

from ledger.enrichment.facts import FactToEnrich
from ledger.enrichment.lexicon import word_list, words_of
from ledger.enrichment.reading import Reading

Told = Mapping[str | None, str | None]  # a file's category to the flow that it means
_MOSTLY = 4
_FLOWS = ("transfer", "investment", "loan", "income", "refund")


@cache
def _flow_of_name() -> dict[str, str]:
    return {name: flow for flow in _FLOWS for name in word_list(f"categories_that_mean_{flow}")}


@lru_cache(maxsize=10_000)
def flow_of_category(file_category: str | None) -> str | None:
    """The flow that the file's own category names; "spending" for any other that means something, None when it says nothing."""
    words = words_of(file_category or "")
    if not words:
        return None
    if (flow := _flow_of_name().get(" ".join(words))) is not None:
        return flow
    return None if word_list("words_of_empty_categories").issuperset(words) else "spending"


def flows_told(facts: Sequence[FactToEnrich], readings: Mapping[UUID, Reading]) -> Told:
    """The flow that each of the files' categories means. One through which money almost only comes in means income, in any language."""
    came, went = Counter[str | None](), Counter[str | None]()
    for fact in facts:
        if fact.amount_minor < 0:
            went[fact.file_category] += 1
        elif not readings[fact.id].has("refund", "reimbursement", "payoff", "transfer"):
            came[fact.file_category] += 1
    told = {category: flow_of_category(category) for category in {fact.file_category for fact in facts}}
    for category, flow in told.items():
        if flow == "spending" and came[category] >= 2 and came[category] > _MOSTLY * went[category]:
            told[category] = "income"
    return told


def flow_of(fact: FactToEnrich, reading: Reading, told: str | None, *, paired: bool, refunds: bool) -> str:
    """The flow of a fact, given what its file's category means and whether its other half or its purchase was found."""
    if fact.told_flow is not None:
        return fact.told_flow
    if paired:
        return "transfer"
    if told in ("transfer", "investment"):
        return _told(fact, reading, told)
    if fact.amount_minor < 0:
        return _outflow(fact, reading, told)
    if told == "income" or told == "loan":
        return told
    if refunds or told == "refund" or (reading.has("refund", "reimbursement") and not reading.has("tax_refund", "salary")):
        return "refund" if refunds or not _is_unlinked_expense(reading) else "income"
    if told == "spending":
        return "income" if reading.has("salary", "interest", "dividend", "benefit", "tax_refund") else "refund"
    return _inflow(fact, reading)


def _told(fact: FactToEnrich, reading: Reading, told: str) -> str:
    """Banks file refunds to a card beside its payments."""
    if told == "transfer" and fact.amount_minor > 0 and reading.has("refund"):
        return "refund"
    if told == "investment" and fact.amount_minor > 0 and reading.has("dividend", "interest"):
        return "income"
    return told


def _is_unlinked_expense(reading: Reading) -> bool:
    """An employer's reimbursement is income unless it is linked to a purchase."""
    return reading.has("reimbursement") and not reading.known_category


def _outflow(fact: FactToEnrich, reading: Reading, told: str | None) -> str:
    if told is not None:
        return "spending"
    if fact.account_kind == "brokerage":
        return _brokerage(reading, incoming=False)
    if reading.known_category:
        return "spending"
    if reading.has("transfer", "opening") or (reading.has("savings") and not reading.word_category):
        return "transfer"
    if fact.account_kind != "card" and reading.has("payoff"):
        return "transfer"
    if reading.has("broker") or (reading.has("invest") and reading.word_category in (None, "Fees")):
        return "investment" if not reading.has("fee") else "spending"
    return "spending"


def _inflow(fact: FactToEnrich, reading: Reading) -> str:
    if reading.has("opening", "transfer"):
        return "transfer"
    if fact.account_kind == "card":
        return _card_inflow(reading)
    if fact.account_kind == "brokerage":
        return _brokerage(reading, incoming=True)
    if reading.has("loan"):
        return "loan"
    if reading.has("interest", "dividend", "salary", "benefit", "tax_refund", "cashback"):
        return "income"
    if reading.has("savings") and not reading.category:
        return "transfer"
    if reading.has("broker") or (reading.has("invest") and not reading.category):
        return "investment"
    return "income"


def _card_inflow(reading: Reading) -> str:
    """Money onto a card is its pay-off, unless it comes from a shop."""
    if reading.has("payoff"):
        return "transfer"
    if reading.has("cashback", "interest"):
        return "income"
    return "refund" if reading.known_category or reading.word_category not in (None, "Fees", "Cash") else "transfer"


def _brokerage(reading: Reading, *, incoming: bool) -> str:
    if incoming and reading.has("dividend", "interest"):
        return "income"
    if not incoming and reading.word_category in ("Fees", "Taxes", "Interest paid") and not reading.has("sale"):
        return "spending"
    if reading.has("sale"):
        return "investment"
    return "transfer" if reading.has("funding", "transfer", "savings") else "investment"
