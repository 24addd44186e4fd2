"""Following a search in the background: its progress, its button to stop, what failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from sim.errors import InputError
from ui import elements as st
from ui.guard import guarded
from ui.look import badge, typed
from ui.reports.refusals import found_lines
from ui.spoken import language, text
from ui.visitor import visitor
from ui.work.asking import Asked, identity_of_search
from ui.work.run_files import UNFINISHED, read_state
from ui.work.shared import server

POLL_SECONDS = 0.5
MOST_FAULTS = 4
Answer = TypeVar("Answer")


def follow(
    asked: Asked,
    check: Callable[[], object],
    read: Callable[[str], Answer | None],
    group: str,
) -> Answer | None:
    """The answer to a question, or how far it is, or the button that asks it.

    ``check`` raises `InputError` when the question is impossible; ``read`` reads the answer of a
    finished search; ``group`` is the group of texts.
    """
    identity = identity_of_search(asked)
    state = read_state(identity)
    if state is not None and state.status in UNFINISHED:
        _progress(identity, group)
        return None
    found = read(identity)
    if found is not None:
        return found
    if state is not None and state.status == "failed":
        st.warning(text(f"{group}.failed"), icon=":material/error:")
    if state is not None and state.status == "cancelled":
        st.info(text(f"{group}.stopped"), icon=":material/stop_circle:")
    start = st.button(
        text(f"{group}.start"), type="primary", icon=":material/search:", key=f"start {group}"
    )
    if start:
        try:
            check()
        except InputError as error:
            listed = found_lines(error.faults[:MOST_FAULTS], language())
            st.faults(text("goal.impossible"), listed)
            return None
        server().search(asked, visitor())
        st.rerun()
    return None


def small_badges() -> None:
    """What every answer of a small world is."""
    st.html(badge("preview", text("goal.small")) + badge("literature"))


def basis(sentences: Iterable[str]) -> None:
    """What an answer rests on, in a box below it."""
    items = "".join(f"<li>{typed(one)}</li>" for one in sentences)
    st.html(f'<div class="limits"><p>{typed(text("goal.basis"))}</p><ul>{items}</ul></div>')


@st.fragment(run_every=POLL_SECONDS)
@guarded
def _progress(identity: str, group: str) -> None:
    state = read_state(identity)
    if state is None or state.status not in UNFINISHED:
        st.rerun()
        return
    st.progress(state.share, text=text(f"{group}.running", count=state.done))
    if st.button(text(f"{group}.stop"), icon=":material/stop:", key=f"cancel {group}"):
        server().cancel(identity, visitor())
