"""The elements of the framework, each with its texts as plain text.

The framework reads Markdown, emoji codes, formulas, links and images in almost every text that it
shows. Pages take its elements from here and never from the framework itself, so that a title that
somebody wrote stays what it is. Nothing of ours needs Markdown except `strong` and `faults`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

import streamlit
from streamlit import (
    Page,
    cache_data,
    cache_resource,
    code,
    columns,
    container,
    context,
    empty,
    fragment,
    html,
    plotly_chart,
    query_params,
    rerun,
    session_state,
    set_page_config,
    sidebar,
    switch_page,
)

from ui.plain_text import markdown_text
from ui.texts.typography import composed

__all__ = [
    "Page", "cache_data", "cache_resource", "code", "columns", "container", "context", "empty",
    "fragment", "html", "navigation", "plotly_chart", "query_params", "rerun", "session_state",
    "set_page_config", "sidebar", "switch_page",
]  # fmt: skip

WORDS = frozenset({"body", "help", "label", "text"})
Element = TypeVar("Element", bound=Callable[..., Any])


def _plain(element: Element) -> Element:
    """The element with its first text, its label and its help as plain text."""

    @functools.wraps(element)
    def drawn(*given: Any, **named: Any) -> Any:
        texts = [_shown(one) for one in given[:1]]
        words = {name: _shown(one) if name in WORDS else one for name, one in named.items()}
        return element(*texts, *given[1:], **words)

    return cast(Element, drawn)


def _shown(given: Any) -> Any:
    if isinstance(given, str):
        return markdown_text(given)
    return [markdown_text(one) for one in given] if isinstance(given, list) else given


def _with_options(element: Element) -> Element:
    """An element whose options are Markdown too."""

    @functools.wraps(element)
    def drawn(*given: Any, format_func: Callable[[Any], Any] = str, **named: Any) -> Any:
        return element(
            *given, format_func=lambda option: markdown_text(str(format_func(option))), **named
        )

    return _plain(cast(Element, drawn))


navigation = streamlit.navigation

button = _plain(streamlit.button)
checkbox = _plain(streamlit.checkbox)
download_button = _plain(streamlit.download_button)
error = _plain(streamlit.error)
expander = _plain(streamlit.expander)
file_uploader = _plain(streamlit.file_uploader)
header = _plain(streamlit.header)
"""The heading of a section: one level below the title of its page, none is left out."""
info = _plain(streamlit.info)
multiselect = _plain(streamlit.multiselect)
number_input = _plain(streamlit.number_input)
page_link = _plain(streamlit.page_link)
progress = _plain(streamlit.progress)
radio = _with_options(streamlit.radio)
segmented_control = _with_options(streamlit.segmented_control)
select_slider = _with_options(streamlit.select_slider)
selectbox = _plain(streamlit.selectbox)
slider = _plain(streamlit.slider)
spinner = _plain(streamlit.spinner)
success = _plain(streamlit.success)
tabs = _plain(streamlit.tabs)
text_area = _plain(streamlit.text_area)
text_input = _plain(streamlit.text_input)
title = _plain(streamlit.title)
toast = _plain(streamlit.toast)
toggle = _plain(streamlit.toggle)
warning = _plain(streamlit.warning)


def caption(words: str, *, is_ours: bool = True) -> None:
    """A small line of text; its spaces do not break where those of French do not.

    What is not ``is_ours`` stays as a person wrote it.
    """
    streamlit.caption(markdown_text(composed(words) if is_ours else words))


def paragraph(words: str) -> None:
    """A paragraph of text."""
    streamlit.markdown(markdown_text(words))


def strong(words: str) -> None:
    """A paragraph in bold."""
    streamlit.markdown(f"**{markdown_text(words)}**")


def faults(heading: str, items: Iterable[str], icon: str = ":material/edit:") -> None:
    """What has to be mended: a sentence and a list."""
    listed = "".join(f"\n- {markdown_text(item)}" for item in items)
    streamlit.error(f"{markdown_text(heading)}\n{listed}", icon=icon)
