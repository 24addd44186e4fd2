"""The report of a fit in French, one HTML file without links, written from its card."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

from sim.language import Language
from sim.plain_text import escaped
from ui.reports.summary import TEMPLATE as EXPERIMENT_TEMPLATE
from ui.reports.wording import MINUS, html_text
from ui.texts import at, said
from ui.texts.figures import NARROW_SPACE

TEMPLATE = Path(__file__).with_name("fit_report.html")
DIGITS = 3
LEAST_SHOWN = 0.01
PLOT_WIDTH, PLOT_HEIGHT, PLOT_REACH = 150, 14, 4.0
LANGUAGE: Language = "fr"
"""The language of the report."""
USES = ("fit", "holdout", "check")
"""What a published figure is for, in the order of the report."""
IN_WORDS = frozenset({"origin", "parameters"})
"""Columns of words: they stand on the left."""


def fit_report(card: Mapping[str, Any], replay: str) -> str:
    """The whole page; ``replay`` is the command that gives the same draws again."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=html_text(_said("title", name=card["name"])),
        style=_style(),
        frame=html_text(_frame(card)),
        answer=html_text(_answer(card["summary"])),
        targets="".join(_targets(card["targets"], use) for use in USES),
        parameters=_parameters(card["parameters"]),
        reliability=_reliability(card),
        sensitivity=_sensitivity(card),
        limits="".join(f"<p>{html_text(limit)}</p>" for limit in _at("limits")),
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
    return _said(
        "frame",
        runs=number(card["runs"]),
        passes=settings["passes"],
        members=settings["members"],
        draws=card["draws"],
        seed=settings["seed"],
        minutes=number(minutes),
        day=_day(card["date"]),
        key=card["key"],
        version=card["versions"]["rsa-caseload"],
    )


def _day(iso: str) -> str:
    """``22/11/2026``."""
    return date.fromisoformat(iso).strftime("%d/%m/%Y")


def _answer(summary: Mapping[str, Any]) -> str:
    used = {"inside": summary["fit_inside"], "count": summary["fit"]}
    if summary["holdout"]:
        held = {"held": summary["holdout"], "held_inside": summary["holdout_inside"]}
        text = _said("answer_held_out", **used, **held)
    else:
        text = _said("answer", **used)
    if summary["not_within_prior"]:
        text += f" {_said('beyond_prior', listed=', '.join(summary['not_within_prior']))}"
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
            f"<td>{html_text(_interval(interval))}</td>"
            f"<td>{_plot(target)}</td></tr>"
        )
    return f"<h3>{html_text(_at('uses')[use])}</h3>{_table('target_heads', rows)}"


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
    gap = html_text(_said("gap"))
    color = "#0072B2" if target["is_inside"] else "#D55E00"
    return (
        f'<svg width="{PLOT_WIDTH}" height="{height}" role="img" aria-label="{gap}">'
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
            f"<span class='unit'>{html_text(_interval(before))}</span></td>"
            f"<td>{number(after['median'])}"
            f"<span class='unit'>{html_text(_interval(after))}</span></td>"
            f"<td>{html_text(one['unit'])}</td><td>{share:.0f}\u00a0%</td>"
            f'<td class="text">{html_text(_at("badges")[one["badge"]])}</td></tr>'
        )
    return f"<p>{html_text(_said('parameters'))}</p>{_table('parameter_heads', rows)}"


def _reliability(card: Mapping[str, Any]) -> str:
    record = card.get("simulation_based_calibration")
    if not record:
        return f"<p>{html_text(_said('no_bank'))}</p>"
    own = record["smoother_on_emulator"]
    shares = own["coverage_90_by_parameter"].values()
    away = own["outside_goal"]
    text = _said(
        "coverage",
        truths=own["truths"],
        coverage=_percent(own["coverage_90"]),
        error=number(100 * own["coverage_90_standard_error"]),
        lowest=_percent(min(shares)),
        highest=_percent(max(shares)),
    )
    text += f" {_said('outside_goal', listed=', '.join(away))}" if away else ""
    gap = card.get("smoother_against_chains")
    if gap:
        text += f" {_said('second_method', gap=number(gap['largest']))}"
    return f"<p>{html_text(text)}</p>"


def _sensitivity(card: Mapping[str, Any]) -> str:
    record = card.get("sobol")
    if not record:
        return f"<p>{html_text(_said('no_sensitivity'))}</p>"
    rows = []
    for name, one in record.items():
        shares = {key: share for key, share in one["total"].items() if share >= LEAST_SHOWN}
        listed = ", ".join(f"{key} ({_percent(share)})" for key, share in shares.items())
        rows.append(
            f"<tr><td>{html_text(name)}</td><td class='text'>{html_text(listed)}</td>"
            f"<td>{_percent(one['noise'])}</td></tr>"
        )
    return f"<p>{html_text(_said('sensitivity'))}</p>{_table('sensitivity_heads', rows)}"


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f}\u00a0%"


def _interval(one: Mapping[str, Any]) -> str:
    return _said("interval", low=number(one["low"]), high=number(one["high"]))


def _table(heads: str, rows: Sequence[str]) -> str:
    head = "".join(
        f'<th class="text">{html_text(text)}</th>'
        if name in IN_WORDS
        else f"<th>{html_text(text)}</th>"
        for name, text in _at(heads).items()
    )
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _at(name: str) -> Any:
    return at(f"fit_report.{name}", LANGUAGE)


def _said(name: str, /, **words: object) -> str:
    return said(f"fit_report.{name}", LANGUAGE, **words)
