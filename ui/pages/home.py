"""Home: the department, four questions, four published numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from sim.parameters.derivation.statistics import latest_december, names_by_code
from sim.policy.remarks import carried_start
from ui import elements as st
from ui.ages import age_text
from ui.look import Card, badge, cards, heading, typed
from ui.numbers import day_text, days_text, euros, number
from ui.pages.moving import go_to, link_to
from ui.published import Published, last_published
from ui.spoken import language, text
from ui.study import departments, references, shipped
from ui.study.references import new_study, reference_of
from ui.study.session import keep, open_question, study
from ui.visitor import visitor
from ui.work.last_department import remember_department
from ui.work.seeking import POSTS

QUESTIONS = {
    "delays": ("explore", ":material/timer:"),
    "recruit": ("explore", ":material/group_add:"),
    "portfolios": ("scenario", ":material/folder_shared:"),
    "cost": ("budget", ":material/euro:"),
}
"""Each question, the page that answers it and its icon."""
BLANK = "blank"
GOALS = {
    "delays": {"goal outcome": "wait_for_caseworker_days_mean", "goal lever": POSTS},
    "recruit": {"goal outcome": "support_started_within_30_days_share", "goal lever": POSTS},
}
"""What is first asked of the page that seeks the means of a target."""
OF_A_DAY = ("households", "adults")
"""Numbers of one day; the others are of a year."""
WRITTEN: Mapping[str, Callable[[float], str]] = {
    "allowance": euros,
    "delay": partial(days_text, most=0),
}
"""How a number is written where it is no count."""
OPENED = "a question was opened"
DEPARTMENT, WORLD = "home department", "home reference"


def home_page() -> None:
    """Draw the page."""
    opened = st.session_state.pop(OPENED, "")
    if opened:
        go_to(opened)
    heading(text("home.title"), text("home.lead"))
    left, right = st.columns([1, 1])
    with left:
        _department()
    with right:
        _reference()
    st.header(text("home.questions"), anchor=False)
    places = [place for _ in range(0, len(QUESTIONS), 2) for place in st.columns(2)]
    for (key, (page, icon)), place in zip(QUESTIONS.items(), places, strict=True):
        with place.container(border=True, key=f"question {key}", height="stretch"):
            st.strong(text(f"question.{key}"))
            st.caption(text(f"question.{key}_help"))
            _button(key, page, icon, is_main=True)
    with st.container(key=f"question {BLANK}"):
        st.caption(text(f"question.{BLANK}_help"))
        _button(BLANK, "scenario", ":material/draft:")
    _figures()
    st.html(f'<p class="field">{typed(text("home.promise"))}</p>')


def _figures() -> None:
    """What was last published of the department."""
    st.header(
        text("home.numbers", department=departments()[study().department].label), anchor=False
    )
    found = last_published(departments()[study().department].code)
    cards([_card(one) for one in found])
    if carried := carried_start(reference_of(study())):
        told = {"count": carried.count, "day": day_text(latest_december())}
        told |= {end: number(getattr(carried, end)) for end in ("households", "low", "high")}
        st.html(f'<p class="field">{typed(text("home.carried", **told))}</p>')
    if any(age_text(one.figure.as_of, language()) for one in found):
        st.html(f'<p class="field">{typed(text("home.old"))}</p>')
        link_to("own_data", text("home.own_series"), ":material/upload_file:")


def _button(key: str, page: str, icon: str, *, is_main: bool = False) -> None:
    st.button(
        text(f"question.{key}_button"),
        icon=icon,
        key=f"open {key}",
        width="stretch" if is_main else "content",
        on_click=_open,
        args=(key, page),
    )


def _open(key: str, page: str) -> None:
    """Remember the question before the page is drawn again: no click is lost."""
    if page == "scenario":
        open_question("" if key == BLANK else key)
    st.session_state.update(GOALS.get(key, {}))
    st.session_state[OPENED] = page


def _department() -> None:
    names = list(departments())
    chosen = st.selectbox(
        text("home.department"),
        names,
        index=names.index(study().department),
        format_func=_named,
        key=f"{DEPARTMENT} {study().department}",
    )
    if chosen != study().department:
        remember_department(visitor(), chosen)
        keep(new_study(chosen))
        st.rerun()


def _named(department: str) -> str:
    code = departments().codes[department]
    return f"{names_by_code()[code]} ({code})"


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
        months = shipped(chosen).months
        update = {"reference": chosen, "drafts": (), "months": months, "own": None}
        keep(study().model_copy(update=update))
        st.rerun()


def _card(one: Published) -> Card:
    figure = one.figure
    value = WRITTEN.get(one.name, number)(figure.value)
    is_of_a_day = one.name in OF_A_DAY
    when = day_text(figure.as_of) if is_of_a_day else text("home.in_year", year=figure.year)
    age = age_text(figure.as_of, language())
    return Card(
        text(f"home.{one.name}"),
        text(f"home.{one.name}_value", value=value),
        text("home.aged", when=when, age=age) if age else when,
        text(f"source.{figure.source}"),
        badge("data"),
    )
