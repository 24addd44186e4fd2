"""Files as DREES and CNAF publish them, made up from the known months, for `data update`."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from brought.series import month_of, month_text
from brought.spelling import squeezed
from forecast.panel import shipped_panel
from forecast.panel_update import Update
from sim.parameters.derivation.statistics import names_by_code
from ui.reports.remarks import remark_text

Cell = str | int | float | date | None
Counts = Mapping[str, Mapping[int, float]]
NAMES = {squeezed(name): code for code, name in names_by_code().items()}
FRENCH_MONTHS = (
    "janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc",
)  # fmt: skip
FIELDS = ("rsa", "ppa")


def continued(months: int, growth: float = 1.001, first: str = "2020-09") -> Counts:
    """Counts of every department from ``first`` on: the known ones, then a steady growth."""
    panel = shipped_panel()
    found: dict[str, dict[int, float]] = {}
    for code in panel.departments:
        series = panel.series(code)
        known = dict(zip(series.months.tolist(), series.households.tolist(), strict=True))
        last = series.last_month
        ahead = {
            last + step: float(round(known[last] * growth**step, -1))
            for step in range(1, months + 1)
        }
        found[code] = {m: v for m, v in (known | ahead).items() if m >= month_of(first)}
    return found


def drees_workbook(folder: Path, counts: Counts, edit: Callable[[Workbook], None] = lambda _: None,
                   is_turned: bool = False, ahead: int = 0) -> Path:  # fmt: skip
    """The monthly workbook: sheets of several benefits, titles, heads on three rows, notes."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Sommaire"
    first.append(["Données mensuelles sur les prestations de solidarité"])
    first.append(["Tableau 3", "Nombre de foyers allocataires du RSA, par département"])
    national = book.create_sheet("Tableau 1")
    months = sorted({month for one in counts.values() for month in one})
    for row in (
        ["Tableau 1 - Allocataires du RSA, de l'AAH et de la prime d'activité, France"],
        ["", "RSA", "AAH", "RSA majoré", "Prime d'activité"],
        *([day(month), country_of(counts, month), 1_250_000, 200_000, 4_500_000]
          for month in range(months[0], months[-1] + 1 + ahead)),
        ["Champ : France."],
    ):  # fmt: skip
        national.append(row)
    for name, title, factor in (
        ("Tableau 3", "Tableau 3 - Nombre de foyers allocataires du RSA, par département", 1.0),
        ("Tableau 5", "Tableau 5 - Nombre d'allocataires de l'ASS, par département", 0.2),
        ("Tableau 6", "Tableau 6 - Nombre de foyers allocataires de la prime d'activité", 2.5),
    ):
        sheet = book.create_sheet(name)
        for row in (down if is_turned else across)(title, counts, months, factor):
            sheet.append(row)
    edit(book)
    path = folder / "x.xlsx"
    book.save(path)
    return path


def across(title: str, counts: Counts, months: Sequence[int], factor: float) -> list[list[Cell]]:
    codes = list(counts)
    rows: list[list[Cell]] = [
        [title], ["Retour au sommaire"], ["Données arrondies à la dizaine."], [None],
        [None, *(int(code) if code.isdigit() else code for code in codes), None, None],
        [None, *(names_by_code()[code] for code in codes), "France métropolitaine", "France"],
        ["Mois", *["Effectifs"] * (len(codes) + 2)],
    ]  # fmt: skip
    for place, month in enumerate(months):
        values: list[Cell] = [round(counts[code].get(month, 0) * factor) or "nd" for code in codes]
        provisional = place >= len(months) - 2
        if provisional:
            values[0] = f"{values[0]}*"
        label: Cell = f"{short(month)}*" if provisional else day(month)
        rows.append([label, *values, 1_800_000, country_of(counts, month)])
    return [
        *rows, [None], ["* Données provisoires ; nd : non disponible."],
        ["Source : CNAF, Allstat FR6 et FR2 ; MSA."], ["Champ : France."],
    ]  # fmt: skip


def down(title: str, counts: Counts, months: Sequence[int], factor: float) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[title], [None], ["Code", "Département", *map(short, months)]]
    rows += [
        [code, names_by_code()[code],
         *(round(one.get(month, 0) * factor) or "ns" for month in months)]
        for code, one in counts.items()
    ]  # fmt: skip
    country = [country_of(counts, month) for month in months]
    return [*rows, ["", "France", *country], ["Source : DREES."]]


def country_of(counts: Counts, month: int) -> int:
    """All departments and Mayotte; a steady fall by half a percent a month after the last month."""
    last = max(month for one in counts.values() for month in one)
    total = sum(one.get(min(month, last), 9_000.0) for one in counts.values())
    return round(1.003 * total * 0.995 ** max(0, month - last), -2)


def day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def short(month: int) -> str:
    return f"{FRENCH_MONTHS[month % 12]}-{month // 12 % 100:02d}"


def drees_rows(counts: Counts) -> list[list[Cell]]:
    """The data set in rows: two series, the country and a region in the last month."""
    head = ["mois", "serie", "nom_serie", "nom_region", "region", "nom_departement",
            "departement", "valeur", "maturite", "unite", "commentaire"]  # fmt: skip
    rows: list[list[Cell]] = [list(head)]
    for code, one in counts.items():
        for month, count in one.items():
            maturity = "Provisoire" if month == max(one) else "Définitive"
            for serie, name, value in (
                ("RSA", "Nombre de foyers allocataires du RSA", count),
                ("ENT", "Nombre d'entrants au RSA", count / 30),
            ):
                rows.append([month_text(month), serie, name, "R", "32", names_by_code()[code],
                             code, value, maturity, "foyers", ""])  # fmt: skip
    country = country_of(counts, month_of("2020-12"))
    for region, count in (("NA", country), ("32", 110_000)):
        rows.append(["2020-12", "RSA", "Nombre de foyers allocataires du RSA", region, region, "NA",
                     "NA", count, "Définitive", "foyers", ""])  # fmt: skip
    return rows


def cnaf_rows(counts: Counts, share: float = 0.97, has_labels: bool = False) -> list[list[Cell]]:
    """``s_ben_dep``: every benefit in a row, an unknown department, technical second rows."""
    head = ["dtreffre", "numdep", "nomdep", "numregi", "nomregi"]
    head += [f"{what}_{one}" for one in FIELDS for what in ("indfoy", "indnbp", "indmtt")]
    if has_labels:
        head = ["Date référence", "Numéro département", "Nom département", "Numéro région",
                "Nom région"]  # fmt: skip
        head += [f"{what} {one}" for one in ("RSA", "PPA")
                 for what in ("Nombre foyers", "Nombre personnes", "Montant total")]  # fmt: skip
    rows: list[list[Cell]] = [[*head, "lieures"]]
    for code, one in counts.items():
        name = names_by_code()[code].upper()
        for month, count in one.items():
            paid = round(count * share)
            values = [paid, round(paid * 2.1), paid * 530.0, paid * 2, paid * 4, paid * 400.0]
            rows.append([month_text(month), code, name, "04", "REGION", *values, name])
            if month % 12 == 11:
                rows.append([month_text(month), code, name, "04", "REGION", 3, 7, 900.0, 0, 0, 0,
                             name])  # fmt: skip
    rows.append([month_text(month), "XX", "INCONNU", "XX", "INCONNU", *[12] * 6, ""])
    return rows


def csv_file(folder: Path, rows: Sequence[Sequence[Cell]], separator: str = ";") -> Path:
    path = folder / "y.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def excel_file(folder: Path, rows: Sequence[Sequence[Cell]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    path = folder / "z.xlsx"
    book.save(path)
    return path


def told(done: Update, language: str = "en") -> str:
    """The remarks of an update, one a line."""
    return "\n".join(remark_text(one, "fr" if language == "fr" else "en") for one in done.remarks)
