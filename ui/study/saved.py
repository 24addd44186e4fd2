"""Scenarios that a visitor saved on this machine."""

from __future__ import annotations

from dataclasses import dataclass

from ui.study.draft import Draft, Study, slug
from ui.work.kept_files import read_owned, write_kept
from ui.work.places import entry_name, one_writing, owner_file, owner_folder

PART = "scenarios"


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
    """Keep a scenario under its title, in the place of the department's one of that title."""
    before = saved_before(owner, study, draft)
    name = entry_name(slug(draft.title), study.department, draft.title)
    alone = study.model_copy(update={"drafts": (draft,)})
    write_kept(owner_file(owner, PART, name), alone.model_dump_json())
    if before is not None and before.name != name:
        forget(owner, before.name)


def saved_before(owner: str, study: Study, draft: Draft) -> Saved | None:
    """The saved scenario that saving this one would replace, if there is one."""
    title = one_writing(draft.title)
    return next(
        (
            one
            for one in saved(owner)
            if one.study.department == study.department and one_writing(one.draft.title) == title
        ),
        None,
    )


def is_saved(owner: str, study: Study, draft: Draft) -> bool:
    """Whether this very scenario is what was saved under its title."""
    before = saved_before(owner, study, draft)
    return (
        before is not None
        and before.study.reference == study.reference
        and before.draft.model_copy(update={"key": draft.key}) == draft
    )


def saved(owner: str) -> list[Saved]:
    """Every readable saved scenario, by name."""
    folder = owner_folder(owner, PART)
    if not folder.is_dir():
        return []
    found = []
    for path in sorted(folder.glob("*.json")):
        study = read_owned(path, Study.model_validate_json)
        if study is not None and study.drafts:
            found.append(Saved(path.stem, study))
    return found


def forget(owner: str, name: str) -> None:
    """Delete a saved scenario."""
    owner_file(owner, PART, name).unlink(missing_ok=True)
