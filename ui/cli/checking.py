"""`check`, `levers` and `scenarios`: what files say, without running anything."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.errors import Fault, InputError
from sim.parameters import Parameters
from sim.parameters.document import shown_value
from sim.parameters.schema import nearest
from sim.policy import Lever, levers, load_scenario, remarks, shipped_scenarios
from sim.policy.today import today_names
from ui.cli.remarking import remark
from ui.cli.spoken import counted, in_language, language, number, text, texts
from ui.cli.terminal import say_json, screen

PATH_WIDTH = 60
"""A path is there to be copied: nearly all stay in one line where the screen has room."""
LEVER_WIDTHS = (22, 11, 13, 12, 12, 12)
"""Relative widths of the columns of levers after their path."""


def check_scenario(name: str, is_json: bool) -> None:
    """Read a scenario, prepare a run and say what it is; raises `InputError` with its faults."""
    from sim.experiments.experiment import Experiment
    from ui.cli.before_running import check_before_running
    from ui.cli.sizes import costs_text

    scenario = load_scenario(name)
    size = check_before_running(Experiment((scenario,), replications=1))
    remark(*remarks(scenario))
    if is_json:
        say_json(
            {
                "command": "check",
                "valid": True,
                "scenario": scenario.name,
                "department": scenario.department,
                "start": str(scenario.start),
                "months": scenario.months,
                "fingerprint": scenario.fingerprint(),
                "remarks": [],
                "estimated_cpu_seconds": round(size.seconds, 1),
                "estimated_memory_bytes": round(size.memory_bytes),
            }
        )
        return
    console = screen()
    title = getattr(scenario.title, language())
    console.print(text("cli_check.title", name=scenario.name, title=title), style="bold")
    period = {"months": scenario.months, "start": scenario.start}
    console.print(text("cli_check.period", department=scenario.base.label, **period))
    for change in scenario.timeline:
        values = counted("cli_check.values", len(change.changes))
        console.print(f"  {change.day}  {change.label} ({values})")
    console.print(text("cli_check.one_run", costs=costs_text(size)))
    console.print(text("cli_check.fine"))


def list_levers(name: str, word: str | None, is_json: bool) -> None:
    """The levers of a scenario's department, with the value at its start, cost and source.

    With a word only those that have it in their path or meaning; raises `InputError` for none.
    """
    scenario = load_scenario(name)
    found = [one for one in levers(scenario.base) if word is None or _says(one, word)]
    if word is not None and not found:
        keys = tuple(dict.fromkeys(one.key for one in levers(scenario.base)))
        where = text("cli_fault.command_line")
        raise InputError([Fault(where, "word", repr(word), nearest(word, keys))])
    if is_json:
        rows = [_lever_record(lever, scenario.base) for lever in found]
        say_json({"command": "levers", "scenario": scenario.name, "levers": rows})
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    path, *others = texts("cli_check.lever_heads")
    table.add_column(path, overflow="fold", width=min(PATH_WIDTH, screen().width // 2))
    for head, ratio in zip(others, LEVER_WIDTHS, strict=True):
        table.add_column(head, overflow="fold", ratio=ratio)
    for lever in found:
        entry = scenario.base.entry(lever.path)
        usual = ", ".join(lever.choices) or in_language(f"{lever.low:g} – {lever.high:g}")
        value = shown_value(entry.value)
        cost = _cost_text(lever, scenario.base)
        table.add_row(
            lever.path,
            lever.label[language()],
            value,
            usual,
            lever.unit,
            cost,
            ", ".join(entry.source),
        )
    screen().print(table)


def _says(lever: Lever, word: str) -> bool:
    """Whether the path or the meaning of a lever has a word in it, whatever its capitals."""
    return word.casefold() in f"{lever.path} {lever.label[language()]}".casefold()


def _lever_record(lever: Lever, base: Parameters) -> dict[str, object]:
    entry = base.entry(lever.path).record()
    price = base.entry(lever.cost).record() if lever.has_price else None
    return {
        "path": lever.path,
        "label": dict(lever.label),
        "value": entry["value"],
        "unit": lever.unit,
        "low": None if lever.choices else lever.low,
        "high": None if lever.choices else lever.high,
        "choices": list(lever.choices),
        "is_choice": lever.is_choice,
        "cost": lever.cost,
        "price": price and {key: price[key] for key in ("value", "unit", "source")},
        "source": entry["source"],
    }


def _cost_text(lever: Lever, base: Parameters) -> str:
    if not lever.has_price:
        return lever.cost.replace("_", " ")
    price = base.entry(lever.cost)
    return f"{number(base.number(lever.cost))} {price.unit} ({', '.join(price.source)})"


def list_scenarios(is_json: bool) -> None:
    """The shipped scenarios with their titles."""
    found = [load_scenario(name) for name in shipped_scenarios()]
    if is_json:
        rows = [
            {"name": s.name, "title": s.title.model_dump(), "reference": s.reference} for s in found
        ]
        say_json({"command": "scenarios", "scenarios": rows, "today": list(today_names())})
        return
    table = Table(pad_edge=False)
    for head in texts("cli_check.scenario_heads"):
        table.add_column(head)
    for scenario in found:
        table.add_row(scenario.name, getattr(scenario.title, language()), scenario.reference or "")
    screen().print(table)
    screen().print(text("cli_check.today", count=len(today_names())))
