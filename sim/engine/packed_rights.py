"""Packing what the law and the scheme say: rights, amounts, contacts, sanctions."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.compiled import plain
from sim.engine.packed_reading import number_on
from sim.money.law.in_force import nearest_law
from sim.money.law.typical import mean_counted_benefits_eur
from sim.parameters import Parameters
from sim.processes import allowance, assessment
from sim.units import CENTS_PER_EUR
from sim.vocabulary import NO_INDEX, Contact

BANDS = {"low": assessment.LOW, "middle": assessment.MIDDLE, "high": assessment.HIGH}
PUBLICS = {"everyone": assessment.EVERYONE, "self_employed": assessment.SELF_EMPLOYED}


def fill_allowance(record: NDArray[np.void], parameters: Parameters, when: date) -> None:
    """Break-even resources by household type, under the amounts of the date.

    The family benefits that the law counts as resources are part of a household, not of what its
    members earn: they lower the earnings from which it receives nothing.
    """
    law = nearest_law(when, parameters)
    age_shares = parameters.numbers("family_benefits.age_shares")
    base = CENTS_PER_EUR * float(number_on(parameters, "allowance.base_eur", when))
    second = parameters.number("allowance.coefficient_second_person")
    child = parameters.number("allowance.coefficient_child")
    third = parameters.number("allowance.coefficient_third_child")
    deductions = [parameters.number(f"allowance.housing_deduction_{n}") for n in (1, 2, 3)]
    record["minimum_paid_cents"] = round(
        CENTS_PER_EUR * parameters.number("allowance.minimum_paid_eur")
    )
    for kind in range(len(parameters.labels("household_types"))):
        adults = int(record["household_adults"][kind])
        children = int(record["household_children"][kind])
        for increased in (0, 1):
            coefficient = plain(allowance.scale_coefficient)(
                adults,
                children,
                bool(increased),
                second,
                child,
                third,
                parameters.number("allowance.increased_base"),
                parameters.number("allowance.increased_child"),
            )
            benefits = CENTS_PER_EUR * mean_counted_benefits_eur(
                law, adults, children, age_shares, is_increased=bool(increased)
            )
            deduction = plain(allowance.housing_deduction_cents)(
                base, adults + children, second, child, *deductions
            )
            for housed in (0, 1):
                record["break_even"][kind, housed, increased] = plain(allowance.break_even_cents)(
                    base, coefficient, deduction * housed + benefits
                )


def fill_contacts(record: NDArray[np.void], parameters: Parameters) -> None:
    """Kinds of contact, the season of entries."""
    for kind in Contact:
        prefix = f"contact_types.{kind.name.lower()}"
        record["contact_priority"][kind] = parameters.number(f"{prefix}.priority")
        record["contact_weight"][kind] = parameters.number(f"{prefix}.weight")
        record["contact_no_show"][kind] = parameters.number(f"{prefix}.no_show_share")
        record["contact_missed_share"][kind] = parameters.number(f"{prefix}.missed_minutes_share")
    record["inflow_season"] = parameters.numbers("inflow.season")


def fill_sanctions(record: NDArray[np.void], parameters: Parameters, when: date) -> None:
    """The ladder of sanctions in force."""
    ladder = parameters.value_on("sanctions.ladder", when)
    for field in (
        "opens_procedure",
        "first_share",
        "first_months",
        "repeat_share",
        "repeat_months",
        "family_cap_share",
        "stages_before_deregistration",
        "repaid_on_remobilisation",
    ):
        record[f"sanction_{field}"] = parameters.number(f"ladders.{ladder}.{field}")


def fill_pathways(record: NDArray[np.void], parameters: Parameters) -> None:
    """The band of need and the public of each pathway."""
    record["pathway_band"] = NO_INDEX
    for pathway, label in enumerate(parameters.labels("pathways")):
        record["pathway_band"][pathway] = BANDS[parameters.word(f"pathways.{label}.rule")]
        record["pathway_public"][pathway] = PUBLICS[parameters.word(f"pathways.{label}.public")]
