"""The page of the trials that are run inside the model: ``docs/trials.md``.

``python -m ui.reports.calibration.trials_page docs/trials.md`` writes it again from the runs that
``python -m calibration.trials`` keeps.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np

from calibration.trials.declared import Declared, Figure, declared
from calibration.trials.found import DRAWS, FILE, TWO_SIDED, Found, Runs, Spread, learn
from ui.reports.markdown import table

OPENING = """# Trials run inside the model

Written by `python -m ui.reports.calibration.trials_page docs/trials.md` from the runs of `python
-m calibration.trials` ([trials.json](calibration/trials.json)). Nothing here is edited by hand.

What contacts do cannot be learned from the caseload of a department. It is taken from three
trials that changed how often jobseekers met a caseworker. Each is run **inside this model**: its
population as far as the model has it, its two rhythms or its two numbers of persons a caseworker,
its outcome, for the same persons in both arms. How many contacts come of it is the model's own.
The size of the effect is what makes the model answer as the trials did."""

BEFORE_AFTER = """## What is believed before and after

The prior of the size of the effect, *e*, is wide and reaches zero. Each trial may differ from
recipients of the RSA by the transfer error, a factor of {low:.2f} to {high:.2f} with 90 %: {note}
The figures of one trial on jobs share one such error. Medians, 5 and 95 % of {draws:,} draws
weighted by the trials (worth {effective:,.0f} equal ones); the correlation of *e* and *k* is
{correlation:+.2f}."""

FIGURES = """## The figures

Ratios of the treated to the control. *Widened*: the published 90 % interval with the transfer
error. A figure is met when the model's median lies in it."""

GROUPS = """## By group, not fitted

Days in a job over two years, the treated less the control, in the Austrian trial. The published
days are of insured and long-term jobless with other chances to find a job, so signs and order are
compared, not sizes."""

DELIVERED = """## What was delivered

Contacts a person in the first year, whoever found a job meanwhile included, and the share of the
control with a job within the year. In the Austrian trial nothing but the number of persons a
caseworker is given; contacts are what the model makes of the time."""

CLOSING = """## How to read it

- **The Austrian figures are the hardest.** Doubling contacts by staff alone raised jobs there by
  a fifth. Here the same staff doubles contacts too, but from a low level, a third of a contact a
  month to two thirds, and about two in five of those on RSA are in the class of stayers, whom
  contacts hardly reach: *e* has to be large for a part of the answer.
- **Groups.** Signs are those of the trial, and so is the order: entrants gain more days than those
  who were there, who has been on RSA for less than a year more than the others. Sizes are a seventh
  to a third. The model has no effect of its own for groups.
- **Exits without a job** are rarer in the model than in Austria (the right to RSA does not end
  with a refusal to look for work), so what contacts add to them is a ratio of a small number.
- **What is not here.** Whether a contact was good, sanctions that came with meetings, and the
  loss of others' jobs (`effects.displacement_share` is stated beside every gain)."""

NAMES = {
    "effects.contact_size": "*e*, size of the effect at full saturation",
    "effects.contact_saturation_per_month": "*k*, contacts a month of its scale",
    "effects.long_exit_contact_size": "what contacts add to long exits without a job",
    "stayers.job_finding_multiplier": "job finding of the class of stayers",
}
READINGS = {
    "job_hazard": "cumulative hazard of a first job within 12 months",
    "exit_hazard": "cumulative hazard of a long exit without a job within 12 months",
    "days_in_job": "days in a job over 24 months",
    "more_days_in_job": "days in a job over 24 months, difference",
}
PLACES = {"france": "France", "denmark": "Denmark", "austria": "Austria"}
GROUP_NAMES = {
    "all": "all",
    "long": "over a year on RSA (jobless)",
    "short": "up to a year on RSA (jobless)",
    "existing": "there on the first day",
    "entrants": "entrants of the first half year",
}


def page(runs: Runs) -> str:
    """The whole page in Markdown."""
    declaration, found = declared(), learn(runs)
    parts = [
        OPENING,
        _about(declaration),
        BEFORE_AFTER.format(
            low=math.exp(-TWO_SIDED * declaration.transfer_sd),
            high=math.exp(TWO_SIDED * declaration.transfer_sd),
            note=declaration.transfer_note[0].lower() + declaration.transfer_note[1:],
            draws=DRAWS,
            effective=found.effective_draws,
            correlation=found.correlation,
        ),
        _beliefs(declaration, found),
        FIGURES,
        _figures(found),
        _missed(found),
        GROUPS,
        _groups(found),
        DELIVERED,
        _delivered(declaration, runs),
        CLOSING,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _about(declaration: Declared) -> str:
    lines = [
        [PLACES[one.name], one.population, one.control, one.treated, ", ".join(one.source)]
        for one in declaration.trials
    ]
    return table(["trial", "population", "control", "treated", "source"], lines)


def _beliefs(declaration: Declared, found: Found) -> str:
    lines = [
        [
            f"`{prior.name}`: {NAMES[prior.name]}",
            _spread(found.before[prior.name]),
            _spread(found.after[prior.name]),
        ]
        for prior in declaration.priors
    ]
    return table(["parameter", "before", "after the trials"], lines)


def _figures(found: Found) -> str:
    fitted = [met for met in found.figures if met.figure.is_fitted]
    lines = [
        [
            f"{PLACES[met.trial]}: {READINGS[met.figure.reading]}",
            _ratio(met.figure.value),
            f"{_ratio(_end(met.figure, -1))} to {_ratio(_end(met.figure, 1))}",
            f"{_ratio(met.low)} to {_ratio(met.high)}",
            _ratios(met.before),
            _ratios(met.after),
            "yes" if met.is_met else "**no**",
        ]
        for met in fitted
    ]
    heads = ["figure", "published", "its 90 %", "widened", "model before", "model after", "met"]
    notes = [f"- {PLACES[met.trial]}: {met.figure.note}" for met in fitted]
    return "\n\n".join([table(heads, lines), "\n".join(notes)])


def _missed(found: Found) -> str:
    missed = [met for met in found.figures if met.figure.is_fitted and not met.is_met]
    return "\n".join(
        f"**Missed**: {PLACES[met.trial]}, {READINGS[met.figure.reading]}:"
        f" {_ratio(met.after.median)} where {_ratio(met.figure.value)} was measured."
        for met in missed
    )


def _groups(found: Found) -> str:
    lines = [
        [
            GROUP_NAMES[met.figure.group],
            f"{met.figure.value:+.0f} ({met.figure.standard_error:.0f})",
            f"{met.after.median:+.1f} ({met.after.low:+.1f} to {met.after.high:+.1f})",
            "yes" if met.is_met else "**no**",
        ]
        for met in found.figures
        if not met.figure.is_fitted
    ]
    heads = ["group", "published (standard error)", "model after", "in the published 90 %"]
    return table(heads, lines)


def _delivered(declaration: Declared, runs: Runs) -> str:
    lines = []
    for trial in declaration.trials:
        means = [
            float(np.mean(runs.readings[f"{trial.name}.all.{name}"]))
            for name in ("contacts_control", "contacts_treated", "job_share_control")
        ]
        lines.append(
            [PLACES[trial.name], f"{means[0]:.1f}", f"{means[1]:.1f}", f"{100 * means[2]:.0f} %"]
        )
    heads = ["trial", "contacts, control", "contacts, treated", "control with a job in a year"]
    return table(heads, lines)


def _end(figure: Figure, side: int) -> float:
    return figure.value + side * TWO_SIDED * figure.standard_error


def _ratio(log_ratio: float) -> str:
    return f"{math.exp(log_ratio):.2f}"


def _ratios(spread: Spread) -> str:
    return f"{_ratio(spread.median)} ({_ratio(spread.low)} to {_ratio(spread.high)})"


def _spread(spread: Spread) -> str:
    return f"{spread.median:.2f} ({spread.low:.2f} to {spread.high:.2f})"


def main() -> None:
    """Write the page to the path that is given."""
    Path(sys.argv[1]).write_text(page(Runs.read(FILE)), encoding="utf-8")


if __name__ == "__main__":
    main()
