"""Descriptors as banks print them, and the names that people know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.enrichment.merchants import NAME_MAX, merchant_of


@pytest.mark.parametrize(
    ("description", "merchant"),
    [
        ("SQ *BLUE BOTTLE 123 SAN FRAN CA", "Blue Bottle"),
        ("POS PURCHASE 0412 TESCO STORES 3290", "Tesco"),
        ("AMZN Mktp US*2X4", "Amazon"),
        ("AMAZON.COM*RT4Y7", "Amazon"),
        ("PAYPAL *SPOTIFY", "Spotify"),
        ("KARTENZAHLUNG REWE SAGT DANKE 1234//BERLIN/DE", "REWE"),
        ("PURCHASE AUTHORIZED ON 11/16 SAFEWAY #1234 OAKLAND CA S306320 CARD 9876", "Safeway"),
        ("POS DEBIT TRADER JOE S #123 SEATTLE WA", "Trader Joe's"),
        ("FACTURE CARTE DU 161126 FNAC PARIS CARTE 4974XXXXXXXX1234", "Fnac"),
        ("ACHAT CB CARREFOUR 16.11.26 CARTE NUMERO 123", "Carrefour"),
        ("COMPRA TARJ. 5540XXXXXXXX1234 DIA-BARCELONA", "Dia"),
        ("BEA, Betaalpas Jumbo Zwolle,PAS012 NR:AB1234 16.11.26/16:20 ZWOLLE", "Jumbo"),
        ("SEPA Overboeking IBAN: NL11 Naam: Acme BV Omschrijving: salaris", "Acme"),
        ("VIR SEPA RECU /DE ACME SAS /MOTIF SALAIRE", "Acme"),
        ("Auftraggeber: Netflix International Buchungstext: Netflix Monatsabo Ref. 5A2C", "Netflix"),
        ("BÄCKEREI SCHMIDT GMBH//MUENCHEN/DE 2026-11-02T09:12", "Bäckerei Schmidt"),
        ("PagoBancomat POS Conad Roma Carta N. 1234", "Conad"),
        ("TST* THE GRILL HOUSE", "The Grill House"),
        ("UBER *TRIP HELP.UBER.COM", "Uber"),
        ("GOOGLE *YouTubePremium", "YouTube"),
        ("7-ELEVEN 33412 CHICAGO IL", "7-Eleven"),
        ("JOE'S GARAGE #12 BROOKLYN NY", "Joe's Garage"),
        ("CITY GYM DIRECT DEBIT", "City Gym"),
        ("Transfer to Ana García", "Ana García"),
        ("CARD PAYMENT TO KWIKKY MART ON 12 NOV", "Kwikky Mart"),
        ("LA TAGLIATELLA MADRID ES", "La Tagliatella"),
        ("Corner Bistro", "Corner Bistro"),
        ("HM REVENUE & CUSTOMS", "HMRC"),
        ("THE NEXT GALLERY", "The Next Gallery"),  # Next is a shop only where the text begins
        ("", "Unknown"),
        ("0049 123456789", "Unknown"),
    ],
)
def test_a_descriptor_becomes_a_name(description: str, merchant: str) -> None:
    assert merchant_of(description, None) == merchant


@pytest.mark.parametrize(
    ("description", "counterparty", "merchant"),
    [
        ("Miete Nov", "Hausverwaltung Nord GmbH & Co. KG", "Hausverwaltung Nord"),
        ("SALARY", "ACME LTD", "Acme"),
        ("POS 1234", "Müller & Söhne KG", "Müller & Söhne"),
        ("PP.1234.PP . SPOTIFY, Ihr Einkauf bei SPOTIFY", "PayPal Europe S.a.r.l. et Cie S.C.A", "Spotify"),
        ("SQ *BLUE BOTTLE", "", "Blue Bottle"),
        ("Brood", "Bakkerij Jansen", "Bakkerij Jansen"),
    ],
)
def test_who_the_bank_names_is_preferred(description: str, counterparty: str, merchant: str) -> None:
    assert merchant_of(description, counterparty) == merchant


@pytest.mark.parametrize("tail", ["", " 1234", " #55", " 12/11", " LONDON GB", " REF 998877", " XXXX1234", " 16:20"])
@pytest.mark.parametrize("head", ["", "POS PURCHASE ", "CARD PAYMENT TO ", "SUMUP *", "Lastschrift ", "PAIEMENT CB 1211 "])
def test_one_merchant_has_one_name_whatever_stands_around_it(head: str, tail: str) -> None:
    assert merchant_of(f"{head}KWIKKY MART{tail}", None) == "Kwikky Mart"


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=50)))
def test_a_name_is_never_empty_nor_long(description: str, counterparty: str | None) -> None:
    assert 0 < len(merchant_of(description, counterparty)) <= NAME_MAX
