"""The time to the invitation with which the model finds a department's own delay of orientation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ui.study import Draft, Study
from ui.study.draft import OwnStart
from ui.study.own_start import INVITATION, levers_of_own
from ui.study.references import reference_of
from ui.work.preview import Previews

OUTCOME = "wait_for_orientation_days_mean"
ROUNDS = 3
CLOSE_DAYS = 3.0
"""So near to the delay the fit ends; farther at its end, it did not succeed."""


@dataclass(frozen=True)
class Fitted:
    """The study's own figures with the time to the invitation, and the delay that they give."""

    own: OwnStart
    days: float
    is_close: bool


def fitted(study: Study, own: OwnStart, days: float, previews: Previews) -> Fitted:
    """Move the invitation by what the delay lacks, a few times, in the preview's small world.

    Raises `InputError` and what a preview raises.
    """
    base = reference_of(study.model_copy(update={"own": own, "drafts": ()}))
    levers = levers_of_own(base, (INVITATION,))
    moved = {path: base.base.number(path) for path in levers}
    closest: Fitted | None = None
    for _ in range(ROUNDS):
        trial = own.model_copy(update={"values": {**own.values, **moved}, "orientation_days": days})
        found = _delay(study, trial, previews)
        is_close = abs(found - days) <= CLOSE_DAYS
        if closest is None or abs(found - days) < abs(closest.days - days):
            closest = Fitted(trial, found, is_close)
        if is_close:
            break
        moved = {
            path: float(round(min(max(value + days - found, levers[path].low), levers[path].high)))
            for path, value in moved.items()
        }
    assert closest is not None
    return closest


def _delay(study: Study, own: OwnStart, previews: Previews) -> float:
    draft = Draft(key="reference", title="–", origin=study.reference, own=own)
    alone = study.model_copy(update={"own": own, "drafts": ()})
    return float(np.mean(previews.preview(alone, draft).whole(0, OUTCOME)))
