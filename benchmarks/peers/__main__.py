"""``python -m benchmarks.peers``: the common workload in this product and in its peers.

Some minutes. Each row of the table is a process in which the peer, this product and C run in turns;
ratios are medians over its rounds. Writes docs/performance.json and its page. Peers that are no
dependency are looked for in an environment of their own, which ``make peers`` makes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.peers.c_peer import compiler
from benchmarks.performance_kept import keep
from benchmarks.performance_page import write_page

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv-peers"
NOT_INSTALLED = "not installed"
COMPARED = ("held", "jobs", "ruptures", "exits")
"""What is compared in percent where counts are near, not equal."""
OF_THE_ENVIRONMENT = ("salabim", "ciw")


class Row(NamedTuple):
    """One measurement: who, initial stock, rounds."""

    engine: str
    stock: int
    rounds: int


ROWS = (
    Row("product", 300, 15),
    Row("product", 1_500, 15),
    Row("product", 16_600, 9),
    Row("product", 166_000, 5),
    Row("kernel", 16_600, 5),
    Row("kernel", 166_000, 3),
    Row("numpy", 1_500, 3),
    Row("numpy", 16_600, 3),
    Row("numpy", 166_000, 1),
    Row("mesa", 1_500, 3),
    Row("mesa", 16_600, 2),
    Row("mesa_simpy", 1_500, 3),
    Row("mesa_simpy", 16_600, 3),
    Row("simpy", 1_500, 3),
    Row("simpy", 16_600, 1),
    Row("salabim", 300, 1),
    Row("ciw", 300, 3),
    Row("ciw", 1_500, 3),
)


def main() -> None:
    """Measure the rows that were asked for; each is kept as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    engines = sorted({row.engine for row in ROWS})
    parser.add_argument("--only", nargs="*", choices=engines, default=engines, help="engines")
    arguments = parser.parse_args()
    if compiler() is None:
        print("no C compiler: ratios to C are left out")
    if set(arguments.only) == set(engines):
        keep("peers", {})
    for row in ROWS:
        if row.engine in arguments.only:
            found = measured(row)
            keep("peers", {f"{row.engine} {row.stock}": found}, joined=True)
            print(f"{row.engine} {row.stock:,}: {told(found)}", flush=True)
    write_page()


def measured(row: Row) -> dict[str, Any]:
    """One row, or why there is none."""
    python = interpreter_for(row.engine)
    if python is None:
        return {"engine": row.engine, "stock": row.stock, "absent": NOT_INSTALLED}
    # Peers of the other environment run beside C alone: what this product needs is not there.
    beside = [] if row.engine in OF_THE_ENVIRONMENT else ["product"]
    beside += ["c"] if compiler() is not None else []
    names = [*(name for name in beside if name != row.engine), row.engine]
    command = [str(python), "-m", "benchmarks.peers.one", ",".join(names)]
    answer = subprocess.run(
        [*command, str(row.stock), str(row.rounds)],
        check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    rounds = [json.loads(line) for line in answer.stdout.splitlines() if line.startswith("{")]
    return {"engine": row.engine, "stock": row.stock, **compared(row.engine, rounds)}


def compared(engine: str, rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians over the rounds, and whether the counts are those of C."""
    own = [each[engine]["nanoseconds"] for each in rounds]
    found: dict[str, Any] = {
        "rounds": len(rounds),
        "nanoseconds": median(own),
        "cpu_seconds": median(each[engine]["cpu_seconds"] for each in rounds),
        "totals": rounds[0][engine]["totals"],
    }
    if "c" in rounds[0] and engine != "c":
        mine, of_c = rounds[0][engine]["totals"], rounds[0]["c"]["totals"]
        found["gaps"] = {name: mine[name] / of_c[name] - 1.0 for name in COMPARED}
    for other in ("c", "product"):
        if other in rounds[0] and other != engine:
            ratios = [each[engine]["nanoseconds"] / each[other]["nanoseconds"] for each in rounds]
            found[f"times_{other}"] = median(ratios)
            alike = ("totals", "last")
            found[f"equals_{other}"] = all(
                each[engine][what] == each[other][what] for each in rounds for what in alike
            )
    return found


def interpreter_for(engine: str) -> Path | None:
    """The Python that has the peer; None where it is not installed."""
    if engine not in OF_THE_ENVIRONMENT:
        return Path(sys.executable)
    folder = "Scripts" if sys.platform == "win32" else "bin"
    found = ENVIRONMENT / folder / "python"
    return found if found.exists() else None


def told(found: dict[str, Any]) -> str:
    """One row in a line."""
    if "absent" in found:
        return f"{found['absent']} (make peers)"
    ratios = [
        f"{found[f'times_{o}']:.2f} times {o}" for o in ("c", "product") if f"times_{o}" in found
    ]
    return f"{found['nanoseconds']:,.0f} ns an agent-week, {', '.join(ratios)}"


if __name__ == "__main__":
    main()
