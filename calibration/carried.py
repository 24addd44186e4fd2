"""``python -m calibration.carried``: shipped draws and cards follow the present priors.

Parameters that no figure teaches are carried at their prior: each draw keeps its place in it,
independent of all that was learned. When such a prior is changed (as by trials) their values are
those of the same places in the new prior, and no run is needed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from calibration.artefacts import shipped_card
from calibration.card import parameter_record
from calibration.priors import Prior, from_normal, load_priors, to_normal
from calibration.study import Floats
from sim.files import json_bytes, write_atomically
from sim.parameters import load_department
from sim.parameters.draw_files import POSTERIOR, read_draws, write_draws
from sim.parameters.draws import SHARED, Draws
from sim.parameters.sources import DEPARTMENTS

Record = Mapping[str, Any]
NORMAL_95 = 1.6448536269514722


def prior_of(record: Record, present: Prior) -> Prior:
    """The prior that a card was made with: its median and ends, in the link of the present one."""
    known = record["prior"]
    ends = replace(present, median=float(known["median"]), sd=1.0)
    low, high = to_normal([ends], np.array([[known["low"]], [known["high"]]]))[:, 0]
    return replace(ends, sd=float(high - low) / (2.0 * NORMAL_95))


def changed(card: Record, priors: Mapping[str, Prior]) -> dict[str, tuple[Prior, Prior]]:
    """By path, the prior of the card and the present one, of carried parameters that differ."""
    found = {}
    for record in card["parameters"]:
        present = priors[record["name"]]
        before = prior_of(record, present)
        is_same = np.allclose([before.median, before.sd], [present.median, present.sd], rtol=1e-6)
        if not record["is_learned"] and not is_same:
            found[present.paths[0]] = (before, present)
    return found


def moved(draws: Draws, priors: Mapping[str, tuple[Prior, Prior]]) -> Draws:
    """The draws with each changed parameter at the same place of its new prior."""
    values = draws.values.copy()
    for path, (before, present) in priors.items():
        column = draws.paths.index(path)
        place = to_normal([before], values[:, [column]])
        low, high = _bounds(path)
        values[:, column] = np.clip(from_normal([present], place)[:, 0], low, high)
    return replace(draws, values=values)


def told(card: Record, priors: Mapping[str, tuple[Prior, Prior]], draws: Draws) -> dict[str, Any]:
    """The card with what is now known of the changed parameters."""
    records = []
    for record in card["parameters"]:
        path = record["paths"][0]
        if path in priors:
            present = priors[path][1]
            places: Floats = to_normal([present], draws.values[:, [draws.paths.index(path)]])
            record = parameter_record(present, [present], 0, places)
        records.append(record)
    return {**card, "parameters": records}


def _bounds(path: str) -> tuple[float, float]:
    form = load_department("somme").entry(path).form
    low = -np.inf if form.low is None else form.low
    high = np.inf if form.high is None else form.high
    return float(low), float(high)


def main() -> None:
    """Bring all shipped files up to the present priors."""
    priors = {prior.name: prior for prior in load_priors(SHARED, load_department("somme"))}
    country: Any = json.loads(shipped_card(SHARED).read_text(encoding="utf-8"))
    differ = changed(country, priors)
    departments = [file.stem for file in sorted(DEPARTMENTS.glob("*.yaml"))]
    for name in [SHARED, *departments]:
        file = POSTERIOR / f"{name}.parquet"
        if differ and file.exists():
            write_draws(file, moved(read_draws(file), differ))
    if differ:
        card = told(country, differ, read_draws(POSTERIOR / f"{SHARED}.parquet"))
        write_atomically(Path(str(shipped_card(SHARED))), json_bytes(card))
    print("\n".join(sorted(differ)) or "nothing differs")


if __name__ == "__main__":
    main()
