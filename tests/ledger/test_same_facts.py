"""The identity ladder: what is the same fact in files of one format and of two, and what only looks like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kit.ids import new_uuid
from ledger.feeds.identity import Identity, identities
from ledger.feeds.rows import FactRow
from ledger.same_facts import KnownRow, match_keys, match_other_formats, new_keys

KEY = b"k" * 32
DAY = date(2026, 5, 10)


def fact(amount_minor: int, words: str, day: int = 0, *, line: int = 1, **more: object) -> FactRow:
    row = FactRow(line, DAY + timedelta(day), amount_minor, words, None, None, None, None, "EUR")
    return replace(row, **more)  # type: ignore[arg-type]


def held(rows: Sequence[FactRow]) -> tuple[list[UUID], dict[bytes, list[UUID]]]:
    """The rows as facts: their ids, and who holds which key."""
    ids = [new_uuid() for _ in rows]
    holders: dict[bytes, list[UUID]] = {}
    for key, _, fact_id in new_keys(zip(ids, identities(rows, KEY), strict=True), {}, {}):
        holders.setdefault(key, []).append(fact_id)
    return ids, holders


def known(rows: Sequence[FactRow], import_id: UUID) -> list[KnownRow]:
    return [KnownRow(new_uuid(), import_id, row.line, row.booked_on, row.amount_minor, row.description, row.counterparty) for row in rows]


def test_the_banks_id_knows_a_fact_whose_words_were_restated() -> None:
    ids, holders = held([fact(-450, "card payment pending", provider_id="F1")])
    assert match_keys(identities([fact(-450, "BAECKER KAMPS 12", provider_id="F1")], KEY), holders) == ids


def test_an_id_that_a_bank_gives_twice_with_another_amount_is_another_fact() -> None:
    _, holders = held([fact(-450, "a", provider_id="0001")])
    assert match_keys(identities([fact(-451, "b", provider_id="0001"), fact(-450, "c", 1, provider_id="0001")], KEY), holders) == [
        None,
        None,
    ]


def test_the_id_goes_before_equal_words_so_that_no_fact_is_lost() -> None:
    ids, holders = held([fact(-450, "COFFEE", provider_id="A")])
    again = identities([fact(-450, "COFFEE", provider_id="B"), fact(-450, "COFFEE", provider_id="A")], KEY)
    assert match_keys(again, holders) == [None, ids[0]]


def test_ids_that_a_bank_makes_up_anew_for_each_download_count_nothing_twice() -> None:
    ids, holders = held([fact(-450, "COFFEE", provider_id="x1"), fact(-900, "LUNCH", provider_id="x2")])
    assert (
        match_keys(identities([fact(-900, "LUNCH", provider_id="y1"), fact(-450, "COFFEE", provider_id="y2")], KEY), holders) == ids[::-1]
    )


def test_the_reference_column_of_a_table_meets_the_id_of_a_statement() -> None:
    ids, holders = held([fact(-450, "Kartenzahlung", reference="2026-ABC")])
    assert match_keys(identities([fact(-450, "KAMPS", provider_id="2026-abc")], KEY), holders) == ids
    assert match_keys(identities([fact(-450, "KAMPS", references=("E2E", "2026-ABC"))], KEY), holders) == ids


def test_a_payers_reference_that_comes_every_month_is_another_fact_each_time() -> None:
    _, holders = held([fact(-995, "Rent", references=("MANDATE-1",))])
    assert match_keys(identities([fact(-995, "Rent", 31, references=("MANDATE-1",))], KEY), holders) == [None]


def other_format(rows: Sequence[FactRow], others: Sequence[KnownRow]) -> int:
    found = match_other_formats(rows, [None] * len(rows), others)
    assert max(Counter(each for each in found if each is not None).values(), default=1) == 1
    return sum(each is not None for each in found)


def test_two_formats_agree_by_a_name_in_both_texts() -> None:
    others = known([fact(-450, "Kartenzahlung Baeckerei Kamps Koeln")], new_uuid())
    assert other_format([fact(-450, "KAMPS 0231")], others) == 1
    assert other_format([fact(-450, "Cafe Roma")], others) == 0
    assert other_format([fact(-451, "KAMPS 0231")], others) == 0
    assert other_format([fact(-450, "KAMPS 0231", 1)], others) == 0


def test_a_day_within_the_other_file_holds_the_same_facts_whatever_their_words() -> None:
    others = known([fact(-1, "first", -5), fact(-450, "Lastschrift 123"), fact(-1, "last", 5)], new_uuid())
    assert other_format([fact(-450, "Stadtwerke Bonn")], others) == 1
    assert other_format([fact(-450, "Stadtwerke Bonn"), fact(-450, "Stadtwerke Mainz", line=2)], others) == 1  # one is more than it held


def test_a_file_that_stands_on_one_line_is_compared_row_by_row() -> None:
    rows = [fact(-450, "KAMPS 0231"), fact(-900, "REWE 12"), fact(-100, "Kiosk")]
    assert other_format(rows, known([replace(row, line=at) for at, row in enumerate(rows[:2])], new_uuid())) == 2
    assert other_format([replace(row, line=at) for at, row in enumerate(rows)], known(rows[1:], new_uuid())) == 2


def test_splits_are_the_other_files_whole_and_the_other_way_round() -> None:
    splits = [fact(-3000, "Turnverein Beitrag", line=7), fact(-500, "Stadtbuecherei", line=7)]
    whole = [fact(-3500, "Sammler Turnverein Stadtbuecherei")]
    import_id = new_uuid()
    found = match_other_formats(splits, [None, None], known(whole, import_id))
    assert None not in found
    assert match_other_formats(whole, [None], known(splits, import_id)) != [None]


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([-500, 500]), st.sampled_from("ab")), max_size=12), st.data())
def test_keys_are_numbered_without_a_collision_however_files_overlap(drawn: list[tuple[int, int, str]], data: st.DataObject) -> None:
    rows = [fact(amount, words, day, line=line, provider_id=f"{words}{day}") for line, (day, amount, words) in enumerate(drawn)]
    table: dict[tuple[bytes, int], UUID] = {}
    for _ in range(3):
        part = data.draw(st.lists(st.sampled_from(rows), unique_by=id)) if rows else []
        names: Sequence[Identity] = identities(part, KEY)
        holders: dict[bytes, list[UUID]] = {}
        numbers: dict[bytes, set[int]] = {}
        for (key, number), fact_id in table.items():
            holders.setdefault(key, []).append(fact_id)
            numbers.setdefault(key, set()).add(number)
        ids = [found or new_uuid() for found in match_keys(names, holders)]
        assert len(set(ids)) == len(ids)
        for key, number, fact_id in new_keys(zip(ids, names, strict=True), holders, numbers):
            assert (key, number) not in table
            table[key, number] = fact_id
