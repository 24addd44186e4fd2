"""A bad change of parameters is refused with all its faults, each saying what is accepted."""

from __future__ import annotations

import pickle

import pytest
from faulty_files import faults_of
from small_worlds import in_first_territory

from sim.errors import InputError
from sim.parameters import Parameters


@pytest.mark.parametrize(
    ("path", "value", "accepted"),
    [
        ("calendar.refresh_days", "7 days", "number in days"),
        ("calendar.refresh_days", 0, "from 1"),
        ("calendar.refresh_days", 7.5, "whole number"),
        ("calendar.refresh_days", True, "number in days"),
        ("calendar.refresh_days", None, "number in days"),
        ("calendar.refresh_days", [7], "number in days"),
        ("job_finding.base_hazard", -0.1, "per_month"),
        ("job_finding.base_hazard", float("nan"), "per_month"),
        ("job_finding.base_hazard", float("inf"), "per_month"),
        ("job_finding.base_hazard", 10**400, "per_month"),
        ("stayers.share", 1.01, "from 0 to 1"),
        ("inflow.season", [1] * 11 + ["1"], "12"),
        ("staff.{role}.fte", -1, "fte"),
        ("staff.{role}.portfolio_cap", 0, "from 1"),
        ("intake.weekdays", ["tue", "sat"], "mon"),
        ("intake.weekdays", "tue", "mon"),
        ("intake.weekdays", [], "mon"),
        ("intake.weekdays", ["tue", "tue"], "mon"),
        ("intake.channel", "pigeon", "letter"),
        ("intake.attending_roles", ["pigeon"], "one of"),
        ("pathways.{pathway}.contact_interval_days", 0, "from 1"),
        ("job_types.{job_type}.is_job", 1, "true or false"),
    ],
)
def test_each_bad_value_says_what_is_accepted(
    somme: Parameters, path: str, value: object, accepted: str
) -> None:
    names = {group[:-1]: somme.labels(group)[0] for group in ("roles", "pathways", "job_types")}
    full = path.format(**names)
    if full not in somme.paths():
        full = in_first_territory(somme, full)
    (fault,) = faults_of(lambda: somme.patched({full: value}, "mine"))
    assert (fault.file, fault.field) == ("mine", full)
    assert accepted in fault.accepted


def test_all_faults_of_a_patch_are_reported_at_once(somme: Parameters) -> None:
    education = somme.labels("education")[0]
    share = f"education.{education}.share"
    changes = {
        "job_finding.base_hasard": 1,
        "calendar.refresh_days": "7 days",
        "stayers.share": -1,
        share: somme.number(share) / 2,
    }
    faults = faults_of(lambda: somme.patched(changes, "mine"))
    fields = {fault.field: fault for fault in faults}
    assert set(fields) == {*changes, "education.*.share"} - {share}
    assert "job_finding.base_hazard" in fields["job_finding.base_hasard"].accepted


def test_arrivals_stay_within_the_candidates_from_which_they_are_taken(somme: Parameters) -> None:
    """The season reaches 1.24 and candidates come at twice the reference rate."""
    path = in_first_territory(somme, "inflow_multiplier")
    assert somme.patched({path: 1.6}, "mine").number(path) == 1.6
    (fault,) = faults_of(lambda: somme.patched({path: 1.7}, "mine"))
    assert fault.field == path
    assert "at most 2" in fault.accepted
    both = {path: 1.7, "inflow.candidate_factor": 3}
    assert somme.patched(both, "mine").number(path) == 1.7
    crowded = faults_of(lambda: somme.patched({"inflow.season": [5] * 12}, "mine"))
    assert {one.field for one in crowded} == {
        f"territories.{name}.inflow_multiplier" for name in somme.labels("territories")
    }


@pytest.mark.parametrize("group", ["education", "household_types", "job_types"])
def test_shares_must_still_sum_to_one_after_a_patch(somme: Parameters, group: str) -> None:
    first, second = (f"{group}.{name}.share" for name in somme.labels(group)[:2])
    moved = 0.001
    (fault,) = [
        fault
        for fault in faults_of(lambda: somme.patched({first: somme.number(first) + 1e-8}, "mine"))
        if fault.field.endswith(".share")
    ]
    assert fault.field == f"{group}.*.share"
    both = {first: somme.number(first) - moved, second: somme.number(second) + moved}
    assert somme.patched(both, "mine").number(second) == somme.number(second) + moved


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("wages.part_time_low", "wages.part_time_high"),
        ("population.pension_age_low", "population.pension_age_high"),
        ("pathways.{pathway}.contact_shortest_days", "pathways.{pathway}.contact_interval_days"),
    ],
)
def test_values_out_of_order_are_refused(somme: Parameters, low: str, high: str) -> None:
    low, high = (path.format(pathway=somme.labels("pathways")[0]) for path in (low, high))
    if low not in somme.paths():
        low, high = in_first_territory(somme, low), in_first_territory(somme, high)
    bounds = somme.entry(high).bounds[0] or 0
    (fault,) = faults_of(
        lambda: somme.patched({high: bounds, low: bounds + 1 if bounds else 0.01}, "mine")
    )
    assert fault.field == low


def test_the_assessment_leads_somewhere(somme: Parameters) -> None:
    first, second = (f"pathways.{name}.rule" for name in somme.labels("pathways")[:2])
    (fault,) = faults_of(lambda: somme.patched({first: somme.value(second)}, "mine"))
    assert fault.field == "pathways.*.rule"
    swapped = somme.patched({first: somme.value(second), second: somme.value(first)}, "mine")
    assert swapped.value(first) == somme.value(second)


def test_a_second_role_needs_a_pair(somme: Parameters) -> None:
    alone = next(
        p for p in somme.labels("pathways") if len(somme.words(f"pathways.{p}.roles")) == 1
    )
    path = in_first_territory(somme, f"pathways.{alone}.appointment_attendance")
    (fault,) = faults_of(lambda: somme.patched({path: "second"}, "mine"))
    assert fault.field == path


def test_a_message_shows_the_first_faults_and_counts_the_rest(somme: Parameters) -> None:
    with pytest.raises(InputError) as caught:
        somme.patched({f"nothing.{number}": 1 for number in range(30)}, "mine")
    message = str(caught.value)
    assert len(caught.value.faults) == 30
    assert len(message.splitlines()) == 22
    assert message.endswith("… and 10 more")
    assert pickle.loads(pickle.dumps(caught.value)).faults == caught.value.faults
