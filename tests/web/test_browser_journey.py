"""The page in a real browser, against the whole stack: sign in, import a file, ask, press a figure, see its rows."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.need import need
from tests.web.cli.conftest import PASSWORD, ROOT, Steward

EMAIL = "ada@steward.example"
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
pytestmark = [pytest.mark.browser, pytest.mark.stack]


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
    """Where the stack serves, with one person in it."""
    process = steward.start("serve", "--no-demo")
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "ready at" in line:
            break
    assert process.poll() is None, said
    made = steward("user", "create", "--email", EMAIL, "--password", PASSWORD, "--name", "Ada", "--timezone", "Europe/Berlin")
    assert made.code == 0, made.err
    yield f"http://127.0.0.1:{steward.environment['STEWARD_PORT']}/"
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    process.stdout.close()


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of Debian's or another installed Chromium, which complains of nothing."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    need(chromium is not None, "Chromium")
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(locale="en-GB")
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        browser.close()
    assert complaints == []


def sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Hello Ada")).to_be_visible()


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
    page.reload()  # the session comes back by its cookie, the conversation by its id
    expect(figure).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Email")).to_be_visible()


def import_statement(page: Page) -> None:
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_label("Bank file").set_input_files({"name": "umsaetze.csv", "mimeType": "text/csv", "buffer": STATEMENT})
    expect(page.get_by_role("heading", name="1 row rejected")).to_be_visible()
    expect(page.get_by_text("Line 5")).to_be_visible()
    page.get_by_label("Name of the account").fill("Giro")
    page.get_by_role("button", name="Import 3 rows").click()
    expect(page.get_by_text("3 rows imported")).to_be_visible()
    page.get_by_role("button", name="Ask about it").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("Your question")).to_be_focused()
