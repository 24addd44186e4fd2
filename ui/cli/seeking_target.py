"""`seek`: from which value of a lever on a target is reached."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path

import pandas as pd

from sim.experiments.kept_runs import kept_runs
from sim.policy import load_scenario, remarks
from sim.search.demand import Demand
from sim.search.question import Question, answer, ask
from sim.search.seeking import SeekAnswer
from ui.cli.before_running import check_part_before_running
from ui.cli.remarking import remark
from ui.cli.repeatable import anywhere
from ui.cli.searching import SearchFrame, folder_of, searching, show_answer, write_answer
from ui.cli.spoken import MACHINES, language
from ui.reports.search.curve import curve_rows, curve_table
from ui.reports.search.figures import seek_caption, seek_figure
from ui.reports.search.page import Page
from ui.reports.search.seek_words import Told, told


def seek_target(
    name: str,
    lever: str,
    target: str,
    by: str | None,
    since: date | None,
    between: str | None,
    demand: Demand,
    frame: SearchFrame,
    is_json: bool,
) -> None:
    """Search a lever; raises `InputError`. Exit code 3 when it was cancelled."""
    scenario = load_scenario(name)
    remark(*remarks(scenario))
    draws = frame.draws(scenario)
    question = ask(
        scenario,
        lever,
        target,
        by=by,
        since=since,
        between=between,
        demand=demand,
        seed=frame.seed,
        share=frame.share,
        draws=draws,
    )
    check_part_before_running([question.scenario], frame.share, demand.simulations, frame.workers)
    folder = folder_of(frame, f"seek_{Path(name).stem}", is_json)
    words = ["caseload", "seek", anywhere(name), "--lever", lever, "--target", target]
    for option, value in (("--by", by), ("--since", since), ("--between", between)):
        words += [] if value is None else [option, str(value)]
    words += ["--probability", repr(demand.share), "--simulations", str(demand.simulations)]
    words += ["--confidence", repr(demand.confidence)]
    words += [] if demand.width is None else ["--within", repr(demand.width)]
    replay = shlex.join([*words, *frame.words()])
    with searching() as (cancel, on_run):
        found = answer(
            question,
            workers=frame.workers,
            cancel=cancel,
            on_run=on_run,
            kept=kept_runs(has_pasts=False),
        )
    rows = curve_rows(question, found)
    record = _seek_record(question, found, replay, rows, told(question, found, MACHINES))
    if folder is not None:
        french = told(question, found, "fr")
        picture = seek_figure(question, found)
        page = Page(
            title=french.title,
            findings=french.findings,
            figure=picture,
            caption=seek_caption(found),
            table=curve_table(question, found, "fr"),
            basis=french.basis,
            replay=replay,
        )
        write_answer(folder, page, record, pd.DataFrame(rows))
    table = curve_table(question, found, language())
    show_answer(told(question, found, language()), table, record, folder, is_json)


def _seek_record(
    question: Question, found: SeekAnswer, replay: str, rows: object, words: Told
) -> dict[str, object]:
    return {
        "command": "seek",
        "scenario": question.scenario.name,
        "lever": {
            "text": question.lever.text,
            "paths": list(question.lever.paths),
            "shares": list(question.lever.shares),
            "unit": question.lever.unit,
            "present": question.lever.present,
            "since": str(question.since),
        },
        "target": {
            "outcome": question.outcome.definition.name,
            "territory": question.outcome.territory,
            "month": question.month,
            "since": f"{question.since:%Y-%m}",
            "side": "<=" if question.target.is_upper else ">=",
            "limit": question.target.limit,
            "unit": question.outcome.definition.unit,
        },
        "probability": found.demand.share,
        "confidence": found.demand.confidence,
        "status": found.status,
        "thresholds": [
            {
                "not_reached_at": threshold.missed,
                "reached_from": threshold.reached,
                "cost_eur_per_year": None
                if threshold.reached is None
                else question.cost_eur_per_year(threshold.reached),
            }
            for threshold in found.thresholds
        ],
        "effect_over_range": vars(found.effect),
        "is_flat": found.effect.is_flat,
        "is_uneven": found.is_uneven,
        "runs": found.runs,
        "findings": list(words.findings),
        "basis": list(words.basis),
        "rows": rows,
        "replay": replay,
    }
