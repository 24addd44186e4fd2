"""`departments`: which there are and what one is made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.parameters import Parameters, known_departments, load_department
from sim.parameters.department import is_derived
from sim.parameters.derivation.statistics import Figure, base_figures, latest_stock
from sim.parameters.rules import STOCK
from sim.policy import load_scenario, shipped_scenarios
from sim.policy.facts import departments_with_facts, page_of
from sim.policy.today import today_name
from ui.ages import aged_text, day_text
from ui.cli.spoken import counted, language, number, text, texts, words
from ui.cli.terminal import say_json, screen
from ui.reports.remarks import BETWEEN

REMAINDER = "remainder"


def list_departments(is_json: bool) -> None:
    """Every department: its last published figures with their dates, what is missing, scenarios."""
    found = known_departments()
    if is_json:
        records = [_record(load_department(name)) for name in found.values()]
        say_json({"command": "departments", "departments": records})
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(texts("cli_departments.heads")):
        table.add_column(head, overflow="fold", no_wrap=place == 0)
    for code, name in found.items():
        stock = latest_stock(code)
        table.add_row(
            name,
            code,
            number(stock.value),
            day_text(stock.as_of, language()),
            *(_year(figure) for figure in base_figures(code).values()),
            str(len(_scenarios(load_department(name)))),
        )
    screen().print(table)
    oldest = min(latest_stock(code).as_of for code in found)
    newest = max(latest_stock(code).as_of for code in found)
    ages = {"oldest": aged_text(oldest, language()), "newest": aged_text(newest, language())}
    screen().print(text("cli_departments.legend", **ages))


def _year(figure: Figure) -> str:
    return str(figure.year) if figure.is_own else text("cli_departments.missing")


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
            month=aged_text(entry.as_of, language())
            if entry.as_of
            else text("cli_departments.see_note"),
            sources=", ".join(entry.source),
        )
    )
    if (known_name := _known_name(one)) and (latest := latest_stock(one.code)).as_of != entry.as_of:
        day = aged_text(latest.as_of, language())
        known = {"households": number(latest.value), "day": day, "name": today_name(known_name)}
        console.print(text("cli_departments.latest", **known))
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
        named = {"page": page.page, "scenario": page.scenario}
        console.print(counted("cli_departments.facts", len(page.facts), **named))


def _record(one: Parameters) -> dict[str, object]:
    stock = one.entry(STOCK)
    is_known = _known_name(one) is not None
    return {
        "name": one.department,
        "code": one.code,
        "label": one.label,
        "stock": {
            "households": one.whole(STOCK),
            "as_of": stock.as_of.isoformat() if stock.as_of else None,
            "source": list(stock.source),
            "note": stock.note,
        },
        "latest_stock": _figure(latest_stock(one.code)) if is_known else None,
        "figures": {name: _figure(figure) for name, figure in base_figures(one.code).items()}
        if is_known
        else {},
        "is_derived": is_derived(one.department),
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


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "value": round(figure.value, 4),
        "as_of": figure.as_of.isoformat(),
        "source": figure.source,
        "is_own": figure.is_own,
    }


@cache
def _codes() -> Mapping[str, str]:
    """The code of the department of each shipped scenario."""
    loaded = (load_scenario(name) for name in shipped_scenarios())
    return {scenario.name: scenario.base.code for scenario in loaded}


def _known_name(one: Parameters) -> str | None:
    """The name under which the program knows the department; None for a code of a user's own."""
    return known_departments().get(one.code)


def _scenarios(one: Parameters) -> tuple[str, ...]:
    """The shipped scenarios of a department, today's reference first."""
    own = tuple(name for name, code in _codes().items() if code == one.code)
    known = _known_name(one)
    return own if known is None else (today_name(known), *own)


def _label(one: Parameters, group: str, label: str) -> str:
    return one.label_text(group, label, language())


def _stock_text(one: Parameters, territory: str) -> str:
    unit = one.word(f"territories.{territory}.stock_unit")
    if unit == REMAINDER:
        return text("cli_departments.remainder")
    count = number(one.whole(f"territories.{territory}.stock_value"))
    return f"{count} {words('cli_departments.units').get(unit, unit)}"
