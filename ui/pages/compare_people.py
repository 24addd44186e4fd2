"""The same people on both sides of a comparison: levels, differences, gains and losses."""

from __future__ import annotations

import numpy as np

from sim.outcomes.table import ALL
from ui import elements as st
from ui.answers import share_text
from ui.look import or_dash, typed
from ui.numbers import number, takes_singular
from ui.options_words import line_text, rate_text
from ui.outcome_words import place_text
from ui.pages.compare_options import lines_table, plain_lines
from ui.reports.called_words import called_sentence
from ui.spoken import language, text
from ui.work.options import outcome_line, rate_line
from ui.work.results import FullRun, Numbers

POPULATIONS = ("stock", "entrants")
READINGS = (
    "job_within_12m_share",
    "lasting_job_within_12m_share",
    "off_rsa_at_12m_share",
    "months_with_contact_within_12m",
)
RUPTURES, RETURNS = "ruptures_within_6m_share", "reentries"
CHANGES = ("gained", "lost")
GAIN_MONTHS = 12
FEW = 10.0
"""Fewer persons than this, as a mean, are told with a digit after the point."""


def same_people(found: FullRun, scenario: int, place: str) -> None:
    """Those already on RSA at the change and those who came later, person by person."""
    where = place_text(found.experiment.reference.base, place)
    st.header(text("people.title"), anchor=False)
    st.html(f"<p>{typed(text('people.lead'))}</p>")
    for population in POPULATIONS:
        words = _gains(found, scenario, population, place, where)
        if words:
            st.html(f"<p>{typed(words)}</p>")
    gains_table(found, place, where)
    with st.expander(text("people.table"), icon=":material/table:"):
        outcomes = [f"{population}_{reading}" for population in POPULATIONS for reading in READINGS]
        lines_table(
            _heads(found),
            [line_text(outcome_line(found, outcome, place)) for outcome in outcomes],
            text("people.caption", place=where, share=share_text(found.count)),
        )
    territory = "" if place == ALL else place
    called = called_sentence([found.experiment.scenarios[scenario]], language(), territory)
    if called:
        st.caption(called)
    after_a_job(found, place)


def gains_table(found: FullRun, place: str, where: str) -> None:
    """By scenario, how many have a job that they would not have had, and how many have none."""
    heads = [text("people.scenario")]
    heads += [
        text(f"people.{change}_{population}") for population in POPULATIONS for change in CHANGES
    ]
    rows = []
    for position, draft in enumerate(found.study.drafts, start=1):
        means = [
            float(_changed(found, position, population, change, place).mean())
            for population in POPULATIONS
            for change in CHANGES
        ]
        rows.append([draft.title, *(or_dash(mean, _count(mean)) for mean in means)])
    plain_lines(heads, rows, text("people.gains_caption", place=where, months=GAIN_MONTHS))


def _heads(found: FullRun) -> tuple[str, ...]:
    return (text("common.reference"), *(draft.title for draft in found.study.drafts))


def _changed(found: FullRun, scenario: int, population: str, change: str, place: str) -> Numbers:
    return found.whole(scenario, f"{population}_{change}_job_within_{GAIN_MONTHS}m", place)


def _count(mean: float) -> str:
    return number(mean, 0 if mean >= FEW else 1)


def _gains(found: FullRun, scenario: int, population: str, place: str, where: str) -> str:
    """How many more and how many fewer have a job; nothing where the run is too short."""
    gained, lost = (_changed(found, scenario, population, change, place) for change in CHANGES)
    if np.isnan(gained).any():
        return ""
    known = {
        "label": text(f"people.{population}"),
        "place": where,
        "months": GAIN_MONTHS,
        "name": found.study.drafts[scenario - 1].title,
    }
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
    return f"{_count(mean)} {text(unit)}"


def after_a_job(found: FullRun, place: str) -> None:
    """Contracts that are broken, and returns as a rate, of which a total would say little."""
    where = place_text(found.experiment.reference.base, place)
    lines_table(
        _heads(found),
        [
            line_text(outcome_line(found, RUPTURES, place)),
            rate_text(rate_line(found, RETURNS, place)),
        ],
        text("people.after_caption", place=where, share=share_text(found.count)),
    )
