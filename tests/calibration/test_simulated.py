"""Simulated figures: the same for the same values and seed, and moved by what should move them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from calibration.departments import (
    DEPARTMENT_HOUSEHOLDS,
    department_problem,
    national_problem,
    simulated_part,
    tables_of,
)
from calibration.priors import from_normal
from calibration.problem import Problem
from calibration.simulated import SimulatedDepartment
from sim.parameters import load_department

NATIONAL = national_problem(part=0.06)
DEPARTMENTS = ("somme", "doubs", "mayenne", "meuse", "bouches_du_rhone")
SEEDS = (1, 2, 3)


def figure(problem: Problem, name: str, **moved: float) -> float:
    """A simulated figure, mean over seeds, with some priors moved by a number of sd."""
    at = np.array([moved.get(prior.name, 0.0) for prior in problem.priors])
    values = from_normal(problem.priors, at)
    number = [target.id for target in problem.targets].index(name)
    return float(np.mean([problem.simulate(values, seed)[number] for seed in SEEDS]))


def centre(problem: Problem) -> NDArray[np.float64]:
    return from_normal(problem.priors, np.zeros(len(problem.priors)))


@pytest.mark.slow
def test_same_values_and_seed_give_the_same_figures_in_any_thread() -> None:
    values = centre(NATIONAL)
    alone = [NATIONAL.simulate(values, seed) for seed in SEEDS]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda seed: NATIONAL.simulate(values, seed), SEEDS))
    assert np.array_equal(alone, together)
    assert not np.array_equal(alone[0], alone[1])
    assert np.isfinite(alone).all()


@pytest.mark.slow
def test_more_job_finding_means_more_work_and_more_exits() -> None:
    for name in ("worked_next_year", "exit_in_job", "job_entry"):
        assert figure(NATIONAL, name, job_finding=1.5) > figure(NATIONAL, name)


def test_stayers_carry_persistence() -> None:
    """Many stayers who hardly leave: more people at every year-end of a decade."""
    more = figure(NATIONAL, "every_year_decade", stayers_share=2.0, stayers_exits=-1.5)
    assert more > figure(NATIONAL, "every_year_decade") + 3.0


@pytest.mark.slow
def test_effects_of_support_leave_national_figures_near_the_noise() -> None:
    """Before the reforms contacts are at their reference: the figures cannot tell their effect."""
    values = figure(NATIONAL, "worked_next_year", contact_size=2.0, sanction_effect=2.0)
    assert values == pytest.approx(figure(NATIONAL, "worked_next_year"), abs=4.0)


@pytest.fixture(scope="module")
def small_department() -> Problem:
    """A fifth of the Mayenne, one of its territories observed."""
    problem = department_problem("mayenne")
    simulate = problem.simulate
    assert isinstance(simulate, SimulatedDepartment)
    return replace(problem, simulate=replace(simulate, part=0.3))


@pytest.mark.slow
def test_a_department_is_moved_by_its_own_parameters(small_department: Problem) -> None:
    problem = small_department
    later = figure(problem, "contract_delay", contract_due=1.5)
    assert later > 1.3 * figure(problem, "contract_delay")
    waiting = figure(problem, "oriented_under_6_months", notification=2.0)
    assert waiting < figure(problem, "oriented_under_6_months") - 5.0
    assert figure(problem, "growth", inflow=2.0) > figure(problem, "growth")


@pytest.mark.parametrize("name", DEPARTMENTS)
def test_the_part_of_a_department_has_whole_desks_where_it_is_observed(name: str) -> None:
    tables = load_department(name)
    part, territories = simulated_part(tables)
    assert territories
    for territory in territories:
        desks = part * tables.number(f"territories.{territory}.intake.desks")
        assert desks >= 1 - 1e-9
        assert np.ceil(desks - 1e-9) <= 1.1 * desks
    stock = part * tables.number("department.stock_households")
    assert DEPARTMENT_HOUSEHOLDS / 1.5 < stock < 1.5 * DEPARTMENT_HOUSEHOLDS


def test_drawn_values_are_those_of_the_whole_department() -> None:
    """A factor of one on the posts gives the posts of the tables, whatever the simulated part."""
    problem = department_problem("somme")
    assert tables_of(problem).number("territories.rest.staff.social_worker.fte") == 72.4
