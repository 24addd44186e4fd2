"""What one more result costs: net cost for a job, gross and net of displacement, break-even."""

from __future__ import annotations

from sim.money.cost_effectiveness import CostEffectiveness, PriceOfResult, cost_effectiveness
from ui import elements as st
from ui.answers import between
from ui.look import badge, table, typed
from ui.numbers import PER_CENT, euros, number
from ui.spoken import text
from ui.work.money import money_of
from ui.work.results import SHARE, FullRun


def price_of_results(found: FullRun, scenario: int) -> None:
    """A table of results, each with its effect and its price (or why it has none)."""
    runs = money_of(found)
    since = found.experiment.since
    one = cost_effectiveness(runs, since, share=SHARE)[scenario - 1]
    st.subheader(text("price.title"), anchor=False)
    st.html(badge("literature"))
    heads = [text(f"price.head_{name}") for name in ("result", "effect", "price", "no_effect")]
    table(heads, [_row(price) for price in one.results], text("price.caption"), is_text=True)
    note = text("price.note", percent=number(PER_CENT * one.displacement_share))
    st.html(f'<p class="field" style="margin:0">{typed(note)} {typed(_break_even(one))}</p>')


def _row(one: PriceOfResult) -> list[str]:
    kind = "price.net" if one.is_net_of_displacement else "price.gross"
    low, high = number(one.effect.low, 1), number(one.effect.high, 1)
    if one.is_saving:
        price = text("price.saving")
    elif one.ratio is None:
        price = text("price.none")
    else:
        price = between(euros(one.ratio.low), euros(one.ratio.high))
    return [
        text("price.named", name=text(f"price.{one.effect_name}"), kind=text(kind)),
        between(low, high),
        price,
        f"{number(PER_CENT * one.no_effect_probability)} %",
    ]


def _break_even(one: CostEffectiveness) -> str:
    if one.break_even_year is None:
        return text("price.no_break_even")
    return text("price.break_even", year=one.break_even_year)
