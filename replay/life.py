"""A household's life, lived naively: every clock is read at every stop.

No rows, no agenda, no lists, nothing that is put off. The offices are not simulated: what they
did to the household comes from the log of the run under test (see ``office_acts``). Everything
else that the log says of the household is foretold here.

It is one long file on purpose: whoever reads a disagreement follows one household from its first
day to its last in one text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from replay.adult import Adult, Chance, Clocks, Job, Surroundings, seven_digits, treated_by
from replay.regime import Regime
from sim.units import (
    DAYS_PER_MONTH,
    DAYS_PER_YEAR,
    MINUTES_PER_DAY,
    NEVER,
    date_of,
    first_day_of_month,
    month_number,
)
from sim.vocabulary import (
    NO_INDEX,
    Benefit,
    Decision,
    ExitReason,
    HouseholdClock,
    PersonClock,
    Record,
    Support,
)

MONTHS_REMEMBERED = 5
"""Months of resources that can still be declared, the present one included."""
MONTHS_BETWEEN_DECLARATIONS = 3
REENTRY_LIMITS = (6, 12, 36)
"""Months out of the RSA, or below the scale, after which the hazard of a return changes."""
CONTRACT_LIMITS = (3, 12)
"""Months in a contract without a term after which the hazard of its rupture changes."""
FINAL = (ExitReason.MOVED_AWAY, ExitReason.OTHER_MINIMUM, ExitReason.PENSION)
WAITING = (Support.WAITING_ORIENTATION, Support.WAITING_CASEWORKER)
FOLLOWED = Support.IN_JOB_FOLLOW_UP
SAME_MINUTES = 30.0
"""A refusal in the log is the one foretold when no more minutes lie between them."""
LAST_DAY = 32767


class Event(NamedTuple):
    """Something foretold; ``time`` in days from the epoch, the rest as in a row of the log."""

    time: float
    who: int
    kind: int
    territory: int
    pathway: int
    detail: int
    value: int
    origin: int

    @property
    def minutes(self) -> float:
        """The time as logs count it."""
        return self.time * MINUTES_PER_DAY


class Stop(NamedTuple):
    """What comes next: its time, what happens then, whether slow factors are looked at anew."""

    time: float
    happens: Callable[[], None]
    is_look: bool = True


class Household:
    """Adults who live together, from their first entry on.

    ``entry`` is the time of it in days. Events foretold gather in ``events``; ``refusals`` are the
    minutes at which the log says that an adult (by identity) found no place.
    """

    def __init__(self, regime: Regime, identity: int, territory: int, entry: float) -> None:
        self.regime, self.id, self.territory, self.now = regime, identity, territory, entry
        self.chance = Chance(regime.seed, identity)
        u = self.chance.uniform
        self.kind = regime.household_kind(u(Decision.HOUSEHOLD_TYPE))
        label = regime.labels("household_types")[self.kind]
        self.phase = int(u(Decision.DECLARATION_PHASE) * MONTHS_BETWEEN_DECLARATIONS)
        housed, increased = u(Decision.HOUSING_SUPPORT), u(Decision.INCREASED_AMOUNT)
        self.is_housed = housed < regime.number("allowance.housing_support_share")
        self.is_increased = increased < regime.number(f"household_types.{label}.increased_share")
        self.grid_phase = (identity >> 9) % 28
        self.benefit, self.reason, self.since = Benefit.PAID, ExitReason.NONE, int(entry)
        self.below_since: int | None = None
        self.suspended_until = 0
        self.declared_cents, self.declaration = 0, NEVER
        self.earned: dict[int, int] = {}
        self.accrued_on = int(entry)
        self.clocks = Clocks(self.chance, Decision.HOUSEHOLD_CLOCK, len(HouseholdClock))
        adults = int(regime.number(f"household_types.{label}.adults"))
        self.adults = [Adult(regime, identity, member, entry) for member in range(adults)]
        power = regime.number("frailty.long_exit_power")
        mean = sum(adult.frailty**power for adult in self.adults) / adults
        self.exit_frailty = seven_digits(mean)
        low, high = (regime.number(f"population.pension_age_{end}") for end in ("low", "high"))
        years = low + u(Decision.PENSION_AGE) * (high - low)
        self.pension = min(int(self.adults[0].birth + years * DAYS_PER_YEAR), LAST_DAY)
        self.refusals: dict[int, list[float]] = {}
        self.looked_at = entry
        self.events: list[Event] = []
        self.say(Record.FIRST_ENTRY, value=adults)
        self.open_support(days_out=0)

    # What is known of the household.

    @property
    def day(self) -> int:
        """Today."""
        return int(self.now)

    @property
    def month(self) -> int:
        """The present month, counted from January 1960."""
        return month_number(date_of(self.day))

    @property
    def is_paid(self) -> bool:
        """Whether the household is on RSA."""
        return self.benefit == Benefit.PAID

    @property
    def income_cents(self) -> int:
        """Monthly resources from work and unemployment benefit."""
        return sum(adult.income_cents for adult in self.adults)

    @property
    def break_even_cents(self) -> int:
        """Monthly resources from which nothing is paid."""
        return self.regime.break_even_cents(
            self.kind, is_housed=self.is_housed, is_increased=self.is_increased
        )

    @property
    def around(self) -> Surroundings:
        """What the adults' hazards depend on."""
        return Surroundings(
            self.regime, self.territory, self.kind, self.is_paid, self.suspended_until > 0
        )

    def say(
        self,
        kind: Record,
        who: Adult | None = None,
        *,
        detail: int = 0,
        value: int = 0,
        origin: int | None = None,
        pathway: int | None = None,
    ) -> None:
        """Foretell a row of the log, about an adult or the household."""
        identity = self.id if who is None else who.id
        if pathway is None:
            pathway = NO_INDEX if who is None else who.pathway
        since = self.day if origin is None else origin
        self.events.append(
            Event(self.now, identity, int(kind), self.territory, pathway, detail, value, since)
        )

    # Resources.

    def accrue(self) -> None:
        """Count what was earned since the last count, month by month, in whole cents."""
        income, day = self.income_cents, self.accrued_on
        while day < self.day:
            month = month_number(date_of(day))
            end = min(self.day, first_day_of_month(month + 1))
            cents = math.floor(income * ((end - day) / DAYS_PER_MONTH) + 0.5)
            self.earned[month] = self.earned.get(month, 0) + cents
            day = end
        self.accrued_on = self.day

    def uprate(self, old_wage: int, new_wage: int) -> None:
        """Wages and unemployment benefit move as the full-time wage does."""
        if new_wage == old_wage:
            return
        self.accrue()
        for adult in self.adults:
            adult.income_cents = adult.income_cents * new_wage // old_wage

    def earned_in(self, months_ago: int) -> int:
        """Cents earned in a month before the present one."""
        return self.earned.get(self.month - months_ago, 0)

    def schedule_declaration(self) -> None:
        """The next quarterly date, if there are resources to declare."""
        remembered = any(self.earned_in(ago) > 0 for ago in range(MONTHS_REMEMBERED))
        self.declaration = NEVER
        if self.is_paid and (self.declared_cents > 0 or self.income_cents > 0 or remembered):
            month = self.month + 1
            while (month + self.phase) % MONTHS_BETWEEN_DECLARATIONS:
                month += 1
            self.declaration = float(first_day_of_month(month))

    def compare_with_scale(self) -> None:
        """Out of the RSA, note since when resources are below the scale."""
        if self.is_paid:
            return
        if self.income_cents > self.break_even_cents:
            self.below_since = None
        elif self.below_since is None:
            self.below_since = self.day

    def declare(self) -> None:
        """The reference months are read: another amount, or the right ends because of work."""
        self.accrue()
        lag = int(self.regime.number_on_date("benefit.declaration_lag_months"))
        self.declared_cents = sum(self.earned_in(ago) for ago in (lag - 2, lag - 1, lag)) // 3
        self.say(Record.DECLARATION, value=self.declared_cents)
        if self.declared_cents > self.break_even_cents:
            self.leave(ExitReason.WORK)
        else:
            self.schedule_declaration()

    # Leaving and coming back.

    def leave(self, reason: ExitReason) -> None:
        """The household stops being paid."""
        self.say(Record.EXIT, detail=reason, value=self.day - self.since, origin=self.since)
        if reason in FINAL:
            self.depart()
            return
        for adult in self.adults:
            if reason != ExitReason.WORK or adult.support != FOLLOWED:
                self.close_support(adult)
        self.be_out(reason, self.day)

    def be_out(self, reason: ExitReason, day: int) -> None:
        """Out of the RSA since a day, with the possibility to come back."""
        self.benefit, self.reason, self.since = Benefit.OUT, reason, day
        self.declaration, self.suspended_until = NEVER, 0
        self.below_since = day if self.income_cents <= self.break_even_cents else None

    def depart(self) -> None:
        """Gone for good."""
        for adult in self.adults:
            self.close_support(adult)
        self.benefit = Benefit.GONE

    def retire(self) -> None:
        """The head reaches the age of the pension."""
        if self.is_paid:
            self.leave(ExitReason.PENSION)
        else:
            self.depart()

    def come_back(self) -> None:
        """Rights are open again."""
        days_out = self.day - self.since
        self.say(Record.REENTRY, detail=self.reason, value=days_out, origin=self.since)
        self.benefit, self.reason, self.since = Benefit.PAID, ExitReason.NONE, self.day
        self.below_since = None
        self.accrue()
        self.declared_cents = 0
        self.schedule_declaration()
        self.open_support(days_out)

    def move(self) -> None:
        """Out of the department, or to another of its territories."""
        occasion = self.clocks.fired[HouseholdClock.MOVE]
        others = len(self.regime.labels("territories")) - 1
        share = self.regime.number("benefit.internal_move_share")
        if others == 0 or self.chance.uniform(Decision.MOVE_AWAY, occasion) >= share:
            if self.is_paid:
                self.leave(ExitReason.MOVED_AWAY)
            else:
                self.depart()
            return
        for adult in self.adults:
            self.close_support(adult)
        drawn = self.chance.uniform(Decision.MOVE_DESTINATION, occasion)
        places = [p for p in range(others + 1) if p != self.territory]
        destination = places[min(int(drawn * others), others - 1)]
        self.say(Record.TERRITORY_CHANGED, detail=destination)
        self.territory = destination
        if self.is_paid:
            self.open_support(days_out=0)

    def end_suspension(self) -> None:
        """The suspension reached its last day."""
        self.say(Record.SUSPENSION_ENDED, origin=self.suspended_until)
        self.suspended_until = 0

    # What lives do to support.

    def open_support(self, days_out: int) -> None:
        """Adults with duties enter intake, or their queue if they are still oriented."""
        if self.regime.is_history:
            return
        place = self.regime.territory(self.territory)
        months = self.regime.number(f"{place}.intake.orientation_validity_months")
        for adult in self.adults:
            if not adult.has_duties or adult.support == FOLLOWED:
                continue
            if adult.pathway >= 0 and days_out <= months * DAYS_PER_MONTH:
                adult.support, adult.is_to_come_again = Support.WAITING_CASEWORKER, False
                kind = Record.WAIT_FOR_CASEWORKER_STARTED
            else:
                adult.support, adult.pathway = Support.WAITING_ORIENTATION, NO_INDEX
                kind = Record.WAIT_FOR_ORIENTATION_STARTED
            adult.since = self.day
            self.say(kind, adult)

    def close_support(self, adult: Adult) -> None:
        """End whatever the offices do for an adult."""
        days = self.day - adult.since
        if adult.support == Support.WAITING_ORIENTATION:
            self.say(Record.WAIT_FOR_ORIENTATION_ENDED, adult, value=days, origin=adult.since)
        elif adult.support == Support.WAITING_CASEWORKER:
            if not adult.is_to_come_again:
                self.say(Record.WAIT_FOR_CASEWORKER_ENDED, adult, value=days, origin=adult.since)
        elif adult.support != Support.NONE:
            self.release_places(adult)
            if adult.support == FOLLOWED:
                self.say(Record.FOLLOW_UP_ENDED, adult)
                adult.followed_on = 0
            self.say(Record.SUPPORT_ENDED, adult, value=days, origin=adult.since)
        adult.support = Support.NONE

    def release_activity(self, adult: Adult) -> None:
        """Give the activity place back."""
        since = adult.activity_since
        if since > 0:
            self.say(Record.ACTIVITY_ENDED, adult, value=self.day - since, origin=since)
            adult.activity_since = 0

    def release_action(self, adult: Adult, action: int) -> None:
        """Give the place in an action back."""
        adult.actions.discard(action)
        self.say(Record.ACTION_ENDED, adult, detail=action)

    def release_places(self, adult: Adult) -> None:
        """Give every place back."""
        self.release_activity(adult)
        for action in sorted(adult.actions):
            self.release_action(adult, action)

    # Occupations.

    def find_occupation(self, adult: Adult) -> None:
        """Which occupation, unless the log says that there was no place; then start it."""
        regime, n = self.regime, self.regime.number
        occasion = adult.clocks.fired[PersonClock.JOB_FINDING]
        kind = regime.pick("job_types", adult.chance.uniform(Decision.JOB_TYPE, occasion))
        label = f"job_types.{regime.labels('job_types')[kind]}"
        told = self.refusals.get(adult.id, ())
        if regime.parameters.flag(f"{label}.has_limited_places") and any(
            abs(time - self.now * MINUTES_PER_DAY) <= SAME_MINUTES for time in told
        ):
            self.say(Record.PLACE_REFUSED, adult, detail=kind)
            return
        if adult.job is not None:
            self.end_occupation(adult)
        length = self._drawn_length(adult, label, occasion)
        share = 1.0
        if adult.chance.uniform(Decision.PART_TIME, occasion) < n(f"{label}.part_time_share"):
            low, high = n("wages.part_time_low"), n("wages.part_time_high")
            share = low + adult.chance.uniform(Decision.WORKING_TIME, occasion) * (high - low)
        earns = regime.parameters.flag(f"{label}.earns")
        wage = int(regime.full_time_wage_cents * share) if earns else 0
        adult.job = Job(kind, self.day, NEVER if length == NEVER else self.now + length)
        self.say(Record.JOB_STARTED, adult, detail=kind, value=wage)
        if earns:
            self._start_earning(adult, wage)
        if regime.parameters.flag(f"{label}.is_job"):
            self._note_first_job(adult, kind, label)
        if adult.support == Support.SUPPORTED:
            rows = regime.organisation(self.territory, adult.pathway)
            follows_up = regime.parameters.flag(f"{label}.follows_up")
            if follows_up and int(n(f"{rows}.follow_up_months") * DAYS_PER_MONTH + 0.5) > 0:
                self.release_places(adult)
                adult.support = FOLLOWED
                self.say(Record.FOLLOW_UP_STARTED, adult)
            else:
                self.release_activity(adult)

    def _drawn_length(self, adult: Adult, label: str, occasion: int) -> float:
        """Planned length of an occupation in days."""
        n, drawn = self.regime.number, adult.chance.uniform(Decision.JOB_LENGTH, occasion)
        form = self.regime.parameters.word(f"{label}.length_form")
        low, high = n(f"{label}.length_low_months"), n(f"{label}.length_high_months")
        if form == "uniform":
            return (low + drawn * (high - low)) * DAYS_PER_MONTH
        if form == "exponential":
            mean = n(f"{label}.length_mean_months")
            kept = 1.0 - math.exp(-high / mean)
            return -mean * math.log(1.0 - drawn * kept) * DAYS_PER_MONTH
        return NEVER

    def _start_earning(self, adult: Adult, wage: int) -> None:
        """A wage replaces unemployment benefit, whose unused days are kept."""
        self.accrue()
        if adult.benefit_until > 0:
            adult.worked_days += max(adult.benefit_until - self.day, 0)
            adult.benefit_until = 0
        adult.income_cents = wage
        if self.is_paid:
            self.schedule_declaration()
        self.compare_with_scale()

    def _note_first_job(self, adult: Adult, kind: int, label: str) -> None:
        """The first job since entry into support, and the first durable one."""
        cohort = adult.cohort
        if cohort is None:
            return
        noted = [Record.FIRST_JOB_SINCE_SUPPORT]
        if self.regime.parameters.flag(f"{label}.is_durable"):
            noted.append(Record.FIRST_DURABLE_JOB_SINCE_SUPPORT)
        for record in noted:
            if record not in cohort.noted:
                cohort.noted.add(record)
                days, since = self.day - cohort.since, cohort.since
                told = {"value": days, "origin": since, "pathway": cohort.pathway}
                self.say(record, adult, detail=kind, **told)

    def end_occupation(self, adult: Adult) -> None:
        """The occupation ends: resources, unemployment benefit, follow-up."""
        job, n = adult.job, self.regime.number
        assert job is not None
        days = self.day - job.start
        self.say(Record.JOB_ENDED, adult, detail=job.kind, value=days, origin=job.start)
        adult.job, adult.last_job_end = None, self.day
        label = f"job_types.{self.regime.labels('job_types')[job.kind]}"
        if self.regime.parameters.flag(f"{label}.earns"):
            self.accrue()
            adult.worked_days += days
            wage, adult.income_cents = adult.income_cents, 0
            if adult.worked_days >= n("unemployment.minimum_months") * DAYS_PER_MONTH:
                longest = n("unemployment.maximum_months") * DAYS_PER_MONTH
                adult.income_cents = int(wage * n("unemployment.replacement_share"))
                adult.benefit_until = self.day + int(min(adult.worked_days, longest))
                adult.worked_days = 0
            self.compare_with_scale()
        if adult.support == FOLLOWED and self.is_paid:
            self.say(Record.FOLLOW_UP_ENDED, adult)
            adult.support, adult.followed_on = Support.SUPPORTED, 0
        elif adult.support == FOLLOWED:
            self.close_support(adult)

    def lose_contract(self, adult: Adult) -> None:
        """The contract is broken before its term."""
        job = adult.job
        assert job is not None
        days = self.day - job.start
        self.say(Record.CONTRACT_RUPTURE, adult, detail=job.kind, value=days, origin=job.start)
        self.end_occupation(adult)

    def end_unemployment_benefit(self, adult: Adult) -> None:
        """Unemployment benefit is exhausted."""
        self.accrue()
        adult.income_cents = adult.benefit_until = 0
        self.say(Record.UNEMPLOYMENT_BENEFIT_ENDED, adult)
        self.compare_with_scale()

    def change_barrier(self, adult: Adult, barrier: int) -> None:
        """A barrier appears or is lifted, and with it the actions against it."""
        if barrier not in adult.barriers:
            adult.barriers.add(barrier)
            self.say(Record.BARRIER_ONSET, adult, detail=barrier)
            return
        adult.barriers.discard(barrier)
        self.say(Record.BARRIER_REMOVAL, adult, detail=barrier)
        for action in sorted(adult.actions):
            if treated_by(self.regime, action) == barrier:
                self.release_action(adult, action)

    # Time.

    def hazards(self, middle: float) -> dict[int, float]:
        """Hazard per month of each of the household's clocks that runs now."""
        n = self.regime.number
        found = {int(HouseholdClock.MOVE): n("benefit.move_hazard")}
        if self.is_paid:
            found |= self._exit_hazards(middle)
        elif self.below_since is not None:
            found[int(HouseholdClock.REENTRY)] = n(f"benefit.reentry_{self._reentry_span()}")
        return found

    def _exit_hazards(self, middle: float) -> dict[int, float]:
        n, adults = self.regime.number, self.adults
        slowed = n("stayers.exit_multiplier")
        stayers = sum(slowed if adult.is_stayer else 1.0 for adult in adults) / len(adults)
        reached = sum(adult.saturation(self.around, middle) for adult in adults) / len(adults)
        size = n("effects.long_exit_contact_size")
        contacts = (1.0 + size * reached) / (1.0 + size * self.regime.reference_saturation)
        labels = self.regime.labels("barriers")
        factors = [n(f"barriers.{label}.other_minimum_factor") for label in labels]
        likely = sum(math.prod(factors[barrier] for barrier in a.barriers) for a in adults)
        return {
            int(HouseholdClock.INTERRUPTION): n("benefit.interruption_hazard") * stayers,
            int(HouseholdClock.LONG_EXIT): (
                n("benefit.long_exit_hazard") * stayers * self.exit_frailty * contacts
            ),
            int(HouseholdClock.OTHER_MINIMUM): n("benefit.other_minimum_hazard") * likely,
        }

    def _reentry_since(self) -> int:
        """From when the time out of the RSA counts: after work, from the fall below the scale."""
        assert self.below_since is not None
        return self.below_since if self.reason == ExitReason.WORK else self.since

    def _reentry_span(self) -> str:
        """Name of the hazard of a return that holds now."""
        months = (self.now - self._reentry_since()) / DAYS_PER_MONTH
        if months >= 36:
            return "long_later"
        if self.reason == ExitReason.WORK:
            return "work_first" if months < 6 else "long_middle"
        if months >= 12:
            return "long_middle"
        names = {
            ExitReason.INTERRUPTION: "interruption",
            ExitReason.DEREGISTERED: "deregistration",
        }
        return names.get(self.reason, "long_first")

    def dates(self) -> Iterator[Stop]:
        """Everything that needs no chance, in the order that decides between equal dates."""
        if self.is_paid:
            yield Stop(self.declaration, self.declare)
            if self.suspended_until > 0:
                yield Stop(float(self.suspended_until), self.end_suspension)
        elif self.below_since is not None:
            for months in REENTRY_LIMITS:
                yield self._limit(self._reentry_since() + months * DAYS_PER_MONTH)
        yield Stop(float(self.pension), self.retire)
        for adult in self.adults:
            if adult.job is not None:
                yield Stop(adult.planned_end, partial(self.end_occupation, adult))
                yield self._limit(adult.protected_until(self.around))
                if adult.planned_end == NEVER:
                    for months in CONTRACT_LIMITS:
                        yield self._limit(adult.job.start + months * DAYS_PER_MONTH)
            if adult.benefit_until > 0:
                until = float(adult.benefit_until)
                yield Stop(until, partial(self.end_unemployment_benefit, adult))

    def _limit(self, time: float) -> Stop:
        """A date after which a hazard is another; past ones never come."""
        return Stop(time if time > self.now else NEVER, lambda: None)

    def next_look(self) -> float:
        """The next day of the household's own grid of slow factors."""
        days = self.regime.grid_days
        return (math.floor((self.looked_at + self.grid_phase) / days) + 1.0) * days - (
            self.grid_phase
        )

    def live(self, until: float, acts: list[Stop]) -> None:
        """Live up to a time (days), with what the offices do; ``acts`` in their order."""
        coming = list(acts)
        while self.benefit != Benefit.GONE:
            look = self.next_look()
            middle = (self.looked_at + look) / 2.0
            stop = Stop(look, lambda: None)
            for date in self.dates():
                if date.time < stop.time:
                    stop = Stop(max(date.time, self.now), date.happens)
            running = self.running(middle)
            for clocks, clock, hazard, happens in running:
                if hazard > 0.0:
                    time = self.now + clocks.left[clock] / hazard * DAYS_PER_MONTH
                    if time < stop.time:
                        stop = Stop(time, happens)
            if coming and coming[0].time <= stop.time:
                stop = coming.pop(0)
            if stop.time >= until:
                return
            months = (stop.time - self.now) / DAYS_PER_MONTH
            for clocks, clock, hazard, _ in running:
                clocks.left[clock] = max(clocks.left[clock] - hazard * months, 0.0)
            self.now = stop.time
            stop.happens()
            if stop.is_look:
                self.looked_at = self.now

    def running(self, middle: float) -> list[tuple[Clocks, int, float, Callable[[], None]]]:
        """Every clock that runs now: its hazard per month, what happens when it fires."""
        found: list[tuple[Clocks, int, float, Callable[[], None]]] = [
            (self.clocks, clock, hazard, partial(self._fire, clock))
            for clock, hazard in self.hazards(middle).items()
        ]
        around = self.around
        for adult in self.adults:
            for clock, hazard in adult.hazards(around, self.now, middle).items():
                fire = partial(self._fire_of, adult, clock)
                found.append((adult.clocks, clock, hazard, fire))
        return found

    def _fire(self, clock: int) -> None:
        """One of the household's clocks reached its threshold."""
        if clock == HouseholdClock.MOVE:
            self.move()
        elif clock == HouseholdClock.REENTRY:
            self.come_back()
        else:
            reasons = {
                HouseholdClock.INTERRUPTION: ExitReason.INTERRUPTION,
                HouseholdClock.LONG_EXIT: ExitReason.LONG_EXIT,
                HouseholdClock.OTHER_MINIMUM: ExitReason.OTHER_MINIMUM,
            }
            self.leave(reasons[HouseholdClock(clock)])
        self.clocks.restart(clock)

    def _fire_of(self, adult: Adult, clock: int) -> None:
        """One of an adult's clocks reached its threshold."""
        if clock == PersonClock.JOB_FINDING:
            self.find_occupation(adult)
        elif clock == PersonClock.CONTRACT_RUPTURE:
            self.lose_contract(adult)
        elif clock == PersonClock.CLASS_LEAVING:
            adult.is_stayer = False
            self.say(Record.CLASS_LEFT, adult)
        else:
            self.change_barrier(adult, clock - PersonClock.BARRIERS)
        adult.clocks.restart(clock)
