"""Entry of the app: navigation only. Run it with ``make app``."""

from __future__ import annotations

import streamlit as st

from ui.navigation import pages, set_up

set_up()
st.navigation(pages()).run()
