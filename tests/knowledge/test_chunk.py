"""Passages keep sentences, tables and headings whole."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.chunk import passages, sentences
from tests.knowledge.corpora import article

SENTENCE = "Ten small words stand here so that one can count. "
TABLE = "| Payment | Months |\n|---|---|\n" + "\n".join(f"| {row} fixed amount each month | {row} |" for row in range(60))


def test_two_sections_of_fair_length_are_two_passages() -> None:
    found = passages(article("cash", f"## First\n\n{SENTENCE * 10}\n\n## Second\n\n{SENTENCE * 12}"))
    assert [passage.sections for passage in found] == [("First",), ("Second",)]


def test_a_short_section_joins_its_neighbour_and_both_headings_are_kept() -> None:
    found = passages(article("cash", f"## First\n\n{SENTENCE * 3}\n\n## Second\n\n{SENTENCE * 12}", title="About cash"))
    assert len(found) == 1
    assert found[0].headed.startswith("About cash. First. Second. Ten small words")


def test_a_long_section_is_cut_between_paragraphs() -> None:
    found = passages(article("cash", f"## First\n\n{SENTENCE * 14}\n\n{SENTENCE * 14}"))
    assert [passage.words for passage in found] == [140, 140]


def test_a_table_is_never_cut_even_when_it_is_too_long() -> None:
    found = passages(article("cash", f"## First\n\n{SENTENCE * 10}\n\n{TABLE}\n\n{SENTENCE * 10}"))
    assert [TABLE in passage.text for passage in found].count(True) == 1


def test_abbreviations_and_decimals_end_no_sentence() -> None:
    text = "Fees, e.g. Those of a broker, cost 1.50 each. The U.S. Treasury pays 3.2 percent. Done."
    assert sentences(text) == ["Fees, e.g. Those of a broker, cost 1.50 each.", "The U.S. Treasury pays 3.2 percent.", "Done."]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=6), min_size=1, max_size=6))
def test_nothing_is_lost_or_doubled_by_cutting(sections: list[list[int]]) -> None:
    body = "\n\n".join(
        f"## Section {place}\n\n" + "\n\n".join(SENTENCE * count for count in counts) for place, counts in enumerate(sections)
    )
    found = passages(article("cash", body))
    assert sum(passage.words for passage in found) == 10 * sum(map(sum, sections))
    assert [unit.section for passage in found for unit in passage.units] == [
        f"Section {place}" for place, counts in enumerate(sections) for _ in range(sum(counts))
    ]
