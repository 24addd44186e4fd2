"""What is told of mutants is about the behaviours as they are: without a mutant being made."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.mutants.mutant import ROOM, SOURCE, Mutant, files
from tests.mutants.reasons import UNKNOWN, About, read_reasons

PAGE = (SOURCE / "docs/mutants.md").read_text(encoding="utf-8")
RESULT, SURVIVORS = PAGE.split("## Survivors")
ROWS = {
    row[0].strip("`*"): [int(cell.replace(",", "")) for cell in row[1:-1]]
    for line in RESULT.splitlines()
    if line.startswith(("| `", "| **"))
    and (row := line.removeprefix("| ").removesuffix(" |").split(" | "))
}
TOTAL = ROWS.pop("all")
FOUND_LATER = [
    line.removeprefix("| ").removesuffix(" |").split(" | ")
    for line in SURVIVORS.splitlines()
    if line.startswith("| ") and not line.startswith(("| where", "| ---"))
]


def told_texts() -> dict[tuple[str, str], str]:
    """The text of every function by file and name, and of each file as a whole, on one line."""
    found = {}
    for file in files():
        text = (SOURCE / file).read_text(encoding="utf-8")
        found[file, ""] = on_one_line(text)
        for part in ast.parse(text).body:
            if isinstance(part, ast.FunctionDef):
                found[file, part.name] = on_one_line(ast.get_source_segment(text, part) or "")
    return found


def on_one_line(text: str) -> str:
    return " ".join(line.strip() for line in text.splitlines())


TEXTS = told_texts()
REASONS = read_reasons()


def test_the_page_names_the_files_of_the_behaviours() -> None:
    with_statements = {
        Path(file).relative_to(ROOM).as_posix()
        for file in files()
        if len(ast.parse((SOURCE / file).read_text(encoding="utf-8")).body) > 1
    }
    assert set(ROWS) == with_statements


def test_its_numbers_add_up() -> None:
    assert [sum(column) for column in zip(*ROWS.values(), strict=True)] == TOTAL
    for file, (mutants, tried, *endings) in ROWS.items():
        assert 0 < tried <= mutants, file
        assert tried == sum(endings), file
    survived = Counter(where.split()[0] for where, *_ in FOUND_LATER)
    assert survived == Counter({file: row[-1] for file, row in ROWS.items()})


def test_it_tells_how_it_was_made() -> None:
    mutants, tried = f"{TOTAL[0]:,}", f"{TOTAL[1]:,}"
    if mutants == tried:
        assert "Written by `make mutants`;" in PAGE
        assert f"\nAll {mutants} mutants were tried" in PAGE
    else:
        told = re.search(r"Written by `make mutants MUTANTS='--sample \d+ --seed (\d+)'`;", PAGE)
        assert told is not None
        seed = told.group(1)
        assert f"\n{tried} of {mutants} mutants, drawn by file with seed {seed}, were" in PAGE


def test_every_survivor_is_a_change_of_a_line_that_stands() -> None:
    for where, stands, _, _ in FOUND_LATER:
        file, _, function = where.partition(" ")
        line = stands.strip("`").replace("\\|", "|")
        assert line in TEXTS[f"{ROOM}/{file}", function], where


def test_the_reasons_on_the_page_are_those_that_are_kept() -> None:
    told = re.findall(r"^\*\*[\d,]+: (.+)\*\*$", SURVIVORS, re.MULTILINE)
    kept = {one.why for one in REASONS}
    assert set(told) - {UNKNOWN} <= kept
    if TOTAL[0] == TOTAL[1]:
        assert set(told) >= kept


def test_every_reason_is_about_a_line_that_stands() -> None:
    assert not [each for one in REASONS for each in one.about if not stands_somewhere(each)]


def stands_somewhere(about: About) -> bool:
    return any(
        about.has(Mutant(file, function, 0, 0, about.operator, text, about.after, ""))
        for (file, function), text in TEXTS.items()
    )


def test_a_reason_is_not_about_anything() -> None:
    with pytest.raises(ValueError, match="too much"):
        About(operator="Eq_GtE")
    with pytest.raises(ValueError, match="too much"):
        About(file="benefit.py", before=" ")
