"""The articles tool: passages of a corpus with their source, or nothing; the region that a customer's money stands for."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from kit.db import Database
from kit.errors import NotFound, Unavailable
from knowledge.search import Library
from knowledge.shelf import Shelf
from tests.assistant.turns import CLOCK
from tests.conftest import MakeCustomer
from tests.knowledge.test_search import ARTICLES, library
from tools.articles import ArticlesArguments, home_region, read_whole, search_articles
from tools.context import ToolContext

ASKED = ArticlesArguments(question="Who keeps a tenancy deposit, the landlord?")


async def context(database: Database, make_customer: MakeCustomer, shelf: Shelf | None) -> ToolContext:
    return ToolContext(await make_customer(), database, CLOCK, shelf=shelf)


async def test_a_passage_comes_with_its_source_and_the_day_of_its_review(
    database: Database, make_customer: MakeCustomer, tmp_path: Path
) -> None:
    found = await search_articles(await context(database, make_customer, Shelf(lambda: library(tmp_path))), ASKED)
    first = found.passages[0]
    assert found.supported
    assert found.count == len(found.passages)
    assert (first.document, first.section, first.url) == ("rent", "Deposits", "https://example.org/law")
    assert first.quote.startswith("A landlord keeps the tenancy deposit")
    assert first.reviewed_on == ARTICLES[1].reviewed


async def test_what_no_article_answers_is_not_quoted(database: Database, make_customer: MakeCustomer, tmp_path: Path) -> None:
    asked = ArticlesArguments(question="Which football club won the cup?")
    found = await search_articles(await context(database, make_customer, Shelf(lambda: library(tmp_path))), asked)
    assert (found.supported, found.passages, found.count) == (False, (), 0)


async def test_a_cited_article_can_be_read_whole(database: Database, make_customer: MakeCustomer, tmp_path: Path) -> None:
    reader = await context(database, make_customer, Shelf(lambda: library(tmp_path)))
    whole = await read_whole(reader, "card-lost")
    assert [section.title for section in whole.sections] == ["Blocking", "Later"]
    assert whole.sections[1].text.startswith("A new card comes by post.")
    with pytest.raises(NotFound):
        await read_whole(reader, "nobody")


async def test_who_asks_while_the_index_is_made_is_told_so_and_served_afterwards(
    database: Database, make_customer: MakeCustomer, tmp_path: Path
) -> None:
    ready = Event()

    def slow() -> Library:
        ready.wait()
        return library(tmp_path)

    shelf = Shelf(slow, wait_s=0.01)
    reader = await context(database, make_customer, shelf)
    with pytest.raises(Unavailable, match="still being read"):
        await search_articles(reader, ASKED)
    ready.set()
    patient = await shelf.library(wait_s=60)
    assert patient.article("rent") is not None
    assert (await search_articles(reader, ASKED)).supported


async def test_a_library_that_failed_to_open_is_opened_again(database: Database, make_customer: MakeCustomer, tmp_path: Path) -> None:
    tries: list[int] = []

    def unsteady() -> Library:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("disk is away")
        return library(tmp_path)

    reader = await context(database, make_customer, Shelf(unsteady))
    with pytest.raises(Unavailable):
        await search_articles(reader, ASKED)
    assert (await search_articles(reader, ASKED)).supported


async def test_without_a_shelf_the_articles_are_away(database: Database, make_customer: MakeCustomer) -> None:
    with pytest.raises(Unavailable):
        await search_articles(await context(database, make_customer, None), ASKED)


@pytest.mark.parametrize(
    ("currency", "timezone", "region"),
    [
        ("GBP", "Europe/London", "UK"),
        ("EUR", "Europe/Berlin", "DE"),
        ("EUR", "Europe/Dublin", "EU"),
        ("USD", "America/Chicago", "US"),
        ("CHF", "Europe/Zurich", None),
        ("CHF", "Europe/London", "UK"),
    ],
)
def test_currency_and_time_zone_stand_for_a_region(currency: str, timezone: str, region: str | None) -> None:
    assert home_region(currency, timezone) == region
