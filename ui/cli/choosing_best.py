"""`best`: the best of several scenarios, with a probability of choosing right."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pandas as pd

from sim.errors import Fault, InputError
from sim.experiments.kept_runs import kept_runs
from sim.language import Language
from sim.policy import load_scenario, remarks
from sim.search.racing import Contest, Preference, contest, run_contest
from sim.search.selecting import Podium
from ui.cli.before_running import check_part_before_running
from ui.cli.remarking import remark
from ui.cli.repeatable import anywhere
from ui.cli.searching import SearchFrame, folder_of, searching, show_answer, write_answer
from ui.cli.spoken import MACHINES, language, text
from ui.reports.search.figures import race_figure
from ui.reports.search.page import Page
from ui.reports.search.racing_words import contest_table, titles_of, told_contest
from ui.reports.search.seek_words import Told
from ui.reports.search.wording import place_text
from ui.texts import said

PAGE: Language = "fr"
"""The language of the page."""
PREFERENCES = ("lower", "higher")


def choose_best(
    names: Sequence[str],
    outcome: str,
    prefer: str | None,
    by: str | None,
    probability: float,
    indifference: float,
    simulations: int,
    frame: SearchFrame,
    is_json: bool,
) -> None:
    """Race scenarios; raises `InputError`. Exit code 3 when it was cancelled."""
    if prefer is not None and prefer not in PREFERENCES:
        accepted = text("cli_fault.either", first=PREFERENCES[0], second=PREFERENCES[1])
        raise InputError(
            [Fault(text("cli_fault.command_line"), "--prefer", repr(prefer), accepted)]
        )
    scenarios = [load_scenario(name) for name in names]
    remark(*remarks(*scenarios))
    asked = contest(
        scenarios,
        outcome,
        prefer=cast("Preference | None", prefer),
        by=by,
        probability=probability,
        indifference=indifference,
        simulations=simulations,
        seed=frame.seed,
        share=frame.share,
        draws=frame.draws(scenarios[0]),
    )
    check_part_before_running(asked.scenarios, frame.share, simulations, frame.workers)
    folder = folder_of(frame, "best_" + "_".join(Path(name).stem for name in names)[:60], is_json)
    words = ["caseload", "best", *map(anywhere, names), "--outcome", outcome]
    for option, value in (("--prefer", prefer), ("--by", by)):
        words += [] if value is None else [option, value]
    words += ["--probability", repr(probability), "--simulations", str(simulations)]
    words += ["--indifference", repr(indifference)] if indifference else []
    replay = shlex.join([*words, *frame.words()])
    with searching() as (cancel, on_run):
        podium = run_contest(
            asked,
            workers=frame.workers,
            cancel=cancel,
            on_run=on_run,
            kept=kept_runs(has_pasts=False),
        )
    record = _best_record(asked, podium, replay, told_contest(asked, podium, MACHINES))
    if folder is not None:
        french = told_contest(asked, podium, "fr")
        definition = asked.outcome.definition
        picture = race_figure(
            podium,
            titles_of(asked, "fr"),
            definition.label.fr,
            definition.unit,
            place_text(asked.scenarios[0], asked.outcome.territory, "fr"),
            said("race.figure_basis", PAGE, simulations=podium.simulations, seed=frame.seed),
        )
        page = Page(
            title=french.title,
            findings=french.findings,
            figure=picture,
            caption=said("race.caption", PAGE),
            table=contest_table(asked, podium, "fr"),
            basis=french.basis,
            replay=replay,
        )
        values = pd.DataFrame(
            {
                "scenario": asked.experiment.names[entrant.position],
                "simulation": number,
                "outcome": definition.name,
                "territory": asked.outcome.territory,
                "month": asked.month,
                "value": value,
                "unit": definition.unit,
            }
            for entrant in podium.entrants
            for number, value in enumerate(entrant.outcomes)
        )
        write_answer(folder, page, record, values)
    table = contest_table(asked, podium, language())
    show_answer(told_contest(asked, podium, language()), table, record, folder, is_json)


def _best_record(asked: Contest, podium: Podium, replay: str, words: Told) -> dict[str, object]:
    names = asked.experiment.names
    return {
        "command": "best",
        "outcome": asked.outcome.definition.name,
        "territory": asked.outcome.territory,
        "month": asked.month,
        "since": f"{asked.since:%Y-%m}",
        "unit": asked.outcome.definition.unit,
        "probability": asked.race.probability,
        "indifference": asked.race.indifference,
        "decided": podium.is_decided,
        "best": names[podium.best] if podium.is_decided else None,
        "leaders": [names[position] for position in podium.leaders],
        "simulations": podium.simulations,
        "findings": list(words.findings),
        "basis": list(words.basis),
        "rows": [
            {
                "scenario": names[one.position],
                "mean": one.mean,
                "simulations": len(one.outcomes),
                "left_after": one.left_after,
                **_lead(podium, one.position),
            }
            for one in podium.entrants
        ],
        "replay": replay,
    }


def _lead(podium: Podium, position: int) -> dict[str, object]:
    """The lead of the best one with its interval, or about how many simulations it needs."""
    lead, ends = podium.lead(position)
    return {"lead": lead, "low": ends.low, "high": ends.high, "needed": ends.needed}
