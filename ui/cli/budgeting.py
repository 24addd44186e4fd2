"""`budget`: what is spent by year, who pays, the landing of the year, the price of results."""

from __future__ import annotations

import shlex
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import typer
from rich.box import SIMPLE_HEAD
from rich.progress import BarColumn, MofNCompleteColumn, TimeElapsedColumn
from rich.progress import Progress as ProgressBar
from rich.table import Table

from brought.insertion import read_insertion
from brought.payments import read_paid_months, read_received
from brought.restarts import Restart
from sim.errors import Fault, InputError
from sim.experiments.experiment import Experiment
from sim.experiments.literature import without_literature
from sim.extras import check_extra
from sim.files import plain_numbers, write_atomically
from sim.money.budget.effect_draws import ParameterDraws, parameter_draws
from sim.money.budget.inputs import Asked, asked_of, with_payer_after_trial
from sim.money.budget.landing import landings, overruns
from sim.money.budget.level import LevelPaths
from sim.money.budget.table import budget_of, on_level
from sim.money.cost_effectiveness import cost_effectiveness
from sim.money.costs.entered import InsertionAmount, PaidMonth
from sim.money.costs.posted_costs import posted_lines
from sim.money.costs.spending import check_years
from sim.money.costs.taken_over import trial_end_year
from sim.money.costs.upratings import check_uprating
from sim.money.priced_runs import PricedRuns, priced_runs
from sim.policy import remarks
from sim.remarks import remarks_said
from ui.ages import untold_start
from ui.cli.before_running import check_before_running
from ui.cli.budget_answer import BudgetAnswer, budget_record
from ui.cli.ending import CANCELLED, cancellable
from ui.cli.fresh_folder import fresh_folder, stems
from ui.cli.remarking import remark, without_effect
from ui.cli.repeatable import anywhere, file_anywhere
from ui.cli.spoken import language, text
from ui.cli.terminal import PlainColumn, messages, say_json, screen
from ui.reports.budget.assumptions import doubt_text, uprating_text
from ui.reports.budget.cost_plane import cost_plane
from ui.reports.budget.files import write_csv
from ui.reports.budget.names import labels_to_enter
from ui.reports.budget.workbook import Reasons, workbook_bytes
from ui.reports.rules_outside import rules_outside

BUDGETS = Path("budgets")
WORKBOOK, PLANE = "budget.xlsx", "plan_cout_effet.png"
OWN_FILES = frozenset(
    {WORKBOOK, PLANE, "budget.csv", "detail.csv", "mois.csv", "atterrissage.csv", "credits.csv"}
)
NOTE_SUFFIX = ".pdf"
PERCENT = 100.0


@dataclass(frozen=True)
class Request:
    """What the user asked for; ``uprating`` is in per cent a year."""

    names: tuple[str, ...]
    years: int | None
    first_year: int | None
    actuals: Path | None
    compensation: Path | None
    uprating: float | None
    appropriation: float | None
    appropriation_year: int | None
    seed: int | None
    replications: int | None
    share: float
    workers: int | None
    has_draws: bool
    out: Path | None
    note: Path | None = None
    restart: Restart | None = None
    today: date = date.min
    after_trial: str | None = None
    insertion: Path | None = None

    @property
    def uprating_share(self) -> float | None:
        """The assumed uprating as a share."""
        return None if self.uprating is None else self.uprating / PERCENT

    def replay(self) -> str:
        """The command that gives the same numbers again."""
        words = ["caseload", "budget", *map(anywhere, self.names)]
        for option, value in (
            ("--years", self.years), ("--first-year", self.first_year),
            ("--actuals", self.actuals), ("--compensation", self.compensation),
            ("--insertion", self.insertion),
            ("--uprating", self.uprating), ("--appropriation", self.appropriation),
            ("--appropriation-year", self.appropriation_year), ("--seed", self.seed),
            ("--replications", self.replications), ("--after-trial", self.after_trial),
        ):  # fmt: skip
            if value is not None:
                words += [option, file_anywhere(value) if isinstance(value, Path) else str(value)]
        if self.share != 1.0:
            words += ["--share", repr(self.share)]
        if self.restart is not None:
            words += self.restart.words
        return shlex.join(words if self.has_draws else [*words, "--no-draws"])


def budget(request: Request, is_json: bool) -> None:
    """Price the runs, show the tables and write the files; raises `InputError`."""
    folder = _folder(request, is_json)
    if request.note is not None:
        _check_note(request.note)
    if request.uprating_share is not None:
        check_uprating(request.uprating_share)
    paid, of_paid = ((), ()) if request.actuals is None else read_paid_months(request.actuals)
    received, of_received = (
        ((), ()) if request.compensation is None else read_received(request.compensation)
    )
    remark(*of_paid, *of_received)
    asked = _asked(request, paid)
    if _is_past(request, asked):
        request = replace(request, first_year=request.today.year)
        asked = _asked(request, paid)
    if request.after_trial is not None:
        asked = _after_trial(asked, request.after_trial)
    insertion = _insertion(request, asked)
    remark(*remarks(*asked.experiment.scenarios))
    if asked.is_run:
        without_effect("unused_of_the_run", "share")
    if request.appropriation is None:
        without_effect("unused_no_appropriation", "appropriation_year")
    drawn = _draws(request, asked.experiment)
    with cancellable() as cancel, _progress() as show:
        runs = _runs(request, asked.experiment, drawn, show, cancel)
        free = None
        if not runs.is_cancelled:
            free = _without_literature(request, asked.experiment, drawn, cancel)
    if runs.is_cancelled or (free is not None and free.is_cancelled):
        messages().print(text("cli_budget.cancelled"))
        raise typer.Exit(CANCELLED)
    level = _level(request, asked, paid)
    runs = on_level(runs, level)
    found = budget_of(runs, asked.years, paid, received, level=level, insertion=insertion)
    answer = BudgetAnswer(
        found,
        landings(found),
        []
        if request.appropriation is None
        else overruns(found, request.appropriation, request.appropriation_year),
        cost_effectiveness(runs, asked.experiment.since, free),
    )
    remark(*answer.remarks())
    if not runs.upratings:
        without_effect("unused_published_amounts", "uprating")
    if folder is not None:
        _write(request, answer, folder)
    if request.note is not None:
        _write_note(request, request.note, answer)
    if is_json:
        say_json(plain_numbers(budget_record(answer, request.replay(), folder)))
        return
    _show(answer, folder, request.note)


def _insertion(request: Request, asked: Asked) -> tuple[InsertionAmount, ...]:
    """Own lines of insertion; raises `InputError` before anything runs."""
    if request.insertion is None:
        return ()
    base = asked.experiment.reference.base
    lines = posted_lines(base)
    amounts, told = read_insertion(request.insertion, lines, labels_to_enter(lines, base))
    remark(*told)
    return amounts


def _asked(request: Request, paid: tuple[PaidMonth, ...]) -> Asked:
    days = [date.fromisoformat(f"{one.month}-01") for one in paid]
    asked = asked_of(
        request.names,
        years=request.years,
        first_year=request.first_year,
        first_paid=days[0] if days else None,
        last_paid=days[-1] if days else None,
        seed=request.seed,
        replications=request.replications,
        share=request.share,
        restarted=None if request.restart is None else request.restart.of,
    )
    _check_before_running(request, asked, days)
    return asked


def _after_trial(asked: Asked, payer: str) -> Asked:
    """With who pays the allowance after the trial of a department that is in one."""
    if trial_end_year(asked.experiment.reference.base) is None:
        without_effect("unused_no_trial", "after_trial")
        return asked
    return with_payer_after_trial(asked, payer)


def _check_before_running(request: Request, asked: Asked, days: list[date]) -> None:
    """What would fail at the end fails before minutes of simulation."""
    check_before_running(asked.experiment, request.workers)
    reference = asked.experiment.reference
    start, end = reference.start, reference.end
    whole = [year for year in range(start.year, end.year + 1)
             if start <= date(year, 1, 1) and date(year + 1, 1, 1) <= end]  # fmt: skip
    wanted = list(asked.years or ()) + [day.year for day in days[-1:]]
    if request.appropriation_year is not None:
        wanted.append(request.appropriation_year)
    check_years(wanted, whole)
    outside = [day for day in days if not start <= day < end]
    if outside:
        ends = {"first": f"{start:%Y-%m}", "end": f"{end:%Y-%m}"}
        accepted = text("cli_fault.months_of_run", **ends)
        found = [text("cli_fault.outside_run", month=f"{day:%Y-%m}") for day in outside]
        raise InputError([Fault("actuals", "month", one, accepted) for one in found])


def _is_past(request: Request, asked: Asked) -> bool:
    """Whether nobody said which years, and the first that could be asked for is over."""
    from forecast.spending.budget_level import has_level

    is_free = request.first_year is None and request.actuals is None and not asked.is_run
    if not is_free or not asked.years or asked.years[0] >= request.today.year:
        return False
    return has_level(asked.experiment.reference)


def _level(request: Request, asked: Asked, paid: tuple[PaidMonth, ...]) -> LevelPaths | None:
    """The level that `caseload forecast --spending` gives; the simulation's own elsewhere."""
    from forecast.spending.budget_level import budget_level

    with messages().status(text("progress.learning")):
        return budget_level(asked.experiment.reference, paid, request.uprating_share)


def _draws(request: Request, experiment: Experiment) -> ParameterDraws | None:
    base = experiment.reference.base
    return parameter_draws(base, experiment.replications) if request.has_draws else None


def _runs(
    request: Request,
    experiment: Experiment,
    draws: ParameterDraws | None,
    show: Callable[[int, int], None],
    cancel: threading.Event,
) -> PricedRuns:
    return priced_runs(
        experiment,
        uprating=request.uprating_share,
        draws=() if draws is None else draws.values,
        is_fitted=draws is not None and draws.is_fitted,
        workers=request.workers,
        on_progress=show,
        cancel=cancel,
    )


def _without_literature(
    request: Request,
    experiment: Experiment,
    drawn: ParameterDraws | None,
    cancel: threading.Event,
) -> PricedRuns | None:
    """The first replications in the same draws without the effects of the literature."""
    if len(experiment.scenarios) < 2:
        return None
    few = without_literature(experiment)
    return priced_runs(
        few,
        uprating=request.uprating_share,
        draws=() if drawn is None else drawn.values[: few.replications],
        since=experiment.since,
        workers=request.workers,
        cancel=cancel,
    )


def _folder(request: Request, is_json: bool) -> Path | None:
    """Where files go: nowhere for JSON alone. Raises `InputError` on a folder with other files."""
    if request.out is None:
        if is_json:
            return None
        return fresh_folder(BUDGETS, stems(request.names))
    where, accepted = text("cli_fault.command_line"), text("cli_fault.folder_of_budget")
    if request.out.exists() and not request.out.is_dir():
        found = text("cli_fault.the_file", path=request.out)
        raise InputError([Fault(where, "out", found, accepted)])
    there = {path.name for path in request.out.iterdir()} if request.out.exists() else set()
    if request.note is not None and request.note.parent == request.out:
        there.discard(request.note.name)
    if there - OWN_FILES:
        strangers = ", ".join(sorted(there - OWN_FILES)[:3])
        found = text("cli_fault.folder_with", folder=request.out, names=strangers)
        raise InputError([Fault(where, "out", found, accepted)])
    return request.out


def _check_note(file: Path) -> None:
    """A note is a PDF in a folder that is there. Raises `InputError`."""
    check_extra("report", ("typst",))
    if file.suffix.lower() != NOTE_SUFFIX or file.is_dir():
        where, accepted = text("cli_fault.command_line"), text("cli_fault.note_file")
        raise InputError([Fault(where, "note", str(file), accepted)])


def _write_note(request: Request, file: Path, answer: BudgetAnswer) -> None:
    from ui.reports.budget.note import note_bytes  # an extra that no other answer needs

    file.parent.mkdir(parents=True, exist_ok=True)
    made = note_bytes(answer.paper(request.replay(), remarks_said(), language()))
    write_atomically(file, made)


def _write(request: Request, answer: BudgetAnswer, folder: Path) -> None:
    for name in OWN_FILES:
        (folder / name).unlink(missing_ok=True)
    write_csv(folder, answer.budget, answer.landings, answer.overruns)
    paper = answer.paper(request.replay(), remarks_said())
    book = workbook_bytes(paper, answer.prices, Reasons(answer.budget, answer.reasons))
    write_atomically(folder / WORKBOOK, book)
    if answer.prices:
        write_atomically(folder / PLANE, cost_plane(answer.budget, answer.prices))


def _show(answer: BudgetAnswer, folder: Path | None, note: Path | None) -> None:
    console = screen()
    for view in answer.shown(language()):
        table = Table(
            title=text("cli_budget.title", title=view.title, unit=view.unit),
            title_justify="left",
            box=SIMPLE_HEAD,
            pad_edge=False,
        )
        for place, head in enumerate(view.heads):
            has_no_number = not any(letter.isdigit() for letter in view.rows[0][place])
            is_text = place == 0 or place in view.prose or has_no_number
            table.add_column(head, justify="left" if is_text else "right", overflow="fold")
        for place, row in enumerate(view.rows):
            style = "bold" if place in view.totals else None
            table.add_row(*row, style=style)
        console.print(table)
        if view.note:
            console.print(view.note, style="dim")
    console.print(uprating_text(answer.budget, language()), style="dim")
    console.print(doubt_text(answer.budget, language()), style="dim")
    start = untold_start(answer.budget.runs.experiment.reference, language())
    if start:
        console.print(start, style="dim")
    for line in rules_outside(answer.budget.runs.first.months[-1], language()):
        console.print(line, style="dim", soft_wrap=True)
    if folder is not None:
        console.print(text("cli_budget.folder", folder=folder), soft_wrap=True)
    if note is not None:
        console.print(text("cli_budget.note", file=note), soft_wrap=True)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    bar = ProgressBar(
        PlainColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=messages(), transient=True,
    )  # fmt: skip
    task = bar.add_task(text("cli_budget.first"), total=None)
    pricing = text("cli_budget.pricing")

    def show(done: int, total: int) -> None:
        bar.update(task, description=pricing, completed=done, total=total)

    with bar:
        yield show
