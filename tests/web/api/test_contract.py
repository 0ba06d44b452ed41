"""The OpenAPI document says what the app does, no more and no less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from tests.web.api.files import AMBIGUOUS, send
from tests.web.conftest import SignIn
from web.api import openapi

PROBLEM = "application/problem+json"


@pytest.fixture
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield path, method, operation


def _routes(app: FastAPI) -> Iterator[APIRoute]:
    for included in app.routes:
        for route in getattr(getattr(included, "original_router", None), "routes", []):
            assert isinstance(route, APIRoute)
            yield route


def test_every_route_is_described_and_every_description_is_a_route(app: FastAPI, document: dict[str, Any]) -> None:
    served = {(route.path, method.lower()) for route in _routes(app) if route.include_in_schema for method in route.methods or ()}
    assert {(path, method) for path, method, _ in _operations(document)} == served
    assert {route.path for route in _routes(app) if not route.include_in_schema} == {"/metrics"}


def test_it_is_openapi_3_1_with_plain_names(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in _operations(document)]
    assert document["openapi"] == "3.1.0"
    assert len(set(names)) == len(names)
    assert all(name.replace("_", "").isalpha() for name in names)
    assert not [name for name in document["components"]["schemas"] if "__" in name or "-" in name]


def test_every_schema_resolves_and_is_a_schema(document: dict[str, Any]) -> None:
    known = set(document["components"]["schemas"])
    wanted = {part.split('"')[0] for part in json.dumps(document).split("#/components/schemas/")[1:]}
    assert wanted <= known
    for name in known:
        Draft202012Validator.check_schema(document["components"]["schemas"][name])


def test_every_answer_has_a_shape_and_every_problem_is_a_problem(document: dict[str, Any]) -> None:
    for path, method, operation in _operations(document):
        for status, response in operation["responses"].items():
            content = response.get("content", {})
            if status == "204":
                assert not content
            elif int(status) >= 400 and path != "/readyz":
                assert content == {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}, (path, method, status)
            else:
                assert content["application/json"]["schema"], (path, method, status)


def test_every_route_of_the_customers_declares_its_token_and_its_401(document: dict[str, Any]) -> None:
    public = {"/v1/auth/sign-in", "/v1/auth/refresh", "/v1/auth/sign-out", "/healthz", "/readyz"}
    for path, method, operation in _operations(document):
        assert ("security" in operation) == (path not in public), (path, method)
        if path not in public:
            assert "401" in operation["responses"]
        if "{" in path:
            assert "404" in operation["responses"], (path, method)


def test_unknown_fields_are_forbidden_in_every_request(app: FastAPI, document: dict[str, Any]) -> None:
    for path, method, operation in _operations(document):
        for media in operation.get("requestBody", {}).get("content", {}).values():
            schema = document["components"]["schemas"][media["schema"]["$ref"].rpartition("/")[2]]
            assert schema["additionalProperties"] is False, (path, method)


def _validator(document: dict[str, Any], name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": document["components"]})


async def test_answers_have_the_shape_that_is_promised(sign_in: SignIn, document: dict[str, Any], http: httpx.AsyncClient) -> None:
    ada = await sign_in()
    wish = {"category": "Groceries", "amount_minor": 1000, "currency": "EUR", "period": "month"}
    made = await send(ada.http)
    answers = [
        ("Imported", made),
        ("Preview", await send(ada.http, path="/v1/imports/preview")),
        ("Problem", await send(ada.http, AMBIGUOUS)),
        ("Imports", await ada.http.get("/v1/imports")),
        ("ImportWithRejections", await ada.http.get(f"/v1/imports/{made.json()['id']}")),
        ("Accounts", await ada.http.get("/v1/accounts")),
        ("Transactions", await ada.http.get("/v1/transactions")),
        ("Result", await ada.http.post("/v1/query", json={"group_by": "category", "share": True})),
        ("Budget", await ada.http.put("/v1/budgets", json=wish)),
        ("Budgets", await ada.http.get("/v1/budgets")),
        ("Customer", await ada.http.get("/v1/me")),
        ("Undone", await ada.http.delete(f"/v1/imports/{made.json()['id']}")),
        ("Problem", await ada.http.get("/v1/imports/imp_1")),
        ("Problem", await ada.http.get("/v1/nothing")),
        ("Problem", await ada.http.patch("/v1/budgets")),
        ("Problem", await http.get("/v1/me")),
        ("Problem", await http.put("/v1/budgets", content=b"{", headers={"Content-Type": "application/json"})),
    ]
    for name, answer in answers:
        found = [error.message for error in _validator(document, name).iter_errors(answer.json())]
        assert not found, (name, answer.request.url.path, found)
        assert (answer.headers["content-type"] == PROBLEM) == (name == "Problem")


def test_the_front_end_is_built_on_this_very_document(document: dict[str, Any]) -> None:
    kept = Path(__file__).parents[3] / "web" / "ui" / "openapi.json"
    assert json.loads(kept.read_text()) == document, "run: python -m web.api.openapi > web/ui/openapi.json"


def test_the_document_can_be_printed_without_a_database(capsys: pytest.CaptureFixture[str], document: dict[str, Any]) -> None:
    openapi.main()
    assert json.loads(capsys.readouterr().out) == document
