"""`data update`: newer published months to learn from, and what they change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from ui.ages import day_text
from ui.cli.backtesting import check_installed
from ui.cli.remarking import remark
from ui.cli.spoken import counted, in_language, language, text, texts
from ui.cli.terminal import messages, say_json, screen

if TYPE_CHECKING:
    from forecast.panel_changes import Changes
    from forecast.panel_update import Update
    from forecast.starts_moved import StartMoved
    from forecast.update_scores import MovedScore, Score

UNKNOWN = "–"
HEADS = {
    "drees": "cli_backtest.update_of_drees",
    "cnaf": "cli_backtest.update_of_cnaf",
    "": "cli_backtest.update_of_own",
}
MOST_NAMED = 12


def update(file: Path, confirmed: Sequence[str], has_scores: bool, is_json: bool) -> None:
    """Import newer months into the user's data folder; raises `InputError`.

    ``confirmed``: months that jump and are meant, as ``80:2020-11`` or ``2020-11``.
    """
    if has_scores:
        check_installed()
    from brought.series import month_text
    from forecast.panel_update import update_panel

    done = update_panel(file, confirmed)
    remark(*done.remarks)
    scores = _scores(done) if has_scores else None
    if is_json:
        say_json(
            {
                "command": "data update",
                "publisher": done.publisher,
                "file": str(done.file),
                "departments": len(done.panel.departments),
                "first_month": month_text(done.panel.first_monthly),
                "last_month": month_text(done.panel.last_monthly),
                "changes": done.changes.record(),
                "country": done.country.record(),
                "starts": [one.record() for one in done.starts],
                "scores": None if scores is None else [one.record() for one in scores],
                "remarks": [],
            }
        )
        return
    screen().print(text(HEADS[done.publisher]), style="bold")
    for line in (*_changed(done.changes), *_country(done), *_starts(done.starts)):
        screen().print(line)
    departments = counted("cli_backtest.departments", len(done.panel.departments))
    ends = {
        "first": month_text(done.panel.first_monthly),
        "last": month_text(done.panel.last_monthly),
    }
    told = text("cli_backtest.updated", departments=departments, file=done.file, **ends)
    screen().print(told, soft_wrap=True)
    if scores is None:
        screen().print(text("cli_backtest.scores_hint"), style="dim")
    else:
        _show_scores(scores)


def _changed(changed: Changes) -> list[str]:
    """What came and what was revised, a line each."""
    from brought.series import month_text

    lines = []
    if changed.departments:
        named = _some(changed.departments)
        lines.append(text("cli_backtest.update_departments", departments=named))
    if changed.first is None or changed.last is None:
        lines.append(text("cli_backtest.update_none"))
    else:
        ends = {"first": month_text(changed.first), "last": month_text(changed.last)}
        count = in_language(f"{changed.added:,}")
        lines.append(text("cli_backtest.update_added", count=count, **ends))
    if not changed.revisions:
        return [*lines, text("cli_backtest.update_unrevised")]
    largest = changed.revisions[0]
    places = len({one.department for one in changed.revisions})
    told = text(
        "cli_backtest.update_revised",
        count=in_language(f"{len(changed.revisions):,}"),
        departments=counted("cli_backtest.departments", places),
        median=in_language(f"{changed.median_percent:.2f}"),
        department=largest.department,
        month=month_text(largest.month),
        before=in_language(f"{largest.before:,.0f}"),
        after=in_language(f"{largest.after:,.0f}"),
        percent=in_language(f"{largest.percent:+.2f}"),
    )
    return [*lines, told]


def _country(done: Update) -> list[str]:
    """What came of the whole country, a line each; nothing where nothing came."""
    from brought.series import month_text

    changed = done.country
    revised = in_language(f"{changed.revised:,}")
    if changed.first is None or changed.last is None:
        return [text("cli_backtest.update_country_revised", revised=revised)] * bool(
            changed.revised
        )
    ends = {"first": month_text(changed.first), "last": month_text(changed.last)}
    lines = [text("cli_backtest.update_country", count=changed.added, revised=revised, **ends)]
    if changed.last > done.panel.last_monthly:
        last = month_text(done.panel.last_monthly)
        lines.append(text("cli_backtest.update_country_ahead", last=last))
    return lines


def _starts(moved: Sequence[StartMoved]) -> list[str]:
    """Which of today's references start elsewhere now, a line each."""
    if not moved:
        return [text("cli_backtest.update_starts_none")]
    most = moved[0]
    told = text(
        "cli_backtest.update_starts",
        departments=counted("cli_backtest.departments", len(moved)),
        last=day_text(max(one.after.as_of for one in moved), language()),
        median=in_language(f"{median(abs(one.percent) for one in moved):.2f}"),
        department=most.department,
        before=in_language(f"{most.before.households:,.0f}"),
        after=in_language(f"{most.after.households:,.0f}"),
        day_before=day_text(most.before.as_of, language()),
        day_after=day_text(most.after.as_of, language()),
    )
    named = _some(sorted(one.department for one in moved))
    return [told, text("cli_backtest.update_starts_named", departments=named)]


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" (+{more})" if more > 0 else "")


def _scores(done: Update) -> list[MovedScore]:
    from threadpoolctl import threadpool_limits as one_thread

    from forecast.update_scores import moved_scores

    # The matrices are small: more threads would only wait for each other.
    with messages().status(text("cli_backtest.scoring")), one_thread(limits=1):
        return moved_scores(done.before, done.panel, done.changes)


def _show_scores(scores: Sequence[MovedScore]) -> None:
    from brought.series import month_text
    from forecast.backtest import HORIZON

    console = screen()
    if not scores:
        console.print(text("cli_backtest.scores_none", months=HORIZON))
        return
    console.print(text("cli_backtest.scores_title", months=HORIZON), style="bold")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(texts("cli_backtest.scores_heads")):
        table.add_column(head, justify="right" if place else "left")
    for one in scores:
        table.add_row(
            month_text(one.origin), str(one.after.departments), _mape(one.before),
            _mape(one.after), _inside(one.before), _inside(one.after),
            in_language(f"{one.after.last_value_mape:.2f}"),
        )  # fmt: skip
    console.print(table)


def _mape(one: Score | None) -> str:
    return UNKNOWN if one is None else in_language(f"{one.mape:.2f}")


def _inside(one: Score | None) -> str:
    return UNKNOWN if one is None else f"{100 * one.coverage_90:.0f} %"
