"""The collective workshop after orientation."""

from __future__ import annotations

from sim.compiled import rule

MOST_INVITATIONS = 8


@rule
def attendance_count(assessments: int, missed: int) -> int:
    """Which draw of attendance this is: one for each invitation after each orientation.

    An orientation begins with an assessment, so that no two invitations share a draw.
    """
    return assessments * MOST_INVITATIONS + missed
