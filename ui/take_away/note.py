"""The note as a tagged PDF (PDF/UA-1): two pages to be signed, and an annex to check them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from sim.version import engine_version, package_version
from ui.ages import aged_text, start_day
from ui.answers import drawn_sentence, most_pressed, reasons_of, share_text
from ui.limit_words import turned
from ui.look import BADGES, unbroken
from ui.numbers import counted, day_text, month_text, number
from ui.options_words import answer_told, options_text
from ui.outcome_words import Shown, place_text
from ui.pages.worth import break_even, literature_text
from ui.reports.picture_file import drawable
from ui.reports.typesetting import divided, typeset
from ui.reports.why_words import means_text, reason_begun
from ui.sources import checkable_sources
from ui.spoken import language, text, texts, worded, words
from ui.take_away.changes import changes_told
from ui.take_away.decisions import decisions
from ui.take_away.funders import costs_of, funder_rows
from ui.take_away.odds import odds_rows
from ui.take_away.pictures import picture
from ui.take_away.replay import budget_command, command
from ui.take_away.told_apart import told_apart
from ui.work.options import options_of, outcome_line
from ui.work.results import FullRun
from ui.work.run_files import identity_of

TEMPLATE = Path(__file__).with_name("note.typ")
MOST_SETTINGS, MOST_SOURCES = 7, 8
PICTURE_SIZE = (9.6, 4.2)
AS_IT_IS = ("replay", "target", "identity")
"""Commands, addresses and digests: no space of them may be another one."""


def note(found: FullRun, scenario: int, outcome: str, place: str) -> bytes:
    """The PDF of one scenario beside the reference and the other options."""
    chart = picture(found, outcome, place, "svg", PICTURE_SIZE)
    return compiled(_content(found, scenario, outcome, place), chart)


def compiled(content: Mapping[str, object], chart: bytes) -> bytes:
    """The PDF of words, tables and a picture (SVG). Words are data: none is a command."""
    return typeset(TEMPLATE, _unbroken(content), chart)


def _content(found: FullRun, scenario: int, outcome: str, place: str) -> dict[str, object]:
    base = found.experiment.reference.base
    title = found.study.drafts[scenario - 1].title
    options = options_of(found, place)
    told = options_text(found, options)
    pressed = most_pressed(found, scenario, place)
    sources, others = checkable_sources(
        (key for path in base.paths() for key in base.entry(path).source), MOST_SOURCES
    )
    return {
        "language": language(),
        "title": text("note.title", name=title),
        "author": text("app.title"),
        "keywords": ["RSA", base.label],
        "badge": text("app.projection").upper(),
        "frame": _frame(found),
        "footer": text("note.footer", version=package_version(), day=day_text(date.today())),
        "heads": words("note.heads"),
        "question": _question(found, title, place),
        "answer": [
            *answer_told(found, outcome_line(found, outcome, place), scenario),
            *told_apart(options, told, scenario),
        ],
        "options": asdict(told),
        "why": _why(found, scenario, place),
        "cost": _cost(found, scenario),
        "odds": {
            "title": text("note.odds"),
            "unit": text("note.odds_unit", count=number(found.count)),
            "heads": ["", *_titles(found)],
            "rows": odds_rows(found, options, told),
            "note": drawn_sentence(found),
        },
        "chart_alt": _alternative(found, scenario, outcome, place),
        "limits": texts("limits.compare"),
        "decide": decisions(found, scenario, options, told, pressed and pressed[1]),
        "sign": texts("note.sign"),
        "hypotheses": [
            *_settings(found, scenario),
            text("note.literature", share=literature_text(found, scenario, "jobs_started", place)),
            _kinds(found),
        ],
        "sources": [_source(name, address) for name, address in sources],
        "sources_note": text("note.other_sources", count=others),
        "replay_words": text("note.replay_words"),
        "replay": [command(found), budget_command(found)],
        "identity": _identity(found),
    }


def _frame(found: FullRun) -> str:
    months = found.axes.months
    frame = text(
        "note.frame",
        department=found.experiment.reference.base.label,
        since=month_text(months[1]),
        last=month_text(months[-1]),
        count=number(found.count),
    )
    day = start_day(found.experiment.reference)
    if day is not None:
        frame += f" {text('note.start', day=aged_text(day, language()))}"
    return frame + (f" {text('note.partial')}" if found.results.is_cancelled else "")


def _titles(found: FullRun) -> list[str]:
    """The scenarios as the person named them."""
    return [draft.title for draft in found.study.drafts]


def _question(found: FullRun, title: str, place: str) -> str:
    base = found.experiment.reference.base
    known = {
        "name": title,
        "place": place_text(base, place),
        "reference": worded(found.experiment.reference.title),
    }
    others = [other for other in _titles(found) if other != title]
    if not others:
        return text("note.question", **known)
    listed = ", ".join(text("note.quoted", name=other) for other in others)
    return text("note.question_beside", **known, others=listed)


def _why(found: FullRun, scenario: int, place: str) -> dict[str, object]:
    """What holds back before and after the change, where the scenario is most pressed.

    The sentence of the page, and a line for each side where anything is short; an empty ``lead``
    where nothing is told. The other territories are in the workbook.
    """
    pair = most_pressed(found, scenario, place)
    if pair is None:
        return {"lead": "", "rows": []}
    where = place_text(found.experiment.reference.base, pair[1].territory)
    scenarios = [found.experiment.scenarios[one.position] for one in pair]
    lead = turned(*pair, scenarios, found.study.drafts[scenario - 1].title, where)
    if len({one.territory for one in reasons_of(found, scenario, place)}) > 1:
        where = text("note.most_pressed", place=where)
    names = (text("common.reference"), text("preview.scenario"))
    return {
        "title": text("why.holds_back"),
        "place": where,
        "lead": lead,
        "about": text("note.means", means=means_text(language())),
        "rows": [
            [name, reason_begun(one, chosen, language())]
            for name, one, chosen in zip(names, pair, scenarios, strict=True)
            if any(each.bottleneck for each in pair)
        ],
    }


def _cost(found: FullRun, scenario: int) -> dict[str, object]:
    """Net cost by funder; no rows in a run without money."""
    if found.money is None:
        return {"rows": []}
    months = len(found.axes.months) - 1 - found.experiment.since
    worth = break_even(found, scenario)
    return {
        "title": text("note.cost"),
        "unit": text("note.cost_unit", months=months, share=share_text(found.count)),
        "heads": [text("note.funder"), *_titles(found)],
        "rows": funder_rows(costs_of(found)),
        "notes": [worth] if worth else [],
    }


def _source(name: str, address: str) -> dict[str, str]:
    return {"name": name, "address": address, "target": address}


def _identity(found: FullRun) -> list[list[str]]:
    """The digests by which a reader sees that she has the same run before her."""
    names = [worded(found.experiment.reference.title), *_titles(found)]
    prints = [
        [text("note.identity_scenario", name=name), scenario.fingerprint()[:16]]
        for name, scenario in zip(names, found.experiment.scenarios, strict=True)
    ]
    return [
        [text("note.identity_run"), identity_of(found.study)],
        [text("note.identity_model"), engine_version()[:16]],
        *prints,
    ]


def _unbroken(content: object) -> object:
    """Every text of the content as it is written, with the spaces that must not break."""
    if isinstance(content, str):
        return divided(unbroken(drawable(content)))
    if isinstance(content, list | tuple):
        return [_unbroken(one) for one in content]
    if isinstance(content, Mapping):
        return {
            name: _drawn(one) if name in AS_IT_IS else _unbroken(one)
            for name, one in content.items()
        }
    return content


def _drawn(content: object) -> object:
    """The same texts, with every sign of them one that can be set."""
    return [_drawn(one) for one in content] if isinstance(content, list) else drawable(str(content))


def _alternative(found: FullRun, scenario: int, outcome: str, place: str) -> str:
    shown = Shown.of(outcome)
    return text(
        "chart.alternative",
        indicator=shown.label,
        place=place_text(found.experiment.reference.base, place),
        answer=" ".join(answer_told(found, outcome_line(found, outcome, place), scenario)),
    )


def _settings(found: FullRun, scenario: int) -> list[str]:
    """What the scenario changes, as far as a page holds it."""
    own = found.study.drafts[scenario - 1].values
    listed = changes_told(found.experiment.scenarios[scenario], own)
    if len(listed) > MOST_SETTINGS:
        rest = len(listed) - MOST_SETTINGS
        listed = [*listed[:MOST_SETTINGS], counted("note.more_settings", rest)]
    return listed


def _kinds(found: FullRun) -> str:
    base = found.experiment.reference.base
    counts = Counter(str(base.entry(path).kind) for path in base.paths())
    kinds = {kind: counts[kind] for kind in BADGES}
    return text("method.numbers", department=base.label, total=sum(counts.values()), **kinds)
