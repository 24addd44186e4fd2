"""The experiments of the command line: what each was, its files, one outcome by month."""

from __future__ import annotations

from collections.abc import Sequence

from sim.batch.monthly import MonthlyRange
from sim.batch.store import Store
from sim.errors import InputError
from sim.outcomes.definitions import outcome_definitions
from sim.outcomes.table import ALL
from sim.policy import shipped_scenarios
from ui import elements as st
from ui.charts.frame import show
from ui.charts.ranges import NamedRange, range_chart
from ui.downloads import CSV, EXCEL, File, downloads
from ui.look import badge, projection_badges, table, typed, unbroken
from ui.numbers import counted, month_text, number
from ui.outcome_words import Shown, amount_text, label_of, place_text, unit_word
from ui.spoken import language, text
from ui.study import departments
from ui.study.references import shipped
from ui.work.batches import (
    MOST_SETTINGS,
    Batch,
    batches,
    file_of,
    known,
    monthly,
    settings_of,
    store,
    unreadable,
)

COMMAND = "caseload batch plan.yaml"
KEEP_SECONDS = 10


def batches_section() -> None:
    """The list, then one experiment of it."""
    found = _batches(store())
    broken = unreadable()
    if broken:
        labels = ", ".join(broken)
        st.warning(text("batches.unreadable", names=labels), icon=":material/warning:")
    if not found:
        st.html(f'<p class="field" style="margin:0">{typed(text("batches.none"))}</p>')
        st.code(COMMAND, language=None)
        return
    st.caption(unbroken(text("batches.help")))
    names = ("name", "department", "scenarios", "factors", "runs", "state", "date")
    table(
        [text(f"batches.head_{name}") for name in names],
        [_row(one) for one in found],
        text("batches.caption"),
        is_text=True,
    )
    position = st.selectbox(
        text("batches.choose"),
        range(len(found)),
        format_func=lambda each: _title(found[each]),
        key="batch",
    )
    _one(found[int(position or 0)])


@st.cache_data(ttl=KEEP_SECONDS, show_spinner=False, hash_funcs={Store: lambda one: str(one.root)})
def _batches(place: Store) -> list[Batch]:
    return batches(place)


def _title(one: Batch) -> str:
    return f"{one.title or one.name} ({one.label.rpartition('-')[2]})"


def _department(one: Batch) -> str:
    known_ones = departments()
    return known_ones[one.department].label if one.department in known_ones else one.department


def _row(one: Batch) -> list[str]:
    when = one.when.astimezone().strftime("%d/%m/%Y %H:%M") if one.when else "–"
    return [
        _title(one),
        _department(one),
        ", ".join(map(_scenario, one.scenarios)),
        ", ".join(_named_unit(*factor) for factor in one.factors) or "–",
        text(
            "batches.runs",
            done=number(one.runs_done),
            runs=number(one.runs),
            settings=number(one.settings),
            draws=number(max(one.draws, 1)),
            seeds=number(one.seeds),
        ),
        text(f"batches.status_{one.status}"),
        when,
    ]


def _named_unit(name: str, unit: str) -> str:
    word = unit_word(unit)
    return f"{name} ({word})" if word else name


def _setting(factors: Sequence[tuple[str, str, str]]) -> str:
    return ", ".join(f"{name} = {_amount(value, unit)}" for name, value, unit in factors)


def _amount(value: str, unit: str) -> str:
    try:
        return amount_text(float(value), unit)
    except ValueError:
        return value


def _scenario(name: str) -> str:
    """The title of a shipped scenario, else its name in the plan."""
    if name not in shipped_scenarios():
        return name
    title = shipped(name).title
    return title.fr if language() == "fr" else title.en


def _one(batch: Batch) -> None:
    """One outcome of an experiment by month, with its downloads."""
    if batch.damages:
        files = ", ".join(batch.damages)
        st.error(text("batches.damaged", files=files), icon=":material/error:")
        return
    try:
        outcomes, territories = known(batch)
        settings = settings_of(batch)
    except InputError:
        outcomes, territories, settings = (), (), []
    outcomes = tuple(name for name in outcome_definitions() if name in outcomes)
    if not outcomes:
        st.info(text("batches.no_months"), icon=":material/info:")
        return
    first, second = st.columns(2)
    names = {name: label_of(name) for name in outcomes}
    with first:
        outcome = st.selectbox(
            text("compare.indicator"),
            outcomes,
            format_func=lambda each: names[each],
            key=f"batch outcome {batch.label}",
        )
    with second:
        places = {one: _place(batch, one) for one in (ALL, *territories) if one in territories}
        place = st.selectbox(
            text("export.place"),
            list(places),
            format_func=lambda each: places[each],
            key=f"batch territory {batch.label}",
        )
    setting = 0
    if len(settings) > 1:
        setting = int(
            st.selectbox(
                text("batches.setting"),
                range(len(settings)),
                format_func=lambda each: _setting(settings[each]),
                key=f"batch setting {batch.label}",
            )
            or 0
        )
        if batch.settings > MOST_SETTINGS:
            st.caption(counted("batches.more_settings", batch.settings - MOST_SETTINGS))
    _months(batch, str(outcome), str(place), setting)
    _downloads(batch, str(outcome))


def _place(batch: Batch, place: str) -> str:
    known_ones = departments()
    if batch.department not in known_ones:
        return place
    base = known_ones[batch.department]
    return place_text(base, place) if place in (ALL, *base.labels("territories")) else place


def _months(batch: Batch, outcome: str, place: str, setting: int) -> None:
    try:
        found = monthly(batch, outcome, place, setting)
    except InputError:
        st.info(text("batches.no_months"), icon=":material/info:")
        return
    shown = Shown.of(outcome)
    labels = [badge("count", text("batches.badge", count=max(found[0].runs)))]
    if batch.share != 1.0:
        labels.append(badge("preview", text("run.badge_share", percent=number(100 * batch.share))))
    if batch.status != "complete":
        labels.append(badge("preview", text(f"batches.status_{batch.status}")))
    projection_badges(*labels)
    named = [_named(one, shown) for one in found]
    figure = range_chart(named, shown.axis, shown.unit, shown.decimals, from_zero=shown.from_zero)
    words = text("batches.alternative", indicator=shown.label, place=_place(batch, place))
    show(figure, f"batch {batch.label}", words)
    kind = "batches.band_draws" if batch.draws else "batches.band_seeds"
    st.html(f'<p class="field" style="margin:0">{typed(text(kind))}</p>')
    heads = [text("common.month")]
    for one in found:
        heads += [_scenario(one.scenario), text("batches.low"), text("batches.high")]
    rows = []
    for month in sorted({month for one in found for month in one.months}):
        cells = [month_text(month)]
        for line in named:
            known_here = month in line.months
            at = line.months.index(month) if known_here else 0
            cells += [
                number(values[at], shown.decimals) if known_here else "–"
                for values in (line.mean, line.low, line.high)
            ]
        rows.append(cells)
    with st.expander(text("common.table"), icon=":material/table:"):
        table(heads, rows, shown.titled, is_tall=True)


def _named(one: MonthlyRange, shown: Shown) -> NamedRange:
    def scaled(values: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(shown.scale * value for value in values)

    return NamedRange(
        _scenario(one.scenario), one.months, scaled(one.mean), scaled(one.low),
        scaled(one.high),
    )  # fmt: skip


def _downloads(batch: Batch, outcome: str) -> None:
    is_french = language() == "fr"
    downloads(
        (
            File(
                text("batches.csv"),
                f"{batch.name}_{outcome}.csv",
                CSV,
                ":material/csv:",
                lambda: file_of(batch, "csv", outcome, is_french),
            ),
            File(
                text("batches.excel"),
                f"{batch.name}_{outcome}.xlsx",
                EXCEL,
                ":material/table_view:",
                lambda: file_of(batch, "xlsx", outcome, is_french),
            ),
        ),
        "batch files",
    )
    st.html(f'<p class="field" style="margin:0">{typed(text("batches.files_help"))}</p>')
