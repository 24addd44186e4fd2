"""Budget: lines by year, the difference to the reference, why the allowance differs, the fan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from sim.money.budget.table import TOTAL, Budget, Cell, cells
from sim.money.cost_effectiveness import CostEffectiveness
from sim.money.costs.causes import difference_by_cause
from sim.money.costs.spending import ALLOWANCE_LINES
from sim.money.costs.unit_costs import DEPARTMENT
from sim.money.costs.upratings import ASSUMED, uprating_index
from sim.parameters.entry import dated_pairs
from ui import elements as st
from ui.answers import between, euros_range, reasons_told, share_text
from ui.charts.frame import show
from ui.charts.money import fan, waterfall
from ui.look import answer, badge, heading, limits, show_remarks, table, typed
from ui.numbers import PER_CENT, euros, month_text, plain_number
from ui.outcome_words import place_text
from ui.pages.asked import place_field, scenario_field
from ui.pages.budget_ahead import year_ahead
from ui.pages.budget_files import budget_files
from ui.pages.budget_insertion import own_insertion, own_lines_of
from ui.pages.budget_worth import price_of_results, saved_told, worth_of
from ui.pages.moving import lacks_scenarios
from ui.pages.running import result_badges, run_panel
from ui.reports.budget.entered import Origin, origins_of
from ui.reports.budget.names import cause_name, funder_name, line_name
from ui.reports.budget.remarks import budget_remarks
from ui.spoken import language, text
from ui.study.session import study
from ui.work.money import budget_of_run, money_of, monthly, spending_whole
from ui.work.results import FullRun, Numbers, spread
from ui.work.shared import results_of

AMOUNT = "allowance.base_eur"


def budget_page() -> None:
    """Draw the page."""
    heading(text("budget.title"), text("budget.lead"))
    year_ahead()
    if lacks_scenarios():
        return
    run_panel(study())
    found = results_of(study())
    if found is None:
        return
    left, middle, right = st.columns(3)
    with left:
        scenario = scenario_field(found)
    with middle:
        funder = st.selectbox(
            text("budget.funder"),
            ("", *money_of(found).first.funders),
            format_func=_funder,
            key="funder",
            persist_state="session",
        )
    with right:
        place = place_field(found)
    result_badges(found)
    worth = worth_of(found, scenario) if _gaps(found, scenario).any() else None
    _answer(found, scenario, place, worth)
    own = own_lines_of(found)
    budget = budget_of_run(found, own.used)
    _years(found, budget, scenario, funder or None, place)
    show_remarks(budget_remarks(budget))
    if worth is not None:
        _causes(found, scenario)
        price_of_results(worth)
    _fan(found)
    _upratings(found)
    if budget.years:
        own_insertion(found, budget, own)
        budget_files(found, own.used)
    limits("limits.budget")


def _funder(name: str) -> str:
    return funder_name(name, language()) if name else text("budget.all_funders")


def _gaps(found: FullRun, scenario: int) -> Numbers:
    """What a scenario spends more than the reference, by replication."""
    return spending_whole(found, scenario) - spending_whole(found, 0)


def _answer(found: FullRun, scenario: int, place: str, worth: CostEffectiveness | None) -> None:
    """The difference of spending and what saves the allowance; ``worth``: None without any."""
    gaps = _gaps(found, scenario)
    months = found.axes.months
    frame = {
        "name": found.study.drafts[scenario - 1].title,
        "since": month_text(months[1]),
        "last": month_text(months[-1]),
    }
    if worth is None:
        answer([text("budget.same", **frame), text("budget.gross")])
        return
    low, high = (float(bound[0]) for bound in spread(gaps))
    share = share_text(found.count)
    sentence = text("budget.sentence", range=euros_range(low, high), share=share, **frame)
    zero = "answer.zero_inside" if low <= 0.0 <= high else "answer.zero_outside"
    reasons = reasons_told(found, scenario, place)
    answer([sentence, text(zero), saved_told(worth), *reasons, text("budget.gross")])


def _years(found: FullRun, budget: Budget, scenario: int, funder: str | None, place: str) -> None:
    """Lines by budget year, with what differs from the reference; own amounts are marked."""
    base = found.experiment.reference.base
    title = found.study.drafts[scenario - 1].title
    st.header(text("budget.years", name=title), anchor=False)
    if not budget.years:
        st.info(text("budget.no_year"), icon=":material/info:")
        return
    wanted = budget.names[scenario]
    by_row: dict[str, dict[int, Cell]] = {}
    for cell in cells(budget, funder=funder, territory=place):
        if cell.scenario == wanted:
            by_row.setdefault(cell.row, {})[cell.year] = cell
    heads = [text("budget.line")]
    for year in budget.years:
        heads += [str(year), text("budget.gap")]
    rows = []
    is_own = funder in (None, DEPARTMENT)
    origins = origins_of(budget, has_other_funders=funder is None) if is_own else {}
    for row in budget.rows:
        found_cells = by_row[row.name]
        name = line_name(row.name, base, language())
        of_row = {year: origins.get((row.name, year), "model") for year in budget.years}
        line = [marked(name, of_row)]
        for year in budget.years:
            cell = found_cells[year]
            line += [euros(cell.value), euros(cell.difference, is_signed=True)]
        rows.append(line)
    table(
        heads,
        rows,
        text("budget.caption", funder=_funder(funder or ""), place=place_text(base, place)),
        strong=[place for place, row in enumerate(budget.rows) if row.is_total],
    )
    _doubts(by_row)


def marked(name: str, origins: Mapping[int, Origin]) -> str:
    """The name of a row, with the years whose amounts are those of the visitor, or partly."""
    entered, partly = (
        ", ".join(str(year) for year, one in origins.items() if one == origin)
        for origin in ("entered", "partly")
    )
    if entered and partly:
        return text("own_lines.both", line=name, years=entered, partly=partly)
    if entered:
        return text("own_lines.entered", line=name, years=entered)
    return text("own_lines.partly", line=name, years=partly) if partly else name


def _doubts(by_row: dict[str, dict[int, Cell]]) -> None:
    """How far each year's total and its difference may be off."""
    rows = [
        [
            str(year),
            between(euros(cell.low), euros(cell.high)),
            euros_range(cell.difference_low, cell.difference_high),
        ]
        for year, cell in by_row[TOTAL].items()
    ]
    with st.expander(text("budget.doubts"), icon=":material/straighten:"):
        table(
            [text("budget.year"), text("budget.level"), text("budget.gap")],
            rows,
            text("budget.doubts_caption"),
        )


def _causes(found: FullRun, scenario: int) -> None:
    """Why the allowance differs, cause by cause."""
    runs = money_of(found).runs
    each = [
        difference_by_cause(before.flows, after.flows)
        for before, after in zip(runs[0], runs[scenario], strict=True)
    ]
    steps = [
        (cause_name(cause, language()), float(np.mean([one[cause].sum() for one in each])))
        for cause in each[0]
    ]
    total = sum(value for _, value in steps)
    st.header(text("budget.causes"), anchor=False)
    listed = " ; ".join(f"{name} {euros(value, is_signed=True)}" for name, value in steps)
    show(
        waterfall(steps, text("budget.all_causes")),
        f"waterfall {scenario}",
        text("budget.causes_alternative", steps=listed, total=euros(total, is_signed=True)),
    )
    st.html(f'<p class="field">{badge("literature")}{typed(text("budget.causes_note"))}</p>')
    with st.expander(text("common.table"), icon=":material/table:"):
        rows = [[name, euros(value, is_signed=True)] for name, value in steps]
        rows.append([text("budget.all_causes"), euros(total, is_signed=True)])
        table([text("budget.cause"), text("budget.gap")], rows, text("budget.causes"))


def _fan(found: FullRun) -> None:
    """Cumulated spending of every scenario against the reference."""
    months = found.axes.months[1:]
    before = monthly(found, 0)
    gaps = [
        (draft.title, (monthly(found, position) - before).cumsum(axis=1))
        for position, draft in enumerate(found.study.drafts, start=1)
    ]
    st.header(text("budget.fan"), anchor=False)
    ends = ", ".join(f"{name} {euros(float(v[:, -1].mean()), is_signed=True)}" for name, v in gaps)
    figure = fan(months, gaps)
    show(figure, "fan", text("budget.fan_alternative", ends=ends))
    st.caption(text("chart.difference_band"))
    with st.expander(text("common.table"), icon=":material/table:"):
        total = before.cumsum(axis=1).mean(axis=0)
        rows = []
        for row, month in enumerate(months):
            cells_of = [euros(float(v[:, row].mean()), is_signed=True) for _, v in gaps]
            rows.append([month_text(month), euros(float(total[row])), *cells_of])
        heads = [text("common.month"), text("budget.reference_total")]
        table([*heads, *(name for name, _ in gaps)], rows, text("budget.fan"), is_tall=True)


def _upratings(found: FullRun) -> None:
    """The allowance with the assumed uprating and without it, where the law is not known yet."""
    runs = money_of(found)
    base = found.experiment.reference.base
    last = dated_pairs(base.value(AMOUNT))[-1][0]
    months = runs.first.months
    index = np.array([uprating_index(runs.upratings, _first_day(month)) for month in months])
    is_known = bool((index == 1.0).all())
    st.header(text("budget.uprating" if is_known else "budget.upratings"), anchor=False)
    if is_known:
        words = text("budget.upratings_known", day=f"{last:%d/%m/%Y}")
        st.html(f'<p class="field" style="margin:0">{typed(words)}</p>')
        return
    share = base.number(ASSUMED)
    heads = [
        text("budget.scenario"),
        text("budget.with_uprating", percent=plain_number(PER_CENT * share)),
        text("budget.without_uprating"),
    ]
    rows = []
    titles = [text("common.reference"), *(draft.title for draft in found.study.drafts)]
    for arm, title in enumerate(titles):
        values = monthly(found, arm, ALLOWANCE_LINES).mean(axis=0)
        rows.append([title, euros(float(values.sum())), euros(float((values / index).sum()))])
    table(heads, rows, text("budget.upratings_caption"))


def _first_day(month: str) -> date:
    """The day from which a month's amounts hold."""
    return date(int(month[:4]), int(month[5:7]), 1)
