"""A plan put together: scenarios, settings, draws and seeds, ready to be cut into tasks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sim.batch.factors import Factor, Setting
from sim.experiments.experiment import Experiment
from sim.outcomes.table import definitions_identity
from sim.parameters.draws import Draws
from sim.parameters.entry import plain
from sim.parameters.values import Value
from sim.policy import Scenario
from sim.version import package_version, results_version

FORMAT = 2
"""Number of the layout of rows and catalogue; part of the identity of every experiment."""


@dataclass(frozen=True)
class Keep:
    """What is written of each run: which outcomes (in order), and in which detail."""

    outcomes: tuple[str, ...]
    by_month: bool = True
    by_pathway: bool = True


@dataclass(frozen=True)
class BatchPlan:
    """Scenarios × settings × draws × seeds.

    ``experiment`` holds the scenarios of the whole department (the first one is the reference)
    and the seeds; ``share`` is the part that is simulated. Without draws the tables hold.
    """

    name: str
    title: str
    experiment: Experiment
    keep: Keep
    share: float = 1.0
    factors: tuple[Factor, ...] = ()
    settings: tuple[Setting, ...] = ({},)
    draws: Draws | None = None
    draw_count: int = 0
    is_paired: bool = True
    precision: str | None = field(default=None, compare=False)
    """What chooses the number of seeds, which is then at most that of the experiment."""
    document: str = field(default="", compare=False)
    """The text of the plan file."""
    file: Path | None = field(default=None, compare=False)
    """Where the plan file is; None for a plan that was put together."""
    inputs: Mapping[str, str] = field(default_factory=dict, compare=False)
    """SHA-256 of what else the plan was read from, beside scenarios and tables."""

    def __repr__(self) -> str:
        """One line: what is multiplied by what, and the experiment's label."""
        seeds = self.experiment.replications
        counts = f"{len(self.names)} scenarios × {len(self.settings)} settings"
        draws = f" × {self.draw_count} draws" if self.draw_count else ""
        return f"BatchPlan({self.label}: {counts}{draws} × {seeds} seeds)"

    @property
    def names(self) -> tuple[str, ...]:
        """The scenarios by name."""
        return self.experiment.names

    @property
    def draw_numbers(self) -> tuple[int | None, ...]:
        """Numbers of the posterior draws; one None for the tables as they are."""
        return tuple(range(self.draw_count)) if self.draw_count else (None,)

    @property
    def tasks(self) -> int:
        """How many tasks there are; each runs every scenario once."""
        return len(self.settings) * len(self.draw_numbers) * self.experiment.replications

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return self.tasks * len(self.names)

    def scenario(self, position: int, setting: Setting, draw: int | None) -> Scenario:
        """A scenario under a setting and a draw, in the part that is simulated.

        Raises `InputError` when the parameters refuse the values.
        """
        scenario = self.experiment.scenarios[position]
        if draw is not None and self.draws is not None:
            scenario = scenario.with_draw(self.draws.values_of(draw), f"draw {draw}")
        for factor in self.factors:
            if position not in factor.scenarios:
                continue
            values: dict[str, object] = dict.fromkeys(factor.paths, setting[factor.name])
            if factor.is_always:
                scenario = scenario.with_variant(values)
            else:
                scenario = scenario.with_changes(values, factor.since, factor.name)
        return scenario.scaled(self.share)

    @cached_property
    def since(self) -> int:
        """Index of the first month in which any scenario or factor changes something."""
        first = Experiment(
            tuple(
                self.scenario(position, self.settings[0], None)
                for position in range(len(self.names))
            )
        )
        return first.since

    @cached_property
    def identity(self) -> str:
        """SHA-256 of everything that the results depend on."""
        content = {
            "format": FORMAT,
            "name": self.name,
            "made_with": results_version(),
            "package": package_version(),
            "definitions": definitions_identity(),
            "scenarios": [
                [name, scenario.fingerprint()]
                for name, scenario in zip(self.names, self.experiment.scenarios, strict=True)
            ],
            "share": self.share,
            "factors": [
                [f.name, f.paths, str(f.since), f.is_always, f.scenarios] for f in self.factors
            ],
            "settings": [plain_setting(setting) for setting in self.settings],
            "draws": [self.draws.identity if self.draws else None, self.draw_count],
            "seeds": self.experiment.seeds,
            "paired": self.is_paired,
            "keep": [self.keep.outcomes, self.keep.by_month, self.keep.by_pathway],
        }
        return hashlib.sha256(_text(content).encode()).hexdigest()

    @property
    def label(self) -> str:
        """The name of the experiment in the store: the plan's own, and what tells plans apart."""
        return f"{self.name}-{self.identity[:10]}"


def plain_setting(setting: Setting) -> dict[str, object]:
    """A setting as JSON knows it."""
    return {name: plain(value) for name, value in setting.items()}


def seed_of_run(is_paired: bool, seed: int, position: int, setting: int, draw: int | None) -> int:
    """The seed of one run: the task's own, or one of its own for each run when not paired."""
    if is_paired:
        return seed
    run = [seed, position, setting] if draw is None else [seed, position, setting, draw]
    word = hashlib.sha256(_text(run).encode()).digest()
    return int.from_bytes(word[:4], "big") >> 1


def _text(content: object) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=True, allow_nan=False, default=_value)


def _value(value: Value) -> object:
    return str(value)
