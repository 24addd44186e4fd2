"""A publisher's months put behind the known ones: counted alike, or brought to the same level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from brought.published import Published
from brought.series import Series, month_text
from forecast.panel import later_decembers
from sim.errors import Fault, InputError
from sim.remarks import Remark, remarked

Months = Mapping[int, float]

LOWEST_RATIO, HIGHEST_RATIO = 0.95, 1.4
"""All households over those of the family funds: the farmers' fund pays a few in most departments,
one in ten in the most rural. Outside of these another thing was counted."""
MOST_NAMED = 6


@dataclass(frozen=True)
class Joined:
    """Series without gaps, and what was left out or computed to come to them."""

    series: Mapping[str, Series]
    remarks: tuple[Remark, ...]


def joined(file: str, found: Published, known: Mapping[str, Series]) -> Joined:
    """Known series continued and revised by what a publisher counts; raises `InputError`.

    Counts of the DREES replace the known ones. Counts of the family funds only continue them: they
    are multiplied by the ratio of both at the dates that have both, which goes over from one date
    to the next in a straight line (of its logarithm) and stays after the last.
    """
    remarks: list[Remark] = []
    counts: Mapping[str, Months] = found.households
    if found.publisher == "cnaf":
        counts, remarks = _at_level(file, counts, known)
    if found.provisional:
        first, last = min(found.provisional), max(found.provisional)
        remarks.append(
            remarked("published_provisional", first=month_text(first), last=month_text(last))
        )
    series: dict[str, Series] = {}
    cut: dict[str, int] = {}
    for code in sorted({*counts, *known}):
        before = known.get(code)
        months = {} if before is None else by_month(before)
        months |= counts.get(code, {})
        first, end = _run(months, min(months) if before is None else before.last_month)
        if end - first < len(months):
            cut[code] = end
        kept = np.array([float(months[month]) for month in range(first, end)])
        series[code] = Series(code, first, kept)
    _check_continued(file, counts, known)
    if cut:
        gaps = [f"{code} ({month_text(month)})" for code, month in cut.items()]
        remarks.append(remarked("published_gaps", gaps=_some(gaps)))
    kept_codes = sorted(set(known) - set(counts))
    if kept_codes:
        remarks.append(remarked("published_not_there", departments=_some(kept_codes)))
    return Joined(series, tuple(remarks))


def _at_level(
    file: str, counts: Mapping[str, Months], known: Mapping[str, Series]
) -> tuple[dict[str, Months], list[Remark]]:
    """Counts of the family funds after the last known month, at the level of all households."""
    found: dict[str, Months] = {}
    faults: list[Fault] = []
    unknown: list[str] = []
    last_ratios: dict[str, float] = {}
    for code, months in sorted(counts.items()):
        before = known.get(code)
        every = {**later_decembers().get(code, {}), **(by_month(before) if before else {})}
        both = sorted(set(every) & set(months))
        if before is None or not both:
            unknown.append(code)
            continue
        ratios = np.array([every[month] / months[month] for month in both])
        middle = float(np.median(ratios))
        if not LOWEST_RATIO <= middle <= HIGHEST_RATIO:
            accepted = (
                f"{LOWEST_RATIO} to {HIGHEST_RATIO}: households that the family funds pay, "
                "not persons"
            )
            where = f"{code}, {month_text(both[0])} to {month_text(both[-1])}"
            faults.append(Fault(file, where, f"all households are {middle:.2f} times these",
                                accepted))  # fmt: skip
            continue
        later = [month for month in sorted(months) if month > before.last_month]
        factors = np.exp(np.interp(later, both, np.log(ratios)))
        found[code] = {
            month: float(round(months[month] * factor))
            for month, factor in zip(later, factors, strict=True)
        }
        last_ratios[code] = float(ratios[-1])
    if faults:
        raise InputError(faults)
    remarks: list[Remark] = []
    if last_ratios:
        low, high = min(last_ratios.values()), max(last_ratios.values())
        remarks.append(remarked("published_level", low=f"{low:.3f}", high=f"{high:.3f}"))
    if unknown:
        remarks.append(remarked("published_no_level", departments=_some(unknown)))
    return found, remarks


def _check_continued(file: str, counts: Mapping[str, Months], known: Mapping[str, Series]) -> None:
    """Refuse a file that begins after a gap in most departments; raises `InputError`."""
    late = [
        code
        for code, months in counts.items()
        if months and code in known and min(months) > known[code].last_month + 1
    ]
    if late and 2 * len(late) > len(counts):
        first = min(min(counts[code]) for code in late)
        last = max(known[code].last_month for code in late)
        accepted = f"{month_text(last + 1)} or earlier, so that no month is missing"
        raise InputError(
            [Fault(file, "month", f"the file starts in {month_text(first)}", accepted)]
        )


def by_month(series: Series) -> dict[int, float]:
    """Its households by month."""
    return dict(zip(series.months.tolist(), series.households.tolist(), strict=True))


def _run(months: Months, inside: int) -> tuple[int, int]:
    """The months without a gap around one of them: the first, and the one after the last."""
    first = end = inside
    while first - 1 in months:
        first -= 1
    while end in months:
        end += 1
    return first, end


def _some(words: list[str]) -> str:
    more = f" (+{len(words) - MOST_NAMED})" if len(words) > MOST_NAMED else ""
    return ", ".join(words[:MOST_NAMED]) + more
