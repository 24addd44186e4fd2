"""The path from slider to picture, without a browser."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import ui.results
from sim.policy import Scenario, load_scenario
from ui import settings
from ui.comparison import result_store
from ui.results import Replications, Report
from ui.texts import text

APP = Path(__file__).parents[2] / "app.py"
SMALL = 0.1
MONTHS = 24
TERRITORY = "coquelicot"
POSTS = "territories.coquelicot.staff.social_worker.additional_fte"
CAP = "territories.coquelicot.staff.social_worker.portfolio_cap"


@pytest.fixture(scope="module", autouse=True)
def warm_kernels() -> None:
    """Compile once outside the clock of the app tests."""
    small = load_scenario("somme_experiment").scaled(SMALL).with_months(MONTHS)
    ui.results.simulate(small, 1, lambda done, steps: None)


@pytest.fixture(autouse=True)
def small_department(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Scenario]]:
    """Simulate a small part of the department; keeps the scenarios that were asked for."""
    asked: list[Scenario] = []
    simulate = ui.results.simulate

    def simulate_small(scenario: Scenario, replications: int, report: Report) -> Replications:
        asked.append(scenario)
        return simulate(scenario.scaled(SMALL).with_months(MONTHS), 2, report)

    monkeypatch.setattr(ui.results, "simulate", simulate_small)
    result_store.clear()
    yield asked
    result_store.clear()


@pytest.fixture
def app() -> AppTest:
    """The app after its first run."""
    found = AppTest.from_file(str(APP), default_timeout=300)
    found.session_state["scenario"] = "somme_experiment"
    # Minutes bind in the experiment: more posts show at once in the contacts that are held.
    found.session_state["indicator"] = "contacts_achieved_share"
    return found.run()


def curves(app: AppTest) -> dict[str, list[float]]:
    """Named lines of the picture."""
    traces = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    return {trace["name"]: _decoded(trace["y"]) for trace in traces if trace.get("name")}


def _decoded(values: object) -> list[float]:
    """Numbers of a trace: a list, or plotly's base64 of an array."""
    if isinstance(values, dict):
        raw = base64.b64decode(values["bdata"])
        return [float(value) for value in np.frombuffer(raw, dtype=values["dtype"])]
    assert isinstance(values, list)
    return [float(value) for value in values]


def submit(app: AppTest) -> AppTest:
    """Press the button of the form."""
    return (
        next(button for button in app.button if button.label == text("comparison.run"))
        .click()
        .run()
    )


def test_moving_posts_changes_the_picture(app: AppTest, small_department: list[Scenario]) -> None:
    assert not app.exception
    before = curves(app)
    app.slider(key=f"somme_experiment {POSTS}").set_value(40.0)
    app = submit(app)
    assert not app.exception
    after = curves(app)
    assert (
        small_department[-1].parameters_on(load_scenario("somme_experiment").end).number(POSTS)
        == 40
    )
    assert after[text("chart.reference")] == before[text("chart.reference")]
    assert after[text("chart.scenario")] != before[text("chart.scenario")]
    assert after[text("chart.difference")] != before[text("chart.difference")]


def test_an_impossible_portfolio_is_explained_and_not_run(
    app: AppTest, small_department: list[Scenario]
) -> None:
    runs = len(small_department)
    app.number_input(key=f"somme_experiment {CAP}").set_value(0.0)
    app = submit(app)
    assert not app.exception
    message = app.error[0].value
    assert "Taille du portefeuille" in message
    assert "0 n'est pas possible. Indiquez un nombre entre 10 et" in message
    assert len(small_department) == runs
    assert not app.get("plotly_chart")


def test_the_reference_against_itself_shows_no_difference(small_department: list[Scenario]) -> None:
    app = AppTest.from_file(str(APP), default_timeout=300)
    app.session_state["scenario"] = settings.REFERENCE
    app.run()
    assert not app.exception
    assert len(small_department) == 1
    assert not np.any(curves(app)[text("chart.difference")])
    assert any(text("comparison.changed_nothing") in each.value for each in app.markdown)


def test_an_unusual_portfolio_runs_with_a_remark(app: AppTest) -> None:
    app.number_input(key=f"somme_experiment {CAP}").set_value(20.0)
    app = submit(app)
    assert not app.exception
    assert "hors de la plage observée" in app.warning[0].value
    assert app.get("plotly_chart")


def test_the_method_page_opens() -> None:
    page = AppTest.from_string("from ui.method import method_page\nmethod_page()").run()
    assert not page.exception
    assert page.title[0].value == text("method.title")
