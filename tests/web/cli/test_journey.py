"""The command line against the whole stack: a person, their files, their questions; and the demo customer."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.web.cli.conftest import PASSWORD, Steward

ADA = "ada@steward.example"
STATEMENT = """Date,Description,Amount,Balance
2026-03-02,LIDL DIENSTLEISTUNG,-12.30,987.70
2026-03-05,REWE MARKT,-44.10,943.60
2026-03-25,Salary Acme Ltd,2500.00,3443.60
2026-03-32,broken row,-1.00,3442.60
"""


@pytest.fixture(scope="module")
def served(steward: Steward) -> Iterator[str]:
    """What `steward serve` says until the demo's sign-in is shown."""
    process = steward.start("serve")
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Sign in as"):
            break
    assert process.poll() is None, "".join(lines)
    made = steward("user", "create", "--email", ADA, "--password", PASSWORD, "--name", "Ada", "--timezone", "Europe/Berlin")
    assert made.code == 0, made.err
    yield "".join(lines)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    process.stdout.close()


@pytest.fixture
def statement(tmp_path: Path) -> str:
    (tmp_path / "statement.csv").write_text(STATEMENT)
    return str(tmp_path / "statement.csv")


def url(steward: Steward) -> str:
    return f"http://127.0.0.1:{steward.environment['STEWARD_PORT']}"


def test_the_demo_customer_can_sign_in_with_what_is_shown(steward: Steward, served: str) -> None:
    shown = re.search(r"Sign in as (\S+) with (\S+)", served)
    assert shown
    answer = httpx.post(f"{url(steward)}/v1/auth/sign-in", json={"email": shown[1], "password": shown[2]}, trust_env=False)
    assert answer.status_code == 200
    token = answer.json()["access_token"]
    accounts = httpx.get(f"{url(steward)}/v1/accounts", headers={"Authorization": f"Bearer {token}"}, trust_env=False).json()["data"]
    assert {account["name"]: account["kind"] for account in accounts} == {"Checking": "checking", "Savings": "savings", "Card": "card"}
    assert all(account["balance"] for account in accounts)


@pytest.mark.usefixtures("served")
def test_loading_the_demo_again_adds_nothing_twice(steward: Steward) -> None:
    outcome = steward("demo", "load")
    assert outcome.code == 0, outcome.err
    assert "0 new bookings in three accounts" in outcome.out
    assert "other households have" in outcome.out
    again = steward("demo", "load")
    assert "other households have 0 new bookings" in again.out


@pytest.mark.usefixtures("served")
def test_the_demo_has_two_firms_an_advisor_and_her_clients(steward: Steward) -> None:
    listed = steward("demo", "people").out.splitlines()
    assert len([line for line in listed if "@" in line]) >= 30
    advisor = next(line.split()[0] for line in listed if line.endswith(" advisor"))
    token = steward("token", advisor).out.strip()
    answer = httpx.get(f"{url(steward)}/v1/relations", headers={"Authorization": f"Bearer {token}"}, trust_env=False)
    assert len(answer.json()["clients"]) == len([line for line in listed if line.endswith("client of the advisor")])


@pytest.mark.usefixtures("served")
def test_a_file_goes_in_once_and_its_broken_row_is_named(steward: Steward, statement: str) -> None:
    first = steward("import", statement, "--as", ADA, "--account", "Giro")
    assert first.code == 0, first.err
    assert first.out.startswith("3 imported, 0 already known, 1 rejected")
    assert "line 5" in first.out
    again = json.loads(steward("import", statement, "--as", ADA, "--account", "Giro", "--json").out)
    assert (again["imported"], again["duplicates"]) == (0, 3)


@pytest.mark.usefixtures("served")
def test_a_question_is_answered_in_words_and_as_json(steward: Steward, statement: str) -> None:
    steward("import", statement, "--as", ADA, "--account", "Giro")
    question = "How much did I spend in March 2026?"
    said = steward("ask", "--as", ADA, question)
    assert said.code == 0, said.err
    assert "56.40" in said.out
    turn = json.loads(steward("ask", "--as", ADA, question, "--json").out)
    assert turn["status"] == "answered"
    assert 5640 in [figure["value"] for figure in turn["figures"]]


@pytest.mark.usefixtures("served")
def test_a_chat_through_a_pipe_answers_each_line(steward: Steward, statement: str) -> None:
    steward("import", statement, "--as", ADA, "--account", "Giro")
    outcome = steward("chat", "--as", ADA, typed="How much did I spend in March 2026?\nand what did I earn in March 2026?\n")
    assert outcome.code == 0, outcome.err
    assert "56.40" in outcome.out
    assert "2,500.00" in outcome.out


@pytest.mark.usefixtures("served")
def test_an_ambiguous_file_is_asked_about_and_the_answer_taken(steward: Steward, tmp_path: Path) -> None:
    (tmp_path / "dates.csv").write_text("Date,Description,Amount\n03/04/2026,a,-1.00\n05/06/2026,b,-2.00\n")
    asked = steward("import", str(tmp_path / "dates.csv"), "--as", ADA, "--account", "Dates")
    assert asked.code == 1
    assert "--mapping" in asked.err
    assert "date_format" in asked.err
    told = steward("import", str(tmp_path / "dates.csv"), "--as", ADA, "--account", "Dates", "--mapping", '{"date_format": "%d/%m/%Y"}')
    assert told.code == 0, told.err


@pytest.mark.usefixtures("served")
def test_a_refusal_of_the_server_is_one_line_or_one_per_field(steward: Steward, statement: str) -> None:
    outcome = steward("import", statement, "--as", ADA, "--account", "Other", "--kind", "piggybank")
    assert outcome.code == 1
    assert outcome.err.startswith("steward: ")


@pytest.mark.usefixtures("served")
def test_a_proposal_is_confirmed_by_a_word_and_money_takes_the_password(steward: Steward, statement: str) -> None:
    steward("import", statement, "--as", ADA, "--account", "Everyday")
    shown = steward("chat", "--as", ADA, typed="Set a budget of 300 a month for groceries\n/confirm\n/confirm\n")
    assert shown.code == 0, shown.err
    assert "amount: €300.00 (from your words “300”)" in shown.out
    assert shown.out.rstrip().endswith("Done.\nThere is no proposal to act on.")
    with httpx.Client(base_url=url(steward), trust_env=False) as http:
        token = http.post("/v1/auth/sign-in", json={"email": ADA, "password": PASSWORD}).json()["access_token"]
        http.headers["Authorization"] = f"Bearer {token}"
        for name in ("Wallet", "Pot"):
            assert http.post("/v1/accounts", json={"name": name, "kind": "cash", "currency": "EUR"}).status_code == 201
        assert [budget["limit_minor"] for budget in http.get("/v1/budgets").json()["data"]] == [30_000]
    wish = "Transfer 10 from Wallet to Pot\n/confirm\n"
    assert "the password is wrong" in steward("chat", "--as", ADA, typed=f"{wish}wrong battery horse\n").out
    assert "Not done: there is not enough in the account" in steward("chat", "--as", ADA, typed=f"{wish}{PASSWORD}\n").out


@pytest.mark.usefixtures("served")
def test_verify_is_content_and_then_names_the_row_that_was_tampered_with(steward: Steward) -> None:
    content = steward("verify")
    assert content.code == 0, content.err
    assert "The books agree with themselves" in content.out
    asyncio.run(_tamper(steward))
    found = steward("verify")
    assert found.code == 1
    assert re.search(r"TAMPERED: account acc_\w+, entry 2, transfer trn_\w+: ", found.err)


async def _tamper(steward: Steward) -> None:
    """As the database's administrator, past every lock."""
    address = json.loads((steward.home / "run" / "serve.json").read_text())
    connection = await asyncpg.connect(address["admin_url"])
    try:
        async with connection.transaction():
            await connection.execute("set local session_replication_role = replica")
            account = await connection.fetchval(
                "select account_id from ledger.entries join ledger.accounts a on a.id = account_id where a.name = 'Savings' limit 1"
            )
            await connection.execute("update ledger.entries set amount_minor = amount_minor + 1 where account_id = $1 and seq = 2", account)
    finally:
        await connection.close()


def test_without_a_server_a_command_starts_one_for_itself_and_stops_it(steward: Steward, scratch: Path) -> None:
    home = scratch / "alone"
    home.mkdir()
    (home / "models").symlink_to((steward.home / "models").resolve())
    alone = Steward(home)
    assert alone("user", "create", "--email", ADA, "--password", PASSWORD, "--name", "Ada").code == 0
    outcome = alone("ask", "--as", ADA, "What is my balance?")
    assert outcome.code == 0, outcome.err
    assert outcome.out.strip()
    left = subprocess.run(["pgrep", "-f", str(home)], capture_output=True, text=True, check=False).stdout
    assert left == ""
