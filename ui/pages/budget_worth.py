"""What one more result costs: net cost for a job, gross and net of displacement, break-even."""

from __future__ import annotations

from sim.money.cost_effectiveness import CostEffectiveness, PriceOfResult, cost_effectiveness
from ui import elements as st
from ui.answers import between
from ui.look import badge, table, typed
from ui.numbers import PER_CENT, euros, number
from ui.reports.budget.cost_views import saved_text
from ui.reports.budget.names import result_name
from ui.spoken import language, text
from ui.work.money import money_of
from ui.work.results import SHARE, FullRun


def worth_of(found: FullRun, scenario: int) -> CostEffectiveness:
    """What a scenario costs and reaches beside the reference."""
    return cost_effectiveness(money_of(found), found.experiment.since, share=SHARE)[scenario - 1]


def saved_told(one: CostEffectiveness) -> str:
    """What exits to work and each sanction save, always told together."""
    return saved_text(one, language())


def price_of_results(one: CostEffectiveness) -> None:
    """A table of results, each with its effect and its price (or why it has none)."""
    st.header(text("price.title"), anchor=False)
    st.html(badge("literature"))
    heads = [text(f"price.head_{name}") for name in ("result", "effect", "price")]
    heads.append(text("results_priced.no_effect"))
    rows = []
    for price in one.results:
        rows.append(_row(price))
        if not price.is_net_of_displacement:
            rows += _apart(price.effect_name, one)
    table(heads, rows, text("price.caption"), is_text=True)
    note = text("price.note", percent=number(PER_CENT * one.displacement_share))
    told = [note, text("results_priced.apart"), _break_even(one)]
    if one.unknown:
        names = ", ".join(result_name(name, language()) for name in one.unknown)
        told.append(text("results_priced.unknown", names=names))
    st.html(f'<p class="field" style="margin:0">{" ".join(typed(each) for each in told)}</p>')


def _row(one: PriceOfResult) -> list[str]:
    kind = "price.net" if one.is_net_of_displacement else "price.gross"
    low, high = number(one.effect.low, 1), number(one.effect.high, 1)
    if one.ratio is None:
        price = text(f"no_price.{one.why_no_price}")
    else:
        price = between(euros(one.ratio.low), euros(one.ratio.high))
    name = result_name(one.effect_name, language())
    return [
        text("price.named", name=f"{name[:1].upper()}{name[1:]}", kind=text(kind)),
        between(low, high),
        price,
        f"{number(PER_CENT * one.no_effect_probability)} %",
    ]


def _apart(name: str, one: CostEffectiveness) -> list[list[str]]:
    """The gross effect on each population; their cost is not told apart."""
    return [
        [
            text(f"results_priced.{population}"),
            between(number(effects[name].low, 1), number(effects[name].high, 1)),
            "–",
            "–",
        ]
        for population, effects in one.effects_of.items()
        if name in effects
    ]


def _break_even(one: CostEffectiveness) -> str:
    if one.break_even_year is None:
        return text("price.no_break_even")
    return text("price.break_even", year=one.break_even_year)
