"""A file that cannot be made is told kindly, in the language of the page, with an identifier."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from app_worlds import Done, page
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.testing.v1 import AppTest

from tests.small_batches import small_store
from ui import downloads
from ui.downloads import Came, Making
from ui.spoken import text
from ui.work.batches import VARIABLE

Maker = Callable[[], bytes]
BROKEN = {
    "ui.pages.take_away.note": "pdf",
    "ui.pages.take_away.workbook": "xlsx",
    "ui.pages.take_away.csv_file": "csv",
    "ui.pages.take_away.picture": "png",
}


@pytest.fixture
def makers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Maker]:
    """What the server would call when the browser asks for a file, by the end of its name."""
    found: dict[str, Maker] = {}
    before = MediaFileManager.add_deferred

    def kept(self: MediaFileManager, data: Maker, *words: Any, **named: Any) -> str:
        found[named["file_name"].rpartition(".")[2]] = data
        return before(self, data, *words, **named)

    monkeypatch.setattr(MediaFileManager, "add_deferred", kept)
    return found


def broken(*_: object, **__: object) -> bytes:
    raise RuntimeError("secret /home/detail")


def asked(maker: Maker) -> bytes | str:
    """A file made in a thread that knows no visitor; else how it failed."""
    came: list[bytes | str] = []

    def make() -> None:
        try:
            came.append(maker())
        except Exception as error:
            came.append(f"{type(error).__name__} {error}")

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    return came[0]


def pressed(made: AppTest, label: str) -> AppTest:
    return next(one for one in made.download_button if one.label == label).click().run()


@pytest.mark.slow
@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_made_is_told_kindly(
    name: str,
    done: Done,
    makers: dict[str, Maker],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(name, broken)
    made = page("compare", done.study)
    assert not made.exception
    came = asked(makers[BROKEN[name]])
    assert isinstance(came, str)
    assert came.startswith("DownloadError ")
    assert "secret" not in came
    label = {"pdf": "note", "xlsx": "excel"}.get(BROKEN[name], BROKEN[name])
    made = pressed(made, text(f"export.{label}"))
    (told,) = made.error
    identifier = came.split()[1]
    assert told.value == text("app.no_file", identifier=identifier)
    assert f"identifier {identifier}" in caplog.text
    assert "secret /home/detail" in caplog.text
    assert not made.run().error, "told once"


@pytest.mark.slow
def test_an_experiment_that_cannot_be_written_is_told_kindly(
    makers: dict[str, Maker],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    monkeypatch.setenv(VARIABLE, str(small_store(tmp_path_factory.mktemp("results"))))
    monkeypatch.setattr("ui.pages.explore_batches.file_of", broken)
    made = page("explore")
    came = asked(makers["xlsx"])
    made = pressed(made, text("batches.excel"))
    assert [one.value for one in made.error] == [
        text("app.no_file", identifier=str(came).split()[1])
    ]


@pytest.mark.slow
def test_a_file_that_is_made_is_not_said_to_have_failed(
    done: Done, makers: dict[str, Maker]
) -> None:
    made = page("compare", done.study)
    assert asked(makers["csv"])
    made = pressed(made, text("export.csv"))
    assert not made.error
    assert not made.exception


@pytest.mark.slow
@pytest.mark.parametrize(("language", "head"), [("fr", "Périmètre;Mois"), ("en", "Area,Month")])
def test_a_file_speaks_the_language_of_its_page(
    language: str, head: str, done: Done, makers: dict[str, Maker]
) -> None:
    page("compare", done.study, language)
    came = asked(makers["csv"])
    assert isinstance(came, bytes)
    assert came.decode("utf-8-sig").startswith(head)


def test_the_outcome_waits_for_the_file_but_not_for_ever() -> None:
    making = Making()
    assert making.outcome(0.0, 0.0) == (Came.MADE, "")
    making.ask()
    threading.Timer(0.05, making.end, (making.begin(), "abc")).start()
    assert making.outcome(30.0, 30.0) == (Came.FAILED, "abc")
    assert making.outcome(0.0, 0.0) == (Came.MADE, "")
    making.ask()
    making.begin()
    assert making.outcome(0.0, 0.01) == (Came.MADE, ""), "a long file is no longer waited for"


def test_a_file_that_was_given_up_is_not_counted_for_the_next_one() -> None:
    making = Making()
    making.ask()
    given_up = making.begin()
    making.outcome(0.0, 0.01)
    making.end(given_up, "late")
    making.ask()
    threading.Timer(0.05, making.end, (making.begin(), "next")).start()
    assert making.outcome(30.0, 30.0) == (Came.FAILED, "next"), "it was waited for"


def test_what_was_just_made_can_be_fetched_before_the_page_is_drawn_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(downloads.time, "sleep", slept.append)
    making = Making()
    making.outcome(0.0, 0.0)
    making.end(making.begin(), "abc")
    making.outcome(30.0, 30.0)
    assert slept == [], "nothing was made"
    making.ask()
    making.end(making.begin())
    making.outcome(30.0, 30.0)
    assert slept == [pytest.approx(downloads.SECONDS_TO_FETCH, abs=0.5)]


def test_a_request_that_comes_before_its_press_is_that_of_the_press(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(downloads.time, "sleep", lambda seconds: None)
    making = Making()
    making.end(making.begin())
    making.ask()
    assert making.outcome(0.01, 30.0) == (Came.MADE, "")
    making.ask()
    assert making.outcome(0.01, 30.0) == (Came.NEVER_ASKED, ""), "of one press alone"


def test_a_press_that_was_lost_is_told_once() -> None:
    making = Making()
    making.ask()
    assert making.outcome(0.01, 30.0) == (Came.NEVER_ASKED, "")
    assert making.outcome(30.0, 30.0) == (Came.MADE, "")
    making.end(making.begin())  # what was given up comes late
    making.ask()
    threading.Timer(0.05, lambda: making.end(making.begin())).start()
    assert making.outcome(30.0, 30.0) == (Came.MADE, "")
    assert making.outcome(0.0, 30.0) == (Came.MADE, "")


@pytest.mark.slow
def test_buttons_are_not_drawn_again_before_the_file_asked_for_has_begun(
    monkeypatch: pytest.MonkeyPatch, done: Done, makers: dict[str, Maker]
) -> None:
    """Drawing a button withdraws the name under which the page just asked for its file."""
    order: list[str] = []
    outcome, button = Making.outcome, downloads.st.download_button

    def waited(making: Making, *seconds: float) -> tuple[Came, str]:
        order.append("waited")
        return outcome(making, *seconds)

    def drawn(*given: object, **named: object) -> object:
        order.append("drawn")
        return button(*given, **named)

    monkeypatch.setattr(Making, "outcome", waited)
    monkeypatch.setattr(downloads.st, "download_button", drawn)
    page("compare", done.study, "fr")
    assert order[:2] == ["waited", "drawn"]
