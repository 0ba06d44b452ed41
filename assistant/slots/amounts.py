"""Amounts and comparisons: "over 50", "at least £1.2k", "between 20 and 50", "under a hundred euros", "20 or more", "about 30"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.slots.numbers import AMOUNT, SMALL, amount, small
from assistant.slots.text import Utterance
from tools.currency import minor_digits
from tools.query.model import MAX_MINOR

_SIGNS = {"$": "", "€": "EUR", "£": "GBP", "¥": ""}
_WORDS = {
    "euros?": "EUR",
    "pounds?": "",
    "quid": "",
    "bucks": "",
    "dollars?": "",
    "francs?": "",
    "yen": "JPY",
    "kronor": "SEK",
    "kroner": "",
    "krona": "SEK",
    "zloty": "PLN",
    "rupees?": "",
    "pence": "GBP",
    "kr": "",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
    "eur": "EUR",
    "gbp": "GBP",
    "usd": "USD",
    "chf": "CHF",
    "jpy": "JPY",
    "pln": "PLN",
    "cad": "CAD",
    "aud": "AUD",
    "nzd": "NZD",
    "kwd": "KWD",
    "inr": "INR",
    "brl": "BRL",
    "mxn": "MXN",
    "czk": "CZK",
    "huf": "HUF",
    "ron": "RON",
    "try": "TRY",
    "zar": "ZAR",
    "cny": "CNY",
    "sfr": "CHF",
    "reais": "BRL",
    "pesos?": "",
    "dinars?": "",
    "dirhams?": "",
    "forints?": "HUF",
    "lei": "RON",
    "rands?": "ZAR",
    "shekels?": "ILS",
}
_FAMILIES = {
    "$": {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"},
    "¥": {"JPY", "CNY"},
    "pound": {"GBP", "EGP"},
    "dollar": {"USD", "CAD", "AUD", "NZD", "SGD", "HKD"},
    "franc": {"CHF", "XAF", "XOF"},
    "kroner": {"NOK", "DKK"},
    "kr": {"SEK", "NOK", "DKK", "ISK"},
    "rupee": {"INR", "PKR", "LKR"},
    "peso": {"MXN", "ARS", "CLP", "COP", "PHP"},
    "dinar": {"KWD", "TND", "JOD", "BHD"},
    "dirham": {"AED", "MAD"},
}
_MONEY = rf"(?P<sign>[$€£¥] ?)?(?P<number>{AMOUNT}) ?(?P<word>[$€£¥]|(?:{'|'.join(_WORDS)})\b)?(?: each)?"
_NOTES = re.compile(rf"(?:(?:a|{SMALL}) )?(?:tenner|fiver)s?")
_BARE = rf"(?:{_NOTES.pattern}\b|{_MONEY.replace('?P<sign>', '').replace('?P<number>', '').replace('?P<word>', '')})"
_CODE = r"(?:(?:eur|gbp|usd|chf|jpy|sek|nok|dkk|kr) )?"
_LOW = (
    r"(?:over|above|more than|greater than|exceed(?:ing|ed|s)?|upwards? of|bigger than|larger than|"
    r"higher than|north of|in excess of|beyond|>|costing over|dearer than)"
)
_LEAST = r"(?:at least|no less than|not less than|a minimum of|minimum|min|>=|from|starting at)"
_HIGH = r"(?:under|below|less than|lower than|smaller than|cheaper than|fewer than|<)"
_MOST = r"(?:at most|no more than|not more than|up to|a maximum of|maximum|max|<=|within|not exceeding|not over|no higher than)"
_ROUND = r"(?:about|around|roughly|approximately|circa|some|nearly|almost|close to)"
_PATTERNS: list[tuple[str, re.Pattern[str]]] = [
    ("between", re.compile(rf"\b(?:between|from) (?P<first>{_CODE}{_BARE}) ?(?:and|to|-) ?(?P<second>{_CODE}{_BARE})(?![\w/-])")),
    ("most", re.compile(rf"(?:\b|(?<= )|^){_MOST} (?P<first>{_CODE}{_BARE})(?![\w/-])")),
    ("least", re.compile(rf"(?:\b|(?<= )|^){_LEAST} (?P<first>{_CODE}{_BARE})(?![\w/-])")),
    ("least", re.compile(rf"(?P<first>{_CODE}{_BARE}) ?(?:(?:or|and) (?:more|over|above|up(?:wards?)?|higher|bigger|larger)\b|\+)")),
    ("most", re.compile(rf"(?P<first>{_CODE}{_BARE}) (?:or|and) (?:less|under|below|lower|smaller|cheaper|fewer)\b")),
    ("over", re.compile(rf"(?:\b|(?<= )|^){_LOW} ?(?P<first>{_CODE}{_BARE})(?![\w/-])")),
    ("under", re.compile(rf"(?:\b|(?<= )|^){_HIGH} ?(?P<first>{_CODE}{_BARE})(?![\w/-])")),
    ("about", re.compile(rf"\b{_ROUND} (?P<first>{_CODE}{_BARE})(?![\w/-])")),
    ("exact", re.compile(rf"(?:\bexactly |\bprecisely |(?<![\w/.:-]))(?P<first>{_CODE}{_BARE})(?![\w/:-])")),
]
_UNITS_AFTER = re.compile(
    r" ?(?:%|percent|per cent|times?|days?|weeks?|months?|years?|quarters?|transactions|payments|"
    r"purchases|visits?|biggest|largest|most|highest|last|latest|top|people|persons?|accounts?|categor(?:y|ies)|"
    r"merchants?|shops?|stores?|st\b|nd\b|rd\b|th\b|smallest|cheapest|lowest|entries|expenses|items|"
    r"things|recent|hours?|minutes?|percentage|coffees?|trips?|debits|charges|withdrawals|orders|"
    r"refunds|deposits|transfers)\b"
)
_TOP_BEFORE = re.compile(
    r"(?:\btop|\blast|\bfirst|\blatest|\bpast|\bprevious|\bnext|\bnumber|\bcustomer|\buser|\baccount|"
    r"\bclient|\bbiggest|\blargest|\bsmallest|\brecent|\bcard|\bending(?: in)?|#) $"
)


@dataclass(frozen=True, slots=True)
class AmountSpan:
    """`kind`: over, least, under, most, between, about, exact. `currency`: the one that was said, if it is not the customer's."""

    start: int
    end: int
    kind: str
    minor: int
    second_minor: int | None = None
    currency: str = ""
    spoken: bool = False  # a currency was said

    def lies_on(self, places: Sequence[tuple[int, int]]) -> bool:
        """Whether a bare number is one of those places'."""
        return self.kind == "exact" and not self.spoken and any(self.start < end and start < self.end for start, end in places)

    def bounds(self) -> tuple[int | None, int | None]:
        """The smallest and largest magnitude meant, both included."""
        if self.kind == "over":
            return self.minor + 1, None
        if self.kind == "least":
            return self.minor, None
        if self.kind == "under":
            return None, max(self.minor - 1, 0)
        if self.kind == "most":
            return None, self.minor
        if self.kind == "between" and self.second_minor is not None:
            return min(self.minor, self.second_minor), max(self.minor, self.second_minor)
        if self.kind == "about":
            return self.minor - self.minor // 10, self.minor + self.minor // 10
        return self.minor, self.minor


def find_amounts(utterance: Utterance, currency: str) -> list[AmountSpan]:
    """Amounts from left to right; a number that counts something else is none."""
    found: list[AmountSpan] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(utterance.view):
            if any(match.start() < span.end and span.start < match.end() for span in found):
                continue
            if span := _span(kind, match, utterance.view, currency):
                found.append(span)
    return sorted(found, key=lambda span: span.start)


def _span(kind: str, match: re.Match[str], view: str, currency: str) -> AmountSpan | None:
    first = _money(match["first"], currency)
    second = _money(match["second"], currency) if kind == "between" else None
    if first is None or (kind == "between" and second is None):
        return None
    spoken = first[2] or bool(second and second[2])
    bare = not spoken and kind in ("exact", "about", "least", "most", "over", "under")
    decimal = bool(re.search(r"\d[.,]\d\d$", match["first"]))
    if not (spoken or decimal) and (_UNITS_AFTER.match(view, match.end()) or _TOP_BEFORE.search(view[: match.start()])):
        return None
    if bare and kind == "exact" and not re.search(r"\d", match["first"]):
        return None
    other = first[1] or (second[1] if second else "")
    return AmountSpan(match.start(), match.end(), kind, first[0], second[0] if second else None, other, spoken)


def _money(text: str, currency: str) -> tuple[int, str, bool] | None:
    """Minor units, the other currency that was said, and whether any was."""
    if _NOTES.fullmatch(text):
        return _note(text, currency)
    code = re.match(r"(eur|gbp|usd|chf|jpy|sek|nok|dkk|kr) ", text)
    match = re.fullmatch(_MONEY, text[code.end() :] if code else text)
    if not match or (number := amount(match["number"])) is None:
        return None
    named = code[1] if code else (match["sign"] or match["word"] or "").strip()
    if named == "pence":
        number /= 100
    minor = int((number * Decimal(10) ** minor_digits(currency)).quantize(Decimal(1), ROUND_HALF_UP))
    return (minor, _other(named, currency), bool(named)) if minor <= MAX_MINOR else None


def _note(text: str, currency: str) -> tuple[int, str, bool]:
    """ "a tenner", "two fivers": money in the customer's own currency."""
    count, _, word = text.rpartition(" ")
    value = (10 if word.startswith("tenner") else 5) * (1 if count in ("", "a") else small(count))
    return value * 10 ** minor_digits(currency), "", True


def _other(named: str, currency: str) -> str:
    """The currency named, unless the customer's own may be meant."""
    if not named:
        return ""
    stem = named.rstrip("s") if named not in ("francs", "bucks") else named[:-1]
    family = _FAMILIES.get(named) or _FAMILIES.get(stem)
    if family is not None:
        return "" if currency in family else {"$": "USD", "¥": "JPY", "pound": "GBP", "dollar": "USD", "buck": "USD"}.get(stem, stem)
    code = _SIGNS.get(named) or next((code for word, code in _WORDS.items() if re.fullmatch(word, named)), "")
    return "" if code == currency else code
