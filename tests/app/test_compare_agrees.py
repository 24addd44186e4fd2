"""The page of comparisons against itself: sentences, tables and words agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

import pytest
from app_worlds import Done, page, shown

from sim.language import Language
from sim.outcomes.table import ALL
from ui.answers import most_pressed
from ui.curve_ends import curve_ends
from ui.limit_words import gauges, turned
from ui.pages.compare_people import POPULATIONS
from ui.spoken import speaking, text
from ui.study.question import INDICATORS, OUTCOME_OF_FOCUS, outcome_asked
from ui.take_away.note import PICTURE_SIZE
from ui.take_away.pictures import figure_of
from ui.work.options import ROWS
from ui.work.seeking import TARGETS
from ui.work.shared import results_of

pytestmark = pytest.mark.slow

LANGUAGES: tuple[Language, ...] = ("fr", "en")
TABLE = re.compile(r'<table class="options".*?</table>', re.DOTALL)
ROW = re.compile(r'<tr role="row"[^>]*><th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', re.DOTALL)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
PART = re.compile(r'<span class="([a-z ]+)">(.*?)</span>')
ANSWER = re.compile(r'<div class="answer" role="status">(.*?)</div>', re.DOTALL)
PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
RISES = ("more", "dearer")


@dataclass(frozen=True)
class Written:
    """What a page says: its answer, and by table and line the parts of each cell."""

    answer: list[str]
    tables: list[dict[str, list[dict[str, str]]]]
    whole: str

    def line(self, label: str) -> list[dict[str, str]]:
        return next(table[label] for table in self.tables if label in table)


def read(made: str) -> Written:
    whole = unescape(made).replace("\u00a0", " ").replace("\u202f", " ")
    tables = [
        {
            label: [dict(PART.findall(cell)) for cell in CELL.findall(cells)]
            for label, cells in ROW.findall(table)
        }
        for table in TABLE.findall(whole)
    ]
    (answer,) = ANSWER.findall(whole)
    return Written(PARAGRAPH.findall(answer), tables, whole)


@pytest.fixture(scope="module")
def pages(done: Done) -> Mapping[Language, Written]:
    return {one: read(shown(page("compare", done.study, one))) for one in LANGUAGES}


def word_of(cell: Mapping[str, str]) -> str:
    (found,) = (words for kind, words in cell.items() if kind.startswith("word"))
    return found


def value(written: str, language: Language) -> float:
    """The number at the beginning of a text, as it is written there."""
    found = re.search(r"[−+]?\d[\d ]*(?:[.,]\d+)*", written)
    assert found, written
    plain = found[0].replace(" ", "").replace("−", "-")
    return float(plain.replace(",", "." if language == "fr" else ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_says_the_numbers_of_its_line(
    pages: Mapping[Language, Written], done: Done, language: Language
) -> None:
    said = pages[language]
    with speaking(language):
        label = text(f"options.{outcome_asked(done.study, 1)}")
        inside, outside = text("answer.zero_inside"), text("answer.zero_outside")
        untold = text("options.untold")
    reference, cell = said.line(label)
    sentence, told_apart = said.answer[:2]
    for part in (reference["level"], cell["level"], cell["change"], cell["ends"]):
        assert part in sentence, (part, sentence)
    assert told_apart == (inside if word_of(cell) == untold else outside)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_says_the_words_of_the_table(
    pages: Mapping[Language, Written], language: Language
) -> None:
    said = pages[language]
    words = {label: word_of(cells[1]).lower() for label, cells in said.tables[0].items()}
    assert len(words) == sum(map(len, ROWS.values()))
    summary = said.answer[-1]
    for label, word in words.items():
        if label in summary:
            before = summary[: summary.index(label)].lower()
            spoken = {one: before.rfind(f"{one} :") for one in set(words.values())}
            if language == "en":
                spoken = {one: before.rfind(f"{one}:") for one in set(words.values())}
            assert max(spoken, key=spoken.__getitem__) == word, (label, word, summary)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_every_table_agrees_with_its_interval(
    pages: Mapping[Language, Written], language: Language
) -> None:
    with speaking(language):
        untold = {text("options.untold")}
        joint = " à " if language == "fr" else " to "
        rises = {text(f"options.{name}") for name in RISES}
    seen = 0
    for table in pages[language].tables:
        for label, cells in table.items():
            for cell in cells[1:]:
                if "ends" not in cell or "change" not in cell or "€" in cell["ends"]:
                    continue
                low, high = (value(end, language) for end in cell["ends"].split(joint))
                mean, word = value(cell["change"], language), word_of(cell)
                assert low <= mean <= high, (label, cell)
                assert (low <= 0.0 <= high) == (word in untold), (label, cell)
                if word in rises:
                    assert mean > 0.0, (label, cell)
                seen += 1
    assert seen >= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_level_less_its_reference_is_the_difference_to_the_last_digit(
    pages: Mapping[Language, Written], language: Language
) -> None:
    for table in pages[language].tables:
        for label, (reference, *cells) in table.items():
            for cell in cells:
                if "ends" not in cell or "level" not in cell:
                    continue
                point = "," if language == "fr" else "."
                digits = re.search(rf"\{point}(\d+)", cell["change"])
                unit = 10.0 ** -(len(digits[1]) if digits else 0)
                gap = value(cell["level"], language) - value(reference["level"], language)
                assert abs(gap - value(cell["change"], language)) <= 1.01 * unit, (label, cell)


@pytest.mark.parametrize("language", LANGUAGES)
def test_gains_and_losses_are_those_of_their_table(
    pages: Mapping[Language, Written], done: Done, language: Language
) -> None:
    said = pages[language]
    (draft,) = done.study.drafts
    with speaking(language):
        labels = [text(f"people.{population}") for population in POPULATIONS]
    written = [cell["level"] for cell in said.line(draft.title)]
    for position, label in enumerate(labels):
        sentence = next(one for one in PARAGRAPH.findall(said.whole) if one.startswith(label))
        both = written[2 * position : 2 * position + 2]
        if all(not re.search(r"[1-9]", number) for number in both):
            assert not re.search(r"\d", sentence.replace(draft.title, "").replace("12", ""))
            continue
        for number in both:
            assert f" {number} " in sentence, (number, sentence)


def test_the_reason_says_the_numbers_of_its_gauge(done: Done) -> None:
    found = results_of(done.study)
    assert found is not None
    pair = most_pressed(found, 1)
    assert pair is not None
    scenarios = [found.experiment.scenarios[one.position] for one in pair]
    sentence = turned(*pair, scenarios, "X", "Y")
    rows = " ".join(told for one in gauges(*pair, scenarios) for told in one.told)
    for number in re.findall(r"\d[\d\u202f]*", sentence):
        assert number in rows, (number, sentence)


def test_a_picture_says_where_curves_end_and_why(done: Done) -> None:
    found, outcome = results_of(done.study), outcome_asked(done.study, 1)
    assert found is not None
    ends = curve_ends(found, outcome, ALL)
    assert ends.last_month in found.axes.months[1:-1]
    figure = figure_of(found, outcome, ALL, PICTURE_SIZE)
    drawn = " ".join(" ".join(one.get_text().split()) for one in figure.texts)
    assert ends.sentences
    assert all(" ".join(sentence.split()) in drawn for sentence in ends.sentences)
    assert text("chart.end") in [one.get_text() for one in figure.axes[0].texts]


def test_results_open_on_the_outcome_of_the_question(done: Done) -> None:
    assert {*OUTCOME_OF_FOCUS.values(), *TARGETS} <= set(INDICATORS)
    (draft,) = done.study.drafts
    asked = {"asked": "oriented_within_30_days_share", "focus": "recruit"}
    for update in (asked, {**asked, "asked": "no_such_outcome"}):
        study = done.study.model_copy(update={"drafts": (draft.model_copy(update=update),)})
        known = update["asked"] if update["asked"] in INDICATORS else OUTCOME_OF_FOCUS["recruit"]
        assert outcome_asked(study, 1) == known
