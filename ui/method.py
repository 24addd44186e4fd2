"""What the app can say and what it cannot."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from ui.settings import REFERENCE, scenario
from ui.texts import text, texts


def method_page() -> None:
    """Draw the page."""
    st.title(text("method.title"))
    st.markdown(text("method.lead"))
    for heading, items in (
        ("method.reads_heading", "method.reads"),
        ("method.limits_heading", "method.limits"),
        ("method.order_heading", "method.words"),
    ):
        st.subheader(text(heading))
        st.markdown("\n".join(f"- {item}" for item in texts(items)))
    st.subheader(text("method.numbers_heading"))
    st.markdown(numbers_text())


def numbers_text() -> str:
    """How many values of the department are of which kind."""
    base = scenario(REFERENCE).base
    kinds = Counter(str(base.entry(path).kind) for path in base.paths())
    words = {kind: kinds[kind] for kind in _KINDS}
    return text("method.numbers", total=sum(kinds.values()), **words)


_KINDS = ("published", "derived", "calibrated", "literature", "assumed")
