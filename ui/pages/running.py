"""Starting, following and cancelling the full run of the present study."""

from __future__ import annotations

import time
from collections.abc import Callable

from sim.errors import InputError
from sim.experiments.size import GIGABYTE, HOUR, TooLargeError
from ui import elements as st
from ui.ages import untold_start
from ui.guard import guarded
from ui.look import badge, projection_badges, show_remarks, typed, unbroken
from ui.numbers import number
from ui.pages.moving import link_to
from ui.reports.refusals import found_lines
from ui.setting_words import scenario_remarks
from ui.spoken import language, text, worded
from ui.study import Study, reference_of, shipped
from ui.visitor import visitor
from ui.work.history import remember
from ui.work.reference_runs import prepared
from ui.work.results import FullRun
from ui.work.run_files import UNFINISHED, RunState, identity_of, read_state
from ui.work.shared import first_results_of, server, state_of

POLL_SECONDS = 0.5
SECONDS_BETWEEN_COUNTS = 2.0
MOST_SECONDS_TO_REFINE = 600.0
"""After so long the process is gone: the part that rests on literature stays unmeasured."""
FirstShown = Callable[[FullRun], None]
RUN = "run that is followed"
SECONDS_PER_MINUTE = 60
MOST_FAULTS = 5


def result_badges(found: FullRun) -> None:
    """What a result is, and what has to be known of its inputs."""
    kind_badges(found)
    input_remarks(found)


def kind_badges(found: FullRun) -> None:
    """What a result is: a projection, of how many replications, of which part."""
    kind = "run.badge_partial" if found.results.is_cancelled else "run.badge"
    labels = [badge("count", text(kind, count=found.count, asked=found.study.replications))]
    share = found.experiment.reference.share
    if share != 1.0:
        labels.append(badge("preview", text("run.badge_share", percent=number(100 * share))))
    projection_badges(*labels)


def input_remarks(found: FullRun) -> None:
    """What has to be known of the inputs of a result."""
    start = untold_start(found.experiment.reference, language())
    if start:
        st.caption(start)
    show_remarks(scenario_remarks(*found.experiment.scenarios))


def run_panel(study: Study, on_first: FirstShown | None = None) -> None:
    """The button that starts the full run, or how far it is.

    ``on_first`` shows the results of the first replications while the run goes on.
    """
    try:
        state = state_of(study)
        identity = identity_of(study)
    except TooLargeError as error:
        st.error(_too_large(error), icon=":material/hourglass_disabled:")
        return
    except InputError as error:
        listed = found_lines(error.faults[:MOST_FAULTS], language())
        st.faults(text("run.impossible"), listed)
        return
    if state is not None and state.status in UNFINISHED:
        st.session_state[RUN] = identity
        _recap(study)
        _progress(identity, study, on_first)
        return
    _start(study, state)


def _too_large(error: TooLargeError) -> str:
    """What a run would take, and what this server grants."""
    size, limits = error.size, error.limits
    return text(
        "run.too_large",
        hours=number(size.seconds / HOUR, 1),
        memory=number(size.memory_bytes / GIGABYTE, 1),
        most_hours=number(limits.seconds / HOUR, 1),
        most_minutes=number(limits.run_seconds / SECONDS_PER_MINUTE, 1),
        most_memory=number(limits.memory_bytes / GIGABYTE, 1),
    )


def _start(study: Study, state: RunState | None) -> None:
    status = state.status if state else None
    if status == "complete" and state is not None:
        if not state.is_refined and time.time() - state.updated < MOST_SECONDS_TO_REFINE:
            _refining(identity_of(study))
        return
    if status == "failed":
        st.warning(text("run.failed"), icon=":material/error:")
    if status == "cancelled" and state is not None:
        words = text("run.cancelled", done=state.replications, asked=study.replications)
        st.warning(words, icon=":material/stop_circle:")
    _idle(study)
    words = text("run.offer", names=_quoted(study), count=study.replications, months=study.months)
    st.html(f'<p class="field" style="margin-top:.3rem">{typed(words)}</p>')
    _reference_ahead(study)
    label = text("run.start", count=study.replications)
    if st.button(label, type="primary", icon=":material/play_arrow:", key="start run"):
        start_run(study)
        st.rerun()


def start_run(study: Study) -> None:
    """Ask for the full run of a study and remember it; raises `InputError`."""
    identity = server().start(study, visitor())
    remember(visitor(), identity, study)


def _idle(study: Study) -> None:
    """Scenarios that are the reference itself: said before a run that would find no difference."""
    idle = [draft.title for draft in study.drafts if draft.is_idle(study.reference)]
    if idle:
        names = ", ".join(f"« {title} »" for title in idle)
        words = text("run.idle" if len(idle) == 1 else "run.idle_many", name=names)
        st.info(unbroken(words), icon=":material/tune:")
        link_to("scenario", text("compare.to_scenario"), ":material/tune:")


@st.fragment(run_every=SECONDS_BETWEEN_COUNTS)
@guarded
def _reference_ahead(study: Study) -> None:
    """How much of the reference was run ahead: that part of the full run is already done."""
    found = prepared(study)
    if found is None or not found[0]:
        return
    done, asked = found
    words = text(
        "prepared.ready" if done == asked else "prepared.under_way", done=done, asked=asked
    )
    st.html(f'<p class="field">{typed(words)}</p>')


@st.fragment(run_every=POLL_SECONDS)
@guarded
def _refining(identity: str) -> None:
    """The answer is there; the part that rests on literature follows."""
    state = read_state(identity)
    if state is None or state.is_refined:
        st.rerun()
    st.html(f'<p class="field">{typed(text("run.refining"))}</p>')


@st.fragment(run_every=POLL_SECONDS)
@guarded
def _progress(identity: str, study: Study, on_first: FirstShown | None) -> None:
    """Real progress, the time left and a button that stops; polls the state file of the run.

    Below, what the first replications found, where the page shows that.
    """
    state = read_state(identity)
    if state is None or state.status not in UNFINISHED:
        st.rerun()
        return
    st.progress(state.share, text=_words(state))
    if st.button(text("run.cancel"), icon=":material/stop:", key="cancel run"):
        server().cancel(identity, visitor())
        st.html(f'<p class="field">{typed(text("run.cancelling"))}</p>')
    first = on_first and first_results_of(
        identity, state.shown, state.part_shown, study.model_dump_json()
    )
    if on_first and first:
        on_first(first)


def _recap(study: Study) -> None:
    """The question that the run answers."""
    words = text(
        "run.recap",
        names=_quoted(study),
        reference=worded(shipped(study.reference).title),
        department=reference_of(study).base.label,
        count=study.replications,
        months=study.months,
    )
    st.html(f'<p class="lead">{typed(words)}</p>')


def _quoted(study: Study) -> str:
    return ", ".join(text("note.quoted", name=draft.title) for draft in study.drafts)


def _words(state: RunState) -> str:
    if state.status == "queued" or not state.steps:
        return text("run.queued")
    left = state.seconds_left
    words = {"done": state.replications, "asked": state.asked, "percent": number(100 * state.share)}
    if left is None:
        return text("run.under_way", **words)
    if left >= SECONDS_PER_MINUTE:
        return text("run.minutes_left", minutes=number(left / SECONDS_PER_MINUTE + 0.5), **words)
    return text("run.seconds_left", seconds=number(left + 0.5), **words)
