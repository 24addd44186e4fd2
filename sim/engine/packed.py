"""The one bridge from named parameters to the arrays that rules read inside a run.

``pack`` turns the parameters of one date into three tables: what `sim.engine.packed_numbers` reads
of them, with what is computed for the latent classes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from sim.engine.packed_classes import fill_classes
from sim.engine.packed_numbers import Packed, packed_numbers
from sim.parameters import Parameters

KEPT = 64
"""Packed parameters that are kept for the next replication, a few kilobytes each."""


def pack(parameters: Parameters, when: date, seed: int, is_history: bool = False) -> Packed:
    """The records of ``parameters`` on the date ``when``.

    ``is_history`` packs the regime without offices, in which everyone has the reference intensity.
    """
    common = _packed_without_seed(parameters, when, is_history)
    national = common.national.copy()
    national["seed"] = seed
    return replace(common, national=national)


@lru_cache(maxsize=KEPT)
def _packed_without_seed(parameters: Parameters, when: date, is_history: bool) -> Packed:
    """What the replications of a plan have in common; its arrays are not to be written to."""
    packed = packed_numbers(parameters, when, is_history)
    fill_classes(packed.national[0], parameters)
    return packed
