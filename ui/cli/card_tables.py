"""The calibration card on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from ui.cli.spoken import in_language, number, text, texts

TARGET_WORDS, PARAMETER_WORDS = (0, 1, 2, 7), (0, 1, 7)
"""The columns that hold words."""


def target_table(card: Mapping[str, Any]) -> Table:
    """Published figures, and what the fitted model gives for them."""
    title = text("cli_fit.targets", name=card["name"])
    table = _empty(title, texts("cli_fit.target_heads"), TARGET_WORDS)
    for one in card["targets"]:
        interval, own = one["predictive"], one["posterior"]
        table.add_row(
            one["id"], one["use"], one["unit"], _figure(one["value"], 4), _figure(one["sd"], 2),
            "–" if own is None else _figure(own["median"], 4),
            "–" if interval is None else _between(interval, 4),
            "" if one["is_inside"] else text("cli_fit.outside"),
        )  # fmt: skip
    return table


def parameter_table(card: Mapping[str, Any]) -> Table:
    """Parameters before and after, those that the figures taught most about first."""
    heads = texts("cli_fit.parameter_heads")
    table = _empty(text("cli_fit.parameters"), heads, PARAMETER_WORDS)
    for one in sorted(card["parameters"], key=lambda one: -float(one["contraction"])):
        before, after = one["prior"], one["posterior"]
        table.add_row(
            one["name"], one["unit"],
            _figure(before["median"], 3), _between(before, 3),
            _figure(after["median"], 3), _between(after, 3),
            f"{100 * max(float(one['contraction']), 0.0):.0f} %", one["badge"],
        )  # fmt: skip
    return table


def remarks(card: Mapping[str, Any]) -> list[str]:
    """What the tables come to, and what was checked."""
    own = card["summary"]
    counts = {name: own[name] for name in ("fit_inside", "fit", "holdout_inside", "holdout")}
    made = {name: card[name] for name in ("runs", "draws", "key", "date")}
    lines = [text("cli_fit.inside", **counts), text("cli_fit.made", **made)]
    if own["not_within_prior"]:
        lines.append(text("cli_fit.out_of_reach", names=", ".join(own["not_within_prior"])))
    record = card.get("simulation_based_calibration")
    if record is None:
        lines.append(text("cli_fit.unchecked"))
    else:
        found = record["smoother_on_emulator"]
        away = ", ".join(found["outside_goal"]) or text("cli_fit.none")
        covered = number(100 * found["coverage_90"], 1)
        known = {"truths": found["truths"], "covered": covered, "names": away}
        lines.append(text("cli_fit.coverage", **known))
    return lines


def _figure(value: float, digits: int) -> str:
    return in_language(f"{value:.{digits}g}")


def _between(interval: Mapping[str, float], digits: int) -> str:
    low, high = (_figure(interval[end], digits) for end in ("low", "high"))
    return text("cli.to", low=low, high=high)


def _empty(title: str, heads: Sequence[str], words: Sequence[int]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if place in words else "right")
    return table
