"""Compares ``sim.rsa_amount`` with OpenFisca-France on a set of households: ``make verify-law``.

OpenFisca-France (AGPL) is installed by pip into an environment of its own, is asked through a
separate process, and never becomes a dependency. The differences that are known, with their
reasons, stand in docs/law.md; any other one makes the command fail.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from own_environment import python_with

import sim

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / ".venv-openfisca"
REQUIREMENT = "OpenFisca-France==176.1.8"
TOLERANCE_EUR = 0.011
MONTHS = (
    "2018-06", "2019-06", "2020-06", "2021-03", "2021-06", "2022-05", "2022-10", "2023-02",
    "2023-06", "2024-06", "2025-02", "2025-06", "2026-02", "2026-06",
)  # fmt: skip
EARLY_CHILDHOOD_AGE, LAST_AGE = 3, 25
FREEZE_ENDS = "2021-04"
MOST_BY_THE_FREEZE_EUR = 5.1
FAMILIES: tuple[tuple[int, tuple[int, ...]], ...] = (
    (1, ()),
    (1, (8,)),
    (1, (8, 15)),
    (1, (4, 8, 15)),
    (1, (4, 8, 12, 15)),
    (1, (1,)),
    (1, (1, 8)),
    (1, (1, 5, 8, 12)),
    (1, (20,)),
    (1, (8, 20)),
    (2, ()),
    (2, (8,)),
    (2, (8, 8)),
    (2, (8, 15)),
    (2, (4, 8, 15)),
    (2, (4, 8, 12, 15, 17)),
    (2, (0,)),
    (2, (1, 8)),
    (2, (1, 5, 8, 12)),
    (2, (8, 12, 20)),
    (2, (8, 22)),
)
EARNINGS = (0.0, 250.0, 900.0)
MAINTENANCE = (0.0, 90.0)


def households() -> list[dict[str, Any]]:
    """Families with and without housing support, earnings, maintenance, a recent separation."""
    found = []
    for (adults, ages), housed, earnings in product(FAMILIES, (False, True), EARNINGS):
        lone_parent = adults == 1 and bool(ages)
        for maintenance in MAINTENANCE if lone_parent else (0.0,):
            for isolated in (False, True) if lone_parent else (False,):
                found.append(
                    {
                        "adults": adults,
                        "children_ages": list(ages),
                        "has_housing_support": housed,
                        "earnings_eur": earnings,
                        "maintenance_eur": maintenance,
                        "is_recently_isolated": isolated,
                    }
                )
    return found


def known_reason(month: str, household: dict[str, Any], difference: float) -> str:
    """Why the two may differ here, as docs/law.md says; empty if nothing explains it."""
    is_young = min(household["children_ages"], default=LAST_AGE) < EARLY_CHILDHOOD_AGE
    if month < FREEZE_ENDS and is_young and 0 < difference <= MOST_BY_THE_FREEZE_EUR:
        return "early childhood allowance of a child born before April 2018, frozen here"
    return ""


def compare(answers: list[list[dict[str, float]]], asked: list[dict[str, Any]]) -> int:
    """Prints what differs, by reason; the number of differences without a reason."""
    compared, equal, unexplained = 0, 0, 0
    reasons: dict[str, list[float]] = {}
    for group, answer in zip(asked, answers, strict=True):
        year, number = map(int, group["month"].split("-"))
        for household, theirs in zip(group["households"], answer, strict=True):
            ours = sim.rsa_amount(date(year, number, 1), **household)
            difference = ours - theirs["rsa"]
            compared += 1
            if abs(difference) <= TOLERANCE_EUR:
                equal += 1
                continue
            reason = known_reason(group["month"], household, difference)
            reasons.setdefault(reason or "no known reason", []).append(difference)
            if not reason:
                unexplained += 1
                print(f"{group['month']} {household}: {ours:.2f} here, {theirs['rsa']:.2f} there")
    print(f"{compared} households compared with {REQUIREMENT}; {equal} equal to the cent")
    for reason, differences in sorted(reasons.items()):
        low, high = min(differences), max(differences)
        print(f"{len(differences)} differ by {low:+.2f} to {high:+.2f} euro a month: {reason}")
    return unexplained


def main() -> int:
    """Runs the comparison; 1 if a difference has no known reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT, help="where to install")
    python = python_with(REQUIREMENT, parser.parse_args().environment)
    asked = [{"month": month, "households": households()} for month in MONTHS]
    told = subprocess.run(
        [python, HERE / "openfisca_amounts.py"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        sys.stderr.write(told.stderr)
        return 2
    return 1 if compare(json.loads(told.stdout), asked) else 0


if __name__ == "__main__":
    raise SystemExit(main())
