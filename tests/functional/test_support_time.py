"""Time that is there becomes contacts, time that is not becomes waiting."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.experiments.experiment import Experiment
from sim.experiments.runner import Results, run_experiment
from sim.policy import Scenario, load_scenario

PILOT = "coquelicot"
OWN = f"territories.{PILOT}"
DEPARTMENTS = {
    "somme_reference": 0.3,
    "mayenne_reference": 0.6,
    "doubs_reference": 0.5,
    "meuse_reference": 0.8,
    "bouches_du_rhone_reference": 0.08,
    "deux_sevres_reference": 0.6,
}
"""References and the shares at which staff is a few dozen posts."""
MORE_STAFF = 1.1
LOWEST_ELASTICITY, HIGHEST_ELASTICITY = 0.4, 1.0
STANDARD_ERRORS = 3.0


def last_year(results: Results, position: int, outcome: str, place: str) -> NDArray[np.float64]:
    """Mean of the last twelve months, by replication."""
    found = []
    for one in results.replications:
        outcomes = one.outcomes[position]
        row, _, territory = outcomes.axes.place(outcome, place)
        found.append(float(np.nanmean(outcomes.values[row, -12:, territory, 0])))
    return np.array(found)


def with_staff(scenario: Scenario, factor: float) -> Scenario:
    """The same department with other numbers of posts, for as long as it exists."""
    number, labels = scenario.base.number, scenario.base.labels
    posts = [
        f"territories.{t}.staff.{r}.fte" for t in labels("territories") for r in labels("roles")
    ]
    return scenario.with_variant({post: round(number(post) * factor, 4) for post in posts})


@pytest.mark.slow
@pytest.mark.parametrize("name", DEPARTMENTS)
def test_contacts_answer_to_staff_less_than_in_proportion(name: str) -> None:
    """The elasticity of contacts to staff at unchanged rules: 0.4 to 1, within chance."""
    base = load_scenario(name).scaled(DEPARTMENTS[name]).with_months(24)
    logs = {}
    for factor in (1.0, MORE_STAFF):
        made = run_experiment(Experiment((with_staff(base, factor),), 5, 4))
        for outcome in ("contacts_held", "staff_minutes_available"):
            logs[outcome, factor] = np.log(last_year(made, 0, outcome, "all"))
    contacts = logs["contacts_held", MORE_STAFF] - logs["contacts_held", 1.0]
    minutes = logs["staff_minutes_available", MORE_STAFF] - logs["staff_minutes_available", 1.0]
    elasticity = contacts / minutes.mean()
    margin = STANDARD_ERRORS * elasticity.std(ddof=1) / np.sqrt(len(elasticity))
    print(f"{name}: {elasticity.mean():.2f} ± {margin:.2f}")
    assert LOWEST_ELASTICITY - margin < elasticity.mean() < HIGHEST_ELASTICITY + margin


@cache
def pilot() -> Results:
    """The reference, 14 more posts, and smaller portfolios, over two years."""
    names = ("somme_reference", "somme_plus14", "somme_portfolios50")
    return run_experiment(Experiment(tuple(load_scenario(n).with_months(24) for n in names), 5, 4))


@pytest.mark.slow
def test_fourteen_posts_are_used_and_meet_people_much_more_often() -> None:
    held = [last_year(pilot(), p, "contacts_held_per_person", PILOT) for p in (0, 1)]
    assert (held[1] > 1.5 * held[0]).all()
    used = [last_year(pilot(), p, "staff_utilisation", PILOT).mean() for p in (0, 1)]
    print(
        f"contacts {held[0].mean():.2f} to {held[1].mean():.2f}, used {used[0]:.2f}, {used[1]:.2f}"
    )
    assert 0.85 <= used[0] <= 0.95
    assert used[1] > 0.70


@pytest.mark.slow
def test_the_posts_touch_nobody_elsewhere() -> None:
    for outcome in ("contacts_held", "jobs_started", "caseload_households"):
        reference, more = (last_year(pilot(), p, outcome, "rest") for p in (0, 1))
        # People who move between territories carry a difference with them.
        assert np.abs(more - reference).max() < 0.002 * reference.mean()


@pytest.mark.slow
def test_who_waits_for_a_smaller_portfolio_keeps_a_referent_in_name() -> None:
    """More wait, and each of them still has about the contacts of the old rhythm."""
    small = load_scenario("somme_portfolios50").with_months(24)
    without = {f"{OWN}.pathways.*.waiting_contact_days": 3_660}
    never = small.with_changes(without, date(2023, 4, 1))
    made = run_experiment(Experiment((small, never), 5, 3))
    waiting = last_year(made, 0, "waiting_for_caseworker", PILOT)
    assert (waiting > 300).all()
    kept, lost = (last_year(made, p, "contacts_held", PILOT) for p in (0, 1))
    interval = small.base.number(f"{OWN}.pathways.employment.waiting_contact_days")
    promised = waiting * (365.25 / 12) / interval
    # Those who have just joined the queue are not due yet, and no-shows are invited again.
    assert (kept - lost > 0.5 * promised).all()


@pytest.mark.slow
def test_an_intake_that_comes_later_costs_jobs_of_the_same_people() -> None:
    base = load_scenario("somme_reference").with_variant({"effects.contact_size": 0.9})
    base = base.with_months(30)
    notification = f"{OWN}.intake.notification_days"
    later = base.with_changes({notification: base.base.number(notification) + 60}, date(2023, 4, 1))
    made = run_experiment(Experiment((base, later), 5, 12))
    gained = [one.outcomes[1].values - one.outcomes[0].values for one in made.replications]
    axes = made.replications[0].outcomes[0].axes
    row, _, place = axes.place("entrants_months_worked_within_12m", PILOT)
    difference = np.array([np.nanmean(values[row, :, place, 0]) for values in gained])
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    print(f"months worked of entrants: {difference.mean():+.4f} ± {error:.4f}")
    assert difference.mean() < 0.0
