"""The engines of the benchmark of peers do the same work: the same counts where chance is keyed."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest

from benchmarks.peers import __main__ as runner
from benchmarks.peers import c_peer, luck
from benchmarks.peers.one import ENGINES
from benchmarks.peers.workload import COUNTERS, Outcome
from benchmarks.performance_kept import kept, machine
from benchmarks.performance_page import PAGE, page
from sim.randomness import key_of, uniform

STOCK, SEED, DAYS = 250, 3, 200
KEYED = ("numpy", "mesa", "mesa_simpy")


def outcome(engine: str, days: int = DAYS) -> Outcome:
    peer = importlib.import_module(ENGINES[engine])
    found: Outcome = peer.run(STOCK, SEED, days)
    return found


@pytest.fixture(scope="module")
def of_the_product() -> Outcome:
    return outcome("product")


@pytest.mark.parametrize("engine", KEYED)
def test_keyed_engines_count_the_same_on_every_day(engine: str, of_the_product: Outcome) -> None:
    found = outcome(engine)
    assert found.totals == of_the_product.totals
    assert found.stocks == of_the_product.stocks
    assert found.agent_weeks == of_the_product.agent_weeks


def test_c_counts_the_same_or_says_that_there_is_no_compiler(of_the_product: Outcome) -> None:
    if c_peer.compiler() is None:
        with pytest.raises(RuntimeError, match="no C compiler"):
            outcome("c")
        return
    found = outcome("c")
    assert (found.totals, found.stocks) == (of_the_product.totals, of_the_product.stocks)


def test_the_work_is_done(of_the_product: Outcome) -> None:
    assert all(of_the_product.totals[name] > 0 for name in COUNTERS)
    everybody = [sum(stocks) for stocks in of_the_product.stocks]
    assert everybody == sorted(everybody)
    assert everybody[0] >= STOCK


def test_simpy_counts_nearly_the_same(of_the_product: Outcome) -> None:
    found = outcome("simpy")
    for name in ("requests", "held"):
        assert found.totals[name] == pytest.approx(of_the_product.totals[name], rel=0.05)
    for name in ("jobs", "exits"):
        spread = 5.0 * (2.0 * of_the_product.totals[name]) ** 0.5
        assert abs(found.totals[name] - of_the_product.totals[name]) < spread


def test_luck_of_many_is_that_of_each() -> None:
    keys = luck.keys(SEED, 50)
    numbers = luck.uniforms(keys, 2, 77)
    each = [uniform(np.uint64(key_of(SEED, who)), 2, 77) for who in range(50)]
    assert numbers.tolist() == each


def test_a_peer_that_is_not_installed_is_told_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(runner, "ENVIRONMENT", tmp_path / "none")
    found = runner.measured(runner.Row("salabim", 300, 1))
    rows = {"salabim 300": found}
    assert "| 300 | not installed |" in page({"peers": {"numbers": rows, "machine": machine()}})


def test_the_page_is_that_of_the_numbers_that_are_kept() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(kept())
