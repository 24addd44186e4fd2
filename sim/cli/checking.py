"""`check`, `levers` and `scenarios`: what files say, without running anything."""

from __future__ import annotations

from rich.table import Table

from sim.cli.ending import say_json, screen
from sim.policy import levers, load_scenario, remarks, shipped_scenarios


def check_scenario(name: str, is_json: bool) -> None:
    """Load a scenario and say what it is; raises `InputError` with all its faults."""
    scenario = load_scenario(name)
    found = remarks(scenario)
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
                "remarks": list(found),
            }
        )
        return
    console = screen()
    console.print(f"{scenario.name}: {scenario.title.en}", style="bold")
    console.print(f"{scenario.base.label}, {scenario.months} months from {scenario.start}")
    for change in scenario.timeline:
        values = "1 value" if len(change.changes) == 1 else f"{len(change.changes)} values"
        late = " (after the end: never acts)" if change.day >= scenario.end else ""
        console.print(f"  {change.day}  {change.label} ({values}){late}", markup=False)
    for remark in found:
        console.print(f"  Remark: {remark}", markup=False)
    console.print("No fault found.")


def list_levers(name: str, is_json: bool) -> None:
    """The levers of a scenario's department, with the value at its start."""
    scenario = load_scenario(name)
    found = levers(scenario.base)
    if is_json:
        rows = [
            {
                "path": lever.path,
                "label": dict(lever.label),
                "value": scenario.base.entry(lever.path).record()["value"],
                "unit": lever.unit,
                "low": lever.low,
                "high": lever.high,
                "is_choice": lever.is_choice,
            }
            for lever in found
        ]
        say_json({"command": "levers", "scenario": scenario.name, "levers": rows})
        return
    table = Table(pad_edge=False)
    for head in ("Path", "Meaning", "At start", "Usual range", "Unit"):
        table.add_column(head, overflow="fold")
    for lever in found:
        value = scenario.base.entry(lever.path).record()["value"]
        usual = f"{lever.low:g} – {lever.high:g}"
        table.add_row(lever.path, lever.label["en"], str(value), usual, lever.unit)
    screen().print(table)


def list_scenarios(is_json: bool) -> None:
    """The shipped scenarios with their titles."""
    found = [load_scenario(name) for name in shipped_scenarios()]
    if is_json:
        rows = [
            {"name": s.name, "title": s.title.model_dump(), "reference": s.reference} for s in found
        ]
        say_json({"command": "scenarios", "scenarios": rows})
        return
    table = Table(pad_edge=False)
    for head in ("Scenario", "Title", "Reference"):
        table.add_column(head)
    for scenario in found:
        table.add_row(scenario.name, scenario.title.en, scenario.reference or "")
    screen().print(table)
