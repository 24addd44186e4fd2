"""What a scenario changes, in the words of the scenario page instead of parameter paths."""

from __future__ import annotations

from datetime import date

from sim.parameters import Parameters
from sim.parameters.entry import dated_pairs
from sim.policy import levers
from ui.numbers import PER_CENT, day_text, plain_number
from ui.outcome_words import value_word
from ui.texts import has_text, language, text


def change_text(base: Parameters, path: str, value: object, day: date) -> str:
    """One change: what, where, the value with its unit, that of the tables, from which day on."""
    lever = next((one for one in levers(base) if one.path == path), None)
    name = path
    if lever is not None:
        name = lever.label[language()]
        if lever.territory:
            name += f" ({base.label_text('territories', lever.territory, language())})"
    unit = base.entry(path).unit
    return text(
        "note.setting",
        path=name,
        value=_written(value, unit, base),
        before=_written(base.value(path), unit, base),
        day=day_text(day),
    )


def _written(value: object, unit: str, base: Parameters) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown = PER_CENT * value if unit == "share" else float(value)
        words = text(f"unit.{unit}") if has_text(f"unit.{unit}") else unit.replace("_", " ")
        return f"{plain_number(shown, 3)} {words}".strip()
    if isinstance(value, tuple) and (dated := dated_pairs(value)):
        return ", ".join(f"{day:%d/%m/%Y} : {_written(one, unit, base)}" for day, one in dated)
    if isinstance(value, tuple | list):
        return ", ".join(_written(one, unit, base) for one in value)
    return value_word(value, base)
