"""`departments`: which there are and what one is made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.parameters import Parameters, load_department, published_figures, shipped_departments
from sim.policy import load_scenario, shipped_scenarios
from sim.policy.facts import departments_with_facts, page_of
from ui.cli.spoken import MACHINES, counted, language, number, text, texts, words
from ui.cli.terminal import say_json, screen
from ui.reports.remarks import BETWEEN
from ui.texts import said

STOCK = "department.stock_households"
REMAINDER = "remainder"


def list_departments(is_json: bool) -> None:
    """The shipped departments with their stock, its month and their scenarios."""
    found = [load_department(name) for name in shipped_departments()]
    if is_json:
        say_json({"command": "departments", "departments": [_record(one) for one in found]})
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in texts("cli_departments.heads"):
        table.add_column(head, overflow="fold")
    for one in found:
        names = [_label(one, "territories", label) for label in one.labels("territories")]
        table.add_row(
            one.department,
            one.code,
            number(one.whole(STOCK)),
            _month(one) or text("cli_departments.see_note"),
            ", ".join(one.entry(STOCK).source),
            "\n".join(names),
            "\n".join(_scenarios(one)),
        )
    screen().print(table)


def show_department(name: str, is_json: bool) -> None:
    """One department: territories, pathways, roles, stock with source and note, scenarios."""
    one = load_department(name)
    if is_json:
        say_json({"command": "departments", "department": _record(one)})
        return
    console = screen()
    entry = one.entry(STOCK)
    console.print(f"{one.label} ({one.code})", style="bold")
    console.print(
        text(
            "cli_departments.stock",
            households=number(one.whole(STOCK)),
            month=_month(one) or text("cli_departments.see_note"),
            sources=", ".join(entry.source),
        )
    )
    console.print(entry.note, style="dim")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in texts("cli_departments.territory_heads"):
        table.add_column(head, overflow="fold")
    for label in one.labels("territories"):
        stock = one.entry(f"territories.{label}.stock_value")
        name_shown = _label(one, "territories", label)
        table.add_row(label, name_shown, _stock_text(one, label), ", ".join(stock.source))
    console.print(table)
    for group, head in words("cli_departments.groups").items():
        labels = BETWEEN[language()].join(_label(one, group, label) for label in one.labels(group))
        console.print(text("cli_departments.group", group=head, names=labels))
    console.print(text("cli_departments.scenarios"))
    for scenario in _scenarios(one):
        title = getattr(load_scenario(scenario).title, language())
        console.print("  " + text("cli_departments.scenario", name=scenario, title=title))
    if one.department in departments_with_facts():
        page = page_of(one.department)
        known = {"page": page.page, "scenario": page.scenario}
        console.print(counted("cli_departments.facts", len(page.facts), **known))


def _record(one: Parameters) -> dict[str, object]:
    stock = one.entry(STOCK)
    return {
        "name": one.department,
        "code": one.code,
        "label": one.label,
        "stock": {
            "households": one.whole(STOCK),
            "month": _month(one) or said("cli_departments.see_note", MACHINES),
            "source": list(stock.source),
            "note": stock.note,
        },
        "territories": [
            {
                "name": label,
                "label": {
                    language: one.label_text("territories", label, language)
                    for language in ("en", "fr")
                },
                "stock": one.value(f"territories.{label}.stock_value"),
                "unit": one.value(f"territories.{label}.stock_unit"),
                "source": list(one.entry(f"territories.{label}.stock_value").source),
            }
            for label in one.labels("territories")
        ],
        "pathways": {label: one.label_text("pathways", label) for label in one.labels("pathways")},
        "roles": {label: one.label_text("roles", label) for label in one.labels("roles")},
        "scenarios": list(_scenarios(one)),
        "has_facts": one.department in departments_with_facts(),
    }


@cache
def _codes() -> Mapping[str, str]:
    """The code of the department of each shipped scenario."""
    loaded = (load_scenario(name) for name in shipped_scenarios())
    return {scenario.name: scenario.base.code for scenario in loaded}


def _scenarios(one: Parameters) -> tuple[str, ...]:
    """The shipped scenarios of a department."""
    return tuple(name for name, code in _codes().items() if code == one.code)


def _label(one: Parameters, group: str, label: str) -> str:
    return one.label_text(group, label, language())


def _month(one: Parameters) -> str | None:
    """The period of the published figure of the stock, when it is one."""
    figures = published_figures()
    cited = [figures[key] for key in one.entry(STOCK).source if key in figures]
    return next((figure.period_start for figure in cited if figure.period_start), None)


def _stock_text(one: Parameters, territory: str) -> str:
    unit = one.word(f"territories.{territory}.stock_unit")
    if unit == REMAINDER:
        return text("cli_departments.remainder")
    count = number(one.whole(f"territories.{territory}.stock_value"))
    return f"{count} {words('cli_departments.units').get(unit, unit)}"
