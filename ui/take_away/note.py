"""The two-page note as a tagged PDF (PDF/UA-1): question, answer, charts, hypotheses, replay."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import Literal

import numpy as np
import typst

from sim.version import package_version
from ui.ages import aged_text, start_day
from ui.answers import drawn_sentence, range_text, reasons_of, sentences_of, share_text
from ui.look import BADGES, unbroken
from ui.numbers import counted, day_text, month_text, number
from ui.outcome_words import Shown, place_text
from ui.pages.worth import break_even, literature_text
from ui.reports.picture_file import FONT_FOLDER, drawable
from ui.reports.why_words import means_text, reason_begun
from ui.sources import most_cited
from ui.spoken import language, text, texts, words
from ui.take_away.changes import changes_told
from ui.take_away.pictures import picture
from ui.take_away.replay import command
from ui.work.results import FullRun

TEMPLATE = Path(__file__).with_name("note.typ")
STANDARD: Literal["ua-1"] = "ua-1"
ROWS = (
    "caseload_households",
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "support_started_within_30_days_share",
    "contacts_held_per_person",
    "stock_job_within_12m_share",
    "entrants_job_within_12m_share",
    "jobs_started",
    "ruptures_within_6m_share",
)
SECOND = "wait_for_caseworker_days_mean"
MOST_SETTINGS, MOST_SOURCES = 7, 6
LONG_WORD, PART_OF_WORD = re.compile(r"\S{31,}"), 15
ZERO_WIDTH_SPACE = "\u200b"
PICTURE_SIZES = ((9.6, 4.7), (9.6, 4.2))


def note(found: FullRun, scenario: int, outcome: str, place: str) -> bytes:
    """The PDF of one scenario beside the reference."""
    second = SECOND if outcome != SECOND else ROWS[0]
    pictures = [
        picture(found, one, place, "svg", size)
        for one, size in zip((outcome, second), PICTURE_SIZES, strict=True)
    ]
    return compiled(_content(found, scenario, outcome, second, place), *pictures)


def compiled(content: Mapping[str, object], first: bytes, second: bytes) -> bytes:
    """The PDF of words, tables and two pictures (SVG). Words are data: none is a command."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(TEMPLATE, root / "note.typ")
        (root / "first.svg").write_bytes(first)
        (root / "second.svg").write_bytes(second)
        (root / "content.json").write_text(json.dumps(_unbroken(content)), encoding="utf-8")
        made = typst.compile(
            str(root / "note.typ"),
            root=str(root),
            font_paths=[FONT_FOLDER],
            format="pdf",
            pdf_standards=STANDARD,
        )
    return bytes(made)


def _content(
    found: FullRun, scenario: int, outcome: str, second: str, place: str
) -> dict[str, object]:
    base = found.experiment.reference.base
    title = found.study.drafts[scenario - 1].title
    months = found.axes.months
    where = place_text(base, place)
    answer = [
        *sentences_of(found, scenario, outcome, place),
        drawn_sentence(found),
    ]
    worth = break_even(found, scenario)
    frame = text(
        "note.frame",
        department=base.label,
        since=month_text(months[1]),
        last=month_text(months[-1]),
        count=number(found.count),
    )
    day = start_day(found.experiment.reference)
    if day is not None:
        frame += f" {text('note.start', day=aged_text(day, language()))}"
    return {
        "language": language(),
        "title": text("note.title", name=title),
        "author": text("app.title"),
        "keywords": ["RSA", base.label],
        "badge": text("app.projection").upper(),
        "frame": frame + (f" {text('note.partial')}" if found.results.is_cancelled else ""),
        "footer": text("note.footer", version=package_version(), day=day_text(date.today())),
        "heads": words("note.heads"),
        "question": text(
            "note.question", name=title, place=where, reference=_reference_title(found)
        ),
        "answer": answer,
        "why": _why(found, scenario, place),
        "table": {
            "head": [
                text("note.indicator"),
                text("common.reference"),
                text("preview.scenario"),
                text("note.range", share=share_text(found.count)),
            ],
            "rows": _rows(found, scenario, place),
        },
        "first_alt": _alternative(found, scenario, outcome, place),
        "second_alt": _alternative(found, scenario, second, place),
        "hypotheses": [
            *_settings(found, scenario),
            *([worth] if worth else []),
            text("note.literature", share=literature_text(found, scenario, "jobs_started", place)),
            _kinds(found),
        ],
        "limits": texts("limits.compare"),
        "sources": _sources(found),
        "replay_words": text("note.replay_words"),
        "replay": command(found),
    }


def _why(found: FullRun, scenario: int, place: str) -> dict[str, object]:
    """What holds back before and after the change, where the scenario is most pressed.

    Two sentences; none where nothing is told. The other territories are in the workbook.
    """
    told = reasons_of(found, scenario, place)
    after = max(
        (one for one in told if one.position), key=lambda one: one.needs[0].ratio, default=None
    )
    if after is None:
        return {"rows": []}
    base = found.experiment.reference.base
    where = place_text(base, after.territory)
    if len({one.territory for one in told}) > 1:
        where = text("note.most_pressed", place=where)
    names = (text("common.reference"), text("preview.scenario"))
    scenarios = found.experiment.scenarios
    return {
        "title": text("why.holds_back"),
        "place": where,
        "about": text("note.means", means=means_text(language())),
        "rows": [
            [names[one.position > 0], reason_begun(one, scenarios[one.position], language())]
            for one in told
            if one.territory == after.territory
        ],
    }


def _unbroken(content: object) -> object:
    """Every text of the content as it is written, with the spaces that must not break.

    The command has no space of that kind.
    """
    if isinstance(content, str):
        return LONG_WORD.sub(lambda found: _divided(found[0]), unbroken(drawable(content)))
    if isinstance(content, list):
        return [_unbroken(one) for one in content]
    if isinstance(content, Mapping):
        return {
            name: drawable(str(one)) if name == "replay" else _unbroken(one)
            for name, one in content.items()
        }
    return content


def _divided(word: str) -> str:
    """A word with places where a line may end, so that it never runs over the edge."""
    return ZERO_WIDTH_SPACE.join(wrap(word, PART_OF_WORD))


def _reference_title(found: FullRun) -> str:
    title = found.experiment.reference.title
    return title.fr if language() == "fr" else title.en


def _alternative(found: FullRun, scenario: int, outcome: str, place: str) -> str:
    shown = Shown.of(outcome)
    return text(
        "chart.alternative",
        indicator=shown.label,
        place=place_text(found.experiment.reference.base, place),
        answer=" ".join(sentences_of(found, scenario, outcome, place)),
    )


def _rows(found: FullRun, scenario: int, place: str) -> list[list[str]]:
    rows = []
    for outcome in ROWS:
        shown = Shown.of(outcome)
        before, after = found.whole(0, outcome, place), found.whole(scenario, outcome, place)
        if np.isnan(before).any() or np.isnan(after).any():
            continue
        rows.append(
            [
                shown.titled,
                number(float(before.mean()) * shown.scale, shown.decimals),
                number(float(after.mean()) * shown.scale, shown.decimals),
                range_text(after - before, shown),
            ]
        )
    return rows


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


def _sources(found: FullRun) -> list[str]:
    """The sources that most values of the department cite."""
    base = found.experiment.reference.base
    keys = (key for path in base.paths() for key in base.entry(path).source if key != "assumption")
    return [name for name, _ in most_cited(keys)[:MOST_SOURCES]]
