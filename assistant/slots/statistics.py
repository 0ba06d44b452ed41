"""The words that say which figure is wanted: a total, a count, the largest, the latest, a list, an average."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.slots.lexicon import is_cue
from assistant.slots.numbers import small
from assistant.slots.text import Utterance, pattern
from tools.query.model import Statistic

_WE = r"(?:i|we)"
_FACT = (
    r"(?:payments?|purchases?|transactions?|expenses?|charges?|orders?|spend(?:ing)?s?|bills?|debits?|"
    r"entries|entry|bookings?|movements?|items?|outgoings?|deposits?|credits?|refunds?|transfers?|"
    r"withdrawals?|income|receipts|buys?|visits?|shops?|trips?|one|ones|salary|wages?|pay ?che(?:ck|"
    r"que)s?|invoices?|activity|things?)"
)
_MOST = (
    r"(?:biggest|largest|highest|most expensive|priciest|dearest|heftiest|costliest|heaviest|greatest|top|"
    r"max(?:imum)?|most costly|single biggest|single largest|chunkiest|fattest|steepest)"
)
_LEAST = r"(?:smallest|cheapest|lowest|least expensive|tiniest|min(?:imum)?|least costly|littlest)"
_LAST = r"(?:last|latest|most recent|newest|previous)"
_FIRST = r"(?:first|earliest|oldest)"
_COUNT = r"(?:(?P<{0}>\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|couple of|few) )?"
_ADJ = r"(?:(?!than\b|and\b|or\b|in\b|on\b|at\b|for\b|is\b|was\b|did\b|of\b)[^\W_]+ |{any} ){0,2}?"
_STATISTICS: list[tuple[Statistic, int, re.Pattern[str]]] = [
    (statistic, strength, pattern(source))
    for statistic, strength, source in [
        (
            Statistic.LARGEST,
            4,
            (
                rf"\b(?:the )?{_COUNT.format('n1')}{_MOST} {_COUNT.format('n2')}{_ADJ}(?:{{any}} )?{_FACT}\b|"
                rf"\b(?:the )?{_COUNT.format('n3')}{_MOST}(?: {_COUNT.format('n4')}of (?:those|them|these|that|all)\b|"
                rf" ones?\b| single\b| amounts?\b|(?= {{P}})|(?= ?\?*$)|(?= {{C}}| {{M}})|(?= (?:three |two |five |"
                rf"ten )?(?:things?|items?|amount|sum|payout)))|"
                rf"\bmost expensive\b(?! (?:month|week|day|year|category|quarter))|\bmost (?:i|"
                rf"we) (?:have )?(?:ever )?(?:spent|paid) (?:in one go|at once|in a single|on (?:one|a single))|"
                rf"\bmost (?:money )?(?:i|we) (?:have )?(?:(?:ever|{{P}}) )?(?:paid|spent at)\b|\bsplurge\b|\bhow (?:big|large|high|"
                rf"expensive) was (?:the|my) (?:biggest|largest|highest|most)"
            ),
        ),
        (
            Statistic.SMALLEST,
            4,
            (
                rf"\b(?:the )?{_COUNT.format('n1')}{_LEAST} {_COUNT.format('n2')}{_ADJ}(?:{{any}} )?{_FACT}\b|"
                rf"\b(?:the )?{_COUNT.format('n3')}{_LEAST}(?: of (?:those|them|these|that|all)\b| ones?\b| amount\b|"
                rf"(?= {{P}})|(?= ?\?*$)|(?= (?:thing|item)))|\bleast (?:i|we) (?:have )?(?:ever )?(?:spent|paid)"
            ),
        ),
        (
            Statistic.LATEST,
            4,
            (
                rf"\b(?:the |my |our )?{_COUNT.format('n2')}{_LAST} {_COUNT.format('n1')}{_ADJ}(?:{{any}} )?{_FACT}\b|"
                rf"\bwhen (?:did|have|"
                rf"was|were|do|does|is) (?:{_WE}|the|my|our|it)\b[^?]{{0,50}}?\b(?:last|most recently|latest|"
                rf"recently)\b|\b(?:what|which) (?:day|date) (?:did|have|was|were|has)\b"
                rf"[^?]{{0,50}}?\b(?:last|most recently|latest)\b(?! {{P}})|"
                rf"\b(?:last|latest|most recent|previous) time\b|\bhow (?:long|many days) (?:is it |"
                rf"has it been )?(?:since|ago)\b|\b{_LAST}(?: of (?:those|them|these)| ones?)\b|"
                rf"\bmost recently\b|\bwhen did {_WE} (?:last|recently)\b|\b{_LAST} (?:{{M}}|{{C}})|\bhow (?:much|"
                rf"big) was (?:my|the) {_LAST} "
            ),
        ),
        (
            Statistic.EARLIEST,
            4,
            (
                rf"\b(?:the |my |our )?{_FIRST} {_COUNT.format('n1')}(?:ever )?{_ADJ}(?:{{any}} )?{_FACT}\b|"
                rf"\bfirst time\b|\bwhen did {_WE} (?:first|start|begin)\b|\bsince when\b|\b{_FIRST}(?: of (?:those|"
                rf"them|these)| ones?)\b|\bfirst ever\b|\bhow far back\b|\bwhen do (?:my|the|your) records (?:start|"
                rf"begin)\b|\bwhen (?:was|is) (?:the|my) (?:very )?first\b"
            ),
        ),
        (
            Statistic.COUNT,
            4,
            (
                r"\bhow (?:many(?! (?:euros?|pounds?|dollars?|francs?|kron\w+|quid|pence|cents?|bucks|rappen|percent|per cent|chf|eur|"
                r"gbp|usd|sek)\b)|often|frequently|regularly)\b|\bnumber of (?!days|months|weeks)|"
                r"(?<!not )(?<!dont )(?<!without )\bcount(?: of| up|"
                r" my|"
                r" the|ed)?\b|\bhow many times\b|\bfrequency\b"
            ),
        ),
        (
            Statistic.LIST,
            3,
            (
                rf"\b(?:show|list|display|see|view|give|print|bring up|pull up|pull|find|fetch|look up|itemi[sz]e|"
                rf"enumerate|present|(?<!after )(?<!once )(?<!with )all)\b(?: (?:me|us|out|up|for me|to me|"
                rf"i see))*(?: \S+){{0,5}}? (?:payments|"
                rf"purchases|transactions|expenses|charges|orders|debits|entries|bookings|movements|deposits|credits|"
                rf"refunds|transfers|withdrawals|outgoings|transaction|activity|paychecks|bills|items)\b|"
                rf"\b(?:every|each|all) (?:single )?(?:{{any}} |[^\W\d_]+ )?(?:payment|purchase|transaction|charge|"
                rf"booking|order)\b(?! cost)|\b(?:which|"
                rf"what|what are|what were|whats)(?: \S+){{0,4}}? (?:payments|purchases|transactions|charges|orders|"
                rf"debits|entries|bookings|movements|deposits|credits|refunds|transfers|withdrawals|items)\b|\b(?:list|"
                rf"itemi[sz]e) (?:\S+ ){{0,3}}(?:{{any}}|everything|them|it|those|all)|\bwhat (?:did|have|"
                rf"had) {_WE} (?:\S+ )?(?:buy|bought|ordered|order|purchase|purchased)\b|\bshow (?:me )?(?:them|those|"
                rf"these|all|each one|everything|the list|the details|details)\b|\bwhat (?:was|were|are) (?:they|those|"
                rf"these)\b|^(?:please )?(?:list|show(?: me)?) (?:every|each|all the) times?\b|"
                rf"\bwhich ones\b|\bwhat did that consist of\b|\blist (?:them|those)\b|\bwhat happened\b|"
                rf"\bstatement\b|\beverything (?:i|we) (?:bought|paid|ordered)"
            ),
        ),
        (
            Statistic.AVERAGE,
            5,
            (
                r"\baverage[sd]?\b|\bon avg\b|\bavg\b|(?<!\bi )(?<!\bwe )(?<!\byou )\bmean\b(?! ?(?:by|to|is|that|the|"
                r"for))|\btypical(?:ly)?\b|"
                r"\busual(?:ly)?\b(?<!than usual)|\bnormal(?:ly)?\b|\bgenerally\b|\btend to\b|\bin general\b|"
                r"\bordinar(?:y|ily)\b"
            ),
        ),
        (Statistic.LATEST, 2, r"^(?:and |so |but |ok )?when (?:did|was|were|has|have|is) (?!(?:i|we) (?:\S+ ){0,3}(?:most|least))"),
        (
            Statistic.LIST,
            1,
            (
                r"^(?:please |can you |could you )*(?:show|list|display|find|see|pull up|bring up|give)(?: me| us|"
                r" up)? (?:all |every |each |my |the |any )*[\ue000\ue001]+"
            ),
        ),
        (
            Statistic.TOTAL,
            2,
            (
                r"\b(?:total|sum|altogether|overall|all in all|in all|combined|grand total|add(?:s|ed)? up|"
                r"in total)\b|\bhow much\b|^(?:and |so |but )?what (?:did|have|had|do|am) (?:i|we) (?:\S+ )?(?:spen[dt]\w*|"
                r"pa(?:y|id)|earn\w*|sav(?:e|ed)|owe)\b(?! (?:my|the) money)"
            ),
        ),
    ]
]


@dataclass(frozen=True)
class StatisticCue:
    """`limit` where a number of them is said; `plural` where several are meant."""

    statistic: Statistic
    strength: int
    start: int
    limit: int | None = None
    plural: bool = False


def statistics_of(utterance: Utterance) -> list[StatisticCue]:
    """Every statistic that is named, the surest first."""
    found: dict[Statistic, StatisticCue] = {}
    for statistic, strength, source in _STATISTICS:
        for match in source.finditer(utterance.view):
            utterance.use_match(match, is_cue)
            if statistic not in found:
                number = next((value for name, value in match.groupdict().items() if name.startswith("n") and value), None)
                plural = bool(re.search(r"(?:[^su]s|ones)$", match[0]))
                found[statistic] = StatisticCue(statistic, strength, match.start(), small(number) if number else None, plural)
    return sorted(found.values(), key=lambda cue: (-cue.strength, cue.start))
