"""The words that set one figure against another, ask for a part of a whole, or want a yes or a no."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.slots.lexicon import is_cue
from assistant.slots.text import Utterance, pattern

_THAN = (
    r"(?:than|compared (?:to|with|against)|in comparison (?:to|with)|relative to|vs\.?|versus|"
    r"as opposed to|against|up on|down on|as much as|the same as|as in|or|as many as|over and above)"
)
_COMPARE = pattern(
    r"\b(?:compar(?:e|es|ed|ing|ison|isons)|diff|how far apart|versus|vs|than|relative to|difference|differ(?:s|ed)?|"
    r"as opposed to|changed?|changes|changing|increas(?:e|ed|ing)|"
    r"decreas(?:e|ed|ing)|gr(?:ow|own|ew|owing|owth)|ris(?:e|en|ing)|rose|fell|fallen|falling|drop in|"
    r"drop(?:ped)?(?! (?:on|at|in (?:my|the)))|"
    r"gone (?:up|down)|going (?:up|down)|went (?:up|down)|"
    r"(?:up|down) (?:on|from|since|or (?:up|down))|stack(?:s)? up|measure up|cut (?:down|back)|reduc(?:e|"
    r"ed)|improv(?:e|ed|ing)|worse|as much as)\b|\b(?:more|less|most|higher|bigger|larger|cheaper|"
    r"costlier|pricier)\b[^?]{0,60} or |{any} against {any}|"
    r"{any},? or (?:(?:at|on|for|in|from|the|my) )*{any}[^?]{0,60}\b(?:more|less|most|least|higher|bigger|"
    r"larger|cheaper|costlier|pricier)\b"
)
_DIFFERENCE = pattern(r"\b(?:difference|diff|how far apart|how much (?:more|less|higher|lower|bigger|smaller)|gap)\b")
_MORE = pattern(r"\b(?:more|higher|bigger|larger|greater|increas\w*|rise\w*|rose|risen|gr[eo]w\w*|up|better)\b")
_LESS = pattern(r"\b(?:less|lower|smaller|fewer|decreas\w*|fallen|fell|falling|reduc\w*|cut|cheaper|down|dropp?\w*|worse)\b")
_YES_NO = pattern(
    r"^(?:[^?,]{1,40}, ?)?(?:(?:and|so|but|ok|hey|hi|please|tell me|can you tell me|do you know|check|i wonder|see|"
    r"check whether|check if|overall|in general|generally|on the whole|in total|all in all|altogether|on average|"
    r"tell me if|tell me whether|whether|if|,|just|also|actually|"
    r"then)[ ,]+)*(?:did|do|does|have|has|had|am|is|are|was|were|will|would|been)\b (?!you\b)"
)
_USUAL = pattern(
    r"\bthan (?:is )?(?:usual|normal|average|typical|i (?:usually|normally|typically) (?:do|spend|pay))\b|"
    r"\bthan (?:my |the |an )?(?:average|usual|normal)(?: (?:month|week|amount|spend(?:ing)?))?\b|"
    r"\b(?:un)?usually (?:high|low|much)\b|\bcompared (?:to|with) (?:my )?(?:usual|average|"
    r"normal)(?: (?:month|week|spending))?\b|\b(?:above|below) (?:my )?(?:average|usual|normal)\b"
)
_SHARE = pattern(
    r"\b(?:what |which |how (?:big|large|much of) (?:of )?a? ?)?(?:the )?(?:percentage|percent|per cent|"
    r"share|proportion|fraction|part|portion|slice|chunk)(?: share)?(?: of| is| was| does| do| did| goes|"
    r" went| on|(?= {any})|[ ?.!,]*$)|%|\bas a (?:percentage|share|proportion|fraction) of\b"
    r"|\bhow much of (?:my |the |our |all )?(?:{P} )?(?:total |overall |monthly |whole |"
    r"entire )?(?:spending|spend|expenses|expenditure|outgoings|money|budget|income|costs|bills)\b|"
    r"\bhow much of (?:what (?:i|we) (?:earn|make|get|take home|bring home|bring in)|(?:my|our|"
    r"the) (?:\S+ )?(?:pay|salary|wages?|earnings|takings))\b"
)
_OF_INCOME = pattern(
    r"\b(?:of|to) (?:all )?(?:my |the |our |what (?:i|we) )?(?:\S+ )?(?:income|salary|earnings|pay|wages?|earn(?:ed)?|take home)\b"
)
_EITHER = pattern(
    r"\b(?:more|less|most|higher|bigger|larger|cheaper|costlier|pricier)\b[^?]{0,60} or |"
    r"{any},? or (?:(?:at|on|for|in|from|the|my) )*{any}[^?]{0,60}\b(?:more|less|most|least|higher|bigger|"
    r"larger|cheaper|costlier|pricier)\b"
)


@dataclass
class Comparing:
    """`claim` as the plan's forms name it, "" where no yes or no is wanted."""

    compare: bool = False
    difference: bool = False
    usual: bool = False
    share: bool = False
    of_income: bool = False
    yes_no: bool = False
    more: bool = False
    less: bool = False
    either: bool = False  # "more in May or in June": which of two, no yes or no


def comparing_of(utterance: Utterance) -> Comparing:
    view = utterance.view
    found = Comparing()
    for name, source in _SOURCES.items():
        matches = list(source.finditer(view))
        setattr(found, name, bool(matches))
        for match in matches:
            if name not in ("more", "less", "either") or found.compare:
                utterance.use_match(match, is_cue)
    if not found.share:
        found.of_income = False
    return found


_SOURCES = {
    "usual": _USUAL,
    "compare": _COMPARE,
    "difference": _DIFFERENCE,
    "share": _SHARE,
    "of_income": _OF_INCOME,
    "yes_no": _YES_NO,
    "more": _MORE,
    "less": _LESS,
    "either": _EITHER,
}
_BEFORE_THAN = re.compile(
    rf"\b{_THAN}(?: (?:i|we) (?:did|do|spent|spend|had|was|paid|got|earned|have|made))?(?: (?:on|at|in|for|"
    rf"during|from|the|my|of|to|it was|is|was|what it was|that of|spent|spending|with))* ?$"
)


def is_other_side(view: str, start: int) -> bool:
    """Whether what stands at this place is what something is compared with."""
    return bool(_BEFORE_THAN.search(view[:start]))
