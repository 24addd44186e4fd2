"""All that a budget answers: what is shown, and the object of ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from sim.experiments.why import Why
from sim.language import Language
from sim.money.budget.landing import Landing, Overrun
from sim.money.budget.level import by_share
from sim.money.budget.quantiles import YearQuantiles, allowance_quantiles
from sim.money.budget.table import TOTAL, Budget, cells
from sim.money.cost_effectiveness import CostEffectiveness
from sim.remarks import Remark
from ui.reports.budget.assumptions import doubt_text
from ui.reports.budget.cost_views import cost_view, results_view
from ui.reports.budget.entered import entered_view, entry_rows
from ui.reports.budget.paper import Paper, paper_of
from ui.reports.budget.quantiles import quantiles_view
from ui.reports.budget.remarks import budget_remarks
from ui.reports.budget.views import View, views
from ui.reports.budget.why_view import why_view
from ui.reports.why_words import shown_reasons


@dataclass(frozen=True)
class BudgetAnswer:
    """Everything that is shown and written."""

    budget: Budget
    landings: list[Landing]
    overruns: list[Overrun]
    prices: tuple[CostEffectiveness, ...]

    def remarks(self) -> tuple[Remark, ...]:
        """What has to be known of what the planner entered."""
        return budget_remarks(self.budget, self.overruns)

    @cached_property
    def quantiles(self) -> list[YearQuantiles]:
        """How far the department's allowance of each year may lie from what is expected."""
        return allowance_quantiles(self.budget, self.overruns)

    @cached_property
    def reasons(self) -> tuple[Why, ...]:
        """What holds each scenario back, read in the runs that are priced."""
        return shown_reasons(self.budget.runs)

    def paper(
        self, replay: str, remarks: Sequence[Remark] = (), language: Language = "fr"
    ) -> Paper:
        """What the documents print; ``replay``: the command that gives the same numbers again."""
        return paper_of(self.budget, self.landings, self.overruns, replay, remarks, language)

    def shown(self, language: Language = "fr") -> list[View]:
        """The tables, in the order in which a planner reads them."""
        found = views(self.budget, self.landings, language)
        if self.quantiles:
            found.append(quantiles_view(self.budget, self.quantiles, language))
        if entry_rows(self.budget):
            found.append(entered_view(self.budget, language))
        for position, price in enumerate(self.prices, start=1):
            found += [
                cost_view(self.budget, position, price, language),
                results_view(self.budget, position, price, language),
            ]
        reasons = why_view(self.budget, self.reasons, language)
        return found if reasons is None else [*found, reasons]


def budget_record(answer: BudgetAnswer, replay: str, folder: Path | None) -> dict[str, object]:
    """The object of ``--json``."""
    found = answer.budget
    return {
        "command": "budget",
        "scenarios": list(found.names),
        "years": list(found.years),
        "replications": found.replications,
        "seed": found.runs.experiment.seed,
        "folder": None if folder is None else str(folder),
        "replay": replay,
        "upratings": {str(day): share for day, share in found.runs.upratings.items()},
        "interval": {"level": found.share, "meaning": doubt_text(found)},
        "rows": [asdict(cell) for cell in cells(found)],
        "by_funder": {
            funder: [asdict(cell) for cell in cells(found, funder=funder) if cell.row == TOTAL]
            for funder in found.runs.first.funders
        },
        "received": dict(found.received),
        "insertion": [
            {**asdict(one), "difference_eur": one.difference_eur} for one in found.entered
        ],
        "landings": [asdict(one) for one in answer.landings],
        "overruns": [asdict(one) for one in answer.overruns],
        "quantiles": [
            {**asdict(one), "quantiles_eur": by_share(one.quantiles_eur)}
            for one in answer.quantiles
        ],
        "since": found.runs.experiment.since_label,
        "prices": [_price_record(price) for price in answer.prices],
        "why": [one.record() for one in answer.reasons],
    }


def _price_record(price: CostEffectiveness) -> dict[str, object]:
    """A price without its samples; spreads as objects with names."""

    def plain(value: object) -> object:
        if hasattr(value, "_asdict"):
            return value._asdict()
        if isinstance(value, dict):
            return {str(key): plain(item) for key, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, list) else value

    record = {key: plain(value) for key, value in vars(price).items() if key != "samples"}
    record["saved"] = plain(price.saved)
    record["results"] = [
        {key: plain(value) for key, value in vars(one).items()} for one in price.results
    ]
    return record
