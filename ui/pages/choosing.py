"""What every question of Explore begins with: which scenario of the study, which territory."""

from __future__ import annotations

from ui import elements as st
from ui.pages.asked import place_kept
from ui.spoken import language, text
from ui.study import Study, departments


def choose_scenario(present: Study, key: str) -> tuple[int, Study]:
    """The place of the chosen scenario (0: the reference), and the study with that one alone."""
    titles = [text("common.reference"), *(draft.title for draft in present.drafts)]
    position = st.selectbox(
        text("goal.scenario"),
        range(len(titles)),
        format_func=lambda each: titles[each],
        key=f"{key} scenario",
    )
    drafts = present.drafts[position - 1 : position] if position else ()
    return position, present.model_copy(update={"drafts": tuple(drafts)})


def choose_territory(present: Study, key: str) -> str:
    """One territory of the department; first that by which results are read."""
    base = departments()[present.department]
    places = {
        one: base.label_text("territories", one, language()) for one in base.labels("territories")
    }
    kept = place_kept(list(places))
    return str(
        st.selectbox(
            text("scenario.territory"),
            list(places),
            index=list(places).index(kept) if kept else 0,
            format_func=lambda each: places[each],
            key=f"{key} territory",
        )
    )
