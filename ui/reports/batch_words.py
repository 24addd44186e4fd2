"""An experiment of a store in words: how much of it is there, and what its runs share."""

from __future__ import annotations

from sim.batch.holdings import Holding
from sim.language import Language
from ui.texts import said


def design_text(holding: Holding, language: Language = "en") -> str:
    """What runs of one replication have in common."""
    return said("batch.paired" if holding.is_paired else "batch.independent", language)


def runs_text(holding: Holding, language: Language = "en") -> str:
    """How much of the plan is there, such as "4 of 8 runs"."""
    numbers = (holding.runs_done, holding.runs, holding.runs_failed)
    done, runs, failed = (f"{one:,}" if language == "en" else str(one) for one in numbers)
    key = "batch.runs_and_failed" if holding.runs_failed else "batch.runs"
    return said(key, language, done=done, runs=runs, failed=failed)
