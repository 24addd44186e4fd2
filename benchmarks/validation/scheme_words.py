"""What was published of a scheme, and how a run is read for it, in words."""

from __future__ import annotations

import math
from collections.abc import Iterable

from calibration.pilots.declared import Place, Published, declared
from calibration.pilots.readings import COUNTS, Reading
from sim.parameters import Parameters, published_figures
from sim.policy import load_scenario

DEFINITIONS = {
    "day": "a job of a day or more",
    "month": "a job that lasts thirty days or more",
    "six_months": "a contract of six months or more when it is signed",
    "outcome": "a job, a business or a training",
}


def is_share(reading: Reading) -> bool:
    """Whether a reading is shown in percent."""
    return reading.kind not in (*COUNTS, "wait")


def published_value(one: Published) -> str:
    """The value or the range that was published, with its unit."""
    low, high = one.ends
    unit = published_figures()[one.figure].unit
    if low == high:
        return f"{low:g} {unit}"
    return f"at most {high:g} {unit}" if math.isinf(low) else f"{low:g} to {high:g} {unit}"


def published_text(one: Published) -> str:
    """What was published: its row, value, definition, period and source."""
    row = published_figures()[one.figure]
    period = " to ".join(filter(None, (row.period_start, row.period_end)))
    source = f"{row.definition} ({period}; {row.source_title})"
    return f"{one.figure}, {row.territory}: **{published_value(one)}**. {source}"


def operator_text(one: Published) -> str:
    """The reading in words: which people, over which time, what counts."""
    reading = one.reading
    places = [declared().places[name] for name in one.places]
    names = ", ".join(territory_text(place) for place in places)
    since = reading.since if len(places) == 1 else "the first day of each"
    who = f"Persons who enter support from {since} to {reading.observed}, once each"
    if reading.pathways and reading.kind != "pathway":
        who += f", in {_labels(places[0], reading.pathways)}"
    job = DEFINITIONS[reading.definition]
    text = {
        "entrants": f"{who}.",
        "job": f"{who}{_exposure(reading)}: share with {job}, begun since entry{_to(reading)}.",
        "in_job": f"{who}{_exposure(reading)}: share in a job so many months after.",
        "helped": f"{who}: how many began {job} since{_to(reading)}.",
        "pathway": f"{who}: share in {_labels(places[0], reading.pathways)}.",
        "reached": (
            f"{who}, of those aimed at: with rights and duties on RSA on the eve, or to be "
            "oriented since then."
        ),
        "wait": (
            "Mean days from the opening of the RSA to the orientation, of newcomers oriented from "
            f"{since} to {reading.observed}."
        ),
    }[reading.kind]
    return f"{text} {names}."


def short_text(one: Published) -> str:
    """The reading in a few words."""
    reading = one.reading
    within = reading.within_months
    until = f" within {within} months" if within else ""
    job = DEFINITIONS[reading.definition]
    labels = _labels(declared().places[one.places[0]], reading.pathways)
    of_whom = f" in {labels}" if labels and reading.kind != "pathway" else ""
    return {
        "entrants": f"persons{of_whom} who entered",
        "job": f"entrants{of_whom} with {job}{until}",
        "in_job": f"entrants{of_whom} in a job {within} months after",
        "helped": f"entrants{of_whom} who began {job}",
        "pathway": f"entrants in {labels}",
        "reached": "those aimed at who entered",
        "wait": "days from the opening of the RSA to the orientation",
    }[reading.kind]


def _exposure(reading: Reading) -> str:
    months = reading.within_months
    return "" if months is None else f", only those observed {months} months"


def _to(reading: Reading) -> str:
    months = reading.within_months
    return f" and within {months} months" if months else f", to {reading.observed}"


def territory_text(place: Place) -> str:
    """The territory of a scheme, as people write it."""
    return _base(place).label_text("territories", place.territory, "en")


def _labels(place: Place, labels: Iterable[str]) -> str:
    return " or ".join(_base(place).label_text("pathways", one, "en") for one in labels)


def _base(place: Place) -> Parameters:
    return load_scenario(place.scheme).base
