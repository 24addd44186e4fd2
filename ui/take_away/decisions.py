"""What a note leaves to those who decide: choices that follow from the numbers, without advice."""

from __future__ import annotations

from sim.experiments.why import Why
from ui.numbers import counted, day_text
from ui.options_words import OptionsText
from ui.outcome_words import place_text
from ui.reports.why_words import limit_text
from ui.spoken import language, text
from ui.work.options import COST, Options
from ui.work.results import FullRun


def decisions(
    found: FullRun, scenario: int, options: Options, told: OptionsText, pressed: Why | None
) -> list[str]:
    """The choices that are left; ``pressed``: what holds back most under the scenario."""
    name = found.study.drafts[scenario - 1].title
    listed = [_which(found, scenario, name)]
    if pressed is not None and pressed.bottleneck is not None:
        chosen = found.experiment.scenarios[scenario]
        limit = limit_text(pressed.bottleneck, chosen, language())
        place = place_text(found.experiment.reference.base, pressed.territory)
        listed.append(text("decide.bottleneck", name=name, place=place, limit=limit))
    verdicts = {line.key: line.cells[scenario - 1].verdict for line in options.lines}
    words = {line.key: line for line in told.lines}
    if verdicts[COST] == "dearer":
        cell = words[COST].cells[scenario - 1]
        cost = text("decide.cost_with", cost=cell.difference, interval=cell.interval)
        listed.append(text("decide.cost", cost=cost, months=options.months))
    untold = sum(verdict == "untold" for verdict in verdicts.values())
    if untold:
        listed.append(counted("decide.untold", untold))
    return [*listed, text("decide.direction"), text("decide.figures")]


def _which(found: FullRun, scenario: int, name: str) -> str:
    drafts = found.study.drafts
    if len(drafts) > 1:
        return text("decide.which", count=len(drafts), name=name)
    days = found.experiment.scenarios[scenario].days_of_change
    if not days:
        return text("decide.whether", name=name)
    return text("decide.whether_from", name=name, day=day_text(days[0]))
