"""The disagreements between a log and the naive replay of the lives in it.

Tolerances. The engine keeps what remains of a barrier's clock in single precision, seven digits,
and reads clocks at other moments than the replay: the same event falls a little apart. A log
counts whole minutes.

- ``HISTORY_MINUTES``: lives without offices are stopped only by their own events. A later clock
  with a far smaller hazard stretches what an earlier event was apart, so a few lives are ``loose``.
- ``OFFICE_MINUTES``: offices stop a life some hundred times, each time the remainders are rounded;
  no event of any life may be further apart.
- A loose life may be stretched again, by the next clock with a small hazard (a return after years,
  a job late in life): the same event beyond the minutes leaves it ``undecided``.
- One day: once an event of a household falls on either side of a midnight, days counted from it
  differ by one and resources by one day's pay. A declaration may then come or not: where such a
  life parts later, it is ``undecided``.

Everything else is exact: who, what, in which order, where, which kind, cents and days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from replay.life import Event, Household, Stop
from replay.log_reading import KIND, TIME, WHO, ReadLog, Row, Told
from replay.office_acts import OfficeActs
from replay.regime import Regime
from sim.units import DAYS_PER_MONTH, MINUTES_PER_DAY
from sim.vocabulary import Record

HISTORY_MINUTES = 3.0
OFFICE_MINUTES = 30.0
IN_CENTS = frozenset({Record.JOB_STARTED, Record.DECLARATION})
"""Records whose value is money."""


@dataclass(frozen=True)
class Disagreement:
    """The first event of a household on which log and replay differ; None stands for no event."""

    household: int
    number: int
    found: Row | None
    expected: Event | None

    def __str__(self) -> str:
        shown = f"household {self.household}, event {self.number}: found "
        return shown + f"{_in_words(self.found)}, expected {_in_words(self.expected)}"


@dataclass(frozen=True)
class Comparison:
    """What was compared: households relived, events that agree, office acts read, kinds of both.

    ``loose``: households with events more than ``HISTORY_MINUTES`` apart; ``undecided``: those
    that part after a midnight, or are stretched again when they are loose.
    """

    households: int
    events: int
    acts: int
    disagreements: tuple[Disagreement, ...] = ()
    loose: int = 0
    undecided: int = 0
    kinds: frozenset[int] = frozenset()

    def plus(self, other: Comparison) -> Comparison:
        """Both together."""
        return Comparison(
            self.households + other.households,
            self.events + other.events,
            self.acts + other.acts,
            self.disagreements + other.disagreements,
            self.loose + other.loose,
            self.undecided + other.undecided,
            self.kinds | other.kinds,
        )


NOTHING = Comparison(0, 0, 0)


def _in_words(event: Row | Event | None) -> str:
    if event is None:
        return "nothing"
    time, who, kind, *rest = event
    days = time if isinstance(event, Event) else time / MINUTES_PER_DAY
    return f"{Record(kind).name.lower()} of {who} on day {days:.4f} {tuple(rest)}"


def relive(home: Household, told: Told, regimes: list[Regime], until: float) -> None:
    """Live a household's life with what the log tells of offices, under changing rules."""
    home.refusals = {}
    for row in told.life:
        if row[KIND] == Record.PLACE_REFUSED:
            home.refusals.setdefault(row[WHO], []).append(row[TIME])
    offices = OfficeActs(home)
    # Offices act in the evening; then come new rules; then what these do to people.
    ordered = [
        (at, 2 if with_policy else 0, stop)
        for at, with_policy, row in told.acts
        if (stop := offices.stop_of(row, at)) is not None
    ]
    for before, regime in pairwise(regimes):
        if regime.since > home.now:
            ordered.append((regime.since, 1, _change_of_rules(home, before, regime)))
    ordered.sort(key=lambda entry: entry[:2])
    home.live(until, [stop for _, _, stop in ordered])


def _change_of_rules(home: Household, before: Regime, regime: Regime) -> Stop:
    def adopt() -> None:
        if regime.touches_lives(before, home.territory):
            home.looked_at = home.now
        home.uprate(before.full_time_wage_cents, regime.full_time_wage_cents)
        home.regime = regime

    return Stop(regime.since, adopt, is_look=False)


def compare_life(home: Household, told: Told) -> Comparison:
    """Compare the events that a replayed household foretold with those of the log."""
    is_parted = is_loose = False
    for number, (found, expected) in enumerate(zip_longest(told.life, home.events)):
        if found is not None and expected is not None:
            # A log holds the minute that an event falls in.
            apart = abs(expected.minutes - 0.5 - found[TIME]) - 0.5
            if apart <= OFFICE_MINUTES:
                is_loose = is_loose or apart > HISTORY_MINUTES
                is_parted = is_parted or found[TIME] // MINUTES_PER_DAY != int(expected.time)
                if _is_same(found, expected, is_parted=is_parted):
                    continue
            elif is_loose and _is_same(found, expected, is_parted=True):
                return Comparison(1, number, len(told.acts), loose=1, undecided=1)
        if is_parted:
            return Comparison(1, number, len(told.acts), undecided=1)
        first = Disagreement(home.id, number, found, expected)
        return Comparison(1, number, len(told.acts), (first,))
    kinds = {row[KIND] for row in told.life} | {row[KIND] for _, _, row in told.acts}
    return Comparison(
        1, len(told.life), len(told.acts), loose=int(is_loose), kinds=frozenset(kinds)
    )


def _is_same(found: Row, expected: Event, *, is_parted: bool) -> bool:
    if tuple(found[1:6]) != tuple(expected[1:6]):
        return False
    days = allowed = 1 if is_parted else 0
    if is_parted and found[KIND] in IN_CENTS:
        allowed = int(expected.value / DAYS_PER_MONTH) + 1
    return abs(found[6] - expected.value) <= allowed and abs(found[7] - expected.origin) <= days


def compare_run(
    read: ReadLog, regimes: list[Regime], entrants: Iterable[Household], until: int
) -> Comparison:
    """Relive all households of a run: those of its first day and those who first enter."""
    total, relived = NOTHING, set()
    for home in entrants:
        told = read.households.get(home.id, Told())
        relive(home, told, regimes, float(until))
        relived.add(home.id)
        total = total.plus(compare_life(home, told))
    unknown = [told for identity, told in read.households.items() if identity not in relived]
    for told in unknown:
        first = Disagreement(told.life[0][WHO], 0, told.life[0], None)
        total = total.plus(Comparison(1, 0, 0, (first,)))
    return total
