"""How to get the same numbers again: the command, the versions, the seed."""

from __future__ import annotations

import shlex

import pandas as pd

from sim.money.costs.entered import InsertionAmount
from sim.version import engine_version, package_version
from ui.ages import aged_text, start_day
from ui.answers import drawn_sentence
from ui.numbers import month_text, number
from ui.reports.budget.remarks import budget_remarks
from ui.reports.remarks import remark_text
from ui.reports.why_words import means_text
from ui.setting_words import scenario_remarks
from ui.spoken import language, text, words
from ui.work.money import budget_of_run
from ui.work.results import FullRun

REFERENCE_FILE = "reference.yaml"
"""The exported reference of a study that starts from own figures."""


def command(found: FullRun) -> str:
    """The command line that runs the same experiment on the exported scenario files."""
    files = [f"{stem}.yaml" for stem in found.study.file_stems]
    parts = ["caseload", "compare", _reference(found), *files]
    parts += ["--seed", str(found.experiment.seed)]
    parts += ["--replications", str(found.study.replications)]
    parts += ["--months", str(found.study.months)]
    parts += ["--draws"] if found.experiment.draws is not None else []
    return shlex.join(parts)


def budget_command(found: FullRun, insertion: str = "") -> str:
    """The command line that prices the exported scenario files over the same years.

    ``insertion``: the file of own lines of insertion, if there are any.
    """
    files = [f"{stem}.yaml" for stem in found.study.file_stems]
    parts = ["caseload", "budget", _reference(found), *files]
    parts += ["--seed", str(found.experiment.seed)]
    parts += ["--replications", str(found.study.replications)]
    parts += [] if found.experiment.draws is not None else ["--no-draws"]
    parts += ["--insertion", insertion] if insertion else []
    return shlex.join(parts)


def _reference(found: FullRun) -> str:
    """The name of a shipped reference; the exported file of one that starts from own figures."""
    return found.study.reference if found.study.own is None else REFERENCE_FILE


def about(found: FullRun, insertion: tuple[InsertionAmount, ...] = ()) -> pd.DataFrame:
    """What was run, when it holds and what it is not; ``insertion``: own lines in the budget."""
    heads = words("export.about")
    months = found.axes.months
    day = start_day(found.experiment.reference)
    rows = [
        (text("export.department"), found.experiment.reference.base.label),
        (text("export.reference"), found.experiment.reference.title.fr),
        (text("export.scenarios"), " ; ".join(draft.title for draft in found.study.drafts)),
        (text("export.start"), aged_text(day, language()) if day else text("export.unknown")),
        (text("export.period"), f"{month_text(months[1])} – {month_text(months[-1])}"),
        (text("export.replications"), number(found.count)),
        (
            text("export.status"),
            text("export.partial" if found.results.is_cancelled else "export.complete"),
        ),
        (text("export.meaning"), text("export.meaning_words")),
        (text("export.doubt"), drawn_sentence(found)),
        (text("why.sheet"), text("note.means", means=means_text(language()))),
        (text("export.replay"), command(found)),
        (text("export.version"), f"{package_version()} ({engine_version()[:12]})"),
    ]
    rows += [
        (text("limits.remarks"), remark_text(one, language()))
        for one in (
            *scenario_remarks(*found.experiment.scenarios),
            *budget_remarks(budget_of_run(found, insertion)),
        )
    ]
    return pd.DataFrame(rows, columns=[heads["what"], heads["value"]])
