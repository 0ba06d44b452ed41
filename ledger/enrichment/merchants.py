"""Cleans what a bank prints to the name of a merchant: "SQ *BLUE BOTTLE 123 SAN FRAN CA" is Blue Bottle.

Rules, not a model: what surely is not a name goes (kind of payment, processor, dates, card tails, references, places at the end), known
merchants get one spelling, and what remains is cased like a name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ledger.enrichment.lexicon import merchants, word_list, words_of

NAME_MAX = 80
_DATE = (
    r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|\d{4}-\d{2}-\d{2}|"
    r"\d{1,2} ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* ?(?:\d{2,4})?"
)
_PROCESSOR = re.compile(
    r"^(?:sq|gosq|tst|toast|sp|pp|py|paypal(?: inst xfer)?|izettle|zettle|iz|sumup|sum up|stripe|klarna|cko|fs|fsp|dri|eb|ls|wl|bb|in|"
    r"ic|ps|nyx|sez|ckb|wpy|mollie|adyen|worldpay|google|goog|apl|apple pay|gpay|lpg|clover|square|checkout|shopify|2co|2checkout|bt|d\*|"
    r"mp|mercpago|pag|ec|ppro|payu|cc|ccv|bck|zlr|sxp|nya) ?[*_] ?(?=\S)",
    re.IGNORECASE,
)
_PAYPAL_TEXT = re.compile(
    r"(?:ihr einkauf bei|your purchase at|votre achat chez|su compra en|il tuo acquisto presso|uw aankoop bij)\s+(.+)", re.IGNORECASE
)
_PARTY = re.compile(
    r"(?:\b(?:naam|auftraggeber|empf[aä]nger|beneficiary|b[eé]n[eé]ficiaire|payee|merchant|ordenante|beneficiario|controparte)\s*:"
    r"|(?:^|\s)/?DE\s*:|\sc/o\s|/(?:DE|NAME|BENM//NAME)\s*/?)\s*"
    r"(.+?)(?=\s+(?:buchungstext|omschrijving|description|verwendungszweck|iban|bic|kenmerk|ref|motif|concepto|causale|machtiging|incassant)\b"
    r"|\s*/\s?[A-Z]{3,}|$)",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"(?i)\bnr\.? x{2,}.*|\bcarta n\. .*|\bmcc[ :#]*\d{4}\b"
    r"|\bcard (?:no\.? ?|ending (?:in )?)?[x*]*\d{4}\b.*"
    r"|\b(?:carte|karte|tarjeta|carta|pas|kartennr\.?|pasvolgnr\.?|cb) ?(?:n[°ro]\.? ?|numero )?:?[x*]*\d{3,}\w*.*"
    r"|\b(?:x{2,}|\*{2,}|\.{3,})\d{2,}\b|\[(?:card|iban) \.\.\.\w+\]"
    r"|\b(?:ref(?:erence|erenz)?|mandate?|mref|eref|kref|cred|svwz|trx|txn|auth|id|ppd id|web id|des|indn|co id|tn|nr|no|rechnung|"
    r"invoice|kundennr?|kunden-nr|vertrag|beleg|ticket|kaufumsatz|vk|ct)[.:# ]+[\w/-]*\d[\w/-]*.*"
    r"|//.*|\b\d{4}-\d{2}-\d{2}t\d{2}[:.]\d{2}.*|\bon \d{1,2} [a-z]{3}\b.*"
    r"|\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b|\b\d{1,2}:\d{2}(?::\d{2})?\b"
    r"|\+?\d{3}[-. ]\d{3}[-. ]?\d{4}\b|\b\d{10,}\b|\bhttps?://|\bwww\."
)
_URL = re.compile(
    r"(?i)\b([\w-]+(?:\.[\w-]+)*?)\.(?:com|co\.uk|org|net|de|fr|es|it|nl|be|eu|io|ie|at|ch|pt|us|shop|app|ca|com\.au)\b(?:/\S*)?"
)
_LEGAL = re.compile(
    r"(?i)[\s,]+(?:gmbh(?: & co\.? kg(?:aa)?)?|mbh|ag|kgaa|kg|ohg|e\.? ?v\.?|ug|se|ltd\.?|limited|plc|llp|llc|inc\.?|incorporated|"
    r"corp\.?|co|s\.?a\.?r\.?l\.?|sas|s\.?a\.?s?\.?|s\.?l\.?u?\.?|s\.?p\.?a\.?|s\.?r\.?l\.?|b\.?v\.?|n\.?v\.?|lda\.?|ltda\.?|ab|as|oy|aps|pty|gmb|intl|"
    r"international|dankt|sagt danke?|danke|bill payment|bill pymt|mandato|mandat|factuur|direct debit|"
    r"dd|sto|bgc|vis|clp|contactless|recurring|ach|ppd)$"
)
_DISTRICT = re.compile(r"[a-z]{0,2}\d{1,2}[a-z]?")  # "LONDON SE1", "MARSEILLE 06"
_COUNTRY_AT_END = re.compile(r"/(?=[A-Z]{2,3}$)|(?<=\s)>(?=\w)")  # "MUENCHEN/DE", ">BREDA"
_VOWELS = frozenset("aeiouyäöüéèáíóú")


@cache
def _kind() -> re.Pattern[str]:
    """What stands before a name: kinds of payment, dates, card tails, times."""
    kinds = sorted((kind.replace(" ", "[ ,/.-]+") for kind in word_list("kinds_of_payment")), key=len, reverse=True)
    return re.compile(
        rf"^(?:(?:{'|'.join(kinds)})(?![\w'&])|on (?={_DATE})|(?:{_DATE})(?!\w)|\d{{4}}(?= )|nr\.?(?= )|[xX*]{{2,}}\d{{2,6}}|"
        rf"\d{{2}}:\d{{2}}(?::\d\d)?)[\s,:;./*#-]*",
        re.IGNORECASE,
    )


@lru_cache(maxsize=100_000)
def merchant_of(description: str, counterparty: str | None) -> str:
    """The merchant or person of a movement, never empty. The counterparty that the bank names is better than the text."""
    if counterparty and (name := _party(counterparty, description)):
        return name
    if bought := _PAYPAL_TEXT.search(description):
        return _named(bought[1].partition(",")[0]) or "Unknown"
    if party := _PARTY.search(description):
        return _named(party[1]) or _named(description) or "Unknown"
    return _named(description) or "Unknown"


def _party(counterparty: str, description: str) -> str:
    """A counterparty's name; of one that only handles payments, the name of whom it paid."""
    lowered = counterparty.casefold()
    if lowered.startswith(tuple(word_list("payment_handlers"))):
        if found := _PAYPAL_TEXT.search(description):
            return _named(found[1].partition(",")[0])
        if _PROCESSOR.match(description):
            return _named(description)
    return _named(counterparty)


def _named(text: str) -> str:
    known = _known(text)
    if known:
        return known
    stripped = _without_kind(text)
    stripped = _PROCESSOR.sub("", stripped)
    stripped = _split_at_star(stripped)
    if known := _known(stripped):
        return known
    name = _without_tail(stripped) or _without_tail(text)
    return _known(name) or _cased(name)[:NAME_MAX].strip()


def _known(text: str) -> str | None:
    """The known merchant that the text names; where it begins counts most."""
    return next((found.meaning for found in merchants().find(words_of(text))), None)


def _without_kind(text: str) -> str:
    for _ in range(5):
        shorter = _kind().sub("", text.lstrip(" '\"*,.-/"), count=1)
        if shorter == text or len(shorter) < 2:
            return text
        text = shorter
    return text


def _split_at_star(text: str) -> str:
    head, star, tail = text.partition("*")
    if not star:
        return text
    return head if len(words_of(head)) and len(head.strip()) > 2 else tail


def _without_tail(text: str) -> str:
    """The text up to where numbers, references and places begin."""
    text = _NOISE.sub(" ", _URL.sub(r"\1", text))
    text = _COUNTRY_AT_END.sub(" ", text.strip())
    tokens = re.split(r"[\s,;|]+", text.replace("_", " ").strip(" ,;:-/*#.'\""))
    kept: list[str] = []
    for token in tokens:
        bare = token.strip("#()[].:'\"-/")
        digits = sum(char.isdigit() for char in bare)
        if kept and (digits >= 3 or token.startswith("#")):
            break
        if not bare or (digits and digits >= 3) or (len(bare) > 12 and digits > 2):
            continue
        kept.append(token.strip('()[]:"/'))
    name = _without_place([token for token in kept if token])
    for _ in range(2):
        name = _LEGAL.sub("", name)
    return name.strip(" ,;:-/*#.&")


def _without_place(tokens: list[str]) -> str:
    plain = [token.casefold().strip(".,") for token in tokens]
    while len(tokens) > 1 and plain[-1] in word_list("countries_and_states") and (len(plain[-1]) > 2 or tokens[-1].isupper()):
        tokens, plain = tokens[:-1], plain[:-1]
    if len(tokens) > 2 and plain[-2] in word_list("places") and _DISTRICT.fullmatch(plain[-1]):
        tokens, plain = tokens[:-1], plain[:-1]
    head, hyphen, place = plain[-1].rpartition("-") if plain else ("", "", "")
    if hyphen and head and place in word_list("places"):
        return " ".join([*tokens[:-1], tokens[-1][: len(head)]])
    for length in (2, 1):
        rest = plain[:-length]
        if rest and rest[-1] not in word_list("small_words") and " ".join(plain[-length:]) in word_list("places"):
            return " ".join(tokens[:-length])
    return " ".join(tokens)


def _cased(name: str) -> str:
    """A name in capitals or small letters throughout gets the case of a name; a mixed one keeps its own."""
    if not (name.isupper() or name.islower()):
        return name[:1].upper() + name[1:]
    return " ".join(_cased_word(word, index) for index, word in enumerate(name.split()))


def _cased_word(word: str, index: int) -> str:
    lowered = word.lower()
    if lowered in word_list("capitals") or (len(lowered) <= 4 and lowered.isalpha() and _VOWELS.isdisjoint(lowered)):
        return word.upper()
    if index and lowered in word_list("small_words"):
        return lowered
    return "-".join(part[:1].upper() + part[1:] for part in lowered.split("-"))
