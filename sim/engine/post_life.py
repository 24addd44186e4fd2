"""The life of one staff post as a SimPy process (time unit: the day).

A post is without funding, vacant while a holder is recruited, or held. A holder learns, falls
ill, takes annual leave and one day leaves. The process wakes only when one of these changes
something, or when new parameters change the terms of the post.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, TypeAlias

import simpy

from sim.engine.post_luck import HazardClock, leaves_from, sickness_days
from sim.engine.staffing import ROUNDING, PostTerms
from sim.units import DAYS_PER_MONTH, NEVER
from sim.vocabulary import Decision

Life: TypeAlias = Generator[simpy.Event, Any, None]
NO_LEAVE = (NEVER, NEVER)


class StaffBoard:
    """What the offices know of their staff: the state of every post row, kept by its process."""

    def __init__(self, posts: int) -> None:
        self.minutes = [0] * posts
        self.capacity = [0] * posts
        self.reserve = [0] * posts
        self.leaving: list[int] = []
        self.is_changed = True

    def show(self, row: int, minutes: int, capacity: int, reserve: int = 0) -> None:
        """Set the minutes and the portfolio capacity of a post, and the places of a vacancy."""
        shown = (self.minutes[row], self.capacity[row], self.reserve[row])
        if shown != (minutes, capacity, reserve):
            self.minutes[row], self.capacity[row], self.reserve[row] = minutes, capacity, reserve
            self.is_changed = True


class PostLife:
    """One post from the first day of the calendar on; the luck is that of ``key``."""

    def __init__(
        self, env: simpy.Environment, board: StaffBoard, row: int, key: int, terms: PostTerms
    ) -> None:
        self._env = env
        self._board = board
        self._row = row
        self._key = key
        self._terms = terms
        self._sickness = HazardClock(key, Decision.POST_SICKNESS)
        self._turnover = HazardClock(key, Decision.POST_LEAVING)
        self._hired_at = -NEVER
        self._learns_at = NEVER
        self._minutes = 0
        self._capacity = 0
        self._recovers_at = NEVER
        self._leaves: Iterator[tuple[float, float]] = iter(())
        self._leave: tuple[float, float] = NO_LEAVE
        self._process = env.process(self._life())

    def adopt(self, terms: PostTerms) -> None:
        """Apply the terms of new parameters. Restating the same terms changes nothing."""
        if terms != self._terms:
            self._terms = terms
            self._process.interrupt()

    def _life(self) -> Life:
        """Posts of the first day have an experienced holder; later ones recruit theirs."""
        if self._terms.is_funded:
            yield from self._employment(hired_at=-NEVER)
        while True:
            if self._terms.is_funded:
                yield from self._recruitment(self._terms.replacement_delay_days, is_vacancy=True)
            else:
                yield from self._absence_of_funding()
                yield from self._recruitment(self._terms.recruitment_delay_days, is_vacancy=False)
            if self._terms.is_funded:
                yield from self._employment(hired_at=float(self._env.now))

    def _absence_of_funding(self) -> Life:
        while not self._terms.is_funded:
            try:
                yield self._env.event()
            except simpy.Interrupt:
                continue

    def _recruitment(self, delay_days: float, *, is_vacancy: bool) -> Life:
        """Wait for the hire; given up if the post loses its funding meanwhile.

        Colleagues hold the places of a vacancy; those of a new post open with its first holder.
        """
        hired_at = self._env.now + delay_days
        while self._terms.is_funded:
            if is_vacancy:
                self._board.show(self._row, 0, 0, self._terms.capacity(1.0))
            try:
                yield self._env.timeout(max(0.0, hired_at - self._env.now))
                return
            except simpy.Interrupt:
                continue
        self._board.show(self._row, 0, 0)

    def _employment(self, hired_at: float) -> Life:
        """From a hire to the departure of that holder."""
        self._hired_at = hired_at
        now = float(self._env.now)
        self._settle(now)
        while True:
            wakes_at = self._run_until(now)
            try:
                yield self._env.timeout(max(0.0, wakes_at - self._env.now))
                now = wakes_at
            except simpy.Interrupt:
                now = float(self._env.now)
                if not self._terms.is_funded:
                    break
                self._settle(now)
                continue
            if now == self._turnover.fires_at:
                self._turnover.fire()
                break
            self._live_through(now)
        self._depart(now)

    def _settle(self, now: float) -> None:
        """Work out what follows from the terms: leaves to come, minutes and capacity."""
        self._leaves = leaves_from(self._key, now, self._terms.leave_weeks)
        self._leave = next(self._leaves, NO_LEAVE)
        self._learn(now)

    def _learn(self, now: float) -> None:
        months = int((now - self._hired_at) / DAYS_PER_MONTH + ROUNDING)
        productivity = self._terms.productivity(months)
        self._minutes = self._terms.minutes(productivity)
        self._capacity = self._terms.capacity(productivity)
        is_learning = months < self._terms.learning_months
        next_step = self._hired_at + (months + 1) * DAYS_PER_MONTH
        self._learns_at = next_step if is_learning else NEVER

    def _run_until(self, now: float) -> float:
        """Show the post as it is now, run its clocks, and tell when something next changes.

        Leaving can come at any time; sickness only while the holder is present.
        """
        leave_begins, leave_ends = self._leave
        is_on_leave = now >= leave_begins
        is_present = self._recovers_at == NEVER and not is_on_leave
        self._board.show(self._row, self._minutes if is_present else 0, self._capacity)
        self._turnover.run(now, self._terms.turnover_hazard)
        if is_present:
            self._sickness.run(now, self._terms.sickness_hazard)
        else:
            self._sickness.pause(now)
        return min(
            self._turnover.fires_at,
            self._sickness.fires_at,
            self._recovers_at,
            leave_ends if is_on_leave else leave_begins,
            self._learns_at,
        )

    def _live_through(self, now: float) -> None:
        """Apply what happens to the holder at ``now``; leaves begin by their date alone."""
        if now == self._recovers_at:
            self._recovers_at = NEVER
        if now == self._sickness.fires_at:
            count = self._sickness.fire()
            mean_days = self._terms.sickness_mean_days
            self._recovers_at = now + sickness_days(self._key, count, mean_days)
        if now >= self._leave[1]:
            self._leave = next(self._leaves, NO_LEAVE)
        if now >= self._learns_at:
            self._learn(now)

    def _depart(self, now: float) -> None:
        self._turnover.pause(now)
        self._sickness.pause(now)
        self._recovers_at = NEVER
        self._board.leaving.append(self._row)
        self._board.show(self._row, 0, 0)
