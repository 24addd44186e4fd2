"""The form of a plan file: what is run, over which levers, with which luck.

The same classes check a file and make the schema that editors use. Whether scenarios, levers and
draws exist is checked when the plan is put together.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.policy.form import Day, Form, Number, Path, Scalar, Text, Value, Word, months_field

SCHEMA_VERSION = 1
LARGEST_SEED = 2**31 - 1
MOST_POINTS = 65_536
SEEDS = 12
ALWAYS = "always"

Method = Literal["latin_hypercube", "sobol"]
Detail = Literal["month", "whole"]


class RangeForm(Form):
    """Where a factor lies when its values are sampled."""

    low: Number = Field(description="the lowest value, a number below `high`")
    high: Number = Field(description="the highest value, a number above `low`")
    step: Number | None = Field(
        default=None, description="values are rounded to a multiple of this number above zero"
    )


class FactorForm(Form):
    """One lever or uncertainty that the plan varies."""

    path: Text = Field(
        description="a parameter path such as staffing.recruitment_delay_days (* for any name), or "
        "a lever with its labels such as additional_fte[coquelicot, social_worker]"
    )
    values: list[Scalar] | None = Field(
        default=None, description="a list of values, all of them combined with the other factors"
    )
    range: RangeForm | None = Field(
        default=None, description="low and high (and step): a range that `sample` draws from"
    )
    since: Day | Literal["always"] | None = Field(
        default=None,
        description="a day of the run (default: its first day), or always: in the starting "
        "population too",
    )
    scenarios: list[Text] = Field(
        default=[],
        description="the scenarios that it changes, as the plan names them (default all)",
    )


class SampleForm(Form):
    """How the factors with a range are sampled together."""

    method: Method = Field(description="latin_hypercube or sobol (scrambled)")
    size: int = Field(
        strict=True, ge=1, le=MOST_POINTS, description=f"a whole number from 1 to {MOST_POINTS}"
    )
    seed: int = Field(
        default=1, strict=True, ge=0, le=LARGEST_SEED, description="a whole number from 0 on"
    )


class SeedsForm(Form):
    """The luck: replications that differ only by their seed."""

    n: int = Field(default=SEEDS, strict=True, ge=1, description="a whole number from 1 on")
    first: int = Field(
        default=1,
        strict=True,
        ge=0,
        le=LARGEST_SEED,
        description=f"a whole number from 0 to {LARGEST_SEED}",
    )
    precision: Text | None = Field(
        default=None,
        description="an outcome and the half-width of its 90 % interval, such as "
        "caseload_households=0.5%: as many seeds as that needs, at most n",
    )


class KeepForm(Form):
    """What is written of each run."""

    outcomes: list[Text] = Field(
        default=[], description="a list of names of outcomes (default: all of them)"
    )
    detail: Detail = Field(
        default="month", description="month (each month and the whole period) or whole"
    )
    pathways: bool = Field(
        default=True, strict=True, description="true, or false for all pathways together only"
    )


class PlanForm(Form):
    """One plan file: scenarios × factors × draws × seeds."""

    schema_version: Literal[1] = Field(description="the number 1")
    name: Word = Field(description="small letters, digits and underscores")
    title: Text | None = Field(default=None, description="a few words that say what is asked")
    scenarios: list[Text] = Field(
        default=[], description="a list of scenarios, by name or path; the first is the reference"
    )
    departments: Literal["all"] | Annotated[list[Text], Field(min_length=1)] | None = Field(
        default=None,
        description="all, or a list of departments: an experiment for each one's reference of "
        "today, instead of scenarios",
    )
    months: int | None = months_field()
    share: float = Field(
        default=1.0,
        strict=True,
        gt=0,
        le=100,
        description="the part of the department that is simulated, above 0 and at most 100",
    )
    variant: dict[Path, Value] = Field(
        default={},
        description="parameter paths with values that hold in every scenario from the start on, "
        "and in the starting population too",
    )
    factors: dict[Word, FactorForm] = Field(
        default={},
        description="names, each with path and either values or range (with neither, it takes its "
        "column of points)",
    )
    sample: SampleForm | None = Field(
        default=None, description="method and size: how factors with a range are sampled"
    )
    points: Text | None = Field(
        default=None,
        description="a CSV or Parquet file of points of your own, beside the plan: a column for "
        "each factor without values and range, one point a row",
    )
    draws: int = Field(
        default=0,
        strict=True,
        ge=0,
        description="a number of posterior draws of the department, 0 for its tables as they are",
    )
    seeds: SeedsForm = Field(default=SeedsForm(), description="n and first")
    keep: KeepForm = Field(default=KeepForm(), description="outcomes, detail, pathways")
    paired: bool = Field(
        default=True,
        strict=True,
        description="true: scenarios and settings share their people and luck; false: none do",
    )
