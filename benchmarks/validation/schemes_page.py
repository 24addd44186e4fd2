"""docs/validation/schemes.md: what the pilots published and promise, beside the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from benchmarks.validation.parts import Count, Failure, Measurement, Part
from benchmarks.validation.promises_page import (
    promise_counts,
    promise_failures,
    promise_section,
    uncompared,
)
from benchmarks.validation.scheme_words import (
    is_share,
    operator_text,
    published_text,
    published_value,
    short_text,
)
from benchmarks.validation.schemes_kept import Kept, Spread
from benchmarks.validation.waterfall_page import waterfall_section
from benchmarks.validation.wording import department_title, folded, lines_of_table, spread_text
from calibration.pilots.declared import Published, declared

TITLE = "What the pilots published and promise"
LINK = "validation/schemes.md"
POOLED = "Three pilot territories together"
RESULTS, ENTERING = "results", "sources of the schemes themselves"
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


def part(found: Kept) -> Part:
    """Counts by department, the results that are outside and the promises that are not kept."""
    return Part(
        TITLE,
        LINK,
        "inside or kept",
        [*_counts(found), *promise_counts(found.promises)],
        [*_failures(found), *promise_failures(found.promises)],
        [Measurement(found.engine, found.day)],
        unjudged=uncompared(found.promises),
        is_by_department=True,
    )


def _place(one: Published) -> str:
    return department_title(one.places[0]) if len(one.places) == 1 else POOLED


def _counts(found: Kept) -> Iterator[Count]:
    tested: Counter[tuple[str, str]] = Counter()
    held: Counter[tuple[str, str]] = Counter()
    for one in declared().results:
        key = _place(one), ENTERING if one.enters_model else RESULTS
        tested[key] += 1
        held[key] += is_met(one, found.results[one.key])
    for (where, what), count in tested.items():
        yield Count(where, what, count, held[where, what])


def _failures(found: Kept) -> Iterator[Failure]:
    for one in declared().results:
        spread = found.results[one.key]
        if not is_met(one, spread):
            side = "below" if spread.high < one.ends[0] else "above"
            aside = ", a source of the scheme itself" if one.enters_model else ""
            name = f"{one.figure} ({short_text(one)}{aside})"
            gives = f"the model gives {spread_text(spread, _unit(one))} and lies {side}."
            yield Failure(_place(one), name, f"published {published_value(one)}, {gives}")


def page(found: Kept) -> str:
    """The page, from the numbers that are kept."""
    lines = [
        f"# {TITLE}, beside the model",
        "",
        *folded(
            "Written by `python -m benchmarks.validation` from "
            "[validation.json](../validation.json), which it measures; what is read, and how, is "
            "declared in [calibration/pilots/pilots.yaml](../../calibration/pilots/pilots.yaml). "
            "[The whole report](../validation.md)."
        ),
        "",
        *folded(
            f"Each scheme runs in its own territory alone, at full size, {found.replications} "
            "times: each time under another seed and another draw of the parameters that the fit "
            "to older figures leaves open. *Model* is the median with the 5 and 95 % quantiles: "
            "what the model predicts for one such territory. A published value between them, or a "
            "published range that touches them, is *inside*. No rate of jobs below was fitted."
        ),
        "",
        "## Results",
        "",
        *folded(NO_RESULT),
        "",
        *_results(found),
        "",
        *folded(NOT_ONE_MEASURE),
        "",
        "Not read:",
        "",
        *(line for figures, why in UNREAD.items() for line in folded(f"- {figures}: {why}.", "  ")),
        "",
        *waterfall_section(found),
        *promise_section(found),
        "## What this proves, and what not",
        "",
        *(line for text in PROVES for line in (*folded(text), "")),
    ]
    return "\n".join(lines)


def _results(found: Kept) -> list[str]:
    counted = [one for one in declared().results if not one.enters_model]
    inside = sum(is_met(one, found.results[one.key]) for one in counted)
    return [
        *lines_of_table(
            ("published", "read in the model as", "model", ""),
            [_result_row(one, found.results[one.key]) for one in declared().results],
        ),
        "",
        *folded(
            f"{inside} of the {len(counted)} results that do not enter the model are inside. The "
            "others are sources of the schemes themselves: they tell whether a scheme does what it "
            "was written to do, and test nothing else."
        ),
    ]


def _result_row(one: Published, spread: Spread) -> tuple[str, ...]:
    verdict = "inside" if is_met(one, spread) else "**outside**"
    verdict += " (enters the model)" if one.enters_model else ""
    return published_text(one), operator_text(one), spread_text(spread, _unit(one)), verdict


def _unit(one: Published) -> str:
    return " %" if is_share(one.reading) else ""


def is_met(one: Published, spread: Spread) -> bool:
    """Whether what was published lies between the 5 and the 95 % quantile."""
    low, high = one.ends
    return low <= spread.high and high >= spread.low
