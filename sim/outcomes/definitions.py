"""What each outcome counts: its written definition, and how the ledger gives it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.errors import Fault, InputError
from sim.event_codebook import CODEBOOK, VOCABULARY
from sim.parameters.reading import read_yaml
from sim.parameters.schema import nearest
from sim.vocabulary import Contact, ExitReason, OrientedBy, Record, Stock

FILE = Path(__file__).with_name("outcomes.yaml")
UNITS = (
    "days",
    "eur",
    "fte",
    "households",
    "minutes",
    "months",
    "number",
    "per_person",
    "per_person_month",
    "persons",
    "share",
)
DETAILS_OF = {
    kind: VOCABULARY[meaning.detail]
    for kind, meaning in CODEBOOK.items()
    if meaning.detail in VOCABULARY
}
"""Records whose detail is a word of the vocabulary."""


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Wording(_Form):
    """The same text in both languages."""

    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)


class Term(_Form):
    """A part of a sum: a stock, or the number (or summed value) of a kind of record."""

    stock: str | None = None
    record: str | None = None
    details: list[str] = Field(default_factory=list)
    job_types: Literal["is_job", "is_durable"] | None = None
    quantity: Literal["number", "value"] = "number"
    factor: float = 1.0

    @model_validator(mode="after")
    def _known(self) -> Term:
        if (self.stock is None) == (self.record is None):
            raise ValueError("a term is either a stock or a record")
        if self.stock is not None:
            _word(Stock, self.stock)
        if self.record is not None:
            kind = Record(_word(Record, self.record))
            if self.details and kind not in DETAILS_OF:
                raise ValueError(f"the details of {self.record} have no words")
        _ = self.detail_numbers
        return self

    @property
    def stock_number(self) -> Stock | None:
        """The stock of the term, None for a record."""
        return None if self.stock is None else Stock(_word(Stock, self.stock))

    @property
    def record_number(self) -> Record | None:
        """The kind of record of the term, None for a stock."""
        return None if self.record is None else Record(_word(Record, self.record))

    @property
    def detail_numbers(self) -> tuple[int, ...]:
        """The details that count; none stands for all of them."""
        if not self.details or self.record_number is None:
            return ()
        words = DETAILS_OF[self.record_number]
        return tuple(_word(words, detail) for detail in self.details)


Better = Literal["higher", "lower", "neutral"]
FormName = Literal[
    "sum",
    "share_within",
    "restricted_mean",
    "median",
    "months_later",
    "staff_fte",
    "staff_cost",
    "same_people",
]


class Measure(_Form):
    """How an outcome is computed; ``sum`` is a sum, or a ratio of sums with a denominator."""

    form: FormName = "sum"
    numerator: list[Term] = Field(default_factory=list)
    denominator: list[Term] = Field(default_factory=list)
    ended: str | None = None
    days: int | None = Field(default=None, ge=0, le=365)
    months: int | None = Field(default=None, ge=1)
    cut_by: str | None = None
    population: Literal["stock", "entrants"] | None = None
    reading: str | None = None

    @property
    def cut_by_number(self) -> Record | None:
        """The record that ends the observation of earlier cohorts of its territory."""
        return None if self.cut_by is None else Record(_word(Record, self.cut_by))

    @property
    def ended_number(self) -> Record:
        """The record whose distribution of days is read."""
        return Record(_word(Record, self.ended or ""))


CauseOfExit = Literal["return_to_work", "struck_off", "other_exits"]
"""What exits are when the allowance of two scenarios is compared (`sim.money.costs.causes`)."""


class Reason(_Form):
    """What the exits that an outcome counts are in a budget, and how a life's story tells them."""

    cause: CauseOfExit
    told: Wording


class OutcomeDefinition(_Form):
    """One outcome in words and as a measure of the ledger."""

    name: str
    label: Wording
    definition: Wording
    start: Wording
    population: Wording
    unit: Literal[UNITS]  # type: ignore[valid-type]
    kind: Literal["stock", "flow", "cohort"]
    better: Better
    by_pathway: bool = False
    is_displaced: bool = False
    """Whether others may lose what the policy's beneficiaries gain."""
    fewest_replications: int = Field(default=0, ge=0)
    """The fewest replications that tell how its difference spreads between them; 0: no more than
    any interval needs (`sim.experiments.intervals`, which says why)."""
    measure: Measure
    reason: Reason | None = None

    @model_validator(mode="after")
    def _tells_what_it_counts(self) -> OutcomeDefinition:
        if self.reason is not None and self.exit_reason is None:
            raise ValueError("only an outcome that counts the exits of one reason has a reason")
        return self

    @property
    def exit_reason(self) -> ExitReason | None:
        """The one reason to leave whose exits are counted; None for all other outcomes."""
        measure = self.measure
        if measure.form != "sum" or measure.denominator or len(measure.numerator) != 1:
            return None
        (term,) = measure.numerator
        if term.record_number != Record.EXIT or len(term.detail_numbers) != 1:
            return None
        return ExitReason(term.detail_numbers[0])

    @property
    def days_observed(self) -> int:
        """Days of observation that a cohort needs after its month (0 for stocks and flows)."""
        return self.measure.days or 0


class _Population(_Form):
    """People who are the same in every scenario: how their outcomes are named and described."""

    label: Wording
    population: Wording
    start: Wording


class _Reading(_Form):
    """What is read of each of them; texts hold ``{months}``, the definition also ``{who}``."""

    name: str
    label: Wording
    definition: Wording
    unit: Literal[UNITS]  # type: ignore[valid-type]
    better: Better
    is_displaced: bool
    fewest_replications: int = Field(default=0, ge=0)


class _SamePeople(_Form):
    """Outcomes of the same people: each population, reading and window gives one."""

    months: list[int]
    populations: dict[str, _Population]
    readings: dict[str, _Reading]

    def outcomes(self) -> dict[str, OutcomeDefinition]:
        """The outcomes by name."""
        found = {}
        for who, people in self.populations.items():
            for reading, read in self.readings.items():
                for months in self.months:
                    name = f"{who}_{read.name.format(months=months)}"
                    found[name] = OutcomeDefinition(
                        name=name,
                        label=_filled(LABEL_OF_PEOPLE, people.label, read.label, months),
                        definition=_filled(ALONE, people.population, read.definition, months),
                        start=people.start,
                        population=people.population,
                        unit=read.unit,
                        kind="cohort",
                        better=read.better,
                        is_displaced=read.is_displaced,
                        fewest_replications=read.fewest_replications,
                        measure=Measure.model_validate(
                            {
                                "form": "same_people",
                                "population": who,
                                "reading": reading,
                                "months": months,
                            }
                        ),
                    )
        return found


LABEL_OF_PEOPLE = Wording(en="{who}: {what}", fr="{who} : {what}")
ALONE = Wording(en="{what}", fr="{what}")


def _filled(frame: Wording, who: Wording, what: Wording, months: int) -> Wording:
    """A text about some people and a window, in both languages."""
    texts = {}
    for language in ("en", "fr"):
        people = getattr(who, language)
        text = getattr(what, language).format(months=months, who=people)
        texts[language] = getattr(frame, language).format(who=people, what=text)
    return Wording(**texts)


class _Table(_Form):
    schema_version: Literal[1]
    same_people: _SamePeople
    outcomes: dict[str, OutcomeDefinition]

    @model_validator(mode="before")
    @classmethod
    def _named(cls, content: object) -> object:
        """Each entry knows its own name."""
        if isinstance(content, dict) and isinstance(content.get("outcomes"), dict):
            named = {
                name: {"name": name, **entry} if isinstance(entry, dict) else entry
                for name, entry in content["outcomes"].items()
            }
            return {**content, "outcomes": named}
        return content

    @model_validator(mode="after")
    def _reasons_are_whole(self) -> _Table:
        """Each reason to leave has exactly one outcome that tells it."""
        told = [one.exit_reason for one in self.outcomes.values() if one.reason is not None]
        faults = [
            f"{told.count(reason)} outcomes count the exits of {reason.name.lower()} with a reason"
            for reason in ExitReason
            if reason is not ExitReason.NONE and told.count(reason) != 1
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self


@cache
def outcome_definitions() -> Mapping[str, OutcomeDefinition]:
    """Every outcome by its name, in the order of the table; raises `InputError`."""
    try:
        table = _Table.model_validate(read_yaml(FILE, FILE.name))
        return {**table.outcomes, **table.same_people.outcomes()}
    except ValidationError as error:
        raise InputError(
            Fault(FILE.name, ".".join(map(str, detail["loc"])), detail["msg"], "an outcome")
            for detail in error.errors()
        ) from None


@cache
def exit_reasons() -> Mapping[ExitReason, Reason]:
    """What each reason to leave is in a budget and in words; raises `InputError`."""
    return {
        one.exit_reason: one.reason
        for one in outcome_definitions().values()
        if one.reason is not None and one.exit_reason is not None
    }


def outcome_definition(name: str) -> OutcomeDefinition:
    """The definition of one outcome; raises `InputError` with the nearest names."""
    known = outcome_definitions()
    if name not in known:
        accepted = nearest(name, tuple(known))
        raise InputError([Fault("outcomes", "outcome", f"the unknown {name!r}", accepted)])
    return known[name]


def _word(words: type[Stock | Record | ExitReason | Contact | OrientedBy], name: str) -> int:
    """The number of a word of the vocabulary, written in lower case."""
    try:
        return int(words[name.upper()])
    except KeyError:
        raise ValueError(f"{name!r} is not a word of {words.__name__}") from None
