"""Nothing of a closed list is forgotten: each reason to leave has its words, money and outcome."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sim.event_codebook import CODEBOOK
from sim.money.costs.causes import CAUSE_OF_EXIT
from sim.outcomes.definitions import outcome_definitions
from sim.processes.behaviours import ADULT_CLOCKS, HOUSEHOLD_CLOCKS
from sim.vocabulary import ExitReason, HouseholdClock, Record
from sim.world.clock import checked

ROOT = Path(__file__).resolve().parents[2]
REASONS = [reason for reason in ExitReason if reason is not ExitReason.NONE]


def details_of(record: str) -> set[str]:
    """Every detail of a kind of record that some outcome counts by itself."""
    return {
        parts["details"][0]
        for outcome in outcome_definitions().values()
        for parts in outcome.model_dump()["measure"]["numerator"]
        if parts.get("record") == record and len(parts.get("details") or ()) == 1
    }


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.name.lower())
def test_a_reason_to_leave_has_words_money_and_an_outcome(reason: ExitReason) -> None:
    (words,) = ROOT.glob("ui/**/story.yaml")
    said = yaml.safe_load(words.read_text(encoding="utf-8"))["story_reasons"]
    assert set(said[reason.name.lower()]) == {"en", "fr"}
    assert CAUSE_OF_EXIT[reason]
    assert reason.name.lower() in details_of("exit")


@pytest.mark.parametrize("record", list(Record), ids=lambda record: record.name.lower())
def test_a_kind_of_record_is_in_the_codebook(record: Record) -> None:
    assert CODEBOOK[record]


def test_a_clock_that_is_forgotten_or_declared_twice_stops_the_import() -> None:
    numbers = {int(clock) for clock in HouseholdClock}
    with pytest.raises(TypeError, match="are wanted"):
        checked(HOUSEHOLD_CLOCKS[:-1], numbers)
    with pytest.raises(TypeError, match="are wanted"):
        checked((*HOUSEHOLD_CLOCKS, HOUSEHOLD_CLOCKS[0]), numbers)
    assert len(ADULT_CLOCKS) == 2
