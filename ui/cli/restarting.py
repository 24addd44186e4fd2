"""`--stock` and `--series`: a run that starts from the department's own number of households."""

from __future__ import annotations

from pathlib import Path

from brought.restarts import Restart, read_restart
from ui.cli.remarking import remark


def restart_asked(stock: str | None, series: Path | None) -> Restart | None:
    """What the two options ask for, with the remarks on the file; raises `InputError`."""
    restart, remarks = read_restart(stock, series)
    remark(*remarks)
    return restart
