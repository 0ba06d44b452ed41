"""What every answer has, whatever it says; and what operators ask."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from kit.settings import Settings
from tests.web.conftest import SignIn, client_of
from web.api.app import Parts, create_app
from web.api.errors import add_handlers
from web.api.workspace import workspace

PATHS = ("/", "/healthz", "/v1/me", "/v1/nothing", "/metrics", "/openapi.json", "/no-such-file.js")


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_is_guarded(http: httpx.AsyncClient, path: str) -> None:
    headers = (await http.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "img-src 'self' data:;" in policy
    assert not any(word in policy for word in ("http:", "https:", "*", "unsafe-eval", "script-src 'self' '"))
    assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


@pytest.mark.parametrize("given", ["a-request-of-mine", "0192f3aa.77", "x" * 64])
async def test_a_requests_id_is_taken_over(http: httpx.AsyncClient, given: str) -> None:
    answer = await http.get("/v1/me", headers={"X-Request-Id": given})
    assert (answer.headers["x-request-id"], answer.json()["request_id"]) == (given, given)


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "has space", 'quo"te-quote', "caf\xe9-caf\xe9", "<script>alert(1)"])
async def test_a_strange_request_id_is_replaced(http: httpx.AsyncClient, given: str) -> None:
    answer = await http.get("/v1/me", headers=[(b"X-Request-Id", given.encode("latin-1"))])
    made = answer.headers["x-request-id"]
    assert made == answer.json()["request_id"] != given
    assert len(made) == 32


async def test_an_unknown_address_of_the_api_is_a_problem_and_not_a_page(http: httpx.AsyncClient) -> None:
    for method in ("GET", "POST", "DELETE"):
        answer = await http.request(method, "/v1/nothing")
        assert (answer.status_code, answer.json()["code"]) == (404, "route_is_unknown")


async def test_a_bug_is_a_problem_without_its_cause(
    app: FastAPI, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ada = await sign_in()

    async def fail(_connection: object) -> None:
        raise ZeroDivisionError("the secret is 42")

    monkeypatch.setattr("web.api.accounts.list_accounts", fail)
    answer = await ada.http.get("/v1/accounts")
    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected_error")
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"]


async def test_what_was_sent_is_never_sent_back(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/auth/sign-in", json={"email": ["canary-1"], "password": {"canary-2": "canary-3"}})
    assert answer.status_code == 422
    assert "canary" not in answer.text
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/email", "/password"}


async def test_the_process_says_that_it_lives_and_what_it_waits_for(http: httpx.AsyncClient) -> None:
    assert (await http.get("/healthz")).json() == {"status": "ok"}
    ready = await http.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "checks": {"database": "ok", "core": "ok", "models": "ok"}})


async def test_without_its_models_the_process_is_not_ready(app: FastAPI, http: httpx.AsyncClient) -> None:
    assistant, app.state.assistant = app.state.assistant, None
    try:
        ready = await http.get("/readyz")
    finally:
        app.state.assistant = assistant
    assert (ready.status_code, ready.json()["checks"]["models"]) == (503, "away")


async def test_metrics_count_by_route_and_not_by_address(http: httpx.AsyncClient) -> None:
    for number in range(3):
        await http.get(f"/v1/imports/imp_{number}")
    await http.get("/wp-admin/setup.php")
    text = (await http.get("/metrics")).text
    assert 'steward_http_requests_total{method="GET",route="/v1/imports/{import_id}",status="401"}' in text
    assert "steward_http_request_seconds_bucket" in text
    assert "imp_1" not in text
    assert "wp-admin" not in text


async def test_metrics_are_not_for_the_world(app: FastAPI) -> None:
    async with client_of(app, "8.8.8.8") as stranger:
        assert (await stranger.get("/metrics")).status_code == 404


async def test_production_insists_on_tls(settings: Settings) -> None:
    app = create_app(Parts(settings.model_copy(update={"profile": "production"})))
    async with client_of(app) as client:
        assert "max-age=31536000" in (await client.get("/healthz")).headers["strict-transport-security"]


def test_an_app_without_a_database_does_not_start(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="STEWARD_DATABASE_URL"),
        TestClient(create_app(Parts(Settings(home=tmp_path, database_url=None)))),
    ):
        pass


@pytest.fixture
def front_end(tmp_path: Path) -> TestClient:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Steward</title>")
    (tmp_path / "assets" / "index-1a2b.js").write_text("console.log('" + "a" * 2000 + "')")
    (tmp_path.parent / "secret.txt").write_text("secret")
    app = FastAPI()
    add_handlers(app)
    app.mount("/", workspace(tmp_path))
    return TestClient(app)


@pytest.mark.parametrize("path", ["/", "/accounts", "/chat/cnv_1", "/imports/new"])
def test_every_view_is_the_one_page_and_asked_for_anew(front_end: TestClient, path: str) -> None:
    answer = front_end.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert "<title>Steward</title>" in answer.text


def test_hashed_assets_are_kept_for_good_and_compressed(front_end: TestClient) -> None:
    answer = front_end.get("/assets/index-1a2b.js", headers={"Accept-Encoding": "gzip"})
    assert "immutable" in answer.headers["cache-control"]
    assert (answer.headers["content-type"].split(";")[0], answer.headers["content-encoding"]) == ("text/javascript", "gzip")


@pytest.mark.parametrize(
    "path", ["/assets/none.js", "/favicon.ico", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/v1/x", "/.env"]
)
def test_what_is_not_there_is_not_the_page_either(front_end: TestClient, path: str) -> None:
    answer = front_end.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text
