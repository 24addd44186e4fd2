"""A figure as a file: the same bytes at every writing, every text in it as it is written."""

from __future__ import annotations

import io
import threading
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter

from sim.plain_text import cleaned

UNKNOWN_GLYPH = "\u25a1"
FONT_FOLDER = str(Path(mpl.get_data_path()) / "fonts" / "ttf")
"""The fonts that come with the library of pictures: there on every machine."""
_DRAWING = threading.Lock()
"""One picture at a time: the library's settings and fonts are those of the whole process."""
METADATA: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
}


def picture_file(figure: Figure, kind: Literal["png", "svg"] = "png") -> bytes:
    """The picture as a file. No text is read as a formula; every letter has a glyph."""
    canvas = FigureCanvasAgg(figure)
    buffer = io.BytesIO()
    with _DRAWING, mpl.rc_context({"text.parse_math": False, "svg.hashsalt": "caseload"}):
        _write_plainly(figure)
        layout = figure.get_layout_engine()
        if layout is not None:
            layout.execute(figure)
            figure.set_layout_engine("none")  # laid out once: again would move it a little
        if kind == "png":  # at once: ``savefig`` goes through the whole drawing once before
            canvas.print_png(buffer, metadata=METADATA[kind])  # type: ignore[no-untyped-call]
        else:
            figure.savefig(buffer, format=kind, metadata=METADATA[kind])
    return buffer.getvalue()


def _write_plainly(figure: Figure) -> None:
    for panel in figure.axes:
        for axis in (panel.xaxis, panel.yaxis):
            names = axis.get_major_formatter()
            if isinstance(names, FuncFormatter):  # also the names that were given for ticks
                names.func = _plain_names(names.func)
    for shown in figure.findobj(Text):
        assert isinstance(shown, Text)
        shown.set_parse_math(False)
        shown.set_text(picture_text(shown.get_text(), shown.get_fontproperties()))


def _plain_names(name_of: Callable[..., str]) -> Callable[..., str]:
    return lambda value, place: picture_text(str(name_of(value, place)), FontProperties())


def picture_text(text: str, font: FontProperties) -> str:
    """The text with a square where the font has no glyph for a letter."""
    glyphs = _glyphs(fontManager.findfont(font))
    return "".join(
        letter if letter == "\n" or ord(letter) in glyphs else _in_place_of(letter)
        for letter in cleaned(text).replace("\t", " ")
    )


def drawable(text: str) -> str:
    """The text with a square for every letter that the fonts of pictures do not draw."""
    return picture_text(picture_text(text, FontProperties()), FontProperties(weight="bold"))


def _in_place_of(letter: str) -> str:
    """A mark on the letter before it is left out; anything else is a square."""
    return "" if unicodedata.category(letter) in ("Mn", "Me", "Cf") else UNKNOWN_GLYPH


@cache
def _glyphs(font_file: str) -> frozenset[int]:
    return frozenset(get_font(font_file).get_charmap())
