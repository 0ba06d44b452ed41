"""The words of banks: names of columns by role and language (csv_names.yaml), marks of direction and of state, summary lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import yaml

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNIT = re.compile(r"\b(?:(?:in|en|em) )?(eur|usd|gbp|chf|cad|aud|nzd|sek|nok|dkk|pln|czk|huf|jpy|inr|brl|mxn|zar|sgd|hkd|euro|euros)\b")
_OTHER = re.compile(r"[^a-z]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A header with one of these words is no amount of the account's own currency, whatever else it says.
FOREIGN = _words(
    """foreign original local fremdwahrung ursprungsbetrag ursprungswahrung fx oorspr oorspronkelijk instructed originale d_origine
    origine fees auslagenersatz exchange rate kurs wechselkurs koers cambio tax vat mwst iva tip cashback points rewards"""
)


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = yaml.safe_load((Path(__file__).parent / "csv_names.yaml").read_text("utf-8"))
    return table


@lru_cache(maxsize=10_000)
def plain_header(name: str) -> str:
    """A header in lower case without accents, digits, marks and currency codes: "Betrag (€)" and "BETRAG in EUR:" compare equal enough."""
    spaced = _CAMEL.sub(" ", name).casefold().replace("ß", "ss")
    plain = "".join(char for char in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(char))
    for long, short in (("ae", "a"), ("oe", "o"), ("ue", "u")):  # Empfaenger and Empfänger
        plain = plain.replace(long, short)
    plain = _OTHER.sub(" ", plain)
    return " ".join(_UNIT.sub(" ", plain).split())


@cache
def names_of(role: str) -> dict[str, int]:
    """Every name of a role with its rank, the best being 0."""
    ranks: dict[str, int] = {}
    for names in _table()[role].values():
        for rank, name in enumerate(names):
            plain = plain_header(name)
            ranks[plain] = min(rank, ranks.get(plain, rank))
    return ranks


def is_name(header: str) -> bool:
    """Whether a plain header is the name of some role."""
    return bool(_languages(header))


@cache
def roles() -> tuple[str, ...]:
    return tuple(_table())


def speaks_english(headers: Sequence[str]) -> bool:
    """Whether the headers may be English: no more of the known ones are foreign to English than belong to it."""
    foreign = native = 0
    for header in headers:
        languages = _languages(plain_header(header))
        native += languages == {"en"}
        foreign += bool(languages) and "en" not in languages
    return foreign <= native


@cache
def _languages(header: str) -> frozenset[str]:
    return frozenset(
        language
        for by_language in _table().values()
        for language, names in by_language.items()
        if any(header == plain_header(name) for name in names)
    )


CREDIT_MARKS = _words(
    """c cr credit crdt credito credits h haben bij in + gutschrift abono accredito deposit income kredit inflow entrada entrata entree
    recette einnahme eingang ingreso avere money_in credit_transaction"""
)
DEBIT_MARKS = _words(
    """d dr debit dbit debito debits s soll af debet out - lastschrift belastung cargo addebito withdrawal expense outflow salida uscita
    sortie depense ausgabe ausgang gasto dare money_out debit_transaction"""
)
BOOKED = _words(
    """booked posted completed complete settled cleared reconciled gebucht umsatz_gebucht abgeschlossen comptabilise termine
    contabilizado completado contabilizzato eseguito geboekt verwerkt concluido efetuado executed success successful done paid"""
)
NOT_BOOKED = _words(
    """pending reverted declined failed cancelled canceled authorised authorized processing uncleared vorgemerkt umsatz_vorgemerkt
    offen ausstehend abgelehnt storniert en_attente en_cours refuse annule pendiente rechazado cancelado in_sospeso rifiutato
    annullato in_attesa in_behandeling geweigerd pendente recusado denied refused blocked expired voided not_posted temporary_hold
    non_contabilizzato"""
)
SUMMARY = re.compile(
    r"^(?:(?:grand |sub)?(?:total|totals|totale|totaal)|summe|gesamt|gesamtsumme|saldo|kontostand|balance|solde|sum|endsaldo|anfangssaldo|"
    r"opening|closing|beginning|ending|starting|brought|carried|neuer|alter|report|previous|nouveau|ancien|eindsaldo|beginsaldo|page|seite|"
    r"end of|ende der|fin de|generated|printed|erstellt|disclaimer|note:|hinweis)\b|^\*+|^[-=]{3,}$",
    re.IGNORECASE,
)


def mark_of(cell: str) -> str:
    """A cell of one or few words as it stands in the sets above."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", cell.casefold()) if not unicodedata.combining(char))
    return "_".join(plain.replace("/", " ").split())
