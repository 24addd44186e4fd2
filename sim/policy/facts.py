"""The facts of a department's own page: every rule and number, and where the model has it.

One file per department in ``pages/``. A fact is carried by parameters of the scheme's scenario,
or is an outcome, or is not simulated, with the reason. A reading says which outcome of a run
answers it, where and over which months.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError, model_validator

from sim.errors import Fault, InputError
from sim.outcomes.definitions import outcome_definitions
from sim.parameters import Value, published_figures
from sim.parameters.document import shown_value
from sim.parameters.reading import read_yaml
from sim.policy.changes import ANY, matching_paths
from sim.policy.form import Day, Form, Number, Text, Word, Wording
from sim.policy.form import Path as ParameterPath
from sim.policy.scenario import Scenario, load_scenario

PAGES = Path(__file__).with_name("pages")
Figure = Annotated[str, StringConstraints(strict=True, pattern=r"^F\d{4}$")]
MOST_NAMED = 6
"""Up to so many different values are shown with the names that tell them apart."""
TERRITORIES, PATHWAYS = "territories", "pathways"
ACTIVITY_HOURS, PERSONS_PER_FTE = "activity_hours_per_week", "persons_per_fte"
OBSERVED = (ACTIVITY_HOURS, PERSONS_PER_FTE)
"""What is read from the last day of a run and not from an outcome (`sim.observation`)."""


class Promise(Form):
    """What the page promises: a number, a range, or words."""

    value: Number | Text | None = None
    low: Number | None = None
    high: Number | None = None
    unit: Text = ""
    limit: Literal["about", "at_least", "at_most"] = "about"

    @model_validator(mode="after")
    def _stated(self) -> Promise:
        is_range = self.low is not None or self.high is not None
        if (self.value is None) != is_range:
            raise ValueError("a promise is a value, or a range of low and high")
        return self

    def is_kept_by(self, value: float) -> bool | None:
        """Whether a value of the same unit keeps the promise; None when it sets no limit."""
        low = self.low if self.value is None else self.value
        high = self.high if self.value is None else self.value
        if self.limit == "at_most" and isinstance(high, (int, float)):
            return value <= high
        if self.limit == "at_least" and isinstance(low, (int, float)):
            return value >= low
        return None

    @property
    def text(self) -> str:
        """The promise as a reader wants it, without its unit."""
        if self.value is not None:
            return f"{self.value:g}" if isinstance(self.value, (int, float)) else self.value
        ends = (self.low, self.high)
        return " – ".join("…" if end is None else f"{end:g}" for end in ends)


class Reading(Form):
    """What of a run answers the fact: an outcome over some months after the scheme's start.

    ``answers`` says that it has the unit of the promise, so that both can be compared.
    """

    outcome: Text
    territory: Word | None = None
    pathway: Word | None = None
    role: Word | None = None
    since: Day | None = None
    """The month from which it counts, when it is not that of the scheme's start."""
    after_months: int = Field(default=0, ge=0)
    for_months: int | None = Field(default=None, ge=1)
    shown_as: Literal["itself", "days_between"] = "itself"
    answers: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Reading:
        if self.outcome == PERSONS_PER_FTE and (self.territory is None or self.role is None):
            raise ValueError(f"{PERSONS_PER_FTE} is read for a territory and a role")
        return self


class Fact(Form):
    """One rule or number of the page."""

    what: Wording
    figures: list[Figure] = Field(default=[])
    promise: Promise | None = None
    paths: list[ParameterPath] = Field(default=[])
    in_force_on: Day | None = None
    """The day on which the paths are read, when it is not the last one of the scenario."""
    is_shared: bool = False
    """Whether the values of the paths add up to the promise (posts or places by territory)."""
    how: Wording | None = None
    """How the parameters carry the fact, when they do not simply hold the promise."""
    read: list[Reading] = Field(default=[])
    not_simulated: Wording | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> Fact:
        is_in_the_model = bool(self.paths or self.read)
        if is_in_the_model == (self.not_simulated is not None):
            raise ValueError("a fact has paths or a reading, or says why it is not simulated")
        return self

    @property
    def holds_the_promise(self) -> bool:
        """Whether the parameters hold the promised number itself."""
        promised = self.promise is not None and isinstance(self.promise.value, (int, float))
        return promised and bool(self.paths) and self.how is None and not self.is_shared


class Page(Form):
    """The file of one department."""

    schema_version: Literal[1]
    department: Word
    page: Text
    scenario: Word
    scheme: Word | None = None
    """The scenario that states the scheme, when ``scenario`` extends it."""
    start: Day
    """First day of the scheme: months of readings count from its month."""
    facts: list[Fact] = Field(min_length=1)


@dataclass(frozen=True)
class Carried:
    """The parameters of one pattern of a fact and their values in the scheme's scenario."""

    pattern: str
    values: Mapping[str, Value]

    @property
    def text(self) -> str:
        """The pattern with its value, or its different values."""
        found = {path: shown_value(value) for path, value in self.values.items()}
        different = dict.fromkeys(found.values())
        if len(different) > 1 and len(found) <= MOST_NAMED:
            different = {f"{self._name(path)} {text}": None for path, text in found.items()}
        return f"{self.pattern} = {' | '.join(different)}"

    def _name(self, path: str) -> str:
        """What a path has where the pattern has ``*``."""
        pairs = zip(self.pattern.split("."), path.split("."), strict=True)
        return ".".join(name for word, name in pairs if word == ANY)

    @property
    def total(self) -> float:
        """The sum of the values, which must be numbers."""
        return sum(float(v) for v in self.values.values() if isinstance(v, (int, float)))


def departments_with_facts() -> tuple[str, ...]:
    """Names of the departments whose page is listed."""
    return tuple(sorted(file.stem for file in PAGES.glob("*.yaml")))


@cache
def page_of(department: str, folder: Path = PAGES) -> Page:
    """The facts of a department; raises `InputError` with every fault of the file."""
    file = folder / f"{department}.yaml"
    try:
        page = Page.model_validate(read_yaml(file, file.name))
    except ValidationError as error:
        raise InputError(
            Fault(file.name, ".".join(map(str, detail["loc"])), detail["msg"], "a fact")
            for detail in error.errors()
        ) from None
    faults = list(_faults(page, file.name))
    if faults:
        raise InputError(faults)
    return page


def carried(fact: Fact, scenario: Scenario) -> list[Carried]:
    """The parameters that carry a fact, as they are on its day (default: the last day)."""
    parameters = scenario.parameters_on(fact.in_force_on or scenario.end)
    return [
        Carried(
            pattern,
            {path: parameters.value(path) for path in matching_paths(pattern, parameters)},
        )
        for pattern in fact.paths
    ]


def _faults(page: Page, file: str) -> Iterable[Fault]:
    """What the form cannot see: names that do not exist."""
    scenario = load_scenario(page.scenario)
    base = scenario.base
    figures, outcomes = published_figures(), (*outcome_definitions(), *OBSERVED)
    groups = (("territory", TERRITORIES), ("pathway", PATHWAYS), ("role", "roles"))
    for number, fact in enumerate(page.facts):
        here = f"facts.{number} ({fact.what.en[:40]})"
        for figure in fact.figures:
            if figure not in figures:
                yield Fault(file, f"{here}.figures", figure, "a row of published_figures.csv")
        for pattern in fact.paths:
            if not matching_paths(pattern, base):
                accepted = f"a parameter of {page.scenario}"
                yield Fault(file, f"{here}.paths", pattern, accepted)
        for reading in fact.read:
            if reading.outcome not in outcomes:
                accepted = ", ".join(outcomes)
                yield Fault(file, f"{here}.read.outcome", reading.outcome, accepted)
            for name, group in groups:
                label = getattr(reading, name)
                if label is not None and label not in base.labels(group):
                    accepted = f"one of {', '.join(base.labels(group))}"
                    yield Fault(file, f"{here}.read.{name}", label, accepted)
