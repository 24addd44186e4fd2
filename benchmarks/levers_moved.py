"""The levers of docs/lever_curves.md: over which values each is moved, and what was seen.

The first point of a lever that changes nothing is its reference. ``seen`` is written after the
numbers: whoever measures them anew reads it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.worlds import PILOT
from sim.parameters import Parameters

Changes = Mapping[str, object]
OWN = f"territories.{PILOT}"
WORKER, COUNSELLOR = (f"{OWN}.staff.{role}" for role in ("social_worker", "job_counsellor"))
COUNSELLOR_PLACES = 3
"""A counsellor has so many times the places of a social worker, as in the tables."""
LADDERS = ("none", "graduated", "decree_2025")


@dataclass(frozen=True)
class Point:
    """One value of a lever: its words, its place on the axis, and what it sets."""

    words: str
    at: float
    changes: Changes


@dataclass(frozen=True)
class Lever:
    """A lever over its range.

    ``reference`` is the place on the axis of the value that is there without the lever; ``given``
    holds from the day of the change on in every point, the reference included. Without
    ``is_ordered`` its values are choices, of which none is more than another.
    """

    key: str
    title: str
    axis: str
    reference: float
    points: tuple[Point, ...]
    seen: str
    given: Changes = field(default_factory=dict)
    is_ordered: bool = True


def levers_moved(base: Parameters) -> tuple[Lever, ...]:
    """Every lever of the page; those that are factors multiply the values of ``base``."""
    more_posts = _posts(14)
    caps = (30, 50, 70, 100, 115, 150)
    rhythms = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
    floors = ((7, 14), (14, 30), (30, 45), (60, 60), (90, 90), (120, 120))
    notification, notifications = f"{OWN}.intake.notification_days", (3, 10, 20, 30, 60, 90)
    with_posts = "14 posts more"
    cap_axis = "Persons for one social worker (a counsellor: three times as many)"
    rhythm_axis = "Promised intervals, times those of the tables"
    floor_axis = "Shortest days between contacts (between appointments: in the table)"
    return (
        Lever(
            "posts",
            "Additional posts",
            "Posts, one half in each role",
            0.0,
            tuple(Point(f"{n}", n, _posts(n)) for n in (0, 3, 7, 14, 21, 28)),
            SEEN["posts"],
        ),
        Lever("cap", "Portfolio at most", cap_axis, 115.0, _cap_points(caps), SEEN["cap"]),
        Lever(
            "cap_with_posts",
            f"Portfolio at most, with {with_posts}",
            cap_axis,
            115.0,
            _cap_points(caps),
            SEEN["cap_with_posts"],
            more_posts,
        ),
        Lever(
            "interval",
            "Promised intervals of contacts and appointments",
            rhythm_axis,
            1.0,
            tuple(_rhythm(base, factor) for factor in rhythms),
            SEEN["interval"],
        ),
        Lever(
            "interval_with_posts",
            f"Promised intervals of contacts and appointments, with {with_posts}",
            rhythm_axis,
            1.0,
            tuple(_rhythm(base, factor) for factor in rhythms),
            SEEN["interval_with_posts"],
            more_posts,
        ),
        Lever(
            "floor",
            "Shortest intervals",
            floor_axis,
            14.0,
            tuple(_floor(*days) for days in floors),
            SEEN["floor"],
        ),
        Lever(
            "floor_with_posts",
            f"Shortest intervals, with {with_posts}",
            floor_axis,
            14.0,
            tuple(_floor(*days) for days in floors),
            SEEN["floor_with_posts"],
            more_posts,
        ),
        _numbers(
            "notification",
            "Time from rights to invitation",
            "Days",
            30,
            notifications,
            notification,
        ),
        Lever(
            "notification_with_desks",
            "Time from rights to invitation, with twice the desks",
            "Days",
            30.0,
            _values(notifications, notification),
            SEEN["notification_with_desks"],
            {f"{OWN}.intake.desks": 4},
        ),
        _numbers(
            "desks",
            "Interviews of intake held side by side",
            "Desks",
            2,
            (1, 2, 3, 4, 6, 8),
            f"{OWN}.intake.desks",
        ),
        _numbers(
            "follow_up",
            "Follow-up in the job",
            "Months",
            0,
            (0, 3, 6, 12),
            f"{OWN}.pathways.*.follow_up_months",
        ),
        _numbers(
            "activity",
            "Hours of activity",
            "Hours a week",
            0.5,
            (0, 0.5, 2, 5, 10, 17.5),
            f"{OWN}.pathways.*.activity_hours",
        ),
        Lever(
            "ladder",
            "Ladder of sanctions",
            "Ladder",
            1.0,
            tuple(Point(n, at, {"sanctions.ladder": n}) for at, n in enumerate(LADDERS)),
            SEEN["ladder"],
            is_ordered=False,
        ),
        _numbers(
            "application",
            "Procedures that end in a sanction",
            "Share",
            0.1,
            (0, 0.05, 0.1, 0.3, 0.6, 1),
            "sanctions.application_share",
        ),
        _numbers(
            "threshold",
            "Missed contacts before a procedure",
            "Missed contacts",
            2,
            (1, 2, 3, 4, 6),
            "sanctions.breach_threshold",
        ),
    )


def _numbers(
    key: str, title: str, axis: str, reference: float, values: tuple[float, ...], path: str
) -> Lever:
    """A lever that is one number."""
    return Lever(key, title, axis, reference, _values(values, path), SEEN[key])


def _values(values: tuple[float, ...], path: str) -> tuple[Point, ...]:
    """Values of one number."""
    return tuple(Point(f"{value:g}", value, {path: value}) for value in values)


def _posts(number: float) -> Changes:
    """Additional posts, one half in each role."""
    return {f"{staff}.additional_fte": number / 2 for staff in (WORKER, COUNSELLOR)}


def _cap_points(caps: tuple[int, ...]) -> tuple[Point, ...]:
    """Places of a social worker, those of a counsellor in proportion."""
    return tuple(
        Point(
            f"{cap} and {COUNSELLOR_PLACES * cap}",
            cap,
            {
                f"{WORKER}.portfolio_cap": cap,
                f"{COUNSELLOR}.portfolio_cap": COUNSELLOR_PLACES * cap,
            },
        )
        for cap in caps
    )


def _rhythm(base: Parameters, factor: float) -> Point:
    """All promised intervals of the territory times a factor, in whole days."""
    paths = (
        f"{OWN}.pathways.{pathway}.{kind}_interval_days"
        for pathway in base.labels("pathways")
        for kind in ("contact", "appointment")
    )
    changes = {path: round(factor * base.number(path)) for path in paths}
    return Point(f"× {factor:g}", factor, changes)


def _floor(contact: int, appointment: int) -> Point:
    """Shortest days between contacts and between appointments, in every pathway."""
    own = f"{OWN}.pathways.*"
    changes = {
        f"{own}.contact_shortest_days": contact,
        f"{own}.appointment_shortest_days": appointment,
    }
    return Point(f"{contact} and {appointment}", contact, changes)


SEEN: Mapping[str, str] = {
    "posts": (
        "More posts, more contacts and more jobs, with no end within the range but a bend: 14"
        " posts make contacts 2.3 times as many and give a job within the year to 8 of the 1,450 "
        "persons already on RSA, 28 posts to 13. Half of that year is recruitment and"
        " learning. A share of the spare time alone becomes contacts (staff used falls from 89"
        " to 61 %), and each further contact adds less"
        " (`effects.contact_saturation_per_month`). The wait for orientation stays: it hangs"
        " on sessions, which posts do not lengthen. A post costs 51 k€ a year and takes 5 to 6 "
        "k€ off the allowance."
    ),
    "cap": (
        "Above the reference nothing happens, for portfolios are not full there. Below it"
        " newcomers wait: 23 days more at 100 persons, 150 at 50. It saturates at 50, because"
        " hardly a place opens within the two years, and because each wait counts 180 days at"
        " most. Those already there are met a little more, those who come less than half as"
        " often; jobs follow for the new (−1.3 points), and balance for the others."
    ),
    "cap_with_posts": (
        "With the posts places are short only below 50. Down to 50 a smaller portfolio costs"
        " some days of wait and gains nothing: contacts come from the time of a team, which"
        " the cap does not change. At 30 newcomers wait 79 days more and lose 1.0 point of jobs."
    ),
    "interval": (
        "A shorter promise gives up to a quarter more contacts from the same staff: beyond"
        " what was promised only a share of the time becomes contacts"
        " (`staffing.spare_time_contact_share`), a promise may take all of it (staff used 89"
        " to 98 %). It saturates at half of the intervals; at a quarter counsellors have too"
        " little time, contacts are put off, and fewer of them are held than at half."
        " Promising less takes contacts away in smaller steps, since the time that it leaves"
        " comes back in part. Jobs: +0.25 to −0.09 points for those already there; for the new"
        " nothing clear."
    ),
    "interval_with_posts": (
        "The same with time to spare: at a quarter of the intervals half as many contacts"
        " again, 0.5 points more jobs among both and 60 k€ less allowance, without a euro"
        " more. Nothing saturates, for a sixth of the time is unused even then. So what 14"
        " posts give depends on what is promised with them nearly as much as on the posts."
        " Around the reference the promise matters little: there the rhythm follows the time."
    ),
    "floor": (
        "Nothing, as it should be: with the staff of the reference no rhythm comes near the"
        " shortest interval. At 120 days it begins to bind for those whose promise is 135. The"
        " equal small numbers at all other values are no effect of theirs (see the end of the"
        " page)."
    ),
    "floor_with_posts": (
        "Nothing up to 30 days. From 60 days on the floor takes back what the posts gave, at"
        " 120 days three quarters of their contacts and seven tenths of their jobs. The time"
        " is then unused."
    ),
    "notification": (
        "Hardly anything, which is right and easily misread: sessions are the bottleneck, and"
        " who is invited earlier waits longer in the queue. 27 days earlier take 4 days off"
        " the wait, 60 days later add 18. Jobs of the new: −0.11 points at most; those already"
        " there gain a trace of contacts when others come later."
    ),
    "notification_with_desks": (
        "With desks enough the wait follows the invitation nearly day for day (23 of 27 days"
        " earlier; 48 of 60 later, as some leave before and each wait counts 180 days at"
        " most). Later costs the new up to 0.40 points of jobs; those already there are met a"
        " little more, with the time that this leaves. Earlier gains them up to 0.14: the "
        "portfolios"
        " of counsellors are then the bottleneck, and a part of the time gained is spent"
        " waiting for a place."
    ),
    "desks": (
        "One desk adds 56 days to the wait, a third one takes 34 off; the fourth gives the"
        " rest, for then the invitation and missed sessions are the wait, and the portfolios"
        " of counsellors the next bottleneck. Jobs of the new: −0.9 to +0.3 points. Those"
        " already there neither gain nor lose jobs; they are met a little less, as more people"
        " share the same time."
    ),
    "follow_up": (
        "Small: at most 0.01 months worked of 24 and one household less, no clear change in"
        " who has a job within the year. Follow-up holds a job that was found"
        " (`effects.follow_up_rupture_multiplier`), it finds none. Most of it is there after"
        " six months: few are still followed then, and contacts hardly rise further. Contacts"
        " of follow-up count in the contacts; the staff has the time for them."
    ),
    "activity": (
        "More hours, more jobs: at 17.5 hours +0.4 points among those already there, less than "
        "with 14 posts, and +0.4 among the new. Half of it is reached at 5 hours, the rest"
        " bends with `effects.activity_saturation_hours`. It touches no wait, no contact and"
        " no staff, and costs nothing here: places are ample, hours take no time of"
        " caseworkers, and no price is published. So the curve tells what is assumed"
        " (`effects.activity_size`, whose range begins below zero), and never what is"
        " cheapest."
    ),
    "ladder": (
        "Almost money alone: without sanctions 29 k€ more allowance a year, of 8,399. That of"
        " 2025 pays as much as none, for the first contact that is held ends the suspension"
        " and gives everything back; 2 households are suspended at a time instead of 7."
    ),
    "application": (
        "In proportion over the whole range: at 1, 290 k€ less allowance a year. A suspended"
        " person finds a job sooner (`effects.sanction_job_finding_multiplier`): +0.13 points of "
        "jobs among those already there; of the 7 households fewer most were struck off."
        " Nothing saturates: each procedure is one more draw."
    ),
    "threshold": (
        "A lower threshold means more procedures: 42 k€ less allowance at one missed contact, 18 "
        "more at three. It saturates: four is close to no sanction at all and six the"
        " same, since hardly anybody misses so many contacts within the two years."
    ),
}
"""What each curve says: sign, size, where it saturates and why."""

LOOKED_WRONG: tuple[str, ...] = (
    "**A floor that does not bind changes something.** On the day on which any interval,"
    " or any shortest one, changes, the offices look at once at everybody who may be seen"
    " before the due day, where these looks were spread over a week: 0.01 months with a"
    " contact of 3.7, once, whatever the new value.",
    "**About half a person gains and half a person loses a job under levers that do"
    " nothing.** Once anything differs, the luck of single persons parts. Gained less lost"
    " is the effect; each of them alone is not.",
    "**The curves of intake are flatter than they would be under the old law.** From"
    " January 2025 on, the last three of the months counted, whoever has waited 42 days is"
    " oriented without a session (`law.orientation_limit_days`). It is also why posts"
    " shorten the wait by a tenth of a day: counsellors do it.",
)
"""What looks wrong on the page, and what it is."""
