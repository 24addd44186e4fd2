"""Tests keep their starting populations in a folder of their own, and read what English says.

Matrices are small, and as many processes test as there are cores: a library's threads would wait
for each other at several times the work. Commands that forecast and fit hold them to one as well.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

# Read when numpy is loaded, by the processes that tests start as well.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from longest_first import OPTION, Stopwatch, longest_first

from sim.units import in_days
from sim.user_cache import CACHE_VARIABLE

LOCALE = "LC_ALL"
"""The variable that decides before all others of the locale."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, action="store_true", help="keep what each file of tests takes")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption(OPTION) and "PYTEST_XDIST_WORKER" not in os.environ:
        config.pluginmanager.register(Stopwatch(config.invocation_params.args))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = longest_first(items)


@pytest.fixture(autouse=True, scope="session")
def population_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One folder for the session, shared by the processes that run tests side by side."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    before = os.environ.get(CACHE_VARIABLE)
    os.environ[CACHE_VARIABLE] = str(root / "populations")
    yield
    if before is None:
        del os.environ[CACHE_VARIABLE]
    else:
        os.environ[CACHE_VARIABLE] = before


@pytest.fixture(autouse=True, scope="session")
def english_locale() -> Iterator[None]:
    """The locale of the tests is not that of the machine: commands answer in English."""
    before = os.environ.get(LOCALE)
    os.environ[LOCALE] = "C.UTF-8"
    yield
    if before is None:
        del os.environ[LOCALE]
    else:
        os.environ[LOCALE] = before


@pytest.fixture(autouse=True, scope="session")
def compiler_loaded() -> None:
    """The first rule that is called loads the compiler: no property has its time taken for that."""
    in_days(1.0)
