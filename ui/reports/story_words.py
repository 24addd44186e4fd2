"""The sentence of each kind of record in the story of a life, in English or French."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sim.events import COLUMNS
from sim.experiments.lives import FirstDay
from sim.language import Language
from sim.outcomes.definitions import exit_reasons
from sim.parameters import Parameters
from sim.units import CENTS_PER_EUR, PER_MILLE
from sim.vocabulary import Contact, ExitReason, OrientedBy, Record
from ui.reports.wording import month_text, number_text
from ui.texts import at, said
from ui.texts.figures import is_singular

KIND, PATHWAY, DETAIL, VALUE = (
    COLUMNS.index(name) for name in ("kind", "pathway", "detail", "value")
)
PERCENT = 100
UNTOLD = (
    Record.WAIT_FOR_ORIENTATION_ENDED,
    Record.WAIT_FOR_CASEWORKER_ENDED,
    Record.COHORT_ENTERED,
    Record.FIRST_JOB_SINCE_SUPPORT,
    Record.FIRST_DURABLE_JOB_SINCE_SUPPORT,
)
"""Records that repeat what another sentence says."""
GROUPS: Mapping[Record, str] = {
    Record.JOB_STARTED: "job_types",
    Record.JOB_ENDED: "job_types",
    Record.PLACE_REFUSED: "job_types",
    Record.BARRIER_ONSET: "barriers",
    Record.BARRIER_REMOVAL: "barriers",
    Record.TERRITORY_CHANGED: "territories",
    Record.CASEWORKER_CHANGED: "roles",
    Record.PATHWAY_SWITCHED: "pathways",
    Record.ACTION_STARTED: "actions",
    Record.ACTION_ENDED: "actions",
}
"""What the detail of a record names."""
CONTACTS = (
    Record.CONTACT_HELD,
    Record.CONTACT_MISSED,
    Record.CONTACT_POSTPONED,
    Record.CONTACT_NEVER_HELD,
)
Row = Sequence[int]


class Teller:
    """Puts records into words with the labels of a department."""

    def __init__(self, parameters: Parameters, language: Language = "en") -> None:
        self._parameters = parameters
        self._language: Language = language

    def is_contact(self, kind: Record) -> bool:
        """Whether records of this kind are summed up."""
        return kind in CONTACTS

    def sentence(self, row: Row) -> str | None:
        """One sentence; None for a record that another one already tells."""
        kind = Record(row[KIND])
        if kind in UNTOLD:
            return None
        return self._said(f"story_sentences.{kind.name.lower()}", **self._parts(kind, row))

    def contacts(self, rows: Sequence[Row]) -> str:
        """Several contacts in one sentence."""
        names = self._parameters.labels("contact_types")
        counts: Counter[tuple[str, Record]] = Counter()
        for row in rows:
            label = names[Contact(row[DETAIL])]
            name = self._parameters.label_text("contact_types", label, self._language).lower()
            counts[name, Record(row[KIND])] += 1
        listed = [self._counted(name, kind, count) for (name, kind), count in counts.items()]
        text = ", ".join(listed)
        return f"{text[:1].upper()}{text[1:]}."

    def _counted(self, name: str, kind: Record, count: int) -> str:
        """``2 rendez-vous réalisés``: the name and what became of it agree with the number."""
        is_one = is_singular(count, self._language)
        key = f"story_contacts.{kind.name.lower()}{'_one' if is_one else ''}"
        named = name if is_one else _plural(name, self._language)
        return self._said(key, count=count, name=named)

    def opening(self, day: date, known: FirstDay) -> str:
        """Who a person is on the first day."""
        place = self._parameters.label_text("territories", known.territory, self._language)
        named = [
            _inside(self._parameters.label_text("barriers", one, self._language))
            for one in known.barriers
        ]
        return self._said(
            "story_opening.known",
            day=self.day(day),
            age=known.age,
            place=place,
            standing=self._said(f"story_opening.{'paid' if known.is_paid else 'unpaid'}"),
            month=self._month(known.since),
            barriers=", ".join(named) or self._said("story_opening.none"),
        )

    def stranger(self, day: date) -> str:
        """Somebody who is not known on the first day."""
        return self._said("story_opening.unknown", day=self.day(day))

    def day(self, day: date) -> str:
        """A day in words."""
        return f"{day:%-d %B %Y}" if self._language == "en" else f"{day:%d/%m/%Y}"

    def _month(self, day: date) -> str:
        if self._language == "en":
            return f"{day:%B %Y}"
        return month_text(day.year, day.month, self._language)

    def _parts(self, kind: Record, row: Row) -> dict[str, str]:
        label = self._label(GROUPS[kind], row[DETAIL]) if kind in GROUPS else ""
        eur = number_text(row[VALUE] / CENTS_PER_EUR, "eur", self._language)
        wage = self._part("story.wage").format(eur=eur) if row[VALUE] else ""
        parts = {
            "label": label,
            "small_label": _inside(label),
            "days": self._days(row[VALUE]),
            "eur": eur,
            "wage": wage,
            "percent": f"{row[VALUE] * PERCENT / PER_MILLE:.0f}",
        }
        if kind == Record.EXIT:
            told = exit_reasons()[ExitReason(row[DETAIL])].told
            parts["reason"] = told.fr if self._language == "fr" else told.en
        if kind == Record.ORIENTED:
            parts["by"] = self._part(f"story_by.{OrientedBy(row[DETAIL]).name.lower()}")
            parts["pathway"] = self._label("pathways", row[PATHWAY])
        return parts

    def _label(self, group: str, number: int) -> str:
        return self._parameters.label_text(
            group, self._parameters.labels(group)[number], self._language
        )

    def _days(self, days: int) -> str:
        name = "days_one" if is_singular(days, self._language) else "days"
        return self._said(f"story.{name}", count=number_text(days, "number", self._language))

    def _part(self, key: str) -> str:
        """A part of a sentence, with the space before it."""
        return str(at(key, self._language))

    def _said(self, key: str, **words: object) -> str:
        return said(key, self._language, **words)


def _plural(name: str, language: Language) -> str:
    """A kind of contact in the plural: its first word in French, its last one in English."""
    if language == "en":
        return f"{name}s"
    first, space, rest = name.partition(" ")
    return f"{first if first.endswith(('s', 'x')) else f'{first}s'}{space}{rest}"


def _inside(label: str) -> str:
    """A label inside a sentence: in small letters, unless it begins with an abbreviation."""
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"
