"""Scenarios and levers: what a department decides, as dated differences from its tables."""

from sim.policy.levers import Lever, LeverEntry, lever_catalogue, levers
from sim.policy.places import scenario_folder, shipped_scenarios
from sim.policy.remarks import remarks
from sim.policy.scenario import DatedChange, Scenario, load_scenario
from sim.policy.schema import scenario_schema, write_schema
from sim.policy.writing import scenario_text

__all__ = [
    "DatedChange",
    "Lever",
    "LeverEntry",
    "Scenario",
    "lever_catalogue",
    "levers",
    "load_scenario",
    "remarks",
    "scenario_folder",
    "scenario_schema",
    "scenario_text",
    "shipped_scenarios",
    "write_schema",
]
