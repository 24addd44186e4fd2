"""The generated worlds of the agreement tests are relived here too, memories recounted."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]

sys.path += [str(TESTS / room) for room in ("agreement", "functional")]
