"""Another customer's things do not exist: not over HTTP, and not in the database with every check in Python gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from kit.clock import FixedClock
from kit.db import Database
from kit.ids import new_uuid, show
from tests.web.api.files import GIRO, STREAMING, send
from tests.web.conftest import SignedInPerson, SignIn
from tools.context import ToolContext
from tools.wishes import BudgetWish, propose_budget

Call = Callable[[httpx.AsyncClient, str], Any]
ROUTES: dict[str, tuple[str, Call]] = {
    "POST /v1/accounts/{account_id}/opening-balance": (
        "acc",
        lambda http, i: http.post(f"/v1/accounts/{i}/opening-balance", json={"balance_minor": 1, "on": "2026-11-01"}),
    ),
    "GET /v1/imports/{import_id}": ("imp", lambda http, i: http.get(f"/v1/imports/{i}")),
    "DELETE /v1/imports/{import_id}": ("imp", lambda http, i: http.delete(f"/v1/imports/{i}")),
    "DELETE /v1/budgets/{budget_id}": ("bud", lambda http, i: http.delete(f"/v1/budgets/{i}")),
    "PATCH /v1/categories/{category_id}": ("cat", lambda http, i: http.patch(f"/v1/categories/{i}", json={"name": "Mine"})),
    "DELETE /v1/categories/{category_id}": ("cat", lambda http, i: http.delete(f"/v1/categories/{i}", params={"into": i})),
    "POST /v1/categories": ("cat", lambda http, i: http.post("/v1/categories", json={"name": "Mine", "parent_id": i})),
    "DELETE /v1/category-rules/{rule_id}": ("rul", lambda http, i: http.delete(f"/v1/category-rules/{i}")),
    "POST /v1/category-rules": (
        "acc",
        lambda http, i: http.post("/v1/category-rules", json={"match": {"text": "rent", "account_id": i}, "category": "Rent"}),
    ),
    "PATCH /v1/transactions/{transaction_id}": ("txn", lambda http, i: http.patch(f"/v1/transactions/{i}", json={"category": "Rent"})),
    "PATCH /v1/transactions": ("txn", lambda http, i: http.patch("/v1/transactions", json={"ids": [i], "category": "Rent"})),
    "GET /v1/budgets/{budget_id}/history": ("bud", lambda http, i: http.get(f"/v1/budgets/{i}/history")),
    "GET /v1/goals/{goal_id}": ("gol", lambda http, i: http.get(f"/v1/goals/{i}")),
    "PATCH /v1/goals/{goal_id}": ("gol", lambda http, i: http.patch(f"/v1/goals/{i}", json={"name": "Theirs"})),
    "POST /v1/goals/{goal_id}/contributions": ("gol", lambda http, i: http.post(f"/v1/goals/{i}/contributions", json={"amount_minor": 1})),
    "GET /v1/proposals/{proposal_id}": ("prp", lambda http, i: http.get(f"/v1/proposals/{i}")),
    "POST /v1/proposals/{proposal_id}/confirm": ("prp", lambda http, i: http.post(f"/v1/proposals/{i}/confirm", json={})),
    "POST /v1/proposals/{proposal_id}/cancel": ("prp", lambda http, i: http.post(f"/v1/proposals/{i}/cancel")),
    "PATCH /v1/recurring/{recurring_id}": ("rec", lambda http, i: http.patch(f"/v1/recurring/{i}", json={"hidden": True})),
    "POST /v1/insights/{insight_id}/dismiss": ("ins", lambda http, i: http.post(f"/v1/insights/{i}/dismiss")),
    "GET /v1/transactions?account": ("acc", lambda http, i: http.get("/v1/transactions", params={"account": i})),
    "POST /v1/query": ("acc", lambda http, i: http.post("/v1/query", json={"measure": "movements", "include": {"accounts": [i]}})),
}
ANSWERED = ("GET /v1/transactions?account", "POST /v1/query")  # a filter by a stranger's id finds nothing
TABLES = (
    "customers.customers", "ledger.accounts", "ledger.heads", "ledger.imports", "ledger.operations", "ledger.transfers", "ledger.entries",
    "ledger.enrichment", "ledger.categories", "ledger.category_names", "ledger.category_rules", "ledger.budgets", "ledger.budget_limits",
    "ledger.goals", "ledger.lines",
    "ledger.openings", "ledger.recurring_choices", "ledger.insight_dismissals", "tools.proposals",
)  # fmt: skip


async def _belongings(person: SignedInPerson, app: FastAPI, clock: FixedClock) -> dict[str, str]:
    """One id of everything that a person can have."""
    made = (await send(person.http)).json()
    wish = {"category": "Groceries", "amount_minor": 1000, "currency": "EUR", "period": "month"}
    budget = (await person.http.put("/v1/budgets", json=wish)).json()
    await send(person.http, STREAMING, account_name="Visa", account_kind="card")
    recurring = (await person.http.get("/v1/recurring")).json()["items"][0]["id"]
    await person.http.patch(f"/v1/recurring/{recurring}", json={"kind": "bill"})
    insight = (await person.http.get("/v1/insights")).json()["items"][0]["id"]
    await person.http.post(f"/v1/insights/{insight}/dismiss")
    context = ToolContext(person.principal, app.state.db, clock)
    proposal = await propose_budget(context, BudgetWish(category="Fun", amount_minor=5000, currency="EUR"))
    goal = (await person.http.post("/v1/goals", json={"name": "Holiday", "target_minor": 1000, "currency": "EUR"})).json()
    category = (await person.http.post("/v1/categories", json={"name": "Ours"})).json()
    await person.http.patch(f"/v1/categories/{category['id']}", json={"name": "All ours"})
    rule = (await person.http.post("/v1/category-rules", json={"match": {"merchant": "Bakery"}, "category": "Eating out"})).json()["rule"]
    fact = (await person.http.get("/v1/transactions")).json()["data"][0]
    ids = {"cat": category["id"], "rul": rule["id"], "txn": fact["id"], "rec": recurring, "ins": insight}
    return ids | {"acc": made["account_id"], "imp": made["id"], "bud": budget["id"], "prp": proposal.id, "gol": goal["id"]}


def _content(answer: httpx.Response) -> tuple[int, Any]:
    body = answer.json()
    body.pop("request_id", None)
    return answer.status_code, body


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("same_firm", [False, True], ids=["another firm", "same firm"])
async def test_a_strangers_id_is_answered_like_one_that_does_not_exist(
    app: FastAPI, sign_in: SignIn, clock: FixedClock, route: str, same_firm: bool
) -> None:
    ada = await sign_in()
    eve = await sign_in(firm_id=ada.principal.firm_id) if same_firm else await sign_in()
    theirs = await _belongings(ada, app, clock)
    prefix, call = ROUTES[route]
    before = await _everything(ada)
    stolen, missing = await call(eve.http, theirs[prefix]), await call(eve.http, show(prefix, new_uuid()))
    assert _content(stolen) == _content(missing)
    assert stolen.status_code == (200 if route in ANSWERED else 404)
    assert (await call(eve.http, f"{prefix}_' or 1=1 --")).status_code in (404, 422)
    assert await _everything(ada) == before


async def _everything(person: SignedInPerson) -> list[Any]:
    paths = ("/v1/accounts", "/v1/imports", "/v1/transactions", "/v1/budgets", "/v1/category-rules", "/v1/goals")
    return [(await person.http.get(path)).json() for path in paths]


async def test_every_route_with_an_id_is_in_the_crawl(app: FastAPI) -> None:
    described = {
        f"{method.upper()} {path}"
        for path, operations in app.openapi()["paths"].items()
        for method in operations
        if "{" in path
        and not path.startswith(("/v1/conversations", "/v1/articles"))  # the chat's own tests crawl these; articles are nobody's
    }
    assert described == {route for route in ROUTES if "{" in route}


async def test_lists_hold_ones_own_things_only(app: FastAPI, sign_in: SignIn, clock: FixedClock) -> None:
    ada, eve = await sign_in(), await sign_in()
    await _belongings(ada, app, clock)
    assert [page["data"] for page in await _everything(eve)] == [[], [], [], [], [], []]
    whole = await eve.http.post("/v1/query", json={"measure": "movements"})
    assert (whole.json()["amount_minor"], whole.json()["count"], whole.json()["first_on"]) == (0, 0, None)


async def test_every_route_of_the_customers_asks_who_calls(app: FastAPI, http: httpx.AsyncClient) -> None:
    public = {"/v1/auth/sign-in", "/v1/auth/refresh", "/v1/auth/sign-out", "/healthz", "/readyz"}
    form = {"account_name": "Giro", "account_kind": "checking", "currency": "EUR"}
    bodies: dict[str, dict[str, Any]] = {
        "/v1/imports": {"data": form, "files": {"file": ("a.csv", GIRO)}},
        "/v1/imports/preview": {"data": form, "files": {"file": ("a.csv", GIRO)}},
        "/v1/budgets": {"json": {"category": "a", "amount_minor": 1, "currency": "EUR"}},
        "/v1/accounts": {"json": {"name": "a", "kind": "cash", "currency": "EUR"}},
        "/v1/auth/step-up": {"json": {"password": "a"}},
        "/v1/goals": {"json": {"name": "a", "target_minor": 1, "currency": "EUR"}},
        "/v1/goals/{goal_id}/contributions": {"json": {"amount_minor": 1}},
        "/v1/conversations/{conversation_id}/turns": {"json": {"text": "hello"}},
        "/v1/accounts/{account_id}/opening-balance": {"json": {"balance_minor": 1, "on": "2026-11-01"}},
    }
    for path, operations in app.openapi()["paths"].items():
        for method in operations:
            if path in public:
                continue
            sent = bodies.get(path, {"json": {}}) if method in ("post", "put", "patch") else {}
            answer = await http.request(method, path, **sent)
            assert (answer.status_code, answer.headers.get("www-authenticate")) == (401, "Bearer"), (method, path)


@pytest.mark.parametrize("table", TABLES)
async def test_the_database_shows_a_reader_nothing_of_a_stranger(
    app: FastAPI, sign_in: SignIn, clock: FixedClock, database: Database, table: str
) -> None:
    ada, eve = await sign_in(), await sign_in()
    await _belongings(ada, app, clock)
    column = "id" if table == "customers.customers" else "customer_id"
    async with database.read(ada.principal) as connection:
        own = await connection.fetchval(f"select count(*) from {table} where {column} = $1", ada.principal.customer_id)
        others = await connection.fetchval(f"select count(*) from {table} where {column} <> $1", ada.principal.customer_id)
    async with database.read(eve.principal) as connection:
        stolen = await connection.fetchval(f"select count(*) from {table} where {column} = $1", ada.principal.customer_id)
    assert own > 0
    assert (others, stolen) == (0, 0)


@pytest.mark.parametrize(
    "table",
    [
        "web.users",
        "web.sessions",
        "customers.data_keys",
        "ledger.budgets",
        "ledger.accounts",
        "ledger.imports",
        "ledger.categories",
        "ledger.category_rules",
        "ledger.enrichment",
    ],
)
async def test_the_apps_own_role_sees_one_customer_at_a_time_and_nobody_without_one(
    app: FastAPI, sign_in: SignIn, clock: FixedClock, database: Database, table: str
) -> None:
    ada, eve = await sign_in(), await sign_in()
    await _belongings(ada, app, clock)
    count = f"select count(*) from {table} where customer_id = $1"
    async with database.write("app", ada.principal) as connection:
        assert await connection.fetchval(count, ada.principal.customer_id) > 0
    async with database.write("app", eve.principal) as connection:
        assert await connection.fetchval(count, ada.principal.customer_id) == 0
    async with database.write("app", None) as connection:
        assert await connection.fetchval(f"select count(*) from {table}") == 0


@pytest.mark.parametrize(
    "statement",
    [
        "insert into ledger.budgets (id, customer_id, firm_id, category, unit, every, anchor_on, currency)"
        " values (gen_random_uuid(), $1, $2, 'x', 'month', 1, '2001-01-01', 'EUR')",
        "insert into ledger.goals (id, customer_id, firm_id, name, target_minor, currency)"
        " values (gen_random_uuid(), $1, $2, 'x', 1, 'EUR')",
        "insert into tools.proposal_events (proposal_id, state, customer_id, firm_id, user_id, details, at)"
        " values (gen_random_uuid(), 'confirmed', $1, $2, $1, '{}', now())",
        "insert into web.sessions (id, user_id, customer_id, firm_id, refresh_sha256, created_at, used_at, expires_at)"
        " select gen_random_uuid(), gen_random_uuid(), $1, $2, 'x', now(), now(), now()",
        "insert into customers.data_keys (customer_id, firm_id, version, wrapped) values ($1, $2, 9, 'x')",
    ],
)
async def test_nothing_is_written_in_a_strangers_name(sign_in: SignIn, database: Database, statement: str) -> None:
    ada, eve = await sign_in(), await sign_in()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.write("app", eve.principal) as connection:
            await connection.execute(statement, ada.principal.customer_id, ada.principal.firm_id)
