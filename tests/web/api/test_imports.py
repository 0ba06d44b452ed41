"""A bank's file over HTTP: looked at, taken in once, listed, taken back."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from kit.db import Database
from tests.web.api.files import AMBIGUOUS, BROKEN, GIRO, OVERLAP, send
from tests.web.conftest import SignIn
from web.api.core_client import CoreClient

PREVIEW = "/v1/imports/preview"


async def _facts(client: httpx.AsyncClient) -> int:
    return len((await client.get("/v1/transactions", params={"limit": 200})).json()["data"])


async def test_a_file_is_looked_at_without_being_kept(sign_in: SignIn) -> None:
    ada = await sign_in()
    seen = (await send(ada.http, path=PREVIEW)).json()
    assert (seen["rows_count"], seen["duplicates"], seen["first_on"], seen["last_on"]) == (5, 0, "2026-11-02", "2026-11-06")
    assert seen["closing_balance_minor"] == 354100
    assert seen["columns"] == ["Date", "Description", "Category", "Amount", "Balance"]
    assert (seen["guess"]["date"], seen["guess"]["amount"], seen["questions"]) == ("Date", "Amount", [])
    rent = {"line": 2, "booked_on": "2026-11-02", "amount_minor": -90000, "description": "Rent November", "category": "Housing"}
    assert seen["rows"][0] == rent
    assert "DE89370400440532013000" not in str(seen)
    assert await _facts(ada.http) == 0
    assert (await ada.http.get("/v1/accounts")).json() == {"data": []}


async def test_a_look_needs_no_more_than_the_file(sign_in: SignIn) -> None:
    ada = await sign_in()
    seen = await ada.http.post(PREVIEW, files={"file": ("giro.csv", GIRO)})
    assert (seen.status_code, seen.json()["rows_count"]) == (200, 5)


async def test_a_file_is_taken_in(sign_in: SignIn) -> None:
    ada = await sign_in()
    answer = await send(ada.http)
    made = answer.json()
    assert (answer.status_code, made["imported"], made["duplicates"], made["rejected"], made["questions"]) == (201, 5, 0, [], [])
    account = (await ada.http.get("/v1/accounts")).json()["data"][0]
    assert account == {
        "id": made["account_id"], "name": "Giro", "kind": "checking", "currency": "EUR", "mirrored": True,
        "balance": {"amount_minor": 354100, "currency": "EUR"}, "owed": False, "facts_count": 5,
        "first_on": "2026-11-02", "last_on": "2026-11-06",
    }  # fmt: skip
    kept = (await ada.http.get(f"/v1/imports/{made['id']}")).json()
    assert (kept["file_name"], kept["account_name"], kept["imported"], kept["undone_at"]) == ("giro.csv", "Giro", 5, None)


async def test_the_same_file_again_and_an_overlapping_one_add_only_what_is_new(sign_in: SignIn) -> None:
    ada = await sign_in()
    await send(ada.http)
    assert (await send(ada.http, path=PREVIEW)).json()["duplicates"] == 5
    assert (await send(ada.http, OVERLAP, path=PREVIEW)).json()["duplicates"] == 2
    again, overlap = (await send(ada.http)).json(), (await send(ada.http, OVERLAP)).json()
    assert [(a["imported"], a["duplicates"]) for a in (again, overlap)] == [(0, 5), (1, 2)]
    assert await _facts(ada.http) == 6


async def test_another_customers_file_is_no_duplicate(sign_in: SignIn) -> None:
    ada, bob = await sign_in(), await sign_in()
    assert [(await send(person.http)).json()["imported"] for person in (ada, bob)] == [5, 5]


async def test_a_key_has_one_effect_and_one_answer(sign_in: SignIn) -> None:
    ada, bob = await sign_in(), await sign_in()
    first = await send(ada.http, key="spring cleaning")
    again = await send(ada.http, key="spring cleaning")
    assert (again.status_code, again.json(), again.headers["idempotent-replayed"]) == (201, first.json(), "true")
    assert "idempotent-replayed" not in first.headers
    other = await send(ada.http, OVERLAP, key="spring cleaning")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_was_used_for_another_request")
    assert (await send(bob.http, key="spring cleaning")).json()["imported"] == 5
    assert await _facts(ada.http) == 5


async def test_twenty_uploads_at_once_with_one_key_are_one_import(sign_in: SignIn) -> None:
    ada = await sign_in()
    answers = await asyncio.gather(*(send(ada.http, key="at once") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert (await ada.http.get("/v1/imports")).json()["data"][0]["imported"] == 5


async def test_what_a_file_leaves_open_is_asked_and_nothing_is_kept(sign_in: SignIn) -> None:
    ada = await sign_in()
    answer = await send(ada.http, AMBIGUOUS)
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["errors"][0]["pointer"]) == (422, "mapping_ambiguous", "/mapping/date_format")
    question = problem["questions"][0]
    assert (question["field"], len(question["choices"])) == ("date_format", 2)
    assert (await send(ada.http, AMBIGUOUS, path=PREVIEW)).json()["questions"] == problem["questions"]
    assert (await ada.http.get("/v1/imports")).json()["data"] == []
    answered = await send(ada.http, AMBIGUOUS, mapping=question["choices"][0]["mapping_patch"])
    assert (answered.status_code, answered.json()["imported"]) == (201, 2)


async def test_rows_that_are_no_facts_are_named_and_kept_without_card_numbers(sign_in: SignIn) -> None:
    ada = await sign_in()
    made = (await send(ada.http, BROKEN)).json()
    assert (made["imported"], [(row["line"], row["field"]) for row in made["rejected"]]) == (1, [(3, "date"), (4, "amount")])
    kept = (await ada.http.get(f"/v1/imports/{made['id']}")).json()
    assert kept["rejected"] == made["rejected"]
    assert "4111 1111" not in str(kept)


async def test_an_account_of_that_name_must_be_of_that_kind(sign_in: SignIn) -> None:
    ada = await sign_in()
    await send(ada.http)
    answer = await send(ada.http, OVERLAP, account_name=" giro ", account_kind="savings")
    assert (answer.status_code, answer.json()["code"]) == (409, "account_exists_with_another_kind_or_currency")
    assert "checking" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"account_kind": "wallet"}, "/account_kind"),
        ({"currency": "euro"}, "/currency"),
        ({"account_name": ""}, "/account_name"),
        ({"account_name": "a\x00b"}, "/account_name"),
        ({"account_name": "a" * 121}, "/account_name"),
        ({"mapping": "{"}, "/mapping"),
        ({"mapping": "[1]"}, "/mapping"),
        ({"mapping": '{"colour": "red"}'}, "/mapping"),
        ({"mapping": '{"date": "Date", "date": "Day"}'}, None),
        ({"opening_balance_minor": "1_000"}, "/opening_balance_minor"),
        ({"opening_balance_minor": "12.5"}, "/opening_balance_minor"),
        ({"opening_balance_minor": str(2**53)}, "/opening_balance_minor"),
        ({"colour": "red"}, "/colour"),
    ],
)
async def test_a_form_that_says_something_impossible_is_refused(sign_in: SignIn, fields: dict[str, Any], pointer: str | None) -> None:
    ada = await sign_in()
    answer = await send(ada.http, **fields)
    assert answer.status_code == 422
    if pointer is not None:
        assert any(error["pointer"].startswith(pointer) for error in answer.json()["errors"])
    assert (await ada.http.get("/v1/imports")).json()["data"] == []


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"\n\n", b"hello", b"Date;Amount\n", b"PK\x03\x04" + bytes(range(256))])
async def test_what_is_no_table_of_facts_is_refused(sign_in: SignIn, content: bytes) -> None:
    ada = await sign_in()
    for path in ("/v1/imports", PREVIEW):
        answer = await send(ada.http, content, path=path)
        assert answer.status_code in ((200, 422) if path == PREVIEW else (422,))


@pytest.mark.parametrize("text", ["a\x00b", "\u202ebank", "=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "x" * 5000, "\U0001f4b0"])
async def test_strange_words_in_a_file_break_nothing(sign_in: SignIn, text: str) -> None:
    ada = await sign_in()
    content = f"Date;Description;Amount\n2026-11-02;{text};-1.00\n2026-11-03;Bakery;-2.00\n".encode()
    answer = await send(ada.http, content, name=f"{text}.csv"[-200:])
    assert answer.status_code in (201, 422)
    assert (await ada.http.get("/v1/transactions")).status_code == 200


async def test_an_undone_import_counts_nowhere_and_can_come_again(sign_in: SignIn) -> None:
    ada = await sign_in()
    made = (await send(ada.http)).json()
    assert (await ada.http.delete(f"/v1/imports/{made['id']}")).json() == {"id": made["id"], "undone": 5}
    assert await _facts(ada.http) == 0
    assert (await ada.http.get(f"/v1/imports/{made['id']}")).json()["undone_at"] is not None
    twice = await ada.http.delete(f"/v1/imports/{made['id']}")
    assert (twice.status_code, twice.json()["code"]) == (409, "import_is_already_undone")
    assert (await send(ada.http)).json()["imported"] == 5


async def test_imports_are_listed_newest_first_by_pages(sign_in: SignIn) -> None:
    ada = await sign_in()
    made = [(await send(ada.http, GIRO, account_name=f"Giro {number}")).json()["id"] for number in range(5)]
    seen: list[str] = []
    wanted = {"limit": "2"}
    while True:
        page = (await ada.http.get("/v1/imports", params=wanted)).json()
        seen += [item["id"] for item in page["data"]]
        assert page["has_more"] == (page["next_cursor"] is not None)
        if not page["has_more"]:
            break
        wanted["cursor"] = page["next_cursor"]
    assert seen == made[::-1]


async def test_a_balance_that_the_file_did_not_tell_is_told_afterwards(sign_in: SignIn) -> None:
    ada = await sign_in()
    plain = b"Date;Description;Amount\n2026-11-02;Cinema;-12.00\n2026-11-03;Bakery;-4.50\n"
    made = (await send(ada.http, plain, account_name="Visa", account_kind="card")).json()
    path = f"/v1/accounts/{made['account_id']}/opening-balance"
    account = (await ada.http.get("/v1/accounts")).json()["data"][0]
    assert (account["balance"], account["owed"]) == (None, True)
    told = (await ada.http.post(path, json={"balance_minor": -10000, "on": "2026-11-01"})).json()
    assert told["balance"] == {"amount_minor": 11650, "currency": "EUR"}
    for wrong in ({"balance_minor": "1", "on": "2026-11-01"}, {"balance_minor": 1, "on": "2026-02-30"}, {"balance_minor": 1}):
        assert (await ada.http.post(path, json=wrong)).status_code == 422


async def test_while_the_core_is_away_nothing_is_lost_and_the_caller_is_told_to_wait(app: FastAPI, sign_in: SignIn) -> None:
    ada = await sign_in()

    def refuse(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    present = app.state.core
    app.state.core = CoreClient(app.state.settings, app.state.clock, httpx.MockTransport(refuse))
    try:
        answer = await send(ada.http)
        ready = await ada.http.get("/readyz")
    finally:
        await app.state.core.close()
        app.state.core = present
    assert (answer.status_code, answer.json()["code"], int(answer.headers["retry-after"]) > 0) == (503, "core_is_away", True)
    assert (ready.status_code, ready.json()["checks"]["core"]) == (503, "away")
    assert (await ada.http.get("/v1/imports")).json()["data"] == []


async def test_the_words_of_the_file_are_kept_redacted_or_sealed(sign_in: SignIn, database: Database) -> None:
    ada = await sign_in()
    await send(ada.http, name="DE89370400440532013000 4111111111111111.csv")
    kept = []
    async with database.write("core", ada.principal) as connection:
        for table in ("facts", "originals", "enrichment", "imports", "transfers", "operations", "idempotency"):
            kept.append(repr(await connection.fetch(f"select * from ledger.{table} where customer_id = $1", ada.principal.customer_id)))
    assert len(kept) == 7
    assert "DE8937" not in "".join(kept)
    assert "4111111111111111" not in "".join(kept)
