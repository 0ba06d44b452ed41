"""The flow and the category of facts that stand alone."""

from __future__ import annotations

import pytest

from ledger.enrichment import CATEGORIES
from ledger.enrichment.lexicon import categories_of_merchants, category_words
from tests.ledger.enrichment.household import fact, flows, thought_of


@pytest.mark.parametrize(
    ("account", "amount", "description", "flow", "category"),
    [
        ("checking", "-45.10", "TESCO STORES 3290", "spending", "Groceries"),
        ("card", "-6.75", "SQ *BLUE BOTTLE COFFEE", "spending", "Coffee"),
        ("checking", "-38.80", "VISA EDEKA NR XXXX 1234 KAUFUMSATZ", "spending", "Groceries"),
        ("checking", "-700", "Miete November", "spending", "Rent"),
        ("checking", "-700", "PRLV SEPA AGENCE IMMO LOYER", "spending", "Rent"),
        ("checking", "-700", "ALQUILER PISO", "spending", "Rent"),
        ("checking", "-68.72", "STADTWERKE MUSTERSTADT ABSCHLAG STROM", "spending", "Utilities"),
        ("checking", "-12", "APOTHEKE AM MARKT", "spending", "Pharmacy"),
        ("checking", "-30", "Farmacia Central", "spending", "Pharmacy"),
        ("checking", "-55", "SHELL OIL 57442", "spending", "Fuel"),
        ("checking", "-1200", "MORTGAGE PAYMENT FIRST BANK", "spending", "Mortgage"),
        ("checking", "-200", "GELDAUTOMAT BERLIN", "spending", "Cash"),
        ("checking", "-200", "RETRAIT DAB 12/11 PARIS", "spending", "Cash"),
        ("checking", "-5", "MONTHLY SERVICE FEE", "spending", "Fees"),
        ("checking", "-5", "Kontoführungsgebühr", "spending", "Fees"),
        ("checking", "-9.99", "NETFLIX.COM", "spending", "Subscriptions"),
        ("checking", "-20", "ZORBLAX 12", "spending", "Uncategorised"),
        ("checking", "2100", "ACME CORP PAYROLL", "income", "Salary"),
        ("checking", "1500", "LOHN GEHALT 11/26", "income", "Salary"),
        ("checking", "1500", "NOMINA ACME", "income", "Salary"),
        ("savings", "4.12", "Interest Paid", "income", "Interest"),
        ("checking", "1.20", "Zinsen", "income", "Interest"),
        ("checking", "15", "Ana García", "income", "Other income"),
        ("checking", "-20", "Transfer to Ana García", "spending", "Uncategorised"),
        ("checking", "-20", "Überweisung an Max Muster", "spending", "Uncategorised"),
        ("checking", "-500", "ONLINE TRANSFER TO SAV ...1234", "transfer", "Transfer"),
        ("checking", "-500", "Dauerauftrag Sparkonto", "transfer", "Transfer"),
        ("checking", "-500", "VIREMENT VERS LIVRET A", "transfer", "Transfer"),
        ("checking", "-500", "TRASPASO A CUENTA AHORRO", "transfer", "Transfer"),
        ("checking", "-500", "GIROCONTO SU CONTO DEPOSITO", "transfer", "Transfer"),
        ("checking", "-500", "Naar Oranje Spaarrekening", "transfer", "Transfer"),
        ("checking", "-310.25", "CHASE CREDIT CRD AUTOPAY", "transfer", "Transfer"),
        ("checking", "-310.25", "KREDITKARTENABRECHNUNG", "transfer", "Transfer"),
        ("card", "310.25", "Payment Thank You-Mobile", "transfer", "Transfer"),
        ("card", "310.25", "LASTSCHRIFT", "transfer", "Transfer"),
        ("card", "25", "TARGET 00012345", "refund", "Shopping"),
        ("card", "25", "MERCHANDISE RETURN ZORBLAX", "refund", "Uncategorised"),
        ("card", "5", "CASHBACK REWARD", "income", "Cashback"),
        ("checking", "25", "ZALANDO RÜCKERSTATTUNG", "refund", "Clothing"),
        ("checking", "80", "IRS TREAS TAX REF", "income", "Taxes"),
        ("checking", "-100", "VANGUARD BUY INVESTMENT", "investment", "Investments"),
        ("checking", "-100", "SCALABLE CAPITAL ETF SPARPLAN", "investment", "Investments"),
        ("brokerage", "-100", "BUY 2 ACME ETF", "investment", "Investments"),
        ("brokerage", "12", "DIVIDEND ACME", "income", "Dividends"),
        ("brokerage", "500", "ACH DEPOSIT", "transfer", "Transfer"),
        ("brokerage", "-4.95", "COMMISSION FEE", "spending", "Fees"),
        ("checking", "5000", "PERSONAL LOAN DEPOSIT", "loan", "Loan"),
        ("checking", "-250", "AUTO LOAN PAYMENT", "spending", "Loan"),
        ("checking", "1000", "Starting Balance", "transfer", "Transfer"),
        ("checking", "-40", "HOME DEPOT 1234", "spending", "Home"),
        ("checking", "-40", "BEST BUY 00123", "spending", "Electronics"),
    ],
)
def test_what_a_fact_is(account: str, amount: str, description: str, flow: str, category: str) -> None:
    found = thought_of(fact(account, amount, description))[0]
    assert (found.flow, found.category) == (flow, category)
    assert found.category_source == ("none" if category in ("Uncategorised", "Other income") else "table")


@pytest.mark.parametrize(
    ("account", "amount", "category", "flow"),
    [
        ("checking", "-5", "Groceries", "spending"),
        ("checking", "-5", "Lebensmittel", "spending"),
        ("checking", "-5", "Transfer", "transfer"),
        ("checking", "5", "Umbuchung", "transfer"),
        ("checking", "-5", "Virement interne", "transfer"),
        ("checking", "-5", "Traspasos", "transfer"),
        ("checking", "-5", "Giroconto", "transfer"),
        ("card", "5", "Credit Card Payment", "transfer"),
        ("checking", "-5", "Investments", "investment"),
        ("checking", "5", "Income", "income"),
        ("checking", "5", "Gehalt", "income"),
        ("checking", "5", "Shopping", "refund"),
        ("checking", "5", "Other", "income"),
        ("checking", "-5", "General", "spending"),
    ],
)
def test_the_category_of_the_file_tells_the_flow_and_is_kept(account: str, amount: str, category: str, flow: str) -> None:
    found = thought_of(fact(account, amount, "ZORBLAX", category=f" {category} "))[0]
    assert (found.category, found.category_source, found.flow) == (category, "file", flow)


def test_the_file_is_right_even_where_the_words_say_otherwise() -> None:
    assert flows(fact("checking", "-5", "Transfer to savings", category="Groceries")) == ["spending"]


def test_the_category_of_the_file_stands_above_the_merchant() -> None:
    found = thought_of(fact("checking", "-5", "TESCO STORES", category="Party  supplies "))[0]
    assert (found.merchant, found.category, found.category_source) == ("Tesco", "Party supplies", "file")


def test_an_empty_category_says_nothing() -> None:
    found = thought_of(fact("checking", "-5", "TESCO", category="Uncategorized"))[0]
    assert (found.category, found.category_source) == ("Groceries", "table")


def test_every_category_of_the_tables_is_canonical() -> None:
    assert set(categories_of_merchants().values()) <= set(CATEGORIES)
    assert {found.meaning for word in ("rent", "apotheke", "atm") for found in category_words().find((word,))} <= set(CATEGORIES)


def test_a_category_of_the_file_through_which_money_only_comes_in_means_income_in_any_language() -> None:
    letters = [fact("checking", "400", "AIRBNB PAYOUT", on=day, category="Nebeneinkünfte") for day in (3, 33)]
    stays = [fact("checking", "-900", "AIRBNB", on=day, category="Ferien") for day in (1, 30)]
    assert flows(*stays, *letters) == ["spending", "spending", "income", "income"]


def test_a_category_that_is_also_spent_on_keeps_its_refunds() -> None:
    bought = [fact("card", "-40", f"SHOP {day}", on=day, category="Kläder") for day in (1, 2, 3)]
    back = [fact("card", "40", f"SHOP {day} ÅTERBETALNING", on=day + 9, category="Kläder") for day in (1, 2)]
    assert flows(*bought, *back) == ["spending"] * 3 + ["refund"] * 2
