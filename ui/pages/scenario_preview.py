"""The quick preview beside the fields: what a small simulation says at once."""

from __future__ import annotations

import logging
from collections.abc import Callable

import numpy as np

from sim.errors import InputError
from sim.experiments.size import TooLargeError
from sim.outcomes.table import ALL
from ui import elements as st
from ui.guard import guarded
from ui.limit_words import gauges, turned
from ui.look import badge, table, typed
from ui.numbers import PER_CENT, number, signed
from ui.outcome_words import Shown, place_text
from ui.pages.gauge import show_gauges
from ui.spoken import language, text
from ui.study import Draft, Study
from ui.study.references import day_of
from ui.work.preview import MOST_SECONDS, PreviewTooLongError
from ui.work.results import FullRun
from ui.work.shared import IS_WARM, previews

LOG = logging.getLogger(__name__)
PREVIEWED = (
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "contacts_achieved_share",
    "appointments_achieved_share",
    "contacts_held_per_person",
    "staff_utilisation",
    "caseload_households",
)
PATIENCE_SECONDS = 0.3
POLL_SECONDS = 1.0
LOOK_SECONDS = 0.3


def show_preview(study: Study, draft: Draft, territory: str | None) -> None:
    """Run and show the preview of a territory (None: all); an error is told, never raised."""
    if not IS_WARM.wait(PATIENCE_SECONDS):
        _wait_for_model()
        return
    place = st.empty()
    words = f'<p class="field">{typed(text("preview.running"))}</p>'
    try:
        found = _found(study, draft, territory, lambda: place.html(words))
    except TooLargeError:
        with place:
            st.warning(text("preview.too_large"), icon=":material/hourglass_disabled:")
        return
    except PreviewTooLongError:
        with place.container():
            st.warning(
                text("preview.too_long", seconds=number(MOST_SECONDS)),
                icon=":material/hourglass_disabled:",
            )
            st.button(text("preview.again"), icon=":material/refresh:", key="preview again")
        return
    except InputError:
        with place:
            st.warning(text("preview.impossible"), icon=":material/edit:")
        return
    except Exception:
        LOG.exception("a preview failed")
        with place:
            st.warning(text("preview.failed"), icon=":material/info:")
        return
    with place.container(key="preview"):
        _show(found, draft, territory)


def _found(study: Study, draft: Draft, territory: str | None, say: Callable[[], object]) -> FullRun:
    """The preview, once it is over; it is dropped when the visitor has moved on meanwhile."""
    running = previews().start(study, draft, territory)
    try:
        is_over = False
        while not is_over:
            # Whatever is written ends this script if the visitor has asked for something else.
            say()
            is_over = running.is_over(LOOK_SECONDS)
        return running.result()
    finally:
        running.drop()


@st.fragment(run_every=POLL_SECONDS)
@guarded
def _wait_for_model() -> None:
    """The first start after an installation compiles the model: say so, then go on."""
    if IS_WARM.is_set():
        st.rerun()
    st.info(text("preview.warming"), icon=":material/hourglass_top:")


def _show(found: FullRun, draft: Draft, territory: str | None) -> None:
    kept = found.experiment.reference
    st.html(badge("preview", text("app.preview")) + badge("projection", text("app.projection")))
    st.strong(text("preview.title"))
    rows = [_row(found, outcome) for outcome in PREVIEWED]
    if day_of(draft) >= kept.end:
        st.info(text("preview.too_late", months=kept.months), icon=":material/event:")
    heads = [text("preview.indicator"), text("common.reference"), text("preview.scenario")]
    heads.append(text("preview.difference"))
    table(heads, rows, text("preview.caption", title=draft.title))
    months = kept.months
    words = text(
        "preview.note",
        place=place_text(kept.base, territory or ALL),
        counted=months - found.experiment.since,
        replications=found.count,
        months=months,
        households=number(_households(found)),
    )
    st.html(f'<p class="field" style="margin-top:.2rem">{typed(words)}</p>')
    _gauge(found, draft)


def _gauge(found: FullRun, draft: Draft) -> None:
    """What is asked of each limit of the offices, before and after, where most is asked."""
    after = max(
        (one for one in found.why if one.position == 1 and one.needs),
        key=lambda one: one.needs[0].ratio,
        default=None,
    )
    if after is None:
        return
    before = next(one for one in found.why if (one.position, one.territory) == (0, after.territory))
    scenarios = found.experiment.scenarios
    place = place_text(found.experiment.reference.base, after.territory)
    rows = gauges(before, after, scenarios)
    heads = (text("common.reference"), draft.title)
    st.strong(text("preview.gauge"))
    st.html(f'<p class="small">{typed(turned(before, after, scenarios, draft.title, place))}</p>')
    listed = "; " if language() == "en" else " ; "
    items = (
        text("gauge.item", limit=one.name, before=one.told[0], after=one.told[1], name=draft.title)
        for one in rows
    )
    alternative = text("gauge.alternative", listed=listed.join(items))
    show_gauges(rows, heads, alternative)
    with st.expander(text("preview.gauge_table"), icon=":material/table:"):
        told = [[one.name, *one.told] for one in rows]
        table([text("gauge.limit"), *heads], told, text("gauge.table", place=place), is_text=True)


def _households(found: FullRun) -> float:
    first = found.results.replications[0].outcomes[0]
    row = first.axes.outcomes.index("caseload_households")
    return float(first.values[row, 0, 0, 0])


def _row(found: FullRun, outcome: str) -> list[str]:
    """The outcome, its value in both, and how far they are apart."""
    shown = Shown.of(outcome)
    before, after = found.whole(0, outcome), found.whole(1, outcome)
    if np.isnan(before).any() or np.isnan(after).any():
        return [shown.titled, "–", "–", "–"]
    if shown.is_counted:
        change = PER_CENT * (after / np.maximum(before, 1.0) - 1.0)
        return [shown.label, "", "", f"{signed(float(change.mean()), 1)} %"]
    levels = (number(float(one.mean()) * shown.scale, shown.decimals) for one in (before, after))
    difference = float((after - before).mean()) * shown.scale
    return [shown.titled, *levels, signed(difference, shown.decimals)]
