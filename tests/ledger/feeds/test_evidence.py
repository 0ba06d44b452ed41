"""What a file proves is used; what it does not prove is asked, and the answer settles it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.feeds.csv_file import parse_csv
from ledger.feeds.rows import ParsedFile

TODAY = date(2026, 11, 21)


def parse(text: str, *, currency: str = "EUR", kind: str = "checking", **mapping: Any) -> ParsedFile:
    return parse_csv(text.encode(), currency=currency, account_kind=kind, mapping=mapping or None, today=TODAY)


def codes(parsed: ParsedFile) -> list[str]:
    return [question.code for question in parsed.questions]


def days(parsed: ParsedFile) -> list[str]:
    return [row.booked_on.isoformat() for row in parsed.rows]


def amounts(parsed: ParsedFile) -> list[int]:
    return [row.amount_minor for row in parsed.rows]


AMBIGUOUS_DATES = "Date,Description,Amount\n03/04/2026,Shop,-12.00\n05/06/2026,Other,-3.50\n07/08/2026,Third,-4.50\n"


def test_an_ambiguous_date_is_asked() -> None:
    parsed = parse(AMBIGUOUS_DATES, currency="USD")
    assert codes(parsed) == ["date_order_is_ambiguous"]
    assert parsed.rows == ()
    assert [choice.label for choice in parsed.questions[0].choices] == ["03/04/2026 is 3 April 2026", "03/04/2026 is 4 March 2026"]


def test_each_choice_settles_its_question() -> None:
    readings = [parse(AMBIGUOUS_DATES, currency="USD", **choice.mapping_patch) for choice in parse(AMBIGUOUS_DATES).questions[0].choices]
    assert [days(parsed)[0] for parsed in readings] == ["2026-04-03", "2026-03-04"]
    assert [codes(parsed) for parsed in readings] == [[], []]


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        ("a day over twelve", "Date,Description,Amount\n03/04/2026,Shop,-1.00\n25/04/2026,Shop,-1.00\n"),
        ("a month that lies in the future", "Date,Description,Amount\n03/04/2026,Shop,-1.00\n12/04/2026,Shop,-1.00\n"),
        (
            "the order of the rows",
            "Date,Description,Amount\n01/04/2026,A,-1.00\n03/04/2026,B,-1.00\n02/05/2026,C,-1.00\n01/06/2026,D,-1.00\n04/06/2026,E,-1.00\n",
        ),
        ("a second date", "Date,Value Date,Description,Amount\n03/04/2026,2026-04-03,A,-1.00\n05/04/2026,2026-04-06,B,-1.00\n"),
        ("points between the numbers", "Date;Description;Amount\n03.04.2026;A;-1.00\n05.04.2026;B;-1.00\n"),
        ("headers that are not English", "Data,Descrizione,Importo\n03/04/2026,A,-1.00\n05/04/2026,B,-1.00\n"),
    ],
)
def test_evidence_for_the_day_first(evidence: str, text: str) -> None:
    parsed = parse(text)
    assert not parsed.questions, evidence
    assert {"2026-04-03", "2026-04-01"} & set(days(parsed)), evidence


def test_a_date_that_reads_alike_both_ways_is_not_asked() -> None:
    assert days(parse("Date,Description,Amount\n05/05/2026,A,-1.00\n06/06/2026,B,-2.00\n")) == ["2026-05-05", "2026-06-06"]


def test_a_two_digit_year_is_of_this_century_and_not_the_day() -> None:
    assert days(parse("Date,Description,Amount\n26-01-13,A,-1.00\n26-01-14,B,-2.00\n")) == ["2026-01-13", "2026-01-14"]


@pytest.mark.parametrize("mark", [",", "."])
def test_an_ambiguous_decimal_mark_is_asked(mark: str) -> None:
    text = f"Date;Description;Amount\n2026-01-13;A;-1{mark}234\n2026-01-14;B;2{mark}500\n"
    parsed = parse(text)
    assert codes(parsed) == ["decimal_mark_is_ambiguous"]
    assert amounts(parse(text, decimal="." if mark == "," else ",")) == [-123400, 250000]


def test_one_plain_amount_proves_the_mark_for_all() -> None:
    assert amounts(parse("Date;Text;Betrag\n2026-01-13;A;-1.234\n2026-01-14;B;2,50\n")) == [-123400, 250]


def test_the_balance_column_proves_the_mark() -> None:
    assert amounts(parse('Date,Text,Amount,Balance\n2026-01-13,A,"1,234","1,234.50"\n2026-01-14,B,"2,000","3,234.50"\n')) == [
        123400,
        200000,
    ]


def test_a_currency_without_minor_digits_needs_no_question() -> None:
    assert amounts(parse("Date;Text;Amount\n2026-01-13;A;-1,234\n2026-01-14;B;2,500\n", currency="JPY")) == [-1234, 2500]


def test_a_currency_with_three_digits_is_asked_too() -> None:
    text = "Date;Text;Amount\n2026-01-13;A;-1.234\n2026-01-14;B;2.500\n"
    assert codes(parse(text, currency="KWD")) == ["decimal_mark_is_ambiguous"]
    assert amounts(parse(text, currency="KWD", decimal=".")) == [-1234, 2500]


UNSIGNED = "Date,Description,Amount\n2026-01-13,Shop,12.00\n2026-01-14,Other,3.50\n"


@pytest.mark.parametrize("kind", ["checking", "card", "savings", "cash"])
def test_amounts_without_a_direction_are_asked(kind: str) -> None:
    assert codes(parse(UNSIGNED, kind=kind)) == ["sign_is_ambiguous"]
    assert amounts(parse(UNSIGNED, kind=kind, sign="inverted")) == [-1200, -350]
    assert amounts(parse(UNSIGNED, kind=kind, sign="as_is")) == [1200, 350]


@pytest.mark.parametrize(
    ("evidence", "kind", "text", "expected"),
    [
        ("a falling balance", "checking", "Date,Text,Amount,Balance\n2026-01-13,A,12.00,88.00\n2026-01-14,B,3.50,84.50\n", [-1200, -350]),
        ("a rising balance", "savings", "Date,Text,Amount,Balance\n2026-01-13,A,12.00,88.00\n2026-01-14,B,3.50,91.50\n", [1200, 350]),
        ("minus is in", "checking", "Date,Text,Amount,Balance\n2026-01-13,A,12.00,88.00\n2026-01-14,B,-3.50,91.50\n", [-1200, 350]),
        ("explicit plus", "checking", "Date,Text,Amount\n2026-01-13,A,+12.00\n2026-01-14,B,+3.50\n", [1200, 350]),
        ("marked credits", "card", "Date,Text,Amount\n2026-01-13,Shop,12.00\n2026-01-14,Paid,3.50 CR\n", [-1200, 350]),
        ("marked debits", "checking", "Date,Text,Amount\n2026-01-13,Shop,12.00 DR\n2026-01-14,Paid,3.50\n", [-1200, 350]),
        ("a column of marks", "checking", "Date,Text,Amount,D/C\n2026-01-13,Shop,12.00,D\n2026-01-14,Paid,3.50,C\n", [-1200, 350]),
        ("German marks", "checking", "Datum;Text;Betrag;Soll/Haben\n13.01.2026;Laden;12,00;S\n14.01.2026;Lohn;3,50;H\n", [-1200, 350]),
        ("ISO marks", "checking", "Date,Text,Amount,Mark\n2026-01-13,Shop,12.00,DBIT\n2026-01-14,Paid,3.50,CRDT\n", [-1200, 350]),
        ("a pay-off", "card", "Date,Text,Amount\n2026-01-13,Shop,12.00\n2026-01-14,PAYMENT - THANK YOU,-3.50\n", [-1200, 350]),
        ("a pay-off upward", "card", "Date,Text,Amount\n2026-01-13,Shop,-12.00\n2026-01-14,PAYMENT - THANK YOU,3.50\n", [-1200, 350]),
        ("brackets", "checking", "Date,Text,Amount\n2026-01-13,Shop,(12.00)\n2026-01-14,Paid,3.50\n", [-1200, 350]),
        ("trailing minus", "checking", "Date,Text,Amount\n2026-01-13,Shop,12.00-\n2026-01-14,Paid,3.50\n", [-1200, 350]),
        ("unicode minus", "checking", "Date,Text,Amount\n2026-01-13,Shop,−12.00\n2026-01-14,Paid,3.50\n", [-1200, 350]),
        ("only money out", "checking", "Date,Text,Money out\n2026-01-13,Shop,12.00\n2026-01-14,Other,3.50\n", [-1200, -350]),
    ],
)  # fmt: skip
def test_evidence_for_the_direction(evidence: str, kind: str, text: str, expected: list[int]) -> None:
    parsed = parse(text, kind=kind)
    assert not parsed.questions, evidence
    assert amounts(parsed) == expected, evidence


def test_a_card_whose_amounts_go_both_ways_for_no_visible_reason_is_asked() -> None:
    assert codes(parse("Date,Text,Amount\n2026-01-13,Shop,12.00\n2026-01-14,Other,-3.50\n", kind="card")) == ["sign_is_ambiguous"]


def test_what_is_owed_on_a_card_closes_negative() -> None:
    parsed = parse("Date,Text,Amount,Balance\n2026-01-13,Shop,12.00,112.00\n2026-01-14,Other,3.50,115.50\n", kind="card")
    assert amounts(parsed) == [-1200, -350]
    assert parsed.closing == (date(2026, 1, 14), -11550)
    assert parsed.opening == (date(2026, 1, 13), -10000)


def test_rows_of_one_day_are_put_in_order_by_the_balance() -> None:
    newest_first = "Date,Text,Amount,Balance\n2026-01-13,C,-1.00,97.00\n2026-01-13,B,-3.00,98.00\n2026-01-13,A,1.00,101.00\n"
    parsed = parse(newest_first)
    assert [row.description for row in parsed.rows] == ["A", "B", "C"]
    assert parsed.closing == (date(2026, 1, 13), 9700)


def test_a_balance_that_does_not_follow_proves_nothing() -> None:
    parsed = parse("Date,Text,Amount,Balance\n2026-01-13,A,-1.00,5.00\n2026-01-14,B,-3.00,77.00\n2026-01-15,C,-3.00,1.00\n")
    assert amounts(parsed) == [-100, -300, -300]
    assert parsed.closing is None
    assert [row.balance_minor for row in parsed.rows] == [None, None, None]


def test_a_balance_printed_once_a_day_still_closes() -> None:
    parsed = parse(
        "Date,Text,Amount,Balance\n2026-01-13,A,-1.00,\n2026-01-13,B,-3.00,96.00\n2026-01-14,C,-2.00,\n2026-01-14,D,-4.00,90.00\n"
    )
    assert parsed.opening == (date(2026, 1, 13), 10000)
    assert parsed.closing == (date(2026, 1, 14), 9000)


def test_a_file_of_two_accounts_is_asked_about() -> None:
    text = "Date,Account,Text,Amount\n2026-01-13,Joint,A,-1.00\n2026-01-13,Mine,B,-3.00\n2026-01-14,Joint,C,-2.00\n2026-01-14,Mine,D,4.00\n"
    question = parse(text).questions[0]
    assert question.code == "file_has_several_accounts"
    assert [choice.label for choice in question.choices] == ["Joint", "Mine", "All of them are one account"]
    assert [amounts(parse(text, **choice.mapping_patch)) for choice in question.choices] == [
        [-100, -200],
        [-300, 400],
        [-100, -300, -200, 400],
    ]


def test_all_that_is_unclear_is_asked_at_once() -> None:
    parsed = parse('Date,Description,Amount\n03/04/2026,Shop,"1,200"\n05/06/2026,Other,"3,500"\n')
    assert codes(parsed) == ["date_order_is_ambiguous", "decimal_mark_is_ambiguous", "sign_is_ambiguous"]


def test_a_column_that_cannot_be_found_is_asked() -> None:
    parsed = parse("Quand;Quoi;Combien;Reste\n13.01.2026;A;12,00;40,00\n14.01.2026;B;3,00;40,00\n")
    assert codes(parsed) == ["column_is_unknown"]
    assert parsed.questions[0].field == "amount"
    assert {choice.label for choice in parsed.questions[0].choices} == {"Quand", "Quoi", "Combien", "Reste"}
