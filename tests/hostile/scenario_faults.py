"""Faults built from the rules: documents changed where their form says that something matters."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import yaml

from sim.parameters import Parameters, load_department, shipped_departments
from sim.parameters.entry import plain
from sim.parameters.units import UNITS
from sim.parameters.values import Form
from sim.policy import shipped_scenarios
from tests.hostile.mutation import STUMBLING, mutated

FIRST = date(2023, 1, 1)
Document = dict[str, object]
Change = Callable[[Document, random.Random], None]


def written(
    file: Path, document: Document, changes: tuple[Change, ...], luck: random.Random
) -> Path:
    """The document after some of the changes, as a file; now and then its text is hurt too."""
    for _ in range(luck.choice((0, 1, 1, 2)) if changes else 0):
        luck.choice(changes)(document, luck)
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    if changes and luck.random() < TEXT_IS_HURT:
        text = mutated(text, luck, most=1)
    file.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    return file


def written_value(base: Parameters, path: str) -> object:
    """The value of a parameter as a scenario file states it."""
    value = plain(base.value(path))
    return {"dated": value} if isinstance(value, dict) else value


def value_near(form: Form, luck: random.Random) -> object:
    """A value within the bounds of a parameter, at one of them, or just outside."""
    if form.is_dated:
        days = [FIRST + timedelta(days=luck.choice((-9_000, 0, 31, 800))) for _ in range(2)]
        return {"dated": {day: _item_near(form, luck) for day in sorted(days)}}
    if form.choices:
        words = luck.sample(form.choices, luck.randint(1, min(2, len(form.choices))))
        return words if UNITS[form.unit].shape == "words" else words[0]
    if form.length is not None:
        items = [_item_near(form, luck) for _ in range(form.length)]
        return items[: luck.choice((*[form.length] * 8, form.length - 1))]
    return _item_near(form, luck)


def _item_near(form: Form, luck: random.Random) -> object:
    low = 0.0 if form.low is None else form.low
    high = low + 10.0 if form.high is None else form.high
    step = 1 if form.whole else 1e-6
    number = luck.choice(
        (*[low, high, luck.uniform(low, min(high, low + 5.0))] * 3, low - step, high + step)
    )
    return round(number) if form.whole else number


def _a_parameter(luck: random.Random) -> tuple[str, object]:
    """A path of the Somme with a value near its bounds, or a pattern, or a path of nothing."""
    base = load_department("somme")
    path = luck.choice(base.paths())
    value = value_near(base.entry(path).form, luck) if luck.random() < 0.9 else _anything(luck)
    return luck.choice((*[path] * 8, path.replace(".", ".*.", 1), path + "x")), value


def _anything(luck: random.Random) -> object:
    return luck.choice(
        (None, True, 0, -1, 10**30, 1e308, float("nan"), float("inf"), "", [], {}, [None], date.max,
         {"dated": {}}, luck.choice(STUMBLING))
    )  # fmt: skip


def _with_variant(document: Document, luck: random.Random) -> None:
    variant = document.get("variant")
    if isinstance(variant, dict):
        path, value = _a_parameter(luck)
        variant[path] = value


def _with_dated_change(document: Document, luck: random.Random) -> None:
    changes = document.get("changes")
    if isinstance(changes, list):
        path, value = _a_parameter(luck)
        day = FIRST + timedelta(days=luck.choice((-1, 0, 1, 30, 59, 60, 730, 40_000)))
        changes.append({"date": day, "label": "another", "set": {path: value}})


def _with_other_start(document: Document, luck: random.Random) -> None:
    document["start"] = luck.choice(
        (date(2023, 4, 17), date(2023, 2, 28), date(2009, 12, 1), date(2010, 1, 1),
         date(2046, 1, 1), date(2045, 12, 1), date(2024, 2, 29), date(2023, 12, 31),
         "2023-01-01", "2023-02-30", 2023)
    )  # fmt: skip


def _with_other_months(document: Document, luck: random.Random) -> None:
    document["months"] = luck.choice((0, 1, 2, 240, 241, -1, 1.5, "12", None, True))


def _with_large_sizes(document: Document, luck: random.Random) -> None:
    variant = document.get("variant")
    if isinstance(variant, dict):
        variant |= luck.choice(
            (
                {"department.stock_households": 10_000_000},
                {"household_types.lone_parent_3.children": 12},
                {"territories.*.staff.*.additional_fte": 100_000},
                {"territories.*.inflow_multiplier": 20, "inflow.candidate_factor": 20},
                {"history.years": 60, "calendar.refresh_days": 1},
            )
        )


def _with_copy(document: Document, luck: random.Random) -> None:
    copied = luck.choice(("somme_experiment", "scenario.yaml", "meuse_scheme", "nothing"))
    places = load_department("somme").labels("territories")
    copy = {"scenario": copied, "from_territory": "coquelicot", "to_territory": luck.choice(places)}
    document["changes"] = [{"date": FIRST, "label": "copied", "copy_of": copy}]


def _with_other_family(document: Document, luck: random.Random) -> None:
    names = (*shipped_scenarios(), "scenario.yaml", "nothing", "")
    document["extends"] = luck.choice((luck.choice(names), luck.sample(names, 2), []))


def _with_other_scenarios(document: Document, luck: random.Random) -> None:
    names = (*shipped_scenarios(), "scenario.yaml", "nothing", "plan.yaml")
    document["scenarios"] = luck.sample(names, luck.randint(0, 3))


def _with_another_factor(document: Document, luck: random.Random) -> None:
    factors = document.get("factors")
    if isinstance(factors, dict):
        path, value = _a_parameter(luck)
        low, high = luck.choice(((0, 1), (1, 0), (0, 1e9), (float("nan"), 1)))
        factors[luck.choice(("two", "seed", "one", "Ä"))] = luck.choice(
            (
                {"path": path, "values": [value, 1]},
                {"path": path, "range": {"low": low, "high": high}},
                {"path": "additional_fte[coquelicot, social_worker]", "values": [0, 100_000]},
                {"path": path, "values": [1], "since": FIRST + timedelta(days=luck.randint(0, 99))},
                {"path": "staff_fte[nowhere]", "values": []},
            )
        )


def _with_other_luck(document: Document, luck: random.Random) -> None:
    document["seeds"] = luck.choice(
        ({"n": 10**9}, {"n": 0}, {"first": -1}, {"n": 2, "precision": "x"})
    )
    document["draws"] = luck.choice((0, 2, 10**6, -1))
    document["share"] = luck.choice((0.004, 0.0, 1e-9, 100.0, float("nan")))
    document["sample"] = luck.choice((None, {"method": "sobol", "size": 2}, {"method": "x"}))


def _anywhere(document: Document, luck: random.Random) -> None:
    """Something else in one place of the document, or a key that is gone, doubled or unknown."""
    block = document
    for _ in range(luck.randint(0, 4)):
        inner = [value for value in block.values() if isinstance(value, dict) and value]
        if not inner:
            break
        block = luck.choice(inner)
    if not block:
        return
    key = luck.choice(list(block))
    deed = luck.randint(0, 3)
    if deed == 0:
        del block[key]
    elif deed == 1:
        block[key] = _anything(luck)
    elif deed == 2:
        block[mutated(str(key), luck, most=1)] = block[key]
    else:
        block[luck.choice(STUMBLING)] = luck.choice(STUMBLING)


def _with_other_code(document: Document, luck: random.Random) -> None:
    department = document.get("department")
    if isinstance(department, dict):
        department["code"] = luck.choice(
            ("57", "67", "68", "971", "976", "975", "2A", "6AE", 57, "Zone A", "", "NC")
        )


def _with_value_near_bounds(document: Document, luck: random.Random) -> None:
    """Another value in one entry of a department file, near the bounds of its parameter."""
    department = document.get("department")
    code = department.get("code") if isinstance(department, dict) else None
    base = next((one for one in _departments() if one.code == code), _departments()[0])
    path = luck.choice(base.paths())
    block: object = document
    *groups, last = path.split(".")
    for group in groups:
        block = block.get(group) if isinstance(block, dict) else None
    if isinstance(block, dict):
        entry = base.entry(path)
        block[last] = {
            "value": value_near(entry.form, luck),
            "kind": "assumed",
            "source": "assumption",
            "uncertainty": {"none": "made up"},
            "note": f"It was {plain(entry.value)}.",
        }


def _departments() -> list[Parameters]:
    return [load_department(name) for name in shipped_departments()]


TEXT_IS_HURT = 0.1
SCENARIO_CHANGES: tuple[Change, ...] = (
    _with_variant, _with_variant, _with_dated_change, _with_other_start, _with_other_months,
    _with_large_sizes, _with_copy, _with_other_family, _anywhere,
)  # fmt: skip
DEPARTMENT_CHANGES: tuple[Change, ...] = (_anywhere, _with_other_code, _with_value_near_bounds)
PLAN_CHANGES: tuple[Change, ...] = (
    _with_variant, _with_other_months, _with_other_scenarios, _with_another_factor,
    _with_other_luck, _anywhere,
)  # fmt: skip
