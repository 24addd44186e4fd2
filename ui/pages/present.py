"""A comparison for a projector or a telephone: large figures, one idea a screen, answer first."""

from __future__ import annotations

from sim.errors import InputError
from ui import elements as st
from ui.look import typed
from ui.pages.asked import indicator_field, place_field, scenario_field
from ui.pages.moving import lacks_scenarios, link_to
from ui.pages.running import kind_badges, run_panel
from ui.screens import Screen, screens_of
from ui.spoken import text
from ui.study.question import INDICATORS
from ui.study.session import study
from ui.work.results import FullRun
from ui.work.shared import results_of

PLACE = "screen presented"
ALONE = (
    "<style>[data-testid='stSidebar'], [data-testid='stExpandSidebarButton']{display:none}</style>"
)
"""Nothing beside the screens."""


def present_page() -> None:
    """Draw the page."""
    if not lacks_scenarios():
        try:
            found = results_of(study())
        except InputError:
            found = None
        if found is None:
            st.title(text("present.title"), anchor=False)
            run_panel(study())
        else:
            st.html(ALONE)
            _show(found)
    else:
        st.title(text("present.title"), anchor=False)


def _show(found: FullRun) -> None:
    """One screen, the buttons that turn, and what is presented in a fold below."""
    shown = st.container(key="screen")
    turning = st.container(key="turning", horizontal=True)
    with st.expander(text("present.settings"), icon=":material/tune:"):
        scenario = scenario_field(found)
        outcome = indicator_field(INDICATORS)
        place = place_field(found)
    screens = screens_of(found, scenario, outcome, place)
    with turning:
        position = _turned(len(screens))
    with shown:
        kind_badges(found)
        _screen(screens[position])
    link_to("compare", text("present.leave"), ":material/close:")


def _turned(count: int) -> int:
    """The screen to show; the arrows of the keyboard turn as well."""
    position = min(int(st.session_state.get(PLACE, 0)), count - 1)
    back = st.button(
        text("present.back"),
        key="screen back",
        icon=":material/arrow_back:",
        shortcut="Left",
        disabled=position == 0,
    )
    on = st.button(
        text("present.on"),
        key="screen on",
        type="primary",
        icon=":material/arrow_forward:",
        shortcut="Right",
        disabled=position == count - 1,
    )
    position += int(on) - int(back)
    if on or back:
        st.session_state[PLACE] = position
        st.rerun()
    words = text("present.position", number=position + 1, count=count)
    st.html(f'<p class="field position" role="status">{typed(words)}</p>')
    return position


def _screen(one: Screen) -> None:
    parts = [f'<p class="question">{typed(one.question)}</p>'] if one.question else []
    parts.append(f"<h1>{typed(one.title)}</h1>")
    if one.figure:
        parts.append(f'<p class="figure {one.tone}">{typed(one.figure)}</p>')
    if one.word:
        parts.append(f'<p class="word {one.tone}">{typed(one.word)}</p>')
    if one.is_list:
        parts.append(f"<ul>{''.join(f'<li>{typed(line)}</li>' for line in one.lines)}</ul>")
    else:
        parts += [f"<p>{typed(line)}</p>" for line in one.lines]
    st.html(f'<section class="screen" aria-live="polite">{"".join(parts)}</section>')
