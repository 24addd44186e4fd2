"""The two-page budget note as a tagged PDF (PDF/UA-1), from the same answer as the workbook.

`note_content` holds every word and figure; `note_bytes` sets it. Amounts are in thousands of euro.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from matplotlib.figure import Figure

from sim.money.budget.table import TOTAL
from sim.version import package_version
from ui.reports.budget.budget_sheets import paid_lines
from ui.reports.budget.entered import EntryRow, entered_note, summed_up
from ui.reports.budget.paper import Paper
from ui.reports.budget.quantiles import quantile_heads, quantile_texts
from ui.reports.budget.views import NONE, interval, signed, thousands
from ui.reports.figure_frame import COLOURS
from ui.reports.picture_file import drawable, picture_file
from ui.reports.typesetting import divided, typeset
from ui.reports.wording import label_text, number_text
from ui.texts import at, said
from ui.texts.figures import in_figures

TEMPLATE = Path(__file__).with_name("note.typ")
MILLION = 1e6
INTERVAL = re.compile(r"\[[^\[\]]{1,40}\]")
NO_BREAK = "\u00a0"


def note_bytes(paper: Paper) -> bytes:
    """The PDF, in the language of the paper. Words are data: none is a command."""
    return typeset(TEMPLATE, _settable(note_content(paper), paper), _chart(paper))


def note_content(paper: Paper) -> dict[str, object]:
    """Every word and figure of the note."""
    first, last = paper.years[0], paper.years[-1]
    return {
        "language": paper.language,
        "title": _said(paper, "title", department=paper.department, year=paper.plan_year),
        "author": _said(paper, "author"),
        "keywords": ["RSA", paper.department],
        "badge": _said(paper, "badge"),
        "frame": _said(paper, "frame", first=first, last=last, count=paper.replications),
        "footer": _said(paper, "footer", version=package_version(), day=f"{date.today():%d/%m/%Y}"),
        "answer": _sentences(paper),
        "first": [
            _years(paper),
            *_landing(paper),
            *_credits(paper),
            *_quantiles(paper),
            *_entered(paper),
        ],
        "chart_alt": _alternative(paper),
        "second": [_lines(paper), _funders(paper)],
        "parts": [
            {"title": _said(paper, "assumptions"), "items": [paper.uprating, paper.doubt]},
            {
                "title": _said(paper, "to_know"),
                "items": [*paper.remarks, *at("budget_note.limits", paper.language)],
            },
        ],
        "replay_title": _said(paper, "replay"),
        "replay": paper.replay,
    }


def _sentences(paper: Paper) -> list[str]:
    """What the department pays in the year planned, what the scenarios change, the landing."""
    year = paper.plan_year
    own = paper.own[0, TOTAL, year]
    found = [
        _said(
            paper,
            "expected",
            year=year,
            eur=thousands(own.value, paper.language),
            range=interval(own.low, own.high, paper.language),
            percent=_percent(paper),
        )
    ]
    for position, title in enumerate(paper.titles[1:], start=1):
        cell = paper.own[position, TOTAL, year]
        ends = (signed(end, paper.language) for end in (cell.difference_low, cell.difference_high))
        low, high = ends
        is_sure = cell.difference_low > 0.0 or cell.difference_high < 0.0
        found.append(
            _said(
                paper,
                "changes" if is_sure else "changes_unsure",
                title=title,
                year=year,
                eur=signed(cell.difference, paper.language),
                low=low,
                high=high,
            )
        )
    if year not in paper.received:
        found.append(_said(paper, "no_compensation", year=year))
    return found


def _years(paper: Paper) -> dict[str, object]:
    """The department's part by year under each scenario, and the difference to the reference."""
    rows: list[list[str]] = []
    totals: list[int] = []
    for position, title in enumerate(paper.titles):
        cells = [paper.own[position, TOTAL, year] for year in paper.years]
        totals.append(len(rows))
        rows.append([title, *(thousands(cell.value, paper.language) for cell in cells)])
        rows.append(
            [
                _said(paper, "interval", percent=_percent(paper)),
                *(interval(cell.low, cell.high, paper.language) for cell in cells),
            ]
        )
        if position:
            gaps = [signed(cell.difference, paper.language) for cell in cells]
            rows.append([_said(paper, "difference"), *gaps])
    heads = [_said(paper, "scenario"), *map(str, paper.years)]
    return _table(paper, "years", heads, rows, totals=totals)


def _landing(paper: Paper) -> list[dict[str, object]]:
    if not paper.landings:
        return []
    first = paper.landings[0]
    rows = [
        [
            title,
            *(thousands(e, paper.language) for e in (one.paid_eur, one.to_pay_eur)),
            thousands(one.landing_eur, paper.language),
            interval(one.low_eur, one.high_eur, paper.language),
        ]
        for title, one in zip(paper.titles, paper.landings, strict=True)
    ]
    last = label_text(first.last_month, paper.language)
    heads = list(at("budget_note.landing_heads", paper.language))
    about = {"year": first.year, "months": first.months_paid, "last": last}
    return [_table(paper, "landing", heads, rows, about)]


def _credits(paper: Paper) -> list[dict[str, object]]:
    if not paper.overruns:
        return []
    rows = [
        [
            title,
            thousands(one.appropriation_eur, paper.language),
            thousands(one.expected_eur, paper.language),
            signed(one.appropriation_eur - one.expected_eur, paper.language),
            f"{number_text(one.probability, 'share', paper.language)} %",
        ]
        for title, one in zip(paper.titles, paper.overruns, strict=True)
    ]
    heads = list(at("budget_note.credits_heads", paper.language))
    return [_table(paper, "credits", heads, rows, {"year": paper.overruns[0].year})]


def _quantiles(paper: Paper) -> list[dict[str, object]]:
    """The department's allowance of each year under the reference, from low to high."""
    shown = [one for one in paper.quantiles if one.scenario == paper.quantiles[0].scenario]
    if not shown:
        return []
    rows = [
        [str(one.year), *quantile_texts(one, paper.language, has_credits=False)] for one in shown
    ]
    heads = [
        at("budget_quantiles.row_heads", paper.language)[1],
        *quantile_heads(paper.language, has_credits=False),
    ]
    note = said("budget_quantiles.note", paper.language)
    return [_table(paper, "quantiles", heads, rows, note=note)]


def _entered(paper: Paper) -> list[dict[str, object]]:
    """Own lines of insertion by sub-total: what was entered, and its difference to the model's."""
    found = summed_up(paper.entered)
    if not found:
        return []
    by_group: dict[str, dict[int, EntryRow]] = {}
    for one in found:
        by_group.setdefault(one.group, {})[one.year] = one
    rows = []
    for of_year in by_group.values():
        label = next(iter(of_year.values())).label
        each = [of_year.get(year) for year in paper.years]
        entered = [
            NONE if one is None else thousands(one.entered_eur, paper.language) for one in each
        ]
        gaps = [NONE if one is None else signed(one.difference_eur, paper.language) for one in each]
        rows += [[label, *entered], [_said(paper, "entered_difference"), *gaps]]
    heads = [_said(paper, "entered_line"), *map(str, paper.years)]
    note = entered_note(paper.entered, paper.language)
    return [_table(paper, "entered", heads, rows, totals=range(0, len(rows), 2), note=note)]


def _lines(paper: Paper) -> dict[str, object]:
    """The budget proposed for the year planned, line by line, with its accounts."""
    year, shown = paper.plan_year, paid_lines(paper)
    rows = []
    for line in shown:
        cells = [paper.own[position, line.key, year] for position in range(len(paper.titles))]
        codes = " / ".join(code for code in (line.chapter, line.function, line.article) if code)
        rows.append(
            [
                codes,
                line.label,
                thousands(cells[0].value, paper.language),
                interval(cells[0].low, cells[0].high, paper.language),
                *(thousands(cell.value, paper.language) for cell in cells[1:]),
            ]
        )
    totals = [place for place, line in enumerate(shown) if line.is_total]
    heads = [
        *at("budget_note.lines_heads", paper.language),
        paper.titles[0],
        _said(paper, "interval", percent=_percent(paper)),
        *paper.titles[1:],
    ]
    return _table(
        paper, "lines", heads, rows, {"year": year}, totals=totals, words=2, wide=1, tight=(3,)
    )


def _funders(paper: Paper) -> dict[str, object]:
    """Who pays under the reference, compensation entered, and what is left."""
    rows = [
        [name, *(thousands(paper.by_funder[0, name, y], paper.language) for y in paper.years)]
        for name in paper.funders
    ]
    gross, received, left = at("budget_book.summary_lines", paper.language)[:3]
    total = [thousands(paper.gross[0, TOTAL, year].value, paper.language) for year in paper.years]
    rows.append([gross, *total])
    missing = said("budget_book.not_entered", paper.language)
    rows.append(
        [
            received,
            *(
                thousands(-paper.received[year], paper.language)
                if year in paper.received
                else missing
                for year in paper.years
            ),
        ]
    )
    remaining = [paper.left(0, year) for year in paper.years]
    rows.append(
        [left, *(NONE if eur is None else thousands(eur, paper.language) for eur in remaining)]
    )
    heads = [_said(paper, "funder"), *map(str, paper.years)]
    totals = [len(rows) - 3, len(rows) - 1]
    return _table(paper, "funders", heads, rows, {"title": paper.titles[0]}, totals=totals)


def _table(
    paper: Paper,
    name: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    about: Mapping[str, object] | None = None,
    *,
    totals: Sequence[int] = (),
    words: int = 1,
    wide: int = 0,
    tight: Sequence[int] = (),
    note: str | None = None,
) -> dict[str, object]:
    filled = about or {}
    return {
        "title": _said(paper, f"{name}_title", **filled),
        "unit": _said(paper, f"{name}_unit"),
        "note": _said(paper, f"{name}_note", **filled) if note is None else note,
        "heads": list(heads),
        "rows": [list(row) for row in rows],
        "totals": list(totals),
        "words": words,
        "wide": wide,
        "tight": list(tight),
    }


def _chart(paper: Paper) -> bytes:
    """The department's part by year, a bar for each scenario, from zero."""
    figure = Figure(figsize=(9.6, 3.9), layout="constrained")
    panel = figure.subplots()
    count = len(paper.titles)
    width = 0.8 / count
    for position, title in enumerate(paper.titles):
        cells = [paper.own[position, TOTAL, year] for year in paper.years]
        across = [place + (position - (count - 1) / 2) * width for place in range(len(cells))]
        heights = [cell.value / MILLION for cell in cells]
        below = [max(cell.value - cell.low, 0.0) / MILLION for cell in cells]
        above = [max(cell.high - cell.value, 0.0) / MILLION for cell in cells]
        panel.bar(
            across,
            heights,
            width * 0.92,
            color=COLOURS[position % len(COLOURS)],
            alpha=0.75,
            yerr=[below, above],
            error_kw={"elinewidth": 1.0, "capsize": 3, "ecolor": "#333333"},
            label=title,
        )
    panel.set_xticks(range(len(paper.years)), [str(year) for year in paper.years])
    panel.set_ylim(bottom=0.0)
    panel.set_ylabel(_said(paper, "chart_axis"))
    panel.yaxis.set_major_formatter(lambda value, _: in_figures(f"{value:,.0f}", paper.language))
    panel.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return picture_file(figure, "svg")


def _alternative(paper: Paper) -> str:
    """The picture in words."""
    pieces = []
    for position, title in enumerate(paper.titles):
        years = ", ".join(
            f"{year} : {thousands(paper.own[position, TOTAL, year].value, paper.language)}"
            for year in paper.years
        )
        pieces.append(f"{title} : {years}")
    return _said(paper, "chart_alternative", words=" ; ".join(pieces))


def _settable(content: object, paper: Paper, name: str = "") -> object:
    """Every text as it can be drawn, with spaces that must not break and words that may."""
    if isinstance(content, str):
        shown = drawable(content)
        if name == "replay":
            return shown
        shown = INTERVAL.sub(lambda found: found[0].replace(" ", NO_BREAK), shown)
        if paper.language == "fr":
            for sign in (":", ";", "?", "!", "»", "%", "€", "k€"):
                shown = shown.replace(f" {sign}", f"{NO_BREAK}{sign}")
            shown = shown.replace("« ", f"«{NO_BREAK}")
        return divided(shown)
    if isinstance(content, list):
        return [_settable(one, paper) for one in content]
    if isinstance(content, Mapping):
        return {key: _settable(one, paper, key) for key, one in content.items()}
    return content


def _percent(paper: Paper) -> str:
    return f"{100.0 * paper.interval_share:.0f}"


def _said(paper: Paper, key: str, **words: object) -> str:
    return said(f"budget_note.{key}", paper.language, **words)
