"""What the words of the search box come to: the query, a chip for each of its parts, and what nothing was made of."""

from __future__ import annotations

import pytest

from assistant.search import Search, SearchBox
from assistant.wording import Wording
from tests.assistant.understanding.households import HARPERS, understanding


def search(text: str) -> Search:
    return SearchBox(understanding(), Wording.load()).search(text, HARPERS)


@pytest.mark.parametrize(
    ("text", "chips"),
    [
        ("netflix", ["Netflix"]),
        ("groceries at tesco in october", ["Groceries", "Tesco", "in October 2026"]),
        ("costa over 5 last month", ["Costa Coffee", "at least £5.01", "last month (October 2026)"]),
        ("eating out between 10 and 20 not uber eats", ["Eating out", "not Uber Eats", "at least £10.00", "at most £20.00"]),
        ("groceries -tesco", ["Groceries", "not Tesco"]),
        ("refunds from amazon", ["Refunds", "Amazon"]),
        ("zumba over 20", ["“zumba”", "at least £20.01"]),
        ("biggest purchases this year", ["Spending", "Largest first", "this year (1 January to 21 November 2026)"]),
    ],
)
def test_each_part_that_was_read_is_a_chip(text: str, chips: list[str]) -> None:
    found = search(text)
    assert [chip.label for chip in found.chips] == chips
    assert found.unread == ()


def test_a_search_lists_everything_booked_newest_first_by_default() -> None:
    found = search("netflix")
    assert (found.query.measure, found.query.statistic) == ("movements", "list")
    assert [(chip.field, chip.value) for chip in found.chips] == [("include/merchants", "Netflix")]


def test_what_nothing_was_made_of_is_told() -> None:
    assert search("netflix in october but without december").unread != ()


@pytest.mark.parametrize("text", ["", "???", "not", "over", "-"])
def test_no_words_list_everything(text: str) -> None:
    assert search(text).query.include.is_empty()
