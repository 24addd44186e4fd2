"""A note set by typst as a tagged PDF (PDF/UA-1): words as data, one picture."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import Literal

import typst

from ui.reports.picture_file import FONT_FOLDER

STANDARD: Literal["ua-1"] = "ua-1"
LONG_WORD, PART_OF_WORD = re.compile(r"\S{31,}"), 15
ZERO_WIDTH_SPACE = "\u200b"


def typeset(template: Path, content: object, chart: bytes) -> bytes:
    """The PDF of a template, its content (read as ``content.json``) and a picture (SVG).

    Words are data: none is a command.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(template, root / "note.typ")
        (root / "chart.svg").write_bytes(chart)
        (root / "content.json").write_text(json.dumps(content), encoding="utf-8")
        made = typst.compile(
            str(root / "note.typ"),
            root=str(root),
            font_paths=[FONT_FOLDER],
            format="pdf",
            pdf_standards=STANDARD,
        )
    return bytes(made)


def divided(text: str) -> str:
    """A text whose long words have places where a line may end, so that none runs over the edge."""
    return LONG_WORD.sub(lambda long: ZERO_WIDTH_SPACE.join(wrap(long[0], PART_OF_WORD)), text)
