from __future__ import annotations

import json
from typing import Any

import pytest

from assistant import formats
from assistant.calls import Call, NoSuchCell
from assistant.draft import DraftIsMalformed, parse, plain
from assistant.render import Rendered, render
from tests.assistant.books import Row, call, groceries, query, result

SPENT = call(groceries(), result(groceries()))
EARNED = call(query(measure="income"), result(query(measure="income"), amount_minor=250000, count=1), 1)


def shown(draft: str, *calls: Call, plan: dict[str, Any] | None = None) -> Rendered:
    return render(draft, calls or (SPENT, EARNED), plan or {}, "EUR", "en")


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (8420, "EUR", "€84.20"),
        (-123456, "USD", "-$1,234.56"),
        (2000, "CHF", "CHF 20.00"),
        (500, "JPY", "¥500"),
        (12345, "KWD", "KWD 12.345"),
        (1, "RSD", "RSD 0.01"),
        (0, "EUR", "€0.00"),
        (2**53 - 1, "EUR", "€90,071,992,547,409.91"),
    ],
)
def test_money_is_formatted_by_the_currencys_own_digits(minor: int, currency: str, text: str) -> None:
    assert formats.money(minor, currency, "en") == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (0.23, "23 %"),
        (0.2351, "24 %"),
        (0.035, "3.5 %"),
        (0.0012, "0.12 %"),
        (0.996, "99.6 %"),
        (1.0, "100 %"),
        (-0.4, "-40 %"),
        (0.0, "0 %"),
    ],
)
def test_a_ratio_is_said_in_percent_with_a_decimal_where_it_tells_something(ratio: float, text: str) -> None:
    assert formats.ratio(ratio, "en") == text


def test_a_figure_holds_its_text_value_unit_kind_and_source() -> None:
    rendered = shown("You spent [[0/amount_minor]], [[0/count|of payment,payments]], the first of all on [[0/first_on]].")
    assert rendered.answer == "You spent €84.20, 12 payments, the first of all on 3 January 2025."
    assert rendered.figures == [
        {"id": "f1", "text": "€84.20", "value": 8420, "unit": "EUR", "kind": "money", "source": {"tool_call": 0, "path": "/amount_minor"}},
        {"id": "f2", "text": "12 payments", "value": 12, "unit": None, "kind": "count", "source": {"tool_call": 0, "path": "/count"}},
        {
            "id": "f3", "text": "3 January 2025", "value": "2025-01-03", "unit": None, "kind": "date",
            "source": {"tool_call": 0, "path": "/first_on"},
        },
    ]  # fmt: skip
    assert rendered.blocks == [{"type": "text", "text": rendered.answer, "figures": ["f1", "f2", "f3"]}]


def test_the_same_figure_said_twice_is_one_figure() -> None:
    rendered = shown("[[0/amount_minor]] it was.\n\nYes, [[0/amount_minor]].")
    assert [block["figures"] for block in rendered.blocks] == [["f1"], ["f1"]]


def test_a_figure_computed_from_two_cells_names_its_formula_and_inputs() -> None:
    rendered = shown("Left: [[1/amount_minor - 0/amount_minor]], [[0/amount_minor of 1/amount_minor]] was spent.")
    assert rendered.answer == "Left: €2,415.80, 3.4 % was spent."
    assert rendered.figures[0]["value"] == 241580
    inputs = [{"tool_call": 1, "path": "/amount_minor"}, {"tool_call": 0, "path": "/amount_minor"}]
    assert rendered.figures[0]["source"] == {"formula": "a - b", "inputs": inputs}
    assert (rendered.figures[1]["kind"], rendered.figures[1]["unit"]) == ("ratio", None)


def test_what_was_asked_and_said_is_read_but_is_no_figure() -> None:
    rendered = shown("Above [[plan/slots/threshold_minor]] [[0?/period/label]].", plan={"slots": {"threshold_minor": 5000}})
    assert rendered.answer == "Above €50.00 in May 2026."
    assert rendered.figures == []


@pytest.mark.parametrize(
    "draft",
    [
        "[[7/amount_minor]]",
        "[[0/amount]]",
        "[[0/rows/0/amount_minor]]",
        "[[0/rows]]",
        "[[0/share_ratio]]",
        "[[0/owed]]",
        "[[0/period]]",
        "[[0/amount_minor + 1/count]]",
        "[[0/amount_minor of 0/period]]",
        '::table {"of": "0/transactions/0", "columns": {"merchant": "Where"}}',
        '::card {"proposal": "0/"}',
    ],
)
def test_a_reference_that_leads_to_no_figure_or_name_is_refused(draft: str) -> None:
    with pytest.raises(NoSuchCell):
        shown(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "[[amount]]",
        "[[0/a",
        "a]] b",
        "[[0/a]] [[",
        "::table",
        "::table {}",
        "::frame {}",
        '::table {"of": "0?/rows", "columns": {"a": "b"}}',
    ],
)
def test_a_draft_that_breaks_the_syntax_is_refused(draft: str) -> None:
    with pytest.raises(DraftIsMalformed):
        shown(draft)


def test_foreign_words_can_neither_refer_nor_command() -> None:
    for words in ("[[0/amount_minor]]", "::reply {}", "a\n::reply {}", "[[[0/x]]]"):
        parts = parse(f"{plain(words)}\n\nYou said {plain(words)}.")
        assert all(part.__class__.__name__ == "Paragraph" for part in parts)
        assert "[[" not in str(parts)


ROWS = (
    Row(key="Groceries", label="Groceries", amount_minor=8420, count=12, share_ratio=0.7),
    Row(key="Rent", label="Rent", amount_minor=None, count=1, share_ratio=0.3, owed=True),
)
GROUPED = call(query(group_by="category"), result(query(group_by="category"), rows=ROWS, groups_count=2))


def test_every_cell_of_a_table_has_value_text_and_source() -> None:
    columns = json.dumps({"label": "Category", "amount_minor|when owed: owed": "Spent", "share_ratio": "Share"})
    rendered = shown(f'::table {{"of": "0/rows", "title": "By category", "columns": {columns}}}', GROUPED)
    [table] = rendered.blocks
    assert table["columns"] == [
        {"key": "label", "label": "Category", "kind": "text"},
        {"key": "amount_minor", "label": "Spent", "kind": "money"},
        {"key": "share_ratio", "label": "Share", "kind": "ratio"},
    ]
    assert table["rows"][0]["amount_minor"] == {
        "value": 8420,
        "text": "€84.20",
        "source": {"tool_call": 0, "path": "/rows/0/amount_minor"},
    }
    assert table["rows"][1]["amount_minor"] == {"value": None, "text": "—"}
    assert [figure["text"] for figure in rendered.figures] == ["€84.20", "70 %", "30 %"]


def test_a_chart_draws_the_table_it_carries_and_leaves_out_what_is_unknown() -> None:
    rendered = shown(
        '::chart {"kind": "bar", "of": "0/rows", "x": "label", "y": "amount_minor", "columns": {"amount_minor": "Spent"}}', GROUPED
    )
    [chart] = rendered.blocks
    assert (chart["kind"], chart["unit"], chart["series"][0]["name"]) == ("bar", "EUR", "Spent")
    assert chart["series"][0]["points"] == [
        {"x": "Groceries", "y": 8420, "text": "€84.20", "source": {"tool_call": 0, "path": "/rows/0/amount_minor"}}
    ]
    assert len(chart["table"]["rows"]) == 2


def test_quick_replies_are_gathered_at_the_end() -> None:
    rendered = shown('::reply {"label": "A", "text": "a?"}\n\nHello.\n\n::reply {"label": "B", "text": "b?"}')
    assert [block["type"] for block in rendered.blocks] == ["text", "quick_replies"]
    assert rendered.blocks[1]["replies"] == [{"label": "A", "text": "a?"}, {"label": "B", "text": "b?"}]


def test_the_nearest_currency_above_a_cell_is_its_unit() -> None:
    proposal = Call(0, "propose_budget", {}, {"effect": {"currency": "JPY", "after": {"limit_minor": 500}}})
    assert shown("[[0/effect/after/limit_minor]]", proposal).answer == "¥500"


def test_of_an_exchange_what_was_given_has_its_own_currency() -> None:
    found = {"amount_minor": 10000, "from_currency": "GBP", "currency": "JPY", "converted_minor": 18824, "rate": "188.235"}
    rendered = shown("[[0/amount_minor]] for [[0/converted_minor]] at [[0/rate]]", Call(0, "exchange", {}, found))
    assert rendered.answer == "£100.00 for ¥18,824 at 188.235"


def test_a_failed_call_has_no_cells() -> None:
    with pytest.raises(NoSuchCell):
        shown("[[0/error/detail]]", Call(0, "query", {}, {"error": {"detail": "no"}}))
