"""The rhythm that is held: time that is there beyond what was promised becomes contacts.

What remains of the days of a role after intake, case work, contracts and follow-up is compared with
the minutes that the promised rhythm asks for. A share of what is beyond it shortens the intervals
of contacts and appointments, down to the shortest ones; a share of what then remains of a day makes
its contacts longer, up to a factor. Both ends are an outcome of staff time, none is an input.
"""

from __future__ import annotations

import math

from sim.compiled import Row, kernel, rule
from sim.units import DAYS_PER_MONTH, WORKING_DAYS_PER_MONTH
from sim.vocabulary import Record
from sim.world.codes import CONTRACT
from sim.world.numbers import national
from sim.world.staff import note_by_role
from sim.world.world import HELD_CONTACT, SUPPORTED_NOW, TIME_FOR_RHYTHM, World

NUMBERS = national(
    spare_time_contact_share="staffing.spare_time_contact_share",
    rhythm_half_life_days="staffing.rhythm_half_life_days",
    spare_time_depth_share="staffing.spare_time_depth_share",
    longest_contact_factor="staffing.longest_contact_factor",
)

THOUSANDTHS = 1000
ENDLESS = 1.0e6
"""The pace of a role with time and nobody to see: every interval is then the shortest."""
LOG_2 = math.log(2.0)


@kernel
def set_rhythm(w: World) -> None:
    """Time of today, smoothed, by territory and role; then the rhythm held in each pathway."""
    for territory in range(w.territories.shape[0]):
        for role in range(w.spent.shape[1]):
            note_time(w, territory, role)
        for pathway in range(w.organisation.shape[1]):
            set_rhythm_of(w, territory, pathway)


@kernel
def note_time(w: World, territory: int, role: int) -> None:
    """Move the smoothed time of a role towards what today left for the rhythm."""
    minutes = 0
    for post in range(w.posts.shape[0]):
        q = w.posts[post]
        if q.territory == territory and q.role == role:
            minutes += q.minutes + q.on_contacts - q.on_promises
    times = w.places[TIME_FOR_RHYTHM, territory]
    times[role] = smoothed_time(times[role], minutes, w.national[0].rhythm_half_life_days)


@kernel
def set_rhythm_of(w: World, territory: int, pathway: int) -> None:
    """The intervals that a pathway's slowest attending role can hold."""
    o = w.organisation[territory, pathway]
    for kind in range(CONTRACT):
        pace = ENDLESS
        for position in range(o.roles):
            if (o.attendance[kind] >> position) & 1 == 1:
                pace = min(pace, pace_of(w, territory, o.role[position]))
        held = held_interval(pace, o.shortest[kind], o.interval[kind])
        w.places[HELD_CONTACT + kind, territory, pathway] = held


@kernel
def pace_of(w: World, territory: int, role: int) -> float:
    """How much faster than promised a role can go on."""
    asked = 0.0
    for pathway in range(w.organisation.shape[1]):
        o = w.organisation[territory, pathway]
        for position in range(o.roles):
            if o.role[position] == role:
                supported = w.places[SUPPORTED_NOW, territory, pathway]
                asked += supported * minutes_promised(o, position)
    there = w.places[TIME_FOR_RHYTHM, territory, role] / THOUSANDTHS
    return pace(there, asked, w.national[0].spare_time_contact_share)


@kernel
def lengthen_contacts(w: World, day: int) -> None:
    """A share of the time that is left makes the contacts of the day longer, up to a factor."""
    g = w.national[0]
    spent = w.spent
    spent[:] = 0
    for post in range(w.posts.shape[0]):
        q = w.posts[post]
        minutes = minutes_of_depth(
            q.minutes, q.on_contacts, g.spare_time_depth_share, g.longest_contact_factor
        )
        q.minutes -= minutes
        spent[q.territory, q.role] += minutes
    note_by_role(w, day, Record.CONTACTS_LENGTHENED)


@kernel
def minutes_promised(o: Row, position: int) -> float:
    """Minutes a day and person that the promised rhythm asks of one of a pathway's roles."""
    asked = 0.0
    for kind in range(CONTRACT):
        if (o.attendance[kind] >> position) & 1 == 1:
            asked += o.minutes[kind] / o.interval[kind]
    return asked


@rule
def smoothed_time(before: int, minutes: int, half_life_days: float) -> int:
    """Thousandths of minutes a calendar day after one more working day; the first counts whole."""
    now = THOUSANDTHS * minutes * WORKING_DAYS_PER_MONTH / DAYS_PER_MONTH
    if before == 0:
        return int(now + 0.5)
    days = DAYS_PER_MONTH / WORKING_DAYS_PER_MONTH
    return int(before + (now - before) * -math.expm1(-LOG_2 * days / half_life_days) + 0.5)


@rule
def pace(there: float, asked: float, share: float) -> float:
    """How much faster than promised: a share of the time beyond what is asked, over it."""
    if there <= asked:
        return 1.0
    return 1.0 + share * (there - asked) / asked if asked > 0.0 else ENDLESS


@rule
def held_interval(pace: float, shortest_days: int, promised_days: int) -> int:
    """Days between contacts at a pace, not below the shortest."""
    return max(shortest_days, int(promised_days / pace + 0.5))


@rule
def minutes_of_depth(left: int, on_contacts: int, share: float, longest_factor: float) -> int:
    """Minutes that the contacts of a day last longer than planned."""
    return min(int(left * share), int(on_contacts * (longest_factor - 1.0)))
