"""How old a figure is: said wherever a figure of more than six months is shown."""

from __future__ import annotations

from datetime import date, timedelta

from sim.language import Language
from sim.parameters.rules import STOCK
from sim.policy import Scenario
from ui.texts import at, said

FRESH_MONTHS = 6


def months_old(day: date, today: date | None = None) -> int:
    """Whole months from a day to today, 0 for a day to come; a month ends on its last day."""
    today = today or date.today()
    is_before = today.day < day.day and (today + timedelta(days=1)).month == today.month
    months = 12 * (today.year - day.year) + today.month - day.month - is_before
    return max(months, 0)


def day_text(day: date, language: Language) -> str:
    """``31 décembre 2024``, ``1er avril 2023``, ``31 December 2024``."""
    name = at("date.months", language)[day.month - 1]
    number = "1er" if day.day == 1 and language == "fr" else str(day.day)
    return f"{number} {name} {day.year}"


def age_text(day: date, language: Language, today: date | None = None) -> str:
    """``il y a 23 mois``; nothing for a figure of the last six months."""
    months = months_old(day, today)
    return said("date.months_ago", language, months=months) if months > FRESH_MONTHS else ""


def aged_text(day: date, language: Language, today: date | None = None) -> str:
    """A day with its age where it has one to be told: ``31 décembre 2024 (il y a 23 mois)``."""
    age = age_text(day, language, today)
    written = day_text(day, language)
    return f"{written} ({age})" if age else written


def start_day(scenario: Scenario) -> date | None:
    """The day that the households of a run's start describe; None where no file says it."""
    return scenario.stock_as_of or scenario.base.entry(STOCK).as_of


def start_text(scenario: Scenario, language: Language, today: date | None = None) -> str:
    """The day of the households that a run starts from, with its age.

    Nothing where the department's file does not say the day.
    """
    day = start_day(scenario)
    return "" if day is None else said("date.start", language, day=aged_text(day, language, today))


def untold_start(scenario: Scenario, language: Language, today: date | None = None) -> str:
    """The same where no remark tells it (`sim.policy.remarks`) and the figure has an age."""
    day = start_day(scenario)
    if scenario.stock_as_of is not None or day is None or not age_text(day, language, today):
        return ""
    return start_text(scenario, language, today)
