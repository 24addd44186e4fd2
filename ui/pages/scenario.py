"""Scenario: means, organisation, context, duration; and at once what they change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sim.errors import InputError
from sim.plain_text import one_line
from sim.policy.plan import months_later
from ui import elements as st
from ui.look import heading, show_remarks, typed
from ui.numbers import month_text
from ui.pages.moving import go_to
from ui.pages.running import start_run
from ui.pages.scenario_fields import blocks
from ui.pages.scenario_files import library
from ui.pages.scenario_flow import show_flow
from ui.pages.scenario_preview import show_preview
from ui.pages.scenario_unemployment import unemployment
from ui.setting_words import scenario_remarks, setting_text
from ui.spoken import language, text
from ui.study import MOST_DRAFTS, Draft, shipped
from ui.study.draft import LONGEST_MONTHS, LONGEST_TITLE, REPLICATIONS, SHORTEST_MONTHS
from ui.study.fields import EVERYWHERE, territories_of
from ui.study.first_values import BLOCK_OF_FOCUS
from ui.study.references import day_of, origin_of, origins, reference_of, scenario_of
from ui.study.session import EDITED, add_draft, edit, edited, keep, open_question, study

TABS = ("means", "organisation", "context", "duration")


def scenario_page() -> None:
    """Draw the page."""
    heading(text("scenario.title"), text("scenario.lead"))
    if not study().drafts:
        st.info(text("scenario.none"), icon=":material/tune:")
        if st.button(text("scenario.first"), type="primary"):
            open_question("")
            st.rerun()
        library()
        return
    _choice()
    draft = edited()
    assert draft is not None
    left, right = st.columns([1.55, 1], gap="large")
    with left:
        territory = _settings(draft)
        draft = edited() or draft
        try:
            show_remarks(scenario_remarks(scenario_of(draft, study().months)))
            is_possible = True
        except InputError as error:
            is_possible = False
            base = reference_of(study()).base
            faults = (setting_text(one.field, base) for one in error.faults[:5])
            listed = (text("error.engine", field=one) for one in faults)
            st.faults(text("error.heading"), listed)
    with right:
        if is_possible:
            _run_and_show()
            show_preview(study(), draft, None if territory == EVERYWHERE else territory)
    show_flow(draft, territory)
    library()


def _run_and_show() -> None:
    """One press starts the full run of the study and opens the page that shows it."""
    if st.button(
        text("scenario.to_compare"),
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        key="run and compare",
        on_click=_start,
    ):
        go_to("compare")


def _start() -> None:
    """Ask for the run before the page is drawn again; what cannot be run is told by Compare."""
    try:
        start_run(study())
    except InputError:
        return


def _choice() -> None:
    """Which scenario is edited, and a further one."""
    drafts = study().drafts
    keys = [draft.key for draft in drafts]
    titles = {draft.key: draft.title for draft in drafts}
    present = edited()
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        chosen = st.segmented_control(
            text("scenario.choose", count=len(drafts), most=MOST_DRAFTS),
            keys,
            default=present.key if present else keys[-1],
            format_func=lambda key: titles.get(key, key),
            key=f"choice {'-'.join(keys)} {st.session_state.get(EDITED)}",
            required=True,
        )
    if chosen and present and chosen != present.key:
        edit(str(chosen))
        st.rerun()
    with right:
        is_added = st.button(
            text("scenario.add"),
            icon=":material/add:",
            disabled=study().is_full,
            help=text("scenario.full", most=MOST_DRAFTS) if study().is_full else None,
            width="stretch",
        )
    if is_added:
        title = text("question.blank_title")
        known = {"key": "new", "title": title, "origin": study().reference}
        add_draft(Draft.model_validate(known))
        st.rerun()


def _settings(draft: Draft) -> str:
    """Name, origin, place and time of a scenario, then its fields; the territory shown."""
    draft = _named(draft)
    draft = _origin(draft)
    first, second = st.columns(2)
    with first:
        territory = _territory(draft)
    with second:
        draft = _day(draft)
    first_tab = BLOCK_OF_FOCUS.get(draft.focus, TABS[0])
    names = [text(f"scenario.tab_{name}") for name in TABS]
    tabs = st.tabs(names, default=text(f"scenario.tab_{first_tab}"))
    draft = blocks(draft, territory, dict(zip(TABS, tabs, strict=True)))
    with tabs[TABS.index("context")]:
        draft = unemployment(draft)
    with tabs[-1]:
        _duration()
    if draft != study().draft(draft.key):
        keep(study().with_draft(draft))
    return territory


def _named(draft: Draft) -> Draft:
    title = st.text_input(
        text("scenario.name"),
        draft.title,
        max_chars=LONGEST_TITLE,
        key=f"title {draft.key}",
        help=text("scenario.name_help"),
    )
    title = one_line(title or "")
    if not title:
        st.warning(text("scenario.name_missing"), icon=":material/edit:")
        return draft
    if title == draft.title:
        return draft
    renamed = draft.model_copy(update={"title": title})
    keep(study().with_draft(renamed))
    st.rerun()
    return renamed


def _origin(draft: Draft) -> Draft:
    if draft.document:
        st.html(f'<p class="field">{typed(text("scenario.imported"))}</p>')
        return draft
    known = origins(study().reference)
    names = sorted(known, key=lambda name: name != study().reference)
    titles = {name: _title(name) for name in names}
    chosen = st.selectbox(
        text("scenario.origin"),
        names,
        index=names.index(draft.origin) if draft.origin in names else 0,
        format_func=lambda name: titles.get(name, name),
        help=text("scenario.origin_help"),
        key=f"origin {draft.key}",
    )
    description = shipped(chosen).description
    if chosen != study().reference:
        st.caption(description.fr if language() == "fr" else description.en)
    if chosen == draft.origin:
        return draft
    changed = draft.model_copy(update={"origin": chosen, "day": None})
    keep(study().with_draft(changed))
    st.rerun()
    return changed


def _title(name: str) -> str:
    is_reference = name == study().reference
    title = (reference_of(study()) if is_reference else shipped(name)).title
    words = title.fr if language() == "fr" else title.en
    return text("common.reference_named", title=words) if is_reference else words


def _territory(draft: Draft) -> str:
    base = origin_of(draft).base
    choices = [*territories_of(draft), EVERYWHERE]
    key = f"territory {draft.key}"
    if key not in st.session_state:
        st.session_state[key] = _territory_changed(draft, choices)
    chosen: str = st.selectbox(
        text("scenario.territory"),
        choices,
        format_func=lambda each: (
            text("scenario.everywhere")
            if each == EVERYWHERE
            else base.label_text("territories", each, language())
        ),
        help=text("scenario.territory_help"),
        key=key,
        persist_state="session",
    )
    return chosen


def _territory_changed(draft: Draft, choices: Sequence[str]) -> str:
    """The first territory of which the scenario sets something, else the first that is offered."""
    named = {path.split(".")[1] for path in draft.values}
    return next((one for one in choices if one in named), choices[0])


def _day(draft: Draft) -> Draft:
    origin = origin_of(draft)
    months = [months_later(origin.start, month) for month in range(study().months)]
    present = day_of(draft)
    if present not in months:
        months = sorted({*months, present})
    chosen: date = st.selectbox(
        text("scenario.day"),
        months,
        index=months.index(present),
        format_func=lambda day: month_text(f"{day:%Y-%m}"),
        help=text("scenario.day_help"),
        key=f"day {draft.key} {draft.origin}",
    )
    return draft if chosen == present else draft.model_copy(update={"day": chosen})


def _duration() -> None:
    months = st.slider(
        text("scenario.months"),
        SHORTEST_MONTHS,
        LONGEST_MONTHS,
        min(study().months, LONGEST_MONTHS),
        step=6,
        key=f"months {study().reference}",
    )
    end = months_later(reference_of(study()).start, months - 1)
    st.html(
        f'<p class="field">{typed(text("scenario.until", month=month_text(f"{end:%Y-%m}")))}</p>'
    )
    replications = st.radio(
        text("scenario.replications"),
        REPLICATIONS,
        index=REPLICATIONS.index(study().replications)
        if study().replications in REPLICATIONS
        else 0,
        horizontal=True,
        key="replications",
        persist_state="session",
    )
    st.html(f'<p class="field">{typed(text("scenario.replications_help"))}</p>')
    has_draws = st.toggle(
        text("scenario.draws"),
        study().has_draws,
        help=text("scenario.draws_help"),
        key=f"draws {study().has_draws}",
    )
    update = {"months": months, "replications": replications, "has_draws": has_draws}
    changed = study().model_copy(update=update)
    if changed != study():
        keep(changed)
