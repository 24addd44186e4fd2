"""Sources are named in the language of the reader."""

from __future__ import annotations

import re
from itertools import islice

import pytest

from sim.parameters import shipped_departments
from sim.parameters.sources import published_figures, read_sources
from ui.sources import most_cited, source_text
from ui.spoken import speaking
from ui.study.references import new_study, reference_of

ENGLISH = re.compile(
    r"\b(of|the|and|by|to|since|before|on|from|in|for|survey|parameters|January|February|March|"
    r"April|May|June|July|August|October|December|Jan|Feb|Apr|Jun|Jul|Aug|Oct|Dec)\b"
)
TITLES_IN_ENGLISH = (
    "Employment Retention and Advancement",
    "Punitive Sanctions and the Transition Rate from Welfare to Work, Journal of Labor Economics",
)
"""Works that are cited by their own title."""


def english_words(name: str) -> list[str]:
    for title in TITLES_IN_ENGLISH:
        name = name.replace(title, "")
    return ENGLISH.findall(name)


@pytest.mark.parametrize("key", sorted(set(read_sources()) - set(published_figures())))
def test_a_source_has_a_french_name(key: str) -> None:
    assert not english_words(source_text(key))


@pytest.mark.parametrize("department", [*shipped_departments(), "finistere"])
def test_the_sources_of_a_note_have_french_names(department: str) -> None:
    base = reference_of(new_study(department)).base
    cited = most_cited(key for path in base.paths() for key in base.entry(path).source)
    for name, count in islice(cited, 15):
        assert count > 1
        assert not english_words(name), name


def test_a_published_figure_is_named_by_its_document() -> None:
    dated = {row.id: row for row in published_figures().values()}
    (key, row), *_ = ((k, r) for k, r in dated.items() if r.source_title.endswith("June 2024)"))
    assert source_text(key) == row.source_title.replace("June", "juin")
    with speaking("en"):
        assert source_text(key) == read_sources()[key].title
    assert source_text("no_such_source") == "no_such_source"
