"""Packing the barriers of the latent classes: how often each has one, and how it comes and goes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from sim.compiled import plain
from sim.engine.packed_people import reference_saturation
from sim.engine.packed_reading import column
from sim.parameters import Parameters
from sim.population.layout import LATENT_CLASSES
from sim.processes import barriers


def fill_classes(record: NDArray[np.void], parameters: Parameters) -> None:
    """Prevalence by latent class, onset, removal: computed, so that nothing is refused here."""
    group = "barriers"
    prevalence = np.asarray(column(parameters, group, "prevalence"))
    relaxation = column(parameters, group, "relaxation_hazard")
    speed = column(parameters, group, "contact_speed")
    reference = reference_saturation(parameters)
    correlation = parameters.number("population.barrier_latent_correlation")
    middles = ndtri((np.arange(LATENT_CLASSES) + 0.5) / LATENT_CLASSES)
    for barrier in range(len(prevalence)):
        limit = ndtri(prevalence[barrier])
        given = ndtr((limit + np.sqrt(correlation) * middles) / np.sqrt(1.0 - correlation))
        if given.any():  # a barrier that nobody has is nobody's in every class
            given *= prevalence[barrier] / given.mean()
        for latent in range(LATENT_CLASSES):
            share = min(float(given[latent]), 1.0)
            record["barrier_prevalence"][latent, barrier] = share
            record["barrier_onset"][latent, barrier] = plain(barriers.onset_hazard)(
                relaxation[barrier], share
            )
            record["barrier_removal"][latent, barrier] = plain(barriers.ordinary_removal_hazard)(
                relaxation[barrier], share, speed[barrier], reference
            )
