"""Worlds that several tests start from: one closed territory, lives without offices, and so on."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.parameters import Parameters, load_department
from sim.parameters.department import resolve_department
from sim.parameters.national import load_tables
from sim.parameters.sources import DEPARTMENTS, TABLES

STANDARD_ERRORS = 4.5
"""Tolerance of a mean, in its own standard errors: exceeded about 7 times in a million."""

PILOT_ROW = 0
"""The row of `benchmarks.worlds.PILOT` in the tables."""


def somme(changes: Mapping[str, object] | None = None) -> Parameters:
    """The tables of the Somme with some values exchanged."""
    return load_department("somme").patched(changes or {}, "test")


TWO_SCHEMES = """  own_business:
    label: {en: Own business, fr: Travailleurs indépendants}
    public: {value: self_employed}
    rule: {value: low}
    roles: {value: [job_counsellor]}
  coached:
    label: {en: Coached, fr: Avec un coach}
    rule: {value: low}
    roles: {value: [job_counsellor]}
"""
"""Two schemes that come before the ordinary pathway of the low band."""
FIRST_PATHWAY = "  social:\n    label: {en: Social, fr: Parcours social}\n"


def with_two_schemes() -> Parameters:
    """The Somme with `TWO_SCHEMES`: national tables with two more pathways."""
    with TemporaryDirectory() as folder:
        tables = Path(folder) / "tables"
        shutil.copytree(TABLES, tables)
        file = tables / "support.yaml"
        text = file.read_text(encoding="utf-8")
        assert text.count(FIRST_PATHWAY) == 1
        file.write_text(text.replace(FIRST_PATHWAY, TWO_SCHEMES + FIRST_PATHWAY), encoding="utf-8")
        return resolve_department(DEPARTMENTS / "somme.yaml", load_tables(tables))


def in_first_territory(parameters: Parameters, rest: str) -> str:
    """The path of a parameter in the first territory of a department."""
    return f"territories.{parameters.labels('territories')[0]}.{rest}"


def only(parameters: Parameters, group: str, label: str) -> dict[str, object]:
    """Changes that give one member of a group (household types, job types) all of the share."""
    shares = {f"{group}.{name}.share": 0.0 for name in parameters.labels(group)}
    return {**shares, f"{group}.{label}.share": 1.0}


def without_staff(parameters: Parameters) -> dict[str, object]:
    """Changes that leave every office empty."""
    return {
        f"territories.{territory}.staff.{role}.fte": 0
        for territory in parameters.labels("territories")
        for role in parameters.labels("roles")
    }


def like_one_another(parameters: Parameters) -> dict[str, object]:
    """Changes that make people alike: single, young, without classes, frailty or barriers that act.

    No clock of the household runs: tests turn on those that they are about.
    """
    changes = only(parameters, "household_types", "single") | {
        "population.adults_per_household": 1.0,
        "population.duties_share": 1.0,
        "population.entry_age_under_25_share": 1.0,
        "population.entry_age_at_25_share": 0.0,
        "frailty.log_sd": 0.0,
        "stayers.share": 0.0,
        "barrier_effects.exponent": 0.0,
        "job_finding.off_rsa_multiplier": 1.0,
        "household_types.single.job_finding_factor": 1.0,
    }
    changes |= {f"job_finding.decline_after_{age}": 0.0 for age in (30, 50, 60)}
    for name in parameters.labels("education"):
        changes[f"education.{name}.job_finding_factor"] = 1.0
    for name in parameters.labels("barriers"):
        changes[f"barriers.{name}.other_minimum_factor"] = 1.0
    for name in ("interruption", "long_exit", "other_minimum", "move"):
        changes[f"benefit.{name}_hazard"] = 0.0
    for name in ("interruption", "long_first", "long_middle", "long_later", "work_first"):
        changes[f"benefit.reentry_{name}"] = 0.0
    return changes


def idle(parameters: Parameters) -> dict[str, object]:
    """`like_one_another`, and nobody finds a job: everyone is of a class that never does."""
    return like_one_another(parameters) | {
        "stayers.share": 1.0,
        "stayers.job_finding_multiplier": 0.0,
        "stayers.exit_multiplier": 1.0,
        "stayers.leaving_hazard": 0.0,
    }
