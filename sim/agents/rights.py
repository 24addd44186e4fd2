"""The household's RSA: declarations, leaving, coming back, moving, sanctions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.resources import EarningHousehold
from sim.population.layout import NEVER_DAY
from sim.processes.sanctions import capped_per_mille, suspended_per_mille, suspension_end_day
from sim.vocabulary import Benefit, Decision, ExitReason, HouseholdClock, Record, Support

if TYPE_CHECKING:
    from sim.agents.beneficiary import Beneficiary

FINAL_REASONS = (ExitReason.MOVED_AWAY, ExitReason.OTHER_MINIMUM, ExitReason.PENSION)
"""Who leaves for one of these does not come back."""
HIGHEST_STAGE = 100
"""Stages of the ladder are counted up to this number."""
HIGHEST_RECORDED_STAGE = 3


class EntitledHousehold(EarningHousehold):
    """A household that is paid, out of the RSA with the possibility to return, or gone."""

    def open_support(self, time: float, days_out: int = 0) -> None:
        """Rights are open: adults with duties enter intake, or their queue if still oriented.

        An orientation outlives an absence of ``days_out`` days up to the territory's validity.
        """
        if self.department.nation.is_history:
            return
        validity = self.office.rules.orientation_validity_days
        for adult in self.adults:
            if not adult.has_duties or adult.support == Support.IN_JOB_FOLLOW_UP:
                continue
            if adult.pathway >= 0 and days_out <= validity:
                adult.wait_for_caseworker(time)
            else:
                adult.wait_for_orientation(time)

    def declare(self, time: float) -> None:
        """The reference months are read: another amount, or the right ends because of work."""
        self.accrue(int(time))
        self.declared_cents = self.mean_declared_cents()
        self.note(Record.DECLARATION, time, value=self.declared_cents)
        if self.declared_cents > self.break_even_cents:
            self.leave_rsa(time, ExitReason.WORK)
        else:
            self.schedule_declaration(time)

    def leave_rsa(self, time: float, reason: ExitReason) -> None:
        """The household stops being paid; its support closes, except follow-up in a job."""
        self.remember_paid(time)
        days = int(time) - self.since
        self.note(Record.EXIT, time, detail=reason, value=days, since=self.since)
        if reason in FINAL_REASONS:
            self.depart(time, reason)
            return
        for adult in self.adults:
            if reason != ExitReason.WORK or adult.support != Support.IN_JOB_FOLLOW_UP:
                adult.close_support(time)
        self.benefit = Benefit.OUT
        self.reason = reason
        self.since = int(time)
        self.next_declaration = NEVER_DAY
        self._forget_suspension()
        is_below = self.income_cents <= self.break_even_cents
        self.below_since = int(time) if is_below else NEVER_DAY

    def enter_rsa(self, time: float) -> None:
        """The household comes back."""
        self.remember_paid(time)
        days_out = int(time) - self.since
        self.note(Record.REENTRY, time, detail=self.reason, value=days_out, since=self.since)
        self.benefit = Benefit.PAID
        self.reason = ExitReason.NONE
        self.since = int(time)
        self.below_since = NEVER_DAY
        self.accrue(int(time))
        self.declared_cents = 0
        self.schedule_declaration(time)
        self.open_support(time, days_out)

    def depart(self, time: float, reason: ExitReason) -> None:
        """The household leaves the model for good, and every place it held."""
        self.remember_paid(time)
        for adult in self.adults:
            adult.depart(time)
        self.benefit = Benefit.GONE
        self.reason = reason
        self.since = int(time)
        self.next_declaration = NEVER_DAY

    def leave_for_pension(self, time: float) -> None:
        """The head reaches the age of the pension."""
        self._leave_for_good(time, ExitReason.PENSION)

    def move(self, time: float) -> None:
        """Out of the department, or to another of its territories."""
        offices = self.department.offices
        occasion = self.fired[HouseholdClock.MOVE]
        drawn = self.luck.chance(Decision.MOVE_AWAY, occasion)
        stays = drawn < self.department.nation.internal_move_share
        if not stays or len(offices) == 1:
            self._leave_for_good(time, ExitReason.MOVED_AWAY)
            return
        others = [office for office in offices if office is not self.office]
        chosen = int(self.luck.chance(Decision.MOVE_DESTINATION, occasion) * len(others))
        self._move_to(others[min(chosen, len(others) - 1)].territory, time)

    def _move_to(self, territory: int, time: float) -> None:
        for adult in self.adults:
            adult.close_support(time)
            adult.move_job_place(-1)
        self.note(Record.TERRITORY_CHANGED, time, detail=territory)
        self.office = self.department.offices[territory]
        for adult in self.adults:
            adult.move_job_place(1)
        if self.benefit == Benefit.PAID:
            self.open_support(time)

    def _leave_for_good(self, time: float, reason: ExitReason) -> None:
        if self.benefit == Benefit.PAID:
            self.leave_rsa(time, reason)
        else:
            self.depart(time, reason)

    def be_suspended(self, person: Beneficiary, day: int) -> None:
        """One step up the ladder of sanctions, for the breaches of one adult."""
        nation = self.department.nation
        self.stage = min(self.stage + 1, HIGHEST_STAGE)
        share = suspended_per_mille(
            self.stage, nation.sanction_first_share, nation.sanction_repeat_share
        )
        cap = nation.sanction_family_cap_share
        self.suspended_per_mille = capped_per_mille(share, self.persons, cap)
        ends = suspension_end_day(
            day, self.stage, nation.sanction_first_months, nation.sanction_repeat_months
        )
        self.suspended_until = max(self.suspended_until, ends)
        step = min(self.stage, HIGHEST_RECORDED_STAGE)
        person.note(Record.SANCTIONED, day, detail=step, value=self.suspended_per_mille)

    def is_struck_off(self, person: Beneficiary) -> bool:
        """Whether a repeated breach ends the right."""
        nation = self.department.nation
        drawn = person.luck.chance(Decision.DEREGISTRATION, person.attempts)
        is_repeat = self.stage >= nation.sanction_stages_before_deregistration
        return bool(is_repeat and drawn < nation.sanction_deregistration_share)

    def end_suspension(self, time: float, *, repaid_cents: int = 0) -> None:
        """A suspension is over; remobilisation may pay back what was withheld."""
        kind = Record.SUSPENSION_ENDED
        self.note(kind, time, value=repaid_cents, since=self.suspended_until)
        self._forget_suspension()

    def _forget_suspension(self) -> None:
        self.suspended_until = 0
        self.suspended_per_mille = 0
        self.withheld_cents = 0
