"""The page of the shipped fits, written from their cards: ``docs/calibration.md``.

``python -m ui.reports.calibration.fits_page docs/calibration.md`` writes it again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from calibration.artefacts import shipped_card
from sim.parameters.draw_files import POSTERIOR
from sim.parameters.draws import SHARED
from ui.reports.calibration.fits_page_text import (
    BADGES_TEXT,
    CLOSING,
    COUNTRY,
    DEPARTMENTS,
    OPENING,
)

Card = Mapping[str, Any]

CARD_SUFFIX = ".card.json"
CHECKS = "simulation_based_calibration"


def shipped_cards() -> dict[str, Card]:
    """The cards that the package ships: the country first, then departments by name."""
    names = sorted(
        file.name.removesuffix(CARD_SUFFIX) for file in POSTERIOR.glob(f"*{CARD_SUFFIX}")
    )
    names.sort(key=lambda name: (name != SHARED, name))
    return {name: json.loads(shipped_card(name).read_text(encoding="utf-8")) for name in names}


def page(cards: Mapping[str, Card]) -> str:
    """The whole page in Markdown."""
    country = cards[SHARED]
    parts = [
        OPENING.strip(),
        _runs(cards),
        COUNTRY.strip(),
        _summary(country),
        _targets(country),
        _outside(country),
        BADGES_TEXT.strip(),
        _parameters(country),
        _coverage(country),
        DEPARTMENTS.strip(),
    ]
    for name, card in cards.items():
        if name != SHARED:
            own = [_summary(card), _targets(card), _outside(card), _parameters(card)]
            parts += [f"### `{name}`", *own]
    return "\n\n".join([*(part for part in parts if part), CLOSING.strip()]) + "\n"


def _runs(cards: Mapping[str, Card]) -> str:
    rows = [
        [
            f"`{name}`",
            card["date"],
            card["runs"],
            card["draws"],
            f"{card['seconds'] / 60:.1f}",
            card["key"][:12],
        ]
        for name, card in cards.items()
    ]
    return _table(["fit", "made on", "runs", "draws", "minutes of the last start", "key"], rows)


def _summary(card: Card) -> str:
    known = card["summary"]
    sentences = [
        f"{known['fit_inside']} of {known['fit']} fitted figures, {known['holdout_inside']} of"
        f" {known['holdout']} held-out ones lie inside the 90 % predictive interval.",
        f"χ² of the mean of the posterior runs: {known['chi_square_of_predictive_mean']:.1f}.",
    ]
    mean = card["at_posterior_mean"]
    sentences.append(f"χ² of {mean['runs']} runs at the posterior mean: {mean['chi_square']:.1f}.")
    return " ".join(sentences)


def _targets(card: Card) -> str:
    rows = [
        [
            f"`{target['id']}`",
            target["use"],
            _number(target["value"]),
            _number(target["sd"]),
            _range(target["prior"]),
            _range(target["posterior"]),
            _range(target["predictive"]),
            "yes" if target["is_inside"] else "**no**",
            target["unit"],
        ]
        for target in card["targets"]
    ]
    heads = ["figure", "use", "published", "tolerance", "prior runs", "posterior runs"]
    return _table([*heads, "predicted", "inside", "unit"], rows)


def _outside(card: Card) -> str:
    """What is told of the figures that the fit does not meet."""
    lines = [
        f"- `{target['id']}` ({target['use']}): {target['note'] or 'no reason is known.'}"
        for target in card["targets"]
        if not target["is_inside"]
    ]
    return "\n".join(["Outside:", "", *lines]) if lines else ""


def _parameters(card: Card) -> str:
    rows = [
        [
            f"`{parameter['name']}`",
            _range(parameter["prior"], is_middle=True),
            _range(parameter["posterior"], is_middle=True),
            f"{parameter['contraction']:.2f}" if parameter["is_learned"] else "not learned",
            parameter["badge"],
            parameter["unit"],
        ]
        for parameter in card["parameters"]
    ]
    return _table(["parameter", "prior", "posterior", "contraction", "badge", "unit"], rows)


def _coverage(card: Card) -> str:
    known = card.get(CHECKS)
    if not known:
        return ""
    text = json.dumps(known.get("smoother_on_emulator"), indent=1, ensure_ascii=False)
    return f"Simulation-based calibration of this fit:\n\n```json\n{text}\n```"


def _range(known: Mapping[str, float] | None, is_middle: bool = False) -> str:
    if known is None:
        return "–"
    low, high = _number(known["low"]), _number(known["high"])
    return f"{_number(known['median'])} ({low} to {high})" if is_middle else f"{low} to {high}"


def _number(value: float) -> str:
    """Three significant digits, without exponents."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def main() -> None:
    """Write the page to the path that is given."""
    Path(sys.argv[1]).write_text(page(shipped_cards()), encoding="utf-8")


if __name__ == "__main__":
    main()
