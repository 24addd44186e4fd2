"""What the packages of the lock ask of those who use them is read from their own metadata."""

from __future__ import annotations

import sys
from email.message import Message
from pathlib import Path

import pytest

from tools.licences import EXCEPTIONS, is_permissive, judged, licence_of, locked_names, packages_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([("License-Expression", "MIT AND PSF-2.0")], "MIT AND PSF-2.0"),
        ([("Classifier", "License :: OSI Approved :: MIT License")], "MIT"),
        ([("Classifier", "License :: OSI Approved"), ("License", "Apache 2.0")], "Apache-2.0"),
        ([("License", "GPL-3.0\nthe whole text")], "GPL-3.0"),
        ([("Classifier", "Typing :: Typed")], ""),
    ],
)
def test_a_licence_is_read_wherever_it_is_declared(
    heads: list[tuple[str, str]], expected: str
) -> None:
    declared = Message()
    for head, text in heads:
        declared[head] = text
    assert licence_of(declared) == expected  # type: ignore[arg-type]


def test_only_licences_that_ask_no_more_than_a_name_are_permissive() -> None:
    assert is_permissive("BSD-2-Clause AND Apache-2.0 WITH LLVM-exception")
    for licence in ("AGPL-3.0", "MIT AND GPL-2.0-only", "MPL-2.0", "", "UNKNOWN"):
        assert not is_permissive(licence), licence


def test_the_lock_installs_nothing_that_was_not_agreed_to() -> None:
    found = judged(locked_names(ROOT / "requirements.lock"), packages_of(Path(sys.prefix)))
    assert found.refused == ()
    assert len(found.permissive) > 100
    assert len(found.excepted) == len(EXCEPTIONS)
