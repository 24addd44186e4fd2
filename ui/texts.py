"""The French texts of the app, from one catalogue."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

CATALOGUE = Path(__file__).with_name("texts.yaml")


@cache
def _catalogue() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    return found


def text(key: str, **words: object) -> str:
    """The text at ``group.name``, with its words filled in. Raises KeyError when unknown."""
    return str(_at(key)).format(**words).strip()


def texts(key: str) -> list[str]:
    """The list of texts at ``group.name``."""
    return [str(item) for item in _at(key)]


def words(key: str) -> dict[str, str]:
    """The named texts at ``group.name``."""
    return {str(name): str(value) for name, value in _at(key).items()}


def _at(key: str) -> Any:
    found: Any = _catalogue()
    for part in key.split("."):
        found = found[part]
    return found
