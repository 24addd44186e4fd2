"""What the documentation says about the code is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.lever_curves import kept, page
from benchmarks.levers_moved import levers_moved
from sim.engine.order import printed_order
from sim.events import COLUMNS, DURATION_RECORDS
from sim.outcomes.definitions import outcome_definitions
from sim.parameters import load_department, published_figures
from sim.policy import shipped_scenarios

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
WRITTEN_BY_HAND = [page for page in PAGES if page.name != "parameters.md"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def order_of_the_day() -> str:
    """The list as the pages print it."""
    return "\n".join(
        f"{number}. **{name}**: {sentence}"
        for number, (name, sentence) in enumerate(printed_order(), start=1)
    )


@pytest.mark.parametrize("page", ["README.md", "docs/model.md"])
def test_the_order_of_the_day_is_that_of_the_engine(page: str) -> None:
    assert order_of_the_day() in read(page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith("http")]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_links_to_decisions_say_their_number() -> None:
    link = re.compile(r"\[decision (\d+)\]\((?:[\w./-]*/)?(\d{3})-")
    found = [pair for page in PAGES for pair in link.findall(page.read_text(encoding="utf-8"))]
    assert found
    assert [pair for pair in found if int(pair[0]) != int(pair[1])] == []


@pytest.mark.parametrize("page", WRITTEN_BY_HAND, ids=lambda page: str(page.relative_to(ROOT)))
def test_cited_figures_and_parameters_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    known = {figure.id for figure in published_figures().values()}
    assert set(re.findall(r"\bF\d{4}\b", text)) <= known
    paths = load_department("somme").paths()
    groups = {path.split(".")[0] for path in paths}
    cited = re.findall(r"`([a-z_]+(?:\.[a-z_*0-9]+)+)`", text)
    patterns = [path for path in cited if path.split(".")[0] in groups and ".py" not in path]
    unknown = [
        pattern
        for pattern in patterns
        if not any(
            re.fullmatch(pattern.replace(".", r"\.").replace("*", "[a-z_0-9]*"), path)
            for path in paths
        )
    ]
    assert unknown == []


def test_the_readme_names_every_scenario() -> None:
    readme = read("README.md")
    assert [name for name in shipped_scenarios() if f"`{name}`" not in readme] == []


def test_the_record_is_described_column_by_column() -> None:
    page = read("docs/decisions/001-the-house.md")
    assert [name for name in COLUMNS if f"| `{name}` |" not in page] == []
    assert len(DURATION_RECORDS) == 10


def rows_of_indicators() -> list[list[str]]:
    """The rows of the tables that compare indicators with outcomes, by cells."""
    page = read("docs/indicators.md").partition("## The families")[2]
    rows = [line for line in page.splitlines() if line.startswith("|") and "|---" not in line]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_each_official_indicator_leads_to_an_outcome_or_is_not_simulated() -> None:
    rows = rows_of_indicators()
    heads = [row for row in rows if any(cell.startswith("outcome") for cell in row)]
    assert len(heads) == 3
    known = set(outcome_definitions())
    for row in rows:
        if row in heads:
            continue
        named = set(re.findall(r"`([a-z_0-9]+)`", " ".join(row)))
        assert named <= known, row
        assert bool(named) != ("not simulated" in row), row


def test_the_page_of_lever_curves_is_what_the_kept_numbers_give() -> None:
    curves = kept(ROOT / "docs")
    assert read("docs/lever_curves.md") == page(curves)


def test_every_lever_of_the_page_has_its_points_and_a_reason() -> None:
    curves = kept(ROOT / "docs")
    moved = levers_moved(load_department("somme"))
    assert list(curves) == [lever.key for lever in moved]
    for lever in moved:
        assert lever.seen
        points = curves[lever.key].points
        assert [(one.words, one.at) for one in points] == [(p.words, p.at) for p in lever.points]
        assert lever.reference in [one.at for one in points]
