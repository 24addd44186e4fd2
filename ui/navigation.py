"""The pages of the app and what they have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ui import elements as st
from ui.entry.front_door import language_script
from ui.guard import guarded
from ui.look import put_style, typed
from ui.pages.budget import budget_page
from ui.pages.compare import compare_page
from ui.pages.explore import explore_page
from ui.pages.home import home_page
from ui.pages.method import method_page
from ui.pages.moving import PAGES as PAGES_KEY
from ui.pages.own_data import own_data_page
from ui.pages.own_data_restart import restart_words
from ui.pages.person import person_page
from ui.pages.present import present_page
from ui.pages.scenario import scenario_page
from ui.pages.year import year_page
from ui.setting_words import setting_text
from ui.spoken import LANGUAGE_KEY, language, text, words
from ui.study.references import reference_of
from ui.study.session import BROKEN_LINK, begin, is_chosen, read_link, study, write_link
from ui.texts import LANGUAGES
from ui.visitor import remember_visitor, visitor
from ui.work.last_department import last_department
from ui.work.shared import prepare, prepare_reference

ICON = Path(__file__).with_name("icon.png")
"""A file of our own: the icons of the framework are fetched from another server."""
MOST_FAULTS = 5
PAGES: tuple[tuple[str, Callable[[], None], str, str], ...] = (
    ("home", home_page, "accueil", ":material/home:"),
    ("scenario", scenario_page, "scenario", ":material/tune:"),
    ("compare", compare_page, "comparer", ":material/compare_arrows:"),
    ("present", present_page, "presenter", ":material/slideshow:"),
    ("budget", budget_page, "budget", ":material/euro:"),
    ("year", year_page, "une-annee", ":material/calendar_month:"),
    ("person", person_page, "une-personne", ":material/person:"),
    ("own_data", own_data_page, "mes-donnees", ":material/upload_file:"),
    ("explore", explore_page, "explorer", ":material/query_stats:"),
    ("method", method_page, "methode", ":material/menu_book:"),
)


@guarded
def run() -> None:
    """Draw the frame and the page that was chosen."""
    st.set_page_config(
        page_title=text("app.title"),
        page_icon=str(ICON),
        layout="wide",
        initial_sidebar_state="auto",
    )
    put_style()
    remember_visitor()
    begin(last_department(visitor()))
    prepare()
    read_link()
    made = {
        key: st.Page(
            guarded(function),
            title=text(f"page.{key}"),
            url_path=path,
            icon=icon,
            default=key == "home",
        )
        for key, function, path, icon in PAGES
    }
    st.session_state[PAGES_KEY] = made
    page = st.navigation(list(made.values()))
    _side()
    _set_language_of_page()
    _restarted()
    page.run()
    write_link()
    if is_chosen():
        prepare_reference(study())


def _side() -> None:
    with st.sidebar:
        name, tagline = typed(text("app.name")), typed(text("app.tagline"))
        st.html(f'<p class="brand">{name}<small>{tagline}</small></p>')
        st.segmented_control(
            text("app.language"),
            LANGUAGES,
            default=LANGUAGES[0],
            format_func=lambda each: words("app.language_names")[each],
            key=LANGUAGE_KEY,
            bind="query-params",
            required=True,
        )
    refused = st.session_state.pop(BROKEN_LINK, None)
    if refused:
        base = reference_of(study()).base
        named = (setting_text(one, base) for one in refused[:MOST_FAULTS])
        st.faults(text("link.refused"), named, icon=":material/link_off:")
    elif refused is not None:
        st.warning(text("link.broken"), icon=":material/link_off:")


def _restarted() -> None:
    """Above every page: that the study starts from the visitor's own data, and from which."""
    words = restart_words(study().own)
    if words:
        st.html(f'<p class="own-start" role="note">{typed(words)}</p>')


def _set_language_of_page() -> None:
    """Screen readers and hyphenation need the language of the page."""
    script = language_script(language())
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
