"""An entry: the value of one parameter with its unit, kind, source, uncertainty and note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sim.parameters.values import Dated, Form, Value


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """A range with its probability content, or the reason why there is none."""

    low: float | None = None
    high: float | None = None
    interval: float | None = None
    none_because: str = ""

    def __str__(self) -> str:
        if self.interval is None:
            return f"none: {self.none_because}"
        return f"{self.low:g} to {self.high:g} ({self.interval:.0%})"


@dataclass(frozen=True, slots=True)
class Entry:
    """One resolved parameter. ``origin`` is the file (or the patch) that states its value.

    ``as_of`` is the last day that the figure describes, where the file says it.
    """

    path: str
    value: Value
    form: Form
    kind: str
    source: tuple[str, ...]
    uncertainty: Uncertainty
    note: str
    origin: str
    as_of: date | None = None

    @property
    def unit(self) -> str:
        """The unit, a name of the closed list of ``sim.parameters.units``."""
        return self.form.unit

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The accepted range; None where it is open."""
        return self.form.low, self.form.high

    def record(self) -> dict[str, object]:
        """A plain record of the entry, ready for JSON."""
        return {
            "path": self.path,
            "value": plain(self.value),
            "unit": self.unit,
            "kind": self.kind,
            "source": list(self.source),
            "uncertainty": self._uncertainty_record(),
            "note": self.note,
            "bounds": list(self.bounds),
            "origin": self.origin,
            **({"as_of": self.as_of.isoformat()} if self.as_of else {}),
        }

    def _uncertainty_record(self) -> dict[str, object]:
        known = self.uncertainty
        if known.interval is None:
            return {"none": known.none_because}
        return {"low": known.low, "high": known.high, "interval": known.interval}


def plain(value: Value) -> object:
    """A value as JSON knows it: dated values as {ISO date: value}, tuples as lists."""
    if not isinstance(value, tuple):
        return value
    if value and isinstance(value[0], tuple):
        return {day.isoformat(): item for day, item in dated_pairs(value)}
    return list(value)


def dated_pairs(value: Value) -> Dated:
    """The (date, value) pairs of a dated value, in date order; empty for any other value."""
    if not isinstance(value, tuple):
        return ()
    return tuple(item for item in value if isinstance(item, tuple))
