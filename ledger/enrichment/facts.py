"""What enrichment reads and what it gives: values, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FactToEnrich:
    """A booked fact of one customer, as enrichment sees it. Outflows are negative."""

    id: UUID
    account_id: UUID
    account_kind: str
    booked_on: date
    amount_minor: int
    description: str
    counterparty: str | None = None
    file_category: str | None = None
    account_name: str = ""  # of the fact's own account


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What is thought of a fact. `linked_to`: the other half of a transfer, or the purchase that a refund gives back."""

    fact_id: UUID
    merchant: str
    category: str
    category_source: str  # file, rule or none
    flow: str  # spending, income, transfer, refund, investment or loan
    linked_to: UUID | None


UNCATEGORISED = "Uncategorised"
OTHER_INCOME = "Other income"
CATEGORIES = (
    "Groceries", "Eating out", "Coffee", "Rent", "Mortgage", "Utilities", "Internet & phone", "Insurance", "Transport", "Fuel", "Car",
    "Travel", "Shopping", "Clothing", "Electronics", "Home", "Health", "Pharmacy", "Fitness", "Entertainment", "Subscriptions",
    "Education", "Children", "Pets", "Gifts & donations", "Personal care", "Fees", "Interest paid", "Cash", "Taxes", "Loan", "Salary",
    "Benefits", "Interest", "Dividends", "Cashback", OTHER_INCOME, "Transfer", "Investments", UNCATEGORISED,
)  # fmt: skip
