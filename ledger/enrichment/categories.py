"""The category of a fact: as its file says, else by the merchant, else by the words, else none."""

from __future__ import annotations

from ledger.enrichment.facts import OTHER_INCOME, UNCATEGORISED, FactToEnrich
from ledger.enrichment.reading import Reading

_INCOME = (
    ("salary", "Salary"),
    ("benefit", "Benefits"),
    ("dividend", "Dividends"),
    ("interest", "Interest"),
    ("cashback", "Cashback"),
    ("tax_refund", "Taxes"),
)
_BY_FLOW = {"transfer": "Transfer", "investment": "Investments", "loan": "Loan"}
_SAYS_NOTHING = frozenset(("uncategorized", "uncategorised", "none", "n/a", "-", "unknown"))


def category_of(fact: FactToEnrich, reading: Reading, flow: str) -> tuple[str, str]:
    """(category, source). A category that the file gives is kept as it says, trimmed."""
    told = " ".join((fact.file_category or "").split())
    if told and told.casefold() not in _SAYS_NOTHING:
        return told, "file"
    if flow in _BY_FLOW:
        return _BY_FLOW[flow], "rule"
    if flow == "income":
        return next(((category, "rule") for signal, category in _INCOME if reading.has(signal)), (OTHER_INCOME, "none"))
    if reading.category:
        return reading.category, "rule"
    return ("Cash", "rule") if reading.has("cash") else (UNCATEGORISED, "none")
