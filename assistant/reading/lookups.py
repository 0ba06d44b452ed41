"""Clauses that a tool beside the query answers, alone or leaning on the look-up before; what nothing has read of them stays unread."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.plan import Plan, Step
from assistant.reading import ahead
from assistant.reading.ahead import Wanted
from assistant.reading.aims import goal_named, goals
from assistant.reading.coming import until_when, use_days
from assistant.reading.exchange import CUES, exchange
from assistant.reading.heard import Heard
from assistant.reading.wishes import ask_for

_READERS: tuple[Callable[[Heard], Wanted | None], ...] = (
    exchange,
    ahead.affordable,
    goals,
    ahead.cash_flow,
    ahead.recurring,
    ahead.insights,
)
_ROUTED, _OF_BOOKS = 0.6, 4
TOOLS = frozenset({"affordable", "goals", "cash_flow", "recurring", "insights"})
_PLAIN = re.compile(
    r"\b(?:i|me|my|we|our|us|you|it|its|that|this|those|these|them|they|there|one|ones|all|any|anything|everything|something|every|"
    r"each|most|more|much|many|"
    r"do|does|did|am|is|are|was|were|be|been|have|has|had|got|get|getting|will|would|can|could|should|shall|may|might|go|going|goes|"
    r"come|coming|comes|"
    r"pay|pays|paying|paid|payment|payments|cost|costs|money|cash|buy|buying|spend|take|takes|taken|make|see|show|list|tell|give|find|"
    r"know|look|think|want|like|need|"
    r"please|now|right|currently|today|still|also|just|really|actually|ever|yet|again|already|lately|recently|regularly|automatically|"
    r"what|which|when|who|how|where|if|and|or|but|so|then|than|as|at|by|for|from|in|into|of|off|on|out|over|to|up|with|without|about|"
    r"per|the|a|an|"
    r"account|accounts|bank|books|pocket|month|months|year|years|week|weeks|day|days|monthly|yearly|weekly|annually|long|far|soon|"
    r"close|near|enough|left|"
    r"total|altogether|together|overall|sum|amount|price|prices|figure|number|active|running|current|signed|subscribed|different|"
    r"other|else|new|old|big|"
    r"thing|things|stuff|service|services|name|called|goal|goals|target|savings|saving|saved|save|reach|reached|there|track|pace|"
    r"progress|doing|stand|status|"
    r"worth|attention|hi|hello|hey|thanks|thank|ok|okay|mate|steward|live|looking|set|aside|away|put|everyday|usual|usually|normal|"
    r"normally|"
    r"subscription|subscriptions|bill|bills|debit|debits|direct|standing|order|orders|charge|charges|membership|payday|salary|wage|"
    r"wages|income)\b"
)


def looked_up(heard: Heard) -> Plan | None:
    """The plan of a clause that one of the tools answers; None where none does."""
    if leaning := _leaning(heard):
        return _planned(heard, leaning)
    for read in _READERS:
        if wanted := read(heard):
            return _planned(heard, wanted, read)
    routed = _routed(heard)
    return _planned(heard, routed) if routed else None


def _routed(heard: Heard) -> Wanted | None:
    """What the router is sure of, where the clause's own words neither say it nor speak of the books."""
    frame, top = heard.frame, heard.top
    if top.intent.name not in TOOLS or top.probability < _ROUTED or frame.amounts or frame.periods or frame.statistics:
        return None
    if any(strength >= _OF_BOOKS for _, strength in frame.measures) or frame.comparing.compare or frame.include.merchants:
        return None
    if top.intent.name == "affordable":
        return None
    if top.intent.name == "recurring":
        kind = ahead.kind_named(frame.utterance.text)
        return ahead.asked(heard, ({"kind": kind} if kind else {}) | ahead.whose(frame), named=True)
    return Wanted(top.intent.name)


def _planned(heard: Heard, wanted: Wanted, read: Callable[[Heard], Wanted | None] | None = None) -> Plan:
    if wanted.lacks:
        return ask_for(heard, wanted.lacks, heard.top.probability, [], {"tool": wanted.tool, **wanted.arguments})
    utterance = heard.frame.utterance
    for cue in CUES if wanted.tool == "exchange" else ahead.cues(wanted):
        for match in cue.finditer(utterance.text):
            utterance.use(*match.span())
    if wanted.arguments.keys() & {"until", "due_within_days"}:
        use_days(heard.frame)
    for match in _PLAIN.finditer(utterance.view):
        utterance.use(*match.span())
    if wanted.tool == "affordable":
        _use_the_thing(heard)
    left = heard.leftover()
    if read is not None:
        wanted = read(heard) or wanted
    strange = (*(said for said, _ in left.unknown), *heard.frame.include.text)
    unread = [*left.unread, *(said for said in strange if not _is_used(said, wanted)), *_periods_unread(heard, wanted)]
    step = Step(tool=wanted.tool, arguments=wanted.arguments, ask=wanted.ask)
    return heard.plan("answered", intent=wanted.tool, steps=(step,), unread=tuple(dict.fromkeys(unread)))


def _use_the_thing(heard: Heard) -> None:
    """What is to be bought is no part of the sum: "a 900 bike"."""
    utterance = heard.frame.utterance
    words = list(utterance.left_over())
    named = [word for word in words if not re.search(r"\b(?:next|last|without|except|joint|until|before|after)\b", word[0])]
    for word in named[:4]:
        utterance.use(*word.span())


def _is_used(said: str, wanted: Wanted) -> bool:
    return any(isinstance(value, str) and said.casefold() in value.casefold() for value in wanted.arguments.values())


def _periods_unread(heard: Heard, wanted: Wanted) -> list[str]:
    """Times that lie behind, which none of these tools takes."""
    today = heard.frame.calendar.today
    if wanted.arguments.keys() & {"until", "due_within_days"}:
        return []
    spans = [span for span in heard.frame.periods if span.when.end < today and span.relation != "payday"]
    return [heard.frame.utterance.said(span.start, span.end) for span in spans] if wanted.tool != "insights" else []


_AND = re.compile(r"^(?:ok(?:ay)?|right|so|well|hm+|thanks|great)?[ ,]*(?:and|but|what about|how about|what if|only|just|also|or|then)\b")
_BACK = re.compile(r"\b(?:those|them|these|they|it|that|of which|ones?)\b")
_WORDS_MAX = 9


def _leaning(heard: Heard) -> Wanted | None:
    """A clause that leans on the look-up before it: "which of those went up?", "and yearly?", "what about the gym?" """
    step = _last_step(heard)
    frame = heard.frame
    text = frame.utterance.text
    if step is None or len(text.split()) > _WORDS_MAX or not (_AND.search(text) or _BACK.search(text) or len(text.split()) <= 3):
        return None
    lean = {"recurring": _of_recurring, "cash_flow": _of_cash_flow, "affordable": _of_affordable, "goals": _of_goals}.get(step.tool)
    return lean(heard, step) if lean else None


def _last_step(heard: Heard) -> Step | None:
    for plan in reversed(heard.before):
        if plan.steps:
            return plan.steps[-1] if plan.steps[-1].tool in TOOLS else None
    return None


def _of_recurring(heard: Heard, step: Step) -> Wanted | None:
    frame, text = heard.frame, heard.frame.utterance.text
    if (frame.measures[:1] and frame.measures[0][1] >= 4) or frame.periods or frame.amounts:
        return None
    base = {key: value for key, value in step.arguments.items() if key in ("kind", "merchant", "category")}
    whose = ahead.whose(frame)
    if whose:
        base = {key: value for key, value in base.items() if key == "kind"} | whose
        return Wanted(
            "recurring",
            {"merchant" if "merchant" in whose else "category": next(iter(whose.values()))},
            ask=step.ask if step.ask == "next" else "one",
        )
    if noun := ahead.kind_named(text):
        base = {"kind": noun}
    found = ahead.asked(heard, base, named=True)
    return found if found.ask or noun else None


def _of_cash_flow(heard: Heard, step: Step) -> Wanted | None:
    until = until_when(heard.frame)
    return None if until is None or heard.frame.measures[:1] else Wanted("cash_flow", {} if until == "payday" else {"until": until})


def _of_affordable(heard: Heard, step: Step) -> Wanted | None:
    frame = heard.frame
    if not frame.amounts or frame.measures[:1] or frame.periods:
        return None
    named = {"category": frame.include.categories[0]} if frame.include.categories else {}
    return Wanted("affordable", {**step.arguments, "amount_minor": frame.amounts[0].minor, **named})


def _of_goals(heard: Heard, step: Step) -> Wanted | None:
    named = goal_named(heard.frame.utterance.text, heard.vocabulary.goals)
    return Wanted("goals", {"name": named}) if named else None
