"""The table of the HTML summary: values, differences and intervals by territory."""

from __future__ import annotations

from sim.experiments.comparison import Row, compare
from sim.experiments.headlines import (
    HEADLINES,
    headline_rows,
    territories_shown,
)
from sim.experiments.runner import Results
from sim.experiments.tables import spread
from sim.language import Language
from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL
from ui.reports.called_words import called_sentence
from ui.reports.wording import (
    difference_text,
    ends_text,
    html_text,
    label_text,
    number_text,
    territory_text,
    unit_named,
)
from ui.texts import at, said

PAGE: Language = "fr"
"""The language of the page."""


def results_table(results: Results) -> str:
    """Differences when there is more than one scenario, otherwise the values alone."""
    table = _differences(results) if len(results.experiment.scenarios) > 1 else _values(results)
    return f'<div class="scroll">{table}</div><p class="note">{html_text(_note(results))}</p>'


def _note(results: Results) -> str:
    months = results.replications[0].outcomes[0].axes.months
    since = label_text(months[results.experiment.since + 1], PAGE)
    last = label_text(months[-1], PAGE)
    told = [said("run_report.note", PAGE, last=last, since=since)]
    if len(results.experiment.scenarios) > 1:
        told.append(said("run_report.note_differences", PAGE))
        told.append(called_sentence(results.experiment.scenarios, PAGE))
    return " ".join(filter(None, told))


def _differences(results: Results) -> str:
    experiment = results.experiment
    rows = headline_rows(compare(results))
    titles = (getattr(scenario.title, PAGE) for scenario in experiment.scenarios)
    heads = "".join(f"<th>{html_text(title)}</th>" for title in titles)
    result = html_text(said("run_report.result", PAGE))
    body = []
    for territory in territories_shown(experiment):
        body.append(_place_row(results, territory, len(experiment.scenarios) + 1))
        for outcome in HEADLINES:
            found = [rows.get((territory, outcome, name)) for name in experiment.names[1:]]
            first = next((row for row in found if row is not None), None)
            if first is None:
                continue
            cells = "".join(_difference_cell(row) for row in found)
            reference = number_text(first.reference, first.unit, PAGE)
            body.append(f"<tr>{_outcome_cell(outcome)}<td>{reference}</td>{cells}</tr>")
    return (
        f"<table><thead><tr><th>{result}</th>{heads}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def _difference_cell(row: Row | None) -> str:
    if row is None:
        return "<td>–</td>"
    kind = "gap clear" if row.ends.is_clear else "gap"
    gap = difference_text(row.difference, row.unit, PAGE)
    ends = ends_text(row.ends, row.unit, PAGE)
    return (
        f"<td>{number_text(row.value, row.unit, PAGE)}"
        f'<span class="{kind}">{html_text(f"{gap} {ends}")}</span></td>'
    )


def _values(results: Results) -> str:
    """Mean and quantiles over replications of the only scenario."""
    experiment = results.experiment
    found = {
        (row["territory"], row["outcome"]): row for row in spread(results) if row["month"] == ALL
    }
    places = (ALL, *experiment.reference.base.labels("territories"))
    heads = "".join(f"<th>{html_text(head)}</th>" for head in at("run_report.value_heads", PAGE))
    body = []
    for territory in places:
        body.append(_place_row(results, territory, 3))
        for outcome in HEADLINES:
            row = found.get((territory, outcome))
            if row is None:
                continue
            unit = str(row["unit"])
            mean, low, high = (
                number_text(float(str(row[key])), unit, PAGE) for key in ("value", "low", "high")
            )
            body.append(f"<tr>{_outcome_cell(outcome)}<td>{mean}</td><td>{low} – {high}</td></tr>")
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _place_row(results: Results, territory: str, columns: int) -> str:
    name = territory_text(results.experiment.reference, territory, PAGE)
    return f'<tr class="place"><th colspan="{columns}">{html_text(name)}</th></tr>'


def _outcome_cell(outcome: str) -> str:
    definition = outcome_definition(outcome)
    unit = html_text(unit_named(definition.unit, PAGE))
    return f'<td>{html_text(getattr(definition.label, PAGE))}<span class="unit">{unit}</span></td>'
