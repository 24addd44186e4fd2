"""One simulated life as a readable story."""

from __future__ import annotations

from dataclasses import dataclass

from sim.events import COLUMNS
from sim.experiments.lives import Life, life_of
from sim.language import Language
from sim.policy import Scenario
from sim.units import MINUTES_PER_DAY, date_of
from sim.vocabulary import Record
from ui.reports.story_words import Row, Teller


@dataclass(frozen=True)
class Line:
    """One sentence of a story; ``until`` differs from ``date`` when it sums up several records."""

    date: str
    until: str
    records: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Story:
    """The life of one simulated person over a run, in words."""

    person: str
    seed: int
    opening: str
    lines: tuple[Line, ...]


def tell(
    scenario: Scenario, seed: int, person: str | None = None, language: Language = "en"
) -> Story:
    """Run a scenario and tell the life of one person (default: one to whom much happens).

    Raises `InputError` when the run knows nobody of that name.
    """
    return story_of(life_of(scenario, seed, person), language)


def story_of(life: Life, language: Language = "en") -> Story:
    """A life in words."""
    teller = Teller(life.parameters, language)
    known = life.first_day
    opening = teller.stranger(life.day) if known is None else teller.opening(life.day, known)
    return Story(life.person, life.seed, opening, tuple(_lines(life, teller)))


def _lines(life: Life, teller: Teller) -> list[Line]:
    """Sentences; consecutive contacts are summed up in one."""
    lines: list[Line] = []
    contacts: list[Row] = []
    for row in life.records:
        if teller.is_contact(Record(row[COLUMNS.index("kind")])):
            contacts.append(row)
            continue
        text = teller.sentence(row)
        if text is None:
            continue
        if contacts:
            lines.append(_line(contacts, teller.contacts(contacts)))
            contacts = []
        lines.append(_line([row], text))
    if contacts:
        lines.append(_line(contacts, teller.contacts(contacts)))
    return lines


def _line(rows: list[Row], text: str) -> Line:
    days = [date_of(row[0] // MINUTES_PER_DAY).isoformat() for row in (rows[0], rows[-1])]
    kinds = dict.fromkeys(Record(row[COLUMNS.index("kind")]).name.lower() for row in rows)
    return Line(days[0], days[1], tuple(kinds), text)
