"""The generated worlds of the agreement tests are relived here too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "agreement"))
