"""What a scenario says that is accepted, but unusual or without effect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sim.engine.staffing import post_terms, roster
from sim.parameters import Parameters
from sim.parameters.derivation.carried import Carried, carried_to
from sim.parameters.derivation.statistics import latest_december
from sim.parameters.rules import STOCK
from sim.policy.calling import calling, pace_path
from sim.policy.facts import departments_with_facts, page_of
from sim.policy.levers import levers
from sim.policy.scenario import Scenario
from sim.policy.unemployment import (
    ENTRIES,
    JOB_FINDING,
    UnemploymentPath,
    effects_of,
    is_bounded,
)
from sim.remarks import Both, Remark, remarked

FOR_EVERYBODY = "everyone"


def remarks(*scenarios: Scenario) -> tuple[Remark, ...]:
    """Values outside a lever's usual range, changes that never act, calls that stop before everyone
    was called, pathways nobody comes to, sessions that receive nobody; and that a scheme is
    compared elsewhere with what was published of it.

    What is true of several scenarios is said once.
    """
    found = [
        one
        for scenario in scenarios
        for kind in (
            _started_from,
            _unemployed,
            _unusual,
            _too_late,
            _calls_stop,
            _passed_over,
            _nobody_received,
            _published,
        )
        for one in kind(scenario)
    ]
    return tuple(dict.fromkeys(found))


def _started_from(scenario: Scenario) -> Iterator[Remark]:
    """The day of the households, where they are not those of the department's tables."""
    if scenario.stock_as_of is None:
        return
    carried = carried_start(scenario)
    if carried is None:
        yield remarked("stock_as_of", figure_day=str(scenario.stock_as_of))
        return
    yield remarked(
        "stock_carried",
        figure_day=str(carried.published.as_of),
        published=f"{carried.published.value:,.0f}",
        reached_day=str(latest_december()),
        households=f"{carried.households:,.0f}",
        low=f"{carried.low:,.0f}",
        high=f"{carried.high:,.0f}",
        count=carried.count,
    )


def carried_start(scenario: Scenario) -> Carried | None:
    """What an older figure has become, where the scenario starts from it."""
    carried = carried_to(scenario.base.code, scenario.start)
    if carried is None or carried.published.as_of != scenario.stock_as_of:
        return None
    households = round(carried.households)
    return carried if scenario.variant.get(STOCK, households) == households else None


def _unemployed(scenario: Scenario) -> Iterator[Remark]:
    """The path of unemployment, with the elasticities that it acts by; entries that it cannot."""
    path = scenario.unemployment_path
    if path is None or not path.steps:
        return
    last = path.steps[-1]
    effects = effects_of(last.ratio, scenario.parameters_on(last.day))
    yield remarked(
        "unemployment",
        at_start=f"{path.start_rate:.1f}",
        quarter=str(path.start_quarter),
        rates=_rates_told(path),
        job_finding=(_range_told(scenario.base, JOB_FINDING),),
        entries=(_range_told(scenario.base, ENTRIES),),
        job_finding_factor=f"{effects.job_finding:.2f}",
        entries_factor=f"{effects.entries:.2f}",
    )
    constant = scenario.without_unemployment()
    for step in path.steps:
        if is_bounded(constant.parameters_on(step.day), step.ratio):
            yield remarked("unemployment_bounded", quarter=str(step.quarter))
            return


def _rates_told(path: UnemploymentPath) -> tuple[Remark, ...]:
    """Its rates by quarter; a rate that stays is said once."""
    told, rate = [], path.start_rate
    for step in path.steps:
        if step.rate != rate:
            value, rate = f"{step.rate:.1f}", step.rate
            told.append(remarked("unemployment_rate", value=value, quarter=str(step.quarter)))
    return tuple(told)


def _range_told(parameters: Parameters, path: str) -> Remark:
    """The value of a parameter with the range of its table."""
    value, known = f"{parameters.number(path):.2f}", parameters.entry(path).uncertainty
    if known.low is None or known.high is None:
        return remarked("as_written", text=value)
    return remarked("ranged", value=value, low=f"{known.low:.2f}", high=f"{known.high:.2f}")


def _unusual(scenario: Scenario) -> Iterator[Remark]:
    usual = {lever.path: lever for lever in levers(scenario.base)}
    steps = [(change.day, change.changes) for change in scenario.timeline]
    for day, values in [(None, scenario.variant), *steps]:
        for path, value in values.items():
            lever = usual.get(path)
            if lever is None or lever.choices or not isinstance(value, (int, float)):
                continue
            if not lever.low <= value <= lever.high:
                words = {
                    "path": path, "value": f"{value:,.12g}", "low": f"{lever.low:,.12g}",
                    "high": f"{lever.high:,.12g}", "unit": lever.unit,
                }  # fmt: skip
                if day is None:
                    yield remarked("unusual_start", **words)
                else:
                    yield remarked("unusual", day=str(day), **words)


def _too_late(scenario: Scenario) -> Iterator[Remark]:
    for change in scenario.timeline:
        if change.day >= scenario.end:
            yield remarked("too_late", day=str(change.day), label=change.label)


def _calls_stop(scenario: Scenario) -> Iterator[Remark]:
    """Territories that stop calling in those whom a wave left to be called."""
    for one in calling(scenario):
        if one.stopped is not None:
            yield remarked(
                "calls_stop",
                day=str(one.stopped),
                place=_named(scenario.base, "territories", one.territory),
                path=pace_path(one.territory),
            )


def _nobody_received(scenario: Scenario) -> Iterator[Remark]:
    """Sessions at which a role has no post with the minutes of one interview, each said once."""
    said: set[tuple[str, str]] = set()
    for day in (scenario.start, *scenario.days_of_change):
        parameters = scenario.parameters_on(day)
        for territory in parameters.labels("territories"):
            intake = f"territories.{territory}.intake"
            interview = parameters.number(f"{intake}.interview_minutes")
            for role in parameters.words(f"{intake}.attending_roles"):
                minutes = _minutes_of_a_post(parameters, day, territory, role)
                if minutes >= interview or (territory, role) in said:
                    continue
                said.add((territory, role))
                yield remarked(
                    "nobody_received",
                    day=str(day),
                    place=_named(parameters, "territories", territory),
                    role=_named(parameters, "roles", role),
                    minutes=str(minutes),
                    interview=f"{interview:.0f}",
                )


def _minutes_of_a_post(parameters: Parameters, day: date, territory: str, role: str) -> int:
    """Minutes for people that the largest post of a role has on a day of presence."""
    place = parameters.labels("territories").index(territory)
    kind = parameters.labels("roles").index(role)
    posts = [
        post for post in roster([(day, parameters)]) if (post.territory, post.role) == (place, kind)
    ]
    return max((terms.minutes(1.0) for terms in post_terms(parameters, posts)), default=0)


def _published(scenario: Scenario) -> Iterator[Remark]:
    """The scheme of a department's page, or a scenario that extends it."""
    if scenario.department in departments_with_facts():
        page = page_of(scenario.department)
        if (page.scheme or page.scenario) in (file.stem for file in scenario.files):
            yield remarked("scheme_published")


def _passed_over(scenario: Scenario) -> Iterator[Remark]:
    """Pathways that an earlier one of their band takes everybody from, each said once."""
    said: set[tuple[str, str, str]] = set()
    for day in (scenario.start, *scenario.days_of_change):
        parameters = scenario.parameters_on(day)
        for territory in parameters.labels("territories"):
            for pathway, before in passed_over(parameters, territory):
                if (territory, pathway, before) in said:
                    continue
                said.add((territory, pathway, before))
                yield _nobody_comes(parameters, day, territory, pathway, before)


def passed_over(parameters: Parameters, territory: str) -> list[tuple[str, str]]:
    """The pathways of a territory that nobody comes to, each with the one that takes them all.

    Within a band of need the pathways are tried in order with one mark of the household: a later
    one gets only households beyond the coverage of those before; the last one gets whoever is left.
    """
    found = []
    bands: dict[str, list[str]] = {}
    for pathway in parameters.labels("pathways"):
        bands.setdefault(parameters.word(f"pathways.{pathway}.rule"), []).append(pathway)
    for pathways in bands.values():
        widest, taker = 0.0, ""
        for pathway in pathways:
            own = parameters.number(f"territories.{territory}.pathways.{pathway}.coverage_share")
            reached = 1.0 if pathway == pathways[-1] else own
            if own > 0.0 and taker and reached <= widest:
                found.append((pathway, taker))
            is_open = parameters.word(f"pathways.{pathway}.public") == FOR_EVERYBODY
            if is_open and own > widest:
                widest, taker = own, pathway
    return found


def _nobody_comes(
    parameters: Parameters, day: date, territory: str, pathway: str, before: str
) -> Remark:
    path = f"territories.{territory}.pathways.{before}.coverage_share"
    return remarked(
        "nobody_comes",
        day=str(day),
        place=_named(parameters, "territories", territory),
        late=_named(parameters, "pathways", pathway),
        early=_named(parameters, "pathways", before),
        share=f"{parameters.number(path):g}",
        path=path,
    )


def _named(parameters: Parameters, group: str, label: str) -> Both:
    """The words of a label in both languages."""
    return Both(
        parameters.label_text(group, label, "en"), parameters.label_text(group, label, "fr")
    )
