"""The notebook on the Mesa window, cell by cell, without Jupyter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs/mesa_window.ipynb"


@pytest.mark.filterwarnings("ignore:.*non-interactive")
def test_a_researcher_holds_a_job_club_and_compares_the_same_people() -> None:
    matplotlib.use("Agg")
    known: dict[str, Any] = {}
    for number, cell in enumerate(json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"cell {number}", "exec"), known)
    plt.close("all")
    waiting, after = known["waiting"], known["difference"]
    assert len(waiting) > 35
    assert waiting.to_numpy().sum() > 100
    pathways = known["reference"].scenario.base.labels("pathways")
    assert {"not yet"} < set(waiting.columns) <= {"not yet", *pathways}
    is_before = np.array([day.month < 3 for day in after.index])
    assert not after[is_before].any()
    assert after[~is_before].any()
    assert 0 < len(known["otherwise"]) < len(known["both"]) / 2
