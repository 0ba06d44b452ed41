"""Prints merchants as banks do: capitals, store numbers, cities, card digits, dates, processors, the words around a payment, by country.

Deterministic: the same generator of numbers gives the same texts. Places, surnames and formats are made up or common.
"""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from random import Random
from uuid import UUID

from ledger.enrichment import FactToEnrich

CITIES = {
    "us": "SEATTLE WA|BROOKLYN NY|AUSTIN TX|CHICAGO IL|PORTLAND OR|MIAMI FL|DENVER CO|OAKLAND CA|BOSTON MA|ATLANTA GA",
    "uk": "LONDON GB|LEEDS|MANCHESTER|BRISTOL GB|GLASGOW|YORK|CARDIFF GB|LONDON SE1|BRIGHTON|OXFORD GBR",
    "de": "BERLIN|MUENCHEN/DE|HAMBURG DE|KOELN|LEIPZIG/DE|STUTTGART|BONN|DRESDEN/DE|FRANKFURT|BREMEN",
    "fr": "PARIS|LYON|75011 PARIS|TOULOUSE|LILLE FR|NANTES|BORDEAUX|MARSEILLE 06|RENNES|NICE FR",
    "es": "MADRID|BARCELONA ES|SEVILLA|VALENCIA|BILBAO|MALAGA ES|ZARAGOZA|GRANADA|MURCIA|ALICANTE",
    "it": "MILANO|ROMA ITA|TORINO|NAPOLI|BOLOGNA IT|FIRENZE|VERONA|GENOVA|PALERMO|BARI ITA",
    "nl": "AMSTERDAM|UTRECHT NLD|ROTTERDAM|DEN HAAG|ZWOLLE|GRONINGEN NL|EINDHOVEN|LEIDEN|HAARLEM|BREDA",
}
FORMATS = {
    "us": "{n} {c}|POS PURCHASE {n} {s} {c}|PURCHASE AUTHORIZED ON {d} {n} {c} S{r} CARD {k}|DEBIT CARD PURCHASE {n} {s}|SQ *{n} {c}|"
    "TST* {n}|PAYPAL *{n}|{n} {s}|CHECKCARD {d} {n} {c}|ACH DEBIT {n} PPD ID: {r}|{n} BILL PAYMENT|RECURRING PAYMENT {n}",
    "uk": "{n} {c}|CARD PAYMENT TO {n} ON {d}|{n} {s} {c}|VISA DEBIT {n}|DIRECT DEBIT {n} REF {r}|CONTACTLESS {n} {c}|SUMUP *{n}|"
    "IZ *{n} {c}|{n} DD|PAYPAL *{n}|BILL PAYMENT TO {n}|POS {n} {s}|ZETTLE_*{n}",
    "de": "{n}//{c}|KARTENZAHLUNG {n} SAGT DANKE {s}//{c}|LASTSCHRIFT {n} MREF {r}|{n} {s}|SEPA-BASISLASTSCHRIFT {n} EREF+{r}|"
    "VISA {n} NR XXXX {k} {c} KAUFUMSATZ {d}|GIROCARD {n} {c}|SumUp *{n}|PP.{r}.PP . {n}, Ihr Einkauf bei {n}|{n} {c}|DAUERAUFTRAG {n}",
    "fr": "CB {n} {d}|PAIEMENT CB {d} {n} {c}|ACHAT CB {n} {d} CARTE NUMERO {k}|PRLV SEPA {n} REF {r}|CARTE {d} {n} {c}|{n} {c}|"
    "FACTURE CARTE DU {d} {n} CARTE 4974XXXXXXXX{k}|VIR SEPA {n}|PAYPAL *{n}|SUMUP *{n} {c}|PRELEVEMENT {n}",
    "es": "COMPRA TARJ. 5540XXXXXXXX{k} {n}-{c}|PAGO CON TARJETA EN {n} {c}|RECIBO {n} {r}|{n} {c}|COMPRA {n} {s}|ADEUDO {n}|"
    "PAGO MOVIL EN {n}|TRANSFERENCIA A {n}|PAYPAL *{n}|Compra {n}, {c}, Tarjeta {k}",
    "it": "PAGAMENTO POS {n} {c} CARTA {k}|PagoBancomat POS {n} {c} Carta N. {k}|ADDEBITO SDD {n} MANDATO {r}|{n} {c}|{n} {s}|"
    "PAGAMENTO CARTA {d} {n}|BONIFICO A FAVORE {n}|PAYPAL *{n}|SUMUP *{n}|Operazione Mastercard del {d} c/o {n}",
    "nl": "BEA, Betaalpas {n},PAS{k} NR:{r} {d} {c}|{n} {c}|SEPA Incasso IBAN: NL11 Naam: {n} Omschrijving: factuur {r}|{n} {s} {c}|"
    "iDEAL {n} {r}|BCK*{n}|CCV*{n} {c}|Naam: {n} Omschrijving: {r}|GEA, Betaalpas {n} {c}|PAYPAL *{n}|{n} >{c} {d}",
}
# The usual size of a payment as a power of two of minor units, and whether it is often round.
SIZES = {
    "Groceries": (12, 0), "Eating out": (11, 1), "Coffee": (9, 0), "Rent": (17, 2), "Mortgage": (17, 0), "Utilities": (13, 0),
    "Internet & phone": (12, 0), "Insurance": (13, 0), "Transport": (10, 0), "Fuel": (12, 1), "Car": (12, 0), "Travel": (14, 0),
    "Shopping": (12, 0), "Clothing": (13, 0), "Electronics": (14, 0), "Home": (13, 0), "Health": (13, 1), "Pharmacy": (11, 0),
    "Fitness": (12, 0), "Entertainment": (12, 1), "Subscriptions": (11, 0), "Education": (14, 1), "Children": (13, 0), "Pets": (12, 0),
    "Gifts & donations": (12, 2), "Personal care": (12, 1), "Fees": (9, 0), "Taxes": (15, 0), "Loan": (14, 0), "Cash": (13, 3),
    "Interest paid": (10, 0),
}  # fmt: skip
CODES = {
    "Groceries": "5411 5422 5499", "Eating out": "5812 5814 5813", "Coffee": "5814 5812", "Utilities": "4900",
    "Internet & phone": "4814 4899", "Insurance": "6300", "Transport": "4111 4121 4131", "Fuel": "5541 5542", "Car": "7538 7523 5533",
    "Travel": "7011 4511 4722", "Shopping": "5311 5331 5399", "Clothing": "5651 5661", "Electronics": "5732 5734",
    "Home": "5712 5200 5251", "Health": "8011 8021 8043", "Pharmacy": "5912", "Fitness": "7997", "Entertainment": "7832 7922 7991",
    "Education": "8220 8299", "Children": "5641 5945", "Pets": "5995 0742", "Personal care": "7230 5977", "Cash": "6011",
    "Gifts & donations": "8398 5992", "Taxes": "9311",
}  # fmt: skip
_FIRST = date(2026, 1, 5)


def printed(name: str, country: str, rng: Random) -> str:
    """One descriptor of a merchant, as a bank of that country may print it."""
    shown = _plain(name, country) if rng.randrange(10) < 8 else name
    if rng.randrange(10) < 7:
        shown = shown.upper()
    if rng.randrange(10) < 2:
        shown = shown[: rng.randrange(16, 25)].strip()
    day = _FIRST + timedelta(days=rng.randrange(300))
    return rng.choice(FORMATS[country].split("|")).format(
        n=shown,
        c=rng.choice(CITIES[country].split("|")),
        s=rng.choice(("#{}", "{}", "NO {}", "STORE {}", "{}-1")).format(rng.randrange(100, 9999)),
        d=rng.choice((day.strftime("%d.%m.%y"), day.strftime("%d/%m"), day.strftime("%d%m%y"), day.strftime("%m/%d"))),
        k=rng.randrange(1000, 9999),
        r=rng.randrange(10**6, 10**9),
    )


def _plain(name: str, country: str) -> str:
    """Without accents; in German with the letters that stand for them."""
    if country == "de":
        for accented, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")):
            name = name.replace(accented, plain)
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


def fact_of(name: str, country: str, category: str, rng: Random) -> FactToEnrich:
    """A payment at a merchant: a descriptor, sometimes with the merchant named by the bank or its code, and a likely amount."""
    description, counterparty = printed(name, country, rng), None
    if rng.randrange(10) < 2:
        counterparty, description = name, rng.choice((description, "Card payment", f"REF {rng.randrange(10**8)}"))
    if category in CODES and rng.randrange(20) == 0:
        description += f" MCC {rng.choice(CODES[category].split())}"
    bits, roundness = SIZES[category]
    bits = max(bits + rng.choice((-2, -1, -1, 0, 0, 0, 0, 1, 1, 2)) + (3 if rng.randrange(12) == 0 else 0), 5)
    amount = rng.randrange(1 << (bits - 1), 1 << bits)
    if rng.randrange(4) < roundness and amount > 1000:
        amount -= amount % 1000 if roundness > 1 else amount % 100
    return FactToEnrich(
        id=UUID(int=rng.getrandbits(128)),
        account_id=UUID(int=1),
        account_kind=rng.choice(("checking", "card")),
        booked_on=_FIRST + timedelta(days=rng.randrange(300)),
        amount_minor=-amount,
        description=description,
        counterparty=counterparty,
    )
