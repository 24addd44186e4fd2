"""What weighs most on an outcome: levers and hypotheses from studies, by size of their effect."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiments.literature import LITERATURE
from ui import elements as st
from ui.charts.frame import show
from ui.charts.tornado import Bar, tornado
from ui.look import answer, table, typed
from ui.numbers import PER_CENT, number, signed
from ui.outcome_words import Shown, label_of
from ui.pages.choosing import choose_scenario, choose_territory
from ui.pages.following import basis, follow, small_badges
from ui.spoken import language, text
from ui.study.session import study
from ui.work.asking import Found, read_answer
from ui.work.small_world import scenario_of_study
from ui.work.weighing import (
    MOST_FACTORS,
    OUTCOMES,
    SIZES,
    Offered,
    Weighed,
    design_of,
    offered,
)


def weigh_section() -> None:
    """The question, its progress and its answer."""
    st.html(f'<p class="lead">{typed(text("weigh.lead"))}</p>')
    weighed = _question()
    if weighed is None:
        return
    found = follow(weighed, lambda: design_of(weighed), read_answer, "weigh")
    if found is not None and found.bars:
        _answer(weighed, found)


def _question() -> Weighed | None:
    """What is asked; None while the choice of factors is empty or too long."""
    present = study()
    outcomes = {name: label_of(name) for name in OUTCOMES}
    first, second = st.columns(2)
    with first:
        outcome = st.selectbox(
            text("weigh.outcome"),
            list(outcomes),
            format_func=lambda each: outcomes[each],
            key="weigh outcome",
        )
        place = choose_territory(present, "weigh")
    with second:
        position, asked = choose_scenario(present, "weigh")
        method = st.radio(
            text("weigh.method"),
            list(SIZES),
            format_func=lambda each: text(f"weigh.method_{each}"),
            key="weigh method",
        )
    factors = _factors(offered(scenario_of_study(asked), place), f"{place} {position}")
    if not 0 < len(factors) <= MOST_FACTORS:
        words = text("weigh.none" if not factors else "weigh.too_many", most=MOST_FACTORS)
        st.info(words, icon=":material/info:")
        return None
    return Weighed(
        study=asked,
        territory=place,
        outcome=str(outcome),
        factors=tuple(factors),
        method="sobol" if method == "sobol" else "morris",
    )


def _factors(known: Sequence[Offered], where: str) -> list[str]:
    """The paths that are ticked, levers on the left, hypotheses from studies on the right."""
    st.html(f'<p class="field" style="margin:.2rem 0">{typed(text("weigh.factors"))}</p>')
    left, right = st.columns(2)
    chosen = []
    for side, title, kinds in (
        (left, "weigh.levers", ("choice", "context")),
        (right, "weigh.hypotheses", (LITERATURE,)),
    ):
        with side:
            st.strong(text(title))
            for one in known:
                if one.kind in kinds and st.checkbox(
                    one.name[language()], one.is_usual, key=f"weigh {where} {one.path}"
                ):
                    chosen.append(one.path)
    return chosen


def _answer(weighed: Weighed, found: Found) -> None:
    spoken = language()
    small_badges()
    answer([found.title[spoken], *found.findings[spoken], _rests_on(found)])
    bars = _bars(weighed, found)
    shown = Shown.of(weighed.outcome)
    is_morris = weighed.method == "morris"
    figure = tornado(
        bars,
        shown.difference_axis if is_morris else text("weigh.axis_sobol"),
        (text("weigh.legend_lever"), text("weigh.legend_hypothesis")),
    )
    words = " ".join(text("weigh.bar", name=bar.name, value=bar.written) for bar in bars)
    show(figure, "tornado", text("weigh.alternative", title=found.title[spoken], bars=words))
    st.html(
        f'<p class="field" style="margin:0">{typed(text(f"weigh.caption_{weighed.method}"))}</p>'
    )
    heads, *rows = found.table[spoken]
    kinds = [text(f"weigh.kind_{bar['kind']}") for bar in found.bars]
    table(
        [heads[0], text("weigh.kind"), *heads[1:]],
        [[row[0], kind, *row[1:]] for row, kind in zip(rows, kinds, strict=True)],
        text("weigh.table"),
    )
    basis(found.basis[language()])


def _rests_on(found: Found) -> str:
    """Whether the heaviest factor is a lever of the department or a hypothesis from studies."""
    clear = [bar for bar in found.bars if not bar["is_unclear"]]
    if not any(bar["kind"] == LITERATURE for bar in found.bars):
        return text("weigh.no_hypothesis")
    if not clear:
        return ""
    is_literature = clear[0]["kind"] == LITERATURE
    return text("weigh.first_is_hypothesis" if is_literature else "weigh.first_is_lever")


def _bars(weighed: Weighed, found: Found) -> list[Bar]:
    shown = Shown.of(weighed.outcome)
    is_morris = weighed.method == "morris"
    scale = shown.scale if is_morris else PER_CENT
    bars = []
    for one in found.bars:
        value = scale * _number(one["mean"] if is_morris else one["size"])
        low, high = (scale * _number(one[end]) for end in ("low", "high"))
        written = (
            f"{signed(value, shown.decimals)} {shown.difference_unit}".strip()
            if is_morris
            else f"{number(max(0.0, value), 0)} %"
        )
        bars.append(
            Bar(
                name=_word(one["name"]),
                span=_word(one["span"]),
                value=value,
                low=low if low == low else value,
                high=high if high == high else value,
                written=written,
                is_literature=one["kind"] == LITERATURE,
            )
        )
    return bars


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


def _word(value: object) -> str:
    return str(value[language()]) if isinstance(value, dict) else ""
