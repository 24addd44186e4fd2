"""The charts of a comparison, each with its table and its description."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ui import elements as st
from ui.charts.curves import difference_chart, level_chart
from ui.charts.flows import flows_of, sankey
from ui.charts.frame import show
from ui.curve_ends import curve_ends, effect_month
from ui.look import or_dash, table, typed
from ui.numbers import month_text, number, signed
from ui.outcome_words import Shown, definition_of, place_text
from ui.pages.compare_options import plain_lines
from ui.spoken import language, text
from ui.work.results import Comparison, FullRun, spread

FEW_PERSONS = 1000.0
"""Where no flow has as many, all are told with a digit after the point."""
QUEUE, SUPPORTED, STAFF = "waiting_for_caseworker", "supported", "staff_fte"


def compared(found: FullRun, outcome: str, place: str) -> list[tuple[str, Comparison]]:
    """Every scenario with its name, beside the reference."""
    return [
        (draft.title, found.compared(position, outcome, place))
        for position, draft in enumerate(found.study.drafts, start=1)
    ]


def curves(found: FullRun, outcome: str, place: str, sentences: Sequence[str]) -> None:
    """Levels and differences of one outcome."""
    shown = Shown.of(outcome)
    lines = compared(found, outcome, place)
    where = place_text(found.experiment.reference.base, place)
    if lines[0][1].last is None:
        st.info(text("chart.no_values"), icon=":material/hourglass_empty:")
        return
    st.header(text("chart.differences_of", indicator=shown.label, place=where), anchor=False)
    words = text(
        "chart.alternative", indicator=shown.label, place=where, answer=" ".join(sentences)
    )
    ends = curve_ends(found, outcome, place)
    figure = difference_chart(lines, shown, effect_month(found), ends.last_month)
    show(figure, f"gaps {outcome} {place}", words)
    st.caption(" ".join((text("chart.difference_band"), *ends.sentences)))
    _table(found, lines, shown, is_difference=True)
    if st.toggle(text("chart.show_levels"), key="levels are shown", persist_state="session"):
        st.strong(text("chart.levels", indicator=shown.label, place=where))
        figure = level_chart(lines, shown, effect_month(found), ends.last_month)
        show(figure, f"levels {outcome} {place}", words)
        st.caption(f"{text('chart.band')} {definition_of(outcome)}")
        _table(found, lines, shown, is_difference=False)


def _table(
    found: FullRun, lines: Sequence[tuple[str, Comparison]], shown: Shown, *, is_difference: bool
) -> None:
    months = found.axes.months[1:]
    titles = [draft.title for draft in found.study.drafts]
    heads, columns = [text("common.month")], []
    if not is_difference:
        heads.append(text("common.reference"))
        columns.append(lines[0][1].reference)
    for title, (_, one) in zip(titles, lines, strict=True):
        heads += [title, text("chart.eight_in_ten")]
        columns.append(one.difference if is_difference else one.value)
    write = signed if is_difference else number
    rows = []
    for month, label in enumerate(months):
        cells = [month_text(label)]
        for position, values in enumerate(columns):
            known = values[:, month] * shown.scale
            cells.append(
                or_dash(float(np.mean(known)), write(float(np.mean(known)), shown.decimals))
            )
            if is_difference or position > 0:
                low, high = (float(bound[0]) for bound in spread(known))
                between = text(
                    "answer.range", low=write(low, shown.decimals), high=write(high, shown.decimals)
                )
                cells.append(or_dash(low, between))
        if any(cell != "–" for cell in cells[1:]):
            rows.append(cells)
    caption = f"{shown.label}, {shown.difference_axis if is_difference else shown.axis}"
    with st.expander(text("common.table"), icon=":material/table:"):
        table(heads, rows, caption, is_tall=True)


def flows(found: FullRun, scenario: int, place: str) -> None:
    """Who came into each pathway, under the reference and under the scenario."""
    base = found.experiment.reference.base
    names = [base.label_text("pathways", one, language()) for one in base.labels("pathways")]
    column = found.axes.territories.index(place)
    sides = {
        arm: flows_of(
            names,
            found.flows["oriented"][arm, column],
            found.flows["switched"][arm, column],
            found.flows["started"][arm, column],
        )
        for arm in (0, scenario)
    }
    if not sides[scenario]:
        return
    title = found.study.drafts[scenario - 1].title
    st.header(text("sankey.title", name=title, place=place_text(base, place)), anchor=False)
    before, after = (
        {(flow.source, flow.target): flow.persons for flow in sides[arm]} for arm in (0, scenario)
    )
    decimals = 1 if max((*before.values(), *after.values())) < FEW_PERSONS else 0
    listed = " ; ".join(
        text("sankey.flow", source=source, target=target, count=number(persons, decimals))
        for (source, target), persons in list(after.items())[:6]
    )
    rows = [
        [
            f"{source} → {target}",
            *(number(each, decimals) for each in (old, new)),
            signed(new - old, decimals),
        ]
        for source, target in dict.fromkeys((*after, *before))
        for old, new in [(before.get((source, target), 0.0), after.get((source, target), 0.0))]
    ]
    heads = [text("sankey.head"), text("common.reference"), title, text("preview.difference")]
    with st.container(key="wide flows"):
        show(
            sankey(sides[scenario], decimals),
            f"sankey {scenario} {place}",
            text("sankey.alternative", flows=listed),
        )
        with st.expander(text("common.table"), icon=":material/table:"):
            table(heads, rows, text("sankey.table"))
    # The names of the diagram do not fit side by side on a narrow screen: the table alone is shown.
    with st.container(key="narrow flows"):
        plain_lines(heads, rows, text("sankey.table"))
    st.caption(text("sankey.caption"))


def queues(found: FullRun, place: str) -> None:
    """Persons waiting for a caseworker, and persons supported for one post."""
    st.header(text("queue.title"), anchor=False)
    left, right = st.columns(2)
    with left:
        shown = Shown.of(QUEUE)
        lines = compared(found, QUEUE, place)
        st.html(f'<p class="field" style="margin:0">{typed(shown.label)}</p>')
        show(
            level_chart(lines, shown, effect_month(found)),
            f"queue {place}",
            text("queue.alternative", values=_ends(lines, shown)),
        )
        _table(found, lines, shown, is_difference=False)
    with right:
        loads = [
            (name, _load(found, position, place))
            for position, (name, _) in enumerate(compared(found, QUEUE, place), start=1)
        ]
        words = Shown(
            "load",
            text("queue.load"),
            text("unit.persons_per_fte"),
            text("unit.persons_per_fte"),
            1.0,
            0,
            False,
            True,
        )
        st.html(f'<p class="field" style="margin:0">{typed(words.label)}</p>')
        show(
            level_chart(loads, words, effect_month(found)),
            f"load {place}",
            text("queue.load_alternative", values=_ends(loads, words)),
        )
        _table(found, loads, words, is_difference=False)


def _load(found: FullRun, scenario: int, place: str) -> Comparison:
    """Persons supported for one decided post, month by month."""
    sides = []
    for arm in (0, scenario):
        posts = found.values(arm, STAFF, place)
        sides.append(
            np.divide(
                found.values(arm, SUPPORTED, place),
                posts,
                out=np.full_like(posts, np.nan),
                where=posts > 0.0,
            )
        )
    return Comparison(found.axes.months[1:], sides[0], sides[1])


def _ends(lines: Sequence[tuple[str, Comparison]], shown: Shown) -> str:
    """The last value of every line, for a text alternative."""
    reference = float(np.nanmean(lines[0][1].reference[:, -1])) * shown.scale
    parts = [f"{text('common.reference')} {number(reference, shown.decimals)}"]
    parts += [
        f"{name} {number(float(np.nanmean(one.value[:, -1])) * shown.scale, shown.decimals)}"
        for name, one in lines
    ]
    return ", ".join(parts)
