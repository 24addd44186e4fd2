"""A server of the app and a real browser, both on this machine alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from steps import SERVER_LOG, Visit

from benchmarks.app_server import ARGUMENTS, CHROMIUM, serving
from tests.small_batches import small_store

SHARE = "0.03"
"""The journey is about the pages: a small part of a department is simulated."""

IN_A_BROWSER = (
    "test_journey.py",
    "test_accessibility.py",
    "test_reference_ready.py",
    "test_sizes.py",
    "test_failing_download.py",
)
collect_ignore = [] if CHROMIUM else list(IN_A_BROWSER)


def pytest_report_header() -> str:
    return (
        f"browser: {CHROMIUM or 'NO chromium, run tests/e2e/prepare: tests/e2e is not collected'}"
    )


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one small experiment, which the server shows."""
    return small_store(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, results: Path) -> Iterator[str]:
    """The address of a server that is ready."""
    environment = {
        "CASELOAD_APP_DATA": str(tmp_path_factory.mktemp("data")),
        "CASELOAD_APP_RESULTS": str(results),
        "CASELOAD_APP_SHARE": SHARE,
    }
    with serving(environment, SERVER_LOG) as found:
        yield found.address


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield made
        made.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    """A visitor of one test."""
    made = Visit(browser, address)
    yield made
    made.close()
