"""What the visitor is studying: a department, a reference and up to four scenarios."""

from ui.study.draft import MOST_DRAFTS, Draft, Study
from ui.study.references import (
    departments,
    experiment_of,
    of_any_size,
    reference_of,
    references,
    shipped,
)

__all__ = [
    "MOST_DRAFTS",
    "Draft",
    "Study",
    "departments",
    "experiment_of",
    "of_any_size",
    "reference_of",
    "references",
    "shipped",
]
