"""Hands a small batch to the EMA workbench: ``make verify-discovery``.

The workbench (BSD) needs a package under the GPL, so it is no dependency: it is installed by pip
into an environment of its own and asked through a separate process. The batch varies posts and a
delay; the command fails unless the workbench finds that posts move contacts.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from own_environment import python_with

import sim
from sim.batch.store import Store

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / ".venv-discovery"
REQUIREMENT = "ema-workbench==2.5.3"
OUTCOME, FOUND = "contacts_held", "posts"
PLAN = {
    "schema_version": 1,
    "name": "discovery",
    "scenarios": ["somme_reference"],
    "months": 6,
    "share": 0.05,
    "factors": {
        FOUND: {
            "path": "additional_fte[coquelicot, social_worker]",
            "range": {"low": 0, "high": 14, "step": 1},
        },
        "delay": {
            "path": "staffing.recruitment_delay_days",
            "range": {"low": 0, "high": 60, "step": 5},
        },
    },
    "sample": {"method": "latin_hypercube", "size": 48},
    "seeds": {"n": 2, "first": 1},
}


def main() -> int:
    """Runs the batch, prints what the workbench says; 1 if it does not find the posts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT, help="where to install")
    python = python_with(REQUIREMENT, parser.parse_args().environment)
    with tempfile.TemporaryDirectory() as folder:
        plan, store = Path(folder, "plan.yaml"), Path(folder, "store")
        plan.write_text(yaml.safe_dump(PLAN), encoding="utf-8")
        sim.run_batch(sim.read_batch_plan(plan), Store(store))
        experiments, outcomes = sim.discovery_tables([OUTCOME], store=store)
        table = Path(folder, "runs.csv")
        experiments.assign(**{OUTCOME: outcomes[OUTCOME]}).to_csv(table, index=False)
        told = subprocess.run(
            [python, "-W", "ignore", HERE / "discovery_scores.py", table, OUTCOME],
            capture_output=True,
            text=True,
            check=False,
        )
    sys.stderr.write(told.stderr)
    print(told.stdout, end="")
    return told.returncode or int(not told.stdout.startswith(f"most: {FOUND}\nbox: {FOUND}"))


if __name__ == "__main__":
    raise SystemExit(main())
