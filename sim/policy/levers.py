"""The catalogue of levers: which parameters apps offer to change, within which usual range."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from sim.errors import Fault, InputError
from sim.parameters import Parameters
from sim.parameters.reading import read_yaml
from sim.policy.form import Form, Text, Wording

CATALOGUE = Path(__file__).with_name("levers.yaml")
GROUP_OF = {
    "territory": "territories",
    "role": "roles",
    "pathway": "pathways",
    "barrier": "barriers",
    "action": "actions",
    "job_type": "job_types",
    "limited_job_type": "job_types",
}
UNITS_OF_SIZE = ("fte", "places", "desks")
UNITS_OF_WORDS = ("word", "words")
TIMES_ITS_SIZE = 2
"""What grows with a department is offered up to this many times its own value."""
NO_COST, COST_NOT_PUBLISHED = "none", "not_published"
LANGUAGES: tuple[Literal["en", "fr"], ...] = ("en", "fr")


class Range(Form):
    """The usual range of a lever and the step of its slider."""

    low: float
    high: float
    step: float = Field(gt=0)

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if self.low >= self.high:
            raise ValueError("low must be below high")
        return self


class LeverEntry(Form):
    """One entry of the catalogue; the path has the names of label groups between braces."""

    path: Text
    unit: Text
    shape: Literal["one", "list", "dated"] = "one"
    range: Range | None = None
    kind: Literal["choice", "context"]
    block: Literal["means", "organisation", "context"]
    cost: Text
    label: Wording

    @model_validator(mode="after")
    def _has_a_range(self) -> LeverEntry:
        if (self.range is None) != (self.unit in UNITS_OF_WORDS):
            raise ValueError("a number has a usual range, words have none")
        return self

    @property
    def holders(self) -> tuple[str, ...]:
        """The label groups that the path leaves open."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.path) if name)

    @property
    def pattern(self) -> str:
        """The path with ``*`` for any label."""
        return self.path.format(**dict.fromkeys(self.holders, "*"))


class Catalogue(Form):
    """The file of levers."""

    schema_version: Literal[1]
    levers: dict[str, LeverEntry]
    left_open: dict[str, Wording] = Field(default_factory=dict)
    """By group of labels: what stands in the name of a lever that leaves the label open."""


@dataclass(frozen=True)
class Lever:
    """A lever of one department: one parameter with its usual range and its names.

    A lever of words has ``choices`` and no range (zeros).
    """

    key: str
    path: str
    unit: str
    low: float
    high: float
    step: float
    choices: tuple[str, ...]
    is_choice: bool
    block: str
    cost: str
    """The parameter that prices one unit, or one of `NO_COST` and `COST_NOT_PUBLISHED`."""
    label: Mapping[str, str]
    territory: str | None
    """None for a lever that acts on the whole department."""

    @property
    def has_price(self) -> bool:
        """Whether a parameter prices one unit of the lever."""
        return self.cost not in (NO_COST, COST_NOT_PUBLISHED)


def lever_catalogue(file: Path = CATALOGUE) -> Mapping[str, LeverEntry]:
    """The entries of the catalogue by key; raises `InputError`."""
    return _catalogue(file).levers


def label_left_open(group: str, language: str) -> str:
    """What stands in the name of a lever for a label of a group that is left open."""
    return str(getattr(_catalogue(CATALOGUE).left_open[group], language))


@cache
def _catalogue(file: Path) -> Catalogue:
    try:
        return Catalogue.model_validate(read_yaml(file, file.name))
    except ValidationError as error:
        raise InputError(
            Fault(file.name, ".".join(map(str, detail["loc"])), detail["msg"], "a lever entry")
            for detail in error.errors()
        ) from None


def levers(parameters: Parameters) -> tuple[Lever, ...]:
    """The levers that a department has, in the order of the catalogue."""
    return tuple(
        lever
        for key, entry in lever_catalogue().items()
        for lever in _spelt_out(key, entry, parameters)
    )


def _spelt_out(key: str, entry: LeverEntry, parameters: Parameters) -> Iterator[Lever]:
    """One lever for each choice of labels that makes an existing path."""
    known = frozenset(parameters.paths())
    groups = [GROUP_OF[holder] for holder in entry.holders]
    for names in product(*(parameters.labels(group) for group in groups)):
        labels = dict(zip(entry.holders, names, strict=True))
        path = entry.path.format(**labels)
        if path not in known:
            continue
        own = parameters.number(path) if entry.unit in UNITS_OF_SIZE else 0.0
        usual = entry.range
        most = parameters.entry(path).bounds[1]
        yield Lever(
            key=key,
            path=path,
            unit=entry.unit,
            low=usual.low if usual else 0.0,
            high=min(max(usual.high, TIMES_ITS_SIZE * own), math.inf if most is None else most)
            if usual
            else 0.0,
            step=usual.step if usual else 0.0,
            choices=() if usual else parameters.entry(path).form.choices,
            is_choice=entry.kind == "choice",
            block=entry.block,
            cost=entry.cost.format(**labels),
            label={
                language: getattr(entry.label, language).format(
                    **{
                        holder: parameters.label_text(GROUP_OF[holder], name, language)
                        for holder, name in labels.items()
                    }
                )
                for language in LANGUAGES
            },
            territory=labels.get("territory"),
        )
