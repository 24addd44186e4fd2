"""What is drawn for each visitor: the navigation and the page that was chosen."""

from __future__ import annotations

from ui.navigation import run

run()
