"""What a bank of prior runs says: is the fit honest, what moves what, do two methods agree.

Truths are runs of the bank, made by the simulator itself and kept from the emulator. Each is given
errors as the published figures have them and is fitted by the smoother, whose runs are then
answered by the emulator with its noise. What the emulator gets wrong is thus part of the test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from threadpoolctl import threadpool_limits

from calibration.bank import Bank
from calibration.emulator import Emulator, fit_emulator
from calibration.fitting import FitSettings, Fitted
from calibration.posterior_sampling import SamplingSettings, posterior_draws
from calibration.sensitivity import sobol_indices
from calibration.simulation_based_calibration import (
    Verdict,
    by_chains,
    by_smoother,
    check_fit,
)
from calibration.smoother import SmootherSettings
from calibration.study import FitStudy, Floats, Whole

TRUTHS = 200
CHAIN_TRUTHS = 50
"""Chains take tens of times as long as the smoother; they are the second opinion."""
LEAST_LEARNED_FROM = 300
"""Runs that an emulator needs beside the truths before it says something."""
SBC_CHAINS = SamplingSettings(chains=150, steps=250, between=40)


def bank_checks(
    study: FitStudy,
    settings: FitSettings,
    fitted: Fitted,
    on_stage: Callable[[str], None] | None = None,
    truths: int = TRUTHS,
) -> dict[str, object]:
    """Records for the card; empty without a bank that is large enough."""
    tell = on_stage or (lambda _: None)
    bank = fitted.bank
    if bank is None or len(bank) < truths + LEAST_LEARNED_FROM:
        return {}
    with threadpool_limits(limits=1):
        tell("fitting synthetic truths by the smoother")
        smoother = verdict_on_smoother(study, bank, settings.smoother, truths)
        emulated = verdict_in_emulated_world(
            study, bank, fitted.seed_covariance, settings.smoother, truths
        )
        tell("fitting synthetic truths by chains")
        chains = verdict_on_chains(study, bank, min(truths, CHAIN_TRUTHS))
        tell("sensitivity")
        emulator = fit_emulator(bank.positions, bank.figures[:, whole_outputs(bank)])
        names = tuple(study.outputs[number] for number in whole_outputs(bank))
        indices = sobol_indices(emulator, study.parameters, names)
        tell("comparing with chains")
        gap = largest_disagreement(study, bank, fitted)
    return {
        "simulation_based_calibration": {
            "truths_are": "runs of the bank that the emulator has not seen, with figures' errors",
            "bank": len(bank),
            "smoother_on_emulator": smoother.record(),
            "chains_on_emulator": chains.record(),
            "smoother_in_emulated_world": emulated.record(),
        },
        "emulator": {
            "runs": len(bank),
            "explained_by_output": {
                name: round(float(share), 4)
                for name, share in zip(names, emulator.explained, strict=True)
            },
        },
        "sobol": indices.record(),
        "smoother_against_chains": gap,
    }


def whole_outputs(bank: Bank) -> Whole:
    """Outputs that vary and that nearly every run gives."""
    is_given = np.isfinite(bank.figures).mean(axis=0) > 0.9
    varies = np.nanstd(bank.figures, axis=0) > 0.0
    return np.flatnonzero(is_given & varies)


def split(bank: Bank, study: FitStudy, truths: int, part: int = 0) -> tuple[Whole, Whole]:
    """Rows of the bank that are truths, and those that an emulator may learn from.

    Rows are taken by chance, for neighbours in a Sobol sequence are no independent draws;
    ``part`` gives another set of truths.
    """
    is_whole = np.isfinite(bank.figures[:, study.read]).all(axis=1)
    rows = np.random.default_rng(len(bank)).permutation(np.flatnonzero(is_whole))
    chosen = rows[part * truths : (part + 1) * truths]
    return chosen, np.setdiff1d(rows, chosen)


def emulator_without(
    bank: Bank, study: FitStudy, truths: int, part: int = 0
) -> tuple[Emulator, Floats, Floats]:
    """An emulator of what the study reads; positions and outputs of truths it has not seen."""
    chosen, rest = split(bank, study, truths, part)
    emulator = fit_emulator(bank.positions[rest], bank.figures[np.ix_(rest, study.read)])
    return emulator, bank.positions[chosen], bank.figures[chosen]


def verdict_on_smoother(
    study: FitStudy, bank: Bank, settings: SmootherSettings, truths: int = TRUTHS, part: int = 0
) -> Verdict:
    """Coverage of the smoother's intervals over truths of the bank."""
    emulator, positions, outputs = emulator_without(bank, study, truths, part)
    return check_fit(study, positions, outputs, by_smoother(emulator, settings))


def verdict_in_emulated_world(
    study: FitStudy,
    bank: Bank,
    seed_covariance: Floats,
    settings: SmootherSettings,
    truths: int = TRUTHS,
) -> Verdict:
    """Coverage where the emulator is the world: its means, with the noise of seeds alone.

    Truths and fits share one world whose figures teach as much as a run of the simulator does, so
    it tests the smoother under strong figures. ``seed_covariance`` is (read, read).
    """
    learned = fit_emulator(bank.positions, bank.figures[:, study.read])
    world = replace(learned, noise=seed_covariance)
    chance = np.random.default_rng(truths)
    positions = chance.normal(size=(truths, len(study.parameters)))
    outputs = np.zeros((truths, len(study.outputs)))
    outputs[:, study.read] = world.draw(positions, chance)
    return check_fit(study, positions, outputs, by_smoother(world, settings))


def verdict_on_chains(
    study: FitStudy, bank: Bank, truths: int = CHAIN_TRUTHS, settings: SamplingSettings = SBC_CHAINS
) -> Verdict:
    """The same for Metropolis chains."""
    emulator, positions, outputs = emulator_without(bank, study, truths)
    return check_fit(study, positions, outputs, by_chains(emulator, settings))


def largest_disagreement(study: FitStudy, bank: Bank, fitted: Fitted) -> dict[str, object]:
    """How far the means of chains on the bank's emulator are from those of the draws."""
    emulator = fit_emulator(bank.positions, bank.figures[:, study.read])
    draws = posterior_draws(study, emulator, replace(SBC_CHAINS, chains=400))
    gaps = np.abs(draws.mean(axis=0) - fitted.positions.mean(axis=0))
    order = np.argsort(-gaps)[:5]
    return {
        "unit": "standard deviations of the prior",
        "largest": round(float(gaps.max()), 3),
        "mean": round(float(gaps[study.is_learned].mean()), 3),
        "by_parameter": {study.parameters[n]: round(float(gaps[n]), 3) for n in order},
    }
