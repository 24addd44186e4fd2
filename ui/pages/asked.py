"""The scenario, the indicator and the territory that a result is read by, the same on every page.

They begin with the question that the scenario was opened with (`ui.study.question`), follow another
question, and otherwise stay what the visitor chose.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.outcomes.table import ALL
from ui import elements as st
from ui.outcome_words import label_of, place_text
from ui.spoken import text
from ui.study.question import outcome_asked, place_asked
from ui.study.session import study
from ui.work.results import FullRun

INDICATOR = "indicateur"
"""Where the indicator is kept; also its name in the address."""
ASKED = "question that results answer"


def scenario_field(found: FullRun, page: str) -> int:
    """The scenario that a page describes (1: the first); ``page`` tells its field from others."""
    titles = [draft.title for draft in found.study.drafts]
    position = st.selectbox(
        text("compare.scenario"),
        range(len(titles)),
        format_func=lambda each: titles[each],
        key=f"{page} {'-'.join(draft.key for draft in found.study.drafts)}",
    )
    scenario = int(position) + 1
    _follow(found, scenario)
    return scenario


def indicator_field(outcomes: Sequence[str]) -> str:
    """The indicator, also in the address."""
    chosen: str = st.selectbox(
        text("compare.indicator"),
        outcomes,
        format_func=label_of,
        key=INDICATOR,
        bind="query-params",
    )
    return chosen


def place_field(found: FullRun) -> str:
    """The territory, those that the scenarios change first, or the whole department."""
    base, changed = found.experiment.reference.base, found.experiment.changed_territories
    chosen: str = st.selectbox(
        text("compare.place"),
        (ALL, *changed, *(one for one in base.labels("territories") if one not in changed)),
        format_func=lambda each: place_text(base, each),
        key=place_key(found.study.department),
        persist_state="session",
    )
    return chosen


def place_key(department: str) -> str:
    """Where the territory of a department is kept."""
    return f"place {department}"


def place_kept(labels: Sequence[str]) -> str | None:
    """The territory that results are read by, if it is one of these."""
    kept = st.session_state.get(place_key(study().department))
    return kept if kept in labels else None


def _follow(found: FullRun, scenario: int) -> None:
    """Begin with the question of a scenario, once: what an address says goes first."""
    draft = found.study.drafts[scenario - 1]
    place, outcome = place_asked(found.study, scenario), outcome_asked(found.study, scenario)
    asked = (found.study.department, draft.key, outcome, place)
    before = st.session_state.get(ASKED)
    if asked == before:
        return
    st.session_state[ASKED] = asked
    st.session_state[place_key(found.study.department)] = place
    if before is not None or INDICATOR not in st.query_params:
        st.session_state[INDICATOR] = outcome
