"""Targets and priors as shipped: each with unit, source and operator; what the fit may read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from calibration.departments import department_problem, national_problem, problem_of
from calibration.observation import OPERATORS
from calibration.priors import FILE as PRIORS
from calibration.priors import from_normal, load_priors, values_of
from calibration.problem import Problem
from calibration.smoother import SmootherSettings, smooth
from calibration.study import study_of
from calibration.targets import FILE as TARGETS
from calibration.targets import Target, load_targets
from sim.errors import InputError
from sim.parameters import load_department

DEPARTMENTS = ("somme", "doubs", "mayenne", "meuse", "bouches_du_rhone")
NATIONAL = national_problem()


def all_targets() -> list[Target]:
    own = [
        target
        for name in DEPARTMENTS
        for target in load_targets("department", department=load_department(name))
    ]
    return [*NATIONAL.targets, *own]


@pytest.mark.parametrize("target", all_targets(), ids=lambda target: target.row)
def test_each_target_has_unit_source_operator_and_errors(target: Target) -> None:
    assert target.unit
    assert target.source
    assert target.population
    assert target.period
    assert target.exposure
    assert target.operator in OPERATORS
    assert min(target.sampling_sd, target.definition_sd, target.discrepancy_sd) > 0


def test_there_are_enough_targets_and_some_are_held_out() -> None:
    uses = [target.use for target in NATIONAL.targets]
    assert uses.count("fit") >= 30
    assert uses.count("holdout") >= 3
    for name in DEPARTMENTS:
        own = load_targets("department", department=load_department(name))
        assert {"fit", "holdout"} <= {target.use for target in own}, name


def test_values_are_those_of_the_shipped_tables() -> None:
    found = {target.id: target.value for target in NATIONAL.targets}
    assert found["exit_rate"] == 25
    assert found["exit_in_job"] == 11.5
    assert found["other_minimum"] == 2
    assert found["main_job_open_ended"] == pytest.approx(100 * 25 / 83)
    own = load_targets("department", department=load_department("somme"))
    found = {target.id: target.value for target in own}
    assert found["orientation_delay"] == 127
    assert found["growth"] == pytest.approx(100 * ((18530 / 18540) ** 0.5 - 1), abs=0.5)


def test_effects_of_support_are_never_learned() -> None:
    """Contacts, activity, sanctions, follow-up in the job, displacement: not by this fit."""
    study = study_of(NATIONAL)
    learned = {
        prior
        for prior, is_learned in zip(NATIONAL.priors, study.is_learned, strict=True)
        if is_learned
    }
    paths = {path for prior in learned for path in prior.paths}
    assert not {path for path in paths if path.startswith("effects.")}
    assert not {path for path in paths if "contact" in path}
    carried = {path for prior in NATIONAL.priors for path in prior.paths}
    effects = ("contact_size", "sanction_job_finding_multiplier", "displacement_share")
    assert {f"effects.{name}" for name in effects} <= carried


def test_holdout_and_check_figures_never_enter_the_fit() -> None:
    """The same draws to the last bit, whatever those figures and their simulated values are."""
    with_other_figures = replace(
        NATIONAL,
        targets=tuple(
            target if target.use == "fit" else replace(target, value=1e6, sampling_sd=1e-3)
            for target in NATIONAL.targets
        ),
    )
    assert np.array_equal(draws(NATIONAL, 0.0), draws(with_other_figures, 1e9))


def draws(problem: Problem, of_others: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The fit of a linear stand-in for the simulator; other figures are simulated as given."""
    study = study_of(problem)
    is_read = np.array([target.use == "fit" for target in problem.targets])
    slopes = np.random.default_rng(1).standard_normal((len(problem.priors), len(is_read)))
    settings = SmootherSettings(members=40, passes=2, groups=4)

    def outputs(number: int, positions: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        full = np.where(is_read, positions @ slopes, of_others)
        return np.asarray(full[:, study.read])

    return smooth(study, settings, np.eye(len(study.read)), outputs)


def test_drawn_parameters_are_accepted_by_the_tables() -> None:
    """Four standard deviations of every prior, alone and all together."""
    for problem in (NATIONAL, department_problem("somme"), department_problem("mayenne")):
        tables = problem.simulate.scenario.base  # type: ignore[attr-defined]
        count = len(problem.priors)
        for standard in (*(-4 * np.eye(count)), *(4 * np.eye(count)), np.full(count, 3.0)):
            values = from_normal(problem.priors, standard)
            tables.patched(values_of(problem.priors, values, tables), "a draw")


def test_an_unknown_department_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"nowhere.*national.*somme"):
        problem_of("nowhere")


def test_the_identity_follows_priors_and_targets() -> None:
    assert national_problem().identity == NATIONAL.identity
    assert national_problem(part=0.2).identity != NATIONAL.identity


def faulty(file: Path, folder: Path, name: str, key: str, value: object) -> Path:
    """A copy of a shipped file in which one key of one national entry is exchanged."""
    tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    tree["national"][name][key] = value
    copy = folder / file.name
    copy.write_text(yaml.safe_dump(tree), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("operator", "no_such_operator"),
        ("rows", ["F9999"]),
        ("use", "maybe"),
        ("sampling_sd", 0),
        ("population", ""),
        ("weight", 2.0),
    ],
)
def test_a_faulty_target_is_named(tmp_path: Path, key: str, value: object) -> None:
    with pytest.raises(InputError, match=rf"national\.exit_rate\.{key}"):
        load_targets("national", faulty(TARGETS, tmp_path, "exit_rate", key, value))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("paths", ["no.such.path"]),
        ("link", "square"),
        ("sd", -1),
        ("source", ["nobody"]),
        ("unit", "days"),
        ("note", ""),
        ("kind", "guess"),
        ("colour", "red"),
    ],
)
def test_a_faulty_prior_is_named(tmp_path: Path, key: str, value: object) -> None:
    with pytest.raises(InputError, match=rf"national\.wage\.{key}"):
        load_priors(
            "national", load_department("somme"), faulty(PRIORS, tmp_path, "wage", key, value)
        )


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    file = faulty(TARGETS, tmp_path, "exit_rate", "use", "maybe")
    tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    tree["national"]["in_job"]["operator"] = "nothing"
    file.write_text(yaml.safe_dump(tree), encoding="utf-8")
    with pytest.raises(InputError) as found:
        load_targets("national", file)
    assert len(found.value.faults) == 2
