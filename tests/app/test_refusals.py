"""Refusals are wholly in the language: every sentence of the code has its French."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from contextvars import copy_context
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from faulty_files import first_territory, shipped_file, written
from faulty_scenarios import CHANGE, FAULTY, GOOD, STAFF

from brought.insertion import read_insertion
from brought.series import Series, month_of, read_departments, read_series
from forecast.backtest import _why_left_out
from forecast.unusual import Jump
from sim.batch.chunks import read_slice
from sim.batch.codebook import columns
from sim.batch.holdings import whole_holding
from sim.batch.query import answered
from sim.batch.store import MANIFEST, Store
from sim.batch.summary import label_of
from sim.errors import Fault, InputError
from sim.experiments.experiment import Experiment
from sim.experiments.lives import identity
from sim.experiments.run_folder import check_folder
from sim.experiments.size import Limits, check_size, size_of_experiment
from sim.language import Language
from sim.parameters import load_department
from sim.parameters.draw_files import read_draws
from sim.policy import load_scenario
from sim.search.naming import find_target, levers_named
from sim.search.precision import read_precision
from tests.small_batches import plan_of
from ui import texts
from ui.cli.ending import refusal_text
from ui.cli.spoken import speak
from ui.reports.refusals import SENTENCES, note_in
from ui.texts.translated import translated

Case = Callable[[Path], object]
ROOT = Path(__file__).resolve().parents[2]
ENGLISH_WORDS = """
the of and or with without not nor which that this these is are be was were has have had in by
for than any each every same another its it their them from to at most least such you did both
neither unknown accepted found number numbers list file folder key keys day days year years run
runs lines twice once above below small letters digits wrong missing outside between quotes
empty whole nothing perhaps where what who if said there too large
"""
ENGLISH = frozenset(ENGLISH_WORDS.split())
"""Words that no French sentence has; names of fields are not among them."""
NAMES = re.compile(
    r"[\"“«][^\"”»]*[\"”»]|'[^' ]*'|`[^`]*`|--[\w-]+|\S*[_/\\\d<>=\[\]{}*]\S*|\w+\.\w[\w.]*"
)
"""What a person wrote, names of fields, options, files and paths."""
OWN = "department,month,households\n"
MONTHS = [f"{2015 + place // 12}-{place % 12 + 1:02d}" for place in range(60)]


def english_words(told: str) -> set[str]:
    """Words of English in what is told, names left out."""
    return {word for word in re.findall(r"[A-Za-z]+", NAMES.sub(" ", told)) if word in ENGLISH}


def scenario_file(text: str) -> Case:
    def read(folder: Path) -> object:
        (folder / "mine.yaml").write_text(text, encoding="utf-8", errors="surrogatepass")
        return load_scenario(str(folder / "mine.yaml"))

    return read


def department(*path: str, value: object) -> Case:
    """A department file with another value in its first territory, or in its head with ``/``."""

    def read(folder: Path) -> object:
        raw = shipped_file()
        place = raw if path[0] == "/" else first_territory(raw)[1]
        *way, last = path[1:] if path[0] == "/" else path
        for name in way:
            place = place[name]
        place[last] = value
        return load_department(written(raw, folder))

    return read


def plan(**changes: object) -> Case:
    return lambda folder: plan_of(folder, **changes)


def series(content: str, reader: Callable[[Path], object] = read_series) -> Case:
    def read(folder: Path) -> object:
        (folder / "mine.csv").write_text(content, encoding="utf-8")
        return reader(folder / "mine.csv")

    return read


def own_lines(file: Path) -> object:
    return read_insertion(file, ("staff.nurse", "workshops"))


def damaged_store(folder: Path) -> Store:
    """A store with one experiment, whose manifest cannot be read."""
    store = Store(folder / "store")
    store.folder("mine").mkdir(parents=True)
    (store.folder("mine") / MANIFEST).write_text("{", encoding="utf-8")
    return store


def question(text: str) -> Case:
    return lambda folder: answered(text, damaged_store(folder).root)


def with_somme(ask: Callable[..., object], *words: str) -> Case:
    return lambda _: ask(*words, load_department("somme"))


def asked(**changes: object) -> Case:
    return lambda _: Experiment((load_scenario("somme_reference"),), **changes)  # type: ignore[arg-type]


def too_large(_: Path) -> None:
    many = (load_scenario("somme_reference"), load_scenario("somme_plus14"))
    check_size(size_of_experiment(Experiment(many, replications=10_000)), Limits(1.0, 1.0, 1.0))


def strange_folder(folder: Path) -> None:
    (folder / "letter.txt").write_text("x", encoding="utf-8")
    check_folder(folder)


CASES: list[Case] = [
    *(scenario_file(text) for text, *_ in FAULTY),
    *(
        scenario_file(text)
        for text in (
            "a: b: c\n", "a: 'b\n", "a:\n\t- b\n", "a: %\n", "a: {b\n", "a\nb: c\n", "a: @b\n",
            GOOD + "jour: 2023-01-01 10:00:00\n", GOOD + "x: 1_000\n", GOOD + "? [a]\n: 1\n",
            GOOD + "1: 2\n", GOOD + "true: 2\n", GOOD + "2023-01-01: 2\n", GOOD + "months: 9\n",
            GOOD + "extends: nowhere\n",
            GOOD + "extends: no/x.yaml\n",
            CHANGE % f"{STAFF}.fte: 1000000", CHANGE % "pathways.*.rule: high",
            CHANGE % "territories.*.staff.social_worker.fte: 1, "
            "territories.coquelicot.staff.*.fte: 2",
            GOOD + "changes:\n  - {date: 2023-04-01, label: x, copy_of: {scenario: nowhere, "
            "from_territory: a, to_territory: b}}\n",
        )
    ),
    lambda _: load_scenario("somme_referense"),
    lambda _: load_scenario("no/such.yaml"),
    lambda _: load_department("nowhere"),
    department("intake", "desks", "kind", value="guessed"),
    department("intake", "desks", "note", value=" "),
    department("intake", "desks", "source", value="nowhere"),
    department("intake", "desks", "uncertainty", value=None),
    department("intake", "desks", "uncertainty", value={"low": 1e6, "high": 1e7, "interval": 0.9}),
    department("intake", "desks", "unit", value="weeks"),
    department("intake", "desk", value=3),
    department("intake", value=3),
    department("label", value=3),
    department("stock_unit", value=3),
    department("/", "department", "code", value=80),
    department("/", "schema_version", value=9),
    department("/", "territories", value={}),
    department("/", "popluation", value={}),
    department("/", "pathways", value={"new path": {"label": 3}}),
    department("/", "pathways", value={"other": {"label": {"en": "Other", "fr": "Autre"}}}),
    plan(monts=3),
    plan(factors={"posts": {"path": "additional_ft[coquelicot]", "values": []}}),
    plan(factors={"open": {"path": "additional_fte[coquelicot]", "values": [1]}}),
    plan(factors={"both": {"path": "staffing.recruitment_delay_days"}}),
    plan(factors={"value": {"path": "staffing.recruitment_delay_days", "values": [1, 1]}}),
    plan(factors={"late": {"path": "staffing.recruitment_delay_days", "values": [1],
                           "since": "2031-01-01"}}),
    plan(factors={"delay": {"path": "staffing.recruitment_delay_days",
                            "range": {"low": 90, "high": 0}}}),
    plan(factors={"posts": {"path": "staffing.recruitment_delay_days"}}, points="plan.yaml"),
    plan(months=6, factors={"posts": {"path": "additional_fte[coquelicot, social_worker]",
                                      "values": [1]}}),
    plan(keep={"outcomes": ["caseload_household"]}),
    plan(draws=1000),
    plan(seeds={"n": 100_000_000}),
    plan(scenarios=["nowhere"]),
    lambda _: read_slice("5/4"),
    series(OWN),
    series(OWN + "80,2020-01,100\n"),
    series(OWN + "80,2020-01,100\n80,2020-03,100\n"),
    series(OWN + "".join(f"80,{month},100\n" for month in MONTHS[:5])),
    series(OWN + "80,soon,100\n80,2020-01,-3\n80,2020-02,many\n"),
    series("department,month\n80,2020-01\n"),
    series(OWN + '80,2020-01,"12\n80,2020-02,13\n'),
    series("line,period,amount,unit\nstaff,soon,-1,meur\n", own_lines),
    series("line,period,amount,unit\nstaff,2026,1,meur\nposts,2026,1,eur\n"
           "staff.nurse,2026-03,1,eur\n", own_lines),
    series("nom,prenom,department,month,households\nDupont,Jean,80,2020-01,1\n"),
    series(OWN + "80,2020-01,100\n80,2020-01,101\n"),
    series(OWN + "80,2020-01\n", read_departments),
    lambda folder: read_series(folder / "none.csv"),
    question("selec 1"),
    question("drop view outcomes"),
    question("select nought from totals"),
    question("select * from nowhere"),
    question("select 1; select 2"),
    lambda folder: label_of(Store(folder / "store"), None),
    lambda folder: label_of(damaged_store(folder), "yours"),
    lambda folder: whole_holding(damaged_store(folder), "mine"),
    lambda folder: read_draws(folder / "none.parquet"),
    with_somme(find_target, "wait <= 3"),
    with_somme(find_target, "caseload_households"),
    with_somme(find_target, "caseload_households <= 3 %"),
    with_somme(find_target, "job_rate_6m >= 3"),
    with_somme(read_precision, "caseload_households"),
    with_somme(read_precision, "caseload_households=2pt"),
    with_somme(read_precision, "caseload_households=0"),
    lambda _: levers_named("nowhere", load_department("somme"), "--lever"),
    lambda _: levers_named("fte[nowhere]", load_department("somme"), "--lever"),
    lambda _: identity("x", load_scenario("somme_reference")),
    lambda _: Experiment((load_scenario("somme_reference"),
                          load_scenario("somme_plus14").scaled(0.1))),
    asked(replications=0),
    asked(seed=-1),
    asked(seed="a"),
    asked(replications=2.5),
    lambda _: Experiment(load_scenario("somme_reference")),  # type: ignore[arg-type]
    lambda _: Experiment(()),
    lambda _: Experiment(["somme_reference"]),  # type: ignore[arg-type,list-item]
    asked(counted_from="2031-01"),
    too_large,
    strange_folder,
]  # fmt: skip


def refusal(case: Case, folder: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        case(folder)
    return caught.value


def told(error: InputError, language: Language) -> str:
    """What the command line says of it."""

    def speaking() -> str:
        speak(language)
        return refusal_text(error)

    return copy_context().run(speaking)


@pytest.mark.parametrize("case", CASES)
def test_a_french_refusal_has_no_english_word(case: Case, tmp_path: Path) -> None:
    error = refusal(case, tmp_path)
    english, french = told(error, "en"), told(error, "fr")
    assert english_words(english) > {"accepted"}, "the list of words would not see this one"
    assert not english_words(french), french
    assert len(french.splitlines()) == len(english.splitlines())


def test_there_are_many_kinds_of_refusals(tmp_path: Path) -> None:
    said: set[str] = set()
    for number, case in enumerate(CASES):
        folder = tmp_path / str(number)
        folder.mkdir()
        said |= {fault.accepted for fault in refusal(case, folder).faults}
    assert len(said) > 80


def test_english_words_are_seen_beside_names() -> None:
    assert english_words("trouvé the file x_y.yaml ; accepté : un fichier") == {"the", "file"}
    assert not english_words("le texte « the file », `from totals`, --of, 'not' et low.of.it")


def test_notes_of_a_store_are_in_french(tmp_path: Path) -> None:
    (note,) = answered("select 1", damaged_store(tmp_path).root).notes
    assert english_words(note)
    french = note_in(note, "fr")
    assert french.startswith("laissé hors de la réponse : ")
    assert not english_words(french)


@pytest.mark.parametrize(
    "missing",
    [
        ("seasonal_naive",), ("arima",), ("ets", "arima"), ("seasonal_naive", "arima"),
        ("ets", "combination"), ("seasonal_naive", "ets", "arima", "combination"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("step", [0.0, 7.0])
def test_why_methods_are_left_out_is_in_french(missing: tuple[str, ...], step: float) -> None:
    past = Series("80", month_of("2019-02"), 900.0 + step * np.arange(12))
    note = f"2020-01: {_why_left_out(past, missing)}"
    assert english_words(note)
    french = note_in(note, "fr")
    assert not english_words(french), french
    assert french.startswith("2020-01 : ")
    assert french.endswith(".")
    assert not re.search(r"\S[;:] ", french), french
    assert all(name in french for name in missing)
    assert ("elle ne change jamais" in french) == ("never changes" in note)


@pytest.mark.parametrize("is_revision", [False, True])
def test_a_month_that_jumps_is_told_in_french(is_revision: bool) -> None:
    jump = Jump("48", month_of("2021-03"), 2_410.0, 24_100.0, is_revision)
    told = note_in(jump.text, "fr")
    how = "révisé de" if is_revision else "de"
    assert told == f"48:2021-03, {how} 2\u202f410 à 24\u202f100 foyers"


def test_the_way_around_a_limit_is_told_in_french() -> None:
    many = (load_scenario("somme_reference"), load_scenario("somme_plus14"))
    with pytest.raises(InputError) as caught:
        check_size(size_of_experiment(Experiment(many)), Limits(1.0, 1.0, 1.0), "--way")
    french = told(caught.value, "fr")
    assert french.endswith(" ; --way simule malgré tout")
    assert not english_words(french)


def test_faults_are_cut_after_they_are_translated() -> None:
    long = "bouches_" * 60
    fault = Fault("a.yaml", "b", f"the unknown scenario {long!r}", "a whole number")
    french = told(InputError([fault]), "fr")
    assert "le scénario inconnu 'bouches_" in french
    assert "…" in french


ROOMS = ("sim", "brought", "calibration", "forecast", "ui")
TOLD = ("found", "accepted", "known", "what", "both", "draws", "gap", "fault", "hint")
"""Names under which the code keeps what it says of a fault."""
MAKERS = re.compile(r"Fault|fault|_fault|_refuse|unknown|NotAcceptedError|_wrong_shape")
FILLED = "\x00"


def templates(node: ast.AST) -> Iterator[str]:
    """Strings of an expression, with a mark for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else FILLED for part in node.values
        )
    elif isinstance(node, ast.IfExp):
        yield from templates(node.body)
        yield from templates(node.orelse)


def every_template() -> Iterator[tuple[str, str]]:
    """Every string of the rooms, by file."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for one in templates(node):
                    yield path.name, one


def told_templates() -> Iterator[tuple[str, str]]:
    """Sentences that faults are made of, by file."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for one in said_at(node):
                    if " " in one.replace(FILLED, "").strip():
                        yield path.name, one


def said_at(node: ast.AST) -> Iterator[str]:
    """Strings that a node says of a fault."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if MAKERS.fullmatch(name):
            for argument in node.args[2:] if name == "Fault" else node.args:
                yield from templates(argument)
        if name == "Field":
            for keyword in node.keywords:
                if keyword.arg == "description":
                    yield from templates(keyword.value)
    if isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id in TOLD for target in node.targets
    ):
        yield from templates(node.value)


def marked(sentence: str) -> str:
    """A sentence of the catalogue with a mark for what is filled in."""
    return "".join(
        literal + FILLED * (name is not None) for literal, name, *_ in Formatter().parse(sentence)
    )


def test_every_sentence_of_a_fault_is_in_the_catalogue() -> None:
    found = set(told_templates())
    assert len(found) > 250
    unknown = {
        (name, one)
        for name, one in found
        if translated(filled := one.replace(FILLED, "x1"), "fr", *SENTENCES) == filled
    }
    assert not unknown


def test_every_sentence_of_the_catalogue_stands_in_the_code() -> None:
    code = {one for _, one in every_template()}
    said = {key: marked(pair["en"]) for key, pair in texts.group_of("refusal").items()}
    assert not {key: one for key, one in said.items() if one not in code}


def test_the_codebook_is_in_french() -> None:
    described = {one for column in columns() for one in (column.type, column.meaning)}
    assert len(described) > 20
    for one in described:
        french = translated(one, "fr", "codebook")
        assert french != one
        assert not english_words(french)
    known = {pair["en"] for pair in texts.group_of("codebook").values()}
    assert {column.meaning for column in columns()} <= known
