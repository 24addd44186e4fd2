"""Keyed chance: every draw is a function of (seed, who, decision, count), never of an order.

The generator is splitmix64's finaliser applied twice to a combination of the key words; it
passes the uniformity and independence tests in ``tests/statistical``. All transforms are
monotone in one uniform, so raising a probability or a hazard never turns an outcome back.
"""

from __future__ import annotations

import math

from sim.compiled import rule, u64

MASK = 0xFFFFFFFFFFFFFFFF
STEP_WHO = 0x9E3779B97F4A7C15
STEP_DECISION = 0xD1B54A32D192ED03
STEP_COUNT = 0xAEF17502108EF2D9
MIX_1 = 0xBF58476D1CE4E5B9
MIX_2 = 0x94D049BB133111EB
TO_UNIT = 1.0 / 9007199254740992.0

# Coefficients of the six polynomials of algorithm AS 241, highest power first: numerator and
# denominator in the centre, on the sides and in the tails.
CENTRE_ABOVE = (
    2.5090809287301226727e3,
    3.3430575583588128105e4,
    6.7265770927008700853e4,
    4.5921953931549871457e4,
    1.3731693765509461125e4,
    1.9715909503065514427e3,
    1.3314166789178437745e2,
    3.3871328727963666080e0,
)
CENTRE_BELOW = (
    5.2264952788528545610e3,
    2.8729085735721942674e4,
    3.9307895800092710610e4,
    2.1213794301586595867e4,
    5.3941960214247511077e3,
    6.8718700749205790830e2,
    4.2313330701600911252e1,
    1.0,
)
SIDE_ABOVE = (
    7.74545014278341407640e-4,
    2.27238449892691845833e-2,
    2.41780725177450611770e-1,
    1.27045825245236838258e0,
    3.64784832476320460504e0,
    5.76949722146069140550e0,
    4.63033784615654529590e0,
    1.42343711074968357734e0,
)
SIDE_BELOW = (
    1.05075007164441684324e-9,
    5.47593808499534494600e-4,
    1.51986665636164571966e-2,
    1.48103976427480074590e-1,
    6.89767334985100004550e-1,
    1.67638483018380384940e0,
    2.05319162663775882187e0,
    1.0,
)
TAIL_ABOVE = (
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    1.24266094738807843860e-3,
    2.65321895265761230930e-2,
    2.96560571828504891230e-1,
    1.78482653991729133580e0,
    5.46378491116411436990e0,
    6.65790464350110377720e0,
)
TAIL_BELOW = (
    2.04426310338993978564e-15,
    1.42151175831644588870e-7,
    1.84631831751005468180e-5,
    7.86869131145613259100e-4,
    1.48753612908506148525e-2,
    1.36929880922735805310e-1,
    5.99832206555887937690e-1,
    1.0,
)


@rule
def mix(word: int) -> int:
    """The finaliser of splitmix64: a bijection of 64-bit words."""
    z = u64(word)
    z = ((z ^ (z >> u64(30))) * u64(MIX_1)) & u64(MASK)
    z = ((z ^ (z >> u64(27))) * u64(MIX_2)) & u64(MASK)
    return z ^ (z >> u64(31))


@rule
def key_of(seed: int, who: int) -> int:
    """The key of one person, household or post under one seed (64 bits)."""
    word = (u64(who) * u64(STEP_WHO)) & u64(MASK)
    return mix(mix(u64(seed)) ^ word)


@rule
def uniform(key: int, decision: int, count: int) -> float:
    """A number strictly between 0 and 1 for the ``count``-th time of a decision."""
    word = (u64(decision) * u64(STEP_DECISION) + u64(count) * u64(STEP_COUNT)) & u64(MASK)
    bits = mix(mix(u64(key) ^ word)) >> u64(11)
    return (float(bits) + 0.5) * TO_UNIT


@rule
def threshold(key: int, decision: int, count: int) -> float:
    """A unit-exponential threshold; increasing in the uniform."""
    return -math.log1p(-uniform(key, decision, count))


@rule
def _polynomial(coefficients: tuple[float, ...], x: float) -> float:
    value = 0.0
    for coefficient in coefficients:
        value = value * x + coefficient
    return value


@rule
def standard_normal(u: float) -> float:
    """Quantile of the standard normal law (Wichura 1988, algorithm AS 241, PPND16)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _polynomial(CENTRE_ABOVE, r) / _polynomial(CENTRE_BELOW, r)
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        value = _polynomial(SIDE_ABOVE, r - 1.6) / _polynomial(SIDE_BELOW, r - 1.6)
    else:
        value = _polynomial(TAIL_ABOVE, r - 5.0) / _polynomial(TAIL_BELOW, r - 5.0)
    return -value if q < 0.0 else value
