"""Subscription, bill or income: by where the money went, as its category, its merchant and its words tell (docs/definitions.md, Plans)."""

from __future__ import annotations

import re
from enum import StrEnum

from risk.behaviour.payment import Payment


class Kind(StrEnum):
    """`saving`: a standing order into one's own savings or investments; money that leaves the everyday accounts without being spent."""

    SUBSCRIPTION = "subscription"
    BILL = "bill"
    INCOME = "income"
    SAVING = "saving"


_BILL = re.compile(
    r"\b(?:rent|rental|housing|miete|loyer|alquiler|affitto|huur|mortgage|hypothek|baufinanz\w*|utilit\w*|strom\w*|gas|energ\w*|electric\w*"
    r"|power|water|wasser\w*|abwasser|heating|fernwaerme|stadtwerk\w*|abschlag|internet|phone|mobile|mobilfunk|broadband|telecom\w*"
    r"|telekom|telefonica|vodafone|insur\w*|versicher\w*|krankenkasse|assurance|seguro|assicuraz\w*|verzekering|loan\w*|kredit|darlehen"
    r"|credit|instal?ment\w*|rate|leasing|finance|klarna|taxe?s?|steuer\w*|finanzamt|kfz-steuer|hmrc|irs|council|rundfunk\w*|gez"
    r"|tv licen[cs]e|fees?|bank charges?|kontofuehrung|interest paid|education|tuition|school|kita|kindergarten|childcare|children"
    r"|nursery|alimony|unterhalt|allianz|huk\S*)\b",
    re.IGNORECASE,
)
_SUBSCRIPTION = re.compile(
    r"\b(?:subscription\w*|abo|abonnement\w*|member\w*|mitglied\w*|streaming|fitness|\w*gym|pilates|yoga|boulder\w*|fitx|mcfit|entertainment|software|music|tv"
    r"|news\w*|zeitung\w*|magazine\w*|premium|prime|plus|cloud|storage|patreon|donation\w*|gifts?|spende|transport|season ticket"
    r"|deutschlandticket|netflix|spotify|disney\S*|apple\S*|itunes|google|icloud|youtube|adobe|microsoft|dropbox|audible|notion|openai)\b",
    re.IGNORECASE,
)
# Bought when needed: what comes at a steady beat here is more often a habit than an agreement.
EVERYDAY = re.compile(
    r"grocer|supermarket|drugstore|coffee|caf[eé]|eating|restaurant|dining|takeaway|food|bakery|fuel|petrol|\bcar\b|parking|taxi|shopping"
    r"|clothing|electronics|\bhome\b|pharmacy|personal care|hair|\bpets?\b|travel|hotel|holiday|vacation|ferien|urlaub",
    re.IGNORECASE,
)
CASH = re.compile(r"^(?:cash|atm|cash withdrawals?)\b", re.IGNORECASE)


def kind_of(payment: Payment) -> Kind:
    """The kind of a recurring payment, judged by its latest one. A category that says what it is comes before the words.

    Where nothing tells: what a card is charged for can be cancelled by a click; a debit or an order of the account is more often a bill.
    """
    if payment.flow in ("transfer", "investment"):
        return Kind.SAVING
    if payment.amount_minor > 0:
        return Kind.INCOME
    for words in (payment.category, f"{payment.merchant} {payment.description}"):
        subscription, bill = _SUBSCRIPTION.search(words), _BILL.search(words)
        if bool(subscription) != bool(bill):
            return Kind.SUBSCRIPTION if subscription else Kind.BILL
        if subscription and bill:
            return Kind.SUBSCRIPTION if words is payment.category else Kind.BILL
    return Kind.SUBSCRIPTION if payment.account_kind == "card" else Kind.BILL


def is_everyday(category: str) -> bool:
    """Whether a category is of things bought when they are needed."""
    return EVERYDAY.search(category) is not None


def is_cash(category: str) -> bool:
    return CASH.search(category) is not None
