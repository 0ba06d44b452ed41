"""What comes and goes by itself, read from a clause: recurring payments, what is due, cash to pay day, a price, what stands out.

Each reader says which tool is meant and with which arguments; None where the clause asks for something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.reading.coming import days_ahead, until_when
from assistant.reading.heard import Heard
from assistant.slots.frame import Frame
from assistant.slots.text import fold
from tools.query.model import Dimension


@dataclass(frozen=True)
class Wanted:
    """A tool to call. `ask` is which of its figures the sentence wants, `used` the stretches of the text that said so."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)
    ask: str = ""
    lacks: str = ""  # the question to ask first


_NOUN = re.compile(
    r"\b(?P<subscription>subscriptions?|subs\b|abos?\b|memberships?|streaming (?:services?|stuff)|free trials?)|"
    r"(?P<bill>(?:regular |monthly |fixed |household |upcoming |next |my )?bills|fixed (?:costs|outgoings|expenses|charges|payments)|"
    r"standing charges|monthly commitments)|"
    r"(?P<any>direct debits?|standing orders?|lastschrift\w*|dauerauftr\w*|(?:recurring|regular|repeat(?:ing|ed)?|repeat|automatic|"
    r"scheduled) "
    r"(?:payments?|costs?|charges?|bills?|expenses|outgoings|debits|transactions|stuff|things)|commitments|regular outgoings|"
    r"what (?:i|we) pay (?:every|each) (?:week|month|year))\b"
)
_CHANGED = re.compile(
    r"\b(?:(?:went|gone|go|going|goes|get(?:ting)?|got|gotten|put|puts|putting|crept|creeping|jumped|shot)(?: \w+){0,3}? (?:up|down|"
    r"dearer|pricier|"
    r"more expensive|cheaper)|(?:price|cost|fee) ?(?:rises?|hikes?|increases?|changes?|went|gone)|(?:increas|ris|rais|rose|drop|hik|"
    r"chang)\w*"
    r"(?: \w+){0,3} (?:prices?|costs?|fees?|charges?)|(?:prices?|costs?|fees?) (?:\w+ ){0,4}?(?:increas|ris|rose|rais|chang|went|gone|"
    r"drop|climb)\w*|"
    r"(?:increas|hik|climb)ed|dearer|pricier|more expensive|cost(?:s|ing)? (?:me )?more|charg(?:es|ing|ed) (?:me )?more|up in price|"
    r"rises)\b"
)
_ENDED = re.compile(
    r"\b(?:cancel(?:led|ed)|ended|stopped|lapsed|expired|no longer (?:pay|have|running)|former|quit|got rid of|used to (?:pay|have)|"
    r"inactive)\b"
)
_DUE = re.compile(
    r"\b(?:due|coming (?:up|out)|upcoming|(?:is|are|will) (?:\w+ )?(?:go(?:ing)?|leav(?:e|ing)) (?:out|my account)|going out|"
    r"still to (?:pay|come|go)|"
    r"left to pay|to be paid|(?:have|need) to pay|about to (?:be charged|go out|leave)|scheduled|expected|on the way|owing|ahead|next)\b"
)
_WHEN = re.compile(
    r"\bwhen(?:abouts)?\b|\bwhat (?:day|date)\b|\bhow (?:long|many days) (?:until|till|to|before)\b|\bnext (?:payment|bill|charge|"
    r"debit|instal\w+|renewal)\b"
)
_RENEWS = re.compile(
    r"\b(?:due|next|renew\w*|go(?:es)? out|come(?:s)? out|leave|charge[ds]?|be taken|taken|collected|arrive[sd]?|come in|paid|debited|"
    r"land)\b"
)
_PAY = re.compile(
    r"\b(?:pay ?days?|(?:get|be|am i|i am|getting) (?:\w+ )?paid|next (?:salary|wages?|pay ?che(?:ck|que)|pay)|(?:salary|wages?|"
    r"pay) (?:\w+ )?(?:due|come|arrive|land)\w*)\b"
)
_REGULAR_INCOME = re.compile(r"\b(?:regular|recurring|steady) (?:income|pay|earnings|money coming in)\b")
_MOST = re.compile(r"\b(?:most expensive|biggest|largest|dearest|priciest|costliest|highest|cheapest|smallest|least expensive|lowest)\b")
_COST = re.compile(r"\b(?:how much|cost|costs|costing|total|add up|altogether|come to|spend|spending|pay(?:ing)?)\b")
_MANY = re.compile(r"\bhow many\b|\bnumber of\b")
_YEARLY = re.compile(r"\b(?:a|per|each|every|over the|in a) year\b|\b(?:yearly|annual(?:ly)?|per annum)\b")
_WEEKLY = re.compile(r"\b(?:a|per|each|every) week\b|\bweekly\b")
_SPENT = re.compile(r"\b(?:did|have|has|was|were|spent|paid|cost me)\b")
_ORDERS = re.compile(
    r"^(?:(?:please|can you|could you|would you|i want to|i would like to|i want you to|help me|and|ok|just|now) ,?)*"
    r"(?:cancel|stop|end|delete|remove|unsubscribe|pause|set up|add|create|terminate|switch|change)\b"
)
_AHEAD_OF = re.compile(r"\b(?:in |within |over )?(?:the |my )next\b")
_SPLITS = frozenset({Dimension.CATEGORY, Dimension.MERCHANT, Dimension.ACCOUNT})
_LEAST = re.compile(r"\b(?:cheapest|smallest|least expensive|lowest)\b")
_STANDING = frozenset(
    "rent mortgage housing energy water internet phone telecom utilities bills insurance fitness streaming subscriptions loan".split()  # noqa: SIM905
)


def recurring(heard: Heard) -> Wanted | None:
    """Subscriptions, bills, direct debits, regular income: which, how dear, changed, ended, when next."""
    frame, text = heard.frame, heard.frame.utterance.text
    if _ORDERS.search(text):
        return None
    noun = _NOUN.search(text)
    if pay := _pay_wanted(text):
        return pay
    if noun is None and not _is_of_an_agreement(heard):
        return None
    of_books = (frame.periods and _SPENT.search(text)) or frame.grouping.dimension in _SPLITS or frame.grouping.breakdown
    if noun is not None and of_books and not _CHANGED.search(text) and not _ENDED.search(text):
        return None  # "what did my subscriptions cost in May": a sum of the books
    arguments: dict[str, Any] = {}
    kind = noun.lastgroup if noun else None
    if kind in ("subscription", "bill"):
        arguments["kind"] = kind
    arguments |= whose(frame, noun)
    return asked(heard, arguments, named=noun is not None)


def _pay_wanted(text: str) -> Wanted | None:
    if _PAY.search(text) and _WHEN.search(text) and not re.search(r"\b(?:last|did|was)\b", text):
        return Wanted("recurring", {"kind": "income", "status": "active"}, ask="next")
    if _REGULAR_INCOME.search(text):
        return Wanted("recurring", {"kind": "income", "status": "active"})
    return None


def _is_of_an_agreement(heard: Heard) -> bool:
    """Without such a noun: a merchant or a kind of bill of which a price rise, a due day or the next payment is asked."""
    frame, text = heard.frame, heard.frame.utterance.text
    if _looks_back(frame) or frame.comparing.compare or frame.amounts:
        return False
    standing = bool(frame.concepts & _STANDING)
    one = bool(frame.include.merchants) or standing
    mine = bool(frame.include.merchants) or bool(re.search(r"\b(?:my|our|i|we|me|us)\b", text))
    if one and mine and _CHANGED.search(text) and (standing or re.search(r"\b(?:price|put|charg\w+|subscription)\b", text)):
        return True
    if one and _WHEN.search(text) and _RENEWS.search(text) and not re.search(r"\b(?:did|last|was|were|have|has)\b", text):
        return True
    if one and re.search(
        r"\b(?:still|also) (?:pay(?:ing)?|subscribed|signed up|have)\b|\bis \S+(?: \S+)? (?:a )?(?:subscription|recurring)\b", text
    ):
        return True
    return not one and bool(re.search(r"\b(?:payments?|charges?|anything|something|everything|what)\b", text)) and _is_due_soon(heard)


def _looks_back(frame: Frame) -> bool:
    """A time that has passed is named, and nothing says that it lies ahead."""
    ahead = re.search(r"\b(?:will|would|going to|due|next|upcoming|coming)\b", frame.utterance.text)
    return not ahead and any(span.when.end < frame.calendar.today for span in frame.periods)


def _is_due_soon(heard: Heard) -> bool:
    text = heard.frame.utterance.text
    due = re.search(
        r"\b(?:is|are|what|anything|comes?|falls?) (?:\w+ )?due\b|\bcoming up\b|\bupcoming\b|\bgo(?:ing|es)? out\b|\bstill to (?:pay|"
        r"come|go)\b",
        text,
    )
    return bool(due) and not re.search(r"\bincome|earn|salary|spent\b", text)


def kind_named(text: str) -> str:
    """The kind of recurring thing that a text speaks of, if it does."""
    noun = _NOUN.search(text)
    kind = noun.lastgroup if noun else None
    return kind if kind in ("subscription", "bill") else ""


def whose(frame: Frame, noun: re.Match[str] | None = None) -> dict[str, str]:
    """The merchant, or the category that is not the noun itself."""
    read = [
        *(match.span() for cue in (_DUE, _WHEN, _AHEAD_OF) for match in cue.finditer(frame.utterance.text)),
        *([noun.span()] if noun else []),
    ]
    for kind, name in (("M", "merchant"), ("C", "category")):
        spans = [span for span in frame.subjects if span.match.kind == kind and span.match.names and not span.unmatched]
        own = [span for span in spans if all(span.end <= start or span.start >= end for start, end in read)]
        if own:
            return {name: own[0].match.names[0]}
    placed = [
        word
        for word in frame.include.text
        if re.search(rf"\b(?:at|to|from|with|for|by) (?:the |my )?{re.escape(fold(word))}\b", frame.utterance.text)
    ]
    return {"merchant": placed[0]} if placed else {}


def asked(heard: Heard, arguments: dict[str, Any], *, named: bool) -> Wanted:
    """Which of the items, and which of their figures."""
    text = heard.frame.utterance.text
    if _CHANGED.search(text):
        return Wanted("recurring", {**arguments, "changed_only": True}, ask="changed")
    if _ENDED.search(text):
        return Wanted("recurring", {**arguments, "status": "ended"}, ask="ended")
    one = "merchant" in arguments or "category" in arguments
    if one and (_WHEN.search(text) or not named):
        return Wanted(
            "recurring", {**arguments, "status": "active"} if not named else arguments, ask="next" if _WHEN.search(text) else "one"
        )
    if _DUE.search(text):
        return Wanted("recurring", {**arguments, "status": "active", "due_within_days": days_ahead(heard.frame)}, ask="due")
    arguments = {**arguments, "status": "active"}
    for cue, ask in ((_LEAST, "least"), (_MOST, "top"), (_MANY, "count"), (_YEARLY, "year"), (_COST, "cost")):
        if cue.search(text):
            return Wanted("recurring", arguments, ask=ask)
    return Wanted("recurring", arguments)


_UNTIL_PAY = re.compile(
    r"\b(?:(?:un)?til|till|to|before|by|reach(?:ing)?|make it|next)\b[^?]{0,25}?\b(?:pay ?day|payda?y|i (?:am|get) (?:next )?paid|"
    r"(?:the |my )?next "
    r"(?:pay|salary|wages?|pay ?che(?:ck|que))|my (?:pay|salary|wages?) (?:comes?|lands?|arrives?))\b"
)
_AHEAD = re.compile(
    r"\b(?:will (?:i|we|it|there|things|my|the)|tight|how do things|live on|am i going to|are we going to|shall (?:i|we)|"
    r"going to (?:have|run|be)|left|remain\w*|spare|"
    r"enough|last|make it|get by|"
    r"get through|survive|manage|run (?:out|short|dry)|cash ?flow|forecast|predict\w*|project\w*|expect\w*|safe(?:ly)? to spend|"
    r"free to spend|can i spend|"
    r"go(?:ing)? out|com(?:e|ing) (?:in|up)|bills?|due|short)\b"
)
_BALANCE_AHEAD = re.compile(
    r"\b(?:what|how much|where) (?:will|would|is going to) (?:my |the |our )?(?:balance|account|bank)[^?]*\b|"
    r"\bhow much (?:money |cash )?(?:will|would|am) (?:i|we) (?:going to )?(?:still )?(?:have|be left)\b|\bhow will (?:i|we|"
    r"my balance|my account) (?:stand|look|be)\b|"
    r"\b(?:forecast|predict\w*|project\w*|expected) (?:\w+ ){0,3}(?:balance|cash ?flow|money)\b|\b(?:balance|"
    r"cash ?flow) (?:\w+ ){0,3}?(?:forecast|prediction|projection|ahead|"
    r"to come)\b|\bwill (?:i|we) (?:\w+ )?(?:run (?:out|short)|be (?:ok|okay|fine|short|overdrawn|broke|alright|all right)|make it|"
    r"last|have enough|go overdrawn)\b|"
    r"\b(?:cash|money) (?:i|we) (?:can|could) (?:safely )?spend\b|\bsafe(?:ly)? (?:to )?spend\b|\bspare (?:cash|money)\b"
)
_OF_SPENDING = re.compile(r"\bhow much (?:will|am|are|would) (?:i|we) (?:going to )?(?:spend|pay|earn|make|save)\b")


def cash_flow(heard: Heard) -> Wanted | None:
    """Whether and how the money lasts: to pay day, the month's end, a day to come."""
    frame, text = heard.frame, heard.frame.utterance.text
    if any(span.relation == "payday" for span in frame.periods) or _looks_back(frame) or _OF_SPENDING.search(text) or frame.amounts:
        return None
    to_pay = bool(_UNTIL_PAY.search(text)) and bool(_AHEAD.search(text))
    if not to_pay and not _BALANCE_AHEAD.search(text):
        return None
    if frame.include.names_facts():
        return None
    until = until_when(frame)
    if until is None and not to_pay and re.search(r"\b(?:next|in) (?:year|decade|\w+ years?)\b", text):
        return None
    return Wanted("cash_flow", {} if until in (None, "payday") else {"until": until})


_AFFORD = re.compile(
    r"\bafford\b|\bcan (?:i|we) (?:still |just |really |safely )?(?:buy|get|spend|spare|splash out|treat|manage|pay for|drop|blow)\b|"
    r"\bcould (?:i|we) (?:still |just |really )?(?:buy|get|spend|spare|manage|pay for)\b|\b(?:is there|have i|do i have|got) (?:any |"
    r"still )?(?:room|enough|money|cash|space)"
    r"(?: \w+){0,3} (?:for|to buy|to spend|to pay)\b|\bwould \ue004+ (?:be|leave|hurt|break)\b|\bwithin (?:my )?reach\b|\bcan (?:my|"
    r"the) (?:budget|account) (?:take|bear|handle)\b"
)
_HOW_MUCH = re.compile(r"\bhow (?:much|many|big|expensive)\b")


def affordable(heard: Heard) -> Wanted | None:
    """A price set against what is at hand, the bills to come and the budget. Without a price it is asked for."""
    frame = heard.frame
    view = frame.view
    if not _AFFORD.search(view) or _HOW_MUCH.search(view) or re.search(r"\bshould\b", view):
        return None
    if not frame.amounts:
        return Wanted("affordable", lacks="affordable_amount") if "afford" in view else None
    arguments: dict[str, Any] = {"amount_minor": frame.amounts[0].minor}
    if frame.include.categories:
        arguments["category"] = frame.include.categories[0]
    if frame.include.merchants:
        arguments["merchant"] = frame.include.merchants[0]
    return Wanted("affordable", arguments)


_ODD = re.compile(
    r"\b(?:any(?:thing|one)?|something|some|what(?:ever)?|see|spot|find|notice|is there|are there|show|list|look(?:s|ing)?|"
    r"seem(?:s)?)\b[^?]{0,30}\b(?:odd|weird|strange|unusual|"
    r"suspicious|fishy|funny|wrong|out of (?:the )?ordinary|surpris\w*|notable|noteworthy|interesting|unexpected|anomal\w+|"
    r"abnormal|dodgy)\b|"
    r"\banything (?:i|we) (?:should|need to|ought to|must) (?:know|see|look at|watch|worry about|be aware of|check)\b|"
    r"\bwhat (?:should|do) (?:i|we) (?:need to )?(?:know|look at|watch|worry about|pay attention to|keep an eye on)\b|"
    r"\bwhat (?:stands|stood|sticks) out\b|"
    r"^(?:so |and |ok |hey )*(?:what (?:is|has)? ?(?:changed|new|different)|anything new)\b|\binsights?\b|\b(?:heads up|warnings?|"
    r"red flags?)\b|\bunusual (?:transactions?|spending|payments?|activity|charges?)\b|"
    r"\bworth (?:a look|looking at|knowing|my attention)\b"
)
_TWICE = re.compile(
    r"\b(?:double|duplicate[ds]?|twice)\b[^?]{0,30}\b(?:charg\w*|bill\w*|payments?|debit\w*|transactions?|paid|booked|taken)\b|"
    r"\b(?:charg\w*|bill\w*|paid|debit\w*|booked|taken|took)\b[^?]{0,30}\b(?:twice|double|two times)\b"
)


def insights(heard: Heard) -> Wanted | None:
    """What stands out: price rises, doubles, fees, what is unusual. It says what it looked for, so it is no yes or no of its own."""
    text = heard.frame.view
    if _TWICE.search(text):
        merchants = heard.frame.include.merchants
        return Wanted("insights", {"kinds": ["double_charge"], **({"merchant": merchants[0]} if merchants else {})}, ask="double")
    if not _ODD.search(text) or heard.frame.amounts or _is_of_past_times(heard.frame):
        return None
    merchants = heard.frame.include.merchants
    return Wanted("insights", {"merchant": merchants[0]} if merchants else {})


def _is_of_past_times(frame: Frame) -> bool:
    """Two times set against each other, or one that is over: the books' own comparison."""
    over = any(span.when.end < frame.calendar.today for span in frame.periods)
    return over or len(frame.periods) + len(frame.other_periods) > 1


def cues(wanted: Wanted) -> Iterator[re.Pattern[str]]:
    """The patterns whose words a reader has read, for telling what is left."""
    yield from {
        "recurring": (_NOUN, _CHANGED, _ENDED, _DUE, _WHEN, _RENEWS, _PAY, _REGULAR_INCOME, _MOST, _COST, _MANY, _YEARLY, _WEEKLY),
        "cash_flow": (_UNTIL_PAY, _AHEAD, _BALANCE_AHEAD),
        "affordable": (_AFFORD,),
        "insights": (_ODD, _TWICE),
    }.get(wanted.tool, ())
