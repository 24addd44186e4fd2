"""The pages of the app and what they have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from ui.comparison import comparison_page
from ui.method import method_page
from ui.texts import text

ICON = Path(__file__).with_name("icon.png")
"""A file of our own: the icons of the framework are fetched from another server."""
SIDEBAR_PIXELS = 370
PAGE_LANGUAGE = "<script>document.documentElement.lang = 'fr';</script>"


def set_up() -> None:
    """Title of the window, width and language of the page."""
    st.set_page_config(
        page_title=text("app.title"),
        page_icon=str(ICON),
        layout="wide",
        initial_sidebar_state=SIDEBAR_PIXELS,
    )
    st.html(PAGE_LANGUAGE, unsafe_allow_javascript=True)


def pages() -> list[Any]:
    """Every page, in the order of the menu."""
    return [
        st.Page(
            comparison_page,
            title=text("page.comparison"),
            icon=":material/compare_arrows:",
            url_path="comparer",
            default=True,
        ),
        st.Page(
            method_page,
            title=text("page.method"),
            icon=":material/menu_book:",
            url_path="methode",
        ),
    ]
