"""Nothing of a closed list is forgotten: each reason to leave has its words, money and outcome."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from sim.event_codebook import CODEBOOK
from sim.money.costs.causes import CAUSES
from sim.outcomes import definitions
from sim.outcomes.definitions import FILE, exit_reasons
from sim.parameters.reading import read_yaml
from sim.processes.behaviours import ADULT_CLOCKS, HOUSEHOLD_CLOCKS
from sim.vocabulary import ExitReason, HouseholdClock, Record
from sim.world.clock import checked

REASONS = [reason for reason in ExitReason if reason is not ExitReason.NONE]


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.name.lower())
def test_a_reason_to_leave_has_words_money_and_an_outcome(reason: ExitReason) -> None:
    meaning = exit_reasons()[reason]
    assert meaning.told.en
    assert meaning.told.fr
    assert meaning.cause in CAUSES


def outcomes_as_read() -> dict[str, Any]:
    """The table of outcomes, not checked yet, and not shared with anybody."""
    table: Any = read_yaml(FILE, FILE.name)
    return deepcopy(dict(table))


def test_a_reason_that_no_outcome_tells_is_named() -> None:
    table = outcomes_as_read()
    del table["outcomes"]["exits_pension"]
    with pytest.raises(ValidationError, match="0 outcomes count the exits of pension"):
        definitions._Table.model_validate(table)


def test_a_reason_that_two_outcomes_tell_is_named() -> None:
    table = outcomes_as_read()
    table["outcomes"]["again"] = table["outcomes"]["exits_pension"]
    with pytest.raises(ValidationError, match="2 outcomes count the exits of pension"):
        definitions._Table.model_validate(table)


def test_an_outcome_that_counts_several_reasons_tells_none() -> None:
    table = outcomes_as_read()
    table["outcomes"]["exits"]["reason"] = table["outcomes"]["exits_pension"]["reason"]
    with pytest.raises(ValidationError, match="only an outcome that counts the exits of one"):
        definitions._Table.model_validate(table)


@pytest.mark.parametrize("record", list(Record), ids=lambda record: record.name.lower())
def test_a_kind_of_record_is_in_the_codebook(record: Record) -> None:
    assert CODEBOOK[record]


def test_a_clock_that_is_forgotten_or_declared_twice_stops_the_import() -> None:
    wanted, first, last = tuple(HouseholdClock), HouseholdClock(0), max(HouseholdClock)
    with pytest.raises(TypeError, match=f"HouseholdClock.{last.name} is declared by 0 behaviours"):
        checked(HOUSEHOLD_CLOCKS[:-1], wanted)
    with pytest.raises(TypeError, match=f"HouseholdClock.{first.name} is declared by 2 behaviours"):
        checked((*HOUSEHOLD_CLOCKS, HOUSEHOLD_CLOCKS[0]), wanted)
    with pytest.raises(TypeError, match=f"no clock of the vocabulary has the number {int(last)}"):
        checked(HOUSEHOLD_CLOCKS, wanted[:-1])
    assert len(ADULT_CLOCKS) == 2
