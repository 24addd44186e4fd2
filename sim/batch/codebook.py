"""The codebook: what every column and every outcome of the store means."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sim.language import Language
from sim.outcomes.definitions import outcome_definitions


@dataclass(frozen=True)
class Column:
    """One column of a table of the store."""

    table: str
    name: str
    type: str
    meaning: str


_ROWS = (
    Column("outcomes, totals", "experiment", "text", "Label of the experiment: name and identity."),
    Column("outcomes, totals", "scenario", "text", "Name of the scenario."),
    Column("outcomes, totals", "setting", "integer", "Number of the setting of the factors."),
    Column(
        "outcomes, totals", "draw", "integer",
        "Number of the posterior draw; empty when the tables hold as they are. The uncertainty of "
        "the parameters. Scenarios and settings share their draws.",
    ),
    Column(
        "outcomes, totals", "replication", "integer",
        "Number of the seed within the plan: luck. In a paired plan one replication shares people "
        "and luck over scenarios, settings and draws (seeds are crossed with draws). With paired: "
        "false it is a number and no more: every run has a seed of its own (nested in draws).",
    ),
    Column("outcomes, totals", "seed", "integer", "The seed itself: it repeats the run."),
    Column(
        "outcomes", "month", "text",
        "Month as 2023-04. The first one is the eve of the run and holds stocks only. For a "
        "cohort, the month in which it started.",
    ),
    Column(
        "outcomes, totals", "territory", "text",
        "Territory, or `all` for the department. Do not add `all` to the territories.",
    ),
    Column(
        "outcomes, totals", "pathway", "text",
        "Pathway, or `all`. Do not add `all` to the pathways.",
    ),
    Column("outcomes, totals", "outcome", "text", "Name of the outcome, see `definitions`."),
    Column(
        "outcomes, totals", "value", "number",
        "The value. A value that does not exist, or that was not observed long enough, has no row.",
    ),
    Column("outcomes, totals", "unit", "text", "Unit of the value."),
    Column("settings", "setting", "integer", "Number of the setting."),
    Column("settings", "factor", "text", "Name of the factor in the plan."),
    Column("settings", "value", "text", "Value of the factor, as text."),
    Column("settings", "number", "number", "The same as a number; empty for words."),
    Column("settings", "unit", "text", "Unit of the factor."),
    Column("draws", "draw", "integer", "Number of the posterior draw."),
    Column("draws", "path", "text", "Parameter path."),
    Column("draws", "value", "number", "Its value in this draw, in the unit of the tables."),
    Column("experiments", "runs, runs_done, runs_failed", "integer", "Asked, written, failed."),
    Column("experiments", "damages", "integer", "Files that are damaged and left out."),
    Column(
        "experiments", "paired", "boolean",
        "Whether scenarios are compared run by run (the same seed), or as independent samples.",
    ),
    Column(
        "experiments", "since", "text",
        "First month of what `totals` counts; a stock is that of the end of the run.",
    ),
)  # fmt: skip


def columns() -> tuple[Column, ...]:
    """The columns of the tables that can be asked."""
    return _ROWS


def outcome_rows(language: Language) -> list[dict[str, object]]:
    """One row for each outcome: its words in one language, unit, kind and better direction."""
    return [
        {
            "outcome": name,
            "label": getattr(definition.label, language),
            "definition": getattr(definition.definition, language),
            "unit": definition.unit,
            "start": getattr(definition.start, language),
            "population": getattr(definition.population, language),
            "kind": definition.kind,
            "better": definition.better,
        }
        for name, definition in outcome_definitions().items()
    ]


def codebook(language: Language = "en") -> dict[str, object]:
    """The whole codebook as plain values; the outcomes in the words of a language."""
    described = [asdict(column) for column in columns()]
    return {"columns": described, "outcomes": outcome_rows(language)}
