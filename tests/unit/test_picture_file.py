"""A picture shows every text as it is written, whatever the text holds."""

from __future__ import annotations

import warnings
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from ui.reports.picture_file import UNKNOWN_GLYPH, picture_file, picture_text

HOSTILE = (
    "$x^2$ et $\\frac{1",
    "100 $ puis 200 $",
    "$\\undefined{$",
    "Somme \U0001f525 漢字 \u0f00",
    "a\x1b[31m\x00\ud800b",
    "<b>&amp;</b> -- ]]> <!--",
    "\\$x\\$ \\n",
)


def figure_with(title: str) -> Figure:
    figure = Figure(figsize=(3.0, 2.0), dpi=40)
    panel = figure.subplots()
    panel.plot([0, 1], [0, 1], label=title)
    panel.set_title(title, weight="bold")
    panel.set_xlabel(title)
    panel.set_yticks([0, 1], [title, "b"])
    panel.text(0.5, 0.5, title)
    figure.legend(loc="lower center")
    figure.set_layout_engine("tight", rect=(0.0, 0.1, 1.0, 0.9))
    return figure


@pytest.mark.slow
@pytest.mark.parametrize("title", HOSTILE)
def test_a_picture_is_made_of_any_text_without_a_warning(title: str) -> None:
    figure = figure_with(title)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "Tight layout not applied")
        assert picture_file(figure).startswith(b"\x89PNG")
        drawn = picture_file(figure, "svg")
        assert drawn == picture_file(figure, "svg"), "the same bytes at every writing"
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    shown = {str(one.get_text()) for one in figure.findobj(Text)}
    assert picture_text(title, FontProperties()) in shown


def test_a_formula_is_no_formula_and_a_letter_without_a_glyph_is_a_square() -> None:
    font = FontProperties()
    assert picture_text("$x^2$ \\$ é–« 14\u202f%", font) == "$x^2$ \\$ é–« 14\u202f%"
    assert picture_text("a\U0001f525漢b", font) == f"a{UNKNOWN_GLYPH}{UNKNOWN_GLYPH}b"
    figure = figure_with("$x^2$")
    picture_file(figure)
    assert not any(one.get_parse_math() for one in figure.findobj(Text))
