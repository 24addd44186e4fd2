"""The visitor's own scenarios as plain values: they travel in links, files and run folders."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from sim.plain_text import one_line
from sim.policy.form import Number, Path, Scalar, UnemploymentRule

MOST_DRAFTS = 4
MOST_VALUES = 400
MOST_DOCUMENT_CHARACTERS = 60_000
LONGEST_TITLE = 80
LONGEST_SLUG = 40
REPLICATIONS = (12, 24, 50)
"""How many replications a full run may have."""
SHORTEST_MONTHS, LONGEST_MONTHS = 6, 60

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,60}$")]
Title = Annotated[
    str,
    BeforeValidator(lambda given: one_line(given) if isinstance(given, str) else given),
    StringConstraints(min_length=1, max_length=LONGEST_TITLE),
]
Values = dict[Path, Scalar | list[Scalar] | dict[str, Scalar]]
"""Parameter paths with a number, a word, a list, or day → number for a dated value."""


class _Plain(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class OwnStart(_Plain):
    """A department's own figures that a study starts from, in the place of the published ones."""

    households: Annotated[int, Field(ge=1, le=10_000_000)]
    month: Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
    """The month at the end of which these households were paid."""
    values: Annotated[dict[Path, Number], Field(max_length=MOST_VALUES)] = {}
    """Staff, portfolios and the time to the invitation, by parameter path, from the start on."""
    orientation_days: Annotated[float, Field(ge=0.0, le=2000.0)] | None = None
    """The delay of orientation that the time to the invitation was fitted to."""

    @property
    def posts(self) -> float | None:
        """The full-time equivalents that it states; None where staff are the published ones."""
        stated = [float(value) for path, value in self.values.items() if path.endswith(".fte")]
        return sum(stated) if stated else None


class Draft(_Plain):
    """One scenario of the visitor: a shipped or imported one, and what is changed in it."""

    key: Slug
    title: Title
    origin: Slug
    """The shipped scenario that it starts from; for an imported one, its reference."""
    document: Annotated[str, Field(max_length=MOST_DOCUMENT_CHARACTERS)] = ""
    """The text of an imported scenario file, complete in itself; empty for a shipped one."""
    values: Annotated[Values, Field(max_length=MOST_VALUES)] = {}
    unemployment: UnemploymentRule | None = None
    """The path of the unemployment rate; None for that of the origin."""
    day: date | None = None
    """From when the values hold; None for the day on which the origin begins to change."""
    focus: Literal["", "recruit", "portfolios", "delays"] = ""
    """The question that the draft was opened with: its fields are shown first."""
    own: OwnStart | None = None
    """What its study starts from."""
    asked: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{0,60}$")] = ""
    """The outcome whose target it was made to reach, which results begin with; empty without."""

    @property
    def changes_something(self) -> bool:
        """Whether a value or the path of unemployment was changed."""
        return bool(self.values) or self.unemployment is not None

    def is_idle(self, reference: str) -> bool:
        """Whether it is the reference itself, with nothing changed."""
        return self.origin == reference and not self.document and not self.changes_something


class Study(_Plain):
    """A department, its reference and the scenarios that are compared with it."""

    department: Slug
    reference: Slug
    months: Annotated[int, Field(ge=1, le=LONGEST_MONTHS)] = 36
    replications: Annotated[int, Field(ge=1, le=max(REPLICATIONS))] = 12
    has_draws: bool = True
    """Whether each replication of a full run plays in its own draw of the parameters."""
    own: OwnStart | None = None
    """The figures that it starts from; None for the published ones."""
    drafts: Annotated[tuple[Draft, ...], Field(max_length=MOST_DRAFTS)] = ()

    @model_validator(mode="after")
    def _starts_together(self) -> Study:
        if any(draft.own != self.own for draft in self.drafts):
            raise ValueError("scenarios that start from other figures than their reference")
        return self

    def with_draft(self, draft: Draft) -> Study:
        """The study with a draft in the place of the one of the same key, or added."""
        draft = draft.model_copy(update={"own": self.own})
        if any(other.key == draft.key for other in self.drafts):
            drafts = tuple(draft if other.key == draft.key else other for other in self.drafts)
        else:
            drafts = (*self.drafts, draft)
        return self.model_copy(update={"drafts": drafts})

    def without_draft(self, key: str) -> Study:
        """The study without one draft."""
        kept = tuple(draft for draft in self.drafts if draft.key != key)
        return self.model_copy(update={"drafts": kept})

    def draft(self, key: str) -> Draft | None:
        """The draft of a key, if there is one."""
        return next((draft for draft in self.drafts if draft.key == key), None)

    @property
    def file_stems(self) -> tuple[str, ...]:
        """What a file of each draft is called: its title as it is now, each another name."""
        stems: list[str] = []
        for draft in self.drafts:
            stems.append(slug(draft.title, frozenset(stems)))
        return tuple(stems)

    @property
    def is_full(self) -> bool:
        """Whether no further scenario fits beside the others."""
        return len(self.drafts) >= MOST_DRAFTS


def slug(title: str, taken: Mapping[str, object] | frozenset[str] = frozenset()) -> str:
    """A name in small letters, digits and underscores that is not taken yet."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[:LONGEST_SLUG] or "scenario"
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found
