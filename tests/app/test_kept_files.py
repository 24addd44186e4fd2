"""What a person keeps on the machine: never another content, never lost without a word."""

from __future__ import annotations

import pytest
from app_worlds import small_study

from ui.study.saved import PART, save, saved
from ui.work.places import new_owner, owner_folder


def test_a_damaged_scenario_is_set_aside_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    owner, study = new_owner(), small_study()
    save(owner, study, study.drafts[0])
    (path,) = owner_folder(owner, PART).iterdir()
    content = path.read_bytes()
    path.write_bytes(content.replace(b"14.0", b"15.0"))
    assert saved(owner) == []
    assert capsys.readouterr().err.count("\n") == 1
    (aside,) = owner_folder(owner, PART).iterdir()
    assert (aside.suffix, b"15.0" in aside.read_bytes()) == (".damaged", True)
    path.write_bytes(content)
    assert [one.draft for one in saved(owner)] == [study.drafts[0]]


def test_a_scenario_of_another_visitor_is_not_taken_for_ones_own() -> None:
    mine, other, study = new_owner(), new_owner(), small_study()
    save(mine, study, study.drafts[0])
    (path,) = owner_folder(mine, PART).iterdir()
    owner_folder(other, PART).mkdir(parents=True)
    (owner_folder(other, PART) / path.name).write_bytes(path.read_bytes())
    assert saved(other) == []


def test_what_was_kept_before_there_were_seals_is_taken_and_sealed() -> None:
    owner, study = new_owner(), small_study()
    save(owner, study, study.drafts[0])
    (path,) = owner_folder(owner, PART).iterdir()
    sealed = path.read_bytes()
    path.write_bytes(sealed[sealed.index(b"{") :])
    assert len(saved(owner)) == 1
    assert path.read_bytes() == sealed
