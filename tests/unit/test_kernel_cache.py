"""Compiled code on the disk: never other code, never a stop; old versions do not pile up."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

import numba
import pytest

from sim import kernel_cache
from sim.kernel_cache import keep_kernels, remove_kernels_of_numba, remove_old_versions

SOURCE = "def twice(x):\n    return x + x\n\n\ndef thrice(x):\n    return 3 * x\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where kernels go; beside it a module with the functions to compile."""
    (tmp_path / "rules.py").write_text(SOURCE)
    monkeypatch.setattr(kernel_cache, "kernel_folder", lambda: tmp_path / "kernels")
    return tmp_path / "kernels"


def compiled(folder: Path, name: str = "twice") -> Any:
    """A function as a new process would have it: not compiled, its code perhaps on the disk."""
    specification = importlib.util.spec_from_file_location("rules", folder.parent / "rules.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    function = getattr(module, name)
    found: Any = numba.njit(function)
    keep_kernels(found, function)
    return found


def was_read(function: Any) -> bool:
    return bool(function.stats.cache_hits)


def files(folder: Path, suffix: str) -> list[Path]:
    return sorted(folder.rglob(f"*{suffix}"))


def test_code_is_read_back_for_each_signature(folder: Path) -> None:
    first = compiled(folder)
    assert (first(2), first(2.5)) == (4, 5.0)
    again = compiled(folder)
    assert (again(2), again(2.5)) == (4, 5.0)
    assert sum(again.stats.cache_hits.values()) == 2
    assert len(files(folder, ".nbc")) == 2


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".nbi", ".nbc"])
@pytest.mark.parametrize("damage", ["bit", "page", "cut", "empty", "absent"])
def test_damaged_code_is_compiled_again(
    folder: Path, capsys: pytest.CaptureFixture[str], suffix: str, damage: str
) -> None:
    compiled(folder)(2)
    (file,) = files(folder, suffix)
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    if damage == "bit":
        content[middle] ^= 16
    elif damage == "page":
        content[middle : middle + 4096] = bytes(len(content[middle : middle + 4096]))
    else:
        del content[middle if damage == "cut" else 0 :]
    file.write_bytes(content)
    if damage == "absent":
        file.unlink()
    again = compiled(folder)
    assert again(2) == 4
    assert not was_read(again)
    assert capsys.readouterr().err.count("\n") == (damage != "absent")
    healed = compiled(folder)
    assert healed(2) == 4
    assert was_read(healed)


def test_code_under_another_name_is_not_taken(folder: Path) -> None:
    compiled(folder)(2)
    compiled(folder, "thrice")(2)
    one, other = files(folder, ".nbc")
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    assert (compiled(folder)(2), compiled(folder, "thrice")(2)) == (4, 6)


def test_code_of_another_signature_under_the_same_name_is_not_taken(folder: Path) -> None:
    """Two processes that compile at once may both take the first name that is free."""
    compiled(folder)(2)
    (index,) = files(folder, ".nbi")
    of_whole_numbers = index.read_bytes()
    index.unlink()
    compiled(folder)(2.5)
    index.write_bytes(of_whole_numbers)
    assert compiled(folder)((1 << 60) + 1) == (1 << 61) + 2


def test_changed_text_is_compiled_again(folder: Path) -> None:
    compiled(folder)(2)
    (folder.parent / "rules.py").write_text(SOURCE.replace("x + x", "x + x + 1"))
    assert compiled(folder)(2) == 5


def test_without_room_code_is_compiled_in_memory_and_told_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write_bytes(b"")
    assert compiled(folder)(2) == 4
    assert compiled(folder, "thrice")(2) == 6
    assert capsys.readouterr().err.count("compiled in memory") == 1


def test_a_disk_that_fills_stops_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert compiled(folder)(2) == 4
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_two_places_of_the_program_do_not_share_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    here = kernel_cache._version()
    monkeypatch.setattr(kernel_cache, "PACKAGE", Path("/elsewhere/sim"))
    elsewhere = kernel_cache._version()
    monkeypatch.setattr("llvmlite.__version__", "0.0")
    assert len({here, elsewhere, kernel_cache._version()}) == 3


def test_the_versions_used_last_keep_their_kernels(tmp_path: Path) -> None:
    for age, name in enumerate(["latest", "recent", "old", "oldest"]):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kernel.nbi").write_bytes(b"code")
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    remove_old_versions(tmp_path, kept=2)
    assert {folder.name for folder in tmp_path.iterdir()} == {"latest", "recent"}


def test_a_file_beside_the_folders_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "version").mkdir()
    remove_old_versions(tmp_path, kept=1)
    assert {entry.name for entry in tmp_path.iterdir()} == {"note.txt", "version"}


def test_what_numba_put_beside_the_modules_is_removed(tmp_path: Path) -> None:
    cached = tmp_path / "engine" / "__pycache__"
    cached.mkdir(parents=True)
    for name in ("day.nbi", "day.1.nbc", "day.cpython-311.pyc"):
        (cached / name).write_bytes(b"code")
    remove_kernels_of_numba(tmp_path)
    assert [entry.name for entry in cached.iterdir()] == ["day.cpython-311.pyc"]
