"""The trials inside the model: their arms, their readings, what is learned from them."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from calibration.artefacts import shipped_card
from calibration.carried import changed, moved
from calibration.priors import load_priors
from calibration.trials.declared import declared
from calibration.trials.found import Found, Runs, learn
from calibration.trials.observed import observe
from sim.parameters import load_department
from sim.parameters.draw_files import POSTERIOR, read_draws
from sim.parameters.draws import SHARED
from ui.reports.calibration.trials_page import page

ROOT = Path(__file__).resolve().parents[2]
RUNS = ROOT / "docs/calibration/trials.json"
NO_EFFECT = {"effects.contact_size": 0.0, "effects.long_exit_contact_size": 0.0}
SHARE = 1.0
MOST_WITHOUT = 0.01
"""Of the logarithm of a ratio, asked of effects that are off."""


@cache
def shipped() -> Found:
    return learn(Runs.read(RUNS))


TRIALS = {trial.name: trial for trial in declared().trials}


@cache
def observed(name: str, size: float) -> dict[str, float]:
    effects = {**NO_EFFECT, "effects.contact_size": size}
    return observe(TRIALS[name], effects, seed=11, share=SHARE)


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIALS)
def test_without_an_effect_the_arms_are_alike(name: str) -> None:
    """The same persons with the same luck: what is left comes from actions against barriers."""
    found = observed(name, 0.0)
    assert abs(found["all.job_hazard"]) < MOST_WITHOUT
    assert abs(found["all.exit_hazard"]) < MOST_WITHOUT


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIALS)
def test_an_effect_raises_jobs_and_days_of_the_treated(name: str) -> None:
    without, with_effect = observed(name, 0.0), observed(name, 0.9)
    assert with_effect["all.contacts_treated"] > 1.5 * with_effect["all.contacts_control"]
    for reading in ("job_hazard", "days_in_job"):
        assert with_effect[f"all.{reading}"] > without[f"all.{reading}"] + 0.01


def test_a_false_trial_teaches_the_size_that_it_was_made_with() -> None:
    """Readings made of known sizes: the draws that are learned gather around the right one."""
    positions = np.random.default_rng(3).normal(size=(60, 4)) * 1.5
    sizes = 0.45 + 0.27 * positions[:, 0]
    readings = {}
    for trial in declared().trials:
        for figure in trial.figures:
            slope = figure.value / 0.8
            readings[f"{trial.name}.{figure.group}.{figure.reading}"] = slope * sizes
    found = learn(Runs(positions, readings, "", ""))
    after = found.after["effects.contact_size"]
    assert after.low < 0.8 < after.high
    assert after.high - after.low < 0.8 * (2 * 1.645 * 0.27)
    assert found.after["stayers.job_finding_multiplier"].median == pytest.approx(0.03, rel=0.1)


def test_the_tables_hold_what_the_trials_taught() -> None:
    tables = load_department("somme")
    for path in (
        "effects.contact_size",
        "effects.contact_saturation_per_month",
        "effects.long_exit_contact_size",
    ):
        learned = shipped().after[path]
        assert tables.number(path) == pytest.approx(learned.median, abs=0.05), path


def test_every_trial_is_met_with_its_transfer_error() -> None:
    for met in shipped().figures:
        if met.figure.is_fitted:
            assert met.is_met, f"{met.trial} {met.figure.reading}: {math.exp(met.after.median):.3f}"


def test_shipped_draws_follow_the_present_priors() -> None:
    """Carried parameters lie in the draws as in their priors, of the country and departments."""
    tables = load_department("somme")
    priors = {prior.name: prior for prior in load_priors(SHARED, tables)}
    card = json.loads(shipped_card(SHARED).read_text(encoding="utf-8"))
    assert not changed(card, priors)
    draws = read_draws(POSTERIOR / f"{SHARED}.parquet")
    path, prior = "effects.contact_size", priors["contact_size"]
    column = draws.values[:, draws.paths.index(path)]
    assert np.median(column) == pytest.approx(prior.median, abs=3 * prior.sd / len(draws) ** 0.5)
    other = replace(prior, median=1.0, sd=0.1)
    after = moved(draws, {path: (prior, other)}).values[:, draws.paths.index(path)]
    assert (after - 1.0) / 0.1 == pytest.approx((column - prior.median) / prior.sd)


def test_the_emulator_follows_the_runs() -> None:
    """What it does not follow is smaller than the errors that the figures are weighed with."""
    sd = {
        f"{trial.name}.{figure.group}.{figure.reading}": math.hypot(
            figure.standard_error, declared().transfer_sd
        )
        for trial in declared().trials
        for figure in trial.figures
        if figure.is_fitted
    }
    for name, allowed in sd.items():
        assert shipped().noise[name] < 0.3 * allowed, name


def test_the_page_is_the_one_of_the_shipped_runs() -> None:
    assert (ROOT / "docs/trials.md").read_text(encoding="utf-8") == page(Runs.read(RUNS))
