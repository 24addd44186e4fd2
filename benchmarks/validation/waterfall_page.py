"""The waterfall of docs/validation/schemes.md: from the ordinary regime to what was published."""

from __future__ import annotations

from benchmarks.validation.scheme_words import DEFINITIONS, territory_text
from benchmarks.validation.schemes_kept import Kept, Level, Spread
from benchmarks.validation.wording import folded, spread_text
from calibration.pilots.declared import declared
from sim.parameters import published_figures

STEPS = {
    "ordinary": "ordinary regime: who entered support in the reference",
    "newcomers": "(aside) the offices of the scheme, contacts without effect, newcomers alone",
    "everyone": "(aside) the same, everyone taken in at once on the first day",
    "called_in": "(aside) the same, those who were there called in, sixty a month",
    "who": "**who enters**: the scheme as its file states it, contacts without effect",
    "exposure": "**exposure**: only entrants of five months or more before the date",
    "definition": "**definition**: any hire of a day or more",
    "held": "**definition**: who is in such a job on the day of entry counts too",
    "effect": "**effect** of contacts and activities at its prior",
    "plain": "(aside) the scheme read plainly: all entrants, jobs begun since entry alone",
    "in_work": "(aside) who is in such a job on the day of entry",
    "month": "(aside) plainly, with every job of thirty days or more called lasting",
}
TITLES = {"job": "Any job", "lasting_job": "A lasting job"}
STRICT = {"job": DEFINITIONS["month"], "lasting_job": DEFINITIONS["six_months"]}
READINGS_OF_SOURCE = {"plain": "plain", "widest": "effect"}
"""Readings of the published number, and the step of the waterfall that each ends at."""


def waterfall_section(found: Kept) -> list[str]:
    """Heading, words and steps of each definition of a job."""
    waterfall = declared().waterfall
    place = declared().places[waterfall.place]
    lines = [
        f"## {territory_text(place)}: from the ordinary regime to what was published",
        "",
        *folded(
            f"Entrants from {place.since} to {waterfall.observed}, one thing changed at a time, "
            "each step with the ones before it. The steps go from the strictest reading to the "
            "widest one that the source allows; the plain reading is between them. Differences are "
            "paired: same draw, seed and people. What is aside is no step."
        ),
        "",
    ]
    for name, figure in waterfall.figures.items():
        lines += [f"### {TITLES[name]} ({figure})", "", *_steps(found, name, figure), ""]
    return lines


def _steps(found: Kept, name: str, figure: str) -> list[str]:
    published = float(published_figures()[figure].value)
    levels = found.waterfall[name]
    rows = [_step_row(STEPS[key], level) for key, level in levels.items()]
    return [
        *folded(f"It begins with the strictest definition: {STRICT[name]}, begun since entry."),
        "",
        "| step | entrants with it, % | step, points |",
        "|---|---|---|",
        *rows,
        *(
            f"| **what remains unexplained** under the {reading} reading | published {published:g} "
            f"| {spread_text(_rest(published, levels[key].level), sign='+')} |"
            for reading, key in READINGS_OF_SOURCE.items()
        ),
        "",
        *folded(_closing(found, name, published)),
    ]


def _rest(published: float, level: Spread) -> Spread:
    return Spread(*(published - value for value in (level.median, level.high, level.low)))


def _step_row(words: str, level: Level) -> str:
    more = "" if level.more is None else spread_text(level.more, sign="+")
    return f"| {words} | {spread_text(level.level)} | {more} |"


def _closing(found: Kept, name: str, published: float) -> str:
    widest, plain = found.closing[f"{name}.effect"], found.closing[f"{name}.plain"]
    effect = found.waterfall[name]["effect"].more
    assert effect is not None
    levels = found.waterfall[name]
    narrow, wide = (levels[key].level.median for key in READINGS_OF_SOURCE.values())
    between = (
        "What was published lies between the two readings: whether anything is left to explain "
        "depends on what the source counted. "
        if narrow < published < wide
        else ""
    )
    text = between + (
        f"To close it, the hazard of {'any' if name == 'job' else 'a lasting'} job among the "
        f"entrants would have to be {spread_text(widest)} times that of the model under the "
        f"widest reading, {spread_text(plain)} times under the plain one; the effect of contacts "
        f"at its prior adds {spread_text(effect, sign='+')} points. "
    )
    if name == "job":
        return text + (
            "Where the model is below, one of these would have to hold: the entrants were nearer "
            "to work than those on RSA there (the far ones not yet called in, or aimed at and not "
            "taken in); the labour market of Albert and Péronne hired recipients more often than "
            "the fit to national figures says; far more hires of a few days, whose share is "
            "assumed; or an effect of the pilot beyond what trials of more contacts found."
        )
    ratio = found.closing["lasting_of_job"]
    return text + (
        f"Published are {published:g} lasting jobs for 40 with any, more than half; in the model "
        f"{spread_text(ratio)} of a hundred with a job have a lasting one. So either lasting was "
        "told otherwise (renewed contracts, several contracts added up, insertion contracts that "
        "are extended), or the hires of the pilot were of another kind than those of recipients in "
        "national figures."
    )
