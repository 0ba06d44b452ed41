"""The runner, against a pretended Steward that keeps the books but answers one question only."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import httpx
import pytest

from tests.evals.desk import Desk
from tests.evals.household import household
from tests.evals.meanings import Question
from tests.evals.money import Outcome, interviewed, last_line, report
from tests.evals.oracle import expected
from tests.evals.questions import Case

BOOKS = household("okafor", date(2026, 11, 21))
TESCO = Question.model_validate(
    {
        "id": "tesco",
        "skill": "merchant",
        "text": "what did I spend at tesco last month?",
        "expect": {"meaning": {"measure": "spending", "where": {"merchant": "Tesco"}, "period": {"last": "month"}}},
    }
)
WEATHER = Question.model_validate({"id": "rain", "skill": "out_of_scope", "text": "will it rain?", "expect": {"status": "out_of_scope"}})


class PretendedSteward:
    """Takes every file, gives the true facts back in two pages, and says what it was told to say."""

    def __init__(self, spent_minor: int) -> None:
        self.spent_minor = spent_minor
        self.files: list[bytes] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/imports":
            self.files.append(request.content)
            return httpx.Response(201, json={"rejected": []})
        if request.url.path == "/v1/transactions":
            later = "cursor" in request.url.params
            half = len(BOOKS.facts) // 2
            rows = [_row(number) for number in (range(half, len(BOOKS.facts)) if later else range(half))]
            return httpx.Response(200, json={"data": rows, "has_more": not later, "next_cursor": "more"})
        if request.url.path.endswith("/turns"):
            return httpx.Response(200, json=self._turn(json.loads(request.content)["text"]))
        return httpx.Response(200, json={"id": "cnv_1"})

    def _turn(self, text: str) -> dict[str, Any]:
        if "tesco" not in text:
            return {"status": "clarify", "answer": "What do you mean?"}
        period = {"start_on": "2026-10-01", "end_on": "2026-10-31"}
        args = {"measure": "spending", "include": {"merchants": ["Tesco Stores"]}, "period": period}
        said = f"£{self.spent_minor / 100:.2f}"
        source = {"tool_call": 0, "path": "/amount_minor"}
        return {
            "status": "answered",
            "answer": f"You spent {said} at Tesco Stores in October.",
            "tool_calls": [{"name": "query", "args": args, "result": {"amount_minor": self.spent_minor}}],
            "figures": [{"id": "f1", "text": said, "value": self.spent_minor, "unit": "GBP", "kind": "money", "source": source}],
        }


def _row(number: int) -> dict[str, Any]:
    fact = BOOKS.facts[number]
    merchant = "Tesco Stores" if fact.merchant == "Tesco" else fact.merchant
    row = {"id": str(number), "booked_on": fact.on.isoformat(), "amount_minor": fact.amount_minor, "account": fact.account}
    return {**row, "account_id": f"acc_{fact.account}", "merchant": merchant, "description": fact.text, "category": "", "flow": fact.flow}


def _interviewed(spent_minor: int) -> list[Outcome]:
    steward = PretendedSteward(spent_minor)
    cases = [Case(question.id, "okafor", (question,)) for question in (TESCO, WEATHER)]
    with httpx.Client(base_url="http://steward", transport=httpx.MockTransport(steward)) as client:
        outcomes = interviewed(Desk(client), BOOKS, cases)
    assert len(steward.files) == len(BOOKS.accounts)
    return outcomes


def test_a_run_tells_right_from_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    spent = expected(BOOKS, TESCO.expect[0].meaning[0])[0].value
    assert isinstance(spent, int)
    assert [outcome.verdict for outcome in _interviewed(spent)] == ["right", "clarify"]
    outcomes = _interviewed(spent + 1)
    assert [outcome.verdict for outcome in outcomes] == ["wrong", "clarify"]
    report(outcomes, with_right=False)
    printed = capsys.readouterr().out
    assert f"missing: amount {spent}" in printed
    assert "out_of_scope" in printed


def test_the_last_line_can_be_read_by_a_program() -> None:
    outcome = Outcome("a", "okafor", "total", "x", "right", (), (), "answered", "", (), (), 12.0)
    wrong = Outcome("b", "okafor", "total", "x", "wrong", ("unbound '3'", "unbound '4'"), (), "answered", "", (), (), 80.04)
    assert last_line([outcome, outcome, wrong]) == "EVAL money right=0.667 wrong=0.333 clarify=0.000 wrong_numbers=2 p95_ms=80.0"
