"""The same people on both sides of a comparison: levels, differences, gains and losses."""

from __future__ import annotations

import numpy as np

from sim.outcomes.table import ALL
from ui import elements as st
from ui.answers import range_text, share_text
from ui.look import table, typed
from ui.numbers import number, takes_singular
from ui.outcome_words import Shown, place_text, with_unit
from ui.reports.called_words import called_sentence
from ui.spoken import language, text
from ui.work.results import FullRun

POPULATIONS = ("stock", "entrants")
READINGS = (
    "job_within_12m_share",
    "lasting_job_within_12m_share",
    "off_rsa_at_12m_share",
    "months_with_contact_within_12m",
)
GAIN_MONTHS = 12
FEW = 10.0
"""Fewer persons than this, as a mean, are told with a digit after the point."""


def same_people(found: FullRun, scenario: int, place: str) -> None:
    """Those already on RSA at the change and those who came later, person by person."""
    where = place_text(found.experiment.reference.base, place)
    st.subheader(text("people.title"), anchor=False)
    st.html(f"<p>{typed(text('people.lead'))}</p>")
    for population in POPULATIONS:
        words = _gains(found, scenario, population, place, where)
        if words:
            st.html(f"<p>{typed(words)}</p>")
    rows = [
        _row(found, scenario, f"{population}_{reading}", place)
        for population in POPULATIONS
        for reading in READINGS
    ]
    table(
        [
            text("people.outcome"),
            text("people.reference"),
            text("people.scenario"),
            text("people.difference", share=share_text(found.count)),
        ],
        rows,
        text("people.caption", place=where),
    )
    territory = "" if place == ALL else place
    called = called_sentence([found.experiment.scenarios[scenario]], language(), territory)
    if called:
        st.caption(called)


def _gains(found: FullRun, scenario: int, population: str, place: str, where: str) -> str:
    """How many more and how many fewer have a job; nothing where the run is too short."""
    gained, lost = (
        found.whole(scenario, f"{population}_{change}_job_within_{GAIN_MONTHS}m", place)
        for change in ("gained", "lost")
    )
    if np.isnan(gained).any():
        return ""
    known = {"label": text(f"people.{population}"), "place": where, "months": GAIN_MONTHS}
    if not gained.any() and not lost.any():
        return text("people.no_gains", **known)
    means = {
        name: _persons(mean)
        for name, mean in (("gained", float(gained.mean())), ("lost", float(lost.mean())))
    }
    return text("people.gains", **known, **means)


def _persons(mean: float) -> str:
    decimals = 0 if mean >= FEW else 1
    unit = "unit_one.persons" if takes_singular(mean, decimals) else "unit.persons"
    return f"{number(mean, decimals)} {text(unit)}"


def _row(found: FullRun, scenario: int, outcome: str, place: str) -> list[str]:
    shown = Shown.of(outcome)
    before, after = found.whole(0, outcome, place), found.whole(scenario, outcome, place)
    label = with_unit(shown.label, shown.unit)
    if np.isnan(before).all() or np.isnan(after).all():
        return [label, "–", "–", "–"]
    levels = (float(np.nanmean(each)) * shown.scale for each in (before, after))
    written = [number(level, shown.decimals) for level in levels]
    if bool((before == after).all()):
        return [label, *written, text("answer.nothing")]
    return [label, *written, range_text(after - before, shown)]
