"""When to ask back instead of answering: a subject that nothing in the books fits, a figure that cannot be worked out, too little said."""

from __future__ import annotations

import re

from assistant.plan import Choice, Plan
from assistant.reading.decide import LIKELY, SURE
from assistant.reading.heard import Heard
from assistant.reading.leftovers import Leftovers
from tools.query.model import STOCKS, Statistic

_QUALIFIERS = re.compile(
    r"\b(?:online|in store|offline|contactless|abroad|overseas|foreign|domestic|pending|tax deductible|"
    r"business|work related|per person|per head|apple pay|google pay)\b"
)
_NOT_OF_STOCKS = frozenset({Statistic.AVERAGE, Statistic.LARGEST, Statistic.SMALLEST})


def doubt(heard: Heard, left: Leftovers) -> Plan | None:
    """The question to ask back, if there is one."""
    frame = heard.frame
    if frame.payday:
        choices = (
            _instead(heard, "this month", "Since the start of this month"),
            _instead(heard, "in the last 30 days", "The last 30 days"),
        )
        return heard.plan("clarify", question="payday_unknown", choices=choices, slots={"since": "payday"})
    if (found := _QUALIFIERS.search(frame.view)) and not frame.include.text:
        return heard.plan("clarify", question="cannot_filter", unread=(found[0],), slots={"phrase": found[0]})
    if _is_average_count(heard):
        return heard.plan("clarify", question="cannot_compute", slots={"phrase": "an average number of times"})
    if _is_statistic_of_a_stock(heard):
        choice = Choice(label="Balance by month", text="Show my balance by month")
        return heard.plan("clarify", question="cannot_compute", choices=(choice,), slots={"phrase": "that figure of a balance"})
    if frame.barred_periods:
        said = tuple(frame.utterance.said(span.start, span.end) for span in frame.barred_periods)
        return heard.plan("clarify", question="period_left_out", unread=said)
    return _unknown_subject(heard, left) if left.unknown else None


def _is_statistic_of_a_stock(heard: Heard) -> bool:
    """ "average balance": no query says that."""
    frame = heard.frame
    stock = any(measure in STOCKS and strength >= 4 for measure, strength in frame.measures[:1])
    return stock and not frame.grouping.asked and any(cue.statistic in _NOT_OF_STOCKS for cue in frame.statistics)


def _is_average_count(heard: Heard) -> bool:
    """ "the average number of visits": sums are averaged, counts are not."""
    said = {cue.statistic for cue in heard.frame.statistics}
    return {Statistic.AVERAGE, Statistic.COUNT} <= said and bool(re.search(r"\b(?:average|mean)\b", heard.frame.view))


def _unknown_subject(heard: Heard, left: Leftovers) -> Plan:
    phrase, near = left.unknown[0]
    if near:
        choices = [Choice(label=name, text=_exchanged(heard.text, phrase, name)) for name in near[:2]]
        choices.append(Choice(label=f"Payments that mention “{phrase}”", text=_exchanged(heard.text, phrase, f'"{phrase}"')))
    else:
        choices = [
            Choice(label=account.name, text=_exchanged(heard.text, phrase, account.name)) for account in heard.vocabulary.accounts[:3]
        ]
    question = "which_subject" if near else "no_such_account"
    return heard.plan("clarify", question=question, choices=tuple(choices), unread=(phrase,), slots={"phrase": phrase})


def _instead(heard: Heard, words: str, label: str) -> Choice:
    """The utterance with other words for its payday."""
    utterance = heard.frame.utterance
    span = next(span for span in heard.frame.periods if span.relation == "payday")
    start, end = utterance.origin[span.start], utterance.origin[span.end - 1] + 1
    return Choice(label=label, text=f"{heard.text[:start]}{words}{heard.text[end:]}")


def _exchanged(text: str, phrase: str, name: str) -> str:
    return re.sub(re.escape(phrase), lambda _: name, text, count=1, flags=re.IGNORECASE)


def is_vague(heard: Heard, left: Leftovers) -> bool:
    """Nothing names a measure, a subject or a period, and the router is not sure either; or most of it was not read."""
    frame, top = heard.frame, heard.top
    if left.texts > 1 or re.search(r"\d ?%", frame.utterance.text):
        return True
    if _is_no_evidence(heard, left):
        return True
    grouped = frame.grouping.dimension is not None or frame.grouping.breakdown
    subject = frame.include.names_facts() or frame.include.accounts or frame.include.kinds
    nothing = not (frame.measures or subject or frame.amounts or grouped)
    if nothing and not frame.periods and len(frame.view.split()) <= 2 and top.intent.name not in ("balance", "money_out"):
        return True
    if nothing and top.probability < SURE:
        return not (frame.periods and top.intent.query and top.probability >= LIKELY)
    return len(left.unread) >= 3 and top.probability < SURE


def _is_no_evidence(heard: Heard, left: Leftovers) -> bool:
    """A yes or no that no word of money asks for: whether a payment is found would answer something else."""
    frame = heard.frame
    flows = any(strength >= 2 for _, strength in frame.measures) or frame.statistics or frame.amounts or frame.comparing.compare
    return frame.comparing.yes_no and not flows and (bool(left.unread) or heard.top.probability < SURE)


def unclear(heard: Heard, left: Leftovers) -> Plan:
    return heard.plan("clarify", question="unclear", unread=tuple(left.unread))
