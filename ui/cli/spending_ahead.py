"""`forecast --spending`: the allowance of the coming years by month of payment, in seconds."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.errors import Fault, InputError
from sim.files import plain_numbers
from sim.money.costs.upratings import check_uprating
from sim.parameters.derivation.statistics import names_by_code
from ui.cli.backtesting import check_installed
from ui.cli.forecasting import department_code
from ui.cli.fresh_folder import fresh_folder
from ui.cli.remark_words import commanded
from ui.cli.remarking import remark, without_effect
from ui.cli.repeatable import anywhere, file_anywhere
from ui.cli.simulating import RUNS
from ui.cli.spoken import counted, language, number, text, texts
from ui.cli.terminal import messages, say_json, screen
from ui.reports.budget.remarks import far_appropriation, far_from_forecast, far_payments
from ui.reports.rules_outside import rules_outside
from ui.reports.wording import label_text, number_text

if TYPE_CHECKING:
    from brought.series import Series
    from forecast.spending.ahead import SpendingOutlook
    from forecast.spending.told import SpendingYear
    from sim.money.costs.entered import PaidMonth
    from sim.remarks import Remark
    from ui.reports.forecast.spending_folder import Appropriation, SpendingAnswer

USUAL_YEARS = 2
MILLION = 1e6
PERCENT = 100.0
_Value = TypeVar("_Value")
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class SpendingRequest:
    """What the user asked for; ``uprating`` is in per cent a year."""

    department: str | None
    series: Path | None
    years: int | None
    until_year: int | None
    actuals: Path | None
    uprating: float | None
    appropriation: float | None
    appropriation_year: int | None
    odds: float
    out: Path | None
    today: date

    @property
    def last_year(self) -> int:
        """The last year that is told: the next one where none is asked."""
        return self.until_year or self.today.year + (self.years or USUAL_YEARS) - 1

    def replay(self) -> str:
        """The command that gives the same numbers again."""
        words = ["caseload", "forecast"]
        words += [] if self.department is None else [anywhere(self.department)]
        words += ["--spending", "--until-year", str(self.last_year)]
        for option, value in (
            ("--series", self.series), ("--actuals", self.actuals), ("--uprating", self.uprating),
            ("--appropriation", self.appropriation),
            ("--appropriation-year", self.appropriation_year), ("--odds", self.odds),
        ):  # fmt: skip
            if value is not None:
                words += [option, file_anywhere(value) if isinstance(value, Path) else str(value)]
        return shlex.join(words)


def forecast_spending(request: SpendingRequest, is_json: bool) -> None:
    """Forecast, show and write; raises `InputError` with every fault of what was entered."""
    check_installed()

    from ui.reports.forecast.spending_folder import (
        check_spending_folder,
        spending_record,
        write_spending,
    )

    without_effect(
        "unused_of_spending",
        "months", "scenario", "level_only", "begins", "draws", "seed", "share", "workers",
    )  # fmt: skip
    if request.appropriation is None:
        without_effect("unused_no_appropriation", "appropriation_year")
    folder = _folder(request, is_json)
    faults: list[Fault] = []
    if folder is not None:
        _collected(faults, check_spending_folder, folder)
    series, paid = _entered(request, faults)
    if faults:
        raise InputError(faults)
    with messages().status(text("progress.learning")):
        answer = _answer(request, series, paid)
    if not _has_uprating(answer.outlook, request.last_year):
        without_effect("unused_published_amounts", "uprating")
    if answer.appropriation is not None:
        one = answer.appropriation
        expected = answer.outlook.expected(one.year)
        remark(*far_appropriation(one.year, one.eur, expected, answer.place))
    if folder is not None:
        write_spending(folder, answer)
    if is_json:
        say_json(plain_numbers(spending_record(answer, request.replay(), folder)))
        return
    _show(answer, folder)


def _entered(
    request: SpendingRequest, faults: list[Fault]
) -> tuple[Series | None, tuple[PaidMonth, ...]]:
    """The series and the months paid; every fault of what was entered is collected."""
    from brought.payments import read_paid_months
    from brought.series import read_series

    where = text("cli_fault.command_line")
    if (request.department is None) == (request.series is None):
        has_none = request.department is None
        found = text("cli_fault.neither") if has_none else text("cli_fault.both")
        accepted = text("cli_fault.department_or_series")
        faults.append(Fault(where, "DEPARTMENT, --series", found, accepted))
    if request.years is not None and request.until_year is not None:
        accepted = text("cli_fault.either", first="--years", second="--until-year")
        faults.append(Fault(where, "--years, --until-year", text("cli_fault.both"), accepted))
    if request.uprating is not None:
        _collected(faults, check_uprating, request.uprating / PERCENT)
    eur = request.appropriation
    if eur is not None and not (np.isfinite(eur) and eur > 0.0):
        found = f"{eur:g} euro"
        accepted = text("refusal.a_positive_sum_in")
        faults.append(Fault(where, "--appropriation", found, accepted))
    if not 0.0 < request.odds < 1.0:
        faults.append(Fault(where, "--odds", f"{request.odds:g}", text("cli_fault.between_0_1")))
    series: Series | None = None
    paid: tuple[PaidMonth, ...] = ()
    if request.series is not None:
        read = _collected(faults, read_series, request.series)
        if read is not None:
            series = read[0]
            remark(*read[1])
    if request.actuals is not None:
        months = _collected(faults, read_paid_months, request.actuals)
        if months is not None:
            paid = months[0]
            remark(*months[1], *far_payments(paid))
    return series, paid


def _collected(
    faults: list[Fault], read: Callable[[_Value], _Found], value: _Value
) -> _Found | None:
    """What is read, or None and its faults among the others."""
    try:
        return read(value)
    except InputError as error:
        faults += error.faults
        return None


def _answer(
    request: SpendingRequest, series: Series | None, paid: tuple[PaidMonth, ...]
) -> SpendingAnswer:
    from forecast.panel import current_panel
    from forecast.spending.budget_level import ratios_of_today, spending_outlook
    from forecast.spending.told import spending_months, spending_years
    from forecast.unusual import remarks_of_data
    from ui.reports.forecast.spending_folder import SpendingAnswer
    from ui.reports.forecast.spending_notes import spending_notes

    panel = current_panel()
    remark(*remarks_of_data(panel, series))
    code = (
        series.department
        if series is not None
        else department_code(str(request.department), panel.departments)
    )
    share = None if request.uprating is None else request.uprating / PERCENT
    own = None if series is None else (series.first_month, tuple(map(float, series.households)))
    outlook = spending_outlook(code, paid, share, request.today, own)
    remark(*_far_paid(paid, spending_outlook(code, (), share, request.today, own)))
    ratios = ratios_of_today(outlook.law)
    until = request.last_year
    return SpendingAnswer(
        names_by_code().get(code, code), outlook, ratios,
        spending_years(outlook, until, request.odds), spending_months(outlook, until),
        request.odds, _appropriation(request, outlook, paid),
        spending_notes(outlook, ratios, until),
    )  # fmt: skip


def _far_paid(paid: tuple[PaidMonth, ...], unpaid: SpendingOutlook) -> Iterator[Remark]:
    """Months paid far from what is forecast without them, as far as that begins before them."""
    from brought.series import month_of

    first = int(unpaid.months[0])
    places = {month_of(one.month) - first: one.allowance_eur for one in paid}
    known = {place: eur for place, eur in places.items() if 0 <= place < len(unpaid.months)}
    if known:
        expected = unpaid.eur[:, list(known)].sum(axis=1).mean()
        yield from far_from_forecast(sum(known.values()), float(expected))


def _appropriation(
    request: SpendingRequest, outlook: SpendingOutlook, paid: tuple[PaidMonth, ...]
) -> Appropriation | None:
    from ui.reports.forecast.spending_folder import Appropriation

    eur = request.appropriation
    if eur is None:
        return None
    usual = int(paid[-1].month[:4]) if paid else request.today.year
    year = request.appropriation_year or usual
    return Appropriation(year, eur, outlook.exceeds(year, eur))


def _has_uprating(outlook: SpendingOutlook, until_year: int) -> bool:
    """Whether an uprating that is not published is in the months that are told."""
    from forecast.benchmarks import YEAR

    return bool(outlook.law.aprils(np.array([YEAR * (until_year + 1) - 1]))[0])


def _folder(request: SpendingRequest, is_json: bool) -> Path | None:
    """Where results go; nowhere for JSON alone."""
    if request.out is not None or is_json:
        return request.out
    name = request.department or Path(str(request.series)).stem
    return fresh_folder(RUNS, f"spending_{Path(name).stem}")


def _show(answer: SpendingAnswer, folder: Path | None) -> None:
    from brought.series import month_text

    console, known = screen(), answer.outlook.level.known
    filled = {
        "place": answer.place,
        "households": number_text(float(known.households[-1]), "households", language()),
        "month": label_text(month_text(known.last_month), language()),
    }
    age = answer.outlook.level.age_months or 0
    console.print(counted("cli_spending.known", age, **filled), style="bold")
    console.print(_years_table(answer))
    if answer.outlook.paid:
        console.print(_paid_table(answer.years))
    if answer.appropriation is not None:
        one = answer.appropriation
        told = {
            "year": str(one.year),
            "eur": number(one.eur),
            "probability": number(PERCENT * one.probability, 1),
        }
        console.print(text("cli_spending.exceeded", **told))
    console.print(text("cli_spending.unit"), style="dim")
    for note in answer.notes:
        console.print(commanded(note, language()), style="dim")
    for line in rules_outside(month_text(answer.outlook.months[-1]), language()):
        console.print(line, style="dim", soft_wrap=True)
    console.print(text("spending_ahead.source"), style="dim")
    if folder is not None:
        console.print(text("cli_spending.folder", folder=folder), soft_wrap=True)


def _years_table(answer: SpendingAnswer) -> Table:
    table, odds = _table(), f"{PERCENT * answer.odds:g}"
    for place, head in enumerate(texts("cli_spending.heads")):
        table.add_column(head.format(odds=odds), justify="right" if place else "left")
    for one in answer.years:
        account = "–" if one.account_eur is None else _millions(one.account_eur)
        quantiles = map(_millions, one.quantiles_eur)
        ends = (_millions(one.exceeded_eur), account)
        table.add_row(str(one.year), _millions(one.expected_eur), *quantiles, *ends)
    return table


def _paid_table(years: Sequence[SpendingYear]) -> Table:
    """Years with a month paid: what is paid, missing and left."""
    table = _table()
    for place, head in enumerate(texts("cli_spending.paid_heads")):
        table.add_column(head, justify="right" if place else "left")
    for one in years:
        if one.months_paid:
            table.add_row(
                str(one.year), str(one.months_paid), _millions(one.paid_eur),
                str(len(one.missing)), _millions(one.missing_eur),
                str(one.months_to_pay), _millions(one.to_pay_eur),
            )  # fmt: skip
    return table


def _table() -> Table:
    return Table(box=SIMPLE_HEAD, pad_edge=False)


def _millions(eur: float) -> str:
    return number(eur / MILLION, 2)
