"""Scenarios that a visitor saved on this machine."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from sim.experiments.run_folder import write_atomically
from ui.study.draft import Draft, Study, slug
from ui.work.places import owner_file, owner_folder

PART = "scenarios"
MOST_SAVED = 100


@dataclass(frozen=True)
class Saved:
    """One saved scenario, with the department and reference that it belongs to."""

    name: str
    study: Study

    @property
    def draft(self) -> Draft:
        """The scenario itself."""
        return self.study.drafts[0]


def save(owner: str, study: Study, draft: Draft) -> None:
    """Keep a scenario under its title; the same title is written over."""
    name = slug(draft.title)
    alone = study.model_copy(update={"drafts": (draft,)})
    write_atomically(owner_file(owner, PART, name), alone.model_dump_json().encode("utf-8"))


def saved(owner: str) -> list[Saved]:
    """Every readable saved scenario, by name."""
    folder = owner_folder(owner, PART)
    if not folder.is_dir():
        return []
    found = []
    for path in sorted(folder.glob("*.json"))[:MOST_SAVED]:
        try:
            study = Study.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            continue
        if study.drafts:
            found.append(Saved(path.stem, study))
    return found


def forget(owner: str, name: str) -> None:
    """Delete a saved scenario."""
    owner_file(owner, PART, name).unlink(missing_ok=True)
