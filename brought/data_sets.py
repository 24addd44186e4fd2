"""Data sets as the open-data sites of CNAF and DREES export them: one row for each place and month.

Heads are those of the export with names of fields, or with labels (data.caf.fr, ``s_ben_dep``;
data.drees.solidarites-sante.gouv.fr, monthly figures of benefits).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from brought.columns import Kind
from brought.dates import dated
from brought.department_tables import country_months
from brought.english import fault_in_english, question_in_english
from brought.heads import Sheet, exact_heads, possible_sheets
from brought.kinds import DEPARTMENT, MONTH, PUBLISHED_COUNT
from brought.numerals import is_missing
from brought.page import Cell, Page
from brought.published import (
    Known,
    Months,
    Published,
    Publisher,
    agree,
    counts_rsa_households,
)
from brought.series import month_text
from brought.spelling import plain, visible
from brought.values import department_code, read_column
from sim.errors import Fault, InputError
from sim.remarks import Remark, remarked

CNAF = Kind(
    "cnaf",
    (
        replace(MONTH, name="dtreffre", heads=("date reference", "date de reference")),
        replace(DEPARTMENT, name="numdep", heads=("numero departement", "numero de departement")),
        replace(
            PUBLISHED_COUNT, name="indfoy_rsa", low=0.0,
            heads=("nombre foyers rsa", "nombre de foyers rsa"),
        ),
    ),
    ("dtreffre", "numdep"),
)  # fmt: skip
"""Households that the family funds pay, data set ``s_ben_dep``."""
DREES = Kind(
    "drees",
    (
        replace(MONTH, name="mois", heads=()),
        replace(DEPARTMENT, name="departement", heads=("code departement",)),
        replace(PUBLISHED_COUNT, name="valeur", heads=()),
        replace(MONTH, name="nom_serie", shape="text", heads=("nom de la serie", "serie")),
    ),
    ("mois", "departement"),
)
"""Monthly figures of every benefit, in rows by month, series and place."""
KINDS: Mapping[Publisher, Kind] = {"cnaf": CNAF, "drees": DREES}
MATURITY, DEFINITIVE = "maturite", "definiti"
COUNTRY = ("", "na", "nan")
"""What stands in the place of a department where a row is of a region or the country."""
REGIONS = ("region", "nom region")
"""Heads of the columns of the region, which a row of the country leaves empty, too."""
MOST_OF_A_TECHNICAL_ROW = 0.01
"""A second row of a month with less than this share of the first is a technical one."""
MOST_NAMED = 6


@dataclass(frozen=True)
class DataSet:
    """One data set that was found, and whose it is."""

    publisher: Publisher
    sheet: Sheet

    @property
    def kind(self) -> Kind:
        """Its columns."""
        return KINDS[self.publisher]


def data_set(pages: Iterable[Page]) -> DataSet | None:
    """The data set of a file, known by its heads alone."""
    pages = tuple(pages)
    for publisher, kind in KINDS.items():
        for sheet in possible_sheets(pages, kind):
            return DataSet(publisher, sheet)
    return None


def households_of_data_set(file: str, found: DataSet, known: Known) -> Published:
    """Households on RSA by department and month; raises `InputError` with every fault.

    ``known`` tells the series where their names do not.
    """
    kind, sheet = found.kind, found.sheet
    month_name, department_name, count_name = (one.name for one in kind.columns[:3])
    places = {name: those[0] for name, those in exact_heads(kind, sheet.head).items()}
    rows = list(zip(sheet.lines, sheet.rows, strict=True))
    title = count_name
    if found.publisher == "drees":
        title = _rsa_series(file, rows, places, known)
        rows = [one for one in rows if _at(one[1], places["nom_serie"]) == title]
    others = Counter(
        visible(str(_at(row, places[department_name]))) or "–"
        for _, row in rows
        if department_code(_at(row, places[department_name])) is None
    )
    country = _country(file, found.publisher, sheet, rows, places)
    rows = [one for one in rows if department_code(_at(one[1], places[department_name]))]
    months = read_column(
        replace(kind.column(month_name), is_end_of_month=True), month_name,
        [(line, _at(row, places[month_name])) for line, row in rows],
    )  # fmt: skip
    cells = [(line, _at(row, places[count_name])) for line, row in rows]
    counts = read_column(kind.column(count_name), count_name, cells)
    faults = [fault_in_english(file, kind, one) for one in (*months.faults, *counts.faults)] + [
        question_in_english(file, kind, one) for one in counts.questions
    ]
    if faults:
        raise InputError(faults)
    read = [
        (str(department_code(_at(row, places[department_name]))), _counted(str(month)), count, line)
        for (line, row), month, count in zip(rows, months.values, counts.values, strict=True)
    ]
    households, technical = _once(
        file, month_name, [(code, month, float(count), line) for code, month, count, line in read
                           if isinstance(count, float)],
    )  # fmt: skip
    withheld = sorted({one[0] for one, (_, cell) in zip(read, cells, strict=True)
                       if is_missing(cell)})  # fmt: skip
    remarks = _remarks(sheet, title, others, technical, withheld)
    provisional = _provisional(sheet, rows, read)
    return Published(found.publisher, households, tuple(remarks), provisional, country)


def _country(
    file: str,
    publisher: Publisher,
    sheet: Sheet,
    rows: Sequence[tuple[int, Sequence[Cell]]],
    places: Mapping[str, int],
) -> dict[int, float]:
    """Counts of the whole country by month: rows of the DREES without department and region.

    Raises `InputError` as `country_months`.
    """
    if publisher != "drees":
        return {}
    region = [place for place, head in enumerate(sheet.head) if plain(head) in REGIONS]
    months: list[int] = []
    cells: list[tuple[int, Cell]] = []
    for line, row in rows:
        place = [_at(row, one) for one in (places["departement"], *region)]
        month = dated(_at(row, places["mois"]))
        if month is not None and all(plain(str(cell)) in COUNTRY for cell in place):
            months.append(12 * month.year + month.month - 1)
            cells.append((line, _at(row, places["valeur"])))
    return country_months(file, "valeur", months, cells)


def _rsa_series(
    file: str,
    rows: Sequence[tuple[int, Sequence[Cell]]],
    places: Mapping[str, int],
    known: Known,
) -> str:
    """The name of the one series that counts households on RSA, by its name or its numbers."""
    place = places["nom_serie"]
    names = sorted({str(_at(row, place)) for _, row in rows if _at(row, place) != ""})
    found = [name for name in names if counts_rsa_households(name)]
    if len(found) != 1:
        cells: dict[str, list[tuple[str, int, Cell]]] = defaultdict(list)
        for _, row in rows:
            code, month = (
                department_code(_at(row, places["departement"])),
                dated(_at(row, places["mois"])),
            )
            if code is not None and month is not None:
                when = 12 * month.year + month.month - 1
                cells[str(_at(row, place))].append((code, when, _at(row, places["valeur"])))
        found = [name for name in found or names if agree(cells[name], known)] or found
    if len(found) != 1:
        named = ", ".join(repr(visible(one)) for one in (found or names)[:MOST_NAMED])
        told = f"{len(names)} series, none of households on RSA: {named}"
        if found:
            told = f"{len(found)} series of households on RSA: {named}"
        accepted = "one series that counts households on RSA"
        raise InputError([Fault(file, "nom_serie", told, accepted)])
    return found[0]


def _once(
    file: str, column: str, rows: Sequence[tuple[str, int, float, int]]
) -> tuple[dict[str, Months], int]:
    """One count for each department and month, and how many technical second rows there were."""
    seen: dict[tuple[str, int], list[tuple[float, int]]] = defaultdict(list)
    for code, month, count, line in rows:
        seen[code, month].append((count, line))
    faults: list[Fault] = []
    found: dict[str, Months] = defaultdict(dict)
    technical = 0
    for (code, month), those in seen.items():
        largest = max(count for count, _ in those)
        kept = [one for one in those if one[0] >= MOST_OF_A_TECHNICAL_ROW * largest]
        technical += len(those) - len(kept)
        if len(kept) > 1:
            (_, first), (_, second) = kept[:2]
            text = repr(f"{month_text(month)} · {code}")
            accepted = f"each month once; it is also in line {first}"
            faults.append(Fault(file, f"line {second}, {column}", text, accepted))
        elif largest > 0.0:
            found[code][month] = largest
    if faults:
        raise InputError(faults)
    return dict(found), technical


def _remarks(
    sheet: Sheet, title: str, others: Mapping[str, int], technical: int, withheld: Sequence[str]
) -> list[Remark]:
    found = [remarked("published_data_set", title=title, rows=f"{len(sheet.rows):,}")]
    named = {name: rows for name, rows in others.items() if plain(name) not in COUNTRY}
    if named:
        shown = ", ".join(f"{name} ({rows})" for name, rows in list(named.items())[:MOST_NAMED])
        found.append(remarked("published_others", others=shown))
    if technical:
        found.append(remarked("published_technical", rows=f"{technical:,}"))
    if withheld:
        more = f" (+{len(withheld) - MOST_NAMED})" if len(withheld) > MOST_NAMED else ""
        shown = ", ".join(withheld[:MOST_NAMED]) + more
        found.append(remarked("published_withheld", departments=shown))
    return found


def _provisional(
    sheet: Sheet,
    rows: Sequence[tuple[int, Sequence[Cell]]],
    read: Sequence[tuple[str, int, object, int]],
) -> frozenset[int]:
    heads = [plain(head) for head in sheet.head]
    if MATURITY not in heads:
        return frozenset()
    place = heads.index(MATURITY)
    words = (plain(str(_at(row, place))) for _, row in rows)
    return frozenset(
        one[1] for one, word in zip(read, words, strict=True) if word and DEFINITIVE not in word
    )


def _counted(month: str) -> int:
    year, _, number = month.partition("-")
    return 12 * int(year) + int(number) - 1


def _at(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ""
