"""What the kinds of spell of a log are, and the columns of their table: the codebook of spells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.vocabulary import Record

RULE = (
    "A spell is in the table when it began within the log, so nobody enters late. One whose end "
    "the log does not hold is censored on the day after the last of the run; one of a cohort also "
    "when its person is in a new cohort, or queues again at a dated change of rules. Who moves "
    "away stays at risk of a first job, as in the published rates. Days are those that the "
    "outcomes count: Kaplan–Meier (`sim.kaplan_meier`) and cumulative incidence "
    "(`sim.cumulative_incidence`) of complete cohorts are the published shares and mean waits."
)


@dataclass(frozen=True)
class SpellKind:
    """Which records begin and end a spell.

    Its reason is the word of the detail of the record that ends it. With ``told_by`` it is
    the name of that record where it is written of the same spell on the same day, else ``others``.
    ``until`` are records after which nobody looks any more whether the spell ends: it is censored.
    """

    meaning: str
    begins: tuple[Record, ...]
    ends: Record
    told_by: Record | None = None
    others: str = ""
    until: tuple[Record, ...] = ()
    is_job: bool = False
    """Whether the detail of its records is a job type, of which trainings are left out."""


END_OF_COHORT = (Record.COHORT_ENTERED, Record.REASSIGNED)
SPELLS: Mapping[str, SpellKind] = {
    "rsa": SpellKind(
        "a household is paid, from an entry or a return to the exit",
        (Record.FIRST_ENTRY, Record.REENTRY),
        Record.EXIT,
    ),
    "wait_for_orientation": SpellKind(
        "an adult waits to be oriented",
        (Record.WAIT_FOR_ORIENTATION_STARTED,),
        Record.WAIT_FOR_ORIENTATION_ENDED,
        told_by=Record.ORIENTED,
        others="left",
    ),
    "wait_for_caseworker": SpellKind(
        "an adult waits for a place in a portfolio",
        (Record.WAIT_FOR_CASEWORKER_STARTED,),
        Record.WAIT_FOR_CASEWORKER_ENDED,
        told_by=Record.SUPPORT_STARTED,
        others="left",
    ),
    "first_job": SpellKind(
        "an adult in the cohort of entrants into support has had no job since",
        (Record.COHORT_ENTERED,),
        Record.FIRST_JOB_SINCE_SUPPORT,
        until=END_OF_COHORT,
    ),
    "first_durable_job": SpellKind(
        "an adult in the cohort of entrants into support has had no durable job since",
        (Record.COHORT_ENTERED,),
        Record.FIRST_DURABLE_JOB_SINCE_SUPPORT,
        until=END_OF_COHORT,
    ),
    "job": SpellKind(
        "an adult has a job",
        (Record.JOB_STARTED,),
        Record.JOB_ENDED,
        told_by=Record.CONTRACT_RUPTURE,
        others="ended",
        is_job=True,
    ),
}
"""The kinds of spell, by name."""
RUN_COLUMNS = {
    "scenario": "name of the scenario",
    "replication": "number of the seed within the experiment",
    "draw": "number of the draw of parameters, empty without draws",
    "seed": "the seed: it repeats the run",
}
"""The columns that tell the rows of a run from those of others."""
COLUMNS = {
    **RUN_COLUMNS,
    "spell": "what lasts, see the kinds of spell",
    "person": "identity of the person, or of the household, the same in every scenario",
    "start": "day on which it begins",
    "end": "day on which it ends, or from which on nobody looks any more",
    "days": "days from start to end",
    "reason": "why it ends, empty when it is censored",
    "censored": "whether its end was not seen",
    "territory": "where it begins",
    "pathway": "of the person then, empty for none",
}
"""The columns of the table of spells."""
