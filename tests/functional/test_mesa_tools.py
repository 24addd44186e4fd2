"""Mesa's own tools work on a department as on any other model, and no model is kept alive."""

from __future__ import annotations

import gc
import weakref

import mesa
import numpy as np
import pandas as pd
import pytest

from sim import Beneficiary, Caseworker, DepartmentModel, Scenario, load_scenario

SHARE, MONTHS, SEED = 0.01, 2, 5


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("somme_reference").with_months(MONTHS).scaled(SHARE)


class Observed(DepartmentModel):
    """A model that collects at every step, written as Mesa's guide says."""

    def __init__(self, scenario: Scenario, seed: int = 1, weight: float = 0.0) -> None:
        super().__init__(scenario, seed=seed)
        self.weight = weight
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "waiting": lambda model: len(
                    model.beneficiaries.where(support="waiting_orientation")
                ),
                "level": lambda model: model.agents_by_type[Beneficiary].agg(
                    "contact_level", np.mean
                ),
                "people": lambda model: len(model.agents),
            },
            agenttype_reporters={Caseworker: {"load": "load", "role": "role"}},
        )

    def step(self) -> None:
        super().step()
        if self.weight and self.running and self.steps % 5 == 0:
            self.beneficiaries.where(job=None).do("meet", self.weight)
        self.datacollector.collect(self)


def test_a_data_collector_follows_the_days(scenario: Scenario) -> None:
    model = Observed(scenario, seed=SEED)
    model.run_model()
    collected = model.datacollector.get_model_vars_dataframe()
    assert len(collected) == model.steps > 35
    assert collected["people"].iloc[-1] == len(list(model.agents))
    assert collected["waiting"].iloc[-1] == sum(
        person.support == "waiting_orientation" for person in model.beneficiaries
    )
    loads = model.datacollector.get_agenttype_vars_dataframe(Caseworker)
    assert set(loads["role"]) == set(scenario.base.labels("roles"))
    assert loads.loc[model.steps, "load"].sum() == sum(one.load for one in model.caseworkers)


def test_agents_can_be_reported_one_by_one(scenario: Scenario) -> None:
    model = DepartmentModel(scenario, seed=SEED)
    collector = mesa.DataCollector(
        agenttype_reporters={Beneficiary: {"job": "job", "barriers": lambda a: len(a.barriers)}}
    )
    model.step()
    collector.collect(model)
    table = collector.get_agenttype_vars_dataframe(Beneficiary)
    assert len(table) == len(model.beneficiaries)
    assert set(table.loc[1].index) == set(model.beneficiaries.get("unique_id"))


@pytest.mark.slow
def test_a_batch_of_models_runs_as_mesa_runs_any(scenario: Scenario) -> None:
    rows = mesa.batch_run(
        Observed,
        {"scenario": [scenario], "seed": [1, 2], "weight": [0.0, 4.0]},
        data_collection_period=1,
        display_progress=False,
    )
    table = pd.DataFrame(rows)
    steps = table.groupby("RunId")["Step"].nunique()
    assert len(steps) == 4
    assert steps.min() > 35
    last = table.groupby(["seed", "weight"])["level"].last().unstack()
    assert (last[4.0] > last[0.0] + 1.0).all()
    first = table[table["Step"] == table["Step"].min()].groupby("seed")["level"].nunique()
    assert (first == 1).all()  # the same people at first, whatever is done to them later


@pytest.mark.slow
def test_a_thousand_models_leave_nothing_behind(scenario: Scenario) -> None:
    """Told by fewer: Mesa 3.3 keeps a counter, and with it the model, for every model it saw."""
    kept = len(mesa.Agent._ids)
    models = []
    for seed in range(8):
        model = Observed(scenario.with_months(1), seed=seed)
        mesa.Agent(model)
        model.step()
        assert list(model.agents)
        models.append(weakref.ref(model))
        people = weakref.ref(model.beneficiaries[0])
        del model
        gc.collect()
        assert people() is None
    assert [model for model in models if model() is not None] == []
    assert len(mesa.Agent._ids) == kept
