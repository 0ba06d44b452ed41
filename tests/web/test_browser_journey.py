"""The page in a real browser, against the whole stack: what a person does in a day, on a desk and on a phone."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.need import need
from tests.web.cli.conftest import PASSWORD, ROOT, Steward

EMAIL, LIVED = "ada@steward.example", "ben@steward.example"
STATEMENT = b"""Buchungstag;Verwendungszweck;Betrag
02.03.2026;LIDL DIENSTLEISTUNG;-12,30
05.03.2026;REWE MARKT;-44,10
25.03.2026;Gehalt Acme GmbH;2.500,00
32.03.2026;kaputt;-1,00
"""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = ROOT / "web" / "ui" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/",
    "/transactions",
    "/transactions/review",
    "/transactions/rules",
    "/transactions/categories",
    "/budgets",
    "/recurring",
    "/goals",
    "/chat",
)
BROKEN_RULES = """axe.run().then(({violations}) => violations.map(
    ({id, nodes}) => [id, nodes.map(({html, failureSummary}) => html.slice(0, 160) + failureSummary)]
))"""
pytestmark = [pytest.mark.browser, pytest.mark.stack]


def living() -> bytes:
    """Ten whole months of a person with a pay day, a rent, a subscription that became dearer, and a shop that nobody knows."""
    lines, today = ["Date;Description;Amount"], date.today()
    for back in range(10, 0, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        price = "12.99" if back <= 3 else "9.99"
        rows = [(1, "RENT HAUSVERWALTUNG KERN", "-900.00"), (4, "STREAMLY.COM", f"-{price}"), (9, "ZORBLAT QX", "-15.00")]
        rows += [(12, "LIDL 4711", "-31.20"), (25, "SALARY ACME GMBH", "2500.00")]
        lines += [f"{date(year, month + 1, day).isoformat()};{text};{amount}" for day, text, amount in rows]
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def steward(scratch: Path) -> Iterator[Steward]:
    models = ROOT / "var" / "models"
    need((models / "minilm.json").exists(), "the exported encoder (`make setup`)")
    need((ROOT / "web" / "ui" / "dist" / "index.html").exists(), "the built front end (`make setup`)")
    home = scratch / "browser"
    home.mkdir()
    (home / "models").symlink_to(models)
    yield Steward(home)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def address(steward: Steward) -> Iterator[str]:
    """Where the stack serves, with two people in it: one whose books are empty, one who has lived."""
    process = steward.start("serve", "--no-demo")
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "ready at" in line:
            break
    assert process.poll() is None, said
    for email, name in ((EMAIL, "Ada"), (LIVED, "Ben")):
        made = steward("user", "create", "--email", email, "--password", PASSWORD, "--name", name, "--timezone", "Europe/Berlin")
        assert made.code == 0, made.err
    yield f"http://127.0.0.1:{steward.environment['STEWARD_PORT']}/"
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    process.stdout.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    need(path is not None, "Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of Debian's or another installed Chromium, which complains of nothing."""
    complaints: list[str] = []
    page = chromium.new_page(locale="en-GB")
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


@pytest.fixture(scope="module")
def lived(chromium: Browser, address: str) -> Iterator[Page]:
    """Ben's page, his file imported."""
    page = chromium.new_page(locale="en-GB", bypass_csp=True)  # for the accessibility checker, whose script is not ours
    sign_in(page, address, LIVED, "Ben")
    choose_file(page, "ben.csv", living())
    page.get_by_label("Name of the account").fill("Giro")
    page.get_by_role("button", name="Import 50 rows").click()
    expect(page.get_by_text("50 rows imported")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    yield page
    page.close()


def sign_in(page: Page, address: str, email: str = EMAIL, name: str = "Ada") -> None:
    page.goto(address)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name=f"Hello {name}").first).to_be_visible()


def choose_file(page: Page, name: str, content: bytes) -> None:
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_label("Bank file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def choose(page: Page, label: str, option: str, *, typed: bool = True) -> None:
    page.get_by_role("combobox", name=label).click()
    if typed:  # long lists draw only what is in view
        page.keyboard.type(option)
    page.locator(".ant-select-item-option").get_by_text(option, exact=True).click()


def test_a_file_goes_in_a_question_is_asked_and_its_figure_shows_its_rows(page: Page, address: str) -> None:
    sign_in(page, address)
    import_statement(page)
    expect(page.get_by_role("heading", name="Accounts")).to_be_visible()
    expect(page.get_by_text("Balance unknown")).to_be_visible()

    page.keyboard.type("How much did I spend in March 2026?")
    page.keyboard.press("Enter")
    figure = page.get_by_role("article", name="Answer").get_by_role("button", name="€56.40")
    figure.click()
    rows = page.get_by_role("region", name="Rows behind the figure")
    expect(rows).to_contain_text("2 rows")
    expect(rows).to_contain_text("-€12.30")
    expect(rows).to_contain_text("-€44.10")

    page.keyboard.press("Escape")
    page.goto(address + "chat")  # the session comes back by its cookie, the conversation by its id
    expect(figure).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Email")).to_be_visible()


def import_statement(page: Page) -> None:
    choose_file(page, "umsaetze.csv", STATEMENT)
    expect(page.get_by_role("heading", name="1 row rejected")).to_be_visible()
    expect(page.get_by_text("Line 5")).to_be_visible()
    page.get_by_label("Name of the account").fill("Giro")
    page.get_by_role("button", name="Import 3 rows").click()
    expect(page.get_by_text("3 rows imported")).to_be_visible()
    page.get_by_role("button", name="Ask about it").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("Your question")).to_be_focused()


def test_a_category_is_corrected_and_the_rule_accepted(lived: Page, address: str) -> None:
    lived.goto(address + "transactions")
    lived.get_by_label("Search transactions").fill("zorblat")
    lived.keyboard.press("Enter")
    expect(lived.get_by_text("10 transactions")).to_be_visible()
    lived.get_by_role("region", name="Transactions").get_by_role("button").first.click()
    choose(lived, "Category", "Shopping")
    expect(lived.get_by_text("Changes 9 past bookings, and those to come.")).to_be_visible()
    lived.get_by_role("button", name="Always").click()
    expect(lived.get_by_text("9 past bookings moved to Shopping; those to come follow.")).to_be_visible()
    lived.goto(address + "transactions?category=Shopping")
    expect(lived.get_by_text("10 transactions")).to_be_visible()
    lived.goto(address + "transactions/rules")
    expect(lived.get_by_role("listitem").filter(has_text="is filed under Shopping")).to_be_visible()


def test_a_budget_from_pay_to_pay_is_set(lived: Page, address: str) -> None:
    lived.goto(address + "budgets")
    lived.get_by_role("button", name="Set a budget").click()
    choose(lived, "Category", "Groceries")
    lived.get_by_label("Limit (EUR)").fill("400")
    choose(lived, "For each", "Pay to pay", typed=False)
    lived.get_by_role("button", name="Set the budget").click()
    expect(lived.get_by_text("€400.00 pay to pay")).to_be_visible()


def test_a_price_rise_is_seen_and_a_payment_is_said_not_to_recur(lived: Page, address: str) -> None:
    lived.goto(address + "recurring")
    streamly = lived.get_by_role("listitem").filter(has_text="Rose from €9.99 to €12.99")
    expect(streamly).to_be_visible()
    streamly.get_by_role("button", name="What Streamly").click()
    lived.get_by_role("menuitem", name="Not ").click()
    expect(lived.get_by_text("Not recurring, you said (1)")).to_be_visible()


def test_on_a_phone_the_chat_takes_the_screen_and_gives_it_back(lived: Page, address: str) -> None:
    lived.set_viewport_size({"width": 390, "height": 844})
    try:
        lived.goto(address)
        expect(lived.get_by_role("heading", name="Hello Ben").first).to_be_visible()
        width = lived.evaluate("document.documentElement.scrollWidth")
        assert width <= 390
        lived.get_by_role("link", name="Chat").click()
        expect(lived.get_by_label("Your question")).to_be_visible()
        lived.get_by_role("button", name="More").click()
        lived.get_by_role("link", name="Recurring").click()
        expect(lived.get_by_role("heading", name="Recurring", level=1)).to_be_visible()
        expect(lived.get_by_label("Your question")).to_be_hidden()
    finally:
        lived.set_viewport_size({"width": 1280, "height": 720})


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_page_breaks_an_accessibility_rule(lived: Page, address: str, colours: Literal["light", "dark"]) -> None:
    need(AXE.exists(), "axe-core (`make setup-developer`)")
    lived.emulate_media(color_scheme=colours, reduced_motion="reduce")
    broken = {}
    for path in PAGES:
        lived.goto(address + path.removeprefix("/"))
        expect(lived.locator(".page-head, .chat-head").first).to_be_visible()
        expect(lived.locator(".resting")).to_have_count(0)
        lived.add_script_tag(path=str(AXE))
        found = lived.evaluate(BROKEN_RULES)
        if found:
            broken[path] = found
    assert broken == {}, json.dumps(broken, indent=1)
