"""Bodies that are too large, too deep, or JSON that two readers would read differently."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import Invalid
from tests.web.conftest import SignIn
from web.api.bodies import DRAIN_BYTES, MAX_JSON_BYTES
from web.api.strict_json import NotJson, check_json

JSON = {"Content-Type": "application/json"}
BUDGET = '"category": "groceries", "currency": "EUR", "period": "month"'


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (f'{{"amount_minor": NaN, {BUDGET}}}', 422, "number_is_not_finite"),
        (f'{{"amount_minor": Infinity, {BUDGET}}}', 422, "number_is_not_finite"),
        (f'{{"amount_minor": -Infinity, {BUDGET}}}', 422, "number_is_not_finite"),
        (f'{{"amount_minor": 1e400, {BUDGET}}}', 422, "number_is_too_large"),
        (f'{{"amount_minor": {2**63}, {BUDGET}}}', 422, "number_is_too_large"),
        (f'{{"amount_minor": -{2**63}, {BUDGET}}}', 422, "number_is_too_large"),
        (f'{{"amount_minor": {"9" * 5000}, {BUDGET}}}', 422, "number_is_too_large"),
        (f'{{"amount_minor": {2**53}, {BUDGET}}}', 422, "request_is_invalid"),
        (f'{{"amount_minor": 0, {BUDGET}}}', 422, "request_is_invalid"),
        (f'{{"amount_minor": -5, {BUDGET}}}', 422, "request_is_invalid"),
        (f'{{"amount_minor": 12.5, {BUDGET}}}', 422, "request_is_invalid"),
        (f'{{"amount_minor": 12.0, {BUDGET}}}', 422, "request_is_invalid"),
        (f'{{"amount_minor": true, {BUDGET}}}', 422, "request_is_invalid"),
        (f'{{"amount_minor": "12", {BUDGET}}}', 422, "request_is_invalid"),
        (f'{{"amount_minor": "1_000", {BUDGET}}}', 422, "request_is_invalid"),
        (f'{{"amount_minor": " 12 ", {BUDGET}}}', 422, "request_is_invalid"),
        (f'{{"amount_minor": "١٢", {BUDGET}}}', 422, "request_is_invalid"),
        (f'{{"amount_minor": null, {BUDGET}}}', 422, "request_is_invalid"),
        (f'{{"amount_minor": 1, "amount_minor": 2, {BUDGET}}}', 422, "name_occurs_twice"),
        (f'{{"amount_minor": 1, "id": "bud_1", {BUDGET}}}', 422, "request_is_invalid"),
        ('{"amount_minor": 1, "category": "a\\u0000b", "currency": "EUR"}', 422, "text_cannot_be_kept"),
        ('{"amount_minor": 1, "category": "\\ud800", "currency": "EUR"}', 422, "text_cannot_be_kept"),
        ('{"amount_minor": 1, "category": "a", "currency": "eur"}', 422, "request_is_invalid"),
        ('{"amount_minor": 1, "category": "a", "currency": "USD"}', 422, "currency_is_not_the_customers"),
        ('{"amount_minor": 1, "category": "", "currency": "EUR"}', 422, "request_is_invalid"),
        ("[]", 422, "request_is_invalid"),
        ("null", 422, "request_is_invalid"),
        ("", 422, "request_is_invalid"),
        ("{", 400, "body_is_not_json"),
        ("{'a': 1}", 400, "body_is_not_json"),
        ('{"a": 1} {"b": 2}', 400, "body_is_not_json"),
        ("[" * 100_000, 400, "body_is_not_json"),
        ("[" * 100 + "]" * 100, 400, "body_is_not_json"),
        ('{"a":' * 100_000, 400, "body_is_not_json"),
    ],
)
async def test_a_body_with_two_readings_has_none(sign_in: SignIn, body: str, status: int, code: str) -> None:
    ada = await sign_in()
    answer = await ada.http.put("/v1/budgets", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await ada.http.get("/v1/budgets")).json() == {"data": []}


@pytest.mark.parametrize("body", [b"\xff\xfe{}", '{"a": "ä"}'.encode("latin-1"), b"\x00"])
async def test_what_is_not_utf_8_is_not_json(sign_in: SignIn, body: bytes) -> None:
    ada = await sign_in()
    answer = await ada.http.put("/v1/budgets", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "body_is_not_json")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/octet-stream"])
async def test_a_body_of_another_kind_is_refused(sign_in: SignIn, kind: str) -> None:
    ada = await sign_in()
    body = json.dumps({"category": "a", "amount_minor": 1, "currency": "EUR"})
    answer = await ada.http.put("/v1/budgets", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 422


async def test_ten_megabytes_are_refused_early(sign_in: SignIn) -> None:
    ada = await sign_in()
    started = time.perf_counter()
    answer = await ada.http.put("/v1/budgets", content=b"[" + b"1," * 5 * 2**20 + b"1]", headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_is_too_large")
    assert time.perf_counter() - started < 1


async def test_a_chunked_body_is_counted_as_it_comes(sign_in: SignIn) -> None:
    ada = await sign_in()
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 65_536
            yield b"x" * 65_536

    answer = await ada.http.put("/v1/budgets", content=chunks(), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_is_too_large")
    assert sent <= MAX_JSON_BYTES + DRAIN_BYTES + 2 * 65_536


@pytest.mark.parametrize("path", ["/v1/imports", "/v1/imports/preview"])
async def test_a_file_over_the_limit_is_refused_however_it_is_sent(sign_in: SignIn, path: str) -> None:
    ada = await sign_in()
    form = {"account_name": "Giro", "account_kind": "checking", "currency": "EUR"}
    whole = await ada.http.post(path, data=form, files={"file": ("a.csv", b"1" * (5 * 2**20))})
    assert (whole.status_code, whole.json()["code"]) == (413, "body_is_too_large")

    async def chunks() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _ in range(100):
            yield b"1" * 65_536

    chunked = await ada.http.post(path, content=chunks(), headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert (chunked.status_code, chunked.json()["code"]) == (413, "body_is_too_large")


async def test_a_million_names_are_refused_early(sign_in: SignIn) -> None:
    ada = await sign_in()
    body = json.dumps(dict.fromkeys(map(str, range(1_000_000)), 1))
    started = time.perf_counter()
    assert (await ada.http.put("/v1/budgets", content=body, headers=JSON)).status_code == 413
    assert time.perf_counter() - started < 1


async def test_a_content_length_that_is_no_number_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/auth/sign-in", content=b"{}", headers={**JSON, "Content-Length": "many"})
    assert answer.status_code == 400


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_break_the_reading(body: bytes) -> None:
    try:
        check_json(body)
    except (NotJson, Invalid):
        return
    json.loads(body)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4),
        max_leaves=20,
    )
)  # fmt: skip
def test_all_honest_json_is_taken(value: object) -> None:
    check_json(json.dumps(value).encode())
