"""The curve of a goal-seek as a table: each value that was simulated, what it gives and costs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.experiments.tables import HIGH_QUANTILE, LOW_QUANTILE
from sim.language import Language
from sim.search.question import Question
from sim.search.seeking import SeekAnswer
from ui.reports.search.wording import counted_text, lever_text, outcome_text
from ui.reports.wording import number_text

VERDICTS: Mapping[int, Mapping[str, str]] = {
    1: {"en": "reached", "fr": "atteint"},
    0: {"en": "open", "fr": "indécis"},
    -1: {"en": "not reached", "fr": "non atteint"},
}
HEADS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Lever",
        "Reached in",
        "Share",
        "Outcome, mean",
        "9 simulations in 10",
        "Extra cost a year",
        "Target",
    ),
    "fr": (
        "Levier",
        "Atteint dans",
        "Part",
        "Indicateur, moyenne",
        "9 simulations sur 10",
        "Surcoût par an",
        "Objectif",
    ),
}


def curve_rows(question: Question, answer: SeekAnswer) -> list[dict[str, object]]:
    """One row for each value of the lever, with units in the names of the columns or beside."""
    rows: list[dict[str, object]] = []
    for point in answer.points:
        low, high = point.interval(answer.demand.confidence)
        known = point.outcomes[~np.isnan(point.outcomes)]
        ends = np.quantile(known, [LOW_QUANTILE, HIGH_QUANTILE]) if len(known) else [np.nan] * 2
        rows.append(
            {
                "lever": question.lever.text,
                "lever_value": point.value,
                "lever_unit": question.lever.unit,
                "simulations": point.simulations,
                "reached": point.reached,
                "reached_share": point.reached / point.simulations,
                "reached_share_low": low,
                "reached_share_high": high,
                "verdict": VERDICTS[point.verdict]["en"],
                "outcome": question.outcome.definition.name,
                "territory": question.outcome.territory,
                "month": question.month,
                "mean": float(np.mean(known)) if len(known) else np.nan,
                "low": float(ends[0]),
                "high": float(ends[1]),
                "unit": question.outcome.definition.unit,
                "cost_eur_per_year": question.cost_eur_per_year(point.value),
            }
        )
    return rows


def curve_table(question: Question, answer: SeekAnswer, language: Language) -> list[list[str]]:
    """The same as texts, heads first."""
    table = [list(HEADS[language])]
    unit = question.outcome.definition.unit
    between = " à " if language == "fr" else " – "
    for row, point in zip(curve_rows(question, answer), answer.points, strict=True):
        low, high = float(str(row["low"])), float(str(row["high"]))
        cost = question.cost_eur_per_year(point.value)
        table.append(
            [
                lever_text(point.value, question.lever.unit, language),
                counted_text(point.reached, point.simulations, language),
                f"{number_text(point.reached / point.simulations, 'share', language)} %",
                outcome_text(float(str(row["mean"])), unit, language),
                f"{number_text(low, unit, language)}{between}{number_text(high, unit, language)}",
                "–" if cost is None else outcome_text(cost, "eur", language),
                VERDICTS[point.verdict][language],
            ]
        )
    return table
