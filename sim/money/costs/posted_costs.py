"""Costs that follow from posts, places and sessions: (month, territory, funder) by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sim.money.costs.unit_costs import (
    Cost,
    action_cost,
    collective_cost,
    place_cost,
    post_cost,
    workshop_cost,
)
from sim.outcomes.measures import ParametersInForce
from sim.parameters import Parameters
from sim.units import date_of, first_day_of_month
from sim.vocabulary import WEEKDAYS

Floats = NDArray[np.float64]
STAFF, ACTIONS, CONTRACTS = "staff", "actions", "contracts"
WORKSHOPS, COLLECTIVE = "workshops", "collective"
NO_END = 10**9


@dataclass(frozen=True)
class Piece:
    """A part of a month with the same parameters: ``share`` of its days, from ``day`` on."""

    parameters: Parameters
    day: date
    until: date
    share: float


def pieces_of(
    timeline: Sequence[ParametersInForce], first_month: int, months: int
) -> tuple[tuple[Piece, ...], ...]:
    """The months of a run, each cut where the parameters change."""
    ends = [step.since for step in timeline[1:]] + [NO_END]
    found = []
    for month in range(first_month, first_month + months):
        first, after = first_day_of_month(month), first_day_of_month(month + 1)
        pieces = [
            Piece(
                step.parameters,
                date_of(max(first, step.since)),
                date_of(min(after, end)),
                (min(after, end) - max(first, step.since)) / (after - first),
            )
            for step, end in zip(timeline, ends, strict=True)
            if max(first, step.since) < min(after, end)
        ]
        found.append(tuple(pieces))
    return tuple(found)


def posted_costs(
    pieces: Sequence[Sequence[Piece]],
    jobs: Floats,
    actions: Floats,
    upratings: Mapping[date, float],
) -> dict[str, Floats]:
    """Staff by role, actions, subsidised contracts, workshops and collective actions.

    ``jobs`` and ``actions``: places held at month ends, the eve first; a month costs the mean of
    its two ends. Posts cost what was decided: vacancies are not taken off.
    """
    lines: dict[str, Floats] = {}
    lines |= _staff(pieces)
    lines |= _places(pieces, jobs, actions, upratings)
    lines[WORKSHOPS] = _sessions(pieces)
    lines[COLLECTIVE] = _collective(pieces)
    return lines


def posted_lines(parameters: Parameters) -> tuple[str, ...]:
    """The names of the lines of `posted_costs`."""
    labels = parameters.labels
    return (
        *(f"{STAFF}.{role}" for role in labels("roles")),
        *(f"{ACTIONS}.{action}" for action in labels("actions")),
        *(f"{CONTRACTS}.{name}" for name in labels("job_types") if _is_limited(parameters, name)),
        WORKSHOPS,
        COLLECTIVE,
    )


def _is_limited(parameters: Parameters, job_type: str) -> bool:
    return parameters.flag(f"job_types.{job_type}.has_limited_places")


def _blank(pieces: Sequence[Sequence[Piece]]) -> Floats:
    base = pieces[0][0].parameters
    return np.zeros((len(pieces), len(base.labels("territories")), len(_funders(base))))


def _funders(parameters: Parameters) -> tuple[str, ...]:
    return parameters.words("costs.funders")


def _parts(cost: Cost) -> Floats:
    return np.array(list(cost.by_funder.values()))


def _staff(pieces: Sequence[Sequence[Piece]]) -> dict[str, Floats]:
    roles = pieces[0][0].parameters.labels("roles")
    found = {f"{STAFF}.{role}": _blank(pieces) for role in roles}
    for month, of_month in enumerate(pieces):
        for piece in of_month:
            for role in roles:
                parts = _parts(post_cost(piece.parameters, role, piece.day))
                posts = _posts(piece.parameters, role)
                found[f"{STAFF}.{role}"][month] += piece.share * np.outer(posts, parts)
    return found


def _posts(parameters: Parameters, role: str) -> Floats:
    """Posts decided by territory, full-time equivalents."""
    staff = (
        f"territories.{territory}.staff.{role}" for territory in parameters.labels("territories")
    )
    return np.array(
        [
            parameters.number(f"{path}.fte") + parameters.number(f"{path}.additional_fte")
            for path in staff
        ]
    )


def _places(
    pieces: Sequence[Sequence[Piece]],
    jobs: Floats,
    actions: Floats,
    upratings: Mapping[date, float],
) -> dict[str, Floats]:
    base = pieces[0][0].parameters
    found: dict[str, Floats] = {}
    for number, action in enumerate(base.labels("actions")):
        line = _blank(pieces)
        for month, of_month in enumerate(pieces):
            parts = _parts(action_cost(of_month[0].parameters, action, of_month[0].day))
            line[month] = np.outer(_mean_held(actions, month, number), parts)
        found[f"{ACTIONS}.{action}"] = line
    for number, job_type in enumerate(base.labels("job_types")):
        if not _is_limited(base, job_type):
            continue
        line = _blank(pieces)
        for month, of_month in enumerate(pieces):
            day = of_month[0].day
            known = {start: share for start, share in upratings.items() if start <= day}
            cost = place_cost(of_month[0].parameters, job_type, day, upratings=known)
            line[month] = np.outer(_mean_held(jobs, month, number), _parts(cost))
        found[f"{CONTRACTS}.{job_type}"] = line
    return found


def _mean_held(held: Floats, month: int, number: int) -> Floats:
    mean: Floats = (held[month, :, number] + held[month + 1, :, number]) / 2.0
    return mean


def _sessions(pieces: Sequence[Sequence[Piece]]) -> Floats:
    """Workshops on each of their weekdays, public holidays not taken off."""
    line = _blank(pieces)
    for month, of_month in enumerate(pieces):
        for piece in of_month:
            parts = _parts(workshop_cost(piece.parameters, piece.day))
            for place, territory in enumerate(piece.parameters.labels("territories")):
                days = piece.parameters.words(f"territories.{territory}.workshop.weekdays")
                if days and piece.parameters.number(f"territories.{territory}.workshop.places"):
                    line[month, place] += _weekdays_between(piece, days) * parts
    return line


def _weekdays_between(piece: Piece, days: Sequence[str]) -> int:
    count = (piece.until - piece.day).days
    dates = (piece.day + timedelta(days=number) for number in range(count))
    wanted = {WEEKDAYS.index(day) for day in days}
    return sum(one.weekday() in wanted for one in dates)


def _collective(pieces: Sequence[Sequence[Piece]]) -> Floats:
    """One collective action each time that an event begins to act in a territory."""
    line = _blank(pieces)
    before = _events(pieces[0][0].parameters)
    for month, of_month in enumerate(pieces):
        for piece in of_month:
            now = _events(piece.parameters)
            parts = _parts(collective_cost(piece.parameters, piece.day))
            begins = (now != 1.0) & (now != before)
            line[month] += np.outer(begins, parts)
            before = now
    return line


def _events(parameters: Parameters) -> Floats:
    territories = parameters.labels("territories")
    return np.array([parameters.number(f"territories.{name}.event_factor") for name in territories])
