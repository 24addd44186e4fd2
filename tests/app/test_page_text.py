"""A person's text in the app: its elements and charts show it as it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import numpy as np
import pytest
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from ui.charts.curves import difference_chart, level_chart
from ui.charts.flows import Flow, sankey
from ui.charts.money import fan, waterfall
from ui.charts.ranges import NamedRange, range_chart
from ui.charts.tornado import Bar, tornado
from ui.outcome_words import Shown
from ui.plain_text import WORD_JOINER, chart_text, markdown_text
from ui.texts.typography import composed

HOSTILE = (
    "![x](http://192.0.2.1/x.png)",
    "[x](http://evil.example) <http://evil.example>",
    "# a",
    "1. a",
    "- a",
    "+ a",
    "> a",
    "**a** _b_ `c` ~~d~~ ***",
    "<b onclick=x>a</b> &lt;b&gt; &#58;",
    "a | b",
    "$x^2$ $$y$$",
    "[^1] a\\*b \\",
    "```",
)
CODES = (
    ":fire:",
    ":material/home:",
    ":red[x]",
    ":streamlit:",
    "a@b.fr",
    "www.x.fr",
    "https://x.fr",
)
ARROWS = ("a -> b", "a <- b", "<->", "a -- b", "a >= b", "a <= b", "a ~= b")
MENDED = re.compile(
    r":(?!material/|streamlit:)[\w+-][\w_+-]*:|:material/|:streamlit:|:[a-z][a-z0-9-]*\["
    r"|https?://|www\.|[-.\w+]+@[-\w]+|(?:^|\s)(?:<->|->|<-|--|>=|<=|~=)(?:\s|$)"
)
"""What the framework replaces in text that its Markdown already read, after its own sources."""
FRENCH = (
    "Part des premiers rendez-vous : l'été à 10:30 (14 %), « oui » ; n° 3 – 12/2025 !",
    "2,5 postes + 3 = 5,5",
)


@pytest.mark.parametrize("words", [*HOSTILE, *CODES, *ARROWS, *FRENCH])
def test_markdown_shows_text_as_it_is_written(words: str) -> None:
    made = MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(markdown_text(words))
    assert made.startswith("<p>"), made
    assert made.count("<") == 2, made
    shown = unescape(made.removeprefix("<p>").removesuffix("</p>\n"))
    assert shown.replace(WORD_JOINER, "") == words
    assert not MENDED.search(shown), shown
    assert not re.search(r"(?<!\\)\$", markdown_text(words))


def test_ordinary_words_carry_no_marks() -> None:
    for words in ("Recruter 14 postes", "Délai d'un mois : 30 jours (5 %)", "2,5 ETP – l'été"):
        assert markdown_text(words) == words


ELEMENTS = """
from ui import elements as st
T = {title!r}
st.title(T); st.header(T); st.caption(T); st.paragraph(T); st.strong(T)
st.button(T, help=T); st.checkbox(label=T); st.toggle(T); st.info(T); st.warning(T); st.error(T)
st.success(T); st.toast(T); st.faults(T, [T])
st.radio(T, [T]); st.selectbox(T, [T]); st.multiselect(T, [T]); st.slider(T, 0, 5)
st.number_input(T); st.text_input(T); st.text_area(T); st.tabs([T, "b"]); st.expander(T)
st.segmented_control(T, [T], format_func=lambda each: each)
"""


def test_every_element_shows_plain_text() -> None:
    title = "![x](http://192.0.2.1/x.png) :fire:"
    plain = markdown_text(title)
    made = AppTest.from_string(ELEMENTS.format(title=title), default_timeout=30).run()
    assert not made.exception
    bodies = [*made.title, *made.header, *made.info, *made.warning, *made.success]
    assert [one.value for one in (*bodies, *made.toast)] == [plain] * 6
    assert [one.value for one in made.caption] == [markdown_text(composed(title))]
    assert [one.value for one in made.markdown] == [plain, f"**{plain}**"]
    assert [one.value for one in made.error] == [plain, f"{plain}\n\n- {plain}"]
    widgets = [
        *made.button, *made.checkbox, *made.toggle, *made.radio, *made.selectbox,
        *made.multiselect, *made.slider, *made.number_input, *made.text_input, *made.text_area,
        *made.tabs[:1], *made.expander, *made.button_group,
    ]  # fmt: skip
    assert [one.label for one in widgets] == [plain] * 13
    assert made.button[0].help == plain
    assert made.radio[0].options == [plain]
    assert made.selectbox[0].options == [title], "its options are no Markdown"


def test_charts_show_text_as_it_is_written() -> None:
    name = "<b>a</b><a href='x'>b</a> $x$ %{y} &lt;"
    shown = chart_text(name)
    assert not re.search(r"[<>$]|%\{", shown)
    assert unescape(shown).replace(WORD_JOINER, "") == name


def charts(name: str) -> Iterator[Any]:
    from ui.work.results import Comparison

    months = ("2023-01", "2023-02")
    values = np.ones((2, 2))
    one = Comparison(months, values, values + 1.0)
    shown = Shown.of("caseload_households")
    yield level_chart([(name, one)], shown, "2023-02")
    yield difference_chart([(name, one)], shown, "2023-02")
    yield sankey([Flow(name, "b", 3.0), Flow("b", name + "c", 2.0)])
    yield waterfall([(name, 2.0)], name)
    yield fan(months, [(name, values)])
    yield range_chart(
        [NamedRange(name, months, (1.0, 2.0), (0.0, 1.0), (2.0, 3.0))], "a", "b", 1, from_zero=True
    )
    yield tornado([Bar(name, name, 1.0, 0.5, 1.5, name, False)], "a", (name, name))


def strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for each in content.values():
            yield from strings(each)
    elif isinstance(content, list):
        for each in content:
            yield from strings(each)


def test_no_chart_reads_a_name_as_a_command() -> None:
    for figure in charts("<s>a</s>%{z}$x$"):
        found = [one for one in strings(json.loads(figure.to_json())) if "a&lt;" in one]
        assert found
        assert not any(
            "<s>" in one or "%{z}" in one for one in strings(json.loads(figure.to_json()))
        )
