"""Case work: rights, files and partners of the people in a portfolio, before any contact."""

from __future__ import annotations

from sim.compiled import kernel, rule
from sim.units import WORKING_DAYS_PER_MONTH
from sim.vocabulary import Record
from sim.world.codes import FULL_WEIGHT
from sim.world.staff import note_by_role
from sim.world.world import World


@kernel
def do_case_work(w: World, day: int) -> None:
    """Each caseworker present takes the minutes of its portfolio, as far as the day has them."""
    spent = w.spent
    spent[:] = 0
    for post in range(w.posts.shape[0]):
        q = w.posts[post]
        monthly = w.territories[q.territory].case_work_minutes[q.role]
        minutes = min(q.minutes, case_minutes(q.load, monthly))
        q.minutes -= minutes
        spent[q.territory, q.role] += minutes
    note_by_role(w, day, Record.CASE_WORK)


@rule
def case_minutes(load_hundredths: int, minutes_a_month: float) -> int:
    """Minutes of one working day for a portfolio, to the nearest minute."""
    persons = load_hundredths / FULL_WEIGHT
    return int(persons * minutes_a_month / WORKING_DAYS_PER_MONTH + 0.5)
