"""``python -m calibration.trials``: run the trials inside the model and keep what they gave.

``python -m ui.reports.calibration.trials_page docs/trials.md`` writes the page from that file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from calibration.trials.found import FILE, run_trials

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=64)
    parser.add_argument("--out", type=Path, default=FILE)
    chosen = parser.parse_args()
    run_trials(chosen.points).write(chosen.out)
