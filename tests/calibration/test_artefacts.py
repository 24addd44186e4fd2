"""What a fit leaves: draws in the units of the tables, a card that says what is known, a report."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import h5netcdf
import numpy as np
import pytest
from calibration_toys import CASELOAD, caseload_problem

from calibration.artefacts import (
    CARD,
    DRAWS,
    NETCDF,
    REPORT,
    draws_of,
    key_of,
    open_folder,
    read_card,
    write_artefacts,
)
from calibration.bank import read_bank
from calibration.bank_checks import LEAST_LEARNED_FROM, bank_checks
from calibration.card import card_of
from calibration.emulator import Emulator, features
from calibration.fitting import FitSettings, Fitted, fit
from calibration.priors import from_normal
from calibration.problem import Problem
from calibration.sensitivity import badge, contraction, path_badges, sobol_indices
from calibration.smoother import SmootherSettings
from calibration.study import error_covariance, study_of
from sim.errors import InputError
from sim.parameters import load_department
from sim.parameters.draw_files import read_draws
from ui.reports.calibration.fit_report import fit_report, number

pytestmark = pytest.mark.slow

SOME_TRUTHS = 15
TRUTH = np.array([0.5, -1.0, 0.3, 0.2, 0.0])
SETTINGS = FitSettings(
    SmootherSettings(members=120, seed=4),
    centre=30,
    checks=60,
    bank=SOME_TRUTHS + LEAST_LEARNED_FROM,
)


@pytest.fixture(scope="module")
def problem() -> Problem:
    return caseload_problem(TRUTH)


@pytest.fixture(scope="module")
def fitted(problem: Problem, tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    return fit(study_of(problem), SETTINGS, tmp_path_factory.mktemp("fit"))


def test_holdout_figures_are_never_read_by_the_fit(problem: Problem, tmp_path: Path) -> None:
    settings = FitSettings(SmootherSettings(members=40), centre=20, checks=10)
    targets = tuple(
        replace(target, value=float("nan"), sampling_sd=float("nan"))
        if target.use != "fit"
        else target
        for target in problem.targets
    )
    unknown = replace(problem, targets=targets)
    as_it_is = fit(study_of(problem), settings, tmp_path / "one")
    without = fit(study_of(unknown), settings, tmp_path / "two")
    np.testing.assert_array_equal(as_it_is.positions, without.positions)
    spoiled = replace(problem, simulate=partial(_without_holdout, problem))
    without = fit(study_of(spoiled), settings, tmp_path / "three")
    np.testing.assert_array_equal(as_it_is.positions, without.positions)


def _without_holdout(problem: Problem, values: np.ndarray, seed: int) -> np.ndarray:
    outputs = problem.simulate(values, seed)
    outputs[[target.use != "fit" for target in problem.targets]] = np.nan
    return outputs


def test_priors_of_the_literature_are_not_learned(problem: Problem, fitted: Fitted) -> None:
    study = study_of(problem)
    assert study.is_learned.tolist() == [True, True, True, True, False]
    always = tuple(replace(prior, is_fitted=True) for prior in problem.priors)
    assert not study_of(replace(problem, priors=always)).is_learned[-1]
    assert fitted.positions[:, -1].std() == pytest.approx(1.0, abs=0.15)


def test_targets_of_one_group_share_their_definition_error(problem: Problem) -> None:
    first, second, third = (
        replace(target, sampling_sd=1.0, definition_sd=sd, discrepancy_sd=2.0, correlation_group=of)
        for target, sd, of in zip(problem.targets, (3.0, 4.0, 5.0), ("a", "a", ""), strict=False)
    )
    expected = [[14.0, 12.0, 0.0], [12.0, 21.0, 0.0], [0.0, 0.0, 30.0]]
    np.testing.assert_allclose(error_covariance([first, second, third]), expected)


def test_badges_follow_what_the_fit_added(problem: Problem) -> None:
    learned, assumed, literature = problem.priors[0], problem.priors[3], problem.priors[4]
    assert [badge(learned, share) for share in (0.6, 0.3, 0.1)] == ["data", "mixed", "literature"]
    assert badge(assumed, 0.1) == "assumption"
    assert badge(literature, 0.9) == "literature"
    shares = replace(learned, paths=("job_types.a.share",), simplex="job_types.*.share")
    kinds = path_badges(
        [shares, assumed], np.array([0.6, 0.0]), ["job_types.b.share", assumed.paths[0]]
    )
    assert kinds == {"job_types.b.share": "data", assumed.paths[0]: "assumption"}


def test_the_folder_of_a_fit_is_whole_and_read_back(
    problem: Problem, fitted: Fitted, tmp_path: Path
) -> None:
    study, key = study_of(problem), key_of(problem.identity, SETTINGS)
    checks = bank_checks(study, SETTINGS, fitted, truths=SOME_TRUTHS)
    card = card_of(problem, fitted, SETTINGS, key, 1.0, checks)
    draws = draws_of(problem, fitted.positions, load_department("somme"))
    open_folder(tmp_path, key)
    page = fit_report(card, "caseload calibrate toy")
    write_artefacts(tmp_path, problem, fitted, draws, card, page)

    again = read_draws(tmp_path / DRAWS)
    np.testing.assert_array_equal(again.values, from_normal(problem.priors, fitted.positions))
    assert again.identity == problem.identity
    assert again.kinds["effects.contact_size"] == "literature"
    with h5netcdf.File(tmp_path / NETCDF) as inference:
        entries = inference["posterior/entries"]
        assert entries.dimensions == ("chain", "draw")
        np.testing.assert_array_equal(
            entries[0], from_normal(problem.priors, fitted.positions)[:, 0]
        )
        assert inference["prior"].attrs["identity"] == problem.identity
        for target in problem.targets:
            assert inference["observed_data"][target.id][0] == target.value
            assert inference["constant_data"][f"sd of {target.id}"][0] == target.sd
        simulated = inference["posterior_predictive"][problem.targets[1].id]
        np.testing.assert_array_equal(simulated[0], fitted.check_outputs[:, 1])
    found = read_card(tmp_path / CARD)
    assert found["summary"]["fit"] == 5  # type: ignore[index]
    assert found["summary"]["holdout"] == 1  # type: ignore[index]
    assert json.dumps(found)
    assert len(read_bank(tmp_path / "bank.parquet")) == SETTINGS.bank
    assert "caseload calibrate toy" in (tmp_path / REPORT).read_text(encoding="utf-8")
    record = found["simulation_based_calibration"]["smoother_on_emulator"]  # type: ignore[index]
    # 60 intervals of 15 truths: a standard error of about 0.04.
    assert 0.72 < record["coverage_90"] <= 1.0
    assert found["smoother_against_chains"]["largest"] < 0.5  # type: ignore[index]
    leading = found["sobol"]["jobs"]["total"]  # type: ignore[index]
    assert next(iter(leading)) == "job finding"


def test_a_folder_of_another_fit_is_refused(tmp_path: Path) -> None:
    keys = {
        key_of(identity, settings)
        for identity in ("a", "b")
        for settings in (SETTINGS, replace(SETTINGS, smoother=SmootherSettings(seed=9)))
    }
    assert len(keys) == 4
    one, other, *_ = sorted(keys)
    open_folder(tmp_path / "fit", one)
    open_folder(tmp_path / "fit", one)
    with pytest.raises(InputError, match=one):
        open_folder(tmp_path / "fit", other)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").touch()
    with pytest.raises(InputError, match="not empty"):
        open_folder(tmp_path / "mine", one)
    with pytest.raises(InputError, match="no such file"):
        read_card(tmp_path / CARD)


def test_sobol_indices_of_a_known_quadratic() -> None:
    """y = 2 a + b² + a c with noise: the variance of each term is known."""
    names = ("a", "b", "c")
    coefficients = np.zeros((features(np.zeros((1, 3))).shape[1], 1))
    coefficients[0, 0], coefficients[1, 0], coefficients[5, 0] = 1.0, 2.0, np.sqrt(2.0)
    coefficients[8, 0] = 1.0
    emulator = Emulator(coefficients, np.array([[1.0]]), np.array([1.0]))
    found = sobol_indices(emulator, names, ("y",))
    variance = 4.0 + 2.0 + 1.0 + 1.0
    # 1,024 Saltelli points know an index to a few hundredths.
    np.testing.assert_allclose(found.first[0], np.array([4.0, 2.0, 0.0]) / variance, atol=0.05)
    np.testing.assert_allclose(found.total[0], np.array([5.0, 2.0, 1.0]) / variance, atol=0.05)
    assert found.noise[0] == pytest.approx(1.0 / variance, abs=0.02)


def test_contraction_and_numbers_in_french() -> None:
    positions = np.random.default_rng(1).normal(size=(4_000, 2)) * [1.0, 0.25]
    np.testing.assert_allclose(contraction(positions), [0.0, 0.75], atol=0.04)
    shown = [number(value) for value in (0.01234, 1.5, 123.4, 12345.6, -2.0, float("nan"), None)]
    assert shown == ["0,0123", "1,50", "123", "12\u202f346", "−2,00", "–", "–"]


def test_the_names_of_the_toy_are_those_of_its_priors(problem: Problem) -> None:
    assert tuple(prior.name for prior in problem.priors) == CASELOAD
