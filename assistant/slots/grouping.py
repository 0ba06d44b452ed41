"""The words that split a figure ("by category", "each month"), rank its parts ("which shop most") or spread it ("a week")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.slots.lexicon import is_cue
from assistant.slots.numbers import small
from assistant.slots.text import Utterance, pattern
from tools.query.model import Dimension, Order, Per

_DIMENSIONS = {
    Dimension.CATEGORY: r"categor(?:y|ies|ised)|type|types|kind|kinds|sort|sorts|area|areas|purpose|heading|headings",
    Dimension.MERCHANT: (
        r"(?:takers|eaters|recipients|receivers) of (?:my|our) (?:\w+ )?(?:money|cash|pay|salary|income|budget)|merchants?|"
        r"shops?|stores?|retailers?|vendors?|payees?|places?|compan(?:y|ies)|businesses|business|"
        r"outlets?|supermarkets?|restaurants?|cafes?|suppliers?|sellers?|brands?|recipients?|who|"
        r"counterpart(?:y|ies)|sources?|employers?|payers?|providers?"
    ),
    Dimension.ACCOUNT: r"accounts?|cards?|banks?",
    Dimension.WEEKDAY: r"week ?days?|days? of the week|day of week|weekday",
    Dimension.DAY: r"days?|dates?",
    Dimension.WEEK: r"weeks?",
    Dimension.MONTH: r"(?:calendar )?months?",
    Dimension.QUARTER: r"quarters?",
    Dimension.YEAR: r"(?:calendar )?years?",
}
_ADVERBS = {
    Dimension.MONTH: (
        r"month by month|month(?:ly)? (?:breakdown|overview|split|trend|totals?|figures|development|evolution|"
        r"spending|expenses|income|outgoings|chart|graph|numbers|view|comparison)|monthly|month (?:on|over|"
        r"after|to) month|mom"
    ),
    Dimension.WEEK: r"week by week|week (?:on|over|after|to) week|weekly",
    Dimension.DAY: r"day by day|daily|day (?:to|after) day",
    Dimension.QUARTER: r"quarter by quarter|quarterly",
    Dimension.YEAR: r"year by year|year (?:on|over|after) year|yearly|annual(?:ly)?",
}
_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)"
_ANY_DIMENSION = "|".join(f"(?P<{dimension}>(?:{source}))" for dimension, source in _DIMENSIONS.items())
_SPLIT = (
    r"(?:by|per|for each|for every|in each|in every|at each|at every|on each|from each|for all|"
    r"across(?: the| all| my)?|split (?:up )?(?:by|into|over|across|between|among)|grouped by|"
    r"group(?:ed)? (?:them )?by|broken? (?:it |them |that |this )?(?:down )?(?:by|into|per)|"
    r"breakdown (?:by|per|of)|divided (?:by|into|among|between)|according to|ordered by|sorted by|"
    r"arranged by|itemi[sz]ed by|each|every|(?:the )?different|separated by|distributed (?:over|across|by|"
    r"among))"
)
_GROUPS = pattern(
    rf"\b{_SPLIT} (?:my |the |single |individual |calendar |different |spending |"
    rf"expense )*(?:{_ANY_DIMENSION})\b(?! ago)"
)
_BY_ADVERB = [(dimension, pattern(rf"\b(?:{source})\b")) for dimension, source in _ADVERBS.items()]
_OVER_TIME = pattern(
    r"\b(?:over time|through time|trends?|develop(?:ed|ment|s)?|evolv\w+|evolution|progress(?:ion|ed)?|"
    r"histor(?:y|ical)|time ?line|trajectory|over the (?:months|years|weeks)|through the (?:year|months)|"
    r"across the (?:year|months)|from month to month|curve|graph|chart|plot)\b"
)
_BREAKDOWN = pattern(
    r"\b(?:break ?downs?|break(?:s|ing)? (?:it |them |this |that |my spending |everything )?down|brok(?:e|"
    r"en) down|split(?:s| up)?|composition|make ?up of|made up of|consist(?:s|ed)? of|distribution|pie|"
    r"structure of|what (?:did|does|do|have|has|is|was) (?:\S+ ){0,3}(?:go|gone|going|spent|spend|"
    r"spending|went) on(?=[ ?.!,]*$| {P}[ ?.!,]*$)|where (?:did|does|do|has|is|have) (?:all |most |"
    r"the bulk )?(?:of )?(?:my|the|our|all that|it|all) ?(?:money|cash|salary|pay|income|budget|"
    r"spending)?(?: all)? ?(?:go|gone|going|went|disappear\w*|vanish\w*|end up)|what do (?:i|"
    r"we) (?:mostly |usually )?spend (?:my money )?on)\b"
)
_BEST = (
    r"(?:most|biggest|largest|highest|top|greatest|main|priciest|dearest|most expensive|costliest|"
    r"heaviest|best|maximum|number one|worst)"
)
_WORST = r"(?:least|smallest|lowest|cheapest|fewest|least expensive|minimum)"
_WHICH = pattern(
    rf"\b(?:which|what|whose)(?: (?:was|were|is|are)(?: the| my)?)? (?:{_BEST} |{_WORST} |single |"
    rf"spending |expense |{{any}} |calendar |\d+ ){{0,2}}(?:{_ANY_DIMENSION})\b"
)
_WHICH_PLACE = pattern(r"\b(?:which|what) (?=(?:{C}) (?:do|did|have|has|is|was|got|get|gets|takes|took|cost|costs|charges|charged)\b)")
_WHO = pattern(
    r"\b(?:to whom|whom|who)\b(?= (?:did|do|have|has|pays|paid|gets|got|is|was|are|gave|charges|takes|"
    r"sent|i))|\bwhere (?:did|do|have|am|was) (?:i|we) (?:mostly |usually |mainly )?(?:shop|buy|bought|"
    r"eat|eaten|spend|spent|go|gone|been)\b|\bwhere (?:did|do) (?:i|we) [^?]{0,20}most\b"
)
_WHAT_MOST = pattern(
    rf"\bwhat (?:did|do|have|am|was) (?:i|we) (?:have )?(?:been )?(?:spen[dt]|spending|pay|paid|waste|"
    rf"blow)\w*(?: (?:the|my|money|{{P}}))* (?:{_BEST}|{_WORST})(?: (?:money )?on)?\b|\b(?:on what|"
    rf"what) [^?]{{0,30}}\b(?:{_BEST}|{_WORST}) on\b|\b(?:{_BEST}|{_WORST})(?: (?:of )?(?:my )?(?:money|"
    rf"spending))? (?:goes|went|go|gone) (?:on|to)\b|\bwhat eats up (?:the )?most\b|"
    r"\bwhere (?:did|does|do|has|is|have) (?:most|the bulk|the majority|the biggest part|"
    r"the lion s share) of (?:my|our|the) (?:\w+ )?(?:go|going|gone|disappear)\b"
)
_HOW_MANY_OF = pattern(rf"\b(?P<number>{_NUMBER}) (?:[^\W\d_]+ )?(?:{_ANY_DIMENSION})\b(?<=s)(?! ago)")
_WHEN_MOST = pattern(rf"\b(?:when|on what date) (?:did|do|have) (?:i|we) (?:\S+ ){{0,3}}(?:the )?(?:{_BEST}|{_WORST})\b")
_RANKED = pattern(
    rf"\b(?:(?P<n1>\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten) )?(?P<rank>{_BEST}|{_WORST}|"
    rf"favou?rite|most[ -](?:used|visited|frequent(?:ed)?|common)) (?:(?P<n2>\d{{1,3}}|two|three|four|five|"
    rf"six|seven|eight|nine|ten) )?(?:spending |expense |expenditure |income |spend |{{any}} |cost |"
    rf"single )?(?:{_ANY_DIMENSION.replace('|thing|things', '')})\b(?! (?:bill|ago|to date))"
)
_RANK_OF = pattern(
    rf"\b(?:rank|order|sort) (?:me )?(?:the |my |our |all )*(?:(?P<n>\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten) )?"
    rf"(?:(?:{_ANY_DIMENSION})\b|{{C}})"
)
_OUT_OF = pattern(
    rf"\b(?:(?:out )?of|among|amongst|between) (?:all )?(?:the |my |our )*(?:{{C}} )?(?:{_ANY_DIMENSION})\b[^?]{{0,60}}\b(?:which|"
    rf"what)(?: (?:one|of them|is|was|do|did|gets?|got|takes?|costs?))*\b[^?]{{0,40}}?"
    rf"\b(?:{_BEST}|{_WORST})\b"
)
_PER = pattern(
    r"\b(?:(?:(?:per|a|an|one|each|every|average|typical|normal|usual) (?:average |typical |normal |"
    r"usual )?|/ ?)(?P<unit>day|week|month|year|night|time|visit|trip)\b|"
    r"(?:per|a|an) (?P<single>purchase|transaction|payment|shop|order|meal|go|shopping trip|ride|"
    r"coffee)\b(?! (?:over|under|of|to|at|from))|(?P<adverb>daily|weekly|monthly|"
    r"yearly|annual(?:ly)?))(?! (?:ago|breakdown|overview|by))"
)
_PER_SINGLE = pattern(
    r"\b(?:average|typical|usual|(?<!i )(?<!we )mean|normal|avg) (?:(?:size|value|cost|price|amount) of (?:a |an |my |"
    r"one |each )?)?(?:{any} )*(?:(?:grocery|single|individual|card|shopping) )?(?:purchase|transaction|"
    r"payment|basket|shop(?!ping)|visit|order|meal|trip|ticket|charge|bill|one|withdrawal|refund|transfer|"
    r"fill up|ride|size)s?\b|\bper (?:visit|purchase|transaction|payment|trip|shop|time|order|meal|go|"
    r"ride|shopping trip)\b|\b(?:one|a single) (?:visit|purchase|transaction|payment|trip|shop|order|meal|"
    r"ride|shopping trip|basket)\b|\b(?:each|every) time\b|\ba time\b|\b(?:price|cost|fare) (?:of|"
    r"for) (?:a|an|one|each|my)\b"
)
_PER_TIME = pattern(r"\b(?:per|each|every) (?:day|week|month|year)\b")  # "the average bill per month" is one of months
_OFTEN = pattern(
    r"\b(?:often|frequent(?:ly|ed)?|visit(?:ed|s)?|times|most[ -](?:used|visited|common)|favou?rite|"
    r"go to (?:the )?most|been to (?:the )?most|"
    r"shop (?:at )?(?:the )?most)\b"
)
_MOST_OFTEN = pattern(r"\b(?:most|least|more) (?:often|frequently|times)\b")
_MONEY = pattern(r"\b(?:spen[dt]\w*|money|expensive|cost\w*|pay|paid|cash|priciest|amount|expenses?)\b")
_PER_THING = pattern(
    r"\b(?:is|does|for|on|cost|costs|average|typical) (?:a|an|one) (?:{C}|(?!day|week|month|year|lot|bit|"
    r"total|few|payment|refund|transfer|charge)[^\W\d_]+) "
    r"(?:(?:cost|costs) )?(?:me )?(?:at|in|from) (?:the )?{M}"
)
_UNITS = {
    "day": Per.DAY,
    "week": Per.WEEK,
    "month": Per.MONTH,
    "year": Per.YEAR,
    "daily": Per.DAY,
    "weekly": Per.WEEK,
    "monthly": Per.MONTH,
    "night": Per.DAY,
}
_MOST_WORDS = pattern(rf"\b(?:{_BEST}|(?P<least>{_WORST})|favou?rite|ranked?|ranking|mostly|mainly|more often|most often|frequently)\b")
_BY_NAME = {str(dimension): dimension for dimension in Dimension}
TIMES = frozenset({Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.QUARTER, Dimension.YEAR})


@dataclass
class Grouping:
    """`asked`: a group is what is asked for ("which month ..."); `split`: a figure is to be split."""

    dimension: Dimension | None = None
    asked: bool = False
    order: Order = Order.NATURAL
    limit: int | None = None
    second: Dimension | None = None
    per: Per | None = None
    over_time: bool = False
    breakdown: bool = False
    often: bool = False  # ranked by how often, not by how much
    habit: bool = False  # "a month", "monthly": an average, or one figure for each

    def add(self, dimension: Dimension, *, asked: bool) -> None:
        if self.dimension is None:
            self.dimension, self.asked = dimension, asked
        elif dimension is not self.dimension and self.second is None:
            self.second = dimension


def grouping_of(utterance: Utterance) -> Grouping:
    found, view = Grouping(), utterance.view
    _read_ranked(found, utterance, view)
    _read_rank_of(found, utterance, view)
    for source in (_GROUPS, _WHICH):
        for named in source.finditer(view):
            utterance.use_match(named, is_cue)
            found.add(_dimension(named), asked=source is _WHICH)
    if found.dimension is None and (place := _WHICH_PLACE.search(view)):
        utterance.use_match(place, is_cue)
        found.add(Dimension.MERCHANT, asked=True)
    several = _HOW_MANY_OF.search(view) if _MOST_WORDS.search(view) else None
    if several:
        utterance.use_match(several, is_cue)
        found.add(_dimension(several), asked=True)
        found.asked = True
    _read_open_questions(found, utterance, view)
    _read_order(found, utterance, view)
    if several and found.order is not Order.NATURAL and found.limit in (None, 1):
        found.limit = small(several["number"])
    found.often = bool(_MOST_OFTEN.search(view) or (_OFTEN.search(view) and not _MONEY.search(view)))
    _read_per(found, utterance, view)
    for dimension, source in _BY_ADVERB:
        if adverb := source.search(view):
            utterance.use_match(adverb, is_cue)
            found.habit = True
            found.add(dimension, asked=False)
    for name, source in (("over_time", _OVER_TIME), ("breakdown", _BREAKDOWN)):
        for spread in source.finditer(view):
            utterance.use_match(spread, is_cue)
            setattr(found, name, True)
    return found


def _dimension(match: re.Match[str]) -> Dimension:
    return next(_BY_NAME[name] for name, value in match.groupdict().items() if value and name in _BY_NAME)


def _read_ranked(found: Grouping, utterance: Utterance, view: str) -> None:
    match = _RANKED.search(view)
    if not match:
        return
    utterance.use_match(match, is_cue)
    found.dimension, found.asked = _dimension(match), True
    number = match["n1"] or match["n2"]
    several = bool(re.search(r"(?:[^s]s|ies)$", match[0]))
    found.limit = small(number) if number else None if several else 1
    found.order = Order.ASCENDING if re.fullmatch(_WORST, match["rank"]) else Order.DESCENDING


def _read_rank_of(found: Grouping, utterance: Utterance, view: str) -> None:
    """ "rank the two supermarkets", "of the shops I use, which gets least": groups within what is named."""
    match = _RANK_OF.search(view) or _OUT_OF.search(view)
    if not match or found.dimension is not None:
        return
    utterance.use_match(match, is_cue)
    named = match.groupdict()
    dimension = next((_BY_NAME[name] for name in named if named[name] and name in _BY_NAME), Dimension.MERCHANT)
    found.dimension, found.asked = dimension, True
    found.limit = (small(named["n"]) if named["n"] else None) if match.re is _RANK_OF else 1
    least = re.search(rf"\b{_WORST}\b", view)
    found.order = Order.ASCENDING if least else Order.DESCENDING


def _read_open_questions(found: Grouping, utterance: Utterance, view: str) -> None:
    for source, dimension in ((_WHO, Dimension.MERCHANT), (_WHAT_MOST, Dimension.CATEGORY), (_WHEN_MOST, Dimension.MONTH)):
        if match := source.search(view):
            utterance.use_match(match, is_cue)
            if found.dimension is None:
                found.dimension, found.asked = dimension, True


def _read_order(found: Grouping, utterance: Utterance, view: str) -> None:
    match = _MOST_WORDS.search(view.replace("most recent", "last recent"))
    if not match or found.dimension is None or not found.asked:
        return
    utterance.use_match(match, is_cue)
    if found.order is Order.NATURAL:
        found.order = Order.ASCENDING if match["least"] else Order.DESCENDING


def _read_per(found: Grouping, utterance: Utterance, view: str) -> None:
    if match := _PER_THING.search(view):
        utterance.use(*match.span())
        found.per = Per.TRANSACTION
    elif (match := _PER_SINGLE.search(view)) and not _PER_TIME.search(view):
        utterance.use_match(match, is_cue)
        found.per = Per.TRANSACTION
    elif match := _PER.search(view):
        unit = (
            (match["unit"] or match["adverb"] or match["single"])
            .replace("annually", "year")
            .replace("annual", "year")
            .replace("yearly", "year")
        )
        utterance.use_match(match, is_cue)
        found.per = _UNITS.get(unit, Per.TRANSACTION)
        found.habit = True
