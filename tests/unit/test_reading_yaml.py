"""Files are read as plain data; what could surprise or harm is refused with a fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from faulty_files import Raw, dumped, faults_of, faults_of_text, shipped_file

from sim.parameters import load_department
from sim.parameters.reading import MOST_BYTES, read_yaml
from sim.parameters.sources import DEPARTMENTS


@pytest.fixture
def raw() -> Raw:
    return shipped_file()


def test_a_department_is_found_by_name_code_and_path(tmp_path: Path) -> None:
    somme = load_department("somme")
    file = tmp_path / "somme.yaml"
    file.write_bytes((DEPARTMENTS / "somme.yaml").read_bytes())
    assert load_department("80") is somme
    assert load_department(file) == somme
    assert load_department(str(file)).fingerprint() == somme.fingerprint()
    assert (somme.department, somme.code, somme.label) == ("somme", "80", "Somme")


def test_an_unknown_department_names_the_nearest() -> None:
    (fault,) = faults_of(lambda: load_department("some"))
    assert "somme" in fault.accepted


def test_a_code_that_is_a_number_is_refused() -> None:
    (fault,) = faults_of(lambda: load_department(80))  # type: ignore[arg-type]
    assert "number" in fault.found
    assert '"01"' in fault.accepted


@pytest.mark.slow
@pytest.mark.parametrize("text", ["code: 80", "code: 01", "code: 2023-01-01", "code: true"])
def test_a_numeric_department_code_in_a_file_is_refused(
    text: str, raw: Raw, tmp_path: Path
) -> None:
    whole = dumped(raw)
    faults = faults_of_text(whole.replace("code: '80'", text), tmp_path)
    (fault,) = [fault for fault in faults if fault.field == "department.code"]
    assert "quotes" in fault.accepted


@pytest.mark.parametrize(
    ("text", "found", "accepted"),
    [
        ("", "empty", "keys"),
        ("# only a comment\n", "empty", "keys"),
        ("{}", "empty", "keys"),
        ("- a\n- b\n", "no keys", "keys"),
        ("a: [1, 2\n", "", "valid YAML"),
        ("a: 1\nb: 2\na: 3\n", "lines 1 and 3", "once"),
        ("80: a\n", "read as a int", '"80"'),
        ("no: a\n", "read as a bool", '"no"'),
        ("2023-01-01: a\n", "read as a date", '"2023-01-01"'),
        ("a: !!python/object/apply:os.system ['true']\n", "build an object", "plain"),
        ("a: !thing {b: 1}\n", "build an object", "plain"),
        ("a: &x [1]\nb: *x\n", "alias", "in full"),
        ("a: 010\n", "010", "decimal"),
        ("a: 1:30\n", "1:30", "decimal"),
        ("a: 2023-02-30\n", "2023-02-30", "exists"),
        ("a: " + "[" * 50 + "]" * 50, "levels", "levels"),
        ("? [a, b]\n: 1\n", "list", "text"),
    ],
)
def test_files_that_are_refused(text: str, found: str, accepted: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    (fault,) = faults_of(lambda: read_yaml(file))
    assert found in fault.found
    assert accepted in fault.accepted


def test_yaml_tags_build_nothing(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    text = f"a: !!python/object/apply:pathlib.Path.touch\n- !!python/name:x {trace}\n"
    faults = faults_of_text(text, tmp_path)
    assert len(faults) == 2
    assert not trace.exists()


def test_a_huge_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(b"a: 1\n" + b"#" * MOST_BYTES)

    def unread(self: Path) -> bytes:
        raise AssertionError(f"{self} was read")

    monkeypatch.setattr(Path, "read_bytes", unread)
    (fault,) = faults_of(lambda: load_department(file))
    assert "bytes" in fault.found


def test_deep_nesting_is_refused_without_a_crash(tmp_path: Path) -> None:
    (fault,) = faults_of_text("[" * 300_000, tmp_path)
    assert "levels" in fault.found


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "no such file" in faults_of(lambda: load_department(tmp_path / "no.yaml"))[0].found
    assert faults_of(lambda: load_department(tmp_path))


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(b"a: \xff\xfe\xfa\n")
    assert "UTF-8" in faults_of(lambda: load_department(file))[0].found
