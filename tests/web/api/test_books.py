"""The customer's books over HTTP: movements, questions, budgets, proposals."""

from __future__ import annotations

from typing import Any

import pytest

from kit.clock import FixedClock
from kit.ids import new_uuid, show
from tests.web.api.files import OVERLAP, send
from tests.web.conftest import SignIn
from tools.context import ToolContext
from tools.wishes import BudgetWish, propose_budget


async def test_movements_are_listed_newest_first_by_pages(sign_in: SignIn) -> None:
    ada = await sign_in()
    await send(ada.http)
    seen: list[dict[str, Any]] = []
    wanted = {"limit": "2"}
    while True:
        page = (await ada.http.get("/v1/transactions", params=wanted)).json()
        seen += page["data"]
        if not page["has_more"]:
            break
        wanted["cursor"] = page["next_cursor"]
    assert [fact["booked_on"] for fact in seen] == ["2026-11-06", "2026-11-05", "2026-11-03", "2026-11-03", "2026-11-02"]
    assert [fact["amount_minor"] for fact in seen] == [-5000, 250000, -450, -450, -90000]
    assert len({fact["id"] for fact in seen}) == 5


@pytest.mark.parametrize(
    ("filters", "amounts"),
    [
        ({"from": "2026-11-05"}, [-5000, 250000]),
        ({"to": "2026-11-02"}, [-90000]),
        ({"from": "2026-11-03", "to": "2026-11-03"}, [-450, -450]),
        ({"category": "housing"}, [-90000]),
        ({"q": "bakery"}, [-450, -450]),
        ({"q": "%"}, []),
        ({"category": "' or true --"}, []),
        ({"merchant": "nobody"}, []),
    ],
)
async def test_filters_narrow_the_list(sign_in: SignIn, filters: dict[str, str], amounts: list[int]) -> None:
    ada = await sign_in()
    await send(ada.http)
    answer = await ada.http.get("/v1/transactions", params=filters)
    assert [fact["amount_minor"] for fact in answer.json()["data"]] == amounts


@pytest.mark.parametrize(
    "filters",
    [
        {"from": "yesterday"},
        {"from": "2026-02-30"},
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "1e3"},
        {"cursor": "abc"},
        {"cursor": "WzFd"},
        {"cursor": "WyJhIiwiYiIsImMiXQ"},
        {"account": "imp_" + "0" * 32},
        {"account": "acc_1"},
        {"colour": "red"},
        {"q": "a" * 201},
        {"q": "a\x00b"},
    ],
)
async def test_a_filter_that_makes_no_sense_is_refused(sign_in: SignIn, filters: dict[str, str]) -> None:
    ada = await sign_in()
    answer = await ada.http.get("/v1/transactions", params=filters)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_the_books_answer_a_typed_question(sign_in: SignIn) -> None:
    ada = await sign_in()
    await send(ada.http)
    question = {"measure": "spending", "period": {"start_on": "2026-11-01", "end_on": "2026-11-30", "label": "in November"}}
    result = (await ada.http.post("/v1/query", json=question)).json()
    assert (result["amount_minor"], result["currency"], result["count"]) == (95900, "EUR", 4)


@pytest.mark.parametrize(
    "question",
    [
        {"measure": "guesses"},
        {"sql": "select 1"},
        {"limit": "5"},
        {"limit": True},
        {"limit": 501},
        {"amount_min_minor": "1_000"},
        {"amount_min_minor": -1},
        {"amount_min_minor": 1.0},
        {"statistic": "average"},
        {"period": {"start_on": "2026-11-30", "end_on": "2026-11-01"}},
        {"period": {"start_on": 1, "end_on": 2}},
        {"include": {"accounts": ["acc_1"]}},
        {"share": 1},
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(sign_in: SignIn, question: dict[str, Any]) -> None:
    ada = await sign_in()
    answer = await ada.http.post("/v1/query", json=question)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_the_rows_of_a_question_come_newest_first_by_pages(sign_in: SignIn) -> None:
    ada, ben = await sign_in(), await sign_in()
    await send(ada.http)
    question = {"measure": "spending", "period": {"start_on": "2026-11-01", "end_on": "2026-11-04"}}
    first = (await ada.http.post("/v1/query/rows", params={"limit": 2}, json=question)).json()
    second = (await ada.http.post("/v1/query/rows", params={"limit": 2, "cursor": first["next_cursor"]}, json=question)).json()
    assert [fact["amount_minor"] for fact in first["data"] + second["data"]] == [-450, -450, -90000]
    assert (first["has_more"], second["has_more"], second["next_cursor"]) == (True, False, None)
    assert len({fact["id"] for fact in first["data"] + second["data"]}) == 3
    assert {fact["currency"] for fact in first["data"]} == {"EUR"}
    assert (await ben.http.post("/v1/query/rows", json=question)).json()["data"] == []


@pytest.mark.parametrize(("params", "question"), [({}, {"measure": "balance"}), ({"cursor": "WzFd"}, {}), ({"limit": "201"}, {})])
async def test_rows_of_a_balance_or_past_a_foreign_cursor_are_refused(
    sign_in: SignIn, params: dict[str, str], question: dict[str, Any]
) -> None:
    ada = await sign_in()
    answer = await ada.http.post("/v1/query/rows", params=params, json=question)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_a_budget_is_set_changed_and_removed(sign_in: SignIn) -> None:
    ada = await sign_in()
    await send(ada.http)
    wish = {"category": "Groceries", "amount_minor": 1000, "currency": "EUR", "period": "month"}
    made = (await ada.http.put("/v1/budgets", json=wish)).json()
    assert (made["limit_minor"], made["spent_minor"], made["left_minor"], made["over"]) == (1000, 900, 100, False)
    assert (made["start_on"], made["end_on"], made["on_track"]) == ("2026-11-01", "2026-11-30", False)
    await send(ada.http, OVERLAP)
    changed = (await ada.http.put("/v1/budgets", json=wish | {"category": "groceries", "amount_minor": 1200})).json()
    assert (changed["id"], changed["limit_minor"], changed["left_minor"], changed["over"]) == (made["id"], 1200, -300, True)
    assert (await ada.http.get("/v1/budgets")).json() == {"data": [changed]}
    assert (await ada.http.delete(f"/v1/budgets/{made['id']}")).status_code == 204
    assert (await ada.http.delete(f"/v1/budgets/{made['id']}")).status_code == 404
    assert (await ada.http.get("/v1/budgets")).json() == {"data": []}


async def test_the_customers_own_zone_decides_which_day_it_is(sign_in: SignIn, clock: FixedClock) -> None:
    clock.at = clock.at.replace(day=30, hour=23)
    east, west = await sign_in(timezone="Pacific/Kiritimati"), await sign_in(timezone="Pacific/Honolulu")
    wish = {"category": "Groceries", "amount_minor": 1000, "currency": "EUR", "period": "month"}
    starts = [(await person.http.put("/v1/budgets", json=wish)).json()["start_on"] for person in (east, west)]
    assert starts == ["2026-12-01", "2026-11-01"]


async def test_a_card_number_is_kept_nowhere(sign_in: SignIn) -> None:
    ada = await sign_in()
    wish = {"category": "4111 1111 1111 1111", "amount_minor": 1000, "currency": "EUR", "period": "month"}
    assert "4111 1111" not in (await ada.http.put("/v1/budgets", json=wish)).text


async def test_a_proposal_is_read_and_expires(sign_in: SignIn, app: Any, clock: FixedClock) -> None:
    ada = await sign_in()
    made = await propose_budget(
        ToolContext(ada.principal, app.state.db, clock), BudgetWish(category="Fun", amount_minor=5000, currency="EUR")
    )
    found = (await ada.http.get(f"/v1/proposals/{made.id}")).json()
    assert (found["id"], found["kind"], found["status"], found["arguments"]["amount_minor"]) == (made.id, "budget", "proposed", 5000)
    clock.at = made.expires_at
    later = await app.state.sessions.open(ada.principal, ada.email)
    ada.http.headers["Authorization"] = f"Bearer {later.access_token}"
    assert (await ada.http.get(f"/v1/proposals/{made.id}")).json()["status"] == "expired"
    assert (await ada.http.get(f"/v1/proposals/{show('prp', new_uuid())}")).status_code == 404
