"""Two cheap problems with a known answer: a linear one, and a caseload where chance acts."""

from __future__ import annotations

import numpy as np

from calibration.priors import Prior
from calibration.problem import Problem
from calibration.study import Booleans, FitStudy, Floats
from calibration.targets import Target


def linear_study(
    parameters: int, figures: int, literature: int, seed: int = 1, noise: float = 0.3
) -> tuple[FitStudy, Floats, Floats]:
    """A study whose outputs are a matrix times the position plus noise; the matrix; that noise."""
    chance = np.random.default_rng(seed)
    matrix = chance.normal(size=(figures, parameters))
    covariance = np.diag(chance.uniform(0.5, 2.0, figures))
    seed_covariance = np.diag(noise * chance.uniform(0.5, 2.0, figures))
    truth = chance.normal(size=parameters)
    errors = np.linalg.cholesky(covariance + seed_covariance) @ chance.normal(size=figures)
    is_learned = np.arange(parameters) < parameters - literature

    def simulate(values: Floats, run_seed: int) -> Floats:
        own = np.random.default_rng(run_seed).normal(size=figures)
        return np.asarray(matrix @ values + np.sqrt(np.diag(seed_covariance)) * own)

    study = FitStudy(
        name="linear",
        identity="linear",
        parameters=tuple(f"parameter {number}" for number in range(parameters)),
        is_learned=is_learned,
        to_values=lambda positions: positions,
        simulate=simulate,
        outputs=tuple(f"figure {number}" for number in range(figures)),
        read=np.arange(figures),
        observed=matrix @ truth + errors,
        covariance=covariance,
    )
    return study, matrix, seed_covariance


def exact_posterior(
    study: FitStudy, matrix: Floats, seed_covariance: Floats
) -> tuple[Floats, Floats]:
    """Mean and covariance of the learned coordinates when the others keep N(0, 1).

    Given the others the learned ones have a Gaussian posterior whose mean is linear in them.
    """
    learned, kept = matrix[:, study.is_learned], matrix[:, ~study.is_learned]
    errors = study.covariance + seed_covariance
    given = np.linalg.inv(np.eye(learned.shape[1]) + learned.T @ np.linalg.solve(errors, learned))
    gain = given @ learned.T @ np.linalg.inv(errors)
    return gain @ study.observed, given + gain @ kept @ kept.T @ gain.T


CASELOAD = ("entries", "job finding", "other exits", "return", "effect of contacts")
MONTHS, HOUSEHOLDS = 24, 3_000
CENTRES = np.array([120.0, 0.035, 0.012, 0.04, 1.0])
SPREADS = np.array([0.15, 0.4, 0.5, 0.5, 0.2])
SHOWN = ("stock 12", "stock 24", "entries", "jobs", "other exits", "returns")


def caseload_study(truth: Floats, seed: int, scale: Floats | None = None) -> FitStudy:
    """Households that enter, find a job, leave otherwise and return; the last effect is kept."""
    observed = simulate_caseload(caseload_values(truth), seed)
    deviations = 0.02 * np.maximum(observed, 30.0) if scale is None else scale
    noise = np.random.default_rng((seed, 7)).normal(size=len(observed))
    return FitStudy(
        name="caseload",
        identity="caseload",
        parameters=CASELOAD,
        is_learned=_learned(),
        to_values=caseload_values,
        simulate=simulate_caseload,
        outputs=SHOWN,
        read=np.arange(len(SHOWN)),
        observed=observed + deviations * noise,
        covariance=np.diag(deviations**2),
    )


def _learned() -> Booleans:
    return np.array([True, True, True, True, False])


def caseload_values(positions: Floats) -> Floats:
    """Log-normal priors."""
    return np.asarray(CENTRES * np.exp(SPREADS * positions))


def simulate_caseload(values: Floats, seed: int) -> Floats:
    """Monthly flows drawn one by one; a fifth of the households never leaves to a job."""
    entries, job_finding, other, back, effect = values
    chance = np.random.default_rng(seed)
    stock = np.array([HOUSEHOLDS // 5, HOUSEHOLDS - HOUSEHOLDS // 5])
    job_share, other_share = -np.expm1(-job_finding * effect), -np.expm1(-other)
    pool, at_half = 0, 0
    total_entries, total_jobs, total_other, total_back = 0, 0, 0, 0
    for month in range(MONTHS):
        jobs = chance.binomial(stock[1], job_share)
        stock[1] -= jobs
        gone = chance.binomial(stock, other_share)
        stock = stock - gone
        returned = chance.binomial(pool, -np.expm1(-back))
        pool += jobs + int(gone.sum()) - returned
        new = chance.poisson(entries)
        stock = stock + np.array([new // 5, new - new // 5 + returned])
        total_entries, total_jobs = total_entries + new, total_jobs + jobs
        total_other, total_back = total_other + int(gone.sum()), total_back + returned
        at_half = int(stock.sum()) if month == MONTHS // 2 - 1 else at_half
    shown = [at_half, stock.sum(), total_entries, total_jobs, total_other, total_back]
    return np.array(shown, dtype=np.float64)


PATHS = (
    ("roles.job_counsellor.loaded_cost_eur_per_year",),
    ("job_finding.base_hazard",),
    ("benefit.long_exit_hazard",),
    ("benefit.reentry_long_first",),
    ("effects.contact_size",),
)


def caseload_problem(truth: Floats, seed: int = 2) -> Problem:
    """The caseload as a problem: the same, with the stock after two years held out of the fit."""
    kinds = ("data-informed", "data-informed", "data-informed", "assumption", "literature")
    priors = tuple(
        Prior(
            name=name, paths=paths, link="log", median=float(median), sd=float(sd), unit="",
            source=("assumption",), kind=kind, note=f"Of {name}.", is_fitted=kind != "literature",
        )
        for name, paths, median, sd, kind in zip(
            CASELOAD, PATHS, CENTRES, SPREADS, kinds, strict=True
        )
    )  # fmt: skip
    study = caseload_study(truth, seed)
    targets = tuple(
        Target(
            id=name, row="", value=float(value), unit="households", source="simulated",
            population="all", period="2 years", exposure="2 years", operator=name,
            sampling_sd=float(np.sqrt(variance)), definition_sd=0.0, discrepancy_sd=0.0,
            correlation_group="", use="holdout" if name == "stock 24" else "fit", note="",
        )
        for name, value, variance in zip(
            SHOWN, study.observed, np.diag(study.covariance), strict=True
        )
    )  # fmt: skip
    return Problem("toy", priors, targets, simulate_caseload, "identity of the toy")
