"""A beneficiary and the household, as views: what can be read, and what can be done to a life."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import numpy as np

from sim.agents.engine_door import Act
from sim.agents.fields import HOUSEHOLD, Field, field_named
from sim.agents.staff_views import Caseworker
from sim.agents.view_sets import PeopleSet
from sim.agents.views import View, with_fields
from sim.errors import Fault, InputError
from sim.units import date_of
from sim.vocabulary import Benefit, Contact, ExitReason, Support

ON_RSA = Benefit.PAID.name.lower()
FIRST_OWN_DECISION = 1 << 20
"""Codes of decisions that a user names are larger than those of the engine."""


@with_fields("people", "households")
class Beneficiary(View):
    """An adult on RSA, or off it for a while; ``unique_id`` is ``who`` in the log of events."""

    table = "people"

    def __repr__(self) -> str:
        """One line: who, and how it stands with the RSA and with support."""
        state = f"RSA {self.benefit}, support {self.support}" if self.is_here else "left for good"
        return f"Beneficiary({self.unique_id}: {state})"

    @property
    def row(self) -> int:
        """Row of the person now; raises LookupError when the household left for good."""
        self.model.follow()
        if self._row < 0:
            raise LookupError(f"beneficiary {self.unique_id} has left the department for good")
        return self._row

    @property
    def is_here(self) -> bool:
        """Whether the household has not left for good."""
        self.model.follow()
        return self._row >= 0

    @property
    def household_row(self) -> int:
        """Row of the household now."""
        return int(self.model.tables.raw("people", "household")[self.row])

    def _read(self, field: Field) -> Any:
        if field in HOUSEHOLD:
            return self._read_of_household(field)
        return self.model.tables.value("people", field, self.row)

    def _read_of_household(self, field: Field) -> Any:
        return self.model.tables.value("households", field, self.household_row)

    @property
    def household(self) -> Household:
        """The household that the person is of."""
        return Household(self)

    @property
    def is_on_rsa(self) -> bool:
        """Whether the household is paid."""
        return bool(self.benefit == ON_RSA)

    @property
    def caseworkers(self) -> tuple[Caseworker, ...]:
        """Who supports the person, one for each role of the pathway."""
        posts = self.model.department.caseworkers[self.row].tolist()
        return tuple(self.model.caseworkers[post] for post in posts if post >= 0)

    @property
    def caseworker(self) -> Caseworker | None:
        """The first of `caseworkers`; None without support."""
        return next(iter(self.caseworkers), None)

    @property
    def due(self) -> dict[str, date | None]:
        """When each kind of contact is due; none for those that are not."""
        days = self.model.tables.raw("people", "due")[self.row].tolist()
        end = self.model.department.plan.end_day
        is_seen = self.caseworker is not None
        return {
            kind.name.lower(): date_of(day) if is_seen and day <= end else None
            for kind, day in zip(Contact, days, strict=True)
        }

    def change(self, **fields: object) -> None:
        """Write fields of the person or its household at the end of the last day.

        The life is settled up to now under the old values; hazards and clocks go on from the new
        ones. Raises AttributeError for what is not written so, `InputError` for a value that the
        field cannot have: nothing is written then.
        """
        tables = self.model.tables
        written = [(*_writable(name), value) for name, value in fields.items()]
        numbers = [
            (table, field, tables.number(table, field, value)) for table, field, value in written
        ]
        self._act(Act.SETTLE)
        for table, field, number in numbers:
            row = self.row if table == "people" else self.household_row
            tables.raw(table, field.column)[row] = number
            if field.name == "contact_level":
                tables.raw(table, "contact_on")[row] = self.model.department.day + 1
        self._act(Act.RESUME)

    def find_occupation(self) -> bool:
        """The job-finding clock fires today; returns False where a limited job had no place."""
        before = self.job_start, self.job
        self._act(Act.FIND_OCCUPATION)
        return (self.job_start, self.job) != before

    def end_occupation(self) -> None:
        """The occupation comes to its end today; raises ValueError without one."""
        self._act_in_a_job(Act.END_OCCUPATION)

    def lose_contract(self) -> None:
        """The contract is broken before its term today; raises ValueError without one."""
        self._act_in_a_job(Act.LOSE_CONTRACT)

    def gain_barrier(self, barrier: str) -> None:
        """A barrier appears today; nothing happens if it is there."""
        self._turn_barrier(barrier, is_present=False)

    def lift_barrier(self, barrier: str) -> None:
        """A barrier is lifted today; nothing happens if it is not there."""
        self._turn_barrier(barrier, is_present=True)

    def leave_class_of_stayers(self) -> None:
        """The person is no longer one who rarely works; nothing happens to who is not."""
        if self.is_stayer:
            self._act(Act.LEAVE_STAYERS)

    def orient(self) -> None:
        """The person is received and oriented today, beside the sessions of the office.

        Raises ValueError for who does not wait for orientation.
        """
        self._require(Support.WAITING_ORIENTATION)
        self._act(Act.ORIENT)

    def start_support(self) -> bool:
        """Give the person the lightest caseworkers today; False if none has a place.

        Raises ValueError for who does not wait for a caseworker.
        """
        self._require(Support.WAITING_CASEWORKER)
        return self._act(Act.START_SUPPORT)

    def switch_pathway(self, pathway: str) -> None:
        """The person waits for a caseworker of another pathway from today on.

        Raises `InputError` for an unknown pathway, ValueError for who is not oriented.
        """
        code = self.model.tables.code_of("people", "pathway", pathway)
        self._require(Support.WAITING_CASEWORKER, Support.SUPPORTED, Support.IN_JOB_FOLLOW_UP)
        self._act(Act.REQUEUE, code)

    def be_sanctioned(self) -> None:
        """One step up the ladder of sanctions; raises ValueError for who is not on RSA."""
        if not self.is_on_rsa:
            raise ValueError("only who is on RSA is sanctioned")
        self._act(Act.SANCTION)

    def meet(self, weight: float = 1.0) -> None:
        """A meeting that no office planned counts as a contact of that weight.

        It counts for more soon after entry and fades, as every meeting. It costs nobody's minutes,
        and offices keep their rhythm. Raises `InputError` for a weight that is no number from 0 on.
        """
        if not (isinstance(weight, (int, float)) and 0.0 <= weight < np.inf):
            raise InputError([Fault("meet", "weight", repr(weight), "a number from 0 on")])
        self._act(Act.MEET, size=float(weight))

    def chance(self, name: str, number: int = 0) -> float:
        """A draw between 0 and 1 of the person's own for a decision of that name.

        It depends on seed, person, name and number alone: decisions drawn so keep scenarios paired.
        """
        digest = hashlib.sha256(name.encode()).digest()
        decision = FIRST_OWN_DECISION + int.from_bytes(digest[:4])
        return self.model.department.chance(self.row, decision, number)

    def remove(self) -> None:
        """Refused: a person leaves by a transition, so that places and books follow."""
        raise TypeError("a beneficiary leaves by household.leave_rsa(...) or household.move()")

    def found_at(self, row: int) -> None:
        """Rows moved: the person is in this one now."""
        self._row = row

    def forget(self) -> None:
        """The household left for good: Mesa no longer counts the person."""
        self._row = -1
        super().remove()

    def _act(self, act: Act, detail: int = 0, size: float = 0.0) -> bool:
        self.model.prepare_act()
        row = self.household_row
        done = self.model.department.act(row, self.row, act, detail, size)
        self.model.note_departure(row)
        return done

    def _act_in_a_job(self, act: Act) -> None:
        if self.job is None:
            raise ValueError("the person has no occupation")
        self._act(act)

    def _turn_barrier(self, barrier: str, *, is_present: bool) -> None:
        code = self.model.tables.code_of("people", "barriers", barrier)
        if (barrier in self.barriers) is is_present:
            self._act(Act.CHANGE_BARRIER, code)

    def _require(self, *stages: Support) -> None:
        words = [stage.name.lower() for stage in stages]
        if self.support not in words:
            raise ValueError(f"support is {self.support!r}; this needs {' or '.join(words)}")


@with_fields("households")
class Household:
    """The household of a beneficiary; equal to every other view of the same household."""

    def __init__(self, head: Beneficiary) -> None:
        self._adult = head
        self.model = head.model

    def __repr__(self) -> str:
        """One line: which one, how many adults, and how it stands with the RSA."""
        adult = self._adult
        if not adult.is_here:
            return f"Household(of {adult!r})"
        return f"Household({adult.household_id}: adults {adult.adults}, RSA {adult.benefit})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Household) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[int, int]:
        return id(self.model), self._adult.unique_id - self._adult.member

    def _read(self, field: Field) -> Any:
        return self._adult._read_of_household(field)

    @property
    def members(self) -> PeopleSet:
        """Its adults, the head first."""
        first = self.model.tables.raw("households", "first")[self._adult.household_row].item()
        return PeopleSet(self.model, first + np.arange(self._adult.adults))

    @property
    def is_on_rsa(self) -> bool:
        """Whether it is paid."""
        return self._adult.is_on_rsa

    def leave_rsa(self, reason: str = ExitReason.LONG_EXIT.name.lower()) -> None:
        """It is no longer paid from today on, for one of the reasons of `ExitReason`.

        Raises `InputError` for an unknown reason, ValueError if it is not paid now.
        """
        code = self.model.tables.code_of("households", "exit_reason", reason)
        if code == ExitReason.NONE or not self.is_on_rsa:
            raise ValueError("only a household on RSA leaves it, for a reason")
        self._adult._act(Act.LEAVE_RSA, code)

    def enter_rsa(self) -> None:
        """It comes back to the RSA today; raises ValueError if it is paid already."""
        if self.is_on_rsa:
            raise ValueError("the household is on RSA")
        self._adult._act(Act.ENTER_RSA)

    def move(self) -> None:
        """It moves today: to another territory, or out of the department, as the engine draws."""
        self._adult._act(Act.MOVE)

    def change(self, **fields: object) -> None:
        """Write fields of the household as `Beneficiary.change` does."""
        self._adult.change(**fields)


def _writable(name: str) -> tuple[str, Field]:
    """The table and the field of a name that ``change`` writes; AttributeError for others."""
    for table in ("people", "households"):
        field = field_named(table, name)
        if field is not None and field.is_changeable:
            return table, field
        if field is not None:
            raise AttributeError(f"{name} is not written by change. {field.way}")
    raise AttributeError(f"beneficiaries have no field {name!r}")
