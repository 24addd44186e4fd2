"""A forecast as one HTML page in French, without links: answer, figures, table, doubt."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from pathlib import Path as File
from string import Template

from forecast.level import VERIFIED_MONTHS
from forecast.outcome import (
    DIFFERENCE,
    LEVEL,
    PARTS,
    QUANTILES,
    SCENARIO,
    Outlook,
    Path,
)
from sim.plain_text import escaped
from sim.version import package_version
from ui.reports.forecast.figures import PAGE, forecast_word, part_label
from ui.reports.remarks import remark_text
from ui.reports.summary import TEMPLATE as REPORT
from ui.reports.wording import (
    difference_text,
    html_text,
    interval_text,
    label_text,
    number_text,
)
from ui.texts import at

TEMPLATE = File(__file__).with_name("page.html")
SHOWN_MONTHS = (1, 3, 6, 12, 18, 24, 36, 48, 60)
YEARS = (12, 24)
UNIT = "households"


def page_html(outlook: Outlook, place: str, pictures: Mapping[str, bytes], replay: str) -> str:
    """The whole page; ``pictures`` (PNG) are put inside it."""
    style = re.search(r"<style>\n(.*?)</style>", REPORT.read_text(encoding="utf-8"), re.DOTALL)
    last = label_text(outlook.months[-1], PAGE)
    notes = [
        *at("forecast_report.reading", PAGE),
        *(remark_text(note, PAGE) for note in outlook.notes),
    ]
    version = forecast_word("version", version=package_version())
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=html_text(forecast_word("title", place=place, last=last)),
        style="" if style is None else style[1],
        frame=html_text(_frame(outlook)),
        answer="".join(f'<p class="answer">{html_text(text)}</p>' for text in answers(outlook)),
        figures="".join(_figure(name, picture) for name, picture in pictures.items()),
        table=_table(outlook),
        variance=_variance_table(outlook),
        notes="".join(f"<p>{html_text(note)}</p>" for note in notes),
        replay=f'<code>{escaped(replay)}</code><p class="note">{html_text(version)}</p>',
    )


def answers(outlook: Outlook) -> list[str]:
    """The forecast in one sentence, and one more for each scenario; French."""
    (level,) = outlook.chosen(LEVEL)
    ahead = answered_month(outlook)
    month = month_with_doubt(outlook, ahead)
    low, middle, high = (quantile(level, q, ahead) for q in (0.10, 0.50, 0.90))
    known = outlook.level.known.households[-1]
    found = [
        forecast_word(
            "answer",
            middle=number_text(middle, UNIT, PAGE),
            month=month,
            low=number_text(low, UNIT, PAGE),
            high=number_text(high, UNIT, PAGE),
            gap=difference_text(middle / known - 1.0, "share", PAGE),
        )
    ]
    for path in outlook.chosen(DIFFERENCE):
        assert path.scenario is not None
        bottom, centre, top = (quantile(path, q, ahead) for q in (0.05, 0.50, 0.95))
        title = getattr(path.scenario.title, PAGE)
        ends = interval_text(bottom, top, UNIT, PAGE)
        gap = difference_text(centre, UNIT, PAGE)
        found.append(forecast_word("answer_of", title=title, gap=gap, ends=ends))
    return found


def answered_month(outlook: Outlook) -> int:
    """The month ahead that the answer is about: the last verified one, unless it is over."""
    months = outlook.level.months
    return months if outlook.level.months_over >= VERIFIED_MONTHS else min(months, VERIFIED_MONTHS)


def shown_months(outlook: Outlook) -> list[int]:
    """The months ahead that tables show, the last one included; of those that are over, full years.

    Those to come are counted from today.
    """
    months, over = outlook.level.months, outlook.level.months_over
    years = range(YEARS[0], over + 1, YEARS[0])
    return sorted({*years, *(over + one for one in SHOWN_MONTHS if over + one <= months), months})


def shown_ends(outlook: Outlook) -> list[int]:
    """Full years ahead while they are verified, and the last month."""
    months = outlook.level.months
    return sorted({*(ahead for ahead in YEARS if ahead < months), months})


def month_with_doubt(outlook: Outlook, ahead: int) -> str:
    """A month in French, marked when it is over or lies beyond what was verified."""
    text = label_text(outlook.months[ahead - 1], PAGE)
    if ahead <= outlook.level.months_over:
        return forecast_word("doubted", month=text, why=forecast_word("not_observed"))
    is_verified, why = ahead <= VERIFIED_MONTHS, forecast_word("not_verified")
    return text if is_verified else forecast_word("doubted", month=text, why=why)


def _frame(outlook: Outlook) -> str:
    known = outlook.level.known
    month = outlook.level.first_month - 1
    last = label_text(f"{month // 12:04d}-{month % 12 + 1:02d}", PAGE)
    households = number_text(float(known.households[-1]), UNIT, PAGE)
    known_words = {"last": last, "households": households}
    age = outlook.level.age_months
    key = "frame_old" if age else "frame"
    text = forecast_word(key, months=outlook.level.months, age=age, **known_words)
    if outlook.simulated is None:
        return text
    reference = getattr(outlook.simulated.comparison.reference.title, PAGE)
    return f"{text} {forecast_word('frame_of', reference=reference)}"


def _table(outlook: Outlook) -> str:
    """Months in rows; for the level and each scenario the median and two intervals."""
    (level,) = outlook.chosen(LEVEL)
    heads = [str(head) for head in at("forecast_report.heads", PAGE)]
    columns: list[tuple[Path, Path]] = list(
        zip(outlook.chosen(SCENARIO), outlook.chosen(DIFFERENCE), strict=True)
    )
    for path, _ in columns:
        assert path.scenario is not None
        heads += [getattr(path.scenario.title, PAGE), *at("forecast_report.gap_heads", PAGE)]
    body = []
    for ahead in shown_months(outlook):
        cells = [
            month_with_doubt(outlook, ahead),
            number_text(quantile(level, 0.50, ahead), UNIT, PAGE),
            _between(level, 0.10, 0.90, ahead),
            _between(level, 0.05, 0.95, ahead),
        ]
        for path, gap in columns:
            cells += [
                number_text(quantile(path, 0.50, ahead), UNIT, PAGE),
                difference_text(quantile(gap, 0.50, ahead), UNIT, PAGE),
                interval_text(quantile(gap, 0.05, ahead), quantile(gap, 0.95, ahead), UNIT, PAGE),
            ]
        body.append(cells)
    return _html_table(heads, body)


def _variance_table(outlook: Outlook) -> str:
    heads = [*at("forecast_report.variance_heads", PAGE), *map(part_label, PARTS)]
    body = []
    named = [(path, forecast_word("level_row")) for path in outlook.chosen(LEVEL)]
    for path in outlook.chosen(DIFFERENCE):
        assert path.scenario is not None
        title = getattr(path.scenario.title, PAGE)
        named.append((path, forecast_word("gap_row", title=title)))
    for path, name in named:
        shares = path.variance.shares()
        for ahead in shown_ends(outlook):
            sd = float(path.variance.total[ahead - 1] ** 0.5)
            body.append(
                [
                    name,
                    month_with_doubt(outlook, ahead),
                    number_text(sd, UNIT, PAGE),
                    *(
                        f"{100 * shares[part][ahead - 1]:.0f} %" if sd > 0.0 else "–"
                        for part in PARTS
                    ),
                ]
            )
    return _html_table(heads, body)


def _html_table(heads: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{html_text(text)}</th>" for text in heads)
    rows = "".join(
        f"<tr>{''.join(f'<td>{html_text(cell)}</td>' for cell in cells)}</tr>" for cells in body
    )
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _figure(name: str, picture: bytes) -> str:
    content = base64.b64encode(picture).decode("ascii")
    text = html_text(at("forecast_report.alternatives", PAGE)[name])
    return f'<figure><img alt="{text}" src="data:image/png;base64,{content}"></figure>'


def _between(path: Path, low: float, high: float, ahead: int) -> str:
    ends = (number_text(quantile(path, q, ahead), UNIT, PAGE) for q in (low, high))
    return "\u00a0–\u00a0".join(ends)


def quantile(path: Path, level: float, ahead: int) -> float:
    """One of `QUANTILES` of a path, so many months ahead."""
    return float(path.quantiles[QUANTILES.index(round(level, 2)), ahead - 1])
