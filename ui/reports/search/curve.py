"""The curve of a goal-seek as a table: each value that was simulated, what it gives and costs."""

from __future__ import annotations

import numpy as np

from sim.experiments.tables import HIGH_QUANTILE, LOW_QUANTILE
from sim.language import Language
from sim.search.question import Question
from sim.search.seeking import SeekAnswer
from ui.reports.search.wording import counted_text, lever_text, outcome_text
from ui.reports.wording import number_text
from ui.texts import at, said

VERDICTS = {1: "reached", 0: "open", -1: "missed"}
"""The key of the word for each verdict."""
MACHINES: Language = "en"


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
                "verdict": verdict_text(point.verdict, MACHINES),
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
    table = [[str(head) for head in at("search.curve_heads", language)]]
    unit = question.outcome.definition.unit
    for row, point in zip(curve_rows(question, answer), answer.points, strict=True):
        low, high = (number_text(float(str(row[end])), unit, language) for end in ("low", "high"))
        cost = question.cost_eur_per_year(point.value)
        table.append(
            [
                lever_text(point.value, question.lever.unit, language),
                counted_text(point.reached, point.simulations, language),
                f"{number_text(point.reached / point.simulations, 'share', language)} %",
                outcome_text(float(str(row["mean"])), unit, language),
                said("search.curve_range", language, low=low, high=high),
                "–" if cost is None else outcome_text(cost, "eur", language),
                verdict_text(point.verdict, language),
            ]
        )
    return table


def verdict_text(verdict: int, language: Language) -> str:
    """Whether a value reaches the target, in a word."""
    return str(at("search.verdicts", language)[VERDICTS[verdict]])
