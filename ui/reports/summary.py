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
from ui.reports.remarks import remark_text
from ui.reports.summary_table import results_table
from ui.reports.why_words import why_sentences
from ui.reports.wording import (
    difference_text,
    ends_text,
    html_text,
    month_text,
    number_text,
    territory_text,
    unit_text,
)

TEMPLATE = Path(__file__).with_name("report.html")
ANSWERED: tuple[str, ...] = (
    "caseload_households",
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "jobs_started",
)
KINDS: Mapping[str, str] = {
    "published": "publiées",
    "derived": "dérivées de chiffres publiés",
    "calibrated": "calées sur un prototype",
    "literature": "issues de la littérature",
    "assumed": "supposées",
}
KEY_ASSUMPTIONS: tuple[str, ...] = (
    "effects.contact_size",
    "effects.follow_up_rupture_multiplier",
    "effects.displacement_share",
)
CENTRAL = (
    "L'intervalle à 90 % est celui de l'écart moyen du modèle entre tirages aléatoires "
    "(Monte-Carlo). L'incertitude des paramètres n'y est pas : elle est plus grande, en "
    "particulier pour l'effet des contacts sur l'emploi, qui vient de la littérature et non de "
    "données du département."
)
"""What the interval leaves out when all replications share the central values."""
DRAWN = (
    "L'intervalle à 90 % est celui de l'écart moyen du modèle ; le hasard et l'incertitude des "
    "paramètres y entrent. L'effet des contacts sur l'emploi vient de la littérature et non de "
    "données du département. L'erreur du modèle lui-même n'y est pas."
)
"""What it holds when each replication takes its own draw of the parameters."""
LIMITS: tuple[str, ...] = (
    "Ce sont des projections d'un modèle sous des hypothèses énoncées, non des mesures ni des "
    "prévisions ; aucune conclusion causale sur les expérimentations réelles n'en découle.",
    "Les taux d'emploi sont bruts. Une partie des emplois obtenus peut l'être au détriment "
    "d'autres personnes : les données donnent aussi l'écart net de cet effet de déplacement.",
    "« Déjà au RSA » et « Nouveaux au RSA » désignent les mêmes personnes dans chaque scénario, "
    "quel que soit leur parcours. Les taux parmi les personnes entrées en accompagnement, dans les "
    "données, portent sur une population qui change d'un scénario à l'autre : ils ne servent qu'à "
    "la comparaison avec les taux bruts publiés.",
    "Sont hors du modèle : création d'emplois, effets sur le marché du travail national, "
    "non-recours, marché du logement.",
    "Le modèle ne sert ni à décider pour une personne, ni à classer des agents ou des services.",
)


def report_html(results: Results, pictures: Mapping[str, bytes], replay: str) -> str:
    """The whole page; ``pictures`` by name are put inside it."""
    experiment = results.experiment
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=html_text(_title(results)),
        frame=html_text(_frame(results)),
        answer=_answer(results),
        scenarios=_scenarios(results),
        table=results_table(results) if results.replications else "<p>Aucun résultat.</p>",
        figures="\n".join(_figure(name, picture) for name, picture in pictures.items()),
        definitions=_definitions(),
        assumptions=_assumptions(experiment.reference.base),
        limits="".join(f"<p>{html_text(limit)}</p>" for limit in limits_of(results)),
        replay=f"<code>{escaped(replay)}</code>"
        f'<p class="note">Version {escaped(package_version())}. Les fichiers, les graines et les '
        "empreintes des données d'entrée sont dans manifest.json.</p>",
    )


def limits_of(results: Results) -> tuple[str, ...]:
    """What the answer does not say, what its interval holds first."""
    said = tuple(f"{remark_text(one, 'fr')}." for one in remarks(*results.experiment.scenarios))
    doubt = CENTRAL if results.experiment.draws is None else DRAWN
    return (*said, LIMITS[0], doubt, *LIMITS[1:])


def _title(results: Results) -> str:
    experiment = results.experiment
    if len(experiment.scenarios) == 1:
        return f"{experiment.reference.title.fr} : que donne ce scénario ?"
    others = [f"« {scenario.title.fr} »" for scenario in experiment.scenarios[1:]]
    listed = others[0] if len(others) == 1 else ", ".join(others[:-1]) + f" et {others[-1]}"
    verb = "change" if len(others) == 1 else "changent"
    return f"Que {verb} {listed} par rapport à « {experiment.reference.title.fr} » ?"


def _frame(results: Results) -> str:
    """What was simulated, in one line."""
    experiment = results.experiment
    start, months = experiment.reference.start, experiment.reference.months
    asked, count = experiment.replications, len(results.replications)
    repeated = f"{count} réplications appariées" if count > 1 else f"{count} réplication"
    text = (
        f"{experiment.reference.base.label}, {months} mois à partir de "
        f"{month_text(start.year, start.month, 'fr')}, {repeated}, graine {experiment.seed}."
    )
    if experiment.reference.share != 1.0:
        share = number_text(experiment.reference.share, "share", "fr")
        text += f" Département réduit à {share} % : à ne pas comparer au département entier."
    if not experiment.is_paired:
        text += (
            " Les populations de départ diffèrent : les écarts ne viennent pas seulement de ce "
            "que le scénario change en cours de route."
        )
    if experiment.draws is not None:
        text += f" {remark_text(drawn(experiment), 'fr')}"
    if results.is_cancelled:
        text += f" Calcul interrompu : {count} réplications sur {asked}."
    return text


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
        label = outcome_definition(outcome).label.fr
        unit = f" {unit_text(row.unit, 'fr')}" if row.unit == "days" else ""
        gap = f"{difference_text(row.difference, row.unit, 'fr')}{unit}"
        ends = ends_text(row.ends, row.unit, "fr")
        if not row.ends.is_known:
            ends = f"({ends})"
        pieces.append(f"{label[:1].lower()}{label[1:]} {gap} {ends}")
    place = territory_text(experiment.reference, territory, "fr")
    sentence = (
        f"{place}, « {experiment.scenarios[1].title.fr} » comparé à la référence : "
        f"{' ; '.join(pieces)}."
    )
    reasons = "".join(
        f"<p>{html_text(reason)}</p>" for reason in why_sentences(results, (territory,), "fr")
    )
    return f'<p class="answer">{html_text(sentence)}</p>{reasons}'


def _scenarios(results: Results) -> str:
    parts = []
    for position, scenario in enumerate(results.experiment.scenarios):
        role = " (référence)" if position == 0 and len(results.experiment.scenarios) > 1 else ""
        heading = html_text(scenario.title.fr + role)
        parts.append(f"<h3>{heading}</h3><p>{html_text(scenario.description.fr)}</p>")
    return "".join(parts)


def _figure(name: str, picture: bytes) -> str:
    content = base64.b64encode(picture).decode("ascii")
    return f'<figure><img alt="{escaped(name)}" src="data:image/png;base64,{content}"></figure>'


def _definitions() -> str:
    items = []
    for name in HEADLINES:
        definition = outcome_definition(name)
        unit = unit_text(definition.unit, "fr")
        start, population = definition.start.fr, definition.population.fr
        items.append(
            f"<dt>{html_text(definition.label.fr)} ({html_text(unit)})</dt>"
            f"<dd>{html_text(definition.definition.fr)} Point de départ : {html_text(start)}. "
            f"Population : {html_text(population)}.</dd>"
        )
    return f"<dl>{''.join(items)}</dl>"


def _assumptions(parameters: Parameters) -> str:
    """Where the values come from, and those that carry the effects."""
    counts = Counter(parameters.entry(path).kind for path in parameters.paths())
    total = sum(counts.values())
    listed = ", ".join(f"{counts[kind]} {text}" for kind, text in KINDS.items() if counts[kind])
    rows = []
    for path in KEY_ASSUMPTIONS:
        entry = parameters.entry(path)
        rows.append(
            f"<tr><td>{escaped(path)}</td><td>{parameters.number(path):g}</td>"
            f"<td>{escaped(str(entry.uncertainty))}</td><td>{escaped(entry.kind)}</td></tr>"
        )
    return (
        f"<p>{total} valeurs : {html_text(listed)}. Chacune est dans parameters.json avec son "
        "unité, sa source et son incertitude.</p>"
        "<p>Les effets de l'accompagnement sur l'emploi reposent surtout sur ces valeurs :</p>"
        '<div class="scroll"><table><thead><tr><th>Paramètre</th><th>Valeur</th>'
        f"<th>Plage</th><th>Nature</th></tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
