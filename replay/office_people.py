"""A person as the offices know it, and the household that it lives in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from replay.adult import Adult, Chance
from replay.life import Household
from replay.office_rules import FULL_WEIGHT, KINDS_OF_SUPPORT, OfficeRules
from sim.population.layout import NEVER_DAY
from sim.vocabulary import NO_INDEX, Benefit, Call, Contact, Decision, Support

FOLLOWED = Support.IN_JOB_FOLLOW_UP
CARED_FOR = (Support.SUPPORTED, FOLLOWED)
DAYS_BETWEEN_LOOKS = 7
DAYS_BETWEEN_RHYTHMS = 42
FAR = NEVER_DAY - 1
TAKEN_OVER = (
    "pathway",
    "waiting_since",
    "calls",
    "invitations",
    "attempts",
    "assessments",
    "oriented_on",
    "workshop_on",
    "workshops_missed",
    "support_since",
    "review_on",
    "met_on",
    "contract_on",
    "cohort_on",
    "follow_up_until",
    "breaches",
    "activity_since",
)
"""Fields of a row that stand for themselves."""


@dataclass
class Home:
    """What offices know of a household."""

    id: int
    territory: int
    is_paid: bool
    since: int
    persons: int
    suspended_until: int
    stage: int
    people: list[Person] = field(default_factory=list)


@dataclass
class Person:
    """A person as the offices know it; days from the epoch, 0 where there was none."""

    id: int
    home: Home
    chance: Chance
    mark: float
    """The household's own uniform for the coverage of pathways."""
    birth: int
    is_self_employed: bool
    is_stayer: bool
    barriers: set[int]
    changes: list[int]
    """By barrier: how many times it appeared or was lifted."""
    job: int = NO_INDEX
    ended: tuple[int, int] = (0, NO_INDEX)
    """Minute and kind of the last occupation that ended."""
    support: Support = Support.NONE
    pathway: int = NO_INDEX
    waiting_since: int = 0
    ready: tuple[int, int] = (0, 0)
    """Day, and minute of it, from which the person can be received or called."""
    call: Call = Call.NONE
    calls: int = 0
    invitations: int = 0
    attempts: int = 0
    assessments: int = 0
    seen: set[int] = field(default_factory=set)
    oriented_on: int = 0
    workshop_on: int = 0
    workshops_missed: int = 0
    support_since: int = 0
    review_on: int = 0
    posts: list[int] = field(default_factory=list)
    due: dict[int, int] = field(default_factory=dict)
    postponed: set[int] = field(default_factory=set)
    met_on: int = 0
    contract_on: int = 0
    cohort_on: int = 0
    follow_up_until: int = 0
    breaches: int = 0
    activity_since: int = 0
    actions: set[int] = field(default_factory=set)
    look_on: int = NEVER_DAY
    """Day on which the offices next look at the person."""

    @property
    def territory(self) -> int:
        """Where the household lives."""
        return self.home.territory

    @property
    def waits_to_be_called(self) -> bool:
        """Kept with a referent in name until a new organisation calls."""
        return self.support == Support.WAITING_CASEWORKER and self.call == Call.TO_COME_AGAIN

    @property
    def kinds(self) -> tuple[Contact, ...]:
        """Kinds of contact that are held with the person."""
        return (Contact.FOLLOW_UP,) if self.support == FOLLOWED else KINDS_OF_SUPPORT

    def weight(self, rules: OfficeRules) -> int:
        """Weight in a portfolio, in hundredths."""
        if self.support == FOLLOWED:
            return rules.follow_up_weight(self.territory, self.pathway)
        return FULL_WEIGHT

    def plan_look(self, rules: OfficeRules, day: int, *, was_looked_at: bool = False) -> None:
        """When the offices look next; minutes did not suffice if they have just looked."""
        if self.support == FOLLOWED:
            self.look_on = min(self.due[Contact.FOLLOW_UP], self.follow_up_until, FAR)
            return
        soonest = FAR
        for kind in self.kinds:
            rhythm = rules.rhythm(self.territory, self.pathway, kind)
            held = rules.held_days(self.territory, self.pathway, kind)
            first = self.due[kind] - (rhythm.interval - held)
            if was_looked_at and first <= day:
                first = min(self.due[kind], day + DAYS_BETWEEN_LOOKS)
            soonest = min(soonest, first)
            if rhythm.shortest < held:
                soonest = min(soonest, day + DAYS_BETWEEN_RHYTHMS)
        if self.workshop_on > 0 and rules.holds_workshops(self.territory):
            soonest = min(soonest, self.workshop_on)
        self.look_on = soonest

    def wait_for_orientation(self, rules: OfficeRules, day: int, minute: int) -> None:
        """Rights are open: a call comes, or an invitation after some days."""
        self.support, self.pathway, self.waiting_since = Support.WAITING_ORIENTATION, NO_INDEX, day
        is_called = bool(rules.roles_at(self.territory, "intake.call_roles"))
        self.call = Call.AWAITED if is_called else Call.NONE
        days = 0 if is_called else rules.at(self.territory, "intake.notification_days")
        self.be_ready(rules, day + days, minute)

    def be_ready(self, rules: OfficeRules, day: int, minute: int) -> None:
        """The person can be received or called from then on."""
        self.ready = (day, minute)
        self.look_on = day
        if rules.orientation_limit > 0:
            self.look_on = min(day, self.waiting_since + rules.orientation_limit + 1)

    def wait_for_caseworker(self, rules: OfficeRules, day: int) -> None:
        """Oriented: a place must open; a light contact is due now and then meanwhile."""
        self.support, self.waiting_since, self.look_on = Support.WAITING_CASEWORKER, day, 0
        self.call = Call.NONE
        days = int(rules.of_pathway(self.territory, self.pathway, "waiting_contact_days"))
        is_recent = self.met_on > 0 and self.met_on + days > day
        self.due[Contact.CONTACT] = (self.met_on if is_recent else day) + days

    def begin_follow_up(self, rules: OfficeRules, day: int) -> None:
        """A supported person found a job."""
        self.support = FOLLOWED
        self.follow_up_until = day + rules.days(self.territory, self.pathway, "follow_up_months")
        interval = rules.rhythm(self.territory, self.pathway, Contact.FOLLOW_UP).interval
        self.due[Contact.FOLLOW_UP] = day + interval
        self.postponed.clear()
        self.plan_look(rules, day)

    def return_to_support(self, rules: OfficeRules, day: int) -> None:
        """Follow-up is over while the household is on RSA."""
        self.support = Support.SUPPORTED
        for kind in (Contact.CONTACT, Contact.APPOINTMENT):
            rhythm = rules.rhythm(self.territory, self.pathway, kind)
            self.due[kind] = day + rhythm.interval
        self.due[Contact.CONTRACT] = max(self.due[Contact.CONTRACT], day)
        self.due[Contact.FOLLOW_UP] = NEVER_DAY
        self.postponed.clear()
        self.plan_look(rules, day)

    def leave_offices(self) -> None:
        """Nobody does anything for the person."""
        self.support, self.posts, self.look_on = Support.NONE, [], NEVER_DAY
        self.activity_since = 0
        self.actions.clear()


def home_of(household: Household) -> Home:
    """A household as offices meet it at its first entry, or take it over."""
    label = household.regime.labels("household_types")[household.kind]
    persons = sum(
        int(household.regime.number(f"household_types.{label}.{who}"))
        for who in ("adults", "children")
    )
    is_paid = household.benefit == Benefit.PAID
    home = Home(
        household.id,
        household.territory,
        is_paid,
        household.since,
        persons,
        household.suspended_until,
        0,
    )
    mark = household.chance.uniform(Decision.COVERAGE)
    share = household.regime.number("population.self_employed_share")
    home.people = [_person_of(adult, home, mark, share) for adult in household.adults]
    return home


def _person_of(adult: Adult, home: Home, mark: float, self_employed_share: float) -> Person:
    return Person(
        adult.id,
        home,
        adult.chance,
        mark,
        adult.birth,
        adult.chance.uniform(Decision.SELF_EMPLOYED) < self_employed_share,
        adult.is_stayer,
        set(adult.barriers),
        adult.clocks.fired[3:],
        NO_INDEX if adult.job is None else adult.job.kind,
    )


def take_over(home: Home, row: Any, people: Any, posts: Any, look_on: Any) -> None:
    """What a starting population says of a household and its adults: where they stand.

    ``posts``: by adult, rows of its caseworkers in the roster of the run.
    """
    home.stage = int(row["stage"])
    home.is_paid, home.since = row["benefit"] == Benefit.PAID, int(row["since"])
    for person, held, rows, look in zip(home.people, people, posts, look_on, strict=True):
        for name in TAKEN_OVER:
            setattr(person, name, int(held[name]))
        person.support, person.call = Support(held["support"]), Call(held["call"])
        person.ready = (int(held["ready_on"]), int(held["ready_minute"]))
        person.seen, person.actions = _bits(held["seen"]), _bits(held["on_action"])
        person.postponed = _bits(held["postponed"])
        person.due = {kind: int(held["due"][kind]) for kind in Contact}
        person.posts = [int(post) for post in rows if post >= 0]
        person.look_on = int(look)


def _bits(numbers: int) -> set[int]:
    return {place for place in range(16) if int(numbers) >> place & 1}
