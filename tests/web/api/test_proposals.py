"""A person's own act on proposals: confirmed once, cancelled, expired; money with a fresh sign-in, through the core's gate."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from kit.clock import FixedClock
from kit.db import Database
from kit.identity import Principal
from ledger.chain import verify
from tests.web.api.files import send
from tests.web.conftest import NOW, PASSWORD, SignedInPerson, SignIn
from tools.context import ToolContext
from tools.proposals import ProposalCell
from tools.wishes import (
    BudgetWish,
    GoalWish,
    RuleMatch,
    RuleWish,
    TransferWish,
    propose_budget,
    propose_category_rule,
    propose_goal,
    propose_transfer,
)

BANK = b"""Date;Description;Category;Amount;Balance
2026-11-20;Something;Other;-1.00;999.00
2026-11-23;To my wallet;Other;-80.00;919.00
"""
NEST_BEFORE = b"""Date;Description;Category;Amount;Balance
2026-11-13;Interest;Other;1.25;1.25
2026-11-14;Interest;Other;1.50;2.75
"""
NEST = b"""Date;Description;Category;Amount;Balance
2026-11-14;Interest;Other;1.50;2.75
2026-11-23;Incoming;Other;80.00;82.75
"""


class Household:
    """Somebody with a bank's account and two that Steward keeps."""

    def __init__(self, person: SignedInPerson, app: FastAPI, clock: FixedClock) -> None:
        self.person, self.http = person, person.http
        self.context = ToolContext(person.principal, app.state.db, clock)

    async def open(self, name: str) -> str:
        made = await self.http.post("/v1/accounts", json={"name": name, "kind": "checking", "currency": "EUR"})
        assert made.status_code == 201, made.text
        assert (made.json()["mirrored"], made.json()["balance"]) == (False, {"amount_minor": 0, "currency": "EUR"})
        return str(made.json()["id"])

    async def balances(self) -> dict[str, int | None]:
        accounts = (await self.http.get("/v1/accounts")).json()["data"]
        return {a["name"]: None if a["balance"] is None else a["balance"]["amount_minor"] for a in accounts}

    async def wish(self, source: str, target: str, amount_minor: int = 3_000) -> ProposalCell:
        return await propose_transfer(
            self.context, TransferWish(from_account=source, to_account=target, amount_minor=amount_minor, currency="EUR")
        )

    async def confirm(self, proposal: ProposalCell, **body: str) -> Any:
        return await self.http.post(f"/v1/proposals/{proposal.id}/confirm", json=body)

    async def funded(self) -> tuple[str, str]:
        """A wallet with 80.00 that came from the bank by an instruction, and an empty pot."""
        giro = (await send(self.http)).json()["account_id"]
        wallet, pot = await self.open("Wallet"), await self.open("Pot")
        await self.confirm(await self.wish(giro, wallet, 8_000))
        await send(self.http, BANK)
        return wallet, pot


@pytest.fixture
async def ada(sign_in: SignIn, app: FastAPI, clock: FixedClock) -> Household:
    return Household(await sign_in(), app, clock)


async def test_a_budget_is_confirmed_and_says_what_was_made(ada: Household) -> None:
    made = await propose_budget(ada.context, BudgetWish(category="Fun", amount_minor=5_000, currency="EUR", period="week", rollover=True))
    answer = (await ada.confirm(made, arguments_sha256=made.arguments_sha256)).json()
    (budget,) = (await ada.http.get("/v1/budgets")).json()["data"]
    assert (answer["status"], answer["outcome"]) == ("executed", {"budget_id": budget["id"]})
    assert (budget["category"], budget["limit_minor"], budget["period"], budget["rollover"]) == ("Fun", 5_000, "week", True)
    assert (await ada.http.get("/v1/proposals")).json()["data"][0] == answer


async def test_a_goal_is_confirmed_and_confirmed_again_with_another_target(ada: Household) -> None:
    for target in (90_000, 70_000):
        made = await propose_goal(ada.context, GoalWish(name="Holiday", target_minor=target, currency="EUR"))
        assert (await ada.confirm(made)).json()["status"] == "executed"
    (goal,) = (await ada.http.get("/v1/goals")).json()["data"]
    assert (goal["name"], goal["target_minor"]) == ("Holiday", 70_000)


async def test_a_category_rule_is_confirmed(ada: Household) -> None:
    await send(ada.http)
    wish = RuleWish(match=RuleMatch(text="BAKERY"), category="Eating out")
    made = await propose_category_rule(ada.context, wish)
    assert made.effect == {"changed_count": 2}
    assert (await ada.confirm(made)).json()["outcome"]["changed_count"] == 2
    assert len((await ada.http.get("/v1/transactions", params={"category": "Eating out"})).json()["data"]) == 2


async def test_what_cannot_be_carried_out_fails_for_good_and_says_why(ada: Household) -> None:
    pot = await ada.open("Pot")
    first = await propose_goal(ada.context, GoalWish(name="Car", target_minor=1, currency="EUR", account_id=pot))
    second = await propose_goal(ada.context, GoalWish(name="Bike", target_minor=1, currency="EUR", account_id=pot))
    assert (await ada.confirm(first)).status_code == 200
    for _ in range(2):
        answer = await ada.confirm(second)
        assert (answer.status_code, answer.json()["code"]) == (422, "account_has_a_goal")
    assert (await ada.http.get(f"/v1/proposals/{second.id}")).json()["status"] == "failed"
    assert [goal["name"] for goal in (await ada.http.get("/v1/goals")).json()["data"]] == ["Car"]


async def test_what_says_something_else_than_was_shown_is_not_confirmed(ada: Household) -> None:
    made = await propose_budget(ada.context, BudgetWish(category="Fun", amount_minor=5_000, currency="EUR"))
    answer = await ada.confirm(made, arguments_sha256="0" * 64)
    assert (answer.status_code, answer.json()["code"]) == (409, "arguments_are_not_those_shown")
    assert (await ada.http.get("/v1/budgets")).json()["data"] == []


async def test_a_proposal_expires_and_then_stays_so(ada: Household, clock: FixedClock, app: FastAPI) -> None:
    made = await propose_budget(ada.context, BudgetWish(category="Fun", amount_minor=5_000, currency="EUR"))
    clock.at = made.expires_at
    await refreshed(ada, app)
    for act in ("confirm", "cancel", "confirm"):
        answer = await ada.http.post(f"/v1/proposals/{made.id}/{act}", json={})
        assert (answer.status_code, answer.json()["code"]) == (409, "proposal_has_expired")
    clock.at = NOW
    await refreshed(ada, app)
    assert (await ada.confirm(made)).json()["code"] == "proposal_has_expired"
    assert (await ada.http.get("/v1/budgets")).json()["data"] == []


async def refreshed(ada: Household, app: FastAPI) -> None:
    granted = await app.state.sessions.open(ada.person.principal, ada.person.email)
    ada.http.headers["Authorization"] = f"Bearer {granted.access_token}"


async def test_a_cancelled_proposal_is_not_confirmed_and_a_confirmed_one_not_cancelled(ada: Household) -> None:
    made = await propose_budget(ada.context, BudgetWish(category="Fun", amount_minor=5_000, currency="EUR"))
    for _ in range(2):
        assert (await ada.http.post(f"/v1/proposals/{made.id}/cancel")).json()["status"] == "cancelled"
    assert (await ada.confirm(made)).json()["code"] == "proposal_was_cancelled"
    other = await propose_budget(ada.context, BudgetWish(category="Fun", amount_minor=5_000, currency="EUR"))
    await ada.confirm(other)
    assert (await ada.http.post(f"/v1/proposals/{other.id}/cancel")).json()["code"] == "proposal_was_confirmed"


async def test_twenty_confirmations_at_once_have_one_effect_and_one_answer(ada: Household, database: Database) -> None:
    wallet, pot = await ada.funded()
    made = await ada.wish(wallet, pot)
    answers = await asyncio.gather(*(ada.confirm(made) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["status"] == "executed"
    assert await ada.balances() == {"Giro": 91_900, "Pot": 3_000, "Wallet": 5_000}
    goal = await propose_goal(ada.context, GoalWish(name="Car", target_minor=1, currency="EUR"))
    answers = await asyncio.gather(*(ada.confirm(goal) for _ in range(20)))
    assert len({answer.text for answer in answers}) == 1
    assert len((await ada.http.get("/v1/goals")).json()["data"]) == 1


async def test_confirming_and_cancelling_at_once_ends_in_one_of_the_two(ada: Household) -> None:
    made = await propose_budget(ada.context, BudgetWish(category="Fun", amount_minor=5_000, currency="EUR"))
    acts = [ada.http.post(f"/v1/proposals/{made.id}/{act}", json={}) for act in ("confirm", "cancel") * 5]
    codes = sorted({answer.status_code for answer in await asyncio.gather(*acts)})
    status = (await ada.http.get(f"/v1/proposals/{made.id}")).json()["status"]
    assert codes == [200, 409]
    assert ((await ada.http.get("/v1/budgets")).json()["data"] != []) == (status == "executed")


async def test_a_kept_transfer_moves_the_money_shows_in_the_history_and_keeps_the_chain(ada: Household, database: Database) -> None:
    wallet, pot = await ada.funded()
    answer = (await ada.confirm(await ada.wish(wallet, pot))).json()
    facts = (await ada.http.get("/v1/transactions", params={"account": pot})).json()["data"]
    assert [(f["amount_minor"], f["flow"], f["description"]) for f in facts] == [(3_000, "transfer", "Transfer from Wallet to Pot")]
    assert facts[0]["id"] == answer["outcome"]["transfer_id"]
    async with database.write("worker", None) as connection:
        assert [progress.fault async for progress in verify(connection) if progress.fault] == []
        row = await connection.fetchrow(
            "select num_nonnulls(fact_id, operation_id, decision_id) as causes, decision_id from ledger.transfers where id = $1",
            _uuid(facts[0]["id"]),
        )
    assert row is not None
    assert (row["causes"], row["decision_id"] is not None) == (1, True)


def _uuid(text: str) -> str:
    return text.partition("_")[2]


async def test_money_that_is_not_there_does_not_move_and_the_refusal_stays(ada: Household) -> None:
    wallet, pot = await ada.funded()
    made = await ada.wish(wallet, pot, 8_001)
    answers = await asyncio.gather(*(ada.confirm(made) for _ in range(5)))
    assert {(a.status_code, a.json()["code"]) for a in answers} == {(422, "balance_is_insufficient")}
    await ada.confirm(await ada.wish(wallet, pot, 8_000))
    assert (await ada.confirm(made)).json()["code"] == "balance_is_insufficient"
    assert await ada.balances() == {"Giro": 91_900, "Pot": 8_000, "Wallet": 0}


async def test_a_frozen_account_sends_nothing(ada: Household, database: Database) -> None:
    wallet, pot = await ada.funded()
    async with database.write("core", ada.person.principal) as connection:
        await connection.execute("update ledger.accounts set status = 'frozen' where id = $1", _uuid(wallet))
    assert (await ada.confirm(await ada.wish(wallet, pot))).json()["code"] == "from_account_is_not_open"


async def test_an_instruction_is_done_once_both_legs_are_booked_and_waits_again_when_one_is_taken_back(ada: Household) -> None:
    giro = (await send(ada.http)).json()["account_id"]
    nest = (await send(ada.http, NEST_BEFORE, account_name="Nest")).json()["account_id"]
    made = await ada.wish(giro, nest, 8_000)
    assert made.effect["way"] == "at_the_bank"
    answer = (await ada.confirm(made)).json()
    assert (answer["status"], answer["outcome"]["instruction"]["done_at"]) == ("confirmed", None)
    assert answer["outcome"]["instruction"]["reference"].startswith("STEWARD ")
    assert (await ada.confirm(made)).json() == answer
    bank = (await send(ada.http, BANK)).json()
    assert (await ada.http.get(f"/v1/proposals/{made.id}")).json()["status"] == "confirmed"
    await send(ada.http, NEST, account_name="Nest")
    whole = (await ada.http.get(f"/v1/proposals/{made.id}")).json()
    assert (whole["status"], whole["outcome"]["instruction"]["done_at"] is not None) == ("executed", True)
    flows = {f["amount_minor"]: f["flow"] for f in (await ada.http.get("/v1/transactions")).json()["data"]}
    assert (flows[-8_000], flows[8_000]) == ("transfer", "transfer")
    await ada.http.delete(f"/v1/imports/{bank['id']}")
    await send(ada.http, NEST_BEFORE, account_name="Nest")  # looks for legs again: what was taken back is none
    assert (await ada.http.get(f"/v1/proposals/{made.id}")).json()["status"] == "confirmed"
    await send(ada.http, BANK)
    assert (await ada.http.get(f"/v1/proposals/{made.id}")).json()["status"] == "executed"


async def test_money_from_the_bank_reaches_the_wallet_when_the_bank_shows_it_and_leaves_with_it(ada: Household) -> None:
    giro = (await send(ada.http)).json()["account_id"]
    wallet = await ada.open("Wallet")
    await ada.confirm(await ada.wish(giro, wallet, 8_000))
    assert (await ada.balances())["Wallet"] == 0
    bank = (await send(ada.http, BANK)).json()
    assert (await ada.balances())["Wallet"] == 8_000
    await ada.http.delete(f"/v1/imports/{bank['id']}")
    assert (await ada.balances())["Wallet"] == 0
    assert (await ada.http.get("/v1/transactions", params={"account": wallet})).json()["data"] == []


async def test_money_takes_a_password_given_within_five_minutes(
    ada: Household, app: FastAPI, clock: FixedClock, database: Database
) -> None:
    wallet, pot = await ada.funded()
    made = await ada.wish(wallet, pot)
    await set_password(app, database, ada.person.principal)
    clock.at = NOW + timedelta(minutes=5, seconds=1)
    answer = await ada.confirm(made)
    assert (answer.status_code, answer.json()["code"]) == (403, "step_up_is_needed")
    assert (await ada.http.get(f"/v1/proposals/{made.id}")).json()["status"] == "proposed"
    wrong = await ada.http.post("/v1/auth/step-up", json={"password": "wrong battery horse"})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "password_is_wrong")
    fresh = (await ada.http.post("/v1/auth/step-up", json={"password": PASSWORD})).json()
    assert (await ada.confirm(made)).status_code == 403  # the old token is as old as before
    ada.http.headers["Authorization"] = f"Bearer {fresh['access_token']}"
    assert (await ada.confirm(made)).json()["status"] == "executed"


async def set_password(app: FastAPI, database: Database, principal: Principal) -> None:
    hashed = await app.state.passwords.hash(PASSWORD)
    async with database.write("app", principal) as connection:
        await connection.execute("update web.users set password_hash = $2 where id = $1", principal.user_id, hashed)


async def test_a_developers_token_moves_no_money_and_sets_a_budget(ada: Household, app: FastAPI) -> None:
    wallet, pot = await ada.funded()
    money, budget = (
        await ada.wish(wallet, pot),
        await propose_budget(ada.context, BudgetWish(category="A", amount_minor=1, currency="EUR")),
    )
    granted = await app.state.sessions.open(ada.person.principal, ada.person.email, authenticated=False)
    ada.http.headers["Authorization"] = f"Bearer {granted.access_token}"
    assert (await ada.confirm(money)).json()["code"] == "step_up_is_needed"
    assert (await ada.confirm(budget)).status_code == 200


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"name": "Wallet", "kind": "card", "currency": "EUR"}, "request_is_invalid"),
        ({"name": "Wallet", "kind": "cash", "currency": "USD"}, "currency_is_not_the_customers"),
        ({"name": " ", "kind": "cash", "currency": "EUR"}, "account_name_is_malformed"),
        ({"name": "giro", "kind": "cash", "currency": "EUR"}, "account_exists"),
    ],
)
async def test_an_account_that_makes_no_sense_is_not_opened(ada: Household, wish: dict[str, str], code: str) -> None:
    await send(ada.http)
    assert (await ada.http.post("/v1/accounts", json=wish)).json()["code"] == code


async def test_the_book_of_a_kept_account_is_nobody_elses_to_tell(ada: Household) -> None:
    wallet = await ada.open("Wallet")
    told = await ada.http.post(f"/v1/accounts/{wallet}/opening-balance", json={"balance_minor": 100_000, "on": "2026-11-01"})
    filed = await send(ada.http, account_name="wallet")
    assert (told.status_code, filed.status_code, filed.json()["code"]) == (404, 409, "account_is_kept_by_steward")
    assert (await ada.balances())["Wallet"] == 0


async def test_opening_an_account_twice_under_one_key_opens_it_once(ada: Household) -> None:
    wish, key = {"name": "Wallet", "kind": "cash", "currency": "EUR"}, {"Idempotency-Key": "open-wallet-1"}
    first, second = [await ada.http.post("/v1/accounts", json=wish, headers=key) for _ in range(2)]
    assert (first.json(), second.headers["idempotent-replayed"]) == (second.json(), "true")


async def test_where_each_value_came_from_is_said(ada: Household) -> None:
    said = ("put 30 into the pot", "hello")
    wallet, pot = await ada.open("Wallet"), await ada.open("Pot")
    wish = TransferWish(from_account=wallet, to_account=pot, amount_minor=3_000, currency="EUR")
    told = (await propose_transfer(ToolContext(ada.context.principal, ada.context.db, ada.context.clock, None, said), wish)).provenance
    assert (told["amount_minor"], told["to_account"]) == ("from your words “30”", "from your words “pot”")
    assert told["from_account"] == "from your accounts, by the assistant's reading of what you said"
    other = wish.model_copy(update={"amount_minor": 300_000})
    told = (await propose_transfer(ToolContext(ada.context.principal, ada.context.db, ada.context.clock, None, said), other)).provenance
    assert told["amount_minor"] == "from the assistant's reading of what you said"


async def test_a_proposal_itself_never_changes(ada: Household, database: Database) -> None:
    made = await propose_budget(ada.context, BudgetWish(category="Fun", amount_minor=5_000, currency="EUR"))
    for role in ("app", "scribe", "core", "reader"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.write(role, ada.person.principal) as connection:
                await connection.execute("update tools.proposals set arguments = '{}' where id = $1", _uuid(made.id))
