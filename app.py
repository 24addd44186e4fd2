"""Entry of the app: navigation only. Run it with ``caseload app`` or ``make app``."""

from __future__ import annotations

from ui.navigation import run

run()
