"""Parameters of a department: tables of values with unit, kind, source and uncertainty."""

from sim.parameters.department import known_departments, load_department, shipped_departments
from sim.parameters.entry import Entry, Uncertainty
from sim.parameters.parameters import Parameters
from sim.parameters.scaling import scale_changes, scale_department
from sim.parameters.sources import PublishedFigure, published_figures
from sim.parameters.values import Value

__all__ = [
    "Entry",
    "Parameters",
    "PublishedFigure",
    "Uncertainty",
    "Value",
    "known_departments",
    "load_department",
    "published_figures",
    "scale_changes",
    "scale_department",
    "shipped_departments",
]
