"""Entry of the app: its server behind its front door. Run it with ``caseload app``."""

from __future__ import annotations

from streamlit.starlette import App

from ui.entry.front_door import SCRIPT, middleware

app = App(SCRIPT, middleware=middleware())
