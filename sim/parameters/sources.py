"""The registry of sources: ``tables/sources.yaml`` and the rows of the published figures."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sim.errors import Fault, InputError
from sim.parameters.reading import read_yaml

HERE = Path(__file__).parent
TABLES = HERE / "tables"
DEPARTMENTS = HERE / "departments"
PUBLISHED = HERE / "published"
SOURCES_FILE = "sources.yaml"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from. ``reference`` is a page, a file name or an identifier."""

    key: str
    title: str
    reference: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One row of the published figures, as text; a range has an empty ``value``."""

    id: str
    territory: str
    indicator: str
    value: str
    low: str
    high: str
    unit: str
    period_start: str
    period_end: str
    definition: str
    source_title: str
    source_ref: str


@lru_cache(maxsize=1)
def published_figures() -> Mapping[str, PublishedFigure]:
    """The rows of the shipped ``published_figures.csv`` by identifier."""
    fields = PublishedFigure.__dataclass_fields__
    with (PUBLISHED / "published_figures.csv").open(encoding="utf-8", newline="") as file:
        rows = [{name: row[name] for name in fields} for row in csv.DictReader(file)]
    return {row["id"]: PublishedFigure(**row) for row in rows}


def read_sources(folder: Path = TABLES) -> Mapping[str, Source]:
    """All source keys that a table may cite; raises InputError on a faulty registry."""
    tree = read_yaml(folder / SOURCES_FILE, SOURCES_FILE)
    faults: list[Fault] = []
    sources = {
        row.id: Source(row.id, f"{row.source_title}: {row.definition}", row.source_ref)
        for row in published_figures().values()
    }
    accepted = "title and reference as text, note if needed"
    for key, block in tree.items():
        if not isinstance(block, dict) or not {"title", "reference"} <= set(block):
            faults.append(Fault(SOURCES_FILE, key, "a block without title or reference", accepted))
        elif set(block) - {"title", "reference", "note"}:
            extra = ", ".join(sorted(set(block) - {"title", "reference", "note"}))
            faults.append(Fault(SOURCES_FILE, key, f"the keys {extra}", accepted))
        elif not all(isinstance(text, str) and text.strip() for text in block.values()):
            faults.append(Fault(SOURCES_FILE, key, "an empty text or a number", accepted))
        elif key in sources:
            faults.append(Fault(SOURCES_FILE, key, "the name of a published figure", "another"))
        else:
            sources[key] = Source(key, **{name: str(text) for name, text in block.items()})
    if faults:
        raise InputError(faults)
    return sources
