"""Every remark that the model can make has its sentence, with the words that it fills in."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from brought.faults import RemarkKey, TableRemark, as_remark
from sim.remarks import Both, Remark, remarked
from ui.cli.remark_words import commanded
from ui.reports.remarks import remark_text
from ui.texts import catalogue

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("sim", "brought", "replay", "calibration", "forecast", "ui")


def keys_in_code() -> set[str]:
    """The keys that stand as they are in calls of `remarked`, `Remark` and `without_effect`."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args:
                    name, first = getattr(node.func, "id", ""), node.args[0]
                    is_remark = name in ("remarked", "Remark", "without_effect")
                    if is_remark and isinstance(first, ast.Constant):
                        found.add(str(first.value))
    return found


def test_every_key_has_a_sentence() -> None:
    keys = keys_in_code()
    assert len(keys) > 30
    assert keys <= set(catalogue()["remark"])


@pytest.mark.parametrize("count", [1, 3, 8])
@pytest.mark.parametrize("key", RemarkKey.__args__)
def test_every_remark_on_a_table_is_told(key: RemarkKey, count: int) -> None:
    one = as_remark(TableRemark(key, "Foyers", "s", tuple(range(2, 2 + count))))
    for language in ("en", "fr"):
        assert remark_text(one, language)  # type: ignore[arg-type]


def test_options_stand_in_what_a_command_says_and_in_nothing_that_a_page_shows() -> None:
    sentences, options = catalogue()["remark"], catalogue()["remark_option"]
    assert set(options) <= set(sentences)
    of_commands = re.compile("renamed|without_effect|unused_|confirm")
    for key, sentence in sentences.items():
        if not of_commands.match(key):
            assert not re.search(r"--[a-z]", " ".join(sentence.values())), key
    late = remarked("every_month_over", count=12, last="2025-12", enough=27)
    assert commanded(late, "fr") == f"{remark_text(late, 'fr')} (--months 27)"


def test_words_of_a_remark_follow_the_language() -> None:
    one = remarked("as_written", text=Both("two rows", "deux lignes"))
    assert (remark_text(one, "en"), remark_text(one, "fr")) == ("two rows", "deux lignes")
    far = remarked("unusual_start", path="a.b", value="2,000.5", low="0", high="60", unit="fte")
    assert "a.b is 2,000.5, outside the usual range from 0 to 60 fte" in remark_text(far, "en")
    assert "« a.b » vaut 2\u202f000,5" in remark_text(far, "fr")
    assert remark_text(far, "fr").endswith("de 0 à 60 ETP")
    nested = remarked("without_effect", option="--share", because=(Remark("unused_of_the_plan"),))
    assert remark_text(nested, "fr") == "--share est sans effet : le plan le dit"
