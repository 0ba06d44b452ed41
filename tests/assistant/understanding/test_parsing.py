"""How an utterance is cut, and which names, times and amounts stand in it. Names are invented; the rules are about language."""

from __future__ import annotations

from datetime import date

import pytest

from tests.assistant.understanding.households import household, told, understand

MURRAYS = household(
    "EUR",
    "Trattoria; Bar 54 Lounge; Oel & Korn Feinkost; Stuff Toys; Ramen Ippudo; Skywings; Borough Council Rent; Freshways Togher; "
    "Freshways Wilton; Aldi; Just Eat; Sparks & Sons Wages; Helios Bank Charges; Branch of Helios; Old Oak Pub",
    "Food Shop; Pub & Takeaway; Coffee; Fuel; Holidays; Kids; Car Loan; Home; Bills; Transfer; Wages; Cash",
    "Main (checking); House Pot (savings); Visa (card)",
    "Food Shop; Fuel",
    payers=("Sparks & Sons Wages", "Skywings"),
    payday_on=date(2026, 11, 19),
)
OCTOBER, MONTH, YEAR = "2026-10-01..2026-10-31", "2026-11-01..2026-11-21", "2026-01-01..2026-11-21"


def meant(text: str) -> str:
    return told(understand(text, MURRAYS), MURRAYS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from march to may, how much on fuel", "spending total in(Fuel) 2026-03-01..2026-05-31"),
        ("Last weekend felt pricey. How much did I spend?", "spending total 2026-11-14..2026-11-15"),
        ("Over the first half of the year, how much did I spend in total?", "spending total 2026-01-01..2026-06-30"),
        ("If you leave out fuel and coffee, how much did I spend in October?", f"spending total without(Fuel, Coffee) {OCTOBER}"),
        ("How much did I spend in October? Without fuel please.", f"spending total without(Fuel) {OCTOBER}"),
        ("and that ramen place? what have I spent there this year", f"spending total in(Ramen Ippudo) {YEAR}"),
        ("Fuel: how much in October?", f"spending total in(Fuel) {OCTOBER}"),
        ("fuel in october, whats the damage", f"spending total in(Fuel) {OCTOBER}"),
    ],
)
def test_a_fragment_lends_what_it_names_to_the_question(text: str, expected: str) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "How much was fuel and how much was coffee in October",
            f"spending total in(Fuel) {OCTOBER} + spending total in(Coffee) {OCTOBER}",
        ),
        ("In October, how much did I earn and how much did I spend?", f"income total {OCTOBER} + spending total {OCTOBER}"),
        (
            "fuel in May? and how much in June?",
            "spending total in(Fuel) 2026-05-01..2026-05-31 + spending total in(Fuel) 2026-06-01..2026-06-30",
        ),
        ("What is my balance and how much did I spend in May?", "balance total + spending total 2026-05-01..2026-05-31"),
        ("How much was coffee in October? I need the number", f"spending total in(Coffee) {OCTOBER}"),
    ],
)
def test_a_time_said_once_holds_for_all_parts_but_stocks(text: str, expected: str) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what have I spent in the Trattoria 1871 this year", f"spending total in(Trattoria) {YEAR}"),
        ("Bar 54 this year", f"spending total in(Bar 54 Lounge) {YEAR}"),
        ("how much at Café 1910 in May", 'spending total in("Café", "1910") 2026-05-01..2026-05-31'),
        ("Öl & Korn, this year: sum?", f"spending total in(Oel & Korn Feinkost) {YEAR}"),
        ("&Stuff, this year, total", f"spending total in(Stuff Toys) {YEAR}"),
        ("how much at freshways in october", f"spending total in(Freshways Togher, Freshways Wilton) {OCTOBER}"),
        ("how much to helios in october", f"spending total in(Helios Bank Charges) {OCTOBER}"),
        ("my biggest takeaway or pub payment this year", f"spending largest in(Pub & Takeaway) {YEAR}"),
        ("what have my skywings flights cost this year", f"spending total in(Skywings) {YEAR}"),
        ("how much at Freshway's in october", f"spending total in(Freshways Togher, Freshways Wilton) {OCTOBER}"),
    ],
)
def test_names_have_numbers_signs_and_several_spellings(text: str, expected: str) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how much at tesco in october", f'spending total in("tesco") {OCTOBER}'),
        ("how much did tesco cost me in october", f'spending total in("tesco") {OCTOBER}'),
        ("tesco last month?", f'spending total in("tesco") {OCTOBER}'),
        ("what about Tesco, how much did I spend there last month?", f'spending total in("Tesco") {OCTOBER}'),
        ("how much at Aldi and Tesco in october", f'spending total in(Aldi) {OCTOBER} + spending total in("Tesco") {OCTOBER}'),
        ("how much at Pizza Express in october", f'spending total in("Pizza Express") {OCTOBER}'),
        ("How much do I spend in Tesco?", 'spending total in("Tesco")'),
    ],
)
def test_an_unknown_name_is_looked_for_and_never_left_out(text: str, expected: str) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How much money did this family spend in October", f"spending total {OCTOBER}"),
        ("how much cash did I take out of the machine this year", f"spending total in(Cash) {YEAR}"),
        ("how much did my trips to Aldi cost in October", f"spending total in(Aldi) {OCTOBER}"),
    ],
)
def test_everyday_nouns_are_no_categories(text: str, expected: str) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("how much did i spend the week of 5 october", "2026-10-05..2026-10-11"),
        ("how much did I spend in the first week of October", "2026-10-01..2026-10-07"),
        ("how much did I spend since the first of August", "2026-08-01..2026-11-21"),
        ("how much did I spend in the first six months of the year", "2026-01-01..2026-06-30"),
        ("how much did I spend in the three months to October", "2026-08-01..2026-10-31"),
        ("how much did I spend the Monday just gone", "2026-11-16..2026-11-16"),
        ("how much did I spend the weekend before last", "2026-11-07..2026-11-08"),
        ("how much did I spend this year before June", "2026-01-01..2026-05-31"),
        ("how much did I spend in the last 7 days including today", "2026-11-15..2026-11-21"),
        ("how much did I spend in May, I mean June", "2026-06-01..2026-06-30"),
        ("how much did I spend last year in December", "2025-12-01..2025-12-31"),
        ("how much did I spend since the summer started on 1 june", "2026-06-01..2026-11-21"),
        ("how much did I spend last moth", OCTOBER),
        ("how much did I spend since payday", "2026-11-19..2026-11-21"),
        ("how much did I spend since I was last paid by Sparks", "2026-11-19..2026-11-21"),
        ("how much did I spend between payday and today", "2026-11-19..2026-11-21"),
    ],
)
def test_a_time_is_read_as_it_was_told(text: str, period: str) -> None:
    assert meant(text) == f"spending total {period}"


def test_a_pay_day_of_another_payer_is_asked_about() -> None:
    assert understand("how much did I spend since I was paid by Skywings", MURRAYS).question == "payday_unknown"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("at the end of August", "2026-08-31"),
        ("at the start of June", "2026-06-01"),
        ("in August", "2026-08-31"),
        ("on 1 July", "2026-07-01"),
    ],
)
def test_a_balance_is_of_one_day(text: str, day: str) -> None:
    assert meant(f"what was the balance of the House Pot {text}") == f"balance total in(House Pot) {day}..{day}"


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("under a tenner", "<=999"),
        ("over two fivers", ">=1001"),
        ("over a grand", ">=100001"),
        ("over a hundred and fifty", ">=15001"),
        ("of fifty quid or more", ">=5000"),
        ("between twenty and thirty five euro", ">=2000 <=3500"),
    ],
)
def test_amounts_are_said_in_words(text: str, bounds: str) -> None:
    assert meant(f"how many payments {text} in October") == f"spending count {bounds} {OCTOBER}"


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("without the car loan and the council rent", "Car Loan, Borough Council Rent"),
        ("not counting the car loan, Aldi or the council rent", "Car Loan, Aldi, Borough Council Rent"),
        ("ex fuel", "Fuel"),
        ("apart from at Aldi and Freshways", "Aldi, Freshways Togher, Freshways Wilton"),
    ],
)
def test_every_item_of_a_list_is_left_out(text: str, left_out: str) -> None:
    assert meant(f"October spending {text}") == f"spending total without({left_out}) {OCTOBER}"
