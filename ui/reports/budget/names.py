"""Names of lines, causes, results and funders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.errors import InputError
from sim.language import Language
from sim.money.budget.insertion import lines_to_enter
from sim.money.costs.posted_costs import ACTIONS, CONTRACTS, STAFF
from sim.parameters import Parameters
from ui.texts import LANGUAGES, group_of, said

LABELS_OF: Mapping[str, str] = {STAFF: "roles", ACTIONS: "actions", CONTRACTS: "job_types"}
"""The group of labels that the lines of a kind are of."""


def line_name(name: str, parameters: Parameters, language: Language = "fr") -> str:
    """A line or a sub-total."""
    group, _, label = name.partition(".")
    if label and group in LABELS_OF:
        labels = LABELS_OF[group]
        shown = parameters.label_text(labels, label, language)
        return said(f"budget_line_of.{labels}", language, label=shown)
    return said(f"budget_line.{name}", language)


def entered_name(name: str, parameters: Parameters, language: Language = "fr") -> str:
    """An own line; the key under which it was entered where no line has it any more."""
    try:
        return line_name(name, parameters, language)
    except (KeyError, InputError):
        return name


def labels_to_enter(lines: Iterable[str], parameters: Parameters) -> dict[str, str]:
    """What an own line of insertion may be called, in both languages: keys by what is printed."""
    return {
        line_name(line, parameters, language): line
        for line in lines_to_enter(lines)
        for language in LANGUAGES
    }


def funder_name(name: str, language: Language = "fr") -> str:
    """A funder; its key where it has no name."""
    is_known = name in group_of("budget_paid_by")
    return said(f"budget_paid_by.{name}", language) if is_known else name


def cause_name(name: str, language: Language) -> str:
    """A cause by which the allowance differs."""
    return said(f"budget_cause.{name}", language)


def result_name(name: str, language: Language) -> str:
    """A result that has a price."""
    return said(f"budget_result.{name}", language)
