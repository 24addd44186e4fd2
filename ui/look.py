"""The common look: style sheet, page heading, badges, cards, tables. Every text is escaped here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.plain_text import escaped
from sim.remarks import Remark
from ui import elements as st
from ui.reports.remarks import remark_text
from ui.spoken import language, text, texts
from ui.texts.typography import composed

STYLE = Path(__file__).with_name("style.css")
UPLOAD_BUTTON = (
    '[data-testid="stFileUploaderDropzone"]'
    ':has([data-testid="stFileUploaderDropzoneInstructions"]) button'
)
"""Once a file is there the box has no instructions, and its only button removes the file."""
STRONG = ' class="strong"'
BADGES = {
    "published": "data",
    "derived": "data",
    "calibrated": "mixed",
    "literature": "literature",
    "assumed": "assumption",
    "own": "data",
}
"""The badge of each kind of parameter, and of a visitor's own figure."""


@dataclass(frozen=True)
class Card:
    """One number of a page with its words; ``change`` and ``note`` may be empty."""

    label: str
    value: str
    change: str = ""
    note: str = ""
    badge: str = ""


@cache
def _style() -> str:
    return f"<style>{STYLE.read_text(encoding='utf-8')}</style>"


def put_style() -> None:
    """The style sheet, and the words that the framework only has in English."""
    st.html(_style())
    shown, size = text("upload.drop"), text("upload.size")
    st.html(
        "<style>"
        f"{UPLOAD_BUTTON}{{font-size:0}}"
        f'{UPLOAD_BUTTON}::after{{content:"{shown}";font-size:1rem}}'
        f"{UPLOAD_BUTTON} *{{font-size:0!important}}"
        '[data-testid="stFileUploaderDropzoneInstructions"] *{font-size:0!important}'
        f'[data-testid="stFileUploaderDropzoneInstructions"]::after{{content:"{size}";'
        "font-size:.85rem;color:#585858}"
        "</style>"
    )


def typed(words: str) -> str:
    """Text for HTML: escaped, with the spaces that must not break in French."""
    return escaped(unbroken(words))


def unbroken(words: str) -> str:
    """Text with the spaces that must not break in French."""
    return composed(words) if language() == "fr" else words


def heading(title: str, lead: str = "") -> None:
    """Title and first sentence of a page."""
    st.title(title, anchor=False)
    if lead:
        st.html(f'<p class="lead">{typed(lead)}</p>')


def badge(kind: str, words: str = "") -> str:
    """A small label, as HTML."""
    return f'<span class="badge {escaped(kind)}">{typed(words or text(f"badge.{kind}"))}</span>'


def projection_badges(*more: str) -> None:
    """What every result is, and further labels."""
    st.html(badge("projection", text("app.projection")) + "".join(more))


def cards(shown: Sequence[Card]) -> None:
    """Cards side by side, or below each other on a narrow screen."""
    st.html(f'<div class="cards">{"".join(map(_card, shown))}</div>')


def _card(one: Card) -> str:
    parts = [f'<p class="label">{typed(one.label)}</p><p class="value">{typed(one.value)}</p>']
    if one.change:
        parts.append(f'<p class="change">{typed(one.change)}</p>')
    if one.note or one.badge:
        parts.append(f'<p class="note">{one.badge}{typed(one.note)}</p>')
    return f'<div class="card">{"".join(parts)}</div>'


def show_remarks(remarks: Iterable[Remark]) -> None:
    """What has to be known of an input, beside every figure that it gave."""
    items = [remark_text(one, language()) for one in remarks]
    if items:
        title = typed(text("limits.remarks"))
        listed = "".join(f"<li>{typed(item)}</li>" for item in items)
        st.html(f'<div class="limits"><p>{title}</p><ul>{listed}</ul></div>')


def answer(sentences: Iterable[str], *, is_preview: bool = False) -> None:
    """The sentence of a page, with what has to be known beside it."""
    kind = "answer preview" if is_preview else "answer"
    content = "".join(f"<p>{typed(sentence)}</p>" for sentence in sentences if sentence)
    st.html(f'<div class="{kind}" role="status">{content}</div>')


def limits(key: str) -> None:
    """What an answer does not say, in a box beside it."""
    items = "".join(f"<li>{typed(item)}</li>" for item in texts(key))
    title = typed(text("limits.title"))
    st.html(f'<div class="limits"><p>{title}</p><ul>{items}</ul></div>')


def limits_line(key: str) -> None:
    """What an answer does not say, in one line with the rest behind it."""
    first, *more = texts(key)
    st.html(f'<p class="field" style="margin:.3rem 0">{typed(first)}</p>')
    with st.expander(text("limits.title"), icon=":material/info:"):
        st.html(f"<ul>{''.join(f'<li>{typed(item)}</li>' for item in more)}</ul>")


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    caption: str,
    *,
    is_text: bool = False,
    is_tall: bool = False,
    strong: Sequence[int] = (),
) -> None:
    """A plain table that a screen reader can follow; the first cell of a row names it."""
    top = "".join(f'<th scope="col">{typed(head)}</th>' for head in heads)
    body = "".join(
        f'<tr{STRONG if number in strong else ""}><th scope="row">{typed(row[0])}</th>'
        + "".join(f"<td>{typed(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for number, row in enumerate(rows)
    )
    kind = "plain text" if is_text else "plain sums" if strong else "plain"
    frame = "scroll tall" if is_tall else "scroll"
    st.html(
        f'<div class="{frame}" tabindex="0" role="region" aria-label="{typed(caption)}">'
        f'<table class="{kind}"><caption>{typed(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def or_dash(value: float, written: str) -> str:
    """The written number, or a dash where there is no value."""
    return written if math.isfinite(value) else "–"
