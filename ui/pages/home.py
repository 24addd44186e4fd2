"""Home: the department, four published numbers, four questions."""

from __future__ import annotations

from datetime import date

from ui import elements as st
from ui.look import Card, badge, cards, heading, typed
from ui.numbers import euros, month_text, number
from ui.pages.moving import go_to, link_to
from ui.published import Published, last_published
from ui.spoken import language, text
from ui.study import departments, references, shipped
from ui.study.references import new_study
from ui.study.session import keep, open_question, study

QUESTIONS = ("recruit", "portfolios", "delays", "")
ICONS = (":material/group_add:", ":material/folder_shared:", ":material/timer:", ":material/draft:")
MONTHS_UNTIL_OLD = 12
OPENED = "a question was opened"
DEPARTMENT, WORLD = "home department", "home reference"


def home_page() -> None:
    """Draw the page."""
    if st.session_state.pop(OPENED, False):
        go_to("scenario")
    heading(text("home.title"), text("home.lead"))
    left, right = st.columns([1, 1])
    with left:
        _department()
    with right:
        _reference()
    st.subheader(
        text("home.numbers", department=departments()[study().department].label), anchor=False
    )
    found = last_published(departments()[study().department].code)
    cards([_card(one) for one in found])
    if any(_is_old(one) for one in found):
        st.html(f'<p class="field">{typed(text("home.old"))}</p>')
        link_to("own_data", text("home.own_series"), ":material/upload_file:")
    st.subheader(text("home.questions"), anchor=False)
    places = [place for _ in QUESTIONS[::2] for place in st.columns(2)]
    for focus, icon, place in zip(QUESTIONS, ICONS, places, strict=True):
        key = focus or "blank"
        with place.container(border=True, key=f"question {key}", height="stretch"):
            st.strong(text(f"question.{key}"))
            st.caption(text(f"question.{key}_help"))
            st.button(
                text(f"question.{key}_button"),
                icon=icon,
                key=f"open {key}",
                width="stretch",
                on_click=_open,
                args=(focus,),
            )
    st.html(f'<p class="field">{typed(text("home.promise"))}</p>')


def _open(focus: str) -> None:
    """Remember the question before the page is drawn again: no click is lost."""
    open_question(focus)
    st.session_state[OPENED] = True


def _department() -> None:
    names = list(departments())
    chosen = st.selectbox(
        text("home.department"),
        names,
        index=names.index(study().department),
        format_func=lambda each: f"{departments()[each].label} ({departments()[each].code})",
        key=f"{DEPARTMENT} {study().department}",
    )
    if chosen != study().department:
        keep(new_study(chosen))
        st.rerun()


def _reference() -> None:
    known = references(study().department)
    chosen = st.selectbox(
        text("home.reference"),
        known,
        index=known.index(study().reference),
        format_func=lambda each: (
            shipped(each).title.fr if language() == "fr" else shipped(each).title.en
        ),
        help=text("home.reference_help"),
        key=f"{WORLD} {study().department} {study().reference}",
    )
    if chosen != study().reference:
        update = {"reference": chosen, "drafts": (), "months": shipped(chosen).months}
        keep(study().model_copy(update=update))
        st.rerun()


def _card(one: Published) -> Card:
    when = month_text(one.period) if "-" in one.period else text("home.in_year", year=one.period)
    if _is_old(one):
        when = text("home.last_published", when=when)
    value = euros(one.value) if one.name == "allowance" else number(one.value)
    return Card(
        text(f"home.{one.name}"),
        text(f"home.{one.name}_value", value=value),
        when,
        text(f"source.{one.source}"),
        badge("data"),
    )


def _is_old(one: Published) -> bool:
    month = int(one.period[5:7]) if "-" in one.period else 12
    today = date.today()
    return (today.year - one.year) * 12 + today.month - month > MONTHS_UNTIL_OLD
