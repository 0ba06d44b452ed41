"""The category of a fact. Who says so first, counts: the customer, their rule, the file, the table of merchants, the table of words,
what was learned. What nobody says is Uncategorised, and asked for; so is what was said with little confidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from ledger.category_tree import Tree, default_tree
from ledger.enrichment.facts import OTHER_INCOME, SURE_PERMILLE, UNCATEGORISED, FactToEnrich
from ledger.enrichment.reading import Reading
from ledger.enrichment.rules import Rules

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
FIRM = ("customer", "rule", "file")  # sources that a refund keeps; otherwise it lies in its purchase's category


@dataclass(frozen=True)
class Sorting:
    """How a customer sorts: their tree and their rules."""

    tree: Tree = field(default_factory=lambda: default_tree(UUID(int=0)))
    rules: Rules = field(default_factory=Rules)

    def flow_in(self, category: str, amount_minor: int) -> str | None:
        """What a movement in a category is, as far as the category settles it."""
        node = self.tree.find(category)
        if node is None:
            return None
        for flow, name in _BY_FLOW.items():
            if self.tree.find(name) == node and (flow != "loan" or amount_minor > 0):
                return flow
        if node.kind == "spending":
            return "spending" if amount_minor < 0 else "refund"
        return "income" if node.kind == "income" and amount_minor > 0 else None


class Sorted(NamedTuple):
    category: str
    source: str
    permille: int | None = None


def told_category(fact: FactToEnrich, reading: Reading, sorting: Sorting, *, paired: bool) -> Sorted | None:
    """What the customer says, for this fact or by a rule. A rule is for payments: it leaves the halves of own transfers alone."""
    if fact.told_category is not None:
        return Sorted(sorting.tree.resolve(fact.told_category), "customer")
    rule = None if paired else sorting.rules.first(fact, reading)
    return None if rule is None else Sorted(sorting.tree.resolve(rule.category), "rule")


def category_of(fact: FactToEnrich, reading: Reading, flow: str, sorting: Sorting, told: Sorted | None = None) -> Sorted:
    """`told` is what the customer says. A category that the file gives is kept as it says, trimmed, unless the tree calls it otherwise."""
    if told is not None:
        return told
    if (given := _given(fact)) is not None:
        return Sorted(sorting.tree.resolve(given), "file")
    found = _thought(fact, reading, flow)
    return found._replace(category=sorting.tree.resolve(found.category))


def _given(fact: FactToEnrich) -> str | None:
    """The category that the file gives, trimmed; None when it says nothing."""
    given = " ".join((fact.file_category or "").split())
    return given if given and given.casefold() not in _SAYS_NOTHING else None


def is_open(fact: FactToEnrich, reading: Reading) -> bool:
    """Whether neither the file nor the table of merchants says what the fact is for, so that a guess may count."""
    return reading.known_category is None and _given(fact) is None


def _thought(fact: FactToEnrich, reading: Reading, flow: str) -> Sorted:
    if flow in _BY_FLOW:
        return Sorted(_BY_FLOW[flow], "table")
    if flow == "income":
        return next((Sorted(category, "table") for signal, category in _INCOME if reading.has(signal)), Sorted(OTHER_INCOME, "none"))
    if reading.known_category:
        return Sorted(reading.known_category, "table")
    guess, words = fact.guess, reading.word_category or ("Cash" if reading.has("cash") else None)
    if words is not None:  # before the guess, which leans on the amount: one shop's payments lie in one category
        return Sorted(words, "table", _confidence(fact, words))
    if guess is not None and guess.permille >= SURE_PERMILLE:
        return Sorted(guess.category, "learned", guess.permille)
    return Sorted(UNCATEGORISED, "none", None if guess is None else guess.permille)


def _confidence(fact: FactToEnrich, category: str) -> int | None:
    """How sure the words are, by the classifier's account: another category is at most as likely as the one it holds likeliest."""
    guess = fact.guess
    if guess is None:
        return None
    return guess.permille if guess.category == category else min(guess.permille, 1000 - guess.permille)
