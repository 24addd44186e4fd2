"""What this year and the next cost, told before anything is simulated."""

from __future__ import annotations

from datetime import date

from ui import elements as st
from ui.ages import aged_text
from ui.look import answer, typed
from ui.numbers import euros
from ui.reports.forecast.spending_notes import state_pays_notes
from ui.reports.remarks import remark_text
from ui.spoken import language, text
from ui.study import departments
from ui.study.session import study
from ui.work.money import years_ahead


def year_ahead() -> None:
    """A sentence a year, and how old the last figure is; nothing where no spending is published."""
    department = departments()[study().department]
    with st.spinner(text("ahead.reading")):
        found = years_ahead(department.code, date.today())
    if not found:
        return
    st.header(text("ahead.title", department=department.label), anchor=False)
    answer(
        text(
            "ahead.sentence",
            year=one.year,
            expected=euros(one.expected_eur),
            low=euros(one.low_eur),
            high=euros(one.high_eur),
        )
        for one in found
    )
    known = text("ahead.known", day=aged_text(found[0].known_until, language()))
    told = (known, *(remark_text(one, language()) for one in state_pays_notes(department.code)))
    for words in told:
        st.html(f'<p class="field">{typed(words)}</p>')
