"""The page docs/validation.md: the words around the numbers that are kept."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from textwrap import fill

from benchmarks.validation_kept import Kept, Level, Promised, Shown, Spread
from calibration.pilots.declared import Place, Published, declared
from calibration.pilots.readings import COUNTS, Reading
from sim.parameters import Parameters, published_figures
from sim.policy import load_scenario
from sim.policy.facts import page_of

WIDTH = 100
PERCENT = 100.0
DEFINITIONS = {
    "day": "a job of a day or more",
    "month": "a job that lasts thirty days or more",
    "six_months": "a contract of six months or more when it is signed",
    "outcome": "a job, a business or a training",
}
UNREAD = {
    "F0047, F0408": "ranks among the 18: the other territories are not simulated",
    "F0257, F0278, F0283": "persons in all pilots together: the same reason",
    "F0261, F0263–F0269": "schooling and barriers of the entrants: the tables take them from there",
    "F0262": "lone parents among the entrants: types of household are those of all on RSA",
    "F0271, F0288": "sizes of portfolios: set by the schemes",
    "F0133, F0284": "satisfaction is outside the model",
}
"""Published of the pilots, and why it is not read."""
NO_RESULT = (
    "The page of the **Mayenne** says that effects on the return to work cannot be told yet, that "
    "of the **Meuse** names first results without a number, that of the **Bouches-du-Rhône** has "
    "none. Laval-Ouest and the fifth and seventh districts of Marseille are read as parts of the "
    "18 territories."
)
NOT_ONE_MEASURE = (
    "The published rates are not of one measure. For the same territories and weeks, F0274 says 40 "
    "% (five months) and F0091 and F0279 say 29 % and less than a third (all durations): both hold "
    "only if a great part of the entrants had come very late. A share who found a job within "
    "twelve months can hardly be lower than within six (F0272), so that F0281 is read as in a job "
    "twelve months after."
)
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
UNITS = {"number": "", "per_person_month": "for each person and month"}
PROVES = (
    "**What it shows.** Which published numbers the model meets when it reads them as their "
    "sources do, and how much of the distance goes with who enters, how long they are observed and "
    "what is called a job. A number inside the interval is compatible with the model, no more: "
    "intervals are wide, and a wrong effect with a wrong labour market can give the right rate.",
    "**What it does not show.** The published rates are gross: nobody knows from them what would "
    "have happened without the pilot. The model is no proof of the pilots, since its effect of "
    "contacts comes from trials elsewhere; and the pilots are no proof of the model, since nothing "
    "here was fitted to their rates and most of a rate is not effect. What stays unexplained is "
    "neither a failure of the pilot nor a hidden success: it is what the published definitions and "
    "this model do not settle.",
    "**What would settle it.** For each territory: entrants by month with their time on RSA and "
    "pathway, who was aimed at and not taken in, hires from declarations with contract, length and "
    "day beside the day of entry, and the same for comparable people elsewhere.",
)


def page(found: Kept) -> str:
    """The page, from the numbers that are kept."""
    lines = [
        "# What the pilots published, beside the model",
        "",
        "Written by `python -m benchmarks.validation` from [validation.json](validation.json),",
        "which it measures; what is read, and how, is declared in",
        "[calibration/pilots/pilots.yaml](../calibration/pilots/pilots.yaml).",
        "",
        *_folded(
            f"Each scheme runs in its own territory alone, at full size, {found.replications} "
            "times: each time under another seed and another draw of the parameters that the fit "
            "to older figures leaves open. *Model* is the median with the 5 and 95 % quantiles: "
            "what the model predicts for one such territory. A published value between them, or a "
            "published range that touches them, is *inside*. No rate of jobs below was fitted."
        ),
        "",
        "## Results",
        "",
        *_folded(NO_RESULT),
        "",
        *_results(found),
        "",
        *_folded(NOT_ONE_MEASURE),
        "",
        "Not read:",
        "",
        *(
            line
            for figures, why in UNREAD.items()
            for line in _folded(f"- {figures}: {why}.", "  ")
        ),
        "",
        *_waterfalls(found),
        "## Promises",
        "",
        *_folded(
            "What the pages promise, as `caseload departments NAME --facts` reads it, over "
            f"{found.promise_replications} draws and seeds, the promises that set a limit. *Not "
            "compared*: no outcome has the unit of the promise. *Most asked for* is the limit of "
            "the offices that is nearest to its end there, and what is asked of each one that "
            "there is: above 1 it is the bottleneck, and the reason "
            "([sim/experiments/why.py](../sim/experiments/why.py)). Promises that are kept by what "
            "the scheme sets (posts, days of sessions, roles) are in the command."
        ),
        "",
        *_promises(found.promises),
        "## What this proves, and what not",
        "",
        *(line for text in PROVES for line in (*_folded(text), "")),
    ]
    return "\n".join(lines)


def _folded(text: str, indent: str = "") -> list[str]:
    return fill(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ).split("\n")


def _results(found: Kept) -> list[str]:
    rows, tested, inside = [], 0, 0
    for one in declared().results:
        spread = found.results[one.key]
        is_inside = is_met(one, spread)
        tested += not one.enters_model
        inside += is_inside and not one.enters_model
        verdict = "inside" if is_inside else "**outside**"
        verdict += " (enters the model)" if one.enters_model else ""
        unit = " %" if _is_share(one.reading) else ""
        rows.append(
            f"| {_published_text(one)} | {operator_text(one)} "
            f"| {_spread_text(spread, unit)} | {verdict} |"
        )
    return [
        "| published | read in the model as | model | |",
        "|---|---|---|---|",
        *rows,
        "",
        *_folded(
            f"{inside} of the {tested} results that do not enter the model are inside. The others "
            "are sources of the schemes themselves: they tell whether a scheme does what it was "
            "written to do, and test nothing else."
        ),
    ]


def is_met(one: Published, spread: Spread) -> bool:
    """Whether what was published lies between the 5 and the 95 % quantile."""
    low, high = one.ends
    return low <= spread.high and high >= spread.low


def _is_share(reading: Reading) -> bool:
    return reading.kind not in (*COUNTS, "wait")


def _published_text(one: Published) -> str:
    row = published_figures()[one.figure]
    low, high = one.ends
    unit = row.unit
    if low == high:
        value = f"{low:g} {unit}"
    elif math.isinf(low):
        value = f"at most {high:g} {unit}"
    else:
        value = f"{low:g} to {high:g} {unit}"
    period = " to ".join(filter(None, (row.period_start, row.period_end)))
    source = f"{row.definition} ({period}; {row.source_title})"
    return f"{one.figure}, {row.territory}: **{value}**. {source}"


def operator_text(one: Published) -> str:
    """The reading in words: which people, over which time, what counts."""
    reading = one.reading
    places = [declared().places[name] for name in one.places]
    names = ", ".join(_territory(place) for place in places)
    since = reading.since if len(places) == 1 else "the first day of each"
    who = f"Persons who enter support from {since} to {reading.observed}, once each"
    if reading.pathways and reading.kind != "pathway":
        who += f", in {_labels(places[0], reading.pathways)}"
    job = DEFINITIONS[reading.definition]
    text = {
        "entrants": f"{who}.",
        "job": f"{who}{_exposure(reading)}: share with {job}, begun since entry{_to(reading)}.",
        "in_job": f"{who}{_exposure(reading)}: share in a job so many months after.",
        "helped": f"{who}: how many began {job} since{_to(reading)}.",
        "pathway": f"{who}: share in {_labels(places[0], reading.pathways)}.",
        "reached": (
            f"{who}, of those aimed at: with rights and duties on RSA on the eve, or to be "
            "oriented since then."
        ),
        "wait": (
            "Mean days from the opening of the RSA to the orientation, of newcomers oriented from "
            f"{since} to {reading.observed}."
        ),
    }[reading.kind]
    return f"{text} {names}."


def _exposure(reading: Reading) -> str:
    months = reading.within_months
    return "" if months is None else f", only those observed {months} months"


def _to(reading: Reading) -> str:
    months = reading.within_months
    return f" and within {months} months" if months else f", to {reading.observed}"


def _territory(place: Place) -> str:
    return _base(place).label_text("territories", place.territory, "en")


def _labels(place: Place, labels: Iterable[str]) -> str:
    return " or ".join(_base(place).label_text("pathways", one, "en") for one in labels)


def _base(place: Place) -> Parameters:
    return load_scenario(place.scheme).base


def _number(value: float, sign: str = "") -> str:
    digits = 0 if abs(value) >= PERCENT else 1
    text = f"{value:{sign},.{digits}f}"
    return text.replace("-", "−")


def _spread_text(spread: Spread, unit: str = "", sign: str = "") -> str:
    ends = f"{_number(spread.low, sign)} to {_number(spread.high, sign)}"
    return f"{_number(spread.median, sign)}{unit} ({ends})"


def _waterfalls(found: Kept) -> list[str]:
    waterfall = declared().waterfall
    place = declared().places[waterfall.place]
    lines = [
        f"## {_territory(place)}: from the ordinary regime to what was published",
        "",
        *_folded(
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
        *_folded(f"It begins with the strictest definition: {STRICT[name]}, begun since entry."),
        "",
        "| step | entrants with it, % | step, points |",
        "|---|---|---|",
        *rows,
        *(
            f"| **what remains unexplained** under the {reading} reading | published {published:g} "
            f"| {_spread_text(_rest(published, levels[key].level), sign='+')} |"
            for reading, key in READINGS_OF_SOURCE.items()
        ),
        "",
        *_folded(_closing(found, name, published)),
    ]


def _rest(published: float, level: Spread) -> Spread:
    return Spread(*(published - value for value in (level.median, level.high, level.low)))


def _step_row(words: str, level: Level) -> str:
    more = "" if level.more is None else _spread_text(level.more, sign="+")
    return f"| {words} | {_spread_text(level.level)} | {more} |"


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
        f"entrants would have to be {_spread_text(widest)} times that of the model under the "
        f"widest reading, {_spread_text(plain)} times under the plain one; the effect of contacts "
        f"at its prior adds {_spread_text(effect, sign='+')} points. "
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
        f"{_spread_text(ratio)} of a hundred with a job have a lasting one. So either lasting was "
        "told otherwise (renewed contracts, several contracts added up, insertion contracts that "
        "are extended), or the hires of the pilot were of another kind than those of recipients in "
        "national figures."
    )


def _promises(promises: Mapping[str, Sequence[Promised]]) -> list[str]:
    lines = []
    for department, rows in promises.items():
        head = "| promise | the model gives | | most asked for |"
        lines += [
            f"### {load_scenario(page_of(department).scenario).title.en}",
            "",
            head,
            "|---|---|---|---|",
            *map(_promise_row, rows),
            "",
        ]
    return lines


def _promise_row(one: Promised) -> str:
    limit = {"at_least": "at least", "at_most": "at most"}[one.limit]
    gives = "<br>".join(map(_shown_text, one.reads))
    verdict = {True: "kept", False: "**not kept**", None: "not compared"}[one.is_kept]
    asked = "" if one.ratio is None or one.is_kept else f"{one.asked} {one.ratio:.2f}"
    if one.ratio is not None and one.ratio > 1.0 and asked:
        asked = f"**{asked}**"
    return f"| {one.what}: {limit} {_plain(one.promise)} | {gives} | {verdict} | {asked} |"


def _shown_text(one: Shown) -> str:
    value = "not observed" if one.mean is None else _value(one.mean, one.unit)
    return f"{one.label} ({', '.join(one.where)}): {value}"


def _value(mean: float, unit: str) -> str:
    if unit == "share":
        return f"{PERCENT * mean:.1f} %"
    return f"{_number(mean)} {UNITS.get(unit, _plain(unit))}".strip()


def _plain(unit: str) -> str:
    return unit.replace("_", " ").replace("per fte", "for a post")
