"""More unemployment: for the same people fewer jobs, and more households."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.run import RunResult, run_plan
from sim.experiments.experiment import Experiment, run_plan_of
from sim.policy import Scenario, load_scenario
from sim.vocabulary import MEMBER_BITS, Record, Stock

SHARE, MONTHS, SEEDS = 0.1, 24, (1, 2, 3)
HIGHER = "somme_unemployment_up"
MEMBER_MASK = (1 << MEMBER_BITS) - 1


def of(name: str) -> Scenario:
    return load_scenario(name).with_months(MONTHS).scaled(SHARE)


def households(run: RunResult) -> np.ndarray:
    found: np.ndarray = run.ledger.stocks[Stock.HOUSEHOLDS].sum(axis=(1, 2))
    return found


def people_with_jobs(run: RunResult, among: set[int]) -> int:
    assert run.log is not None
    frame = run.log.frame()
    started = frame[frame["kind"] == Record.JOB_STARTED]["who"]
    return len({int(who) for who in started} & among)


@pytest.mark.slow
def test_more_unemployment_means_fewer_jobs_and_more_households() -> None:
    reference, higher = of("somme_today"), of(HIGHER)
    assert Experiment((reference, higher), replications=1).is_paired
    found, jobs = [], []
    for seed in SEEDS:
        runs = [run_plan(run_plan_of(one), seed, is_logging=True) for one in (reference, higher)]
        before, after = map(households, runs)
        # The same start, and the same lives until the first quarter that differs.
        assert np.array_equal(before[:4], after[:4])
        log = runs[0].log
        assert log is not None
        present = {int(who) for who in log.frame()["who"] if int(who) & MEMBER_MASK}
        other = runs[1].log
        assert other is not None
        both = present & {int(who) for who in other.frame()["who"]}
        jobs.append([people_with_jobs(one, both) for one in runs])
        found.append(after[-1] / before[-1] - 1.0)
    counts = np.array(jobs).sum(axis=0)
    assert counts[1] < counts[0]
    # 2 to 8 % more: 12 % of unemployment, with an elasticity of 0.1 to 0.65 after 21 months.
    assert 0.01 < float(np.mean(found)) < 0.08
