"""The customer's categories over HTTP: the tree, corrections, rules, the review list, and what follows from them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kit.db import Database
from tests.web.api.files import send
from tests.web.conftest import SignedInPerson, SignIn

MESSY = b"""Date;Description;Amount;Balance
2026-10-03;KWIKKY MART 1712;-10.00;990.00
2026-10-05;TESCO STORES 3290;-20.00;970.00
2026-11-03;KWIKKY MART 1712;-30.00;940.00
2026-11-04;KWIKKY MART 9912 ODD LOT;-40.00;900.00
2026-11-05;COSTA COFFEE 1;-4.00;896.00
"""
LATER = b"""Date;Description;Amount;Balance
2026-11-10;KWIKKY MART 1812;-7.00;889.00
"""


async def _facts(person: SignedInPerson, **filters: str) -> list[dict[str, Any]]:
    return list((await person.http.get("/v1/transactions", params=filters)).json()["data"])


async def _categories(person: SignedInPerson) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in (await person.http.get("/v1/categories")).json()["data"]}


async def _spent(person: SignedInPerson, category: str) -> int:
    asked = await person.http.post("/v1/query", json={"include": {"categories": [category]}})
    return int(asked.json()["amount_minor"])


async def _rule(person: SignedInPerson, match: dict[str, Any], category: str, **more: Any) -> httpx.Response:
    return await person.http.post("/v1/category-rules", json={"match": match, "category": category, **more})


@pytest.fixture
async def ada(sign_in: SignIn) -> SignedInPerson:
    person = await sign_in()
    await send(person.http, MESSY)
    return person


async def test_the_products_tree_stands_until_it_is_edited(ada: SignedInPerson) -> None:
    found = await _categories(ada)
    food, groceries = found["Food and drink"], found["Groceries"]
    assert (groceries["parent_id"], groceries["depth"], groceries["kind"], groceries["facts_count"]) == (food["id"], 2, "spending", 1)
    assert (food["parent_id"], food["facts_count"], found["Salary"]["kind"], found["Transfer"]["kind"]) == (None, 0, "income", "neither")
    assert (await ada.http.post("/v1/categories", json={"name": "Sweets", "parent_id": groceries["id"]})).json()["depth"] == 3
    after = await _categories(ada)
    assert {name: each["id"] for name, each in found.items()} == {name: each["id"] for name, each in after.items() if name != "Sweets"}


async def test_a_category_covers_those_under_it_in_figures_lists_and_budgets(ada: SignedInPerson) -> None:
    wish = {"category": "Food and drink", "amount_minor": 1000, "currency": "EUR", "period": "month"}
    assert (await ada.http.put("/v1/budgets", json=wish)).json()["spent_minor"] == 400
    assert (await _spent(ada, "Food and drink"), await _spent(ada, "food AND drink"), await _spent(ada, "Groceries")) == (2400, 2400, 2000)
    assert [fact["category"] for fact in await _facts(ada, category="Food and drink")] == ["Coffee", "Groceries"]
    grouped = (await ada.http.post("/v1/query", json={"group_by": "category", "include": {"categories": ["Food and drink"]}})).json()
    assert [(row["key"], row["amount_minor"]) for row in grouped["rows"]] == [("Groceries", 2000), ("Coffee", 400)]


async def test_a_renamed_category_keeps_its_facts_budgets_and_former_name(ada: SignedInPerson) -> None:
    await ada.http.put("/v1/budgets", json={"category": "Coffee", "amount_minor": 1000, "currency": "EUR", "period": "month"})
    coffee = (await _categories(ada))["Coffee"]
    renamed = (await ada.http.patch(f"/v1/categories/{coffee['id']}", json={"name": "Caffeine"})).json()
    assert (renamed["id"], renamed["name"], renamed["facts_count"]) == (coffee["id"], "Caffeine", 1)
    assert [b["category"] for b in (await ada.http.get("/v1/budgets")).json()["data"]] == ["Caffeine"]
    assert (await _spent(ada, "Coffee"), await _spent(ada, "Caffeine"), await _spent(ada, "Food and drink")) == (400, 400, 2400)
    taken = await ada.http.post("/v1/categories", json={"name": "coffee"})
    assert (taken.status_code, taken.json()["code"]) == (409, "category_name_is_taken")


async def test_a_moved_category_counts_where_it_lies(ada: SignedInPerson) -> None:
    found = await _categories(ada)
    moved = await ada.http.patch(f"/v1/categories/{found['Coffee']['id']}", json={"parent_id": found["Free time"]["id"]})
    assert (moved.json()["parent_id"], await _spent(ada, "Free time"), await _spent(ada, "Food and drink")) == (
        found["Free time"]["id"], 400, 2000,
    )  # fmt: skip
    top = await ada.http.patch(f"/v1/categories/{found['Coffee']['id']}", json={"parent_id": None})
    assert (top.json()["parent_id"], top.json()["depth"], await _spent(ada, "Free time")) == (None, 1, 0)


async def test_a_removed_category_leaves_its_facts_to_another_and_can_come_back(ada: SignedInPerson) -> None:
    found = await _categories(ada)
    coffee, groceries = found["Coffee"]["id"], found["Groceries"]["id"]
    left = await ada.http.delete(f"/v1/categories/{coffee}", params={"into": groceries})
    assert (left.json()["id"], left.json()["facts_count"]) == (groceries, 2)
    assert "Coffee" not in await _categories(ada)
    assert (await ada.http.delete(f"/v1/categories/{coffee}", params={"into": groceries})).status_code == 404
    await send(ada.http, b"Date;Description;Amount;Balance\n2026-11-11;COSTA COFFEE 2;-3.00;893.00\n")
    assert await _spent(ada, "Groceries") == 2700
    assert (await ada.http.post("/v1/categories", json={"name": "Coffee"})).json()["facts_count"] == 2
    assert await _spent(ada, "Groceries") == 2000


async def test_a_files_own_category_stands_at_the_top_and_can_be_taken_into_the_tree(sign_in: SignIn) -> None:
    ada = await sign_in()
    await send(ada.http)
    found = await _categories(ada)
    housing = found["Housing"]
    assert (housing["in_tree"], housing["parent_id"], housing["depth"], housing["facts_count"]) == (False, None, 1, 1)
    await ada.http.patch(f"/v1/categories/{housing['id']}", json={"parent_id": found["Home and bills"]["id"]})
    assert await _spent(ada, "Home and bills") == 90000
    assert (await _categories(ada))["Housing"]["in_tree"] is True


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("Coffee", {"name": "groceries"}, "category_name_is_taken"),
        ("Coffee", {"parent_id": "Salary"}, "category_kind_is_not_its_parents"),
        ("Coffee", {"kind": "income"}, "category_kind_is_settled"),
        ("Food and drink", {"parent_id": "Coffee"}, "category_lies_in_itself"),
        ("Food and drink", {"parent_id": "Rent"}, "category_tree_is_too_deep"),
        ("Coffee", {"name": "   "}, "category_name_is_malformed"),
        ("Uncategorised", {"kind": "income"}, "category_kind_is_settled"),
    ],
)
async def test_a_change_that_makes_no_tree_is_refused(ada: SignedInPerson, name: str, change: dict[str, str], code: str) -> None:
    found = await _categories(ada)
    if "parent_id" in change:
        change = {"parent_id": found[change["parent_id"]]["id"]}
    answer = await ada.http.patch(f"/v1/categories/{found[name]['id']}", json=change)
    assert (answer.status_code in (409, 422), answer.json()["code"]) == (True, code)
    assert await _categories(ada) == found


async def test_what_the_product_gives_by_itself_is_not_removed(ada: SignedInPerson) -> None:
    found = await _categories(ada)
    answer = await ada.http.delete(f"/v1/categories/{found['Uncategorised']['id']}", params={"into": found["Coffee"]["id"]})
    assert answer.json()["code"] == "category_is_needed"


async def test_a_correction_stays_offers_a_rule_and_moves_the_figures(ada: SignedInPerson) -> None:
    fact = (await _facts(ada, q="KWIKKY", to="2026-10-31"))[0]
    assert (fact["category"], fact["category_source"]) == ("Uncategorised", "none")
    answer = (await ada.http.patch(f"/v1/transactions/{fact['id']}", json={"category": "Groceries", "note": "corner shop"})).json()
    assert (answer["transaction"]["category"], answer["transaction"]["category_source"]) == ("Groceries", "customer")
    assert answer["transaction"]["note"] == "corner shop"
    offered = answer["offered_rule"]
    assert offered == {"match": {"merchant": "Kwikky Mart"} | NO_BOUNDS, "category": "Groceries", "apply_to_past": True, "facts_count": 2}
    assert await _spent(ada, "Groceries") == 3000
    await send(ada.http, LATER)
    assert (await _facts(ada, q="KWIKKY", to="2026-10-31"))[0]["category_source"] == "customer"
    made = (await _rule(ada, {"merchant": "Kwikky Mart"}, "Groceries")).json()
    assert made["changed_count"] == 3
    assert await _spent(ada, "Groceries") == 2000 + 1000 + 3000 + 4000 + 700


NO_BOUNDS = {"text": None, "account_id": None, "amount_min_minor": None, "amount_max_minor": None}


async def test_a_word_taken_back_leaves_what_is_thought(ada: SignedInPerson) -> None:
    fact = (await _facts(ada, q="TESCO"))[0]
    told = {"category": "Fees", "merchant": "The bank", "flow": "transfer", "note": "x"}
    changed = (await ada.http.patch(f"/v1/transactions/{fact['id']}", json=told)).json()["transaction"]
    assert (changed["category"], changed["merchant"], changed["flow"], changed["note"]) == ("Fees", "The bank", "transfer", "x")
    back = (await ada.http.patch(f"/v1/transactions/{fact['id']}", json=dict.fromkeys(told))).json()["transaction"]
    assert back == fact


async def test_every_change_is_kept_with_who_made_it(ada: SignedInPerson, database: Database) -> None:
    fact = (await _facts(ada, q="TESCO"))[0]
    await ada.http.patch(f"/v1/transactions/{fact['id']}", json={"category": "Fees"})
    async with database.write("owner", None) as connection:
        await connection.execute("create policy seen on ledger.enrichment_changes for select using (true)")
        row = await connection.fetchrow(
            "select * from ledger.enrichment_changes where customer_id = $1 and after->>'category' = 'Fees'", ada.principal.customer_id
        )
        await connection.execute("drop policy seen on ledger.enrichment_changes")
    assert row is not None
    assert (row["before"]["category"], row["before"]["category_source"], row["after"]["category_source"]) == (
        "Groceries",
        "table",
        "customer",
    )
    assert row["changed_by"] == str(ada.principal.user_id)


async def test_many_are_put_into_a_category_or_none(ada: SignedInPerson) -> None:
    ids = [fact["id"] for fact in await _facts(ada, q="KWIKKY")]
    stranger = await ada.http.patch("/v1/transactions", json={"ids": [*ids, "txn_" + "0" * 32], "category": "Home"})
    assert (stranger.status_code, await _spent(ada, "Home")) == (404, 0)
    done = (await ada.http.patch("/v1/transactions", json={"ids": ids, "category": "Home"})).json()
    assert (done["changed_count"], {each["category"] for each in done["data"]}, await _spent(ada, "Home")) == (3, {"Home"}, 8000)


@pytest.mark.parametrize(
    "told",
    [{"category": "Nonesuch"}, {"flow": "income"}, {"flow": "gift"}, {"note": ""}, {"merchant": " "}, {"colour": "red"}, {"category": 1}],
)
async def test_a_word_that_makes_no_sense_is_refused(ada: SignedInPerson, told: dict[str, Any]) -> None:
    fact = (await _facts(ada, q="TESCO"))[0]
    answer = await ada.http.patch(f"/v1/transactions/{fact['id']}", json=told)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert (await _facts(ada, q="TESCO"))[0] == fact


async def test_of_two_rules_the_later_made_counts_and_without_it_the_past_is_as_before(ada: SignedInPerson) -> None:
    before = await _facts(ada)
    await _rule(ada, {"merchant": "kwikky mart"}, "Groceries")
    second = (await _rule(ada, {"text": "odd lot"}, "Utilities")).json()
    assert (second["changed_count"], await _spent(ada, "Utilities"), await _spent(ada, "Groceries")) == (1, 4000, 6000)
    listed = (await ada.http.get("/v1/category-rules", params={"limit": "1"})).json()
    assert (listed["data"], listed["has_more"]) == ([second["rule"]], True)
    rest = (await ada.http.get("/v1/category-rules", params={"cursor": listed["next_cursor"]})).json()
    assert ([rule["category"] for rule in rest["data"]], rest["has_more"]) == (["Groceries"], False)
    for rule in (second["rule"], *rest["data"]):
        assert (await ada.http.delete(f"/v1/category-rules/{rule['id']}")).status_code == 204
    assert await _facts(ada) == before


async def test_a_rule_may_be_bound_to_an_account_and_amounts_and_to_the_future(ada: SignedInPerson) -> None:
    account = (await ada.http.get("/v1/accounts")).json()["data"][0]["id"]
    bounds = {"merchant": "Kwikky Mart", "account_id": account, "amount_min_minor": 2000, "amount_max_minor": 3000}
    assert (await _rule(ada, bounds, "Home")).json()["changed_count"] == 1
    assert (await _rule(ada, {"merchant": "Kwikky Mart"}, "Pets", apply_to_past=False)).json()["changed_count"] == 0
    await send(ada.http, LATER)
    assert (await _spent(ada, "Home"), await _spent(ada, "Pets")) == (3000, 700)


async def test_the_same_rule_again_replaces_the_first(ada: SignedInPerson) -> None:
    for category in ("Pets", "Home"):
        await _rule(ada, {"merchant": "Kwikky Mart"}, category)
    rules = (await ada.http.get("/v1/category-rules")).json()["data"]
    assert [(rule["match"]["merchant"], rule["category"]) for rule in rules] == [("Kwikky Mart", "Home")]


@pytest.mark.parametrize(
    "match", [{}, {"merchant": "a", "text": "b"}, {"text": "***"}, {"text": "a", "amount_min_minor": 2, "amount_max_minor": 1}, {"text": 1}]
)
async def test_a_rule_that_matches_nothing_is_refused(ada: SignedInPerson, match: dict[str, Any]) -> None:
    assert (await _rule(ada, match, "Home")).status_code == 422


async def test_what_nobody_could_sort_waits_for_review_until_it_is_told(ada: SignedInPerson) -> None:
    page = (await ada.http.get("/v1/review", params={"limit": "2"})).json()
    assert [each["transaction"]["booked_on"] for each in page["data"]] == ["2026-11-04", "2026-11-03"]
    assert page["data"][0]["similar_count"] == 2
    rest = (await ada.http.get("/v1/review", params={"cursor": page["next_cursor"]})).json()
    assert ([each["transaction"]["booked_on"] for each in rest["data"]], rest["has_more"]) == (["2026-10-03"], False)
    await ada.http.patch(f"/v1/transactions/{rest['data'][0]['transaction']['id']}", json={"category": "Uncategorised"})
    assert len((await ada.http.get("/v1/review")).json()["data"]) == 2


async def test_a_payment_told_to_be_spending_is_no_transfer_any_more(ada: SignedInPerson) -> None:
    await send(ada.http, b"Date;Description;Amount;Balance\n2026-11-04;From Giro;40.00;40.00\n", account_name="Pot", account_kind="savings")
    await send(ada.http, b"Date;Description;Amount;Balance\n2026-11-12;Transfer to Pot;-5.00;1.00\n")
    await send(
        ada.http, b"Date;Description;Amount;Balance\n2026-11-12;Transfer from Giro;5.00;45.00\n", account_name="Pot", account_kind="savings"
    )
    half = (await _facts(ada, q="Transfer to Pot"))[0]
    assert half["flow"] == "transfer"
    told = (await ada.http.patch(f"/v1/transactions/{half['id']}", json={"category": "Rent"})).json()["transaction"]
    assert (told["flow"], await _spent(ada, "Rent")) == ("spending", 500)
