"""The calibration card on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

LEFT = frozenset({"Figure", "Parameter", "Unit", "Use", "Known from", ""})


def target_table(card: Mapping[str, Any]) -> Table:
    """Published figures, and what the fitted model gives for them."""
    heads = ("Figure", "Use", "Unit", "Published", "Error (sd)", "Model", "90 % interval", "")
    table = _empty(f"{card['name']}: published figures and the fitted model", heads)
    for one in card["targets"]:
        interval, own = one["predictive"], one["posterior"]
        table.add_row(
            one["id"], one["use"], one["unit"], f"{one['value']:.4g}", f"{one['sd']:.2g}",
            "–" if own is None else f"{own['median']:.4g}",
            "–" if interval is None else f"{interval['low']:.4g} to {interval['high']:.4g}",
            "" if one["is_inside"] else "outside",
        )  # fmt: skip
    return table


def parameter_table(card: Mapping[str, Any]) -> Table:
    """Parameters before and after, those that the figures taught most about first."""
    heads = ("Parameter", "Unit", "Before", "90 %", "After", "90 %", "Narrowed", "Known from")
    table = _empty("Parameters before and after the fit", heads)
    for one in sorted(card["parameters"], key=lambda one: -float(one["contraction"])):
        before, after = one["prior"], one["posterior"]
        table.add_row(
            one["name"], one["unit"],
            f"{before['median']:.3g}", f"{before['low']:.3g} to {before['high']:.3g}",
            f"{after['median']:.3g}", f"{after['low']:.3g} to {after['high']:.3g}",
            f"{100 * max(float(one['contraction']), 0.0):.0f} %", one["badge"],
        )  # fmt: skip
    return table


def remarks(card: Mapping[str, Any]) -> list[str]:
    """What the tables come to, and what was checked."""
    own = card["summary"]
    lines = [
        f"Inside the 90 % interval: {own['fit_inside']} of {own['fit']} figures fitted, "
        f"{own['holdout_inside']} of {own['holdout']} held out.",
        f"{card['runs']} runs, {card['draws']} draws, key {card['key']}, {card['date']}.",
    ]
    if own["not_within_prior"]:
        lines.append(f"Out of the prior's reach: {', '.join(own['not_within_prior'])}.")
    record = card.get("simulation_based_calibration")
    if record is None:
        lines.append("Coverage of the intervals was not checked (needs --bank 500 or more).")
    else:
        found = record["smoother_on_emulator"]
        away = ", ".join(found["outside_goal"]) or "none"
        lines.append(
            f"Coverage of 90 % intervals over {found['truths']} synthetic truths: "
            f"{100 * found['coverage_90']:.1f} %; parameters outside the goal: {away}."
        )
    return lines


def _empty(title: str, heads: Sequence[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    for head in heads:
        table.add_column(head, justify="left" if head in LEFT else "right")
    return table
