"""Every layout in tests/fixtures/banks gives the facts that its manifest lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ledger.feeds.csv_file import parse_csv
from ledger.feeds.rows import FactRow

BANKS = Path(__file__).parents[2] / "fixtures" / "banks"
LAYOUTS: list[dict[str, Any]] = yaml.safe_load((BANKS / "manifest.yaml").read_text("utf-8"))
TODAY = date(2026, 11, 21)
layouts = pytest.mark.parametrize("layout", LAYOUTS, ids=[layout["file"] for layout in LAYOUTS])


def parse(layout: dict[str, Any], **options: Any) -> Any:
    content = (BANKS / layout["file"]).read_bytes()
    return parse_csv(content, currency=layout["currency"], account_kind=layout["kind"], today=TODAY, **options)


def as_listed(fact: FactRow, length: int) -> list[Any]:
    return [fact.booked_on, fact.amount_minor, fact.description, fact.counterparty, fact.category][:length]


@layouts
def test_a_layout_gives_its_facts(layout: dict[str, Any]) -> None:
    parsed = parse(layout, mapping=layout.get("mapping"))
    assert not parsed.questions
    assert [as_listed(fact, len(row)) for fact, row in zip(parsed.rows, layout["rows"], strict=True)] == layout["rows"]
    assert [[row.line, row.field] for row in parsed.rejected] == layout.get("rejected", [])
    assert parsed.opening == (tuple(layout["opening"]) if "opening" in layout else None)
    assert parsed.closing == (tuple(layout["closing"]) if "closing" in layout else None)


@layouts
def test_reading_again_with_the_mapping_that_was_used_changes_nothing(layout: dict[str, Any]) -> None:
    first = parse(layout, mapping=layout.get("mapping"))
    assert parse(layout, mapping=first.mapping) == first


@layouts
def test_what_a_layout_does_not_tell_is_asked(layout: dict[str, Any]) -> None:
    if "mapping" not in layout:
        assert parse(layout).questions == ()
        return
    parsed = parse(layout, mapping={"encoding": layout["encoding"]} if layout["file"].startswith("jp_") else None)
    assert parsed.rows == ()
    assert [question.code for question in parsed.questions] == layout["ask"]


def test_there_are_layouts_in_five_languages_and_more() -> None:
    assert len(LAYOUTS) >= 25
    assert {"us", "uk", "de", "fr", "es", "it", "nl"} <= {layout["file"][:2] for layout in LAYOUTS}
