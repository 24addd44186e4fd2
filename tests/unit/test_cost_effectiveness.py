"""When a ratio has an interval, what is said instead, and texts that no spreadsheet executes."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from scipy import stats

from sim.experiments.literature import neutral_effects
from sim.money.budget.effect_draws import effect_draws, effect_paths
from sim.money.cost_effectiveness import (
    MOST_DOUBT,
    THRESHOLDS_EUR,
    WhyNoPrice,
    about,
    break_even,
    chance_below,
    price_of,
    spread,
)
from sim.money.results_reached import EFFECTS, FOUND_A_JOB
from sim.parameters import Parameters
from ui.texts import group_of

COST = np.array([90_000.0, 100_000.0, 110_000.0, 100_000.0])


def test_a_sure_effect_has_a_price_with_an_interval() -> None:
    found = price_of(FOUND_A_JOB, False, COST, np.array([9.0, 10.0, 11.0, 10.0]))
    assert found.no_effect_probability < 0.01
    assert found.why_no_price is None
    assert found.ratio is not None
    assert found.ratio.mean == pytest.approx(10_000.0)
    assert found.ratio.low <= found.ratio.mean <= found.ratio.high
    assert found.below[40_000.0] > 0.99


def test_a_smaller_share_lies_within_narrower_ends_and_changes_no_decision() -> None:
    effect = np.array([9.0, 10.0, 11.0, 10.0])
    cost = COST[::-1] + np.array([0.0, 5_000.0, 0.0, 0.0])
    nine, eight = (price_of(FOUND_A_JOB, False, cost, effect, share) for share in (0.9, 0.8))
    assert nine.ratio is not None
    assert eight.ratio is not None
    for wide, narrow in ((nine.effect, eight.effect), (nine.ratio, eight.ratio)):
        assert wide.low < narrow.low < narrow.high < wide.high
    reach = stats.t.ppf(0.9, 3) * effect.std(ddof=1)
    assert eight.effect.high == pytest.approx(10.0 + reach)
    assert nine.no_effect_probability == eight.no_effect_probability
    assert nine.below == eight.below


def test_an_effect_that_may_be_zero_has_probabilities_and_no_ratio() -> None:
    effect = np.array([-4.0, 12.0, 3.0, 9.0])
    found = price_of(FOUND_A_JOB, False, COST, effect)
    deviation = effect.std(ddof=1)
    expected = stats.t.cdf(-effect.mean() / deviation, 3)
    assert found.no_effect_probability == pytest.approx(expected)
    assert found.no_effect_probability > 0.05
    assert found.ratio is None
    assert found.why_no_price == "holds_zero"
    assert found.effect.low < 0.0 < found.effect.high
    chances = [found.below[threshold] for threshold in THRESHOLDS_EUR[FOUND_A_JOB]]
    assert chances == sorted(chances)
    assert all(0.0 <= chance <= 1.0 for chance in chances)


def test_a_saving_has_no_price_by_unit() -> None:
    found = price_of(FOUND_A_JOB, False, -COST, np.array([9.0, 10.0, 11.0, 10.0]))
    assert found.is_saving
    assert found.ratio is None
    assert found.why_no_price == "saving"
    assert found.below[5_000.0] > 0.99


def test_one_replication_says_nothing_about_chances() -> None:
    found = price_of(FOUND_A_JOB, False, COST[:1], np.array([10.0]))
    assert np.isnan(found.no_effect_probability)
    assert found.ratio is None
    assert found.why_no_price == "one_run"


def test_a_loss_and_a_run_without_effect_have_no_price_and_say_why() -> None:
    lost = price_of(FOUND_A_JOB, False, COST, np.array([-9.0, -10.0, -11.0, -10.0]))
    assert (lost.ratio, lost.why_no_price) == (None, "negative")
    # Seven of eight are far above zero: it is outside the interval, and one ratio is not a number.
    some = np.array([10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 0.0])
    found = price_of(FOUND_A_JOB, False, np.resize(COST, 8), some)
    assert found.no_effect_probability <= MOST_DOUBT
    assert (found.ratio, found.why_no_price) == (None, "some_without")


def test_every_reason_without_a_price_has_words() -> None:
    assert set(group_of("no_price")) == set(get_args(WhyNoPrice))


@pytest.mark.parametrize("name", EFFECTS)
def test_every_result_has_thresholds_of_its_unit(name: str) -> None:
    assert list(THRESHOLDS_EUR[name]) == sorted(THRESHOLDS_EUR[name])
    assert len(group_of("budget_result")[name]) == 2


def test_no_difference_at_all_is_surely_no_effect() -> None:
    assert chance_below(np.zeros(5), 0.0) == 1.0


def test_the_break_even_year_is_the_first_from_which_nothing_is_owed() -> None:
    assert break_even({2024: 5.0, 2025: -1.0, 2026: -2.0}) == 2025
    assert break_even({2024: -5.0, 2025: 1.0, 2026: -2.0}) == 2026
    assert break_even({2024: 5.0, 2025: 1.0}) is None


def test_draws_of_effects_fill_their_ranges(somme: Parameters) -> None:
    draws = effect_draws(somme, 64)
    assert len(draws) == 64
    assert effect_draws(somme, 64) == draws
    for path in effect_paths(somme):
        entry = somme.entry(path)
        known, values = entry.uncertainty, np.array([draw[path] for draw in draws])
        assert known.low is not None
        assert known.high is not None
        inside = ((values >= known.low) & (values <= known.high)).mean()
        assert inside == pytest.approx(0.90, abs=0.06), path
        somme.patched({path: float(values.min())}, "test")
        somme.patched({path: float(values.max())}, "test")


def test_neutral_effects_are_those_of_the_literature_alone(somme: Parameters) -> None:
    neutral = neutral_effects(somme)
    assert neutral["effects.contact_size"] == 0.0
    assert neutral["effects.follow_up_rupture_multiplier"] == 1.0
    assert all(somme.entry(path).kind == "literature" for path in neutral)
    assert "effects.displacement_share" not in neutral


def test_the_interval_and_the_chance_of_no_effect_agree_on_zero() -> None:
    """Four replications, all positive, far apart: zero stays possible in both."""
    effect = np.array([9.0, 12.0, 43.0, 50.0])
    assert chance_below(effect, 0.0) > MOST_DOUBT
    assert spread(effect).low < 0.0 < spread(effect).mean


def test_a_mean_lies_within_its_own_ends() -> None:
    """Few replications, whose points of the doubts lie on one side of the tables."""
    table, doubted = np.array([2.6, 2.65, 2.7]), np.array([2.1, 2.2, 2.3])
    found = about(table, doubted)
    assert found.low <= found.mean <= found.high
    assert np.isnan(about(table[:1], doubted[:1]).low)
