"""`forecast`: the level of a caseload, its doubt, and what scenarios would change."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.errors import Fault, InputError
from sim.files import plain_numbers
from sim.parameters import Parameters, load_department, shipped_departments
from sim.parameters.derivation.statistics import names_by_code
from sim.parameters.rules import STOCK
from sim.policy import remarks
from sim.policy.facts import departments_with_facts, page_of
from sim.remarks import remarks_said
from ui.cli.backtesting import check_installed
from ui.cli.before_running import check_part_before_running
from ui.cli.ending import CANCELLED, cancellable
from ui.cli.fresh_folder import fresh_folder
from ui.cli.progress import showing_progress
from ui.cli.remark_words import commanded
from ui.cli.remarking import remark, without_effect
from ui.cli.repeatable import anywhere, file_anywhere
from ui.cli.simulating import RUNS
from ui.cli.spoken import counted, language, text, texts, words
from ui.cli.terminal import messages, say_json, screen
from ui.reports.rules_outside import rules_outside
from ui.reports.wording import difference_text, interval_text, label_text, number_text
from ui.texts import said

if TYPE_CHECKING:
    from forecast.level import Level
    from forecast.outcome import Outlook
    from forecast.panel import Panel
    from forecast.simulated import Comparison, Simulated

DRAWS, LEAST_DRAWS = 12, 4
USUAL_STOCK = 20_000
"""Larger departments take fewer draws by default, so that no default run takes much longer."""
UNIT = "households"
DIFFERENCE_FANS = (50, 90)
"""Intervals of a difference that are shown, in per cent."""


@dataclass(frozen=True)
class ForecastRequest:
    """What the user asked for."""

    department: str | None
    series: Path | None
    months: int | None
    scenarios: tuple[str, ...]
    is_level_only: bool
    begins: str | None
    draws: int | None
    seed: int
    share: float
    workers: int | None
    out: Path | None
    today: date

    def replay(self) -> str:
        """The command that gives the same numbers again."""
        words = ["caseload", "forecast"]
        words += [] if self.department is None else [anywhere(self.department)]
        words += [] if self.series is None else ["--series", file_anywhere(self.series)]
        words += [] if self.months is None else ["--months", str(self.months)]
        for name in self.scenarios:
            words += ["--scenario", anywhere(name)]
        words += [] if self.begins is None else ["--begins", self.begins]
        words += ["--level-only"] if self.is_level_only else ["--seed", str(self.seed)]
        words += [] if self.draws is None else ["--draws", str(self.draws)]
        words += [] if self.share == 1.0 else ["--share", repr(self.share)]
        return shlex.join(words)


def forecast(request: ForecastRequest, is_json: bool) -> None:
    """Forecast, show and write; raises `InputError`; exit code 3 when cancelled."""
    check_installed()
    from threadpoolctl import threadpool_limits

    from brought.series import month_of
    from forecast.context import remarks_of_context
    from forecast.outcome import beginning, outlook_of
    from forecast.panel import current_panel
    from ui.reports.forecast.folder import check_forecast_folder, forecast_record, write_forecast

    begins = None if request.begins is None else month_of(request.begins, "--begins")
    folder = _folder(request, is_json)
    if folder is not None:
        check_forecast_folder(folder)
    comparison = _comparison(request)
    if comparison is None:
        reason = "unused_level_alone" if request.is_level_only else "unused_no_scenario"
        without_effect(reason, "begins", "draws", "seed", "share", "workers")
    else:
        remark(*remarks(comparison.reference, *comparison.scenarios))
    # The matrices are small: more threads would only wait for each other.
    with messages().status(text("progress.learning")), threadpool_limits(limits=1):
        level = _level(request, current_panel())
    remark(*remarks_of_context(level.known.department))
    request = replace(request, months=level.months)
    if comparison is not None:
        _check_same_department(comparison, level.known.department)
        skipped, _ = beginning(level, comparison, begins)
        needed = comparison.change_month + level.months - skipped
        comparison = comparison.lasting(max(needed, level.months))
    simulated = None if comparison is None else _simulate(request, comparison)
    outlook = outlook_of(level, simulated, begins)
    code = level.known.department
    place = names_by_code().get(code, code)
    if folder is not None:
        kept = replace(outlook, notes=(*remarks_said(), *outlook.notes))
        write_forecast(folder, kept, place, request.replay())
    if is_json:
        say_json(plain_numbers(forecast_record(outlook, request.replay())))
        return
    _show(outlook, place, folder)


def _level(request: ForecastRequest, panel: Panel) -> Level:
    from brought.series import read_series
    from forecast.level import check_department, level_of_department, level_of_series
    from forecast.unusual import remarks_of_data

    if (request.department is None) == (request.series is None):
        has_none = request.department is None
        found = text("cli_fault.neither") if has_none else text("cli_fault.both")
        accepted = text("cli_fault.department_or_series")
        where = text("cli_fault.command_line")
        raise InputError([Fault(where, "DEPARTMENT, --series", found, accepted)])
    series, read = (None, ()) if request.series is None else read_series(request.series)
    remark(*read, *remarks_of_data(panel, series))
    today = 12 * request.today.year + request.today.month - 1
    if series is not None:
        return level_of_series(panel, series, request.months, today)
    code = department_code(str(request.department), panel.departments)
    check_department(panel, code)
    return level_of_department(panel, code, request.months, today)


def department_code(written: str, codes: tuple[str, ...]) -> str:
    """The code of a department given by its code or as a file of the model."""
    code = written.upper().zfill(2)
    return code if code in codes else load_department(written).code


def _comparison(request: ForecastRequest) -> Comparison | None:
    from forecast.simulated import comparison_of

    if request.is_level_only:
        if request.scenarios:
            found, accepted = text("cli_fault.both"), text("cli_fault.scenario_or_level")
            where = text("cli_fault.command_line")
            raise InputError([Fault(where, "--level-only", found, accepted)])
        return None
    names = request.scenarios
    if not names and request.department is not None:
        own = _own_department(request.department)
        if own is not None and own.department in departments_with_facts():
            names = (page_of(own.department).scenario,)
    return comparison_of(names) if names else None


def _own_department(name: str) -> Parameters | None:
    """The shipped department with this name or code, if there is one."""
    known = map(load_department, shipped_departments())
    return next((one for one in known if name in (one.department, one.code)), None)


def _check_same_department(comparison: Comparison, code: str) -> None:
    other = comparison.reference.base.code
    if other != code:
        name = comparison.reference.name
        found = text("cli_fault.other_department", name=name, code=other)
        accepted = text("cli_fault.scenarios_of", code=code)
        raise InputError([Fault(text("cli_fault.command_line"), "--scenario", found, accepted)])


def _simulate(request: ForecastRequest, comparison: Comparison) -> Simulated:
    from forecast import simulated
    from forecast.draws import draws_for

    reference, scenarios = comparison.reference, (comparison.reference, *comparison.scenarios)
    stock = reference.base.number(STOCK) * request.share
    count = request.draws or max(LEAST_DRAWS, round(DRAWS * min(1.0, USUAL_STOCK / stock)))
    check_part_before_running(scenarios, request.share, simulated.RUNS * count, request.workers)
    draws = draws_for(reference, count, request.seed)
    with cancellable() as cancel, showing_progress() as show:
        found = simulated.simulate(
            comparison, draws, request.seed,
            share=request.share, workers=request.workers, on_progress=show, cancel=cancel,
        )  # fmt: skip
    if found is None:
        messages().print(text("cli_forecast.cancelled"))
        raise typer.Exit(CANCELLED)
    return found


def _folder(request: ForecastRequest, is_json: bool) -> Path | None:
    """Where results go; nowhere for JSON alone."""
    if request.out is not None or is_json:
        return request.out
    name = request.department or Path(str(request.series)).stem
    return fresh_folder(RUNS, f"forecast_{Path(name).stem}")


def _show(outlook: Outlook, place: str, folder: Path | None) -> None:
    from brought.series import month_text

    console = screen()
    known = outlook.level.known
    last = label_text(month_text(known.last_month), language())
    filled = {"households": _households(float(known.households[-1])), "month": last}
    age = outlook.level.age_months
    filled |= {"place": place, "months": str(outlook.level.months)}
    known_text = text("cli_forecast.known", **filled)
    if age:
        known_text = counted("cli_forecast.known_old", age, **filled)
    console.print(known_text, style="bold")
    console.print(_level_table(outlook))
    if outlook.simulated is not None:
        console.print(_difference_table(outlook))
    console.print(_variance_table(outlook))
    console.print(said("forecast_report.source", language()), style="dim")
    for note in outlook.notes:
        console.print(commanded(note, language()), style="dim")
    for line in rules_outside(outlook.months[-1], language()):
        console.print(line, style="dim", soft_wrap=True)
    if folder is not None:
        console.print(text("cli_forecast.folder", folder=folder), soft_wrap=True)


def _level_table(outlook: Outlook) -> Table:
    from forecast.outcome import FANS, LEVEL, SCENARIO
    from ui.reports.forecast.page import quantile, shown_months

    (level,) = outlook.chosen(LEVEL)
    heads = [text("cli_forecast.end_of"), text("cli_forecast.no_change")]
    heads += [f"{fan} %" for fan in FANS]
    table = _table([*heads, *(path.name for path in outlook.chosen(SCENARIO))])
    for ahead in shown_months(outlook):
        ends = [(0.5 - fan / 200.0, 0.5 + fan / 200.0) for fan in FANS]
        table.add_row(
            _month(outlook, ahead),
            _households(quantile(level, 0.5, ahead)),
            *(
                f"{_households(quantile(level, low, ahead))} – "
                f"{_households(quantile(level, high, ahead))}"
                for low, high in ends
            ),
            *(_households(quantile(path, 0.5, ahead)) for path in outlook.chosen(SCENARIO)),
        )  # fmt: skip
    return table


def _difference_table(outlook: Outlook) -> Table:
    from forecast.outcome import DIFFERENCE
    from ui.reports.forecast.page import quantile, shown_months

    paths = outlook.chosen(DIFFERENCE)
    heads = [text("cli_forecast.end_of")]
    for path in paths:
        heads += [text("cli_forecast.difference", name=path.name)]
        heads += [f"{fan} %" for fan in DIFFERENCE_FANS]
    table = _table(heads)
    for ahead in shown_months(outlook):
        cells = []
        for path in paths:
            cells.append(difference_text(quantile(path, 0.5, ahead), UNIT, language()))
            for fan in DIFFERENCE_FANS:
                low, high = 0.5 - fan / 200.0, 0.5 + fan / 200.0
                ends = (quantile(path, low, ahead), quantile(path, high, ahead))
                cells.append(interval_text(*ends, UNIT, language()))
        table.add_row(_month(outlook, ahead), *cells)
    return table


def _variance_table(outlook: Outlook) -> Table:
    from forecast.outcome import PARTS, SCENARIO
    from ui.reports.forecast.page import shown_ends

    table, kinds = _table(texts("cli_forecast.variance_heads")), words("cli_forecast.kinds")
    for path in outlook.paths:
        if path.kind == SCENARIO:
            continue  # the sum of the others; it stands in the files
        shares = path.variance.shares()
        name = kind = kinds[path.kind]
        if path.scenario is not None:
            name = text("cli_forecast.of_scenario", kind=kind, name=path.name)
        for ahead in shown_ends(outlook):
            table.add_row(
                name,
                _month(outlook, ahead),
                _households(float(path.variance.total[ahead - 1] ** 0.5)),
                *(
                    _share_text(shares[part][ahead - 1], path.variance.total[ahead - 1])
                    for part in PARTS
                ),
            )
    return table


def _share_text(share: float, total: float) -> str:
    return f"{100 * share:.0f} %" if total > 0.0 else "–"


def _month(outlook: Outlook, ahead: int) -> str:
    from forecast.level import VERIFIED_MONTHS

    month = label_text(outlook.months[ahead - 1], language())
    if ahead <= outlook.level.months_over:
        return text("cli_forecast.not_observed", month=month)
    is_verified = ahead <= VERIFIED_MONTHS
    return month if is_verified else text("cli_forecast.not_verified", month=month)


def _households(count: float) -> str:
    return number_text(count, UNIT, language())


def _table(heads: list[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for position, head in enumerate(heads):
        table.add_column(head, justify="right" if position else "left", overflow="fold")
    return table
