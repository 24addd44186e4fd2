"""A fit gives the same bits with one thread or two, and after it was killed at any moment."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from calibration_toys import CASELOAD, SHOWN, caseload_study

from calibration.bank import read_bank, run_bank, write_bank
from calibration.designs import member_seeds, prior_positions
from calibration.fitting import FitSettings, Fitted, fit
from calibration.runs import Interrupted, RunProgress, RunStore, Watch, run_members
from calibration.smoother import SmootherSettings
from calibration.study import Floats

HERE = Path(__file__).parent
SETTINGS = FitSettings(SmootherSettings(members=100, seed=4), centre=20, checks=30, bank=40)
TRUTH = np.array([0.5, -0.5, 0.3, 0.2, 0.0])
PROGRAM = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[3]]
from test_runs import fitted_until_killed
fitted_until_killed(Path(sys.argv[1]))
"""


def fitted_in(folder: Path, workers: int) -> Fitted:
    return fit(caseload_study(TRUTH, 2), SETTINGS, folder, workers=workers)


def fitted_until_killed(folder: Path) -> None:
    """A fit that waits for its end after 150 of its 510 runs, so that no kill comes too late."""
    add, done = RunStore.add, itertools.count()

    def add_or_wait(store: RunStore, member: int, outputs: Floats) -> None:
        if next(done) >= 150:
            threading.Event().wait()
        add(store, member, outputs)

    RunStore.add = add_or_wait  # type: ignore[assignment, method-assign]
    fitted_in(folder, 2)


def assert_same_bits(one: Fitted, other: Fitted) -> None:
    np.testing.assert_array_equal(one.positions, other.positions)
    np.testing.assert_array_equal(one.check_outputs, other.check_outputs)
    np.testing.assert_array_equal(one.seed_covariance, other.seed_covariance)
    assert one.bank is not None
    assert other.bank is not None
    np.testing.assert_array_equal(one.bank.figures, other.bank.figures)


@pytest.mark.slow
def test_one_or_two_threads_give_the_same_bits(tmp_path: Path) -> None:
    assert_same_bits(fitted_in(tmp_path / "one", 1), fitted_in(tmp_path / "two", 2))


@pytest.mark.slow
def test_a_fit_killed_at_any_moment_comes_to_the_same_bits(tmp_path: Path) -> None:
    whole = fitted_in(tmp_path / "whole", 1)
    folder = tmp_path / "killed"
    command = [sys.executable, "-c", PROGRAM, str(folder), str(HERE), str(HERE.parents[1])]
    chance = np.random.default_rng()
    sizes = [0]
    for _ in range(3):
        process = subprocess.Popen(command)
        wait_for_new_runs(folder, sizes[-1], process)
        time.sleep(float(chance.uniform(0.0, 0.15)))
        process.send_signal(signal.SIGKILL)
        process.wait()
        sizes.append(bytes_in(folder))
    assert sizes == sorted(set(sizes)), "every process must have done some runs"
    assert_same_bits(fitted_in(folder, 2), whole)


def wait_for_new_runs(folder: Path, before: int, process: subprocess.Popen[bytes]) -> None:
    while bytes_in(folder) <= before + 100:
        assert process.poll() is None, "the fit ended before it could be killed"
        time.sleep(0.005)


def bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*.runs"))


def values_and_seeds(members: int) -> tuple[Floats, np.ndarray]:
    return prior_positions(members, len(CASELOAD), 1), member_seeds(1, 0, members)


def test_a_store_drops_what_was_cut_off_or_damaged(tmp_path: Path) -> None:
    values, seeds = values_and_seeds(4)
    file = tmp_path / "stage.runs"
    store = RunStore(file, values, seeds, 3)
    for member in (2, 0, 3):
        store.add(member, np.array([member, np.nan, 1.5]))
    content = file.read_bytes()
    again = RunStore(file, values, seeds, 3)
    assert again.missing == [1]
    np.testing.assert_array_equal(again.outputs[2], [2.0, np.nan, 1.5])
    for cut in range(1, 40):
        file.write_bytes(content[:-cut])
        assert RunStore(file, values, seeds, 3).missing == [1, 3]
    damaged = bytearray(content)
    damaged[-20] ^= 1
    file.write_bytes(bytes(damaged))
    repaired = RunStore(file, values, seeds, 3)
    assert repaired.missing == [1, 3]
    repaired.add(3, np.array([3.0, 3.0, 3.0]))
    assert RunStore(file, values, seeds, 3).missing == [1]


def test_a_store_of_other_positions_or_seeds_is_started_anew(tmp_path: Path) -> None:
    values, seeds = values_and_seeds(4)
    file = tmp_path / "stage.runs"
    RunStore(file, values, seeds, 2).add(1, np.zeros(2))
    assert RunStore(file, values, seeds, 2).missing == [0, 2, 3]
    assert RunStore(file, values, seeds + 1, 2).missing == [0, 1, 2, 3]


def test_stopping_keeps_what_is_finished_and_the_watch_counts_it(tmp_path: Path) -> None:
    quick = caseload_study(TRUTH, 2)
    positions, seeds = values_and_seeds(60)
    cancel = threading.Event()
    late = {int(seed) for seed in seeds[30:]}

    def late_ones_wait(values: Floats, seed: int) -> Floats:
        if seed in late:
            cancel.wait()
        return quick.simulate(values, seed)

    study = replace(quick, simulate=late_ones_wait)
    shown: list[RunProgress] = []

    def stop_at_ten(progress: RunProgress) -> None:
        shown.append(progress)
        if progress.done == 10:
            cancel.set()

    with pytest.raises(Interrupted):
        run_members(
            study, "some", positions, seeds, tmp_path,
            workers=2, watch=Watch(60, stop_at_ten), cancel=cancel,
        )  # fmt: skip
    kept = 60 - len(RunStore(tmp_path / "some.runs", study.to_values(positions), seeds, 6).missing)
    assert 10 <= kept < 60
    shown.clear()
    run_members(study, "some", positions, seeds, tmp_path, workers=2, watch=Watch(60, shown.append))
    assert [progress.done for progress in shown] == list(range(kept, 61))
    assert shown[0].seconds_left is None
    assert shown[-1].seconds_left == 0.0


def test_a_bank_grows_and_is_read_back(tmp_path: Path) -> None:
    study = caseload_study(TRUTH, 2)
    bank = run_bank(study, 30, tmp_path)
    larger = run_bank(study, 45, tmp_path)
    np.testing.assert_array_equal(larger.positions[:30], bank.positions)
    write_bank(tmp_path / "bank.parquet", bank)
    again = read_bank(tmp_path / "bank.parquet")
    assert (again.parameters, again.outputs, again.identity) == (CASELOAD, SHOWN, "caseload")
    np.testing.assert_array_equal(again.positions, bank.positions)
    np.testing.assert_array_equal(again.figures, bank.figures)
    np.testing.assert_array_equal(again.seeds, bank.seeds)
