"""A sealed file gives back what was written, or is dropped, told and made again."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from sim.bounded_folder import BoundedFolder, keep_within
from sim.files import sweep, temporary_path, write_atomically
from sim.sealed import BLOCK_BYTES, SEAL_BYTES, DamagedFileError, read_sealed, seal, unsealed
from sim.sealed import write_sealed as write

CONTENT = random.Random(7).randbytes(BLOCK_BYTES + 5_000)


def test_a_sealed_file_gives_back_its_content(tmp_path: Path) -> None:
    write(tmp_path / "people", CONTENT)
    assert read_sealed(tmp_path / "people", bytes) == CONTENT
    assert (tmp_path / "people").read_bytes().startswith(b"caseload sealed 1 ")
    write(tmp_path / "nothing", b"")
    assert read_sealed(tmp_path / "nothing", bytes) == b""
    assert read_sealed(tmp_path / "absent", bytes) is None


def test_any_flipped_bit_of_the_seal_and_of_a_small_content_is_seen() -> None:
    content = CONTENT[:32]
    sealed = seal(content, "people") + content
    for bit in range(8 * len(sealed)):
        damaged = bytearray(sealed)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DamagedFileError):
            unsealed(bytes(damaged), "people")


@pytest.mark.parametrize("where", ["seal", "body", "end"])
@pytest.mark.parametrize("kind", ["bit", "page", "cut", "longer"])
def test_damage_is_dropped_and_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str, kind: str
) -> None:
    path = tmp_path / "people"
    write(path, CONTENT)
    damaged = bytearray(path.read_bytes())
    at = {"seal": 30, "body": SEAL_BYTES + 9_000, "end": len(damaged) - 1}[where]
    if kind == "bit":
        damaged[at] ^= 4
    elif kind == "page":
        damaged[at : at + 4096] = bytes(len(damaged[at : at + 4096]))
    elif kind == "cut":
        del damaged[at:]
    else:
        damaged[at:at] = b"\0"
    path.write_bytes(bytes(damaged))
    assert read_sealed(path, bytes) is None
    assert not path.exists()
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert str(path) in told


def test_two_whole_files_under_each_others_names_do_not_hold(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    write(one, CONTENT)
    write(other, CONTENT[::-1])
    one.rename(tmp_path / "between")
    other.rename(one)
    (tmp_path / "between").rename(other)
    assert read_sealed(one, bytes) is None
    assert read_sealed(other, bytes) is None


def test_what_cannot_be_made_of_a_whole_file_is_dropped(tmp_path: Path) -> None:
    def read(_: memoryview) -> bytes:
        raise KeyError("agenda")

    write(tmp_path / "people", CONTENT)
    assert read_sealed(tmp_path / "people", read) is None
    assert not (tmp_path / "people").exists()


def test_a_folder_that_takes_nothing_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    folder = BoundedFolder(tmp_path / "file" / "populations", 10)
    for _ in range(2):
        folder.write("people", CONTENT)
    assert folder.read("people", bytes) is None
    told = capsys.readouterr().err.splitlines()
    assert sum("nothing is kept" in line for line in told) == 1


def test_what_a_dead_process_was_writing_is_swept(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from sim.files import temporary_path\n"
    code += "temporary_path(Path(sys.argv[1])).write_bytes(b'half')"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "people")], check=True)
    mine = temporary_path(tmp_path / "people")
    mine.write_bytes(b"half")
    assert len(list(tmp_path.iterdir())) == 2
    keep_within(tmp_path, 0)
    assert list(tmp_path.iterdir()) == [mine]
    sweep(tmp_path / "nowhere")


def test_a_file_is_written_part_after_part(tmp_path: Path) -> None:
    write_atomically(tmp_path / "file", b"one", b"two")
    assert (tmp_path / "file").read_bytes() == b"onetwo"
