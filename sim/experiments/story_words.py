"""The sentence of each kind of record in the story of a life."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from sim.events import COLUMNS
from sim.parameters import Parameters
from sim.vocabulary import Contact, ExitReason, OrientedBy, Record

KIND, PATHWAY, DETAIL, VALUE = (
    COLUMNS.index(name) for name in ("kind", "pathway", "detail", "value")
)
CENTS = 100
CONTACT_RECORDS: Mapping[Record, str] = {
    Record.CONTACT_HELD: "held",
    Record.CONTACT_MISSED: "missed",
    Record.CONTACT_POSTPONED: "postponed for lack of time",
    Record.CONTACT_NEVER_HELD: "never held",
}
EXITS: Mapping[ExitReason, str] = {
    ExitReason.WORK: "earnings exceed the scale",
    ExitReason.INTERRUPTION: "a short interruption",
    ExitReason.LONG_EXIT: "another change of household, resources or right",
    ExitReason.OTHER_MINIMUM: "another minimum income",
    ExitReason.DEREGISTERED: "struck off by a sanction",
    ExitReason.MOVED_AWAY: "a move out of the department",
    ExitReason.PENSION: "a pension",
}
BY: Mapping[OrientedBy, str] = {
    OrientedBy.SESSION: "",
    OrientedBy.LIMIT: ", as the legal limit has passed,",
    OrientedBy.CALL: " by telephone",
}
UNTOLD = (
    Record.WAIT_FOR_ORIENTATION_ENDED,
    Record.WAIT_FOR_CASEWORKER_ENDED,
    Record.COHORT_ENTERED,
    Record.FIRST_JOB_SINCE_SUPPORT,
    Record.FIRST_DURABLE_JOB_SINCE_SUPPORT,
)
"""Records that repeat what another sentence says."""
Row = Sequence[int]


class Teller:
    """Puts records into words with the labels of a department."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._plain: Mapping[Record, Callable[[Row], str]] = {
            Record.FIRST_ENTRY: lambda row: "The household opens rights to the RSA.",
            Record.REENTRY: lambda row: f"Back on RSA after {_days(row)} off it.",
            Record.EXIT: lambda row: (
                f"Leaves the RSA after {_days(row)}: {EXITS[ExitReason(row[DETAIL])]}."
            ),
            Record.JOB_STARTED: self._job_started,
            Record.JOB_ENDED: lambda row: f"{self._job(row)} ends after {_days(row)}.",
            Record.CONTRACT_RUPTURE: lambda row: (
                f"The contract is broken after {_days(row)}, before its planned end."
            ),
            Record.PLACE_REFUSED: lambda row: f"No free place for: {self._job(row).lower()}.",
            Record.BARRIER_ONSET: lambda row: f"A barrier appears: {self._barrier(row)}.",
            Record.BARRIER_REMOVAL: lambda row: f"A barrier is removed: {self._barrier(row)}.",
            Record.CLASS_LEFT: lambda row: "Leaves the class of those who rarely work or leave.",
            Record.TERRITORY_CHANGED: lambda row: (
                f"Moves to {self._label('territories', row[DETAIL])}."
            ),
            Record.DECLARATION: lambda row: (
                f"Quarterly declaration: {row[VALUE] / CENTS:,.0f} EUR of resources a month."
            ),
            Record.UNEMPLOYMENT_BENEFIT_ENDED: lambda row: "Unemployment benefit ends.",
            Record.WAIT_FOR_ORIENTATION_STARTED: lambda row: "Starts to wait for orientation.",
            Record.INTAKE_NO_SHOW: lambda row: "Does not come to the orientation appointment.",
            Record.CALL_HELD: lambda row: (
                f"Speaks to the telephone platform, {_days(row)} after rights opened."
            ),
            Record.CALL_UNREACHED: lambda row: "Is called by the platform without an answer.",
            Record.ORIENTED: lambda row: (
                f"Is oriented{BY[OrientedBy(row[DETAIL])]} after {_days(row)} to: "
                f"{self._label('pathways', row[PATHWAY])}."
            ),
            Record.WORKSHOP_HELD: lambda row: (
                f"Attends the workshop, {_days(row)} after orientation."
            ),
            Record.WORKSHOP_MISSED: lambda row: "Does not come to the workshop.",
            Record.WAIT_FOR_CASEWORKER_STARTED: lambda row: "Starts to wait for a caseworker.",
            Record.SUPPORT_STARTED: lambda row: f"Gets a caseworker after {_days(row)}.",
            Record.SUPPORT_ENDED: lambda row: f"Support ends after {_days(row)}.",
            Record.CASEWORKER_CHANGED: lambda row: (
                f"The {self._label('roles', row[DETAIL]).lower()} leaves; a colleague takes over."
            ),
            Record.PATHWAY_SWITCHED: lambda row: (
                f"A review changes the pathway to: {self._label('pathways', row[DETAIL])}."
            ),
            Record.ENGAGEMENT_CONTRACT_SIGNED: lambda row: (
                f"Signs an engagement contract, {_days(row)} after orientation."
            ),
            Record.ACTION_STARTED: lambda row: f"Gets a place: {self._action(row)}.",
            Record.ACTION_ENDED: lambda row: f"Gives the place back: {self._action(row)}.",
            Record.ACTIVITY_STARTED: lambda row: "Starts regular hours of activity.",
            Record.ACTIVITY_ENDED: lambda row: f"Regular activity ends after {_days(row)}.",
            Record.FOLLOW_UP_STARTED: lambda row: "Follow-up in the job begins.",
            Record.FOLLOW_UP_ENDED: lambda row: "Follow-up in the job ends.",
            Record.SANCTIONED: lambda row: (
                f"A sanction suspends {row[VALUE] / 10:.0f} % of the allowance."
            ),
            Record.SUSPENSION_ENDED: lambda row: "The suspension of the allowance ends.",
            Record.REASSIGNED: lambda row: "Goes back to the queue for a caseworker.",
        }

    def is_contact(self, kind: Record) -> bool:
        """Whether records of this kind are summed up."""
        return kind in CONTACT_RECORDS

    def sentence(self, row: Row) -> str | None:
        """One sentence; None for a record that another one already tells."""
        kind = Record(row[KIND])
        return None if kind in UNTOLD else self._plain[kind](row)

    def contacts(self, rows: Sequence[Row]) -> str:
        """Several contacts in one sentence."""
        names = self._parameters.labels("contact_types")
        counts: Counter[tuple[str, str]] = Counter()
        for row in rows:
            label = names[Contact(row[DETAIL])]
            name = self._parameters.label_text("contact_types", label).lower()
            counts[name, CONTACT_RECORDS[Record(row[KIND])]] += 1
        listed = [f"{count} × {name} {what}" for (name, what), count in counts.items()]
        text = ", ".join(listed)
        return f"{text[:1].upper()}{text[1:]}."

    def _job_started(self, row: Row) -> str:
        wage = f", {row[VALUE] / CENTS:,.0f} EUR a month" if row[VALUE] else ""
        return f"Starts: {self._job(row).lower()}{wage}."

    def _job(self, row: Row) -> str:
        return self._label("job_types", row[DETAIL])

    def _barrier(self, row: Row) -> str:
        return self._label("barriers", row[DETAIL]).lower()

    def _action(self, row: Row) -> str:
        return self._label("actions", row[DETAIL]).lower()

    def _label(self, group: str, number: int) -> str:
        return self._parameters.label_text(group, self._parameters.labels(group)[number])


def _days(row: Row) -> str:
    days = row[VALUE]
    return "1 day" if days == 1 else f"{days:,} days"
