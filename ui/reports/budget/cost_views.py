"""The price of results: cost, effect, ratio or why there is none, savings by cause."""

from __future__ import annotations

import math

from sim.language import Language
from sim.money.budget.table import Budget
from sim.money.cost_effectiveness import CostEffectiveness, PriceOfResult, Spread
from sim.money.costs.causes import CAUSES
from ui.reports.budget.names import cause_name, funder_name, result_name
from ui.reports.budget.views import View, percent, scenario_title, signed
from ui.reports.wording import number_text
from ui.texts import said, said_each
from ui.texts.figures import bracketed


def cost_rows(found: CostEffectiveness, language: Language = "fr") -> list[tuple[str, Spread]]:
    """Items of the cost by name, euro against the reference."""

    def row(key: str, spread: Spread, **words: str) -> tuple[str, Spread]:
        return said(f"budget_price.{key}", language, **words), spread

    return [
        row("spent", found.spent),
        row("cost", found.cost),
        row("of_department", found.department),
        *(
            row("of_funder", one, funder=funder_name(name, language))
            for name, one in found.others.items()
        ),
        *(
            row("allowance", found.allowance_by_cause[cause], cause=cause_name(cause, language))
            for cause in CAUSES
        ),
        row("sanctions", found.sanctions),
        row("repaid", found.repaid),
        row("price", found.price),
    ]


def cost_view(
    budget: Budget, position: int, found: CostEffectiveness, language: Language = "fr"
) -> View:
    """Net cost and who bears it, then the difference of the allowance by cause."""
    rows = [(label, *_euro(spread, language)) for label, spread in cost_rows(found, language)]
    year = found.break_even_year
    last = max(found.cumulative)
    even = "not_even" if year is None else "even"
    title = scenario_title(budget, position, language)
    return View(
        said("budget_price.title", language, title=title),
        said("budget_price.unit", language, months=found.months),
        said_each("budget_price.heads", language, percent=percent(found)),
        tuple(rows),
        frozenset({1}),
        said(f"budget_price.{even}", language, year=year, last=last),
        said("budget_price.sheet", language, position=position),
    )


def results_view(
    budget: Budget, position: int, found: CostEffectiveness, language: Language = "fr"
) -> View:
    """What one more result costs, gross and net of displacement; the effect by population."""
    rows: list[tuple[str, ...]] = []
    for one in found.results:
        rows.append(_result_row(one, language))
        if not one.is_net_of_displacement:
            rows += _apart_rows(one.effect_name, found, language)
    share = number_text(found.displacement_share, "share", language)
    notes = [
        saved_text(found, language),
        said("budget_price.net_note", language, share=share),
        said("results_priced.apart", language),
    ]
    if found.unknown:
        names = ", ".join(result_name(name, language) for name in found.unknown)
        notes.append(said("results_priced.unknown", language, names=names))
    if found.struck_off_years.mean:
        years = number_text(found.struck_off_years.mean, "fte", language)
        notes.append(said("budget_price.struck_off", language, years=years))
    notes.append(literature_text(found, language))
    title = scenario_title(budget, position, language)
    return View(
        said("budget_price.results", language, title=title),
        said("budget_price.results_unit", language),
        said_each(
            "budget_price.results_heads",
            language,
            percent=percent(found),
            no_effect=said("results_priced.no_effect", language),
        ),
        tuple(rows),
        note=" ".join(notes),
        sheet=said("budget_price.results_sheet", language, position=position),
    )


def saved_text(found: CostEffectiveness, language: Language = "fr") -> str:
    """What exits to work and each sanction save of the allowance, always told together."""
    words = {}
    for cause, one in found.saved.items():
        value, ends = _euro(one, language)
        words[cause] = f"{value} k€ {ends}"
    return said("results_priced.saved", language, months=found.months, **words)


def literature_text(found: CostEffectiveness, language: Language = "fr") -> str:
    """How much of the gain of jobs started rests on sizes of effects read in the literature."""
    if found.literature_share is None:
        return said("budget_price.no_literature", language)
    share = number_text(found.literature_share, "share", language)
    return said("budget_price.literature", language, share=share)


def _result_row(one: PriceOfResult, language: Language) -> tuple[str, ...]:
    if one.ratio is None:
        price = no_price_text(one, language)
    else:
        ends = (_whole(end, language) for end in (one.ratio.low, one.ratio.high))
        price = f"{_whole(one.ratio.mean, language)} €\n{bracketed(ends, language)}"
    below = "\n".join(
        said("budget_price.below", language, eur=_whole(eur, language), chance=_percent(chance))
        for eur, chance in one.below.items()
    )
    return (
        result_name(one.effect_name, language),
        said("budget_price.net" if one.is_net_of_displacement else "budget_price.gross", language),
        number_text(one.effect.mean, "fte", language),
        _ends(one.effect, language),
        _percent(one.no_effect_probability),
        price,
        below,
    )


def _apart_rows(name: str, found: CostEffectiveness, language: Language) -> list[tuple[str, ...]]:
    """The gross effect on each population, which has no price of its own."""
    return [
        (
            said(f"results_priced.{population}", language),
            said("budget_price.gross", language),
            number_text(effects[name].mean, "fte", language),
            _ends(effects[name], language),
            "–",
            "–",
            "–",
        )
        for population, effects in found.effects_of.items()
        if name in effects
    ]


def no_price_text(one: PriceOfResult, language: Language = "fr") -> str:
    """Why a result has no price, in words."""
    return said(f"no_price.{one.why_no_price}", language)


def _ends(one: Spread, language: Language) -> str:
    if math.isnan(one.low):
        return "–"
    ends = (number_text(end, "fte", language) for end in (one.low, one.high))
    return bracketed(ends, language)


def _euro(one: Spread, language: Language) -> tuple[str, str]:
    is_unknown = math.isnan(one.low)
    ends = (signed(end, language) for end in (one.low, one.high))
    return signed(one.mean, language), "–" if is_unknown else bracketed(ends, language)


def _whole(value: float, language: Language) -> str:
    return number_text(value, "number", language)


def _percent(chance: float) -> str:
    if math.isnan(chance):
        return "–"
    in_hundred = 100.0 * chance
    if 0.0 < in_hundred < 1.0:
        return "< 1 %"
    return "> 99 %" if 99.0 < in_hundred < 100.0 else f"{in_hundred:.0f} %"
