"""One person: a simulated life as a timeline, and the same person under the other scenario."""

from __future__ import annotations

from datetime import timedelta

from sim.errors import InputError
from ui import elements as st
from ui.charts.frame import show
from ui.charts.life import timeline
from ui.look import heading, typed
from ui.numbers import counted, day_text, number
from ui.pages.moving import lacks_scenarios
from ui.reports.story import Story
from ui.setting_words import setting_text
from ui.spoken import language, text
from ui.study import Study, experiment_of
from ui.study.references import reference_of
from ui.study.session import study
from ui.work.lives import REPLICATION, Pair, pair_of

MOST_PAIRS = 3


@st.cache_resource(show_spinner=False, max_entries=MOST_PAIRS)
def _pair(study_json: str, key: str) -> Pair:
    asked = Study.model_validate_json(study_json)
    draft = asked.draft(key)
    assert draft is not None
    return pair_of(asked, draft)


def person_page() -> None:
    """Draw the page."""
    heading(text("person.title"), text("person.lead"))
    st.html(f'<div class="banner" role="note">{typed(text("person.banner"))}</div>')
    if lacks_scenarios():
        return
    left, right = st.columns(2)
    with left:
        drafts = {draft.key: draft.title for draft in study().drafts}
        key = st.selectbox(
            text("compare.scenario"),
            list(drafts),
            format_func=lambda each: drafts.get(each, each),
            key=f"life of {'-'.join(drafts)}",
        )
    with st.spinner(text("person.running")):
        try:
            pair = _pair(study().model_dump_json(), str(key))
        except InputError as error:
            base = reference_of(study()).base
            named = (setting_text(fault.field, base) for fault in error.faults)
            st.faults(text("error.heading"), named)
            return
    persons = pair.persons()
    if not persons:
        st.info(text("person.nobody"), icon=":material/person_off:")
        return
    with right:
        chosen = st.selectbox(
            text("person.choose"),
            range(len(persons)),
            format_func=lambda each: text("person.name", number=each + 1),
            key=f"person {key}",
        )
    _show(pair, persons[int(chosen)], drafts[str(key)])


def _show(pair: Pair, who: int, title: str) -> None:
    before, after = pair.stories(who, language())
    st.html(f'<p class="lead">{typed(before.opening)}</p>')
    first = pair.reference.scenario.start
    last = pair.reference.scenario.end - timedelta(days=1)
    open_lanes = pair.lanes_open(who)
    names = (text("common.reference"), text("person.scenario"))
    lives = [(names[0], before.lines, open_lanes), (names[1], after.lines, open_lanes)]
    words = text(
        "person.alternative",
        opening=before.opening,
        count=len(after.lines),
        before=len(before.lines),
        title=title,
    )
    show(timeline(lives, first, last), f"life {who}", words)
    st.caption(text("person.caption", first=day_text(first), last=day_text(last)))
    st.caption(_world())
    changed = _changed(before, after)
    words = counted("person.changed", changed) if changed else text("person.unchanged")
    st.html(f'<p class="lead">{typed(words)}</p>')
    left, right = st.columns(2, gap="large")
    told = {(line.date, line.text) for line in before.lines}
    again = {(line.date, line.text) for line in after.lines}
    with left:
        st.header(text("common.reference"), anchor=False)
        _lines(before, again)
    with right:
        st.header(title, anchor=False)
        _lines(after, told)


def _world() -> str:
    """In which draw of the parameters the lives are lived."""
    draws = experiment_of(study()).draws
    if draws is None:
        return text("person.central")
    return text("person.drawn", draw=number(REPLICATION + 1), count=number(len(draws)))


def _changed(before: Story, after: Story) -> int:
    told = {(line.date, line.text) for line in before.lines}
    again = {(line.date, line.text) for line in after.lines}
    return len(again - told)


def _lines(story: Story, other: set[tuple[str, str]]) -> None:
    """The sentences in order; those that the other scenario does not have are marked."""
    items = []
    for line in story.lines:
        when = _when(line.date, line.until)
        is_shared = (line.date, line.text) in other
        mark = "" if is_shared else ' class="other"'
        hidden = "" if is_shared else f" ({text('person.only_here')})"
        items.append(f"<li{mark}><b>{typed(when + hidden)}</b>{typed(line.text)}</li>")
    st.html(f'<ol class="life">{"".join(items)}</ol>')


def _when(since: str, until: str) -> str:
    def written(day: str) -> str:
        return f"{day[8:]}/{day[5:7]}/{day[:4]}" if language() == "fr" else day

    return written(since) if since == until else f"{written(since)} – {written(until)}"
