"""Files beside CSV over HTTP: known by their content, one account at a time, each fact once in whatever format it comes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.api.files import send
from tests.web.conftest import SignIn

FEEDS = Path(__file__).parents[2] / "fixtures" / "feeds"
PREVIEW = "/v1/imports/preview"
SPARKASSE = "de_sparkasse_camt053_v8.xml"
CSV = """Date;Description;Payee;Amount
2026-11-13;Bäcker;Kamps;-4.50
2026-11-16;Mobilfunk Kundenkonto;Telekom Deutschland GmbH;-54.95
2026-11-16;Gehalt 11/2026;Muster & Söhne GmbH;2400.00
2026-11-17;Sammelüberweisung Beitrag und Gebühr;;-35.00
2026-11-18;Bäcker;Kamps;-4.50
"""


def feed(name: str) -> bytes:
    return (FEEDS / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "kind", "rows"),
    [
        ("fr_credit_mutuel.ofx", "ofx", 2),
        ("de_quicken.qif", "qif", 3),
        (SPARKASSE, "camt", 4),
        ("de_commerzbank.sta", "mt940", 3),
        ("steward.json", "json", 2),
        ("psd2.json", "json", 2),
    ],
)
async def test_every_format_comes_in_under_any_name_without_a_question(sign_in: SignIn, name: str, kind: str, rows: int) -> None:
    ada = await sign_in()
    seen = (await send(ada.http, feed(name), path=PREVIEW, name="download")).json()
    assert (seen["format"], seen["rows_count"], seen["questions"], seen["duplicates"]) == (kind, rows, [], 0)
    made = await send(ada.http, feed(name), name="download")
    assert (made.status_code, made.json()["imported"], made.json()["others"]) == (201, rows, [])
    assert (await send(ada.http, feed(name), path=PREVIEW, name="download")).json()["duplicates"] == rows
    again = (await send(ada.http, feed(name), name="again.csv")).json()
    assert (again["imported"], again["duplicates"]) == (0, rows)
    assert (await ada.http.delete(f"/v1/imports/{made.json()['id']}")).json()["undone"] == rows
    assert (await send(ada.http, feed(name))).json()["imported"] == rows


async def test_a_statements_balance_is_the_accounts(sign_in: SignIn) -> None:
    ada = await sign_in()
    seen = (await send(ada.http, feed(SPARKASSE), path=PREVIEW)).json()
    assert seen["account"] == {"label": "...3000 EUR", "kind": None, "currency": "EUR", "rows_count": 4}
    assert (seen["columns"], seen["closing_balance_minor"]) == ([], 331005)
    await send(ada.http, feed(SPARKASSE))
    assert (await ada.http.get("/v1/accounts")).json()["data"][0]["balance"] == {"amount_minor": 331005, "currency": "EUR"}


async def test_several_accounts_are_asked_about_and_come_in_one_after_the_other(sign_in: SignIn) -> None:
    ada = await sign_in()
    content = feed("es_dos_cuentas_camt053_v2.xml")
    asked = (await send(ada.http, content)).json()
    assert (asked["code"], len(asked["questions"][0]["choices"])) == ("mapping_ambiguous", 2)
    left = []
    for choice in asked["questions"][0]["choices"]:
        made = (await send(ada.http, content, mapping=choice["mapping_patch"], account_name=choice["label"])).json()
        assert made["imported"] == 1
        left += [other["label"] for other in made["others"]]
    assert left == ["...6789 EUR", "...1332 EUR"]
    assert "ES91" not in str(asked)


async def test_a_file_in_another_currency_than_the_account_is_refused(sign_in: SignIn) -> None:
    ada = await sign_in()
    seen = (await ada.http.post(PREVIEW, files={"file": ("a", feed("ch_postfinance_camt053_v4.xml"))})).json()
    assert seen["account"]["currency"] == "CHF"
    answer = await send(ada.http, feed("ch_postfinance_camt053_v4.xml"))
    assert (answer.status_code, answer.json()["code"]) == (422, "currency_is_not_the_files")
    assert answer.json()["errors"][0]["pointer"] == "/currency"


async def test_one_fact_in_two_formats_counts_once(sign_in: SignIn) -> None:
    ada = await sign_in()
    assert (await send(ada.http, CSV.encode())).json()["imported"] == 5
    assert (await send(ada.http, feed(SPARKASSE), path=PREVIEW)).json()["duplicates"] == 4
    statement = (await send(ada.http, feed(SPARKASSE))).json()
    assert (statement["imported"], statement["duplicates"]) == (0, 4)  # the batch of two is the table's one transfer
    mt940 = (await send(ada.http, feed("de_commerzbank.sta"))).json()
    assert (mt940["imported"], mt940["duplicates"]) == (3, 0)  # other days, other facts


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7", "file_is_of_no_known_kind"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><Document/>", "file_has_a_document_type"),
        (b"<?xml version='1.0'?><Document/>", "file_has_no_statement"),
        (b"OFXHEADER:100\n<OFX>", "file_has_no_statement"),
        (b'[{"a": 1', "file_is_not_json"),
    ],
)
async def test_a_file_that_is_no_statement_is_refused_with_its_reason(sign_in: SignIn, content: bytes, code: str) -> None:
    ada = await sign_in()
    answer = await send(ada.http, content)
    problem: dict[str, Any] = answer.json()
    assert answer.status_code == 422
    assert problem["code"] in (code, "mapping_ambiguous")
    assert problem["errors"]
