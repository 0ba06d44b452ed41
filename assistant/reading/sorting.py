"""The wish to have payments sorted otherwise, in words: "Lidl is groceries, always", "put anything with parking under transport"."""

from __future__ import annotations

import re
from typing import Any

from assistant.plan import Choice, Plan
from assistant.reading.follow import last_query
from assistant.reading.heard import Heard
from assistant.reading.wishes import ask_for, proposed
from assistant.slots.concepts import concepts
from assistant.slots.frame import Frame
from assistant.slots.text import CATEGORY, MERCHANT

_SOFT = (
    r"(?:(?:please|no|nope|actually|and|ok|but|can you|could you|would you|i want you to|i want|from now on|in future|always|hey|just|"
    r"never mind|wrong|sorry) ?,? ?)*"
)
_SUBJECT = (
    rf"(?:(?:all |any |every |the |my |these |those |this |that |everything |anything |whatever |stuff |payments? |things |charges? |"
    rf"purchases? |transactions? |bookings? |from |at |to |by |with |is )*(?:[{MERCHANT}]+|\ue005+)(?: (?:payments?|charges?|stuff|"
    rf"purchases?|"
    rf"transactions?|bookings?))?|\ue005+|that|it|this|those|these|they|everything \S+ \S+|anything \S+ \S+)"
)
_CATEGORISES = re.compile(
    rf"^{_SOFT}(?:put|file|sort|categori[sz]e|re ?categori[sz]e|class(?:ify)?|count|treat|label|tag|mark|move|book|change|assign|"
    rf"re ?classify|record|set|make)\b"
    rf"[^?]*\b(?:as|under|in|into|to|with|be|for)\b[^?]*[{CATEGORY}]"
)
_STATES = re.compile(
    rf"^{_SOFT}(?:{_SUBJECT}) (?:is|are|should(?: always)?(?: (?:be|go|count|sit|belong))?|must be|belongs?|goes?|counts?|ought to be|"
    rf"needs? to be|has to be)"
    rf"(?: (?:always|really|actually|not|my|a|an|the|as|in|into|under|to|just|counted|filed|put|part|of|for|category|supposed|"
    rf"be))*[^?]*[{CATEGORY}]"
)
_TAIL = re.compile(
    r"\b(?:be|is|are|as|under|in|into|to|with|always|really|actually|it is|belongs?|goes|counts?) (?:(?:my|a|an|the|in|under|to|as|"
    r"always) )*"
    r"(?P<name>[^\W\d_]+(?: (?:and )?[^\W\d_]+){0,2}?)(?:,? (?:category|please|always|from now on|instead|thanks))*[ .!]*$"
)
_UNKNOWN = re.compile(
    rf"^{_SOFT}(?P<who>(?!that\b|this\b|it\b|these\b|those\b|they\b|there\b|my\b|i\b|we\b|everything\b|"
    rf"rent\b)[^\W\d_]+(?: [^\W\d_]+){{0,2}}?) "
    rf"(?:is|are|should (?:be|go)|belongs?|goes?|counts?)(?: (?:always|really|actually|my|a|an|the|as|in|into|under|to))* ?[{CATEGORY}]"
)
_FUTURE_ONLY = re.compile(r"\b(?:from now on|in (?:the )?future|going forward|from today|henceforth)\b")
_PAST_TOO = re.compile(r"\b(?:past|already|old|existing|earlier|previous|retroactiv\w+|so far|all of them)\b")
_ASKING = re.compile(r"^(?:(?:and|so|ok|but) )*(?:how|what|when|where|which|who|why|did|do|does|is|are|was|show|list)\b")


def is_sorting_wish(frame: Frame) -> bool:
    """A subject and a category, and the word that the one is the other; never a question, a sum or a time."""
    view = frame.view
    if frame.amounts or frame.periods or "?" in view or _ASKING.search(view) or re.search(r"\b(?:budget|limit|goal)\b", view):
        return False
    said = _painted(frame)
    return bool(_CATEGORISES.search(said) or _STATES.search(said) or (_UNKNOWN.search(said) and _stranger(frame)))


def _painted(frame: Frame) -> str:
    """The view, with a category in last place painted even where its word may be a deed: "should be shopping"."""
    view = frame.view
    for span in frame.unmatched:
        view = view[: span.start] + CATEGORY * (span.end - span.start) + view[span.end :]
    tail = _TAIL.search(view)
    return f"{view[: tail.start('name')]}{CATEGORY}" if tail and _category_called(frame, tail["name"]) else view


def _category_called(frame: Frame, said: str) -> str:
    return next(iter(frame.names.categories.get(said) or frame.names.of_exactly(concepts().of(said))), "")


def _stranger(frame: Frame) -> str:
    """A place that the books do not know, said to be of a category: with a capital letter, or with a word that makes it a rule."""
    match = _UNKNOWN.search(_painted(frame))
    if match is None:
        return ""
    said = frame.utterance.said(*match.span("who"))
    return said if said[:1].isupper() or re.search(r"\b(?:always|should|belongs?|goes|counts?|from now on)\b", frame.view) else ""


def sorting_plan(heard: Heard) -> Plan:
    """The proposal of a rule, or the question for what it lacks."""
    frame = heard.frame
    pending: dict[str, Any] = {
        "tool": "propose_category_rule",
        "apply_to_past": not _FUTURE_ONLY.search(frame.view) or bool(_PAST_TOO.search(frame.view)),
    }
    if match := _matched(heard):
        pending["match"] = match
    named = [name for span in frame.subjects if span.match.kind == "C" and span.match.how != "text" for name in span.match.names]
    if (tail := _TAIL.search(frame.view)) and (called := _category_called(frame, tail["name"])):
        named.append(called)
    kept = [name for name in named if name not in frame.exclude.categories and not _is_denied(frame, name)]
    if kept:
        pending["category"] = kept[-1]
    return sorting_from(heard, pending, heard.top.probability)


def _matched(heard: Heard) -> dict[str, str] | None:
    frame = heard.frame
    if frame.include.merchants:
        return {"merchant": frame.include.merchants[0]}
    if frame.include.text:
        return {"text": " ".join(frame.include.text)}
    if stranger := _stranger(frame):
        return {"text": stranger}
    base = last_query(heard.before)
    if base is not None and len(base.include.merchants) == 1 and re.search(r"\b(?:that|it|this|those|these|they|them)\b", frame.view):
        return {"merchant": base.include.merchants[0]}
    return None


def _is_denied(frame: Frame, name: str) -> bool:
    """ "that is not eating out, it is groceries": the one that it is not."""
    spans = [span for span in frame.subjects if name in span.match.names]
    return any(re.search(r"\b(?:not|no longer|never) (?:a |an |my |the |in |under )?$", frame.view[: span.start]) for span in spans)


def sorting_from(heard: Heard, pending: dict[str, Any], confidence: float) -> Plan:
    if "match" not in pending:
        names = [name for name, _ in heard.vocabulary.merchants[:3]]
        category = pending.get("category", heard.vocabulary.categories[0][0] if heard.vocabulary.categories else "")
        choices = [Choice(label=name, text=f"Always put {name} into {category}") for name in names]
        return ask_for(heard, "rule_subject", confidence, choices, pending)
    if "category" not in pending:
        subject = pending["match"].get("merchant") or pending["match"]["text"]
        choices = [Choice(label=name, text=f"Always put {subject} into {name}") for name, _ in heard.vocabulary.categories[:3]]
        return ask_for(heard, "rule_category", confidence, choices, pending)
    return proposed(heard, "category_rule", confidence, pending, ("match", "category", "apply_to_past"))
