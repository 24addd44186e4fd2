"""Why a scenario gives what it gives: the bottleneck in a sentence, and a gauge of the offices."""

from __future__ import annotations

from ui import elements as st
from ui.answers import most_pressed, reasons_told
from ui.limit_words import gauges, turned
from ui.look import table, typed
from ui.outcome_words import place_text
from ui.pages.gauge import show_gauges
from ui.reports.remarks import BETWEEN
from ui.reports.why_words import means_text
from ui.spoken import language, text
from ui.work.results import FullRun


def why_it_is_so(found: FullRun, scenario: int, place: str) -> None:
    """What is short in the territory that is most pressed, before and after."""
    st.header(text("gauge.title"), anchor=False)
    pair = most_pressed(found, scenario, place)
    if pair is None:
        st.html(f"<p>{typed(text('gauge.none'))}</p>")
        return
    before, after = pair
    name = found.study.drafts[scenario - 1].title
    scenarios = [found.experiment.scenarios[one.position] for one in pair]
    where = place_text(found.experiment.reference.base, after.territory)
    st.html(f"<p>{typed(turned(before, after, scenarios, name, where))}</p>")
    rows = gauges(before, after, scenarios)
    items = BETWEEN[language()].join(
        text("gauge.item", limit=one.name, before=one.told[0], after=one.told[1], name=name)
        for one in rows
    )
    heads = (text("common.reference"), name)
    show_gauges(rows, heads, text("gauge.alternative", listed=items))
    st.caption(text("gauge.caption", means=text("note.means", means=means_text(language()))))
    with st.expander(text("gauge.details"), icon=":material/table:"):
        told = [[one.name, *one.told] for one in rows]
        caption = text("gauge.table", place=where)
        table([text("gauge.limit"), *heads], told, caption, is_text=True)
        for sentence in reasons_told(found, scenario, place):
            st.html(f"<p>{typed(sentence)}</p>")
