"""What a question of the first page is opened with: a value that already changes something."""

from __future__ import annotations

from ui.study.draft import Draft
from ui.study.fields import OF_FOCUS, fields_of, territories_of

BLOCK_OF_FOCUS = {"recruit": "means", "portfolios": "organisation", "delays": "organisation"}
SMALLER = 2.0 / 3.0
"""A portfolio is first tried at two thirds of what it is."""
TENS = 10.0


def with_first_value(draft: Draft) -> Draft:
    """The draft with a first value for its question, in the territory that is shown first."""
    if draft.focus != "portfolios":
        return draft
    fields = fields_of(draft, BLOCK_OF_FOCUS[draft.focus], territories_of(draft)[0])
    asked = (one for one in fields if one.lever.key in OF_FOCUS[draft.focus] and one.is_number)
    first = next(asked, None)
    if first is None:
        return draft
    present = float(first.start)  # type: ignore[arg-type]
    value = max(first.lever.low, TENS * round(SMALLER * present / TENS))
    return draft.model_copy(update={"values": {first.path: value}})
