"""``python -m calibration.bands``: which rule of the assessment leads to which pathway share.

The share of the oriented in the employment pathway is simulated for each rule, in a department
that is made from public statistics; the file of the derivation is written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.engine.run import run_plan
from sim.experiments.experiment import run_plan_of
from sim.files import write_atomically
from sim.parameters.derivation.document import BANDS, LIMITS
from sim.parameters.national import load_tables
from sim.parameters.rules import STOCK
from sim.policy import Scenario, load_scenario
from sim.vocabulary import Stock

SCENARIO, PATHWAY = "deux_sevres_today", "employment"
HOUSEHOLDS, MONTHS, SEED = 5_000.0, 24, 1
WIDEST_MIDDLE = 3
"""Points between the limits of the two outer bands, as in the Deux-Sèvres."""
HIGHEST_LIMIT = 4
POINTS: tuple[dict[str, int], ...] = (
    {},
    {"administrative": 0, "isolation": 0},
    {"administrative": 0, "mobility": 0},
    {"mobility": 2},
    {"mobility": 3},
)
"""Points of barriers that a rule counts otherwise than the tables do."""
HEADING = """\
# Which rule of the assessment leads to which share of the oriented in the employment pathway, %:
# simulated in a department that is made from public statistics (`python -m calibration.bands`).
rules:
"""


def rules() -> list[dict[str, int]]:
    """The rules that are tried: limits, and points of barriers that differ from the tables."""
    return [
        points | dict(zip(LIMITS, (limit, limit + WIDEST_MIDDLE), strict=True))
        for limit in range(HIGHEST_LIMIT + 1)
        for points in POINTS
    ]


def share_of(rule: Mapping[str, int]) -> float:
    """Share of the oriented in the employment pathway over the second year, %."""
    run = run_plan(run_plan_of(_scenario(rule)), SEED)
    labels = run.parameters.labels("pathways")
    by_pathway = run.ledger.stocks[Stock.ORIENTED][MONTHS - 12 : MONTHS].sum(axis=(0, 1))
    return 100.0 * float(by_pathway[1 + labels.index(PATHWAY)] / by_pathway.sum())


def _scenario(rule: Mapping[str, int]) -> Scenario:
    found = load_scenario(SCENARIO)
    national = load_tables()
    values: dict[str, object] = {}
    for name in sorted({name for points in POINTS for name in points}):
        path = f"barriers.{name}.pathway_weight"
        values[path] = rule.get(name, national.entries[path].value)
    for territory in found.base.labels("territories"):
        values |= {f"territories.{territory}.assessment.{name}": rule[name] for name in LIMITS}
    share = min(1.0, HOUSEHOLDS / found.base.number(STOCK))
    return found.scaled(share).with_variant(values).with_months(MONTHS)


def text_of(found: Sequence[tuple[float, Mapping[str, int]]]) -> str:
    """The file of the derivation, by rising share."""
    lines = [
        f"- {{share: {share:.1f}, "
        + ", ".join(f"{key}: {value}" for key, value in rule.items())
        + "}"
        for share, rule in sorted(found, key=lambda one: one[0])
    ]
    return HEADING + "\n".join(lines) + "\n"


if __name__ == "__main__":
    measured = [(share_of(rule), rule) for rule in rules()]
    write_atomically(BANDS, text_of(measured).encode("ascii"))
