"""Files that are made when they are asked for; a failure is told kindly below the buttons."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui import elements as st
from ui.guard import guarded, noted
from ui.spoken import language, speaking, text

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
MOST_SECONDS = 60.0
"""A file that takes longer is no longer waited for; the browser still receives it."""


class DownloadError(Exception):
    """A file could not be made; the log has the identifier and the reason."""


@dataclass(frozen=True)
class File:
    """A file on offer: the words of its button, its name, its kind and how it is made."""

    label: str
    name: str
    kind: str
    icon: str
    make: Callable[[], bytes]
    is_main: bool = False


class Making:
    """How the files of one group of buttons came out.

    A file is made by a thread of the server while the page is drawn again by another one.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._asked = 0
        self._ended = 0
        self._failed = ""

    def ask(self) -> None:
        """A button was pressed."""
        with self._changed:
            self._asked += 1

    def end(self, failed: str = "") -> None:
        """A file was made, or failed under an identifier."""
        with self._changed:
            self._ended += 1
            self._failed = failed
            self._changed.notify_all()

    def outcome(self, seconds: float) -> str:
        """The identifier of a failure, told once; empty for none.

        Waits for files that are being made, no longer than some seconds.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._ended >= self._asked, seconds):
                self._ended = self._asked
            failed, self._failed = self._failed, ""
            return failed


@st.fragment
@guarded
def downloads(files: Sequence[File], key: str) -> None:
    """Buttons side by side, and below them what went wrong with the file asked for last."""
    making: Making = st.session_state.setdefault(f"making {key}", Making())
    with st.container(horizontal=True, key=key):
        for file in files:
            st.download_button(
                file.label,
                _kindly(file, making),
                file.name,
                file.kind,
                icon=file.icon,
                type="primary" if file.is_main else "secondary",
                on_click=making.ask,
            )
    failed = making.outcome(MOST_SECONDS)
    if failed:
        st.error(text("app.no_file", identifier=failed), icon=":material/error:")


def _kindly(file: File, making: Making) -> Callable[[], bytes]:
    """What makes the file, in the language of the page, and never tells what went wrong inside."""
    spoken = language()

    def made() -> bytes:
        failed = ""
        try:
            with speaking(spoken):
                return file.make()
        except Exception:
            failed = noted(file.name)
            raise DownloadError(failed) from None
        finally:
            making.end(failed)

    return made
