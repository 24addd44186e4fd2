"""What a household is and earns: composition, months paid, resources and declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.chronicle import MONTH_OF, MONTH_START
from sim.agents.luck import Luck
from sim.agents.office import Office
from sim.population.layout import EARNINGS_MONTHS, NEVER_DAY
from sim.processes.resources import (
    earned_cents,
    next_declaration_month,
    shifted_mask,
    shifted_years,
    year_ends_between,
)
from sim.vocabulary import Benefit, ExitReason, HouseholdClock, Record

if TYPE_CHECKING:
    from sim.agents.beneficiary import Beneficiary
    from sim.agents.department import Department


class EarningHousehold:
    """One or two adults, their children, and the resources that the RSA looks at.

    Attributes carry the names of the columns of ``sim.population.layout``, which states their
    units.
    """

    def __init__(self, department: Department, identity: int, office: Office) -> None:
        clocks = len(HouseholdClock)
        self.department = department
        self.identity = identity
        self.luck = Luck(department.nation.seed, identity)
        self.office = office
        """The office of the territory where the household lives."""
        self.adults: list[Beneficiary] = []

        self.kind = 0
        self.has_housing_support = False
        self.is_increased = False
        self.pension_day = 0
        self.entered_on = 0
        self.exit_frailty = 0.0

        self.benefit = Benefit.PAID
        self.reason = ExitReason.NONE
        self.since = 0
        self.below_since = NEVER_DAY
        self.mask_month = 0
        self.paid_mask = 0
        self.year_mask = 0

        self.earnings = [0] * EARNINGS_MONTHS
        self.earnings_month = 0
        self.accrued_on = 0
        self.phase = 0
        self.next_declaration = NEVER_DAY
        self.declared_cents = 0

        self.stage = 0
        self.suspended_until = 0
        self.suspended_per_mille = 0
        self.withheld_cents = 0

        self.settled = 0.0
        """Lives are known up to this time."""
        self.read_at = 0.0
        """The clocks other than job finding are known up to this time."""
        self.quiet_until = 0
        """Nothing but job finding can happen before this day."""
        self.refresh_phase = 0
        self.agenda_day = 0
        """Day of the next event of this household's life."""
        self.clock = [0.0] * clocks
        """What remains of the threshold of each clock (``HouseholdClock``)."""
        self.fired = [0] * clocks

    def note(
        self,
        kind: Record,
        time: float,
        *,
        detail: int = 0,
        value: int = 0,
        since: int | None = None,
    ) -> None:
        """Record something about this household, by default as of now."""
        self.department.chronicle.note(
            kind,
            time,
            who=self.identity,
            territory=self.office.territory,
            pathway=-1,
            detail=detail,
            value=value,
            since=int(time) if since is None else since,
        )

    @property
    def persons(self) -> int:
        """Adults and children."""
        nation = self.department.nation
        persons: int = nation.household_adults[self.kind] + nation.household_children[self.kind]
        return persons

    @property
    def income_cents(self) -> int:
        """Monthly resources from work and unemployment benefit."""
        return sum(adult.income_cents for adult in self.adults)

    @property
    def break_even_cents(self) -> int:
        """Monthly resources from which the household receives nothing."""
        scale = self.department.nation.break_even[self.kind]
        amount: int = scale[self.has_housing_support][self.is_increased]
        return amount

    def compare_with_scale(self, time: float) -> None:
        """Out of the RSA: note since when resources are below the scale."""
        if self.benefit == Benefit.PAID:
            return
        if self.income_cents > self.break_even_cents:
            self.below_since = NEVER_DAY
        elif self.below_since == NEVER_DAY:
            self.below_since = int(time)

    def accrue(self, day: int) -> None:
        """Add resources at the present monthly rate to the months since the last count."""
        income = self.income_cents
        start = self.accrued_on
        while income > 0 and start < day:
            month = MONTH_OF[start]
            self._begin_month(month)
            end = min(day, MONTH_START[month + 1])
            self.earnings[0] += earned_cents(income, end - start)
            start = end
        self._begin_month(MONTH_OF[day])
        self.accrued_on = day

    def _begin_month(self, month: int) -> None:
        """Move the memory of resources on to a month."""
        while self.earnings_month < month:
            self.earnings = [0, *self.earnings[:-1]]
            self.earnings_month += 1

    def schedule_declaration(self, time: float) -> None:
        """The next quarterly date on which resources are read, if there are any to read."""
        has_resources = self.declared_cents > 0 or self.income_cents > 0 or any(self.earnings)
        self.next_declaration = NEVER_DAY
        if has_resources and self.benefit == Benefit.PAID:
            month = next_declaration_month(MONTH_OF[int(time)], self.phase)
            self.next_declaration = MONTH_START[month]

    def mean_declared_cents(self) -> int:
        """Monthly mean of the three reference months under the law in force."""
        lag = self.department.nation.declaration_lag_months
        return sum(self.earnings[lag - 2 : lag + 1]) // 3

    def remember_paid(self, time: float) -> None:
        """Bring the memory of months paid up to the last month that ended before ``time``."""
        completed = MONTH_OF[int(time)] - 1
        months = completed - self.mask_month
        if months > 0:
            is_paid = self.benefit == Benefit.PAID
            self.paid_mask = shifted_mask(self.paid_mask, months, is_paid)
            years = year_ends_between(self.mask_month, completed)
            self.year_mask = shifted_years(self.year_mask, years, is_paid)
            self.mask_month = completed
