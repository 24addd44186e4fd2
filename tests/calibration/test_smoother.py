"""The smoother finds the exact answer where there is one, and a known truth where chance acts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from calibration_toys import (
    CASELOAD,
    caseload_study,
    caseload_values,
    exact_posterior,
    linear_study,
    simulate_caseload,
)

from calibration.designs import member_seeds, prior_positions
from calibration.emulator import fit_emulator
from calibration.fitting import FitSettings, covariance_of, fit
from calibration.posterior_sampling import SamplingSettings, posterior_draws
from calibration.simulation_based_calibration import by_smoother, check_fit
from calibration.smoother import SmootherSettings, smooth
from calibration.study import FitStudy, Floats

pytestmark = pytest.mark.slow

LARGEST_DEVIATION = 0.1


def smoothed(
    study: FitStudy, settings: SmootherSettings, matrix: Floats, seed_covariance: Floats
) -> Floats:
    """The smoother on a linear study, every pass in one product."""

    def of_pass(number: int, positions: Floats) -> Floats:
        chance = np.random.default_rng((settings.seed, number, 5))
        noise = chance.normal(size=(len(positions), len(matrix)))
        return np.asarray(positions @ matrix.T + noise * np.sqrt(np.diag(seed_covariance)))

    return smooth(study, settings, seed_covariance, of_pass)


@pytest.mark.parametrize("literature", [0, 2])
def test_the_exact_posterior_of_a_linear_problem(literature: int) -> None:
    study, matrix, noise = linear_study(6, 8, literature)
    draws = smoothed(study, SmootherSettings(members=2_000), matrix, noise)
    mean, covariance = exact_posterior(study, matrix, noise)
    deviations = np.sqrt(np.diag(covariance))
    learned = draws[:, study.is_learned]
    assert np.abs((learned.mean(axis=0) - mean) / deviations).max() < LARGEST_DEVIATION
    # A standard deviation from 2,000 draws is known to 1.6 %, the smoother's gains add their own.
    assert learned.std(axis=0) / deviations == pytest.approx(1.0, abs=0.1)


def test_chains_on_an_emulator_find_the_same_posterior() -> None:
    study, matrix, noise = linear_study(6, 8, 2)
    positions = prior_positions(1_000, 6, 3)
    root = np.sqrt(np.diag(noise))
    outputs = positions @ matrix.T + np.random.default_rng(1).normal(size=(1_000, 8)) * root
    draws = posterior_draws(study, fit_emulator(positions, outputs), SamplingSettings())
    mean, covariance = exact_posterior(study, matrix, noise)
    learned = draws[:, study.is_learned]
    deviations = np.sqrt(np.diag(covariance))
    # 500 independent chains give the mean to 0.045 deviations, the emulator's own error is added.
    assert np.abs((learned.mean(axis=0) - mean) / deviations).max() < 0.25
    assert learned.std(axis=0) / deviations == pytest.approx(1.0, abs=0.12)


def test_a_parameter_of_the_literature_keeps_its_prior() -> None:
    study, matrix, noise = linear_study(6, 8, 2)
    settings = SmootherSettings(members=200, spread=1.2)
    draws = smoothed(study, settings, matrix, noise)
    before = prior_positions(200, 6, settings.seed)
    np.testing.assert_array_equal(draws[:, ~study.is_learned], before[:, ~study.is_learned])


def test_few_members_do_not_narrow_the_posterior() -> None:
    """Of one gain for all members the deviations are 8 % too small here; over 20 problems."""
    ratios = []
    for seed in range(20):
        study, matrix, noise = linear_study(20, 25, 0, seed)
        draws = smoothed(study, SmootherSettings(members=200, seed=seed), matrix, noise)
        _, covariance = exact_posterior(study, matrix, noise)
        ratios.append(draws.std(axis=0) / np.sqrt(np.diag(covariance)))
    assert 0.98 < np.mean(ratios) < 1.08


def test_runs_without_figures_are_left_out_and_many_of_them_stop_the_fit() -> None:
    study, matrix, noise = linear_study(4, 6, 0)

    def fails_for(count: int) -> Floats:
        def of_pass(number: int, positions: Floats) -> Floats:
            outputs = np.asarray(positions @ matrix.T)
            outputs[:count] = np.nan
            return outputs

        return smooth(study, SmootherSettings(members=100), noise, of_pass)

    assert len(fails_for(2)) == 92
    with pytest.raises(ArithmeticError, match="gave no figures"):
        fails_for(30)


def prior_runs(count: int) -> tuple[Floats, Floats]:
    positions = prior_positions(count, len(CASELOAD), 3)
    seeds = member_seeds(1, 9, count)
    values = caseload_values(positions)
    pairs = zip(values, seeds, strict=True)
    return positions, np.array([simulate_caseload(own, int(seed)) for own, seed in pairs])


def test_a_known_truth_is_recovered(tmp_path: Path) -> None:
    truth = np.array([0.8, -1.0, 0.7, -0.6, 0.0])
    study = caseload_study(truth, 5)
    settings = FitSettings(SmootherSettings(members=150), centre=60, checks=60)
    fitted = fit(study, settings, tmp_path, workers=1)
    draws = fitted.positions[:, study.is_learned]
    distances = np.abs(draws.mean(axis=0) - truth[study.is_learned]) / draws.std(axis=0)
    assert (distances < 2.5).all()
    assert (draws.std(axis=0) < 0.8).all()
    low, high = np.quantile(fitted.check_outputs, [0.005, 0.995], axis=0)
    errors = 3.0 * np.sqrt(np.diag(study.covariance))
    assert ((low - errors <= study.observed) & (study.observed <= high + errors)).all()


@pytest.mark.slow
def test_intervals_hold_what_they_say() -> None:
    """40 truths whose figures are runs that the emulator never saw."""
    positions, outputs = prior_runs(440)
    emulator = fit_emulator(positions[40:], outputs[40:])
    study = caseload_study(np.zeros(len(CASELOAD)), 1, 0.1 * outputs.std(axis=0))
    fit_truth = by_smoother(emulator, SmootherSettings(members=200))
    verdict = check_fit(study, positions[:40], outputs[:40], fit_truth)
    # The pooled share of 160 intervals has a standard error of about 0.024.
    assert 0.80 <= verdict.pooled <= 0.98
    assert verdict.not_uniform == ()
    narrow = check_fit(
        replace(study, covariance=study.covariance / 25.0),
        positions[:40],
        outputs[:40]
        + (outputs[:40].std(axis=0) * 0.1)
        * np.random.default_rng(3).normal(size=outputs[:40].shape),
        fit_truth,
    )
    assert narrow.pooled < verdict.pooled, "errors that the fit does not know of must show"


def test_the_emulator_knows_its_slope_and_its_noise() -> None:
    positions, outputs = prior_runs(400)
    emulator = fit_emulator(positions, outputs)
    assert (emulator.explained > 0.9).all()
    at, step = positions[:3], 1e-5
    ahead = [emulator.mean(at + step * axis) for axis in np.eye(len(CASELOAD))]
    behind = [emulator.mean(at - step * axis) for axis in np.eye(len(CASELOAD))]
    numeric = (np.array(ahead) - np.array(behind)) / (2.0 * step)
    np.testing.assert_allclose(emulator.slope(at), np.moveaxis(numeric, 0, 2), rtol=1e-5)
    centre = np.array([simulate_caseload(caseload_values(np.zeros(5)), n) for n in range(100)])
    assert (np.diag(emulator.noise) > 0.5 * np.diag(covariance_of(centre))).all()
