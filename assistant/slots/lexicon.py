"""English words that carry a question without being its subject, and the spelling of the words that questions are made of."""

from __future__ import annotations

from functools import cache

from assistant.slots.concepts import concepts
from assistant.slots.when import MONTHS, WEEKDAYS

# Said in any question, whatever it asks: left over, they change nothing.
HARMLESS = frozenset(
    """
    summed summing added adding tallied tallying totalled totalling totaled totaling wait oops whoops hang hold
    ugh argh gosh jeez omg meh phew yikes uff wow aha ooh crikey blimey dear goodness gee welp nah hmmm erm um uh yo heading
    sorry damage ouch hurt hurts felt pricey steep embarrassing asap tidy honest honestly truth
    sake kronor kroner krona franc francs sek nok dkk
eur gbp usd chf yen zloty grand reply answer answers ta cheers bloody damn hell
    a about above actual actually add added again ago ah ahead all almost along already alright also altogether always am an and
    any anybody anyhow anyone anything anyway approximately are aren around as ask asking at away back basically be because been
    before being below better between big bit bot both but by can cannot check chance cheers clear come computer could curious
    currently data date day dear detail detailed details did different do does doing done down dude each either else end enough er
    erm especially etc even ever every everybody everyone everything exact exactly explain far few figure figures figuring find
    finding first fine for forget found from full further generally get gets getting give given giving go goes going gone good got
    great guess guys had handle happen happened happening has have having he hello help helpful her here hey hi him his hm hmm
    hope how however hurry i idea if im in info information instead interested into is it its itself just keen keep kind kindly
    know known last lately later less let like likely list little long look looked looking looks lot lots ly make makes making man
    manage many mate maybe me mean means meant mention might mind mine minute moment more most mostly mr mrs much must my myself
    name namely need needed needs never nice no nor not nothing now number numbers of off often oh ok okay old on once one ones
    only onto or order other our ours out over overall own part particular particularly people perhaps please possible precise
    precisely pretty probably properly pull purely put question quick quickly quite rather re real really reckon record records
    regarding remember remind report right roughly run said same say saying says see seem seems seen several shall she should show
    showing shows simple simply since sir so some somebody someone something somehow somewhere sort specifically still stuff such
    suppose sure sum summarise summarize summary take taken takes tell telling than thank thanks that the their them then there
    these they thing things think thinking this those though thought through time times to today together told too took total
    totals totalled toward towards tried true try trying two type types uh um under until up upon us use used using value very via
    want wanted wants was way we well went were what whatever when whenever where wherever whether which while who whole whom
    whose why will wish with within wonder wondered wondering word would wow yeah yes yet you your yours yourself much'd ha haha
    lol btw fyi asap account accounts bank banking book books ledger statement statements money cash amount amounts sums currency
    pound pounds dollar dollars euro euros quid bucks overview picture breakdown per during throughout across against among
    besides toward via per vs versus period interval span stretch month months year years week weeks days day quarter quarters
    weekend weekends daily weekly monthly yearly annual annually dosh dough moolah wonga moneywise financially rundown lowdown
    gist worth price prices plus behind tot tally comes came added actually honestly literally seriously approx circa ballpark
    grand combined alone itself include included includes
    including exclude excluded excluding except without counting count counted side single separate separately respective
    respectively individual individually category categories categorised categorized labelled labeled tagged marked called named
    under classified filed listed payment payments transaction transactions purchase purchases expense expenses spending spend
    spent spends expenditure expenditures outgoings outgoing cost costs pay paid pays paying a e g i o s t d ll ve re nt don didn
    doesn isn wasn haven hasn won couldn
    """.split()  # noqa: SIM905
)

# The words of cues: what a typing error may have been meant for, besides months, weekdays and concepts.
_CUE_WORDS = """
    much many spend spent spending expense expenses purchase purchases purchased payment payments paid income salary wages earn
    earned earning earnings balance balances account accounts transaction transactions transfer transfers transferred refund
    refunds refunded budget budgets savings saved saving average typical typically usually biggest largest smallest cheapest
    highest lowest latest recent recently last first month months monthly week weeks weekly year years yearly quarter quarterly
    weekend weekends weekday weekdays today yesterday daily days category categories merchant merchants shop shops store stores
    compare compared comparison versus without excluding except including between since until during before after total overall
    altogether percentage percent share proportion breakdown split visit visits visited often times list show display which where
    when what received receive withdraw withdrew withdrawn deposit deposits deposited worth money cash card credit current bought
    number count expensive overspent remaining left track invest invested investment investments owe owed more less than previous
    past fortnight please thanks thank hello everything anything hour half second third fourth there have does about february
    wednesday tenner tenners fiver fivers
difference increase decrease change changed trend
debit debits payday upcoming recurring dearer dearest pricier priciest afford unusual duplicate subscriptions goals
    """.split()  # noqa: SIM905


@cache
def spellings() -> tuple[str, ...]:
    """Words that a typing error is taken for."""
    named = {word for phrase in concepts().by_word for word in phrase.split() if len(word) > 3}
    return tuple(sorted({*_CUE_WORDS, *MONTHS, *WEEKDAYS} | named))


def is_cue(word: str) -> bool:
    """Whether a word belongs to questions as such."""
    return word in HARMLESS or word in cue_words()


@cache
def cue_words() -> frozenset[str]:
    return frozenset({*_CUE_WORDS, *MONTHS, *WEEKDAYS})
