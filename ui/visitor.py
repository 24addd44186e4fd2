"""Who is visiting: a random name in a cookie, so that two users of one server do not mix."""

from __future__ import annotations

from ui import elements as st
from ui.work.places import OWNER, new_owner

COOKIE = "rsa_poste"
KEY = "visitor"
YEAR_SECONDS = 31_536_000


def remember_visitor() -> None:
    """Know the visitor again by the name that the front door gave to the browser."""
    known = str(st.context.cookies.get(COOKIE, ""))
    if KEY not in st.session_state:
        st.session_state[KEY] = known if OWNER.fullmatch(known) else new_owner()


def visitor() -> str:
    """The name of this visitor."""
    if KEY not in st.session_state:
        st.session_state[KEY] = new_owner()
    return str(st.session_state[KEY])
