"""What enrichment reads and what it gives: values, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Guess:
    """What a classifier makes of a fact: a category, and how often in a thousand such a guess is right."""

    category: str
    permille: int


@dataclass(frozen=True, slots=True)
class FactToEnrich:
    """A booked fact of one customer, as enrichment sees it. Outflows are negative. What the customer told outweighs whatever is thought."""

    id: UUID
    account_id: UUID
    account_kind: str
    booked_on: date
    amount_minor: int
    description: str
    counterparty: str | None = None
    file_category: str | None = None
    account_name: str = ""  # of the fact's own account
    currency: str = "EUR"
    guess: Guess | None = None
    told_merchant: str | None = None
    told_category: str | None = None
    told_flow: str | None = None


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What is thought of a fact. `linked_to`: the other half of a transfer, or the purchase that a refund gives back."""

    fact_id: UUID
    merchant: str
    category: str
    category_source: str  # customer, rule (the customer's), file, table (of merchants and words), learned or none
    flow: str  # spending, income, transfer, refund, investment or loan
    linked_to: UUID | None
    confidence_permille: int | None = None  # of the category, where it was estimated


class Classifier(Protocol):
    """Learned categories, for what no table knows. The ledger does not know how it learns."""

    def classify(self, facts: Sequence[FactToEnrich]) -> Sequence[Guess | None]: ...


SURE_PERMILLE = 800  # a learned category counts from here; below, the customer is asked


UNCATEGORISED = "Uncategorised"
OTHER_INCOME = "Other income"
CATEGORIES = (
    "Groceries", "Eating out", "Coffee", "Rent", "Mortgage", "Utilities", "Internet & phone", "Insurance", "Transport", "Fuel", "Car",
    "Travel", "Shopping", "Clothing", "Electronics", "Home", "Health", "Pharmacy", "Fitness", "Entertainment", "Subscriptions",
    "Education", "Children", "Pets", "Gifts & donations", "Personal care", "Fees", "Interest paid", "Cash", "Taxes", "Loan", "Salary",
    "Benefits", "Interest", "Dividends", "Cashback", OTHER_INCOME, "Transfer", "Investments", UNCATEGORISED,
)  # fmt: skip
