"""Writes ``docs/parameters.md`` from the tables: ``python -m sim.parameters.document FILE``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from sim.parameters.beneath_file import DERIVED
from sim.parameters.department import load_department, shipped_departments
from sim.parameters.entry import Entry, dated_pairs
from sim.parameters.national import TERRITORIES, TERRITORY_DEFAULTS, Tables, load_tables
from sim.parameters.sources import PublishedFigure, published_figures
from sim.parameters.units import KINDS, UNITS
from sim.parameters.values import DatedItem, Value

HEADING = """# Parameters

Every number the model reads, with its unit, kind, source and uncertainty. This page is written
from the tables in `sim/parameters/` (`python -m sim.parameters.document docs/parameters.md`).

Kinds: *published* is a published figure; *derived* is computed from published figures or follows
from a definition; *calibrated* comes from a fit; *literature* is a prior from trials and studies;
*assumed* has no figure behind it, and its range says how little is known.
A range is given with its probability content, or the reason why there is none.
"""
COLUMNS = ("path", "value", "unit", "kind", "source", "uncertainty", "note")


def document() -> str:
    """The whole page as Markdown text."""
    tables = load_tables()
    parts = [
        HEADING,
        _kinds(),
        *_national(tables),
        *(_department(name) for name in shipped_departments()),
    ]
    return "\n".join([*parts, _units(), *_sources(tables)])


def _kinds() -> str:
    rows = []
    for name in shipped_departments():
        parameters = load_department(name)
        kinds = [parameters.entry(path).kind for path in parameters.paths()]
        counts = [str(kinds.count(kind)) for kind in KINDS]
        rows.append((parameters.label, str(len(kinds)), *counts))
    return "## How much is known\n\n" + _rows(("department", "values", *KINDS), rows)


def _national(tables: Tables) -> Iterable[str]:
    groups: dict[str, list[Entry]] = {}
    for path, entry in tables.entries.items():
        groups.setdefault(path.partition(".")[0], []).append(entry)
    for group in sorted(groups):
        if group == TERRITORY_DEFAULTS:
            title = (
                f"## {TERRITORIES}\n\nNational start of every territory; a department overrides."
            )
        else:
            title = f"## {group}"
        yield f"{title}\n\n{_table(groups[group])}"
    stated = [path for path in tables.forms if path not in tables.entries]
    rows = [(f"`{_shown_path(path)}`", tables.forms[path].accepted) for path in sorted(stated)]
    intro = "## Stated by every department file\n\nThese have no national value.\n"
    yield f"{intro}\n{_rows(('path', 'accepted'), rows)}"


def _department(name: str) -> str:
    parameters = load_department(name)
    file = f"{name}.yaml"
    entries = [parameters.entry(path) for path in parameters.paths()]
    own = [entry for entry in entries if entry.origin == file]
    derived = [entry for entry in entries if entry.origin == DERIVED]
    return (
        f"## Department: {parameters.label}\n\nWhat `{file}` states itself.\n\n{_table(own)}"
        f"\nWhat is derived beneath it.\n\n{_table(derived)}"
    )


def _table(entries: Sequence[Entry]) -> str:
    rows = [
        (
            f"`{_shown_path(entry.path)}`",
            shown_value(entry.value),
            entry.unit,
            entry.kind,
            ", ".join(entry.source),
            str(entry.uncertainty),
            entry.note,
        )
        for entry in entries
    ]
    return _rows(COLUMNS, rows)


def _units() -> str:
    rows = [(unit.name, unit.meaning) for unit in UNITS.values()]
    return f"## Units\n\n{_rows(('unit', 'meaning'), rows)}"


def _sources(tables: Tables) -> Iterable[str]:
    figures = published_figures()
    keys = [source for key, source in tables.sources.items() if key not in figures]
    rows = [(source.key, source.title, source.reference, source.note) for source in keys]
    yield f"## Sources\n\n{_rows(('key', 'title', 'reference', 'note'), rows)}"
    cited = _cited(tables)
    figure_rows = [_figure_row(figures[key]) for key in sorted(cited) if key in figures]
    columns = ("row", "territory", "value", "unit", "from", "what", "source")
    intro = (
        "## Published figures cited\n\nRows of `sim/parameters/published/published_figures.csv`.\n"
    )
    yield f"{intro}\n{_rows(columns, figure_rows)}"


def _cited(tables: Tables) -> set[str]:
    entries = list(tables.entries.values())
    for name in shipped_departments():
        parameters = load_department(name)
        entries.extend(parameters.entry(path) for path in parameters.paths())
    return {key for entry in entries for key in entry.source}


def _figure_row(figure: PublishedFigure) -> tuple[str, ...]:
    value = figure.value or f"{figure.low} to {figure.high}"
    where = f"{figure.source_title} ({figure.source_ref})"
    return (
        figure.id,
        figure.territory,
        value,
        figure.unit,
        figure.period_start,
        figure.definition,
        where,
    )


def shown_value(value: Value) -> str:
    """A value as a reader wants it: lists with commas, dated values with their dates."""
    pairs = dated_pairs(value)
    if pairs:
        return "; ".join(f"{_shown_item(item)} from {day.isoformat()}" for day, item in pairs)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _shown_item(item: DatedItem) -> str:
    if isinstance(item, bool):
        return "yes" if item else "no"
    return item if isinstance(item, str) else f"{item:g}"


def _shown_path(path: str) -> str:
    return path.replace(f"{TERRITORY_DEFAULTS}.", f"{TERRITORIES}.<territory>.")


def _rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines.extend("| " + " | ".join(_cell(text) for text in row) + " |" for row in rows)
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main(arguments: Sequence[str]) -> int:
    """Writes the page to the file named on the command line."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m sim.parameters.document FILE\n")
        return 2
    Path(arguments[0]).write_text(document(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
