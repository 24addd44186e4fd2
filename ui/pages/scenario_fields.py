"""The fields of a scenario: one widget for each lever, with unit, range, reference and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sim.parameters.entry import dated_pairs
from ui import elements as st
from ui.look import BADGES, badge, typed
from ui.numbers import PER_CENT, counted, plain_number
from ui.outcome_words import value_word
from ui.sources import source_text
from ui.spoken import language, text
from ui.study.allowed import SIZES, TIMES_THE_USUAL
from ui.study.draft import Draft
from ui.study.fields import BLOCKS, Field, fields_of, is_shown_at_once
from ui.study.references import origin_of, reference_of
from ui.study.session import study

TYPED_IN = ("portfolio_cap", "staff_fte", "activity_places")
"""Levers entered as a number: their plausible values span too much for a slider."""
SMALLEST_PORTFOLIO, LARGEST_PORTFOLIO = 10.0, 1000.0
LARGEST = 1e6
"""The largest number of a field that the tables do not bound."""
CONTACTS_BLOCK = "organisation"
UPRATING = "uprating"
MOST_UPRATING = 10.0
FIRST_MONTH_OF_UPRATING = 4
MOST_SOURCES = 3


def blocks(draft: Draft, territory: str, tabs: Mapping[str, Any]) -> Draft:
    """Draw every block in its tab; the draft with what was entered."""
    for block in BLOCKS:
        with tabs[block]:
            if block == CONTACTS_BLOCK:
                words = text("scenario.contacts_and_appointments")
                st.html(f'<p class="field" style="margin:0">{typed(words)}</p>')
            fields = [one for one in fields_of(draft, block, territory) if _has_widget(one)]
            shown = [one for one in fields if is_shown_at_once(one, draft, block)]
            others = [one for one in fields if one not in shown]
            for field in shown:
                draft = _entered(draft, field)
            draft = _others(draft, block, territory, others)
    return draft


def _others(draft: Draft, block: str, territory: str, fields: list[Field]) -> Draft:
    """Further levers, added one by one."""
    if not fields:
        return draft
    labels = {field.path: _label(field) for field in fields}
    chosen = st.multiselect(
        text("scenario.more"),
        list(labels),
        format_func=lambda path: labels.get(path, path),
        placeholder=counted("scenario.more_placeholder", len(fields)),
        key=f"more {draft.key} {block} {territory}",
    )
    for field in fields:
        if field.path in chosen:
            draft = _entered(draft, field)
    return draft


def _has_widget(field: Field) -> bool:
    return field.is_number or bool(field.lever.choices) or field.lever.key == UPRATING


def _label(field: Field) -> str:
    return field.lever.label[language()]


def _entered(draft: Draft, field: Field) -> Draft:
    """Draw one field; the draft with its value, without it when it is back where it was."""
    key = f"{draft.key} {draft.origin} {field.path}"
    if field.lever.key == UPRATING:
        return _uprating(draft, field, key)
    if field.lever.choices:
        return _with(draft, field, _words(field, key))
    scale = PER_CENT if field.lever.unit == "share" else 1.0
    value = _number(field, key, scale)
    _below(field, scale)
    if value is None:
        return draft
    return _with(draft, field, value)


def _with(draft: Draft, field: Field, value: object) -> Draft:
    start = list(field.start) if isinstance(field.start, tuple) else field.start
    values = {path: item for path, item in draft.values.items() if path != field.path}
    if value != start:
        values[field.path] = value  # type: ignore[assignment]
    return draft if values == draft.values else draft.model_copy(update={"values": values})


def _number(field: Field, key: str, scale: float) -> float | int | None:
    """The number entered, in the unit of the table; None while it cannot be."""
    lever = field.lever
    low, high = lever.low * scale, lever.high * scale
    if lever.key in TYPED_IN:
        entered = _typed_in(field, key, scale)
    else:
        left, right = st.columns([3, 1.15], vertical_alignment="bottom")
        typed_key = f"{key} typed"
        with left:
            _slider(field, key, typed_key, scale)
        with right:
            entered = _typed_in(field, typed_key, scale, beside=key)
    if not _is_possible(field, entered, scale) or entered is None:
        return None
    if not low <= entered <= high:
        st.warning(
            _words_of("error.unusual", field, scale, entered, low, high), icon=":material/info:"
        )
    value = entered / scale
    is_whole = isinstance(field.start, int)
    return round(value) if is_whole else round(value, 6)


def _slider(field: Field, key: str, typed_key: str, scale: float) -> None:
    """The slider over the usual values; it moves the number beside it."""
    lever = field.lever
    present = float(field.value) * scale  # type: ignore[arg-type]
    shown = float(st.session_state.get(key, present))
    st.slider(
        _label(field),
        min(lever.low * scale, present, shown),
        max(lever.high * scale, present, shown),
        present,
        step=lever.step * scale,
        format="%g",
        help=_source(field),
        key=key,
        on_change=_copy,
        args=(key, typed_key, *_possible(field, scale)),
    )


def _typed_in(field: Field, key: str, scale: float, beside: str = "") -> float | None:
    """The number with its steps; it moves the slider beside it, if there is one."""
    present = float(field.value) * scale  # type: ignore[arg-type]
    entered: float | None = st.number_input(
        _label(field),
        value=present,
        step=field.lever.step * scale,
        format="%g",
        help=None if beside else _source(field),
        key=key,
        label_visibility="collapsed" if beside else "visible",
        on_change=_copy if beside else None,
        args=(key, beside, *_possible(field, scale)) if beside else None,
    )
    return entered


def _copy(changed: str, other: str, bottom: float, top: float) -> None:
    """What was entered in one of two fields, in the other one too, as far as it is possible."""
    entered = st.session_state[changed]
    if entered is not None:
        st.session_state[other] = min(max(entered, bottom), top)


def _possible(field: Field, scale: float) -> tuple[float, float]:
    """The numbers that a field accepts, as they are written."""
    if field.lever.key == "portfolio_cap":
        return SMALLEST_PORTFOLIO, LARGEST_PORTFOLIO
    low, high = field.possible
    top = LARGEST if high is None else float(high)
    if field.lever.unit in SIZES:
        top = min(top, TIMES_THE_USUAL * field.lever.high)
    return float(low or 0.0) * scale, top * scale


def _is_possible(field: Field, entered: float | None, scale: float) -> bool:
    bottom, top = _possible(field, scale)
    if entered is not None and bottom <= entered <= top:
        return True
    words = "error.missing" if entered is None else "error.out_of_range"
    shown_top = min(top, field.lever.high * scale)
    st.error(
        _words_of(words, field, scale, entered or 0.0, bottom, shown_top), icon=":material/edit:"
    )
    return False


def _words_of(key: str, field: Field, scale: float, found: float, low: float, high: float) -> str:
    reference = field.reference if isinstance(field.reference, (int, float)) else 0.0
    return text(
        key,
        field=_label(field),
        found=plain_number(found),
        low=plain_number(low),
        high=plain_number(high),
        reference=plain_number(float(reference) * scale),
    )


def _words(field: Field, key: str) -> object:
    """One word or several, from those that the tables know."""
    choices = list(field.lever.choices)
    if isinstance(field.start, tuple):
        present = field.value if isinstance(field.value, (list, tuple)) else ()
        return st.multiselect(
            _label(field),
            choices or sorted({str(one) for one in field.start}),
            default=[str(one) for one in present],
            format_func=_word,
            placeholder=text("common.choose"),
            help=_source(field),
            key=key,
        )
    chosen: str = st.selectbox(
        _label(field),
        choices,
        index=choices.index(str(field.value)) if str(field.value) in choices else 0,
        format_func=_word,
        help=_source(field),
        key=key,
    )
    return chosen


def _word(name: object) -> str:
    return value_word(name, reference_of(study()).base)


def _uprating(draft: Draft, field: Field, key: str) -> Draft:
    """A yearly uprating of the base amount after the last one that the law has fixed."""
    known = dated_pairs(field.start) if isinstance(field.start, tuple) else ()
    if not known:
        return draft
    last_day, last_amount = known[-1]
    years = [
        year
        for year in range(last_day.year + 1, origin_of(draft).start.year + 7)
        if date(year, FIRST_MONTH_OF_UPRATING, 1) < _end()
    ]
    if not years:
        note = text("scenario.uprating_known", day=f"{last_day:%d/%m/%Y}")
        st.html(f'<p class="field" style="margin-top:.4rem">{typed(note)}</p>')
        return draft
    present = 0.0
    stated = draft.values.get(field.path)
    first = date(years[0], FIRST_MONTH_OF_UPRATING, 1).isoformat()
    if isinstance(stated, dict) and first in stated:
        present = (float(stated[first]) / float(last_amount) - 1.0) * PER_CENT
    rate = st.slider(
        text("scenario.uprating"),
        0.0,
        MOST_UPRATING,
        round(present, 1),
        step=0.1,
        key=key,
        format="%g",
        help=_source(field),
    )
    words = text(
        "scenario.uprating_help",
        amount=plain_number(float(last_amount)),
        day=f"{last_day:%d/%m/%Y}",
    )
    st.html(f'<p class="field">{typed(words)}</p>')
    if not rate:
        return _with(draft, field, list(field.start) if isinstance(field.start, tuple) else None)
    amounts = {day.isoformat(): item for day, item in known}
    for count, year in enumerate(years, start=1):
        amount = float(last_amount) * (1.0 + rate / PER_CENT) ** count
        amounts[date(year, FIRST_MONTH_OF_UPRATING, 1).isoformat()] = round(amount, 2)
    return _with(draft, field, amounts)


def _end() -> date:
    return reference_of(study()).end


def _below(field: Field, scale: float) -> None:
    """Unit, plausible range, reference value and where it comes from."""
    lever = field.lever
    reference = float(field.reference) * scale  # type: ignore[arg-type]
    words = text(
        "scenario.below",
        unit=text(f"unit.{lever.unit}"),
        low=plain_number(lever.low * scale),
        high=plain_number(lever.high * scale),
        reference=plain_number(reference),
        kind=text(f"kind.{field.kind}"),
    )
    # Nothing is added to a reference by definition: no data says so, and no badge.
    kind = badge(BADGES[field.kind]) if reference else ""
    st.html(f'<p class="field">{kind}{typed(words)}</p>')


def _source(field: Field) -> str:
    return text("common.source", source=" ; ".join(_titles(field.source)))


def _titles(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(source_text(key) for key in keys))[:MOST_SOURCES]
