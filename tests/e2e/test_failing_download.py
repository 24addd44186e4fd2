"""A file that cannot be made: a kind message with an identifier, and the page goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from steps import SERVER_LOG, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
REFUSED = '.stAlert:has-text("Le fichier n’a pas pu être préparé")'


@contextmanager
def moved_away(folder: Path) -> Iterator[None]:
    """A folder that is not where it was, for a while."""
    elsewhere = folder.rename(folder.with_name("elsewhere"))
    yield
    elsewhere.rename(folder)


def test_a_file_whose_source_is_gone_is_refused_kindly(visit: Visit, results: Path) -> None:
    visit.open("explorer")
    visit.page.get_by_role("tab", name="Expériences").click()
    visit.page.get_by_text("Des postes en plus").first.wait_for()
    with moved_away(results):
        visit.press("Cet indicateur (CSV)")
        visit.page.wait_for_selector(REFUSED)
        visit.picture("fichier_refuse")
    said = visit.page.locator(REFUSED).inner_text()
    found = re.search(r"l’identifiant (\S+) à", said)
    assert found is not None
    assert found[1] in SERVER_LOG.read_text()
    assert visit.page.get_by_text("Failed to generate").is_hidden()
    assert "Traceback" not in visit.page.content()
    assert visit.download("Cet indicateur (CSV)").startswith(b"\xef\xbb\xbf")
    visit.page.locator(REFUSED).wait_for(state="hidden")
