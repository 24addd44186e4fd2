"""The way of a household through the support, with the rules of the scenario on each step."""

from __future__ import annotations

from sim.parameters import Parameters
from sim.parameters.in_use import pathways_in_use, roles_in_use
from ui import elements as st
from ui.look import typed
from ui.numbers import plain_number
from ui.spoken import language, text
from ui.study.draft import Draft
from ui.study.fields import EVERYWHERE, territories_of
from ui.study.references import scenario_of
from ui.study.session import study


def show_flow(draft: Draft, territory: str) -> None:
    """The steps side by side, as a list that reads in order."""
    scenario = scenario_of(draft, study().months)
    place = territories_of(draft)[0] if territory == EVERYWHERE else territory
    rules = scenario.parameters_on(scenario.end)
    name = rules.label_text("territories", place, language())
    st.header(text("flow.title", place=name), anchor=False)
    steps = _steps(rules, place)
    items = "".join(
        f"<li><strong>{position}. {typed(title)}</strong>{typed(words)}</li>"
        for position, (title, words) in enumerate(steps, start=1)
    )
    st.html(f'<ol class="flow">{items}</ol>')


def _steps(rules: Parameters, place: str) -> list[tuple[str, str]]:
    own = f"territories.{place}"
    pathways = pathways_in_use(rules, place)
    names = [rules.label_text("pathways", one, language()) for one in pathways]
    roles = {
        role: rules.label_text("roles", role, language()) for role in roles_in_use(rules, place)
    }
    staff = " ; ".join(
        text(
            "flow.staff",
            role=name,
            fte=plain_number(
                rules.number(f"{own}.staff.{role}.fte")
                + rules.number(f"{own}.staff.{role}.additional_fte")
            ),
            cap=plain_number(rules.number(f"{own}.staff.{role}.portfolio_cap")),
        )
        for role, name in roles.items()
    )
    contacts = " ; ".join(
        text(
            "flow.contact",
            pathway=name,
            days=plain_number(rules.number(f"{own}.pathways.{one}.contact_interval_days")),
            apart=plain_number(rules.number(f"{own}.pathways.{one}.appointment_interval_days")),
        )
        for one, name in zip(pathways, names, strict=True)
    )
    return [
        (text("flow.rights"), text("flow.rights_words")),
        (
            text("flow.invitation"),
            text(
                "flow.invitation_words",
                days=plain_number(rules.number(f"{own}.intake.notification_days")),
            ),
        ),
        (
            text("flow.orientation"),
            text(
                "flow.orientation_words",
                desks=plain_number(rules.number(f"{own}.intake.desks")),
                pathways=", ".join(names),
            ),
        ),
        (text("flow.caseworker"), staff),
        (text("flow.contacts"), text("flow.contacts_words", listed=contacts)),
        (text("flow.outcome"), text("flow.outcome_words")),
    ]
