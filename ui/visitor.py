"""Who is visiting: a random name in a cookie, so that two users of one server do not mix."""

from __future__ import annotations

import streamlit as st

from ui.work.places import OWNER, new_owner

COOKIE = "rsa_poste"
KEY = "visitor"
YEAR_SECONDS = 31_536_000


def remember_visitor() -> None:
    """Give the browser a name at its first visit; it is kept for a year."""
    known = str(st.context.cookies.get(COOKIE, ""))
    if KEY not in st.session_state:
        st.session_state[KEY] = known if OWNER.fullmatch(known) else new_owner()
    if known != st.session_state[KEY]:
        st.html(
            f"<script>document.cookie='{COOKIE}={st.session_state[KEY]};path=/;"
            f"max-age={YEAR_SECONDS};SameSite=Strict';</script>",
            unsafe_allow_javascript=True,
        )


def visitor() -> str:
    """The name of this visitor."""
    if KEY not in st.session_state:
        st.session_state[KEY] = new_owner()
    return str(st.session_state[KEY])
