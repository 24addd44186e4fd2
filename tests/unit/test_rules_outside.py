"""Rules outside the model are named where they are in force, with a page that says more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.language import Language
from ui.reports.rules_outside import SINCE, rules_outside

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_rule_is_named_from_its_first_month_on_with_a_page_that_has_it(
    language: Language,
) -> None:
    assert rules_outside("2025-02", language) == []
    (line,) = rules_outside("2025-03", language)
    assert rules_outside("2031-12", language) == [line]
    assert len(SINCE) == 1
    found = re.search(r"(docs/\S+\.md)#(\S+)", line)
    assert found is not None
    page, anchor = found.groups()
    assert f'<a id="{anchor}">' in (ROOT / page).read_text(encoding="utf-8")
