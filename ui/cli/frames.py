"""Tables of pandas on the terminal, and their rows as plain values."""

from __future__ import annotations

import pandas as pd

from ui.cli.rows import print_rows


def print_frame(frame: pd.DataFrame) -> None:
    """Show the first rows, and how many more there are."""
    rows = (map(_with_none, row) for row in frame.itertuples(index=False))
    print_rows([str(name) for name in frame.columns], rows)


def _with_none(value: object) -> object:
    return None if value is pd.NA else value


def plain_rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as plain values."""
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in frame.astype(object).to_dict(orient="records")
    ]


def _plain(value: object) -> object:
    if value is pd.NA or value is pd.NaT:
        return None
    plain = getattr(value, "tolist", None)
    return plain() if callable(plain) else value
