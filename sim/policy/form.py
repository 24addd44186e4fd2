"""The form of a scenario file: its fields, their types and what each accepts.

The same classes check a file and make the schema that editors use. They know nothing of
departments and parameters: whether a path exists is checked when the scenario is put together.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from sim.plain_text import LONGEST_LINE, cleaned, one_line

LONGEST_RUN_MONTHS = 240
FIRST_START = date(2010, 1, 1)
LAST_START = date(2045, 12, 1)
START_ACCEPTED = f"the first day of a month such as 2023-01-01, from {FIRST_START} to {LAST_START}"
SCHEMA_VERSION = 1
LATEST = "latest"
CONSTANT, PUBLISHED = "constant", "published"
"""Unemployment stays what it is at the start; or follows the department's published rates."""
LONGEST_TEXT = 10_000

Number = Annotated[int, Field(strict=True)] | Annotated[float, Field(strict=True)]
Text = Annotated[
    str,
    BeforeValidator(lambda given: cleaned(given) if isinstance(given, str) else given),
    StringConstraints(strict=True, min_length=1, max_length=LONGEST_TEXT),
]
Line = Annotated[
    str,
    BeforeValidator(lambda given: one_line(given) if isinstance(given, str) else given),
    StringConstraints(strict=True, min_length=1, max_length=LONGEST_LINE),
]
"""A title or a label: one line."""
Word = Annotated[
    str, StringConstraints(strict=True, pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=LONGEST_LINE)
]
Scalar = Annotated[bool, Field(strict=True)] | Number | Text
Path = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9_*]+(\.[a-z0-9_*]+)+$")]
"""Names joined by points, such as ``calendar.refresh_days``; ``*`` stands for any one name."""


def _plain_date(value: Any) -> Any:
    """A day without an hour, as YAML reads it or as quoted text; anything else is refused."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    if isinstance(value, datetime):
        return str(value)
    return value


Day = Annotated[date, BeforeValidator(_plain_date), Field(strict=True)]
QuarterName = Annotated[str, StringConstraints(strict=True, pattern=r"^\d{4}-?[TQ][1-4]$")]
"""A quarter as Insee writes it, ``2026-T1``, or ``2026Q1``."""
UnemploymentRule = Word | Annotated[dict[QuarterName, Number], Field(min_length=1)]
"""One word, or rates in percent by quarter: each holds until the next one."""


class Form(BaseModel):
    """Unknown keys are refused, nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DatedValue(Form):
    """A value that changes with the date by itself, such as an amount of the law."""

    dated: Annotated[dict[Day, Scalar], Field(min_length=1)] = Field(
        description="days, each with a value"
    )


Value = Scalar | list[Scalar] | DatedValue
VALUE_ACCEPTED = "a number, a word, true or false, a list of them, or `dated:` with days"
PATH_ACCEPTED = (
    "a parameter path: names in small letters joined by points, such as calendar.refresh_days"
)


def months_field() -> Any:
    """The length of a run, in every form that states one."""
    return Field(
        default=None,
        strict=True,
        ge=1,
        le=LONGEST_RUN_MONTHS,
        description=f"a whole number of months from 1 to {LONGEST_RUN_MONTHS}",
    )


class Wording(Form):
    """A text in both languages."""

    en: Text = Field(description="a text in English")
    fr: Text = Field(description="a text in French")

    def __str__(self) -> str:
        return self.en


class Title(Wording):
    """A short text in both languages."""

    en: Line = Field(description=f"a text in English, at most {LONGEST_LINE} characters")
    fr: Line = Field(description=f"a text in French, at most {LONGEST_LINE} characters")


class Copy(Form):
    """The changes that a scenario makes in one territory, made in another one."""

    scenario: Text = Field(description="the name of a shipped scenario or the path of a file")
    from_territory: Word = Field(description="the territory whose changes are copied")
    to_territory: Word = Field(description="the territory that receives them")


class Change(Form):
    """What changes on one day."""

    date: Day = Field(description="a day such as 2023-04-01, within the run")
    label: Line = Field(description="a few words that say what changes")
    source: list[Text] = Field(
        default=[], description="a list of sources: keys of the tables of sources, or F0042"
    )
    copy_of: Copy | None = Field(
        default=None,
        description="scenario, from_territory and to_territory: changes copied from another "
        "scenario, the first of them on this day; `set` has the last word",
    )
    set: dict[Path, Value] = Field(
        default={},
        description="parameter paths with their new values, such as "
        "territories.coquelicot.staff.social_worker.additional_fte: 7",
    )


class ScenarioForm(Form):
    """One scenario file: its differences from a department's tables or from other scenarios."""

    schema_version: Literal[1] = Field(description="the number 1")
    name: Word = Field(description="small letters, digits and underscores; the file's own name")
    title: Title = Field(description="en and fr: a short title in both languages")
    description: Wording = Field(description="en and fr: what the scenario asks")
    extends: Text | list[Text] = Field(
        default=[],
        description="the name of a scenario, or a list of them: what this file does not say is "
        "theirs, their changes come first",
    )
    department: Text | None = Field(
        default=None, description='the name of a department file, or its code in quotes: "80"'
    )
    reference: Text | None = Field(
        default=None, description="the scenario to compare with, or null for a reference"
    )
    start: Day | None = Field(default=None, description=START_ACCEPTED)
    months: int | None = months_field()
    stock: Literal["latest"] | None = Field(
        default=None,
        description="latest: start from the last published households of the department, "
        "territories in proportion",
    )
    stock_as_of: Day | None = Field(
        default=None, description="the day of the households that the run starts from"
    )
    unemployment: UnemploymentRule = Field(
        default=CONSTANT,
        description="the unemployment rate over the run: constant, published, the name of a path "
        "(one_point_higher, one_point_lower, shock_2009), or quarters such as 2026-T1 with the "
        "department's rate in percent",
    )
    variant: dict[Path, Value] = Field(
        default={},
        description="parameter paths with values that hold from the start on, and "
        "in the starting population too: another reference",
    )
    variant_source: list[Text] = Field(default=[], description="a list of sources of the variant")
    changes: list[Change] = Field(default=[], description="a list of dated changes")

    @property
    def parents(self) -> tuple[str, ...]:
        """The scenarios that this one extends, in order."""
        return (self.extends,) if isinstance(self.extends, str) else tuple(self.extends)

    def states(self, field: str) -> bool:
        """Whether the file itself gives the field (null included)."""
        return field in self.model_fields_set
