"""Priors between normal coordinates and the table; shares of a simplex stay shares."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.priors import Prior, from_normal, to_normal, values_of
from sim.parameters import load_department


def prior(name: str, link: str, median: float, sd: float, **further: object) -> Prior:
    settings: dict[str, object] = {
        "paths": (name,),
        "unit": "per_month",
        "source": ("assumption",),
        "kind": "assumption",
        "note": "of a test",
        **further,
    }
    return Prior(name=name, link=link, median=median, sd=sd, **settings)  # type: ignore[arg-type]


PRIORS = (
    prior("job_finding.base_hazard", "log", 0.27, 0.3),
    prior("stayers.share", "logit", 0.2, 0.5),
    prior("frailty.long_exit_power", "identity", 0.3, 0.2),
)


def test_coordinates_and_values_are_inverse_to_each_other() -> None:
    standard = np.random.default_rng(1).standard_normal((5, 4, 3))
    values = from_normal(PRIORS, standard)
    assert np.allclose(to_normal(PRIORS, values), standard, atol=1e-9)


def test_the_origin_is_the_median_and_one_is_one_sd_of_the_link() -> None:
    assert from_normal(PRIORS, np.zeros(3)) == pytest.approx([0.27, 0.2, 0.3])
    values = from_normal(PRIORS, np.ones(3))
    assert values[0] == pytest.approx(0.27 * np.exp(0.3))
    assert values[1] / (1 - values[1]) == pytest.approx(0.25 * np.exp(0.5))
    assert values[2] == pytest.approx(0.5)


def test_weights_give_shares_that_sum_to_one() -> None:
    tables = load_department("somme")
    paths = [f"job_types.{label}.share" for label in tables.labels("job_types")]
    before = {path: tables.number(path) for path in paths}
    first, second, third, *others = paths
    weights = (
        prior("one", "log", 0.5, 0.2, paths=(first,), drives="weight", simplex="job_types.*.share"),
        prior(
            "two",
            "log",
            1.0,
            0.2,
            paths=(second, third),
            drives="weight",
            simplex="job_types.*.share",
        ),
    )
    found = values_of(weights, [1.0, 3.0], tables)
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-12)
    assert set(found) == set(paths)
    ratio = found[others[0]] / before[others[0]]
    assert found[first] == pytest.approx(1.0 * ratio)
    assert found[second] + found[third] == pytest.approx(3.0 * ratio)
    assert found[third] / found[second] == pytest.approx(before[third] / before[second])
    assert tables.patched(found, "test").number(first) == found[first]


def test_a_factor_multiplies_the_values_of_the_table() -> None:
    tables = load_department("somme")
    paths = ("job_types.permanent.rupture_hazard_first", "job_types.permanent.rupture_hazard_later")
    factor = prior("breaking", "log", 1.0, 0.1, paths=paths, drives="factor")
    found = values_of([factor], [1.2], tables)
    assert found == {path: pytest.approx(1.2 * tables.number(path)) for path in paths}
