"""Every name that the glossary gives stands in the code, and every file that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("sim", "brought", "replay", "calibration", "forecast", "ui")


def names() -> list[str]:
    """What stands between backticks in the last column, or in the last two of the last table."""
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.split("|")[2:] for line in page.splitlines() if line.startswith("| ")]
    return sorted({name for row in rows for cell in row for name in re.findall(r"`(.+?)`", cell)})


def test_every_name_stands_in_the_code() -> None:
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*")]
    texts = [file.read_text("utf-8") for file in files if file.suffix in (".py", ".yaml")]
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    endings = {f"_{word.rpartition('_')[2]}" for word in words}
    found = names()
    assert len(found) > 60
    missing = [name for name in found if name not in words | endings]
    assert [name for name in missing if "/" not in name or not (ROOT / name).exists()] == []
