"""Whole turns over booked facts and the tools as they are: what recurs, what lies ahead, what stands out, goals, rules."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from assistant.turn import Assistant
from kit.db import Database
from tests.assistant.turns import answer_of
from tests.assistant.understanding.households import understanding
from tests.conftest import MakeCustomer
from tests.tools.test_ahead import CLOCK, booked

Ask = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def ask(database: Database, make_customer: MakeCustomer) -> Ask:
    """`await ask(*texts)`: the last turn of a talk with somebody whose books hold a household."""
    owner = await make_customer()
    await booked(database, owner)
    assistant = Assistant(understanding(), database, CLOCK)

    async def talk(*texts: str) -> dict[str, Any]:
        conversation: UUID = (await assistant.conversations.create(owner)).id
        turn: dict[str, Any] = {}
        for text in texts:
            turn = await answer_of(assistant, owner, conversation, text)
        return turn

    return talk


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("Which subscriptions do I have?",), "Netflix costs €11.99 every month; the next is expected on 12 December 2026."),
        (("which of my subscriptions went up?",), "Netflix went up from €9.99 to €11.99 (+20 %) on 12 October 2026."),
        (("which subscriptions do I have?", "which of those went up?"), "Netflix went up from €9.99 to €11.99 (+20 %)"),
        (("when is the next Netflix payment?",), "the next is expected on 12 December 2026."),
        (("when is the rent due?",), "Landlord costs €900.00 every month; the next is expected on 1 December 2026."),
        (("when do I get paid next?",), "Acme pays you €2,500.00 every month; the next is expected on 25 November 2026."),
        (("what are my regular bills?",), "You have 2 regular bills: together "),
        (("which of my recurring payments is the cheapest?",), "Netflix is the cheapest of them: €11.99 a month"),
        (("what's due in the next 22 days?",), "Until 13 December 2026 €911.99 is due: Landlord (€900.00 on 1 December 2026) and Netflix"),
        (("which subscriptions have I cancelled?",), "I found no ended subscriptions."),
        (("will I make it to pay day?",), "Until 24 November 2026, the day before Acme should pay €2,500.00,"),
        (("can I afford a 900 bike?",), "and after paying €900.00 €400.00."),
        (("can I afford a new sofa?", "1500"), "and after paying €1,500.00 you €200.00 short."),
        (("can I afford a 900 bike?", "and if it were 600?"), "and after paying €600.00 €700.00."),
        (("anything odd lately?",), "Netflix went from €9.99 to €11.99 (+20 %) on 12 October 2026"),
        (("was I charged twice?",), "I found nothing that looks charged more than once."),
        (("how are my goals?",), "You have no savings goal."),
    ],
)
async def test_the_look_ups_answer_in_words(ask: Ask, texts: tuple[str, ...], said: str) -> None:
    turn = await ask(*texts)
    assert said in turn["answer"]
    assert (turn["status"], turn["partial"]) == ("answered", False)


@pytest.mark.parametrize(
    ("text", "kind", "arguments"),
    [
        ("Netflix is leisure, always", "category_rule", None),
        ("I want to save 3000 for Japan by June 2027", "goal", {"name": "Japan", "target_minor": 300_000, "target_on": "2027-06-30"}),
        ("always put Aldi under Rent", "category_rule", {"match": {"merchant": "Aldi"}, "category": "Rent", "apply_to_past": True}),
    ],
)
async def test_wishes_end_as_proposals_or_as_a_question(ask: Ask, text: str, kind: str, arguments: dict[str, Any] | None) -> None:
    turn = await ask(text)
    if arguments is None:
        assert turn["status"] == "clarify"
        return
    assert turn["status"] == "proposed"
    proposal = turn["proposals"][0]
    assert proposal["kind"] == kind
    assert arguments.items() <= proposal["arguments"].items()


async def test_a_word_that_no_tool_used_is_said_to_be_left_out(ask: Ask) -> None:
    turn = await ask("which subscriptions went up because of the merger?")
    assert turn["partial"]
    assert "“merger”" in turn["answer"]
