"""Rules that began and that the model does not have: one line beside an answer, with its page."""

from __future__ import annotations

from sim.language import Language
from ui.texts import said

SINCE = {"solidarity_at_source": "2025-03"}
"""The first month of each rule; docs/limits.md names it with its likely sign."""


def rules_outside(last_month: str, language: Language) -> list[str]:
    """The rules in force by the last month of an answer (``2026-12``), a line each."""
    return [
        said(f"rules_outside.{name}", language)
        for name, first in SINCE.items()
        if first <= last_month
    ]
