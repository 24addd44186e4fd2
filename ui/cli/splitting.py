"""`variance`: how much of the spread of runs comes from the parameters, and how much from luck."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.batch.holdings import whole_holding
from sim.batch.store import STORE, Store
from sim.batch.summary import label_of
from sim.batch.variance import VarianceRow, split_of_variance
from sim.experiments.variance import Component, Split
from sim.files import plain_numbers
from ui.cli.tables import outcome_text
from ui.cli.terminal import complain, say_json, screen
from ui.reports.wording import PERCENT

MEANING = (
    "Standard deviations of one run (shares: in points) with the 90 % interval of each; their "
    "squares add up. "
    "Parameters: what the draws change. Luck: what a seed changes under every draw. Both: what a "
    "seed changes under one draw and not under another; where every run has a seed of its own it "
    "is part of luck. 0: the runs spread no more than luck alone gives; the end of the interval "
    "says how large it may be all the same. Intervals hold for normal effects."
)


def split(
    name: str | None,
    folder: Path | None,
    outcomes: Sequence[str],
    territory: str,
    is_json: bool,
) -> None:
    """Split the variance of the outcomes of an experiment; raises `InputError`."""
    store = Store(folder or STORE)
    label = label_of(store, name)
    rows = split_of_variance(store, label, outcomes, territory)
    notes = whole_holding(store, label).notes()
    if is_json:
        record = {
            "command": "variance",
            "experiment": label,
            "territory": territory,
            "meaning": MEANING,
            "notes": notes,
            "rows": [_record(row) for row in rows],
        }
        say_json(plain_numbers(record))
    else:
        _show(label, rows)
    for note in notes:
        complain(note)


def _record(row: VarianceRow) -> dict[str, object]:
    """A row with its variances, and the share of the parameters."""
    share = None if row.split is None else row.split.share_of_parameters
    return {**asdict(row), "share_of_parameters": share}


def _show(label: str, rows: Sequence[VarianceRow]) -> None:
    console = screen()
    console.print(f"{label}, whole period", style="bold")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    has_settings = len({row.setting for row in rows}) > 1
    heads = ("Outcome", *["Setting"] * has_settings, "Scenario")
    for head in (*heads, "Runs", "Parameters", "Luck", "Both", "Share"):
        table.add_column(head, overflow="fold")
    for row in rows:
        scenario = f"{row.scenario}, difference" if row.is_difference else row.scenario
        place = (outcome_text(row.outcome), *[str(row.setting)] * has_settings, scenario)
        if row.split is None:
            table.add_row(*place, "", row.reason)
        else:
            table.add_row(*place, *_cells(row.split, row.unit))
    console.print(table)
    left_out = sum(row.left_out for row in rows)
    if left_out:
        console.print(f"{left_out:,} values lack others of their draw or seed: not in the split")
    console.print(MEANING, style="dim")


def _cells(found: Split, unit: str) -> tuple[str, ...]:
    share = found.share_of_parameters
    return (
        f"{found.draws} × {found.seeds}, {found.design}",
        _deviation(found.parameters, unit),
        _deviation(found.luck, unit),
        "in luck" if found.both is None else _deviation(found.both, unit),
        "–" if math.isnan(share) else f"{100 * share:.0f} %",
    )


def _deviation(component: Component, unit: str) -> str:
    """A standard deviation with its interval."""
    ends = [math.sqrt(one) for one in (component.variance, component.low, component.high)]
    scale = PERCENT if unit == "share" else 1.0
    middle, low, high = (f"{scale * one:,.3g}" for one in ends)
    return f"{middle} [{low}, {high}]"
