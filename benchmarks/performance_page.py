"""docs/performance.md from docs/performance.json: ``python -m benchmarks.performance_page``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from benchmarks.performance_kept import DOCS, kept
from ui.reports.forecast.scoreboard_text import reached

PAGE = DOCS / "performance.md"

HEAD = """# Performance

Written by `make peers` (`python -m benchmarks.peers`), `python -m benchmarks.full_model` and
`python -m benchmarks --only batch calibration app --page`; the numbers are kept in
[performance.json](performance.json). Nothing here is edited by hand. Times are those of the
processor on a shared machine: read the ratios, which were measured in turns.
"""

PEERS = """
## The same small office in this product and in its peers

Intake sessions, portfolios with a cap, weekly looks, contacts that use a caseworker's minutes,
jobs, ruptures, follow-up: 780 working days, slightly overloaded
([workload.py](../benchmarks/peers/workload.py) states it). Each row is one process in which the
engine, this product and C run in turns; a ratio is the median over its rounds. An agent-week is a
weekly look at somebody who is not out, with what it brings.

*Counts*: *equal* means the same totals and the same last day as C, number for number, with the
keyed chance of [sim/randomness.py](../sim/randomness.py). Process engines live in continuous time,
without days, and draw one number after the other: their counts are near those of C, not equal, and
the table says how near for contacts held, jobs, ruptures and exits. With 300 people chance alone
moves a few dozen ruptures by a fifth.

| engine | people at the start | ns an agent-week | times C | times this product | counts |
|---|---|---|---|---|---|
"""

ENGINES = {
    "product": "this product: its rows, rules, keyed chance, agendas, posts on SimPy's clock",
    "kernel": "numba, one loop (the yardstick of `make bench`; a shorter generator)",
    "numpy": "NumPy, a sweep a day in the style of starsim",
    "mesa": "Mesa, a step a day",
    "mesa_simpy": "Mesa agents on SimPy's clock",
    "simpy": "SimPy, a process for each person",
    "salabim": "salabim, a component for each person",
    "ciw": "Ciw: places and jobs only, no caseworkers, no contacts",
}
OTHER_LAW = {
    "kernel": "equal in law (another generator)",
    "ciw": "part of the workload",
}

HOW = """
C is one file compiled with `-O3 -march=native` ([peer.c](../benchmarks/peers/peer.c)) by the
compiler of the machine. The product's side ([product](../benchmarks/peers/product/office.py)) is
written as its own behaviours are: nothing of the workload is known to `sim/`. With few people its
days cost most, which are planned in Python. Mesa and NumPy read keyed numbers from arrays made once
a day, which adds a few percent to their time. Mesa runs `do` in order; `shuffle_do`, its usual way,
takes longer. Ciw looks through all who wait at each event, so that its cost of a week grows with
the office.
"""

FULL = """
## The full model by size

The Somme as it is (`somme_reference`), people, staff and places multiplied. *Against* is the cost
of a person-week over that of the department as it is, run before and after in the same process. A
person is a living adult, on RSA or in the re-entry pool. Seconds are of the processor;
*population* is the starting population, which is then kept; *peak* the memory of the whole process.
The number of territories stays: where a session would be longer than a day (1.8 million), there is
one on each working day, and interviews are as short as it then takes.

| households | months | adults | ns a week | against 16,600 | run, s | population, s | peak |
|---|---|---|---|---|---|---|---|
"""

STAGES = """
### Where the time goes, and what grows

Each stage of the day called on its own over twelve months, in ns a person-week. A call takes some
microseconds more than in a run, which weigh with few people: small stages seem to fall.

Waiting for memory would show where most rows are touched: in lives, whose rows are fetched ahead,
and in contacts, whose order cannot be guessed. Two kinds of work grow faster than people. *Staff
changes* look through everybody's caseworkers on a day on which one leaves or takes people over:
such days grow with the staff until it is each day. *Portfolios* and *sessions* look through a team
for who has a place or minutes, and teams grow with the department, because territories do not.

| stage | 16,600 | 166,000 | more | share of what is added |
|---|---|---|---|---|
"""

STARTS = """
## Start-up

A fresh process until it is done; median of five, in turns. Kernels are on the disk.

| what | seconds on the clock | CPU seconds |
|---|---|---|
"""


SHEETS = {
    "batch": """
## Batches

Runs of one experiment on one and two workers, each run with its people, outcomes and its place in
the store.

""",
    "calibration": """
## Calibration

A fit as `caseload calibrate` does it: runs at the centre, passes of the smoother, runs of its
draws and at their mean.

""",
    "app": """
## The app

A server on this machine, warm. Previews are of the Somme; visitors that share its processors with
their browsers are slower than the server is.

""",
}
"""Parts of `python -m benchmarks` that the page shows, with what they say first."""


class Goal(NamedTuple):
    """What was aimed at, and what was measured."""

    text: str
    limit: float
    found: float | None
    is_at_most: bool

    @property
    def line(self) -> str:
        """One line of the page."""
        sign = "at most" if self.is_at_most else "at least"
        if self.found is None:
            return f"- {self.text}, {sign} {self.limit:g}: not measured"
        is_met = self.found <= self.limit if self.is_at_most else self.found >= self.limit
        return f"- {self.text}, {sign} {self.limit:g}: {self.found:.3g}, {reached(is_met)}"


def page(found: Mapping[str, Any]) -> str:
    """The whole page; parts that were not measured are left out."""
    parts = [HEAD]
    if "peers" in found:
        rows = found["peers"]["numbers"]
        parts += [PEERS, "\n".join(_peers(rows)), "\n", HOW]
        parts += ["\nGoals, with 16,600 people:\n\n", "\n".join(g.line for g in _goals(rows)), "\n"]
        parts.append(_where(found["peers"]))
    if "sizes" in found:
        parts += [FULL, "\n".join(_sizes(found["sizes"]["numbers"])), "\n"]
        parts.append(_where(found["sizes"]))
    if "stages" in found:
        parts += [STAGES, "\n".join(_stages(*found["stages"]["numbers"].values())), "\n"]
    if "small_pages" in found and "sizes" in found:
        parts.append(_pages(found["sizes"]["numbers"]["166000"], found["small_pages"]["numbers"]))
    if "starts" in found:
        parts += [STARTS, "\n".join(_starts(found)), "\n"]
    for name, head in SHEETS.items():
        if name in found:
            parts += [head, "\n".join(_sheet(found[name]["numbers"]["rows"])), "\n"]
            parts.append(_where(found[name]))
    return "".join(parts)


def write_page() -> None:
    """Write the page from what is kept."""
    PAGE.write_text(page(kept()), encoding="utf-8")


def _peers(rows: Mapping[str, Any]) -> Iterator[str]:
    """Engine by engine, from the smallest office to the largest."""
    order = list(ENGINES)
    for row in sorted(rows.values(), key=lambda one: (order.index(one["engine"]), one["stock"])):
        yield (
            f"| {ENGINES[row['engine']]} | {row['stock']:,} | "
            + " | ".join(_figures(row, rows)).rstrip()
        )


def _figures(row: Mapping[str, Any], rows: Mapping[str, Any]) -> list[str]:
    if "absent" in row:
        return [row["absent"], "", "", "", ""]
    beside = rows.get(f"product {row['stock']}", {})
    times_product = row.get("times_product")
    if times_product is None and row["engine"] != "product" and "times_c" in beside:
        # The environment of the peer has no product: by way of C, of the same run.
        times_product = row["times_c"] / beside["times_c"] if "times_c" in row else None
    times = [_times(row.get("times_c")), _times(times_product)]
    return [f"{row['nanoseconds']:,.0f}", *times, _counts(row), ""]


def _times(ratio: float | None) -> str:
    if ratio is None:
        return ""
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def _counts(row: Mapping[str, Any]) -> str:
    if row.get("equals_c"):
        return "equal"
    if row["engine"] in OTHER_LAW or "gaps" not in row:
        return OTHER_LAW.get(row["engine"], "")
    return ", ".join(f"{name} {100 * gap:+.1f} %" for name, gap in row["gaps"].items())


def _goals(rows: Mapping[str, Any]) -> list[Goal]:
    def ratio(row: str, other: str) -> float | None:
        found: float | None = rows.get(row, {}).get(f"times_{other}")
        return found

    simpy, clocked = ratio("simpy 16600", "product"), ratio("mesa_simpy 16600", "product")
    return [
        Goal("this product, times C", 1.5, ratio("product 16600", "c"), True),
        Goal("Mesa on SimPy's clock, times this product", 40.0, clocked, False),
        Goal("SimPy processes, times this product", 500.0, simpy, False),
    ]


def _where(part: Mapping[str, Any]) -> str:
    machine = part["machine"]
    return (
        f"\nMeasured {machine['day']} on {machine['processors']} cores ({machine['processor']}), "
        f"Python {machine['python']}, load {machine['load']}.\n"
    )


def _sizes(sizes: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(sizes, key=int):
        size = sizes[name]
        yield (
            f"| {int(name):,} | {size['months']} | {size['persons']:,.0f} | "
            f"{size['nanoseconds']:,.0f} | "
            f"{size['ratio']:.2f} | {size['cpu_seconds']:,.1f} | "
            f"{size['population_cpu_seconds']:,.1f} | {size['peak_bytes'] / 1e6:,.0f} MB |"
        )
    large = sizes.get("166000")
    if large is not None:
        yield ""
        yield Goal("166,000 households against 16,600", 1.25, large["ratio"], True).line
    if "1800000" not in sizes:
        yield "- 1.8 million households: not measured here (`--sizes 1800000`)"


def _stages(small: Mapping[str, float], large: Mapping[str, float]) -> Iterator[str]:
    added = sum(large.values()) - sum(small.values())
    for name in sorted(small, key=lambda one: small[one] - large[one]):
        more = large[name] - small[name]
        yield (
            f"| {name.replace('_', ' ')} | {small[name]:.0f} | {large[name]:.0f} | {more:+.0f} | "
            f"{100 * more / added:.0f} % |"
        )
    yield f"| all | {sum(small.values()):.0f} | {sum(large.values()):.0f} | {added:+.0f} | 100 % |"


def _pages(size: Mapping[str, Any], small: Mapping[str, Any]) -> str:
    return (
        "\nThe translation of addresses: with pages of 4 kB instead of 2 MB\n"
        f"(`NUMPY_MADVISE_HUGEPAGE=0`) 166,000 households cost {small['ratio']:.2f} times the\n"
        f"department as it is, with large ones {size['ratio']:.2f}.\n"
    )


def _starts(found: Mapping[str, Any]) -> Iterator[str]:
    starts = dict(found["starts"]["numbers"])
    if "cold" in found:
        starts["the first start: every kernel is compiled"] = found["cold"]["numbers"]
    for name, each in starts.items():
        yield f"| {name} | {each['wall']:.2f} | {each['cpu']:.2f} |"


def _sheet(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| measure | figure | detail |\n|---|---|---|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    write_page()
