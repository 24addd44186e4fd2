"""A working day of the offices, lived naively: whole lists sorted anew, loads counted anew.

Lives come from the log of the run under test; every row that offices write is foretold, in its
order. All numbers are integers, so that all of it is exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from replay.log_reading import Row
from replay.office_people import CARED_FOR, FOLLOWED, Home, Person
from replay.office_rules import FULL_WEIGHT, OfficeRules
from sim.engine.staffing import Post
from sim.population.layout import NEVER_DAY
from sim.units import DAYS_PER_MONTH, DAYS_PER_YEAR, MINUTES_PER_DAY
from sim.vocabulary import NO_INDEX, Call, Contact, Decision, OrientedBy, Record, Support

NOBODY = -1
HIGHEST_COUNT = 100
INVITATIONS_APART = 8
DAYS_BETWEEN_COHORTS = 365


class Offices:
    """All offices of a department: who is in which list, and the staff of the day.

    ``homes`` are in the order in which households entered.
    """

    def __init__(self, rules: OfficeRules, posts: tuple[Post, ...], homes: Iterable[Home]) -> None:
        self.rules = rules
        self.posts = posts
        self.homes: dict[int, Home] = {}
        self.people: list[Person] = []
        """Everybody, in the order of their households."""
        for home in homes:
            self.enter(home)
        self.minutes = [0] * len(posts)
        self.capacity = [0] * len(posts)
        self.reserve = [0] * len(posts)
        self.on_contacts = [0] * len(posts)
        self.on_promises = [0] * len(posts)
        territories = rules.regime.labels("territories")
        self.desks: list[list[int]] = [[0] * 64 for _ in territories]
        self.day = 0
        self.told: list[Row] = []

    # Who and where.

    def enter(self, home: Home) -> None:
        """A household that the offices meet from now on."""
        self.homes[home.id] = home
        self.people += home.people

    @property
    def territories(self) -> range:
        """All territories."""
        return range(len(self.desks))

    def say(
        self,
        kind: Record,
        person: Person,
        *,
        detail: int = 0,
        value: int = 0,
        origin: int | None = None,
        time: float | None = None,
    ) -> None:
        """Foretell a row about a person."""
        minute = int((self.day if time is None else time) * MINUTES_PER_DAY)
        since = self.day if origin is None else origin
        where = [person.territory, person.pathway]
        self.told.append([minute, person.id, int(kind), *where, int(detail), value, since])

    def say_of_home(self, kind: Record, home: Home, detail: int, value: int, origin: int) -> None:
        """Foretell a row about a household."""
        minute = self.day * MINUTES_PER_DAY
        where = [home.territory, NO_INDEX]
        self.told.append([minute, home.id, int(kind), *where, detail, value, origin])

    def say_of_office(
        self, kind: Record, territory: int, pathway: int, detail: int, value: int
    ) -> None:
        """Foretell a row about nobody."""
        minute = self.day * MINUTES_PER_DAY
        self.told.append([minute, NOBODY, int(kind), territory, pathway, detail, value, self.day])

    # Staff.

    def loads(self, *, without: Person | None = None) -> list[int]:
        """Weight of every portfolio, in hundredths of a person."""
        found = [0] * len(self.posts)
        for person in self.people:
            if person.support in CARED_FOR and person is not without:
                weight = person.weight(self.rules)
                for post in person.posts:
                    found[post] += weight
        return found

    def in_role(self, territory: int, role: int) -> list[int]:
        """The posts of a role in a territory, in the order of the roster."""
        return [
            row
            for row, post in enumerate(self.posts)
            if (post.territory, post.role) == (territory, role)
        ]

    def lightest(self, territory: int, role: int, *, without: Person | None = None) -> int | None:
        """The least loaded post of a team that has room for one more; the first of equals."""
        team, loads = self.in_role(territory, role), self.loads(without=without)
        places = sum(self.capacity[post] + self.reserve[post] for post in team)
        if sum(loads[post] for post in team) + FULL_WEIGHT > places:
            return None
        present = [post for post in team if self.capacity[post] > 0]
        return min(present, key=lambda p: Fraction(loads[p], self.capacity[p]), default=None)

    def freest(self, territory: int, role: int) -> int | None:
        """The post of a role with most minutes left; the first of equals."""
        return max(self.in_role(territory, role), key=self.minutes.__getitem__, default=None)

    def have_minutes(self, territory: int, roles: list[int], minutes: int) -> bool:
        """Whether each role has somebody with the minutes."""
        free = [self.freest(territory, role) for role in roles]
        return all(post is not None and self.minutes[post] >= minutes for post in free)

    def spend(self, territory: int, roles: list[int], minutes: int) -> None:
        """Take minutes from one of each role."""
        for role in roles:
            post = self.freest(territory, role)
            if post is not None:
                self.minutes[post] -= minutes

    # What is done to a person.

    def end_wait(self, person: Person) -> None:
        """Say that a wait is over, and how long it was; who is not called yet waits for nothing."""
        kind = Record.WAIT_FOR_ORIENTATION_ENDED
        if person.support == Support.WAITING_CASEWORKER:
            kind = Record.WAIT_FOR_CASEWORKER_ENDED
            if person.waits_to_be_called:
                return
        days = self.day - person.waiting_since
        self.say(kind, person, value=days, origin=person.waiting_since)

    def wait_for_caseworker(self, person: Person) -> None:
        """Put a person in the queue for a place in a portfolio."""
        person.wait_for_caseworker(self.rules, self.day)
        self.say(Record.WAIT_FOR_CASEWORKER_STARTED, person)

    def close_support(self, person: Person) -> None:
        """End whatever is done for a person."""
        if person.support in CARED_FOR:
            since = person.activity_since
            if since > 0:
                self.say(Record.ACTIVITY_ENDED, person, value=self.day - since, origin=since)
            for action in sorted(person.actions):
                self.say(Record.ACTION_ENDED, person, detail=action)
            if person.support == FOLLOWED:
                self.say(Record.FOLLOW_UP_ENDED, person)
            since = person.support_since
            self.say(Record.SUPPORT_ENDED, person, value=self.day - since, origin=since)
        elif person.support != Support.NONE:
            self.end_wait(person)
        person.leave_offices()

    def requeue(self, person: Person, pathway: int) -> None:
        """The person waits again, in a pathway, if the household is on RSA."""
        self._stop(person, pathway)
        if person.home.is_paid:
            self.wait_for_caseworker(person)

    def keep_until_called(self, person: Person, pathway: int) -> None:
        """The person keeps a referent in name, in a pathway, until a new organisation calls."""
        self._stop(person, pathway)
        if person.home.is_paid:
            person.wait_for_caseworker(self.rules, self.day)
            person.call = Call.TO_COME_AGAIN
            self.say(Record.TO_BE_CALLED_AGAIN, person)

    def _stop(self, person: Person, pathway: int) -> None:
        if pathway != person.pathway:
            self.say(Record.PATHWAY_SWITCHED, person, detail=pathway)
        self.close_support(person)
        person.pathway = pathway

    def assess(self, person: Person) -> int:
        """Note the barriers seen; their points."""
        person.assessments = min(person.assessments + 1, HIGHEST_COUNT)
        person.seen = {
            barrier
            for barrier, changes in enumerate(person.changes)
            if self.rules.is_seen(
                barrier,
                person.assessments,
                person.chance.uniform(Decision.ASSESSMENT + barrier, changes),
                is_present=barrier in person.barriers,
            )
        }
        return self.rules.points(person.seen)

    def pathway_of(self, person: Person, points: int, *, is_review: bool) -> int:
        """The pathway after an assessment; a review moves only past a limit by a margin."""
        low = self.rules.at(person.territory, "assessment.employment_at_most")
        high = self.rules.at(person.territory, "assessment.social_at_least")
        if is_review:
            margin = self.rules.at(person.territory, "assessment.review_margin_points")
            band = self.rules.band_of(person.pathway)
            low += margin if band == 0 else -margin
            high += -margin if band == 2 else margin
        return self.offered(person, 0 if points <= low else 2 if points >= high else 1)

    def offered(self, person: Person, band: int) -> int:
        """The pathway of a band that is offered to a person here and now."""
        return self.rules.offered(
            person.territory, band, person.mark, is_self_employed=person.is_self_employed
        )

    def orient(self, person: Person, time: float, by: OrientedBy) -> None:
        """The person was received."""
        self.end_wait(person)
        person.pathway = self.pathway_of(person, self.assess(person), is_review=False)
        person.oriented_on = self.day
        since = person.waiting_since
        self.say(
            Record.ORIENTED, person, detail=by, value=self.day - since, origin=since, time=time
        )
        person.call, person.workshops_missed, person.workshop_on = Call.NONE, 0, 0
        if self.rules.holds_workshops(person.territory):
            after = self.rules.at(person.territory, "workshop.after_days")
            person.workshop_on = self.day + after
        self.wait_for_caseworker(person)

    # The stages of a day.

    def hand_over(self, post: int) -> None:
        """Portfolios of who left go to colleagues with room, or queue again."""
        for person in self.people:
            if post not in person.posts or person.support not in CARED_FOR:
                continue
            position = person.posts.index(post)
            old = self.posts[post]
            found = self.lightest(old.territory, old.role, without=person)
            if found is None:
                self.requeue(person, person.pathway)
            else:
                person.posts[position] = found
                self.say(Record.CASEWORKER_CHANGED, person, detail=old.role)

    def note_minutes(self, kind: Record) -> None:
        """Minutes by territory and role."""
        roles = max((post.role + 1 for post in self.posts), default=0)
        for territory in self.territories:
            for role in range(roles):
                total = sum(self.minutes[post] for post in self.in_role(territory, role))
                self.say_of_office(kind, territory, NO_INDEX, role, total)

    def call_in(self, territory: int, previous: int, listed: list[Person]) -> None:
        """Call in people of before a new organisation, the latest come to the RSA first."""
        pace = self.rules.share_at(territory, "convocation.calls_per_month")
        calls = int(pace * self.day / DAYS_PER_MONTH) - int(pace * previous / DAYS_PER_MONTH)
        there = [
            p
            for p in listed
            if p.support == Support.WAITING_CASEWORKER and p.territory == territory
        ]
        queued = sum(not p.waits_to_be_called for p in there)
        if pace == 0 or queued > pace / 2:
            return
        exempt = self.rules.share_at(territory, "convocation.exempt_share")
        called = [
            p
            for p in there
            if p.waits_to_be_called
            and not (
                self.rules.is_ill(p.barriers) and p.chance.uniform(Decision.EXEMPTION) < exempt
            )
        ]
        called.sort(key=lambda p: (-p.home.since, p.id))
        for person in called[:calls]:
            since = person.waiting_since
            waited = self.day - since
            self.say(Record.CALLED_AGAIN, person, value=waited, origin=since)
            person.wait_for_orientation(self.rules, self.day, 0)
            person.call = Call.CALLED_AGAIN
            days = self.rules.at(territory, "intake.notification_days")
            person.be_ready(self.rules, self.day + days, 0)
            self.say(Record.WAIT_FOR_ORIENTATION_STARTED, person)

    def answer_calls(self, territory: int, waiting: list[Person]) -> None:
        """Operators answer who is ready, first ready first."""
        roles = self.rules.roles_at(territory, "intake.call_roles")
        minutes = self.rules.at(territory, "intake.call_minutes")
        ready = [
            person
            for person in waiting
            if person.territory == territory
            and person.call == Call.AWAITED
            and person.ready[0] <= self.day
        ]
        for person in sorted(ready, key=lambda p: (p.ready, p.id)):
            operators = [post for role in roles for post in self.in_role(territory, role)]
            operator = max(operators, key=self.minutes.__getitem__, default=None)
            if operator is None or self.minutes[operator] < minutes:
                return
            self.call(person, operator, minutes)

    def call(self, person: Person, operator: int, minutes: int) -> None:
        """One call."""
        territory, occasion = person.territory, person.calls
        person.calls = min(occasion + 1, HIGHEST_COUNT)
        unreached = self.rules.share_at(territory, "intake.call_unreached_share")
        if person.chance.uniform(Decision.CALL_REACHED, occasion) < unreached:
            spent = int(minutes * self.rules.of_contact(Contact.CONTACT, "missed_minutes_share"))
            self.minutes[operator] -= spent
            self.say(Record.CALL_UNREACHED, person, value=spent)
            again = self.day + self.rules.at(territory, "intake.recall_days")
            person.be_ready(self.rules, again, 0)
            return
        self.minutes[operator] -= minutes
        share = self.rules.share_at(territory, "intake.call_orients_share")
        orients = person.chance.uniform(Decision.CALL_ORIENTS, occasion) < share
        since = person.waiting_since
        self.say(
            Record.CALL_HELD, person, detail=int(orients), value=self.day - since, origin=since
        )
        person.call = Call.HELD
        if orients:
            self.orient(person, self.day, OrientedBy.CALL)
        else:
            person.be_ready(self.rules, self.day + 1, 0)

    def hold_session(self, territory: int, waiting: list[Person]) -> None:
        """Receive who is ready while desks and minutes last."""
        opening = self.rules.at(territory, "intake.opening_minutes")
        desks = self.desks[territory]
        for desk in range(self.rules.at(territory, "intake.desks")):
            desks[desk] = max(desks[desk] - opening, 0)
        ready = [
            person
            for person in waiting
            if person.territory == territory
            and person.support == Support.WAITING_ORIENTATION
            and person.call != Call.AWAITED
            and person.ready[0] <= self.day
        ]
        for person in sorted(ready, key=lambda p: (p.ready, p.id)):
            if not self.receive(person, opening):
                return

    def receive(self, person: Person, opening: int) -> bool:
        """One interview; False when the session is over."""
        territory, desks = person.territory, self.desks[person.territory]
        count = self.rules.at(territory, "intake.desks")
        desk = min(range(count), key=desks.__getitem__, default=0)
        day, minute = person.ready
        share_of_day = day + minute / MINUTES_PER_DAY - self.day
        start = max(desks[desk], int(share_of_day * opening) if share_of_day > 0 else 0)
        if start >= opening:
            return False
        minutes = self._interview_minutes(person)
        roles = self.rules.roles_at(territory, "intake.attending_roles")
        if not self.have_minutes(territory, roles, minutes):
            return False
        drawn = person.chance.uniform(Decision.INTAKE_ATTENDANCE, person.invitations)
        no_show = self.rules.intake_no_show(territory)
        if person.call == Call.CALLED_AGAIN and (
            person.is_stayer or self.rules.is_ill(person.barriers)
        ):
            comes = self.rules.share_at(territory, "convocation.attendance_factor")
            no_show = 1.0 - (1.0 - no_show) * comes
        is_absent = drawn < no_show
        if is_absent:
            share = self.rules.of_contact(Contact.APPOINTMENT, "missed_minutes_share")
            minutes = int(minutes * share)
        self.spend(territory, roles, minutes)
        desks[desk] = start + minutes
        person.invitations += 1
        if is_absent:
            self.say(Record.INTAKE_NO_SHOW, person)
            again = self.day + self.rules.at(territory, "intake.reinvitation_days")
            person.be_ready(self.rules, again, 0)
        else:
            self.orient(person, self.day + start / opening, OrientedBy.SESSION)
        return True

    def _interview_minutes(self, person: Person) -> int:
        place = self.rules.regime.territory(person.territory)
        mean = self.rules.number(f"{place}.intake.interview_minutes")
        if self.rules.regime.parameters.word(f"{place}.intake.interview_form") == "fixed":
            return math.floor(mean + 0.5)
        drawn = person.chance.threshold(Decision.INTERVIEW_LENGTH, person.invitations)
        return max(1, math.floor(mean * drawn + 0.5))

    def orient_at_the_limit(self, territory: int, waiting: list[Person]) -> None:
        """Who waited longer than the law allows, longest wait first."""
        limit = self.rules.orientation_limit
        if limit == 0:
            return
        place = self.rules.regime.territory(territory)
        minutes = math.floor(self.rules.number(f"{place}.intake.interview_minutes") + 0.5)
        roles = self.rules.roles_at(territory, "intake.limit_roles")
        late = [
            person
            for person in waiting
            if person.territory == territory
            and person.support == Support.WAITING_ORIENTATION
            and self.day - person.waiting_since > limit
        ]
        for person in sorted(late, key=lambda p: (p.waiting_since, p.id)):
            if not self.have_minutes(territory, roles, minutes):
                return
            self.spend(territory, roles, minutes)
            self.orient(person, self.day, OrientedBy.LIMIT)

    def assign_portfolios(self, territory: int, listed: list[Person]) -> None:
        """Fill free places in the order of the queue."""
        low = self.rules.share_at(territory, "priority.age_low")
        high = self.rules.share_at(territory, "priority.age_high")
        queue = [
            person
            for person in listed
            if person.territory == territory
            and person.support == Support.WAITING_CASEWORKER
            and not person.waits_to_be_called
        ]

        def place_in_queue(person: Person) -> tuple[bool, int, int]:
            age = (self.day - person.birth) / DAYS_PER_YEAR
            is_target = high > 0 and low <= age < high
            return not is_target, person.waiting_since, person.id

        full: set[int] = set()
        for person in sorted(queue, key=place_in_queue):
            roles = self.rules.roles_of(person.pathway)
            if full & set(roles):
                continue
            found = [self.lightest(territory, role) for role in roles]
            # Places only fill up: a role that is full now is full for the rest of the day.
            full |= {r for r, post in zip(roles, found, strict=True) if post is None}
            if None not in found:
                self.start_support(person, [post for post in found if post is not None])

    def start_support(self, person: Person, posts: list[int]) -> None:
        """Caseworkers were found."""
        rules, day, where = self.rules, self.day, (person.territory, person.pathway)
        self.end_wait(person)
        waited, since = day - person.waiting_since, person.waiting_since
        self.say(Record.SUPPORT_STARTED, person, value=waited, origin=since)
        is_new = person.cohort_on == 0 or person.support_since < person.home.since
        person.support, person.support_since, person.posts = Support.SUPPORTED, day, posts
        person.review_on = day + rules.days(*where, "review_months")
        person.postponed.clear()
        soonest = int(rules.of_pathway(*where, "contract_due_days"))
        for kind in (Contact.CONTACT, Contact.APPOINTMENT):
            interval = rules.rhythm(*where, kind).interval
            first = day + min(interval if kind == Contact.CONTACT else soonest, interval)
            is_recent = person.met_on > 0 and person.met_on + interval > day
            person.due[kind] = person.met_on + interval if is_recent else first
        renewal = person.contract_on + rules.rhythm(*where, Contact.CONTRACT).interval
        is_running = person.contract_on > 0 and renewal > day + soonest
        person.due[Contact.CONTRACT] = renewal if is_running else day + soonest
        person.due[Contact.FOLLOW_UP] = NEVER_DAY
        person.plan_look(rules, day)
        if not is_new:
            entered = person.cohort_on
            self.say(Record.SUPPORT_CONTINUED, person, value=day - entered, origin=entered)
        elif person.cohort_on == 0 or day - person.cohort_on >= DAYS_BETWEEN_COHORTS:
            person.cohort_on = day
            self.say(Record.COHORT_ENTERED, person)

    def hold_workshop(self, territory: int, listed: list[Person]) -> None:
        """Receive the earliest invited, up to the places."""
        invited = [
            person
            for person in listed
            if person.territory == territory
            and person.support in (Support.WAITING_CASEWORKER, Support.SUPPORTED)
            and 0 < person.workshop_on <= self.day
        ]
        invited.sort(key=lambda p: (p.workshop_on, p.id))
        received = invited[: self.rules.at(territory, "workshop.places")]
        minutes = self.rules.at(territory, "workshop.minutes")
        roles = self.rules.roles_at(territory, "workshop.attending_roles")
        if not received or not self.have_minutes(territory, roles, minutes):
            return
        self.spend(territory, roles, minutes)
        for person in received:
            self.take_part(person)

    def take_part(self, person: Person) -> None:
        """One invited person comes, or is invited again."""
        territory = person.territory
        occasion = person.assessments * INVITATIONS_APART + person.workshops_missed
        no_show = self.rules.share_at(territory, "workshop.no_show_share")
        if person.chance.uniform(Decision.WORKSHOP_ATTENDANCE, occasion) < no_show:
            person.workshops_missed += 1
            is_last = person.workshops_missed >= self.rules.at(territory, "workshop.invitations")
            again = self.day + self.rules.at(territory, "workshop.reinvitation_days")
            person.workshop_on = 0 if is_last else again
            self.say(Record.WORKSHOP_MISSED, person, value=person.workshops_missed)
            return
        person.workshop_on = 0
        since = person.oriented_on
        self.say(Record.WORKSHOP_HELD, person, value=self.day - since, origin=since)
