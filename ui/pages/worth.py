"""Beside every effect: what part of it rests on literature, and when the money breaks even."""

from __future__ import annotations

import numpy as np

from sim.experiments.literature import MEASURED, part_on_literature
from sim.outcomes.table import ALL
from ui import elements as st
from ui.answers import interval_words, share_text
from ui.look import badge, table, typed
from ui.numbers import euros, number
from ui.options_words import line_text
from ui.outcome_words import Shown
from ui.spoken import text
from ui.work.money import allowance_per_household_month, staff_cost
from ui.work.options import outcome_line
from ui.work.results import FullRun, spread

HOUSEHOLDS = "caseload_households"
EFFECTS = (
    "caseload_households",
    "jobs_started",
    "stock_job_within_12m_share",
    "entrants_job_within_12m_share",
    "contacts_held_per_person",
    "wait_for_caseworker_days_mean",
)
PER_CENT = 100.0


def worth(found: FullRun, scenario: int, place: str) -> None:
    """In one line what rests on studies; behind it the effects one by one, and the break-even."""
    share = literature_text(found, scenario, MEASURED, place)
    st.html(
        f'<p class="field" style="margin:.6rem 0 .3rem">{badge("literature")}'
        f"{typed(text('note.literature', share=share))}</p>"
    )
    with st.expander(text("worth.title"), icon=":material/menu_book:"):
        words = break_even(found, scenario)
        if words:
            st.html(f"<p>{badge('mixed')}{typed(words)}</p>")
        rows = [_row(found, scenario, outcome, place) for outcome in EFFECTS]
        table(
            [text("worth.effect"), text("worth.size"), text("worth.share")],
            rows,
            text("worth.caption", count=found.count_without),
            is_text=True,
        )


def _row(found: FullRun, scenario: int, outcome: str, place: str) -> list[str]:
    told = line_text(outcome_line(found, outcome, place))
    cell = told.cells[scenario - 1]
    if not cell.interval:
        return [told.label, cell.difference or "–", "–"]
    size = f"{cell.difference}, {cell.interval} ({share_text(found.count)})"
    return [told.label, size, literature_text(found, scenario, outcome, place)]


def literature_text(found: FullRun, scenario: int, outcome: str, place: str = ALL) -> str:
    """The part of an effect that disappears without the effects taken from literature."""
    gains, left = found.effect_pairs(scenario, outcome, place)
    if not len(left) or np.isnan(gains[: len(left)]).any() or np.isnan(left).any():
        return text("worth.unknown")
    part = part_on_literature(outcome, gains, left)
    if part is None:
        return text("worth.unclear")
    return text("worth.part", percent=number(PER_CENT * part))


def break_even(found: FullRun, scenario: int) -> str:
    """How many households fewer would pay for the posts, and how many the run gives."""
    cost = staff_cost(found, scenario) - staff_cost(found, 0)
    months = found.experiment.reference.months - found.experiment.since
    if float(cost.mean()) <= 0.0 or months <= 0:
        return ""
    per_month = allowance_per_household_month(found)
    if per_month <= 0.0:
        return ""
    needed = float(cost.mean()) / per_month / months
    since = found.experiment.since
    more = (found.values(scenario, HOUSEHOLDS) - found.values(0, HOUSEHOLDS))[:, since:]
    low, high = (float(bound[0]) for bound in spread(more.mean(axis=1)))
    return text(
        "worth.break_even",
        cost=euros(float(cost.mean())),
        needed=number(needed),
        given=interval_words(low, high, Shown.of(HOUSEHOLDS)),
        share=share_text(found.count),
        allowance=number(per_month),
    )
