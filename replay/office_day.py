"""The working days of a run, foretold day by day and compared with what the offices wrote.

Between two days, lives come from the log: what they do to those whom the offices know. Minutes
and capacity of each post, leaves and sessions come from the calendar, which is tested by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from replay.life import FINAL
from replay.log_reading import KIND, TIME, WHO, ReadLog, Row, Span, household_of
from replay.office_acts import DETAIL, day_of
from replay.office_contacts import ContactingOffices
from replay.office_people import CARED_FOR, Home, Person
from replay.office_rules import OfficeRules
from replay.regime import Regime
from sim.engine.calendar import DayPlan
from sim.units import MINUTES_PER_DAY
from sim.vocabulary import NO_INDEX, Call, Contact, Record, Support

VALUE = 6


@dataclass(frozen=True)
class OfficeDisagreement:
    """The first row on which a log and the replay of offices differ; None stands for no row."""

    day: int
    number: int
    found: Row | None
    expected: Row | None

    def __str__(self) -> str:
        shown = f"day {self.day}, row {self.number}: found "
        return shown + f"{_in_words(self.found)}, expected {_in_words(self.expected)}"


@dataclass(frozen=True)
class OfficeComparison:
    """What was compared; offices are exact, so the first difference ends it."""

    days: int
    rows: int
    refusals: int
    first: OfficeDisagreement | None


def _in_words(row: Row | None) -> str:
    return "nothing" if row is None else f"{Record(row[KIND]).name.lower()} {row}"


class Department(ContactingOffices):
    """Offices on their way through the days of a run."""

    def live_day(self, plan: DayPlan, previous: int) -> list[Row]:
        """All that the offices write on a working day, in its order."""
        self.told, self.day = [], plan.day
        self.minutes = [int(minutes) for minutes in plan.minutes]
        self.capacity = [int(capacity) for capacity in plan.capacity]
        self.reserve = [int(places) for places in plan.reserve]
        self.on_contacts = [0] * len(self.posts)
        self.on_promises = [0] * len(self.posts)
        for post in plan.leaving.tolist():
            self.hand_over(post)
        self.share_anew()
        listed = [person for person in self.people if person.look_on <= self.day]
        self.note_minutes(Record.STAFF_MINUTES_AVAILABLE)
        for territory in self.territories:
            self.call_in(territory, previous, listed)
        waiting = [p for p in listed if p.support == Support.WAITING_ORIENTATION]
        for territory in self.territories:
            self.answer_calls(territory, waiting)
        for territory in self.territories:
            if plan.sessions[territory]:
                self.hold_session(territory, waiting)
        for territory in self.territories:
            self.orient_at_the_limit(territory, waiting)
        for territory in self.territories:
            self.assign_portfolios(territory, listed)
        for territory in self.territories:
            if plan.workshops[territory]:
                self.hold_workshop(territory, listed)
        self.do_case_work()
        self.serve_who_waits(listed)
        missed = self.serve_contacts([p for p in listed if p.support in CARED_FOR])
        self.set_rhythm()
        self.lengthen_contacts()
        for person in missed:
            self.answer_for_breaches(person)
        self.note_minutes(Record.STAFF_MINUTES_LEFT)
        self.note_rhythm(self.day - previous)
        return self.told

    # What lives do.

    def follow_life(self, row: Row) -> bool:
        """What a row of a life does to whom the offices know; False if no place says otherwise."""
        home = self.homes[household_of(row[WHO])]
        person = next((p for p in home.people if p.id == row[WHO]), None)
        if person is None:
            self._follow_household(home, row)
            return True
        return self._follow_person(person, row)

    def _follow_household(self, home: Home, row: Row) -> None:
        kind, day = row[KIND], day_of(row)
        if kind in (Record.EXIT, Record.TERRITORY_CHANGED):
            # Their wait was for no place: no row of theirs says that it is over.
            for person in home.people:
                if person.waits_to_be_called:
                    person.leave_offices()
        if kind == Record.REENTRY:
            home.is_paid, home.since = True, day
        elif kind == Record.EXIT:
            home.is_paid, home.since, home.suspended_until = False, day, 0
            if row[DETAIL] in FINAL:
                self.leave_for_good(home)
        elif kind == Record.TERRITORY_CHANGED:
            home.territory = row[DETAIL]
        elif kind == Record.SUSPENSION_ENDED:
            home.suspended_until = 0

    def leave_for_good(self, home: Home) -> None:
        """A household that is gone holds no job here."""
        for person in home.people:
            person.job = NO_INDEX

    def _follow_person(self, person: Person, row: Row) -> bool:
        kind, day, detail = row[KIND], day_of(row), row[DETAIL]
        if kind in (Record.JOB_STARTED, Record.PLACE_REFUSED):
            has_place = self.has_job_place(person, detail, row[TIME])
            if kind == Record.JOB_STARTED:
                person.job = detail
            return has_place == (kind == Record.JOB_STARTED)
        if kind == Record.JOB_ENDED:
            person.job, person.ended = NO_INDEX, (row[TIME], detail)
        elif kind in (Record.BARRIER_ONSET, Record.BARRIER_REMOVAL):
            person.barriers ^= {detail}
            person.changes[detail] += 1
        elif kind == Record.CLASS_LEFT:
            person.is_stayer = False
        elif kind == Record.WAIT_FOR_ORIENTATION_STARTED:
            person.wait_for_orientation(self.rules, day, row[TIME] % MINUTES_PER_DAY)
        elif kind == Record.WAIT_FOR_CASEWORKER_STARTED:
            person.wait_for_caseworker(self.rules, day)
        elif kind == Record.FOLLOW_UP_STARTED:
            person.begin_follow_up(self.rules, day)
        elif kind == Record.FOLLOW_UP_ENDED:
            person.return_to_support(self.rules, day)
        elif kind == Record.ACTIVITY_ENDED:
            person.activity_since = 0
        elif kind == Record.ACTION_ENDED:
            person.actions.discard(detail)
        elif kind in (
            Record.SUPPORT_ENDED,
            Record.WAIT_FOR_ORIENTATION_ENDED,
            Record.WAIT_FOR_CASEWORKER_ENDED,
        ):
            person.leave_offices()
        return True

    def has_job_place(self, person: Person, job: int, minute: int) -> bool:
        """Whether a job has a place in the territory, as many as hold one being counted."""
        label = self.rules.regime.labels("job_types")[job]
        if not self.rules.regime.parameters.flag(f"job_types.{label}.has_limited_places"):
            return True
        held = sum(p.job == job and p.territory == person.territory for p in self.people)
        # Who changes from one to another of the kind is counted with the first.
        held += person.ended == (minute, job)
        return held < self.rules.at(person.territory, f"places.{label}")

    # What policy dates do.

    def adopt(self, regime: Regime) -> None:
        """New rules: rhythms hold at once, intake follows, waves take everyone in again."""
        before = self.rules
        self.rules = OfficeRules(regime, before.time, before.held)
        self.day, self.told = int(regime.since), []
        for person in self.people:
            if person.support in CARED_FOR:
                self._follow_rhythms(person, before)
            elif person.support == Support.WAITING_ORIENTATION:
                self._follow_intake(person)
        for territory in self.territories:
            wave = "reassignment_wave"
            if self.rules.at(territory, wave) > before.at(territory, wave):
                self._take_in_again(territory)

    def _follow_rhythms(self, person: Person, before: OfficeRules) -> None:
        is_new = False
        for kind in person.kinds:
            new = self.rhythm(person, kind)
            old = before.rhythm(person.territory, person.pathway, kind)
            if (new.interval, new.shortest) != (old.interval, old.shortest):
                is_new = True
                if kind != Contact.CONTRACT:
                    person.due[kind] = min(person.due[kind], self.day + new.interval)
        if is_new:
            looked_at = person.look_on
            person.plan_look(self.rules, self.day)
            person.look_on = min(person.look_on, looked_at)

    def _follow_intake(self, person: Person) -> None:
        day, minute = person.ready
        if not self.rules.roles_at(person.territory, "intake.call_roles"):
            if person.call == Call.AWAITED:
                person.call = Call.NONE
        elif person.call == Call.NONE:
            person.call = Call.AWAITED
            if day > self.day:
                day, minute = self.day, 0
        person.be_ready(self.rules, day, minute)

    def _take_in_again(self, territory: int) -> None:
        calls = self.rules.share_at(territory, "convocation.calls_per_month") > 0
        for person in [p for p in self.people if p.territory == territory]:
            if person.support not in (Support.SUPPORTED, Support.WAITING_CASEWORKER):
                continue
            offered = self.offered(person, self.rules.band_of(person.pathway))
            if calls:
                self.say(Record.REASSIGNED, person)
                person.cohort_on = 0
                self.keep_until_called(person, offered)
            elif person.support == Support.SUPPORTED:
                self.say(Record.REASSIGNED, person)
                person.cohort_on = 0
                self.requeue(person, offered)
            elif offered != person.pathway:
                self.requeue(person, offered)


def compare_offices(
    department: Department,
    read: ReadLog,
    plans: list[DayPlan],
    regimes: list[Regime],
    entrants: dict[int, Home],
    gone: dict[int, float],
) -> OfficeComparison:
    """Foretell every working day of a run, up to the first difference.

    ``entrants``: those who first enter during the run. ``gone``: the minute in which a household
    out of the RSA left for good, of which a log does not tell.
    """
    coming = {int(regime.since): regime for regime in regimes[1:]}
    days = rows = refusals = 0
    for span in read.spans:
        if span.previous + 1 in coming:
            department.adopt(coming[span.previous + 1])
            first = first_difference(span.previous + 1, span.policy, department.told)
            if first is not None:
                return OfficeComparison(days, rows, refusals, first)
        wrong = live_span(department, span, entrants, gone)
        if wrong is not None:
            return OfficeComparison(days, rows, refusals, wrong)
        refusals += sum(row[KIND] == Record.PLACE_REFUSED for row in span.lives)
        if span.day is None:
            break
        told = department.live_day(plans[days], span.previous)
        first = first_difference(span.day, span.offices, told)
        if first is not None:
            return OfficeComparison(days, rows, refusals, first)
        days, rows = days + 1, rows + len(told)
    return OfficeComparison(days, rows, refusals, None)


def live_span(
    department: Department, span: Span, entrants: dict[int, Home], gone: dict[int, float]
) -> OfficeDisagreement | None:
    """Follow the lives between two working days; a place that was refused, or held, wrongly."""
    for number, row in enumerate(span.lives):
        identity = household_of(row[WHO])
        if row[KIND] == Record.FIRST_ENTRY:
            department.enter(entrants[identity])
            continue
        for left in [home for home, minute in gone.items() if minute < row[TIME]]:
            department.leave_for_good(department.homes[left])
            del gone[left]
        if not department.follow_life(row):
            return OfficeDisagreement(day_of(row), number, row, None)
    return None


def first_difference(day: int, found: list[Row], told: list[Row]) -> OfficeDisagreement | None:
    """The first row of a day that is not as foretold.

    What remobilisation pays back depends on the months since: it is not foretold.
    """
    for number, (row, expected) in enumerate(zip_longest(found, told)):
        if row is None or expected is None:
            return OfficeDisagreement(day, number, row, expected)
        is_repaid = row[KIND] == Record.SUSPENSION_ENDED
        differing = [c for c, (a, b) in enumerate(zip(row, expected, strict=True)) if a != b]
        if differing and not (is_repaid and differing == [VALUE]):
            return OfficeDisagreement(day, number, row, expected)
    return None
