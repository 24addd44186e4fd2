"""Whole commands with words made worse, also in a terminal that knows no accents."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

from tests.hostile.door import Attempt, Ending, SilentDifferenceError
from tests.hostile.mutation import mutated
from ui.cli.ending import BAD_INPUT, CANCELLED, ERROR

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0
PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A terminal of ASCII letters."""
TINY = "--share 0.002 --months 3 --replications 2"
COMMANDS = (
    "check somme_experiment",
    "levers doubs_reference",
    "scenarios",
    "departments",
    "departments meuse",
    "card somme",
    "data describe",
    "data describe caseload_households",
    "backtest --department 80 --origins 2018-06 --horizon 3",
    "forecast somme --level-only --months 6",
    "forecast somme --level-only --begins 2026-05",
    f"run somme_reference {TINY}",
    f"compare somme_reference somme_plus14 {TINY} --since 2023-02",
    "budget somme_plus14 --years 1 --share 0.002 --replications 2 --appropriation 90000000",
    "seek somme_reference --lever staff.fte[coquelicot] --target caseload_households<=10 "
    "--by 2023-02 --simulations 10 --share 0.002",
    "best somme_reference somme_plus14 --outcome caseload_households --by 2023-02 "
    "--simulations 10 --share 0.002",
    "trace somme_experiment --months 2 --share 0.002",
    "results nothing-here",
    "query select*from/**/totals",
    "variance nothing-here",
    "export nothing-here --out nowhere.csv",
)
"""Good commands, each a second or a few."""


def prepared(folder: Path) -> Attempt:
    """Attempts in processes of their own, started in the folder."""

    def attempt(luck: random.Random) -> Ending:
        words = [word.replace("/**/", " ") for word in luck.choice(COMMANDS).split(" ")]
        if luck.random() < 0.8:
            place = luck.randrange(len(words))
            # No argument of a process can hold the sign that ends it, or half a character.
            worse = mutated(words[place], luck).replace("\0", "").encode("utf-8", "ignore")
            words[place] = worse.decode()
        is_json = luck.random() < 0.5
        words += ["--json"] if is_json else []
        environment = {**os.environ, "PYTHONPATH": str(ROOT)} | luck.choice(({}, PLAIN))
        ended = subprocess.run(
            [sys.executable, "-m", "ui.cli", *words],
            env=environment,
            cwd=folder,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return _judged(words, ended, is_json)

    return attempt


def _judged(words: list[str], ended: subprocess.CompletedProcess[bytes], is_json: bool) -> Ending:
    out, errors = ended.stdout.decode("utf-8"), ended.stderr.decode("utf-8", "replace")
    told = f"{words}\nexit code {ended.returncode}\n{errors[-1200:]}"
    if "Traceback" in errors or ended.returncode not in (0, ERROR, BAD_INPUT, CANCELLED):
        raise RuntimeError(told)
    if ended.returncode and not errors.strip() and not out.strip():
        raise SilentDifferenceError(told)
    if is_json and not ended.returncode:
        json.loads(out, parse_constant=_refuse)
    return Ending.REFUSED if ended.returncode else Ending.TAKEN


def _refuse(word: str) -> None:
    raise SilentDifferenceError(f"{word} in JSON")
