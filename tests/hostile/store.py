"""A store of experiments whose files are damaged: the true answer, or a fault with a name.

`small_store` makes two small experiments, `corrupted` damages one file of the first one, `ask_all`
asks everything that can be asked. Right is: what is asked of a damaged experiment is true or
refused, a question to the whole store says what it leaves out, the neighbour's answers are true.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.batch.holdings import whole_holding
from sim.batch.monthly import known_by_month
from sim.batch.query import answered
from sim.batch.store import Store
from sim.batch.summary import summarise
from sim.errors import InputError
from tests.hostile.door import Attempt, Ending, SilentDifferenceError
from tests.hostile.mutation import damaged
from tests.small_batches import finished, plan_of
from ui.reports.batch_export import Export, export

KEPT = ("caseload_households", "exits_work")
QUESTION = (
    "select experiment, scenario, setting, replication, territory, pathway, outcome, value, unit "
    "from totals order by all"
)
SETTINGS = "select * from settings order by all"
EXPERIMENTS = "select * exclude (written_at) from experiments order by all"
QUESTIONS = (QUESTION, SETTINGS, EXPERIMENTS)


@dataclass(frozen=True)
class Answers:
    """What a store answers: by question the text of it; None where it was refused."""

    named: Mapping[str, str | None]
    """Of one experiment: results, export, months."""
    asked: Mapping[str, str | None]
    """Of the whole store, in SQL."""
    notes: tuple[str, ...]
    """What the answers in SQL say beside their rows."""


def small_store(folder: Path) -> tuple[Store, str, str]:
    """A store with two finished experiments, and their labels."""
    keep = {"outcomes": list(KEPT), "pathways": False}
    plans = [
        plan_of(folder, name=name, factors=factors, months=1, seeds={"n": 2}, keep=keep)
        for name, factors in (("first", {"delay": _delay()}), ("neighbour", {}))
    ]
    for plan in plans:
        finished(plan, folder / "store")
    first, neighbour = (plan.label for plan in plans)
    return Store(folder / "store"), first, neighbour


def _delay() -> Mapping[str, object]:
    return {"path": "staffing.recruitment_delay_days", "values": [0, 45]}


def files_of(store: Store, label: str) -> list[Path]:
    """Every file of an experiment, in order."""
    folders = (store.folder(label), store.rows_path(label, "_").parent)
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def corrupted(store: Store, label: str, luck: random.Random) -> Path:
    """Damage or delete one file of an experiment, or give two of a kind each other's names."""
    files = files_of(store, label)
    victim = luck.choice(files)
    others = [one for one in files if one != victim and one.suffix == victim.suffix]
    way = luck.choice(("damaged", "damaged", "damaged", "deleted", "swapped"))
    if way == "swapped" and others:
        other = luck.choice(others)
        mine, theirs = victim.read_bytes(), other.read_bytes()
        victim.write_bytes(theirs)
        other.write_bytes(mine)
    elif way == "deleted":
        victim.unlink()
    else:
        other_content = luck.choice(others).read_bytes() if others else b""
        victim.write_bytes(damaged(victim.read_bytes(), luck, other_content))
    return victim


def ask_all(store: Store, label: str, folder: Path) -> Answers:
    """What a store answers about one experiment and as a whole; ``folder`` takes the export."""
    named: dict[str, str | None] = {}
    path = folder / "export.csv"
    for name, ask in (
        ("results", lambda: repr(summarise(whole_holding(store, label), KEPT))),
        ("export", lambda: f"{export(store, Export(label, 'csv', path))} {path.read_bytes()!r}"),
        ("months", lambda: repr(known_by_month(store, label))),
    ):
        try:
            named[name] = ask()
        except InputError as error:
            named[name] = None
            _check_named(error, store)
    asked: dict[str, str | None] = {}
    notes: tuple[str, ...] = ()
    for question in QUESTIONS:
        try:
            found = answered(question, store.root)
        except InputError as error:
            asked[question] = None
            _check_named(error, store)
        else:
            asked[question] = found.rows.to_csv()
            notes += found.notes
    return Answers(named, asked, notes)


def _check_named(error: InputError, store: Store) -> None:
    """A refusal names a file of the store and says how it is made again."""
    for fault in error.faults:
        if not fault.file.startswith(str(store.root)) or "--resume" not in fault.accepted:
            raise SilentDifferenceError(f"a refusal that does not help: {fault}")


def differences(true: Answers, found: Answers, is_neighbour: bool) -> list[str]:
    """What is wrong with answers of a store after a damage."""
    told = bool(found.notes)
    wrong = []
    for name, answer in found.named.items():
        if answer == true.named[name] or (answer is None and not is_neighbour):
            continue
        if is_neighbour or not told:
            wrong.append(f"{name}: {answer}")
    for question, answer in found.asked.items():
        if answer != true.asked[question] and not told and answer is not None:
            wrong.append(f"{question}: {answer}")
    return wrong


def prepared(folder: Path) -> Attempt:
    """Attempts at a store with one damaged file each."""
    whole, label, neighbour = small_store(folder / "whole")
    true, work_folder = {}, folder / "damaged"
    store = Store(work_folder / "store")
    _restore(whole, store)
    for one in (label, neighbour):
        true[one] = ask_all(store, one, work_folder)

    def attempt(luck: random.Random) -> Ending:
        _restore(whole, store)
        victim = corrupted(store, label, luck)
        ending = Ending.TAKEN
        for one in (label, neighbour):
            found = ask_all(store, one, work_folder)
            wrong = differences(true[one], found, one == neighbour)
            if wrong:
                raise SilentDifferenceError(f"{victim.name}: {'; '.join(wrong)}")
            if None in found.named.values() or found.notes:
                ending = Ending.REFUSED
        return ending

    return attempt


def _restore(whole: Store, store: Store) -> None:
    shutil.rmtree(store.root, ignore_errors=True)
    shutil.copytree(whole.root, store.root)
