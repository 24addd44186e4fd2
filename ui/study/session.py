"""The study of this visitor, kept for the session and mirrored in the address."""

from __future__ import annotations

from sim.errors import InputError
from ui import elements as st
from ui.spoken import text
from ui.study.draft import Draft, Study, slug
from ui.study.first_values import with_first_value
from ui.study.link import PARAMETER, packed, unpacked
from ui.study.references import first_department, new_study

KEY = "study"
OPENED_ON = "department that the session opened on"
EDITED = "edited draft"
READ_LINK = "link that was read"
BROKEN_LINK = "link that could not be read"
"""Where the names of the fields are kept that a link may not set."""


def begin(department: str | None) -> None:
    """Open a session on a department: that of the last visit, or the first one."""
    if KEY not in st.session_state:
        st.session_state[OPENED_ON] = department or first_department()
        st.session_state[KEY] = new_study(st.session_state[OPENED_ON])


def study() -> Study:
    """The present study; a new one of the first department at the first visit."""
    begin(None)
    found: Study = st.session_state[KEY]
    return found


def is_chosen() -> bool:
    """Whether the visitor has chosen anything: the study is no longer that of a first visit."""
    return study() != new_study(st.session_state.get(OPENED_ON, first_department()))


def keep(changed: Study) -> None:
    """Make a study the present one."""
    st.session_state[KEY] = changed


def read_link() -> None:
    """Open the study of the address, once for each address."""
    token = st.query_params.get(PARAMETER)
    if not token or token == st.session_state.get(READ_LINK):
        return
    st.session_state[READ_LINK] = token
    if KEY in st.session_state and packed(st.session_state[KEY]) == token:
        return
    try:
        found = unpacked(token)
    except InputError as error:
        st.session_state[BROKEN_LINK] = [fault.field for fault in error.faults if fault.field]
        return
    keep(found)
    st.session_state[EDITED] = found.drafts[-1].key if found.drafts else None


def write_link() -> None:
    """Keep the address in step with the study, so that it can be copied at any time."""
    token = packed(study())
    if token is None:
        st.query_params.pop(PARAMETER, None)
    elif st.query_params.get(PARAMETER) != token:
        st.session_state[READ_LINK] = token
        st.query_params[PARAMETER] = token


def edited() -> Draft | None:
    """The scenario that is being edited: the last one unless another was chosen."""
    drafts = study().drafts
    chosen = study().draft(str(st.session_state.get(EDITED)))
    return chosen or (drafts[-1] if drafts else None)


def edit(key: str) -> None:
    """Choose the scenario that is edited."""
    st.session_state[EDITED] = key


def add_draft(draft: Draft) -> bool:
    """Add a scenario under a free name; False when there are already as many as fit."""
    present = study()
    if present.is_full:
        return False
    taken = frozenset(other.key for other in present.drafts) | {present.reference}
    named = draft.model_copy(update={"key": slug(draft.title, taken)})
    keep(present.with_draft(named))
    edit(named.key)
    return True


def open_question(focus: str) -> None:
    """Start a scenario from one of the questions of the first page (or edit the one it made)."""
    for draft in study().drafts:
        if draft.focus == focus and focus:
            edit(draft.key)
            return
    title = text(f"question.{focus or 'blank'}_title")
    known = {"key": "new", "title": title, "origin": study().reference, "focus": focus}
    add_draft(with_first_value(Draft.model_validate(known)))
