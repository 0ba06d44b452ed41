"""Splits an utterance that asks several things at once: "how much on groceries in May, and what is my balance?" """

from __future__ import annotations

import re

_HEAD = (
    r"(?:how (?:much|many|often|about|big|large|high|long|do|does|can|should)\b|"
    r"what(?:'?s| is| was| were| are| did| do| have)?\b|which\b|when\b|"
    r"where\b|who\b|show\b|list\b|should i\b|explain\b|give me\b|tell me\b|am i\b|did i\b|do i\b|have i\b"
    r"|is (?:my|there)\b|are (?:my|there)\b|set (?:a|my|up)\b|transfer\b|compare\b|display\b|break\b|"
    r"my (?:balance|income|net worth|savings rate|biggest|largest|last|latest|top)\b|the (?:balance|total|"
    r"biggest|largest|average)\b)"
)
_BOUNDARY = re.compile(
    (
        rf"[?!;]+\s+(?:and |also |then |plus )*(?=\S)|:\s+(?=\S)|(?<!\d\.\d)(?<!\d\.\d\d)\.\s+(?=\S)|,? (?:and(?: also| then)?|also|plus|"
        rf"as well as|and then|then)[, ]+(?={_HEAD})|, (?={_HEAD})|\s*\n+\s*|"
        rf"(?:(?<=balance)|(?<=net worth)),? and (?=(?:my |the )?(?:spending|spend|expenses|income|savings rate)\b)|"
        rf", and (?=(?:my |the )?(?:\w+ )?(?:balance|net worth)\b)"
    ),
    re.IGNORECASE,
)
_EMPTY = re.compile(
    (
        r"^(?:and|also|fine|alright|sure|yes|yep|yeah|cool|great|good|perfect|nice|lovely|"
        r"brilliant|understood|no|nope|(?:no,? )?wait|hang on|hold on|oops|please|thanks?|thank you|cheers|ta|"
        r"ok(?:ay)?|hi|hello|hey|so|well|right|"
        r"good (?:morning|evening|afternoon)|steward|[\W\d_])*$"
    ),
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(r"^(?:(?:oops|no|sorry|wait|whoops|ah|oh)[, ]+)*not [^?!,]{1,30}$", re.IGNORECASE)  # "not July." before "August."
_ASKS = re.compile(rf"(?<!if )\b{_HEAD}", re.IGNORECASE)
_FRAME = re.compile(r"^(?:(?:please|hi|hey|so|ok)[ ,]+)*(?:can|could|would|will) you (?:please |kindly )?tell (?:me|us)\b", re.IGNORECASE)
_ORDERS = re.compile(
    r"^(?:(?:and|also|then|so|but|please|ok(?:ay)?|now|hey|hi|kindly|just)[ ,]+)*(?:is|are|am|was|were|do|"
    r"does|did|has|have|had|can|could|"
    r"will|would|should|may|shall|give|tell|split|rank|count|add|sum|remind|move|put|pay|send|shift|raise|lower|change|cancel|delete|"
    r"book|make|sort|group|find|check|calculate|explain|compare|name|order|total up|work out|let me|i want to know|i need to know)\b",
    re.IGNORECASE,
)
_LEAN = re.compile(
    r"\b(?:if|whether|that|know|tell me|wonder(?:ing)?|see|check|remind me|like to know|by|on|at|to|and|of|for|the|my)$", re.IGNORECASE
)
# "of what I earned, what ...", "on average, how much ...", "the difference between what I earn and what I spend"
_OPENS = re.compile(
    r"\s*(?:(?:(?:out|net) )?of\b|(?:net of|less|minus|without|excluding|not counting|apart from|"
    r"after|leaving out|ignoring|once) |(?:after|once|with|when) (?:everything|all|every bill|"
    r"the bills|my bills|bills|expenses|rent)\b[^?]*$|(?:on average|in total|overall|in general|"
    r"altogether|typically|usually|normally|all in all|roughly)\W*$|"
    r".*\b(?:between|difference|diff|gap|compared?|versus|vs)\b(?!.*\band\b)[^?]*\bwhat\b[^?]*$)",
    re.IGNORECASE,
)
MOST = 4


def clauses(text: str) -> list[str]:
    """The clauses that ask something, in order; one that leans on what follows it is not cut off."""
    parts: list[str] = []
    start = 0
    for match in _BOUNDARY.finditer(text):
        before = text[start : match.start()]
        if match[0].startswith(":") and (asks(before) or not asks(text[match.end() :])):
            continue
        if _stands_alone(before) and len(parts) < MOST - 1:
            parts.append(before.strip() + ("?" if "?" in match[0] else ""))
            start = match.end()
        elif _EMPTY.match(before):
            start = match.end()
    parts.append(text[start:].strip())
    kept = [part for part in parts if not _EMPTY.match(part)]
    kept = [part for at, part in enumerate(kept) if at == len(kept) - 1 or not _TAKEN_BACK.match(part)]
    return kept or [text.strip()]


def asks(part: str) -> bool:
    """Whether a part asks or orders something by its own words."""
    told = _FRAME.sub("", part, count=1)
    return bool(_ASKS.search(told) or _ORDERS.search(told))


def _stands_alone(part: str) -> bool:
    return not (_EMPTY.match(part) or _OPENS.match(part) or _LEAN.search(part.strip()) or len(part.split()) < 2)
