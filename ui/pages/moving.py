"""Moving between pages; the pages themselves are known to `ui.navigation` alone."""

from __future__ import annotations

from typing import Any

from ui import elements as st
from ui.spoken import text
from ui.study.session import study

PAGES = "pages"


def page(key: str) -> Any:
    """A page by its key, for links."""
    return st.session_state[PAGES][key]


def go_to(key: str) -> None:
    """Open another page of the app."""
    if PAGES in st.session_state:
        # Without parameters named here the framework refuses to leave those that fields are bound
        # to, such as the language; the fields write them again on the page that opens.
        st.switch_page(page(key), query_params={})


def link_to(key: str, label: str, icon: str) -> None:
    """A link to another page; none where a page is drawn alone."""
    if PAGES in st.session_state:
        st.page_link(page(key), label=label, icon=icon)


def lacks_scenarios() -> bool:
    """Whether the visitor has no scenario yet; says so, with the way to where one is made."""
    if study().drafts:
        return False
    st.info(text("compare.none"), icon=":material/tune:")
    link_to("scenario", text("compare.to_scenario"), ":material/tune:")
    return True
