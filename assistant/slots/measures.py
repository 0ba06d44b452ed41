"""The words that say what is measured, each with how sure it makes one (1 to 6). Read from a painted text."""

from __future__ import annotations

import re

from assistant.slots.direction import directed
from assistant.slots.lexicon import is_cue
from assistant.slots.text import Utterance, pattern
from tools.query.model import Measure

_MEASURES: list[tuple[Measure, int, re.Pattern[str]]] = [
    (measure, strength, pattern(source))
    for measure, strength, source in [
        (
            Measure.NET_WORTH,
            6,
            (
                r"\bnet ?worth\b|\b(?:what|how much) (?:am i|are we) worth\b|"
                r"\b(?:better|worse) off\b|\b(?:total |overall )?wealth\b|\bassets\b|"
                r"\bhow rich\b|\beverything i own\b|\bfortune\b|\ball (?:(?:of|my|our|"
                r"the) )*accounts?\b[^?]{0,30}? (?:minus|less|after|"
                r"net of|without|deducting|(?:and |then )?(?:deducts?|subtracts?|takes? (?:off|away))) "
                r"(?:(?:my|our|the|any|all|what) )*(?:{K} ?)?(?:debts?|i owe|we owe|loans?)\b|"
                r"\bdebts? (?:deducted|subtracted|taken off)\b|\bdebts subtracted\b"
            ),
        ),
        (
            Measure.SAVINGS_RATE,
            6,
            (
                r"\bsavings? (?:rate|ratio|quota|percentage)\b|\brate of saving\b|\bof (?:what|everything|all) (?:i|"
                r"we) (?:\S+ )?(?:earn(?:ed)?|ma[dk]e|got)\b.*\b(?:keep|kept|sav(?:e|ed)|left|h[ao]ng on to|"
                r"hold on to|held on to|put (?:by|aside))\b|\b(?:percentage|"
                r"percent|per cent|"
                r"share|proportion|fraction|part|portion|how much|%|bit) of (?:my |the |our |what i )?(?:income|"
                r"salary|earnings|pay|wages?|take home|earn(?:ed)?|monthly income|"
                r"money coming in)(?: pay)?\b.{0,25}\b(?:sav(?:e|ed|ing)|keep|kept|(?:put|set|lay|laid) (?:aside|away|"
                r"by)|left)\b"
            ),
        ),
        (
            Measure.REFUNDS,
            5,
            (
                r"(?<!after )(?<!after the )(?<!after any )(?<!net of )(?<!less )(?<!minus )(?<!minus any )"
                r"(?<!minus what they )\brefund(?:s|ed|ing)?\b|"
                r"\b(?:for|on|from) (?:my |the |any )?returns?\b(?! (?:on|to|journey|trip|ticket|flight))|"
                r"\bmoney back\b|\breimburs\w+|(?<!minus what they )(?<!less what they )(?<!after what they )"
                r"\b(?:got|get|given|gave|paid|pay|receive|"
                r"received|come|came|had|have)\b(?: \S+){0,3} back\b(?! (?:in|to|on) {P})|\bcash ?back\b|"
                r"\bchargebacks?\b|\breturned (?:items|goods|purchases)\b|\bcredited back\b"
            ),
        ),
        (
            Measure.INVESTMENTS,
            5,
            (
                r"\binvest(?:ed|ing|ments?)?\b|\bput (?:money )?into (?:shares|stocks|etfs?|funds|the market|"
                r"securities)\b|\b(?:bought|buy) (?:shares|stocks|etfs?|funds|securities)\b"
            ),
        ),
        (
            Measure.TRANSFERS,
            5,
            (
                r"\btransfer(?:s|red|ring)?\b|\b(?:mov(?:e|ed|ing)|shift(?:ed|ing)?|shuffl(?:e|ed)|sent|send|put|"
                r"set aside|squirrel(?:led|ed)?|stash(?:ed)?|tuck(?:ed)?|top(?:ped)? up|pa(?:y|id) (?:off|down|into|"
                r"towards?)|went|contribut\w+|deposit(?:ed)?|saved?|add(?:ed)?|pa(?:y|id) in)\b(?: \S+){0,4}? ?(?:to|"
                r"into|in|towards|away in|off|down)? ?(?:my |the |our )?{K}|\bbetween (?:my )?(?:own )?accounts\b|"
                r"\b(?:moved|put|set|stashed|squirrelled|tucked) (?:\S+ )?(?:aside|away)\b|\bown transfers\b"
            ),
        ),
        (
            Measure.NET_CASH_FLOW,
            5,
            (
                r"\bnet (?:cash ?flow|cash|income|savings?|result|flow)\b|\bcash ?flow\b|\bleft ?over\b|\bsurplus\b|"
                r"\bdeficit\b|\bin the (?:red|black)\b|\b(?:break|broke|broken) even\b|\bwithin (?:my|our) means\b|"
                r"\b(?:spen[dt]|spending|pay|paid|went out|goes out|gone out)\b(?: \S+){0,2} (?:more|"
                r"less) than (?:\S+ )?(?:i|we|came|comes|come)?(?: have)? ?(?:earn(?:ed)?|ma[dk]e|br(?:ing|ought) in|"
                r"take in|took in|took home|g[eo]t|receiv\w+|in\b|income|coming in|my income)|\b(?:earn(?:ed)?|"
                r"ma[dk]e) (?:more|less) than (?:i|we) (?:have )?(?:spen[dt]|paid)\b|\bincome (?:minus|less|"
                r"after) (?:my |the |all )?(?:spending|expenses|outgoings|expenditure|costs|bills)\b|"
                r"\b(?:money )?left (?:at the end|of my (?:income|salary|pay)|after (?:all )?(?:my )?(?:bills|"
                r"expenses|spending|everything|costs))\b|\bahead or behind\b|\bplus or minus\b|\blive(?:d)? beyond\b|"
                r"\bend up with\b|\bbottom line\b|\b(?:what|how much|anything)(?: \w+){0,2} (?:remain(?:s|ed|ing)?|left me with)\b|"
                r"\b(?:what|how much) (?:did|does|do) (?:that|it|this|i|we) leave\b|"
                r"\b(?:what|how much|anything)(?: money)? (?:stay(?:s|ed)|stuck)(?: (?:with|for) (?:me|us)| over|\b)"
            ),
        ),
        (
            Measure.NET_CASH_FLOW,
            4,
            (
                r"\b(?:sav(?:e|ed|ing|ings)|(?:put|set|lay|laid) (?:aside|by)|ke(?:ep|"
                r"pt))\b(?! (?:(?:on )?[^\W\d_]+ing\b|(?:the |my )?{M}|(?:the |my )?{C}|rate|account|"
                r"balance|goal|pot))"
            ),
        ),
        (
            Measure.INCOME,
            5,
            (
                r"\b(?:income|incomes|earn(?:ed|s|ing|ings)?|salar(?:y|ies)|wages?|pay ?(?:che(?:ck|que)|slip|packet|"
                r"day)s?|take home(?: pay)?|payroll|(?:bring|brought|took|take) home|(?:get|getting|got|gets|been|was|"
                r"were|am|be) (?:i )?paid(?! (?:for|back|to|on|at|out|off|with|using|from|via|by card))|was i paid|paid me|pays? me|"
                r"pay me|paid by (?:my )?(?:employer|work|job|boss|company)|employer|gross pay|net pay|made money|"
                r"pay rise|my pay\b|gehalt)\b|\bhow much (?:money )?(?:did|do|have|had|does) (?:i|"
                r"we) (?:\S+ )?(?:make|made|rake in)\b"
            ),
        ),
        (
            Measure.MONEY_IN,
            3,
            (
                r"^(?:(?:and|what about|how about|so) )*in[ ?.!]*$|(?<!least )(?<!most )\bmoney (?:com(?:es?|ing) |came |"
                r"went )?in\b(?! (?:my|the|our|{K}|savings|total))|\b(?:came|come|"
                r"comes|coming|flow(?:ed|s|ing)?|pour(?:ed|s)?|went|going|has come|paid|"
                r"landed)(?: (?!to\b)\S+)? in(?:to)?\b(?! (?:total|cash|all|an?|the)\b)|\binflows?\b|\bincoming\b|\bdeposit(?:s|ed)?\b|"
                r"\bcredited\b|\bcredits\b|\breceiv(?:e|ed|es|ing)\b|\btakings\b|\bhow much (?:\S+ )?(?:did|have|"
                r"do) (?:i|we) (?:\S+ )?(?:get|got|had)\b(?: \S+){0,2} from {M}|\bhit my account\b|\barriv(?:e|ed)\b"
            ),
        ),
        (
            Measure.MONEY_OUT,
            3,
            (
                r"\bmoney (?:went |going |goes |go )?out\b|^(?:(?:and|what about|how about|so) )*out[ ?.!]*$|"
                r"\b(?:went|go|goes|going|gone|flow(?:ed|s|ing)?|pour(?:ed|"
                r"s)?) out\b(?! (?:for|to eat|drinking|with))|\boutflows?\b|\boutgoing (?:payments?|transactions?|"
                r"money|cash)\b|\b(?:left|leaving|leaves?|leave) (?:my|the|our) (?:\S+ )?(?:accounts?|bank)\b|"
                r"\bleft {K}|\bdebit(?:s|ed)\b|\bdisbursed\b"
            ),
        ),
        (
            Measure.BALANCE,
            6,
            (
                r"\b(?:balances?|saldo|kontostand|solde)\b|\bow(?:e|es|ed|ing)\b(?! to)|\boutstanding\b|\boverdrawn\b|"
                r"\b(?:in|of|card|my|total|"
                r"much) debts?\b"
            ),
        ),
        (
            Measure.BALANCE,
            5,
            (
                r"\bhow much (?:money |cash |dosh |in total )?(?:do|did|have|had) (?:i|we) (?:currently |still |now |"
                r"actually )?(?:have|got|had|hold|own)\b(?! (?:to|spent|paid|been|gone|earned|made|bought|saved|"
                r"received|refunded|coming|invested|on {C}))|\bhow much (?:money |cash )?have (?:i|we) (?:left|"
                r"in {K})|\b(?:money|cash|funds?) (?:do|did|have|had) (?:i|we) (?:\S+ )?(?:have|got|"
                r"had)\b(?! (?:spent|paid))|\bin the bank\b|\b(?:available|remaining) (?:funds|money|cash)\b|"
                r"\bhow deep (?:am|are) (?:i|we) in\b|\bstill (?:have |need |got )?to (?:pay|clear)(?: off| back)?\b|"
                r"\bleft to pay (?:off|back)\b|"
                r"\b(?:stand|stood|sit|sat) at\b|\bhow full (?:is|was)\b|"
                r"\bmy funds\b|\bhow (?:flush|broke|solvent) am i\b|\bhow much (?:money |cash )?is (?:there |"
                r"still )*(?:left|available)\b|\b(?:state|standing) of my (?:finances|accounts?)\b"
            ),
        ),
        (
            Measure.BALANCE,
            3,
            (
                r"\bin (?:my|the|our) (?:bank ?)?accounts?\b|\b(?:how much|what|what is)(?: money| cash|"
                r" dosh)?(?: (?:is|was|are|have|had|do|did|does|has|left|sits|i|we|there|it|got|sitting|available|"
                r"still|currently|now|money|dosh|dough))* (?:in|on|at) (?:my |the |our )?{K}|\b{K} stand(?:s|ing)?\b|"
                r"{K}[^?]{0,30}? (?:hold|holds|contain|contains)\b|\b(?:hold|sitting|left|there) (?:in|on) (?:my |"
                r"the |our )?{K}|\bhow (?:is|are|does|do) {K}|\bcheck {K}|^{K}[ ?.!,]*$|"
                r"\bstatus of {K}|^(?:the |my |our |and )*{K}[,:;.]? (?:what is|what s|how much is|"
                r"what have i got|how much) (?:\w+ )?(?:in|on) (?:it|there)\b"
            ),
        ),
        (
            Measure.SPENDING,
            4,
            (
                r"\bspen(?:d|t|ds|ding|dings|der)\b|\bexpen(?:ses?|diture\w*)\b|\boutgoings?\b(?! (?:payments?|"
                r"transactions?|money|cash))|\boutlays?\b|\bpurchas(?:e|es|ed|ing)\b|\b(?:bought|buy|buying|buys)\b|"
                r"\b(?:shell|fork|splash|lash|dish|splurg)(?:ed|ing|e)?(?: out)?\b|\bblew\b|\bset me back\b|"
                r"\bfritter\w*|\bsquander\w*"
            ),
        ),
        (
            Measure.SPENDING,
            3,
            (
                r"\bcost(?:s|ing|ed)?\b|\bblow(?:n|ing)?\b|\bburn(?:ed|t|ing)?(?: (?:through|on))?\b|\bwast(?:e|ed|ing)\b|"
                r"\b(?:get|go|going|gone|run|ran|work(?:ed)?) through\b|\bdrop(?:ped|ping)?\b|\b(?:went|go|goes|gone|"
                r"going) (?:on|to|towards?|into)\b|\bwhere (?:did|does|"
                r"do|has|is|have) (?:all |most )?(?:of )?(?:my|the|our|all that) (?:money|cash|salary|pay|income|"
                r"budget)\b|\bdamage\b|\bgo through\b|\bgot through\b|\bgetting through\b|\bconsum(?:e|ed|ing)\b|"
                r"\b(?:after|net of|less|minus) (?:the |any |all |my )?(?:refunds?|returns)\b|"
                r"\beat(?:s|ing|en)? (?:up|into)\b|\bdrain(?:ed|ing|s)?\b|\bset (?:us|me) back\b"
            ),
        ),
        (
            Measure.SPENDING,
            2,
            (
                r"\bpay(?:s|ing|ments?)?\b|\bpaid\b|\bcharg(?:e|ed|es)\b|\bshop(?:ped|ping)?\b|\bbills?\b|\border(?:s|"
                r"ed)\b|\btickets?\b|\bvisit(?:s|ed)?\b|\bdebits?\b|\bgo to\b|\bgone to\b|\bbeen to\b|"
                r"\bgoing to {any}|\bwent to\b|\beat(?:en)?\b|\bate\b|\bused?\b(?= {M})|\bfill(?:ed)? up\b|"
                r"\bwithdr(?:e|a)w\w*|\btake out\b|\btook out\b|\btaken out\b"
            ),
        ),
        (
            Measure.MOVEMENTS,
            1,
            (
                r"\btransactions?\b|\brecords\b|\bmovements?\b|\bbookings?\b|\bentries\b|\baccount activity\b|"
                r"\bactivity\b"
            ),
        ),
    ]
]


def measures_of(utterance: Utterance) -> list[tuple[Measure, int]]:
    """Every measure that is named, the surest first, then in the order of the words."""
    found: dict[Measure, tuple[int, int]] = {}
    for measure, strength, source in _MEASURES:
        for match in source.finditer(utterance.view):
            utterance.use_match(match, is_cue)
            if strength > found.get(measure, (0, 0))[0]:
                found[measure] = (strength, match.start())
    directed(utterance, found)
    return [(measure, strength) for measure, (strength, start) in sorted(found.items(), key=lambda item: (-item[1][0], item[1][1]))]
