"""What a comparison shows: one sentence, four cards, the picture, the numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from sim.outcomes import ALL, outcome_definition
from sim.policy import Scenario
from ui.charts import comparison_figure
from ui.numbers import month_text, number, signed
from ui.results import Comparison, Replications, compared
from ui.settings import day_of_effect, settings_text
from ui.texts import text, words

INDICATORS = (
    "caseload_households",
    "caseload_persons",
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "contacts_achieved_share",
    "staff_utilisation",
)
ENOUGH_REPLICATIONS = 12
PER_CENT = 100.0
COUNTED = ("households", "persons")


@dataclass(frozen=True)
class Shown:
    """An outcome as it is written: its unit, that of its differences, its scale and decimals."""

    name: str
    unit: str
    difference_unit: str
    scale: float
    decimals: int
    is_counted: bool = False
    """Households or persons: a difference is also given in per cent."""

    @classmethod
    def of(cls, outcome: str) -> Shown:
        """Shares are shown in per cent, their differences in points."""
        unit = outcome_definition(outcome).unit
        units = words("unit")
        if unit == "share":
            return cls(outcome, units["share"], units["points"], PER_CENT, 1)
        is_counted = unit in COUNTED
        return cls(outcome, units[unit], units[unit], 1.0, 0 if is_counted else 1, is_counted)


def show_results(before: Replications, after: Replications, made: Scenario, territory: str) -> None:
    """Everything below the settings."""
    left, right = st.columns(2)
    outcome = left.selectbox(
        text("comparison.indicator"),
        INDICATORS,
        format_func=lambda each: outcome_definition(each).label.fr,
        key="indicator",
    )
    place = right.selectbox(
        text("comparison.place"),
        (territory, ALL),
        format_func=lambda each: place_text(made, each),
        key=f"place of {territory}",
    )
    found = compared(before, after, outcome, place)
    shown = Shown.of(outcome)
    if found.last is None:
        st.info(text("comparison.no_values"))
        return
    count = len(before.outcomes)
    badge = "result.preview" if count < ENOUGH_REPLICATIONS else "result.complete"
    st.markdown(f":blue-badge[{text('app.badge')}] :gray-badge[{text(badge, replications=count)}]")
    sentence = sentence_of(found, shown, place_text(made, place))
    st.markdown(sentence)
    _cards(found, shown)
    effect = day_of_effect(made, territory)
    figure = comparison_figure(
        found, shown.unit, shown.difference_unit, shown.decimals, shown.scale, f"{effect:%Y-%m}"
    )
    st.plotly_chart(
        figure,
        config={"displayModeBar": False},
        key="picture",
        alt=text("chart.alternative", sentence=sentence.replace("**", "")),
    )
    st.caption(f"{text('chart.caption')} {settings_text(made, territory)}")
    st.caption(definition_text(outcome))
    _numbers(found, shown)


def place_text(made: Scenario, place: str) -> str:
    """A territory or the department, in French."""
    if place == ALL:
        return text("comparison.whole_department")
    return made.base.label_text("territories", place, "fr")


def sentence_of(found: Comparison, shown: Shown, place: str) -> str:
    """The answer at the last month with a value, and what its interval allows to say."""
    last = found.last
    if last is None:
        return text("comparison.no_values")
    if not np.nan_to_num(found.difference).any():
        return text("comparison.changed_nothing")
    difference = float(found.difference[last]) * shown.scale
    month = month_text(found.months[last]).capitalize()
    words_of = {"month": month, "place": place, "share": ""}
    amount = f"{number(abs(difference), shown.decimals)} {shown.difference_unit}".strip()
    before = float(found.reference[last]) * shown.scale
    if shown.is_counted and before > 0.0:
        words_of["share"] = f" ({signed(PER_CENT * difference / before, 1)} %)"
    key = "less" if difference < 0 else "more" if difference > 0 else "same"
    parts = [text(f"result.sentence_{key}", amount=amount, **words_of)]
    low, high = (float(bound[last]) * shown.scale for bound in (found.low, found.high))
    if not np.isnan(low):
        inside = "zero_inside" if low <= 0.0 <= high else "zero_outside"
        bounds = {"low": signed(low, shown.decimals), "high": signed(high, shown.decimals)}
        parts += [text(f"result.{inside}", **bounds), text("result.meaning")]
    return " ".join(parts)


def definition_text(outcome: str) -> str:
    """What an outcome counts, from when, for whom."""
    definition = outcome_definition(outcome)
    return text(
        "result.definition",
        definition=definition.definition.fr,
        start=definition.start.fr,
        population=definition.population.fr,
    )


def _cards(found: Comparison, shown: Shown) -> None:
    last = found.last or 0
    month = month_text(found.months[last])
    difference = float(found.difference[last]) * shown.scale
    reference, value, gap = st.columns(3)
    reference.metric(
        f"{text('card.reference')} · {month}",
        _with_unit(found.reference[last], shown),
        border=True,
        height="stretch",
    )
    value.metric(
        f"{text('card.scenario')} · {month}",
        _with_unit(found.value[last], shown),
        border=True,
        height="stretch",
    )
    low, high = (float(bound[last]) * shown.scale for bound in (found.low, found.high))
    written = f"{signed(difference, shown.decimals)} {shown.difference_unit}".strip()
    interval = text("card.no_interval")
    if not np.isnan(low):
        bounds = {"low": signed(low, shown.decimals), "high": signed(high, shown.decimals)}
        interval = text("card.interval", **bounds)
    gap.metric(
        f"{text('card.difference')} · {month}",
        written,
        interval,
        delta_color="off",
        delta_arrow="off",
        border=True,
    )


def _with_unit(value: float, shown: Shown) -> str:
    return f"{number(float(value) * shown.scale, shown.decimals)} {shown.unit}".strip()


def _numbers(found: Comparison, shown: Shown) -> None:
    titles = words("result.columns")
    table = pd.DataFrame(
        {
            titles["reference"]: found.reference,
            titles["scenario"]: found.value,
            titles["difference"]: found.difference,
            titles["low"]: found.low,
            titles["high"]: found.high,
        }
    )
    table *= shown.scale
    table.insert(0, titles["month"], [month_text(month) for month in found.months])
    table = table.dropna(subset=[titles["reference"]])
    written = table.copy()
    for name in ("reference", "scenario"):
        written[titles[name]] = [number(value, shown.decimals) for value in table[titles[name]]]
    for name in ("difference", "low", "high"):
        written[titles[name]] = [
            "" if np.isnan(value) else signed(value, shown.decimals)
            for value in table[titles[name]]
        ]
    with st.expander(text("result.table")):
        st.dataframe(written, hide_index=True)
        st.download_button(
            text("result.download"),
            table.to_csv(index=False, sep=";", decimal=",").encode("utf-8-sig"),
            text("result.file_name"),
            "text/csv",
        )
