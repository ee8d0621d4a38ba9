"""What the browser tests share: one office, one browser, and a person per test."""

import re

import pytest
from environment.paths import STATE
from playwright.sync_api import sync_playwright

from . import office as offices
from .person import Person

SCREENSHOTS = STATE / "browser-failures"


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """Odoo and the local Xero, running."""
    with offices.running(tmp_path_factory.mktemp("xero")) as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    """The browser; a test without one is an error, never a skip."""
    program = offices.browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


@pytest.fixture
def new_office(office):
    """The office before anybody has set up Xero."""
    office.forget_xero()
    return office


@pytest.fixture
def connected_office(new_office):
    """The office connected to Xero; no tax is mapped."""
    new_office.connect()
    return new_office


@pytest.fixture
def ready_office(office):
    """The office connected to Xero, with its taxes mapped, and no setting changed.

    What earlier tests made stays: to connect takes longer than most walks.
    """
    if not office.is_ready():
        office.forget_xero()
        office.connect()
        office.map_taxes()
    office.set(**office.first_settings())
    office.retire_products()
    return office


@pytest.fixture
def log_in(office, browser, request):
    """Log people in: ``log_in(login)`` gives a person at a window of their own."""
    contexts, mistakes = [], []

    def log_in(login: str) -> Person:
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        return Person(page, office, login)

    yield log_in
    if request.node.stash.get(FAILED, False):
        _keep_screenshots(request.node.name, contexts)
    for context in contexts:
        context.close()
    assert not mistakes, mistakes


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Tell the fixtures whether the test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def _keep_screenshots(name, contexts):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"\W+", "-", name)
    for number, context in enumerate(contexts, start=1):
        for page in context.pages:
            page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png")
