"""What docs/performance.md shows, as it is kept beside it: docs/performance.json."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[1] / "docs"
KEPT = DOCS / "performance.json"


def kept() -> dict[str, Any]:
    """All parts that were measured."""
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    return found


def keep(part: str, numbers: Mapping[str, Any], *, joined: bool = False) -> None:
    """Write a part beside the others, with when and where it was measured, or join it to it."""
    found = kept()
    old = found.get(part, {}).get("numbers", {}) if joined else {}
    found[part] = {"numbers": {**old, **numbers}, "machine": machine()}
    KEPT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """What ratios hardly depend on, and times do."""
    return {
        "day": time.strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "processor": _processor(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()
