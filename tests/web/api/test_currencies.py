"""Accounts in several currencies over HTTP: import, rates, net worth by day."""

from __future__ import annotations

from kit.db import Database
from tests.rates import load_rates_of_tests
from tests.web.api.files import send
from tests.web.conftest import SignIn

LONDON = b"Date,Description,Amount,Balance\n2026-05-05,TESCO,-80.00,320.00\n2026-06-01,TESCO,-90.00,230.00\n"


async def test_an_account_may_be_in_another_currency_than_its_owner(sign_in: SignIn, database: Database) -> None:
    await load_rates_of_tests(database)
    ada = await sign_in()
    made = await send(ada.http, LONDON, account_name="London", currency="GBP")
    assert made.status_code == 201, made.text
    account = (await ada.http.get("/v1/accounts")).json()["data"][0]
    assert (account["currency"], account["balance"]) == ("GBP", {"amount_minor": 23000, "currency": "GBP"})
    spent = await ada.http.post("/v1/query", json={"measure": "spending"})
    assert (spent.json()["amount_minor"], spent.json()["currency"]) == (20000, "EUR")  # 80 at 0.80, 90 at 0.90


async def test_net_worth_is_told_by_day_with_its_rates(sign_in: SignIn, database: Database) -> None:
    await load_rates_of_tests(database)
    ada = await sign_in()
    await send(ada.http, LONDON, account_name="London", currency="GBP")
    await send(ada.http, b"Date,Description,Amount,Balance\n2026-05-06,SHOP,-10.00,100.00\n", account_name="Giro")
    answer = await ada.http.get("/v1/net-worth", params={"from": "2026-05-01", "to": "2026-05-31"})
    told = answer.json()
    by_day = {point["on"]: point["amount_minor"] for point in told["data"]}
    assert by_day["2026-05-05"] == 11000 + 40000
    assert by_day["2026-05-08"] == 10000 + 37647  # the same pounds at 0.85
    assert (min(by_day), max(by_day), len(by_day)) == ("2026-05-05", "2026-05-31", 27)  # from the first booking
    assert (told["currency"], told["converted"], told["missing_rates"]) == ("EUR", [{"currency": "GBP", "rate_on": "2026-05-29"}], [])
    assert (told["unknown_accounts"], told["later_accounts"]) == ([], [])


async def test_net_worth_of_an_impossible_stretch_is_refused(sign_in: SignIn) -> None:
    ada = await sign_in()
    for params in ({"from": "2026-05-02", "to": "2026-05-01"}, {"from": "2000-01-01"}, {"by": "hour"}, {"until": "2026-05-01"}):
        answer = await ada.http.get("/v1/net-worth", params=params)
        assert answer.status_code == 422, params
    assert (await ada.http.get("/v1/net-worth", params={"to": "0001-01-01"})).json()["data"] == []


async def test_the_rates_of_a_day_are_the_last_before_it(sign_in: SignIn, database: Database) -> None:
    await load_rates_of_tests(database)
    ada = await sign_in()
    told = (await ada.http.get("/v1/exchange-rates", params={"on": "2026-05-10"})).json()
    assert (told["base"], told["on"]) == ("EUR", "2026-05-10")
    assert {"currency": "GBP", "rate": "0.85", "rate_on": "2026-05-08", "source": "ecb"} in told["data"]
