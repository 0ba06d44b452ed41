"""Whatever arrives, the answer is one of those that the contract names, and never a 5xx."""

from __future__ import annotations

import random
from typing import Any

import pytest
from fastapi import FastAPI

from kit.ids import new_uuid, show
from tests.web.api.files import send
from tests.web.conftest import SignedInPerson, SignIn

NASTY: tuple[Any, ...] = (
    None, True, 0, -1, 2**53, 2**63 - 1, 1.5, 1e300, "", " ", "a", "a" * 5000, "\u202e", "'; drop table x --", "%", "\\", "2026-11-21",
    "0001-01-01", "9999-12-31", "EUR", "month", "spending", "acc_" + "0" * 32, "ACC_x", "../../etc/passwd", "{}", [], [[]], {}, {"a": 1},
    ["acc_" + "f" * 32], {"start_on": "0001-01-01", "end_on": "9999-12-31"}, {"categories": ["x"]}, {"weekdays": [1, 7]}, "ﷺ" * 50, "💰",
)  # fmt: skip
NOT_FUZZED = {"/v1/auth/sign-out", "/v1/auth/sign-in", "/readyz"}
NEED_MODELS = {"/v1/articles/{document}", "/v1/search"}
ROUNDS = 120


def _body(rng: random.Random, schema: dict[str, Any], document: dict[str, Any]) -> Any:
    if rng.random() < 0.1:
        return rng.choice(NASTY)
    named = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return {name: rng.choice(NASTY) for name in named.get("properties", {}) if rng.random() < 0.7}


def _path(rng: random.Random, path: str, own: str) -> str:
    while "{" in path:
        head, _, tail = path.partition("{")
        value = rng.choice([own, "x", "%00", "imp_" + "g" * 32, show("bud", new_uuid()), show("cnv", new_uuid()), "%F0%9F", "a" * 3000])
        path = head + value + tail.partition("}")[2]
    return path


async def _one(rng: random.Random, ada: SignedInPerson, document: dict[str, Any], own: str) -> None:
    path, method = rng.choice([(p, m) for p, ms in document["paths"].items() for m in ms if p not in NOT_FUZZED])
    operation = document["paths"][path][method]
    sent: dict[str, Any] = {}
    queries = [parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "query"]
    sent["params"] = {name: str(rng.choice(NASTY)) for name in queries if rng.random() < 0.5}
    for kind, media in operation.get("requestBody", {}).get("content", {}).items():
        body = _body(rng, media["schema"], document)
        if kind == "application/json":
            sent["json"] = body
        else:
            fields = body if isinstance(body, dict) else {}
            sent["data"] = {name: str(value) for name, value in fields.items() if name != "file"}
            sent["files"] = {"file": (str(rng.choice(NASTY))[:300], rng.randbytes(rng.randrange(400)))}
    answer = await ada.http.request(method, _path(rng, path, own), **sent)
    away = path in NEED_MODELS and answer.status_code == 503  # this app has none loaded: a definite "try again", never 500
    assert answer.status_code < 500 or away, (method, path, sent, answer.text[:300])
    named = {*operation["responses"], "404", "405"}
    assert str(answer.status_code) in named, (method, path, sent, answer.status_code)


@pytest.mark.parametrize("seed", range(5))
async def test_nonsense_is_refused_and_breaks_nothing(app: FastAPI, sign_in: SignIn, seed: int) -> None:
    ada, rng = await sign_in(), random.Random(seed)
    made = (await send(ada.http)).json()
    for _ in range(ROUNDS):
        await _one(rng, ada, app.openapi(), rng.choice([made["id"], made["account_id"]]))
    assert (await ada.http.get("/v1/me")).status_code == 200
