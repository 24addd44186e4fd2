"""What offices do to a household, as the naive replay undergoes it from the log of a run."""

from __future__ import annotations

from replay.adult import Adult, Cohort
from replay.life import Household, Stop
from replay.log_reading import KIND, TIME, WHO, Row
from sim.units import DAYS_PER_MONTH, MINUTES_PER_DAY
from sim.vocabulary import NO_INDEX, ExitReason, Record, Support

TERRITORY, PATHWAY, DETAIL = 3, 4, 5


def day_of(row: Row) -> int:
    """The day of a row of the log."""
    return row[TIME] // MINUTES_PER_DAY


class OfficeActs:
    """What offices do to a household, by the kind of row that tells of it.

    Each method is called at the end of the day of the row, under the rules then in force.
    """

    LOOKS = frozenset(
        {
            Record.CONTACT_HELD,
            Record.WORKSHOP_HELD,
            Record.SANCTIONED,
            Record.SUPPORT_ENDED,
            Record.FOLLOW_UP_ENDED,
            Record.CALLED_AGAIN,
        }
    )
    """After these, slow factors are looked at anew."""

    def __init__(self, home: Household) -> None:
        self.home = home
        self._adults = {adult.id: adult for adult in home.adults}

    def stop_of(self, row: Row, at: float) -> Stop | None:
        """The stop at which a household undergoes a row; None for what changes nothing of it."""
        act = getattr(self, Record(row[KIND]).name.lower(), None)
        if act is None:
            return None
        return Stop(at, lambda: act(row, self._adults.get(row[WHO])), row[KIND] in self.LOOKS)

    def contact_held(self, row: Row, adult: Adult) -> None:
        kind = self.home.regime.labels("contact_types")[row[DETAIL]]
        weight = self.home.regime.number(f"contact_types.{kind}.weight")
        day = day_of(row)
        weight *= adult.early_factor(self.home.regime, day - self.home.since)
        adult.raise_level(self.home.regime, weight, day + 1)
        if kind == "follow_up":
            adult.followed_on = day

    def workshop_held(self, row: Row, adult: Adult) -> None:
        place = self.home.regime.territory(row[TERRITORY])
        weight = self.home.regime.number(f"{place}.workshop.weight")
        adult.raise_level(self.home.regime, weight, day_of(row) + 1)

    def oriented(self, row: Row, adult: Adult) -> None:
        adult.pathway = row[PATHWAY]

    def wait_for_caseworker_started(self, row: Row, adult: Adult) -> None:
        adult.support, adult.pathway = Support.WAITING_CASEWORKER, row[PATHWAY]
        adult.since, adult.is_to_come_again = day_of(row), False

    def support_started(self, row: Row, adult: Adult) -> None:
        adult.support, adult.since = Support.SUPPORTED, day_of(row)

    def support_ended(self, row: Row, adult: Adult) -> None:
        adult.support = Support.NONE

    def wait_for_caseworker_ended(self, row: Row, adult: Adult) -> None:
        adult.support = Support.NONE

    wait_for_orientation_ended = wait_for_caseworker_ended

    def cohort_entered(self, row: Row, adult: Adult) -> None:
        adult.cohort = Cohort(day_of(row), row[PATHWAY])

    def reassigned(self, row: Row, adult: Adult) -> None:
        adult.cohort = None

    def to_be_called_again(self, row: Row, adult: Adult) -> None:
        self.wait_for_caseworker_started(row, adult)
        adult.is_to_come_again = True

    def called_again(self, row: Row, adult: Adult) -> None:
        adult.support, adult.pathway = Support.WAITING_ORIENTATION, NO_INDEX
        adult.since = day_of(row)

    def pathway_switched(self, row: Row, adult: Adult) -> None:
        adult.pathway = row[DETAIL]

    def action_started(self, row: Row, adult: Adult) -> None:
        adult.actions.add(row[DETAIL])

    def action_ended(self, row: Row, adult: Adult) -> None:
        adult.actions.discard(row[DETAIL])

    def activity_started(self, row: Row, adult: Adult) -> None:
        adult.activity_since = day_of(row)

    def activity_ended(self, row: Row, adult: Adult) -> None:
        adult.activity_since = 0

    def follow_up_ended(self, row: Row, adult: Adult) -> None:
        adult.support, adult.followed_on = Support.SUPPORTED, 0

    def sanctioned(self, row: Row, adult: Adult) -> None:
        regime, day = self.home.regime, day_of(row)
        ladder = regime.parameters.value_on("sanctions.ladder", regime.when)
        stage = "first" if row[DETAIL] <= 1 else "repeat"
        months = regime.number(f"ladders.{ladder}.{stage}_months")
        until = day + int(months * DAYS_PER_MONTH + 0.5)
        self.home.suspended_until = max(self.home.suspended_until, until)

    def suspension_ended(self, row: Row, adult: Adult | None) -> None:
        self.home.suspended_until = 0

    def exit(self, row: Row, adult: Adult | None) -> None:
        self.home.be_out(ExitReason(row[DETAIL]), day_of(row))
