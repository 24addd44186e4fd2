"""The codebook of events as text: the order, the columns and every kind of record.

``python -m sim.experiments.event_page docs/events.md`` writes the page of the documentation.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from sim.event_codebook import CODEBOOK, LABELS, TRAINING, VOCABULARY, names_of
from sim.experiments.spell_codebook import COLUMNS as SPELL_COLUMNS
from sim.experiments.spell_codebook import RULE, RUN_COLUMNS, SPELLS
from sim.units import EPOCH

ORDER = (
    "Rows are in the order in which things happened: by day, and within a day first the lives, one "
    "household after the other, each in its own order, then the offices in the order of the day. "
    "What an office does has a day and no hour: its `time` is the first minute of that day (an "
    "interview of a session: the part of the opening hours that had passed), so sort by `date` and "
    "`number`, never by `time` alone."
)
EXAMPLE = """\
import pandas as pd
import sim

scenario = sim.load_scenario("somme_reference").scaled(0.05).with_months(18)
experiment = sim.Experiment((scenario,), seed=1, replications=2)
spells = []
sim.run_experiment(
    experiment,
    is_logging=True,
    on_finished=lambda one: spells.append(sim.spell_table(experiment, one, "first_job")),
)
table = pd.concat(spells)
without_job = sim.kaplan_meier(table["days"], table["censored"])
"""
"""How the table of spells is made, as the page shows it; the tests run it."""
COLUMNS = {
    "number": "position in this order within the run, from 0 on",
    "date": "the day",
    "time": f"minutes since {EPOCH}",
    "who": "identity of a household or of a person, the same in every scenario; −1 for an office",
    "subject": "whose identity it is: household, person or office",
    "record": "what happened; a training is no job, its records are named apart",
    "territory": "where",
    "pathway": "of the person then, empty for none",
    "detail": "a number, see the table",
    "detail_name": "its word, where it has one",
    "value": "a quantity, see the table",
    "origin": f"the day from which the value counts, in days since {EPOCH}",
}
"""The columns of the readable table of events."""


def codebook_text() -> str:
    """The order, the columns and every kind of record, as Markdown."""
    columns = _table(("column", "meaning"), [(f"`{name}`", text) for name, text in COLUMNS.items()])
    apart = ", ".join(f"`{name}`" for name in TRAINING.values())
    rows = [
        (f"`{kind.name.lower()}`", one.who, one.what, one.detail, one.value, one.origin)
        for kind, one in CODEBOOK.items()
    ]
    records = _table(("record", "who", "what", "detail", "value", "counted from the day"), rows)
    details = [
        *(
            (f"{one}", ", ".join(f"`{name}`" for name in names_of(words)))
            for one, words in VOCABULARY.items()
        ),
        *((one, f"labels of the department: `{group}`") for one, group in LABELS.items()),
    ]
    words = _table(("detail", "its words, by their number from 0 on"), details)
    occupations = f"An occupation whose type is no job is a training: {apart}."
    return f"{ORDER}\n\n{columns}\n\n{records}\n\n{occupations}\n\n{words}"


def page() -> str:
    """The page of the documentation."""
    return (
        "# The events of a run\n\n"
        "`caseload run … --events` writes `events.parquet`, and `sim.event_table` makes the same "
        "table of\none log. The file has the logs of all runs, each row with its "
        f"{_named(RUN_COLUMNS)},\nand this codebook in the metadata of its schema and fields. "
        "Written by `python -m sim.experiments.event_page docs/events.md`.\n\n"
        f"{codebook_text()}\n\n"
        "## Spells: the same for survival analysis\n\n"
        f"```python\n{EXAMPLE}```\n\n"
        "`sim.arrow_spells` gives the same with Arrow's types.\n\n"
        f"{spells_text()}\n"
    )


def spells_text() -> str:
    """The rule, the columns and the kinds of spell, as Markdown."""
    columns = [(f"`{name}`", text) for name, text in SPELL_COLUMNS.items()]
    kinds = []
    for name, kind in SPELLS.items():
        told = kind.told_by
        reasons = (
            f"the {CODEBOOK[kind.ends].detail} of `{kind.ends.name.lower()}`"
            if told is None
            else f"`{told.name.lower()}`, `{kind.others}`"
        )
        begins = ", ".join(f"`{one.name.lower()}`" for one in kind.begins)
        kinds.append((f"`{name}`", kind.meaning, begins, f"`{kind.ends.name.lower()}`", reasons))
    heads = ("spell", "what lasts", "begins with", "ends with", "reasons")
    return "\n\n".join((RULE, _table(("column", "meaning"), columns), _table(heads, kinds)))


def _named(columns: Iterable[str]) -> str:
    *first, last = (f"`{name}`" for name in columns)
    return f"{', '.join(first)} and {last}"


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = (heads, ("---",) * len(heads), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
