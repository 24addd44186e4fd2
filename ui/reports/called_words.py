"""Why a scheme that calls people in may meet those already on RSA less often, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from sim.language import Language
from sim.policy import Scenario
from sim.policy.calling import Calling, calling
from ui.reports.wording import number_text, territory_text
from ui.texts import said


def called_sentence(scenarios: Sequence[Scenario], language: Language, place: str = "") -> str:
    """What those not called yet have in the scenarios that call people in; empty without one.

    With ``place``, a territory, only what is called in there counts.
    """
    found: dict[str, tuple[Calling, ...]] = {}
    for scenario in scenarios:
        here = tuple(one for one in calling(scenario) if place in ("", one.territory))
        if here:
            found[str(getattr(scenario.title, language) or scenario.name)] = here
    if not found:
        return ""
    callings = [one for here in found.values() for one in here]
    places = dict.fromkeys(
        territory_text(scenarios[0], one.territory, language) for one in callings
    )
    quoted = (said("run_report.quoted", language, title=title) for title in found)
    return said(
        "called.until",
        language,
        scenarios=", ".join(quoted),
        places=", ".join(places),
        days=_days(callings, language),
    )


def _days(callings: Sequence[Calling], language: Language) -> str:
    low = min(one.contact_days[0] for one in callings)
    high = max(one.contact_days[1] for one in callings)
    first, last = (number_text(days, "number", language) for days in (low, high))
    return first if low == high else said("answer.range", language, low=first, high=last)
