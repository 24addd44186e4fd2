"""What of the top folder of a checkout goes with the program: scenarios, the entry of the app."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def top_folder() -> Path:
    """The top folder of a checkout, or the folder in which a wheel carries its part of it."""
    inside_a_wheel = PACKAGE / "top"
    return inside_a_wheel if inside_a_wheel.is_dir() else PACKAGE.parent
