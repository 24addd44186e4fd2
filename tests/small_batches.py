"""Plans of batches whose tasks take a fraction of a second, and how their results are compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow.dataset as pads
import yaml

from sim.batch.plan import BatchPlan
from sim.batch.reading import read_batch_plan
from sim.batch.rows import SCHEMA
from sim.batch.runner import BatchEnd, run_batch
from sim.batch.store import OUTCOMES, Store

SHORT_HISTORY: Mapping[str, object] = {"history.years": 2, "history.warm_up_months": 1}
"""People without a past worth the name: for tests of everything but people."""
POSTS = "additional_fte[rest, social_worker]"
"""Posts where no scenario of these plans adds any."""


def document(**changes: object) -> dict[str, object]:
    """A plan of four settings under a few seeds, one month of a hundredth of a department."""
    return {
        "schema_version": 1,
        "name": "small",
        "scenarios": ["somme_reference", "somme_plus14"],
        "months": 2,
        "share": 0.01,
        "variant": dict(SHORT_HISTORY),
        "factors": {
            "posts": {"path": POSTS, "values": [0, 100]},
            "delay": {"path": "staffing.recruitment_delay_days", "values": [0, 45]},
        },
        "seeds": {"n": 3, "first": 7},
        **changes,
    }


def plan_file(folder: Path, **changes: object) -> Path:
    """The file of such a plan."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "plan.yaml"
    path.write_text(yaml.safe_dump(document(**changes), sort_keys=False), encoding="utf-8")
    return path


def plan_of(folder: Path, **changes: object) -> BatchPlan:
    """Such a plan, read."""
    return read_batch_plan(plan_file(folder, **changes))


def finished(plan: BatchPlan, root: Path) -> BatchEnd:
    """The end of a batch without interruption."""
    end = run_batch(plan, Store(root), workers=2)
    assert end.tasks_done == plan.tasks
    assert not end.failures
    return end


def small_store(folder: Path, **changes: object) -> Path:
    """A folder with one finished experiment of a few months."""
    store = folder / "store"
    finished(plan_of(folder, **{"months": 6, "title": "Des postes en plus", **changes}), store)
    return store


def rows_of(root: Path) -> pd.DataFrame:
    """Every row of a store, read file by file without the help of its records, in one order."""
    table = pads.dataset(root / OUTCOMES, format="parquet", partitioning="hive").to_table()
    names = [name for name in SCHEMA.names if name != "value"]
    frame = table.to_pandas(strings_to_categorical=False)
    for name in frame.columns:
        if frame[name].dtype.name in ("category", "dictionary"):
            frame[name] = frame[name].astype(str)
    return frame[SCHEMA.names].sort_values(names, ignore_index=True)


def leftovers(root: Path) -> list[str]:
    """Files that a finished batch does not leave: claims and half-written files."""
    return [
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file() and (path.parent.name == "claims" or path.name.startswith("."))
    ]
