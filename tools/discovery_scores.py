"""What the EMA workbench says of runs: asked by `verify_discovery`."""

from __future__ import annotations

import sys

import pandas as pd
from ema_workbench.analysis import feature_scoring, prim


def main() -> None:
    """The input with the highest score, the box of the upper half, and all scores."""
    file, outcome = sys.argv[1:]
    runs = pd.read_csv(file)
    inputs = runs.drop(columns=["model", "policy", outcome])
    values = runs[outcome].to_numpy()
    scores = feature_scoring.get_feature_scores_all(
        inputs.drop(columns="scenario"), {outcome: values}, random_state=1
    )[outcome].astype(float)
    box = prim.Prim(inputs, values > runs[outcome].median(), threshold=0.8).find_box()
    shape, limits = box.inspect(style="data")[0]
    print(f"most: {scores.idxmax()}")
    print(f"box: {', '.join(map(str, limits.index))}")
    print(f"coverage {shape['coverage']:.2f}, density {shape['density']:.2f}")
    print(scores.sort_values(ascending=False).round(3).to_string())


if __name__ == "__main__":
    main()
