"""The note has two pages and an annex, whatever its scenarios are called, and however many."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import typst
from app_worlds import POSTS, Done, finished, scheme_study, small_study
from matplotlib.image import imread

from sim.experiments.why import Need, Why
from sim.language import Language
from sim.parameters import shipped_departments
from tests.pdf_pages import pages_of
from ui.answers import reasons_of, reasons_told
from ui.look import unbroken
from ui.numbers import euros, number, signed
from ui.options_words import CellText, options_text
from ui.reports import typesetting
from ui.reports.why_words import reason_begun
from ui.spoken import speaking, text
from ui.study import Draft, Study, experiment_of
from ui.study.draft import LONGEST_TITLE, MOST_DRAFTS
from ui.study.references import origins, scenario_of
from ui.take_away import note as note_module
from ui.take_away.changes import changes_told
from ui.take_away.note import MOST_SETTINGS, PICTURE_SIZE, note
from ui.take_away.pictures import figure_of
from ui.take_away.workbook import workbook
from ui.work.options import COST, options_of
from ui.work.results import FullRun, read_results

LONG = "Recruter quatorze travailleurs sociaux et réduire les portefeuilles de moitié, dès avril"
WIDE = LONG.upper()[:LONGEST_TITLE]
ONE_WORD = ("recrutement_" * LONGEST_TITLE)[:LONGEST_TITLE]
PAGES = 3
EVERY_CAP = "territories.*.staff.*.portfolio_cap"


def crowded(department: str) -> Study:
    """Four scenarios with the longest titles, each with many changes of its own."""
    study = scheme_study(department)
    names = (origins(study.reference) * MOST_DRAFTS)[:MOST_DRAFTS]
    for place, origin in enumerate(names):
        known = {
            "key": f"recruter_quatorze_travailleurs_sociaux_{place}",
            "title": f"{place} {LONG}"[:LONGEST_TITLE],
            "origin": origin,
            "values": {EVERY_CAP: 60.0 + place},
        }
        study = study.with_draft(Draft.model_validate(known))
    return study.model_copy(update={"months": 12, "replications": 2})


@pytest.fixture(scope="module")
def run(app_folder: None) -> FullRun:
    """One run of four scenarios with long titles."""
    return finished(crowded("somme"))


def named(found: FullRun, title: str) -> FullRun:
    """The same run with another title for every scenario."""
    drafts = tuple(draft.model_copy(update={"title": title}) for draft in found.study.drafts)
    return replace(found, study=found.study.model_copy(update={"drafts": drafts}))


def made_of(pages: int) -> bytes:
    """A PDF of so many pages, made by the same tool as the note."""
    breaks = "#pagebreak()".join(f"page {number}" for number in range(pages))
    return bytes(typst.compile(breaks.encode(), format="pdf", pdf_standards="1.7"))


def test_pages_are_counted_right() -> None:
    assert pages_of(b"no file of that kind") == 0
    assert [pages_of(made_of(count)) for count in (1, 2, 3)] == [1, 2, 3]


@pytest.mark.slow
def test_the_note_of_a_short_study_has_its_three_pages(done: Done) -> None:
    found = read_results(done.identity, done.study)
    assert found is not None
    assert pages_of(note(found, 1, "caseload_households", "all")) == PAGES


@pytest.mark.slow
def test_four_scenarios_with_long_titles_fit_on_three_pages(run: FullRun) -> None:
    content = note_module._content(run, 4, "caseload_households", "all")
    assert len(content["hypotheses"]) > MOST_SETTINGS  # type: ignore[arg-type]
    assert pages_of(note(run, 1, "caseload_households", "all")) == PAGES
    assert pages_of(note(run, MOST_DRAFTS, "wait_for_caseworker_days_mean", "coquelicot")) == PAGES


@pytest.mark.slow
@pytest.mark.parametrize("department", sorted(set(shipped_departments()) - {"somme"}))
def test_every_shipped_department_fits_on_its_pages(department: str) -> None:
    found = finished(crowded(department))
    assert pages_of(note(found, 1, "caseload_households", "all")) == PAGES


@pytest.mark.slow
def test_more_text_than_its_pages_hold_is_seen(
    done: Done, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The count would show a further page: the template without its fitting has one."""
    template = note_module.TEMPLATE.read_text(encoding="utf-8")
    longer = tmp_path / "note.typ"
    longer.write_text(template.replace("chosen = sizes.last()", "chosen = 2.5"), encoding="utf-8")
    broken = longer.read_text(encoding="utf-8").replace("<= room.height {", "< 0pt {")
    longer.write_text(broken, encoding="utf-8")
    monkeypatch.setattr(note_module, "TEMPLATE", longer)
    found = read_results(done.identity, done.study)
    assert found is not None
    assert pages_of(note(found, 1, "caseload_households", "all")) > PAGES


def test_changes_are_told_in_words_the_own_ones_first() -> None:
    scenario = experiment_of(crowded("somme")).scenarios[1]
    lines = changes_told(scenario, (EVERY_CAP,))
    assert lines[0].startswith("Portefeuille maximal, ")
    assert "(tous les territoires) : 60 personnes par ETP (auparavant : " in lines[0]
    assert all("territories." not in line for line in lines)
    posts = scenario_of(small_study().drafts[0], 24)
    (line,) = changes_told(posts, (POSTS,))
    assert line.startswith("Postes supplémentaires, Travailleur social du Département (Coquelicot")
    assert line.endswith(": 14 ETP (auparavant : 0 ETP), à partir du 1er avril 2023")


@pytest.mark.slow
def test_the_workbook_says_what_the_note_says(run: FullRun) -> None:
    """Every cell of the options in the words of the note, and in the numbers of these words."""
    content = note_module._content(run, 1, "caseload_households", "all")["options"]
    assert isinstance(content, dict)
    book = openpyxl.load_workbook(io.BytesIO(workbook(run)), read_only=True)
    heads, *rows = book["Options"].iter_rows(values_only=True)
    place = heads.index("Scénario")
    found = {(row[1], row[place]): row[place + 1 :] for row in reversed(rows)}
    titles = content["heads"][1:]
    seen = 0
    for line in content["lines"]:
        for title, cell in zip(titles, line["cells"], strict=True):
            before, level, mean, low, high, word, plain = found[line["label"], title]
            assert word == cell["word"]
            assert str(plain).endswith(CellText(**cell).plain)
            ends = [*re.split(" à ", cell["interval"]), ""]
            told = (line["reference"], cell["level"], cell["difference"], *ends[:2])
            if word == text("options.priced"):
                told = ("", cell["difference"], "", "", "")
            for written, value in zip(told, (before, level, mean, low, high), strict=True):
                if value is not None and (found_in := AMOUNT.search(written)):
                    assert found_in[0] == as_told(value, found_in), (line, cell)
                    seen += 1
    assert seen > 100


AMOUNT = re.compile(r"(?P<sign>[+−])?\d[\d\u202f]*(?:,(?P<decimals>\d+))?(?:\u00a0[Mk]?€)?")
"""A number with its sign, and with the unit where it is money, which goes with the size."""


def as_told(value: float, told: re.Match[str]) -> str:
    """A number with the decimals, or the kind of unit, of one that is told."""
    is_signed = bool(told["sign"])
    if "€" in told[0]:
        return euros(value, is_signed=is_signed)
    return (signed if is_signed else number)(value, len(told["decimals"] or ""))


@pytest.mark.slow
@pytest.mark.parametrize("title", [WIDE, ONE_WORD, "Court"])
def test_no_title_is_cut_in_the_legend(run: FullRun, title: str) -> None:
    found = named(run, title)
    figure = figure_of(found, "caseload_households", "all", PICTURE_SIZE)
    figure.draw_without_rendering()
    (legend,) = figure.legends
    names = [one.get_text() for one in legend.get_texts()]
    assert names[1:] == [draft.title for draft in found.study.drafts]
    edge, frame = legend.get_window_extent(), figure.bbox
    assert edge.x1 <= frame.x1
    assert edge.y1 <= min(one.get_tightbbox().y0 for one in figure.axes)


@pytest.mark.slow
@pytest.mark.parametrize("department", sorted(shipped_departments()))
def test_the_words_of_every_department_fit_on_three_pages(run: FullRun, department: str) -> None:
    """The numbers are those of one run; names, changes and sources are those of the department."""
    study = crowded(department)
    results = replace(run.results, experiment=experiment_of(study))
    found = named(replace(run, study=study, results=results), WIDE)
    made = note(found, MOST_DRAFTS, "caseload_households", "all")
    assert pages_of(made) == PAGES


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoken", "title", "names"),
    [
        ("fr", "Ce qui freine", ["Référence", "Scénario"]),
        ("en", "What holds back", ["Reference", "Scenario"]),
    ],
)
def test_the_note_tells_the_reason_in_the_words_of_the_page(
    done: Done, spoken: Language, title: str, names: list[str]
) -> None:
    found = read_results(done.identity, done.study)
    assert found is not None
    with speaking(spoken):
        why = note_module._why(found, 1, "all")
        told = reasons_told(found, 1)
    assert why["title"] == title
    assert str(why["place"]).startswith("Coquelicot")
    rows = why["rows"]
    assert isinstance(rows, list)
    assert [name for name, _ in rows] == names
    for page, (_, sentence) in zip(told, rows, strict=True):
        assert page.lower().endswith(sentence.lower())


@pytest.mark.slow
def test_the_note_tells_where_the_scenario_is_most_pressed(run: FullRun) -> None:
    everywhere = reasons_of(run, 1, "all")
    after = [one for one in everywhere if one.position]
    assert len(after) > 1
    pressed = max(after, key=lambda one: one.needs[0].ratio)
    why = note_module._why(run, 1, "all")
    label = run.experiment.reference.base.label_text("territories", pressed.territory, "fr")
    assert str(why["place"]).startswith(f"{label}, territoire le plus sollicité")
    rows = why["rows"]
    assert isinstance(rows, list)
    assert len(rows) == 2
    alone = note_module._why(run, 1, "coquelicot")
    assert "sollicité" not in str(alone["place"])


@pytest.mark.slow
def test_a_scenario_that_is_the_reference_has_no_reason_in_its_note(done: Done) -> None:
    draft = done.study.drafts[0].model_copy(update={"key": "same", "values": {}})
    found = finished(done.study.model_copy(update={"drafts": (draft,), "months": 12}))
    assert note_module._why(found, 1, "all") == {"lead": "", "rows": []}
    assert pages_of(note(found, 1, "caseload_households", "all")) == PAGES


LINE = 140
"""Letters of a line of the section on what holds back, in the smallest of its sizes."""


@pytest.mark.parametrize("spoken", ["fr", "en"])
@pytest.mark.parametrize("department", sorted(shipped_departments()))
def test_the_longest_reason_of_a_department_is_two_lines(department: str, spoken: Language) -> None:
    reference = experiment_of(scheme_study(department)).reference
    base = reference.base
    for role in base.labels("roles"):
        asking = tuple(
            one for one in base.labels("pathways") if role in base.words(f"pathways.{one}.roles")
        )
        need = Need("time", base.labels("territories")[0], role, asking, 1e5, 9e4, 22.5, 4e3)
        sentence = reason_begun(Why(0, "", need.territory, (need,)), reference, spoken)
        assert len(sentence) <= 2 * LINE, (role, sentence)


def test_a_picture_of_a_page_set_smaller_is_not_cut(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A bar at the foot of the picture is there in the smallest of sizes."""
    compile_pdf = typst.compile

    def drawn(*given: object, **options: object) -> bytes:
        known = {**options, "format": "png", "ppi": 60}
        known.pop("pdf_standards")
        pages = compile_pdf(*given, **known)
        for place, page in enumerate(pages):
            (tmp_path / f"{place}.png").write_bytes(page)
        return b""

    monkeypatch.setattr(typesetting.typst, "compile", drawn)
    words = ["word " * 60] * 12
    rows = [["x", "x"]] * 9
    content = {
        "language": "en", "title": "x", "author": "x", "keywords": [], "badge": "x", "frame": "x",
        "footer": "x", "question": "x", "answer": ["x"], "sign": ["x"], "chart_alt": "x",
        "heads": dict.fromkeys(
            ("question", "answer", "limits", "decide", "annex", "hypotheses", "sources", "replay",
             "identity"), "x",
        ),
        "options": {"title": "x", "heads": ["x"], "lines": [], "caption": "x", "notes": []},
        "why": {"lead": "", "rows": []}, "cost": {"rows": []},
        "odds": {"title": "x", "unit": "x", "heads": ["x", "x"], "rows": rows, "note": "x"},
        "decide": words, "hypotheses": ["x"], "limits": ["x"], "sources": [], "sources_note": "x",
        "replay_words": "x", "replay": ["x"], "identity": [["x", "x"]],
    }  # fmt: skip
    width, height = PICTURE_SIZE
    size = f'width="{width}in" height="{height}in" viewBox="0 0 {width} {height}"'
    bar = f'<rect y="{height - 0.1}" width="{width}" height="0.1" fill="#ff0000"/>'
    note_module.compiled(
        content, f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{bar}</svg>'.encode()
    )
    pixels = imread(tmp_path / "1.png")
    is_red = (pixels[..., 0] > 0.9) & (pixels[..., 1] < 0.1)
    assert is_red.any(axis=1).sum() >= 2


@pytest.mark.slow
def test_the_note_says_what_the_options_say(run: FullRun) -> None:
    """Its sentences, its table of funders and its odds stand on the numbers of the options."""
    content = note_module._content(run, 2, "caseload_households", "coquelicot")
    options = options_of(run, "coquelicot")
    told = options_text(run, options)
    cost = told.lines[[line.key for line in options.lines].index(COST)].cells[1]
    table = content["cost"]
    assert isinstance(table, dict)
    *_, total = table["rows"]
    assert total[2] == [cost.difference, cost.interval]
    answer = " ".join(content["answer"])  # type: ignore[arg-type]
    for line, words in zip(options.lines, told.lines, strict=True):
        is_told = line.cells[1].verdict in ("better", "worse")
        assert (words.cells[1].interval in answer) >= is_told
    odds = content["odds"]
    assert isinstance(odds, dict)
    by_label = {row[0]: row[2] for row in odds["rows"]}
    for line, words in zip(options.lines, told.lines, strict=True):
        if line.cells[1].verdict == "better":
            assert by_label[words.label] == number(run.count), "with two runs, all of them"
        if line.cells[1].verdict == "worse":
            assert by_label[words.label] == "0"


@pytest.mark.slow
def test_sources_have_addresses_and_commands_the_names_of_the_files(run: FullRun) -> None:
    content = note_module._content(run, 1, "caseload_households", "all")
    sources, commands = content["sources"], content["replay"]
    assert isinstance(sources, list)
    assert isinstance(commands, list)
    assert len(sources) == note_module.MOST_SOURCES
    assert all(re.fullmatch(r"https?://[^\s@]+", one["target"]) for one in sources)
    for stem in run.study.file_stems:
        assert all(f"{stem}.yaml" in one for one in commands)


@pytest.mark.slow
def test_a_word_longer_than_a_line_can_be_divided(run: FullRun) -> None:
    found = named(run, ONE_WORD)
    content = note_module._content(found, 1, "caseload_households", "all")
    title = str(note_module._unbroken(content["title"]))
    assert title.replace(typesetting.ZERO_WIDTH_SPACE, "") == unbroken(str(content["title"]))
    assert max(len(part) for part in re.split(r"[\s\u200b]", title)) <= 31
