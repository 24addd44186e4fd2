"""The sentences of the page of the shipped fits."""

OPENING = """
# Calibration

Written by `python -m ui.reports.calibration.fits_page docs/calibration.md` from the cards that ship
with the package (`sim/parameters/posterior`). Nothing here is edited by hand. `caseload card NAME`
shows a card, `caseload calibrate NAME` makes it again. How the code is laid out:
[decision 4](decisions/004-calibration.md).

**Method.** Priors are independent normal distributions after a link (logarithm, logit). The fit is
an ensemble smoother (ES-MDA): an ensemble from the prior is simulated and moved towards the
published figures in several passes, with the errors' covariance inflated so that together the
passes use the figures once. Errors are those of sampling, of definition and of the model's form;
the noise of one simulation's seed is estimated and counted once. Parameters that no figure here
can identify are carried at their prior. [The method](calibration/method.md) tells how it is checked
on synthetic truths. Minutes are wall time on two cores that other work shared.

**What a good fit does not prove.** The figures describe several years as one ordinary regime. A
structure that reproduces them can still be wrong about a change of policy: the effects of
contacts, activity, sanctions and follow-up come from trials, and are labelled so everywhere.
"""

COUNTRY = """
## The country: dynamics that all departments share

Thirty figures are fitted, others are held out or shown as a check. *Tolerance* is one standard
deviation of all errors together; *predicted* is the central 90 % of the published figure that the
posterior predicts, errors included; ranges are 5 to 95 %. χ² sums ((simulated − published) /
tolerance)² over the thirty.
"""

BADGES_TEXT = """
**Parameters.** *Contraction* is 1 − posterior sd / prior sd, after the link. *data*: more than
0.5; *mixed*: 0.2 to 0.5; *literature* or *assumption*: less, or never learned here.
"""

DEPARTMENTS = """
## Departments

Factors of the department's own tables. Every draw of a department is completed with a draw of the
country.
"""

CLOSING = """
## What this does not say

- The effect of contacts is not estimated here. No figure has a comparison group.
- Stayers, who practically never find a job, carry most of the persistence. What would move them out
  of that class is an assumption (`stayers_leaving`, `stayers_contacts`).
- Barriers are nearly unidentified by national figures: effects of removing them rest on priors.
- Figures of several years and studies are read as one regime, without a cycle.
"""
