"""Recurring payments, insights and the cash flow over HTTP."""

from __future__ import annotations

import pytest

from tests.web.api.files import STREAMING, send
from tests.web.conftest import SignedInPerson, SignIn


async def streaming(sign_in: SignIn) -> SignedInPerson:
    ada = await sign_in()
    await send(ada.http, STREAMING, account_name="Visa", account_kind="card")
    return ada


async def test_a_subscription_is_found_with_its_rise(sign_in: SignIn) -> None:
    ada = await streaming(sign_in)
    answer = await ada.http.get("/v1/recurring", params={"kind": "subscription", "status": "active"})
    found = answer.json()
    (item,) = found["items"]
    assert (item["merchant"], item["cadence"], item["amount_minor"], item["next_on"]) == ("Netflix", "monthly", 1199, "2026-12-12")
    assert item["price_change"]["before_minor"] == 999
    assert (found["monthly_total_minor"], found["yearly_total_minor"]) == (1199, 14388)


async def test_a_choice_of_kind_holds(sign_in: SignIn) -> None:
    ada = await streaming(sign_in)
    item = (await ada.http.get("/v1/recurring")).json()["items"][0]
    changed = await ada.http.patch(f"/v1/recurring/{item['id']}", json={"kind": "bill"})
    assert (changed.status_code, changed.json()["kind"]) == (200, "bill")
    assert (await ada.http.get("/v1/recurring", params={"kind": "bill"})).json()["count"] == 1
    hidden = await ada.http.patch(f"/v1/recurring/{item['id']}", json={"hidden": True})
    assert (hidden.json()["kind"], hidden.json()["hidden"]) == ("bill", True)
    assert (await ada.http.get("/v1/recurring")).json()["count"] == 0
    assert [one["id"] for one in (await ada.http.get("/v1/recurring", params={"hidden": True})).json()["items"]] == [item["id"]]
    shown = await ada.http.patch(f"/v1/recurring/{item['id']}", json={"hidden": False})
    assert shown.json()["hidden"] is False
    assert (await ada.http.get("/v1/recurring")).json()["count"] == 1


async def test_the_id_stays_when_facts_are_added(sign_in: SignIn) -> None:
    ada = await sign_in()
    await send(ada.http, b"".join(STREAMING.splitlines(keepends=True)[:5]), account_name="Visa", account_kind="card")
    before = (await ada.http.get("/v1/recurring")).json()["items"][0]
    await send(ada.http, STREAMING, account_name="Visa", account_kind="card")
    after = (await ada.http.get("/v1/recurring")).json()["items"][0]
    assert (before["id"], before["facts_count"], after["facts_count"]) == (after["id"], 4, 6)


async def test_an_outflow_cannot_be_called_income(sign_in: SignIn) -> None:
    ada = await streaming(sign_in)
    item = (await ada.http.get("/v1/recurring")).json()["items"][0]
    answer = await ada.http.patch(f"/v1/recurring/{item['id']}", json={"kind": "income"})
    assert (answer.status_code, answer.json()["code"]) == (422, "kind_does_not_fit")


async def test_a_dismissed_insight_stays_dismissed(sign_in: SignIn) -> None:
    ada = await streaming(sign_in)
    (item,) = (await ada.http.get("/v1/insights")).json()["items"]
    assert (item["kind"], item["title"], item["change_minor"]) == ("price_rise", "Netflix costs more", 200)
    rows = (await ada.http.post("/v1/query", json=item["evidence"]["query"])).json()["transactions"]
    assert [row["magnitude_minor"] for row in rows] == [1199, 1199, 999, 999]
    for _ in range(2):
        assert (await ada.http.post(f"/v1/insights/{item['id']}/dismiss")).status_code == 204
    assert (await ada.http.get("/v1/insights")).json()["items"] == []


async def test_the_cash_flow_says_what_it_does_not_know(sign_in: SignIn) -> None:
    ada = await streaming(sign_in)
    flow = (await ada.http.get("/v1/cash-flow", params={"until": "2026-12-20"})).json()
    assert (flow["balance_minor"], flow["unknown_accounts"], flow["bills_total_minor"]) == (None, ["Visa"], 1199)
    assert [(row["on"], row["label"], row["amount_minor"]) for row in flow["rows"][1:]] == [("2026-12-12", "Netflix", -1199)]


@pytest.mark.parametrize("until", ["2026-11-20", "2028-01-01", "christmas"])
async def test_a_day_that_cannot_be_looked_at_is_refused(sign_in: SignIn, until: str) -> None:
    ada = await sign_in()
    assert (await ada.http.get("/v1/cash-flow", params={"until": until})).status_code == 422
