"""The report of a fit in French, one HTML file without links, written from its card."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

from sim.plain_text import escaped
from ui.reports.summary import TEMPLATE as EXPERIMENT_TEMPLATE
from ui.reports.wording import MINUS, html_text
from ui.texts.figures import NARROW_SPACE

TEMPLATE = Path(__file__).with_name("fit_report.html")
DIGITS = 3
LEAST_SHOWN = 0.01
PLOT_WIDTH, PLOT_HEIGHT, PLOT_REACH = 150, 14, 4.0
BADGES: Mapping[str, str] = {
    "data": "données",
    "mixed": "données et a priori",
    "literature": "littérature",
    "assumption": "hypothèse",
}
USES: Mapping[str, str] = {
    "fit": "Utilisés pour le calage",
    "holdout": "Mis de côté : le calage ne les a pas vus",
    "check": "Pour contrôle",
}
LIMITS: tuple[str, ...] = (
    "Un bon ajustement ne prouve pas que les paramètres sont vrais : des erreurs du modèle peuvent "
    "se compenser. Les chiffres mis de côté en disent plus que ceux du calage.",
    "Les paramètres issus de la littérature (effet des contacts, effet de déplacement, suivi dans "
    "l'emploi, sanctions) ne sont pas appris : ils gardent leur distribution a priori, et les "
    "autres sont calés pour chacune de leurs valeurs.",
    "Une population ou une période autre que celle des sources peut s'écarter de ces intervalles.",
)


LEFT = frozenset({"Paramètres qui comptent le plus", "D'où vient-il"})


def fit_report(card: Mapping[str, Any], replay: str) -> str:
    """The whole page; ``replay`` is the command that gives the same draws again."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=html_text(f"Calage : {card['name']}"),
        style=_style(),
        frame=html_text(_frame(card)),
        answer=html_text(_answer(card["summary"])),
        targets="".join(_targets(card["targets"], use) for use in USES),
        parameters=_parameters(card["parameters"]),
        reliability=_reliability(card),
        sensitivity=_sensitivity(card),
        limits="".join(f"<p>{html_text(limit)}</p>" for limit in LIMITS),
        replay=f"<code>{escaped(replay)}</code>",
    )


def number(value: float | None) -> str:
    """A number with three digits, in French."""
    if value is None or not math.isfinite(value):
        return "–"
    size = abs(value)
    decimals = 0 if size >= 10 ** (DIGITS - 1) else DIGITS - 1 - _exponent(size)
    text = f"{value:,.{min(decimals, 6)}f}".replace(",", NARROW_SPACE).replace(".", ",")
    return text.replace("-", MINUS)


def _exponent(size: float) -> int:
    return math.floor(math.log10(size)) if size > 0.0 else 0


def _style() -> str:
    """The style of the reports of experiments."""
    text = EXPERIMENT_TEMPLATE.read_text(encoding="utf-8")
    return text[text.index("<style>") : text.index("</style>") + len("</style>")]


def _frame(card: Mapping[str, Any]) -> str:
    settings = card["settings"]["smoother"]
    minutes = float(card["seconds"]) / 60.0
    return (
        f"{number(card['runs'])} simulations ({settings['passes']} passes de "
        f"{settings['members']}), {card['draws']} jeux de paramètres retenus, graine "
        f"{settings['seed']}, {number(minutes)} minutes de calcul pour la dernière reprise. "
        f"Calage du {_day(card['date'])}, empreinte {card['key']}, "
        f"version {card['versions']['rsa-caseload']}."
    )


def _day(iso: str) -> str:
    """``22/11/2026``."""
    return date.fromisoformat(iso).strftime("%d/%m/%Y")


def _answer(summary: Mapping[str, Any]) -> str:
    text = (
        f"{summary['fit_inside']} des {summary['fit']} chiffres publiés utilisés sont dans "
        "l'intervalle prédictif à 90 % du modèle calé"
    )
    if summary["holdout"]:
        text += f" ; parmi ceux mis de côté, {summary['holdout_inside']} sur {summary['holdout']}"
    text += "."
    if summary["not_within_prior"]:
        listed = ", ".join(summary["not_within_prior"])
        text += f" Hors de portée des a priori : {listed}."
    return text


def _targets(targets: Sequence[Mapping[str, Any]], use: str) -> str:
    own = [target for target in targets if target["use"] == use]
    if not own:
        return ""
    rows = []
    for target in own:
        interval = target["predictive"] or {"low": None, "high": None}
        simulated = target["posterior"] or {"median": None}
        is_away = "" if target["is_inside"] else ' class="away"'
        rows.append(
            f"<tr{is_away}><td>{html_text(target['id'])}"
            f'<span class="unit">{html_text(target["source"])}</span></td>'
            f"<td>{number(target['value'])}<span class='unit'>{html_text(target['unit'])}</span>"
            f"</td><td>± {number(target['sd'])}</td><td>{number(simulated['median'])}</td>"
            f"<td>{number(interval['low'])} à {number(interval['high'])}</td>"
            f"<td>{_plot(target)}</td></tr>"
        )
    heads = ("Chiffre", "Publié", "Erreur (1 é.-t.)", "Modèle calé", "Intervalle à 90 %", "Écart")
    return f"<h3>{html_text(USES[use])}</h3>{_table(heads, rows)}"


def _plot(target: Mapping[str, Any]) -> str:
    """The predictive interval around the published figure, in units of its error."""
    interval, sd = target["predictive"], target["sd"]
    if interval is None or not sd > 0.0:
        return ""

    def place(value: float) -> float:
        deviation = (value - target["value"]) / sd
        inside = min(max(deviation, -PLOT_REACH), PLOT_REACH)
        return float((inside + PLOT_REACH) / (2.0 * PLOT_REACH) * (PLOT_WIDTH - 2) + 1)

    low, high, middle = (place(interval[name]) for name in ("low", "high", "median"))
    centre, height = PLOT_WIDTH / 2, PLOT_HEIGHT
    color = "#0072B2" if target["is_inside"] else "#D55E00"
    return (
        f'<svg width="{PLOT_WIDTH}" height="{height}" role="img" aria-label="écart">'
        f'<line x1="{centre}" x2="{centre}" y1="0" y2="{height}" stroke="#59636b"/>'
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{height / 2}" y2="{height / 2}" '
        f'stroke="{color}" stroke-width="3"/>'
        f'<circle cx="{middle:.1f}" cy="{height / 2}" r="3.5" fill="{color}"/></svg>'
    )


def _parameters(parameters: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    for one in sorted(parameters, key=lambda one: -float(one["contraction"])):
        before, after = one["prior"], one["posterior"]
        share = 100.0 * max(float(one["contraction"]), 0.0)
        rows.append(
            f"<tr><td>{html_text(one['name'])}"
            f'<span class="unit">{html_text(", ".join(one["source"]))}</span></td>'
            f"<td>{number(before['median'])}"
            f"<span class='unit'>{number(before['low'])} à {number(before['high'])}</span></td>"
            f"<td>{number(after['median'])}"
            f"<span class='unit'>{number(after['low'])} à {number(after['high'])}</span></td>"
            f"<td>{html_text(one['unit'])}</td><td>{share:.0f}\u00a0%</td>"
            f'<td class="text">{BADGES[one["badge"]]}</td></tr>'
        )
    heads = ("Paramètre", "A priori", "Après calage", "Unité", "Resserrement", "D'où vient-il")
    introduction = (
        "<p>Médiane et intervalle à 90 %. Le resserrement dit de combien les chiffres publiés "
        "réduisent l'incertitude : au-delà de 50 %, le paramètre vient des données ; en deçà de "
        "20 %, il reste ce que disent la littérature ou l'hypothèse.</p>"
    )
    return introduction + _table(heads, rows)


def _reliability(card: Mapping[str, Any]) -> str:
    record = card.get("simulation_based_calibration")
    if not record:
        return html_text(
            "Ce calcul n'a pas de banque de simulations : la couverture des intervalles n'y est "
            "pas contrôlée. Elle l'est avec l'option --bank, à partir de 500 simulations."
        ).join(("<p>", "</p>"))
    own = record["smoother_on_emulator"]
    shares = own["coverage_90_by_parameter"].values()
    away = own["outside_goal"]
    text = (
        f"{own['truths']} mondes dont les paramètres sont connus ont été simulés puis calés comme "
        f"les vrais chiffres. L'intervalle à 90 % contient la vérité dans "
        f"{_percent(own['coverage_90'])} des cas (erreur type "
        f"{number(100 * own['coverage_90_standard_error'])} points) ; selon le paramètre, de "
        f"{_percent(min(shares))} à {_percent(max(shares))}."
    )
    text += f" Hors de l'objectif : {', '.join(away)}." if away else ""
    gap = card.get("smoother_against_chains")
    if gap:
        text += (
            " Une seconde méthode (chaînes de Metropolis sur un émulateur) donne des moyennes "
            f"distantes d'au plus {number(gap['largest'])} écart-type a priori."
        )
    return f"<p>{html_text(text)}</p>"


def _sensitivity(card: Mapping[str, Any]) -> str:
    record = card.get("sobol")
    if not record:
        return f"<p>{html_text('Non calculé : il faut une banque de simulations.')}</p>"
    rows = []
    for name, one in record.items():
        shares = {key: share for key, share in one["total"].items() if share >= LEAST_SHOWN}
        listed = ", ".join(f"{key} ({_percent(share)})" for key, share in shares.items())
        rows.append(
            f"<tr><td>{html_text(name)}</td><td class='text'>{html_text(listed)}</td>"
            f"<td>{_percent(one['noise'])}</td></tr>"
        )
    introduction = (
        "<p>Part de la variance a priori de chaque chiffre que porte un paramètre, avec ses "
        "interactions (indice de Sobol total).</p>"
    )
    heads = ("Chiffre", "Paramètres qui comptent le plus", "Hasard et reste")
    return introduction + _table(heads, rows)


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f}\u00a0%"


def _table(heads: Sequence[str], rows: Sequence[str]) -> str:
    head = "".join(
        f'<th class="text">{html_text(text)}</th>'
        if text in LEFT
        else f"<th>{html_text(text)}</th>"
        for text in heads
    )
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
