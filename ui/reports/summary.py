"""A summary in French as one HTML file without links: question, answer, table, figures, limits."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from string import Template

from sim.experiments.comparison import compare
from sim.experiments.drawn import drawn
from sim.experiments.headlines import (
    HEADLINES,
    headline_rows,
    territories_shown,
)
from sim.experiments.runner import Results
from sim.outcomes.definitions import outcome_definition
from sim.parameters import Parameters
from sim.plain_text import escaped
from sim.policy import remarks
from sim.version import package_version
from ui.ages import start_text
from ui.reports.remarks import BETWEEN, remark_text
from ui.reports.summary_table import PAGE, results_table
from ui.reports.why_words import shown_reasons, why_sentences
from ui.reports.wording import (
    difference_text,
    ends_text,
    html_text,
    month_text,
    number_text,
    territory_text,
    unit_text,
)
from ui.texts import at, said

TEMPLATE = Path(__file__).with_name("report.html")
ANSWERED: tuple[str, ...] = (
    "stock_job_within_12m_share",
    "entrants_job_within_12m_share",
    "caseload_households",
    "wait_for_caseworker_days_mean",
    "jobs_started",
)
KEY_ASSUMPTIONS: tuple[str, ...] = (
    "effects.contact_size",
    "effects.follow_up_rupture_multiplier",
    "effects.displacement_share",
)


def report_html(results: Results, pictures: Mapping[str, bytes], replay: str) -> str:
    """The whole page; ``pictures`` by name are put inside it."""
    experiment = results.experiment
    version = said("run_report.version", PAGE, version=package_version())
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=html_text(_title(results)),
        frame=html_text(_frame(results)),
        answer=_answer(results),
        scenarios=_scenarios(results),
        table=results_table(results)
        if results.replications
        else f"<p>{html_text(said('run_report.no_result', PAGE))}</p>",
        figures="\n".join(_figure(name, picture) for name, picture in pictures.items()),
        definitions=_definitions(),
        assumptions=_assumptions(experiment.reference.base),
        limits="".join(f"<p>{html_text(limit)}</p>" for limit in limits_of(results)),
        replay=f'<code>{escaped(replay)}</code><p class="note">{html_text(version)}</p>',
    )


def limits_of(results: Results) -> tuple[str, ...]:
    """What the answer does not say, what its interval holds first."""
    first = tuple(f"{remark_text(one, PAGE)}." for one in remarks(*results.experiment.scenarios))
    doubt = "run_report.central" if results.experiment.draws is None else "run_report.drawn"
    both = (said("run_report.projections", PAGE), said(doubt, PAGE))
    return (*first, *both, *map(str, at("run_report.limits", PAGE)))


def _title(results: Results) -> str:
    experiment = results.experiment
    reference = getattr(experiment.reference.title, PAGE)
    if len(experiment.scenarios) == 1:
        return said("run_report.title_of_one", PAGE, reference=reference)
    *names, last = (
        said("run_report.quoted", PAGE, title=getattr(scenario.title, PAGE))
        for scenario in experiment.scenarios[1:]
    )
    if not names:
        return said("run_report.title_one", PAGE, others=last, reference=reference)
    listed = said("run_report.and", PAGE, names=", ".join(names), last=last)
    return said("run_report.title", PAGE, others=listed, reference=reference)


def _frame(results: Results) -> str:
    """What was simulated, in one line."""
    experiment = results.experiment
    start, months = experiment.reference.start, experiment.reference.months
    count = len(results.replications)
    sentences = [
        said(
            "run_report.frame" if count > 1 else "run_report.frame_one",
            PAGE,
            department=experiment.reference.base.label,
            months=months,
            start=month_text(start.year, start.month, PAGE),
            count=count,
            seed=experiment.seed,
        )
    ]
    start_figure = start_text(experiment.reference, PAGE)
    if start_figure:
        sentences.append(start_figure)
    if experiment.reference.share != 1.0:
        share = number_text(experiment.reference.share, "share", PAGE)
        sentences.append(said("run_report.part", PAGE, share=share))
    if not experiment.is_paired:
        sentences.append(said("run_report.apart", PAGE))
    if experiment.draws is not None:
        sentences.append(remark_text(drawn(experiment), PAGE))
    if results.is_cancelled:
        asked = experiment.replications
        sentences.append(said("run_report.stopped", PAGE, count=count, asked=asked))
    return " ".join(sentences)


def _answer(results: Results) -> str:
    """One sentence on the first scenario compared, where it acts."""
    experiment = results.experiment
    if len(experiment.scenarios) < 2 or not results.replications:
        return ""
    rows = headline_rows(compare(results))
    territory = territories_shown(experiment)[0]
    pieces = []
    for outcome in ANSWERED:
        row = rows.get((territory, outcome, experiment.names[1]))
        if row is None:
            continue
        label = str(getattr(outcome_definition(outcome).label, PAGE))
        unit = f" {unit_text(row.unit, PAGE)}" if row.unit == "days" else ""
        gap = f"{difference_text(row.difference, row.unit, PAGE)}{unit}"
        ends = ends_text(row.ends, row.unit, PAGE)
        if not row.ends.is_known:
            ends = f"({ends})"
        pieces.append(f"{label[:1].lower()}{label[1:]} {gap} {ends}")
    place = territory_text(experiment.reference, territory, PAGE)
    sentence = said(
        "run_report.answer",
        PAGE,
        place=place,
        scenario=getattr(experiment.scenarios[1].title, PAGE),
        pieces=BETWEEN[PAGE].join(pieces),
    )
    reasons = "".join(
        f"<p>{html_text(reason)}</p>"
        for reason in why_sentences(shown_reasons(results), experiment, PAGE)
    )
    return f'<p class="answer">{html_text(sentence)}</p>{reasons}'


def _scenarios(results: Results) -> str:
    parts = []
    for position, scenario in enumerate(results.experiment.scenarios):
        title = str(getattr(scenario.title, PAGE))
        if position == 0 and len(results.experiment.scenarios) > 1:
            title = said("run_report.reference", PAGE, title=title)
        description = html_text(getattr(scenario.description, PAGE))
        parts.append(f"<h3>{html_text(title)}</h3><p>{description}</p>")
    return "".join(parts)


def _figure(name: str, picture: bytes) -> str:
    content = base64.b64encode(picture).decode("ascii")
    return f'<figure><img alt="{escaped(name)}" src="data:image/png;base64,{content}"></figure>'


def _definitions() -> str:
    items = []
    for name in HEADLINES:
        definition = outcome_definition(name)
        unit = unit_text(definition.unit, PAGE)
        words = {
            name: getattr(getattr(definition, name), PAGE)
            for name in ("definition", "start", "population")
        }
        counts = html_text(said("run_report.definition", PAGE, **words))
        label = html_text(getattr(definition.label, PAGE))
        items.append(f"<dt>{label} ({html_text(unit)})</dt><dd>{counts}</dd>")
    return f"<dl>{''.join(items)}</dl>"


def _assumptions(parameters: Parameters) -> str:
    """Where the values come from, and those that carry the effects."""
    counts = Counter(parameters.entry(path).kind for path in parameters.paths())
    total = sum(counts.values())
    kinds = at("run_report.kinds", PAGE)
    listed = ", ".join(f"{counts[kind]} {text}" for kind, text in kinds.items() if counts[kind])
    rows = []
    for path in KEY_ASSUMPTIONS:
        entry = parameters.entry(path)
        rows.append(
            f"<tr><td>{escaped(path)}</td><td>{parameters.number(path):g}</td>"
            f"<td>{escaped(str(entry.uncertainty))}</td><td>{escaped(entry.kind)}</td></tr>"
        )
    heads = "".join(f"<th>{html_text(head)}</th>" for head in at("run_report.carrier_heads", PAGE))
    return (
        f"<p>{html_text(said('run_report.values', PAGE, total=total, listed=listed))}</p>"
        f"<p>{html_text(said('run_report.carriers', PAGE))}</p>"
        f'<div class="scroll"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
