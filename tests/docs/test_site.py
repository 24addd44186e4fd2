"""The site has every page, and the reference every public name. `make site` checks the links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

import sim

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
OF_THE_TOP_FOLDER = {"index.md", "CONTRIBUTING.md", "CHANGELOG.md"}


def places(entry: Any) -> Iterator[str]:
    """The pages of a part of the navigation."""
    if isinstance(entry, str):
        yield entry
    for part in entry.values() if isinstance(entry, dict) else ():
        yield from places(part)
    for part in entry if isinstance(entry, list) else ():
        yield from places(part)


def test_the_navigation_leads_to_every_page_once() -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    pages = {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")}
    assert sorted(places(settings["nav"])) == sorted(pages | OF_THE_TOP_FOLDER)


def test_the_reference_has_every_public_name_once() -> None:
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    named = re.findall(r"^::: sim\.(?:[\w.]+\.)?(\w+)$", page, re.MULTILINE)
    assert sorted(named) == sorted(set(sim.__all__) - {"__version__"})
