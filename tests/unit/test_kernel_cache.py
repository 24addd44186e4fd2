"""Kernels of old engines do not pile up on the disk."""

from __future__ import annotations

import os
from pathlib import Path

from sim.kernel_cache import remove_old_engines


def test_the_engines_used_last_keep_their_kernels(tmp_path: Path) -> None:
    for age, name in enumerate(["latest", "recent", "old", "oldest"]):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kernel.nbi").write_bytes(b"code")
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    remove_old_engines(tmp_path, kept=2)
    assert {folder.name for folder in tmp_path.iterdir()} == {"latest", "recent"}


def test_a_file_beside_the_folders_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "engine").mkdir()
    remove_old_engines(tmp_path, kept=1)
    assert {entry.name for entry in tmp_path.iterdir()} == {"note.txt", "engine"}
