"""`sensitivity`: which levers and uncertainties an outcome depends on most."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pandas as pd

from sim.batch.reading import read_batch_plan
from sim.errors import Fault, InputError
from sim.experiments.readiness import check_ready
from sim.outcomes.table import ALL, month_label
from sim.parameters.reading import read_yaml
from sim.policy import load_scenario, remarks
from sim.search.factors import plan_of_factors
from sim.search.naming import find_outcome
from sim.search.sensitivity import Method
from sim.search.simulations import long_enough, month_asked
from sim.search.study import SensitivityStudy, make_study, run_study
from sim.units import month_number
from ui.cli.before_running import refuse_large
from ui.cli.remarking import remark, without_effect
from ui.cli.repeatable import anywhere
from ui.cli.searching import SearchFrame, folder_of, searching, show_answer, write_answer
from ui.cli.sizes import lasting_text, size_text
from ui.cli.spoken import MACHINES, language, text
from ui.cli.terminal import messages, say_json
from ui.reports.search.page import Page
from ui.reports.search.study_words import study_rows, study_table, told_study
from ui.reports.search.tornado import tornado_caption, tornado_figure

METHODS = ("morris", "sobol")
TRAJECTORIES, BASE_POINTS = 10, 64
SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class StudyRequest:
    """What the user asked for."""

    names: tuple[str, ...]
    outcome: str
    factors: tuple[str, ...]
    method: str
    size: int | None
    simulations: int
    by: str | None
    is_check: bool
    frame: SearchFrame

    def study(self) -> SensitivityStudy:
        """The study, read and checked; raises `InputError`."""
        if self.method not in METHODS:
            accepted = text("cli_fault.either", first=METHODS[0], second=METHODS[1])
            where = text("cli_fault.command_line")
            raise InputError([Fault(where, "--method", repr(self.method), accepted)])
        if _is_plan(self.names):
            if self.factors:
                found = text("cli_fault.factor_beside_plan")
                accepted = text("cli_fault.factors_of_plan")
                where = text("cli_fault.command_line")
                raise InputError([Fault(where, "--factor", found, accepted)])
            plan = read_batch_plan(Path(self.names[0]))
        else:
            plan = plan_of_factors(
                self.names,
                self.factors,
                seeds=self.simulations,
                seed=self.frame.seed,
                share=self.frame.share,
                months=self._months(),
            )
        reference = plan.experiment.reference
        size = self.size or (TRAJECTORIES if self.method == "morris" else BASE_POINTS)
        return make_study(
            plan,
            find_outcome(self.outcome, reference.base),
            ALL if self.by is None else month_asked(self.by, reference),
            cast("Method", self.method),
            size,
        )

    def _months(self) -> int | None:
        """Just the months that are needed to observe the month asked for."""
        if self.by is None:
            return None
        scenario = load_scenario(self.names[0])
        outcome = find_outcome(self.outcome, scenario.base)
        return long_enough(scenario, outcome.definition, month_asked(self.by, scenario)).months

    def replay(self, study: SensitivityStudy) -> str:
        """The command that gives the same numbers again."""
        words = ["caseload", "sensitivity", *map(anywhere, self.names), "--outcome", self.outcome]
        for factor in self.factors:
            words += ["--factor", factor]
        words += ["--method", self.method, "--size", str(study.size)]
        words += [] if self.by is None else ["--by", self.by]
        if not _is_plan(self.names):
            words += ["--simulations", str(self.simulations), "--seed", str(self.frame.seed)]
            words += [] if self.frame.share == 1.0 else ["--share", repr(self.frame.share)]
        return shlex.join(words)


def weigh(request: StudyRequest, is_json: bool) -> None:
    """Run a study; raises `InputError`. Exit code 3 when it was cancelled."""
    study = request.study()
    remark(*remarks(*study.plan.experiment.scenarios))
    if _is_plan(request.names):
        without_effect("unused_of_the_plan", "simulations", "seed", "share")
    folder = folder_of(request.frame, f"sensitivity_{Path(request.names[0]).stem}", is_json)
    size, workers = study.runs, request.frame.workers or os.cpu_count() or 1
    lasting = lasting_text(size, workers)
    messages().print(text("cli_search.size", size=size_text(size), lasting=lasting))
    refuse_large(size)
    for scenario in study.plan.experiment.scenarios:
        check_ready(scenario.scaled(study.plan.share))
    if request.is_check:
        if is_json:
            say_json({"command": "sensitivity", "runs": size.runs, "seconds": size.seconds})
        return
    with searching() as (cancel, on_run):
        found = run_study(study, workers=request.frame.workers, cancel=cancel, on_run=on_run)
    rows, replay = study_rows(study, found), request.replay(study)
    first = month_number(study.plan.experiment.reference.start)
    english = told_study(study, found, MACHINES)
    record = {
        "command": "sensitivity",
        "method": found.method,
        "scenarios": list(study.plan.names),
        "outcome": study.outcome.definition.name,
        "territory": study.outcome.territory,
        "month": study.month,
        "since": month_label(first + study.plan.since),
        "points": found.points,
        "simulations": found.simulations,
        "mean": found.mean,
        "deviation": found.deviation,
        "chance": found.chance,
        "findings": list(english.findings),
        "basis": list(english.basis),
        "rows": rows,
        "replay": replay,
    }
    if folder is not None:
        french = told_study(study, found, "fr")
        page = Page(
            title=french.title,
            findings=french.findings,
            figure=tornado_figure(study, found),
            caption=tornado_caption(found),
            table=study_table(study, found, "fr"),
            basis=french.basis,
            replay=replay,
        )
        write_answer(folder, page, record, pd.DataFrame(rows))
    words = told_study(study, found, language())
    show_answer(words, study_table(study, found, language()), record, folder, is_json)


def _is_plan(names: Sequence[str]) -> bool:
    """Whether the one name is a plan file rather than a scenario."""
    path = Path(names[0])
    is_file = len(names) == 1 and path.suffix in SUFFIXES and path.is_file()
    return is_file and "scenarios" in read_yaml(path)
