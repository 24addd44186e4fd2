"""The last published numbers of a department, each with its date and source."""

from __future__ import annotations

from dataclasses import dataclass

from sim.parameters.derivation.statistics import Figure, adults, latest_stock, paid, surveyed
from sim.parameters.imported import kept_while_imported


@dataclass(frozen=True)
class Published:
    """One published number; its source is a key of the texts under ``source``."""

    name: str
    figure: Figure


@kept_while_imported(128)
def last_published(code: str) -> tuple[Published, ...]:
    """Households, adults, allowance paid and delay of orientation: the last of each."""
    found = {
        "households": latest_stock(code),
        "adults": adults(code),
        "allowance": paid(code),
        "delay": surveyed("orientation_delay_days", code),
    }
    return tuple(Published(name, one) for name, one in found.items() if one and one.is_own)
