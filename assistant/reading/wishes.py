"""Wishes to act, written down as proposals: a budget, a transfer between own accounts. What is missing is asked for."""

from __future__ import annotations

import re
from typing import Any

from assistant.formats import money
from assistant.plan import Choice, Plan, Step
from assistant.reading.heard import Heard
from assistant.slots.accounts import AccountSpan
from assistant.slots.frame import Frame
from tools.query.model import AccountKind
from tools.vocabulary import AccountName, Vocabulary

_ASKING = re.compile(
    r"^(?:(?:and|so|ok|hey|hi|please|also|but|good|right|great) ?[,.]? ?)*(?:tell me|remind me|"
    r"forgot|i forgot|let me know|can (?:i|you) (?:see|tell)|"
    r"how|what|when|where|which|who|why|did|do|does|have|"
    r"has|had|was|were|is|are|am|show|list)\b(?! about (?:setting|a budget|moving|transferring))"
)
_BUDGET = re.compile(r"\b(?:budget|limit|cap|allowance|ceiling|spending goal|restrict|no more than|not more than|at most)\b")
_SET = re.compile(
    r"\b(?:set|make|create|put|add|change|raise|lower|increase|decrease|reduce|cut|limit|cap|restrict|"
    r"allow|give me|want|like|need|budget|keep me|let us|establish|define|start|update|adjust|bump|drop|"
    r"allocate|reserve|should be|introduce|plan|new|no more than|up to|to)\b"
)
_RESOLVES = re.compile(
    r"\b(?:want|like|plan|try(?:ing)?|aim|need|let (?:me|us)|allow|going) (?:me |"
    r"us )?(?:to )?(?:only )?(?:spend|pay)\b"
)
# "put the groceries at 950 per month"
_PUT_AT = re.compile(
    r"\b(?:put|set|make|keep|fix|cap|limit|hold) (?:the |my |our )?[\ue001]+ (?:at|to|under|below|down to|up to) "
    r"(?:about |around |at most )?[\ue004]+"
)
_STATUS = re.compile(
    r"\b(?:left|remaining|over|on track|exceed(?:ed)?|used|status|how (?:is|are|much|far|close|am)|doing|"
    r"stick(?:ing)?|stay(?:ing)?|within|blown?|blew|under|against|what|which|do i have|show|list|"
    r"still spend|ok|okay|fine)\b"
)
_MOVE = re.compile(
    r"\b(?:transfer|move|send|shift|put|pay|top up|stash|wire|sweep|deposit|save|set aside|bring|push|add|"
    r"pull|drop|throw|chuck|stick)\b"
)
_PERIODS = {
    "week": r"\b(?:a|per|each|every|one) week\b|\bweekly\b",
    "quarter": r"\b(?:a|per|each|every) quarter\b|\bquarterly\b",
    "year": r"\b(?:a|per|each|every) year\b|\b(?:yearly|annual(?:ly)?|per annum)\b",
}
_LEFT = re.compile(
    r"\b(?:(?<!\bi )(?<!\bwe )left(?! (?:out|aside|off|the (?:least|most))\b)|"
    r"remain(?:s|ing)?|to spare|room|headroom|to go|still have|have still)\b(?! (?:my|the|our) \ue002)"
)
_AM_I_OVER = re.compile(
    r"\b(?:am|are|have|did|was|were) (?:i|we) (?:\w+ )?(?:gone |go |going |went )?(?:over|under)\b(?! (?:the|my) (?:moon|weather))"
    r"(?= (?:on|with|for|in|anywhere|at|by|already|yet|this)\b| ?[?.!]*$)"
)
_TO_SOMEBODY = re.compile(
    r"\b(?:pay|send|give|wire|lend|slip|transfer) (?:my |our |the )?(?!money|some|off|back|over|in|into|"
    r"out|up|down)[^\W\d_]+(?: [^\W\d_]+){0,3}?(?: the| another)? \ue004|"
    r"\bto (?!\ue002|my (?:bank )?account)(?:my |the )?[^\W\d_\ue000-\ue006]"
)


_PAYS_A_BILL = re.compile(
    r"\b(?:pay|settle) (?!off|down|into|in\b|back|some|money)[^?]*\b(?:bills?|invoices?|rent|fees?|fine|tax(?:es)?|deposit|"
    r"landlord|for me|for us)\b|\b(?:pay|settle) (?:my |the |our |this |that )?[\ue000\ue001]"
)


_INTENTS = {
    "propose_budget": "budget_set",
    "propose_transfer": "transfer_make",
    "propose_goal": "goal_set",
    "propose_category_rule": "category_rule",
}


def is_budget_wish(frame: Frame) -> bool:
    view = frame.view
    if frame.amounts and _PUT_AT.search(view) and not _ASKING.search(view):
        return True
    if _RESOLVES.search(view) and any(span.kind in ("most", "under") for span in frame.amounts):
        return True
    return (
        bool(_BUDGET.search(view))
        and not _ASKING.search(view)
        and bool(_SET.search(view))
        and (bool(frame.amounts) or not _STATUS.search(view))
    )


def is_budget_question(frame: Frame, vocabulary: Vocabulary) -> bool:
    view = frame.view
    if re.search(r"\bbudget(?:s|ed)?\b|\bbudget s\b", view) or re.search(
        r"\bon track\b|\bhow much can i still spend\b|\bleft to spend\b|\boverspen(?:t|ding)\b(?= (?:on )?\ue001)", view
    ):
        return not re.search(r"\b(?:share|percentage|percent|proportion) of my budget\b", view)
    if vocabulary.budgets and _asks_how_it_stands(frame, vocabulary):
        return True
    return bool(re.search(r"\b(?:limits?|allowances?|cap|capped|ceiling)\b", view)) and bool(vocabulary.budgets)


def _asks_how_it_stands(frame: Frame, vocabulary: Vocabulary) -> bool:
    """ "am I over on fuel?", "how much left for the kids": said of what has a limit."""
    limited = {name.casefold() for name in vocabulary.budgets}
    if frame.amounts or frame.comparing.compare or frame.accounts or frame.include.merchants:
        return False
    if any(name.casefold() in limited for name in frame.include.categories) and _LEFT.search(frame.view):
        return True
    return bool(_AM_I_OVER.search(frame.view))


def limited_category(frame: Frame, vocabulary: Vocabulary) -> str | None:
    """The category named, one with a limit before others."""
    limited = {name.casefold() for name in vocabulary.budgets}
    named = sorted(frame.include.categories, key=lambda name: name.casefold() not in limited)
    return named[0] if named else None


def is_transfer_wish(frame: Frame) -> bool:
    view = frame.view
    if _ASKING.search(view) or not _MOVE.search(view):
        return False
    return bool(
        re.search(
            (
                r"^(?:(?:please|and|ok|can you|could you|would you|will you|i want to|i would like to|i did like to|"
                r"let us|i need to|hey|hi|kindly|go ahead and|just|now|steward|also|you|make a|do a|set up a|quickly|"
                r"want to|then|so) ?,? ?)*(?:transfer|move|send|shift|put|pay|top up|stash|wire|sweep|deposit|save|"
                r"set aside|bring|push|add|pull|drop|throw|chuck|stick)\b"
            ),
            view,
        )
    ) and (bool(frame.amounts) or bool(frame.accounts) or " transfer" in f" {view}")


def budget_plan(heard: Heard) -> Plan:
    frame, vocabulary = heard.frame, heard.vocabulary
    pending: dict[str, Any] = {"tool": "propose_budget", "currency": vocabulary.currency, "period": period_said(frame.view)}
    if other := _other_currency(heard):
        return other
    if category := limited_category(frame, vocabulary):
        pending["category"] = category
    if frame.amounts:
        pending["amount_minor"] = frame.amounts[0].minor
    return budget_from(heard, pending, heard.top.probability)


def budget_from(heard: Heard, pending: dict[str, Any], confidence: float) -> Plan:
    """The proposal, or the question for what it lacks."""
    if "category" not in pending:
        spoken = {"week": "a week", "month": "a month", "quarter": "a quarter", "year": "a year"}[pending["period"]]
        tail = f" of {_spoken(heard, pending)} {spoken}" if "amount_minor" in pending else ""
        names = [name for name, _ in heard.vocabulary.categories[:3]]
        choices = [Choice(label=name, text=f"Set a budget{tail} for {name}") for name in names]
        return ask_for(heard, "budget_category", confidence, choices, pending)
    if not pending.get("amount_minor"):
        return ask_for(heard, "budget_amount", confidence, [], pending)
    return proposed(heard, "budget_set", confidence, pending, ("category", "amount_minor", "currency", "period"))


def period_said(view: str) -> str:
    return next((period for period, words in _PERIODS.items() if re.search(words, view)), "month")


def _spoken(heard: Heard, pending: dict[str, Any]) -> str:
    return money(pending["amount_minor"], heard.vocabulary.currency, "en")


def _other_currency(heard: Heard) -> Plan | None:
    other = next((span.currency for span in heard.frame.amounts if span.currency), "")
    slots = {"currency": heard.vocabulary.currency, "other": other}
    return heard.plan("clarify", question="other_currency", slots=slots) if other else None


def transfer_plan(heard: Heard, spoken_of: str | None = None) -> Plan | None:
    """None where it is to go to somebody else: that is another wish. `spoken_of` is the account that "it" may be."""
    frame, vocabulary = heard.frame, heard.vocabulary
    source, target = _ends(frame, vocabulary)
    if target is None and (frame.include.merchants or _TO_SOMEBODY.search(frame.view) or _PAYS_A_BILL.search(frame.view)):
        return None
    if other := _other_currency(heard):
        return other
    pending: dict[str, Any] = {"tool": "propose_transfer", "currency": vocabulary.currency}
    if frame.amounts:
        pending["amount_minor"] = frame.amounts[0].minor
    if source:
        pending["from_account"] = source.id
    if target:
        pending["to_account"] = target.id
    if spoken_of and source and source.id != spoken_of:
        pending.setdefault("to_account", spoken_of)
    return transfer_from(heard, pending, heard.top.probability)


def transfer_from(heard: Heard, pending: dict[str, Any], confidence: float) -> Plan:
    """The proposal, or the question for what it lacks. The only everyday account is understood where one end is named."""
    pending = _with_the_everyday_account(pending, heard.vocabulary)
    if pending.get("from_account") and pending.get("from_account") == pending.get("to_account"):
        pending = {key: value for key, value in pending.items() if key != "to_account"}
    for missing, word in (("to_account", "to"), ("from_account", "from")):
        if missing not in pending:
            return ask_for(heard, f"transfer_{word}", confidence, _ends_to_choose(heard, pending, word), pending)
    if not pending.get("amount_minor"):
        return ask_for(heard, "transfer_amount", confidence, [], pending)
    return proposed(heard, "transfer_make", confidence, pending, ("from_account", "to_account", "amount_minor", "currency"))


def _with_the_everyday_account(pending: dict[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    everyday = [account.id for account in vocabulary.accounts if account.kind == AccountKind.CHECKING]
    for missing, named in (("from_account", "to_account"), ("to_account", "from_account")):
        if named in pending and missing not in pending and len(everyday) == 1 and everyday[0] != pending[named]:
            return pending | {missing: everyday[0]}
    return pending


def _ends_to_choose(heard: Heard, pending: dict[str, Any], word: str) -> list[Choice]:
    said = f"Transfer {_spoken(heard, pending)}" if "amount_minor" in pending else "Transfer money"
    other = pending.get("from_account" if word == "to" else "to_account")
    named = next((account.name for account in heard.vocabulary.accounts if account.id == other), "")
    tail = f" {'from' if word == 'to' else 'to'} {named}" if named else ""
    likely = AccountKind.SAVINGS if word == "to" else AccountKind.CHECKING
    open_ones = sorted((a for a in heard.vocabulary.accounts if a.id != other), key=lambda account: account.kind != likely)
    return [Choice(label=account.name, text=f"{said}{tail} {word} {account.name}") for account in open_ones[:3]]


def _ends(frame: Frame, vocabulary: Vocabulary) -> tuple[AccountName | None, AccountName | None]:
    """The account that money leaves and the one that it reaches, by the words before them."""
    source = target = None
    for span in frame.accounts:
        account = _the_account(span, vocabulary)
        if account is None:
            continue
        if re.search(r"\b(?:from|out of|using|with|off of) (?:my |the |our )?$", frame.view[: span.start]):
            source = account
        elif target is None:
            target = account
    return source, target


def _the_account(span: AccountSpan, vocabulary: Vocabulary) -> AccountName | None:
    """The one account meant; none where several may be."""
    meant = [account for account in vocabulary.accounts if account.id in span.ids or (span.kind and account.kind == span.kind)]
    return meant[0] if len(meant) == 1 else None


def ask_for(heard: Heard, question: str, confidence: float, choices: list[Choice], pending: dict[str, Any]) -> Plan:
    return Plan(
        text=heard.text,
        intent=_INTENTS.get(pending["tool"], pending["tool"]),
        confidence=confidence,
        status="clarify",
        question=question,
        choices=tuple(choices),
        slots={"pending": pending},
    )


def proposed(heard: Heard, intent: str, confidence: float, pending: dict[str, Any], keys: tuple[str, ...]) -> Plan:
    step = Step(tool=pending["tool"], arguments={key: pending[key] for key in keys})
    return Plan(text=heard.text, intent=intent, confidence=confidence, status="proposed", steps=(step,))
