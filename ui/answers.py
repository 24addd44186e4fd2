"""The words of an answer: over which months, in how many simulations, what holds back."""

from __future__ import annotations

from sim.experiments.drawn import IDENTITY_SHOWN
from sim.experiments.experiment import Experiment
from sim.experiments.headlines import MOST_TERRITORIES
from sim.experiments.why import Why
from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL
from sim.parameters.draws import SHARED
from ui.numbers import euros, month_text, number
from ui.outcome_words import Shown
from ui.reports.why_words import explained, why_sentences
from ui.spoken import language, text
from ui.work.results import ENOUGH_FOR_QUANTILES, FullRun


def period_text(found: FullRun, outcome: str) -> str:
    """At the end of the run for a stock, over the months since the change for the others."""
    months = found.axes.months
    last = month_text(months[-1])
    if outcome_definition(outcome).kind == "stock":
        return text("answer.at_end", month=last)
    since = month_text(months[found.results.replications[0].outcomes[0].since + 1])
    return text("answer.over", since=since, last=last)


def reasons_of(found: FullRun, scenario: int, place: str = ALL) -> tuple[Why, ...]:
    """What holds the reference and a scenario back, in a place or where the two differ."""
    experiment = found.experiment
    where = (place,) if place != ALL else experiment.changed_in(0, scenario)
    differing = explained(found.why, experiment)
    if scenario not in {one.position for one in differing}:
        return ()
    both = (one for one in differing if one.needs and one.position in (0, scenario))
    return tuple(one for one in both if one.territory in where)


def most_pressed(found: FullRun, scenario: int, place: str = ALL) -> tuple[Why, Why] | None:
    """The reference and a scenario in the territory where the latter is most pressed.

    None where nothing is told of either.
    """
    told = reasons_of(found, scenario, place)
    sides = [{one.territory: one for one in told if one.position == arm} for arm in (0, scenario)]
    both = [where for where in sides[1] if where in sides[0]]
    if not both:
        return None
    worst = max(both, key=lambda where: sides[1][where].needs[0].ratio)
    return sides[0][worst], sides[1][worst]


def reasons_told(found: FullRun, scenario: int, place: str = ALL) -> list[str]:
    """The same in sentences, of as many territories as a page tells."""
    told = reasons_of(found, scenario, place)
    shown = list(dict.fromkeys(one.territory for one in told))[:MOST_TERRITORIES]
    kept = (one for one in told if one.territory in shown)
    return list(why_sentences(kept, found.experiment, language()))


def share_text(count: int) -> str:
    """« 8 simulations sur 10 », or all of them when they are few."""
    if count >= ENOUGH_FOR_QUANTILES:
        return text("answer.eight_in_ten")
    return text("answer.all_of", count=count)


def drawn_sentence(found: FullRun) -> str:
    """What the interval of a run holds: chance, and which draws of the parameters."""
    return drawn_text(found.experiment, found.count, found.study.has_draws)


def drawn_text(experiment: Experiment, count: int, is_wanted: bool) -> str:
    """Which draws ``count`` replications play in; why in none, where they do not."""
    draws = experiment.draws
    if draws is None:
        if is_wanted:
            return text("doubt.none_shipped", count=count)
        return text("doubt.central", count=count)
    known = {
        "count": count,
        "used": min(count, len(draws)),
        "shipped": len(draws),
        "fit": draws.identity[:IDENTITY_SHOWN],
    }
    if draws.department == SHARED:
        return text("doubt.national", **known)
    return text("doubt.own", **known)


def euros_range(low: float, high: float) -> str:
    """The range of a difference of amounts, with their signs."""
    return between(euros(low, is_signed=True), euros(high, is_signed=True))


def between(low: str, high: str) -> str:
    """« 3 à 12 », or the one number where both are written alike."""
    return low if low == high else text("answer.range", low=low, high=high)


def interval_words(low: float, high: float, shown: Shown) -> str:
    """« entre 3 et 12 foyers de moins », with the nouns in their number."""
    if low == 0.0 and high == 0.0:
        return text("answer.nothing")
    decimals = shown.decimals_beside(low, high)
    words = {
        "low": number(abs(low), decimals),
        "high": number(abs(high), decimals),
        "low_unit": shown.unit_beside(low),
        "high_unit": shown.unit_beside(high),
    }
    nothing = number(0.0, decimals)
    if words["low"] == words["high"] == nothing:
        return text("answer.almost_nothing")
    is_one_sided = nothing in (words["low"], words["high"])
    if low <= 0.0 <= high and not is_one_sided:
        return text("answer.both", **words)
    direction = "less" if abs(low) > abs(high) else "more"
    if words["low"] == words["high"]:
        return text(f"answer.about_{direction}", amount=words["low"], unit=words["low_unit"])
    small, large = sorted((abs(low), abs(high)))
    return text(
        f"answer.{direction}",
        low=number(small, decimals),
        high=number(large, decimals),
        unit=shown.unit_beside(large),
    )
