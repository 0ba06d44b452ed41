"""Words that stand in an utterance for the customer's own, so that the router judges its shape and not a name that it has never met."""

from __future__ import annotations

import re

from assistant.slots.frame import Frame
from assistant.slots.text import ACCOUNT, AMOUNT, CATEGORY, MERCHANT, PERIOD, TEXT, WEEKDAY

STANDARD = {
    "category": "groceries",
    "merchant": "amazon",
    "account": "savings account",
    "period": "last month",
    "month": "may",
    "amount": "50",
    "n": "5",
}
_BY_MARK = {
    CATEGORY: STANDARD["category"], MERCHANT: STANDARD["merchant"], ACCOUNT: STANDARD["account"], PERIOD: STANDARD["period"],
    AMOUNT: STANDARD["amount"], TEXT: "gift", WEEKDAY: "weekends",
}  # fmt: skip


_ACCOUNTS = {
    "checking": "current account",
    "savings": "savings account",
    "card": "credit card",
    "cash": "cash",
    "brokerage": "brokerage account",
}


def standardised(frame: Frame) -> str:
    """A clause with every painted span replaced by the standard word of its kind; accounts keep theirs."""
    view = frame.view
    for span in reversed(frame.accounts):
        kind = span.kind or next((account.kind for account in frame.own_accounts if account.id in span.ids), "")
        if view[span.start] == ACCOUNT:
            view = f"{view[: span.start]} {_ACCOUNTS.get(str(kind), 'account')} {view[span.end :]}"
    for mark, word in _BY_MARK.items():
        view = re.sub(f"{mark}+", f" {word} ", view)
    return " ".join(view.split())
