"""An amount of one currency in another, and the rate of a currency: "how much is 100 dollars in euro", "what's the pound worth?" """

from __future__ import annotations

import re
from typing import Any

from assistant.reading.ahead import Wanted
from assistant.reading.heard import Heard
from assistant.slots.numbers import AMOUNT, amount
from assistant.slots.relative import to_date
from tools.currency import minor_digits

_CODES = {
    r"(?:us|american)? ?dollars?|bucks|usd|\$": "USD",
    r"euros?|eur|€": "EUR",
    r"(?:british )?pounds?(?: sterling)?|sterling|quid|gbp|£": "GBP",
    r"(?:swiss )?francs?|chf|sfr": "CHF",
    r"(?:japanese )?yen|jpy|¥": "JPY",
    r"(?:swedish )?(?:kronor|krona)|sek": "SEK",
    r"norwegian (?:kroner|krone)|nok": "NOK",
    r"danish (?:kroner|krone)|dkk": "DKK",
    r"zloty\w*|pln": "PLN",
    r"canadian dollars?|cad": "CAD",
    r"australian dollars?|aud": "AUD",
    r"(?:czech )?(?:koruna|crowns?)|czk": "CZK",
    r"forints?|huf": "HUF",
    r"(?:turkish )?lira|try": "TRY",
    r"(?:indian )?rupees?|inr": "INR",
    r"(?:chinese )?(?:yuan|renminbi)|cny": "CNY",
}
_CURRENCY = "|".join(sorted(_CODES, key=len, reverse=True))
_SIGNED = rf"(?:(?P<sign>[$€£¥]) ?(?P<number>{AMOUNT})|(?P<counted>{AMOUNT}) ?(?P<word>{_CURRENCY})(?!\w))"
_FROM_TO = re.compile(
    rf"{_SIGNED}[^?]{{0,24}}?\b(?:in|to|into|as|for|buy|get me)\b(?: (?:the|my|our))? (?P<target>{_CURRENCY}|home currency|"
    rf"own (?:currency|money)|money)(?!\w)"
)
_TO_FROM = re.compile(rf"\b(?:how many|how much in) (?P<target>{_CURRENCY})\b[^?]{{0,30}}?{_SIGNED}")
_WORTH = re.compile(rf"\b(?:convert|exchange|change|worth|how much is|what is)\b[^?]{{0,16}}?{_SIGNED}(?: worth)?[ ?.!]*$")
_RATE = re.compile(
    rf"\b(?:exchange |conversion )?rates? (?:for|of|from|between|on)? ?(?:the )?(?P<a>{_CURRENCY})(?:(?: to| and| against| in|"
    rf"/)? (?:the )?(?P<b>{_CURRENCY}))?(?!\w)|"
    rf"\b(?P<c>{_CURRENCY})(?: to|/| against) (?:the )?(?P<d>{_CURRENCY})(?: (?:exchange )?rate)?[ ?.!]*$|"
    rf"\b(?P<e>{_CURRENCY}) (?:exchange )?rate\b|"
    rf"\bhow much is (?:a|one|the) (?P<f>{_CURRENCY})(?: (?:worth|in (?:the )?(?P<g>{_CURRENCY})))?\b|\bwhat is (?:a|one|"
    rf"the) (?P<h>{_CURRENCY}) worth\b"
)
_OF_BOOKS = re.compile(r"\b(?:spen[dt]|spending|paid|pay|earn\w*|balance|income|budget|account|bought|cost me|transactions?|payments?)\b")


def exchange(heard: Heard) -> Wanted | None:
    """Never of what was spent or earned: those sums are the books', in the home currency."""
    frame, text = heard.frame, heard.frame.utterance.text
    if _OF_BOOKS.search(text) or frame.include.names_facts():
        return None
    home = heard.vocabulary.currency
    for source in (_FROM_TO, _TO_FROM, _WORTH):
        if match := source.search(text):
            number = amount((match["number"] or match["counted"]).replace(" and ", " "))
            given = _code(match["sign"] or match["word"])
            wanted = _code(match["target"]) or home if "target" in match.re.groupindex else home
            if number is None or given == wanted:
                return None
            minor = int(number.scaleb(minor_digits(given)))
            return _wanted(heard, minor, given, wanted)
    if match := _RATE.search(text):
        first = _code(match["a"] or match["c"] or match["e"] or match["f"] or match["h"])
        second = _code(match["b"] or match["d"] or match["g"] or "") or home
        if first == second:
            return None
        return _wanted(heard, 10 ** minor_digits(first), first, second)
    return None


def is_of_rates(heard: Heard) -> bool:
    """ "what is the dollar rate?" asks for a figure, not for what a rate is."""
    return exchange(heard) is not None


CUES = (re.compile(rf"\b(?:{_CURRENCY}|convert\w*|exchange|rates?|change|swiss|worth|buy|get)(?!\w)"), re.compile(AMOUNT))


def _wanted(heard: Heard, minor: int, given: str, wanted: str) -> Wanted:
    arguments: dict[str, Any] = {"amount_minor": minor, "from_currency": given, "to_currency": wanted}
    frame = heard.frame
    if len(frame.periods) == 1 and frame.periods[0].when.end < to_date(frame.calendar, "day").end:
        arguments["on"] = frame.periods[0].when.end.isoformat()
    return Wanted("exchange", arguments)


def _code(said: str | None) -> str:
    return next((code for words, code in _CODES.items() if said and re.fullmatch(words, said.strip())), "")
