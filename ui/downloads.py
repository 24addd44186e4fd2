"""Files that are made when they are asked for; a failure is told kindly below the buttons."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ui import elements as st
from ui.guard import guarded, noted
from ui.spoken import language, speaking, text

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
MOST_SECONDS = 60.0
"""A file that takes longer is no longer waited for; the browser still receives it."""
MOST_SECONDS_TO_BEGIN = 5.0
"""The request for a file comes with the press; one that has not come by then does not come."""
SECONDS_TO_FETCH = 1.5
"""A browser fetches what was made right away; the framework forgets it two drawings later."""


class Came(Enum):
    """How what was asked for came out."""

    MADE = auto()
    FAILED = auto()
    NEVER_ASKED = auto()
    """The page knew the file under a name of an earlier drawing: the press was lost."""


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

    A file is made by a thread of the server while the page is drawn again by another one, which
    tells of a press only when it is free: the request may come before it. After a press that was
    given up a request is taken for its, until there is another one.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._pressed = 0
        self._early = 0
        self._has_lost = False
        self._begun = 0
        self._under_way: set[int] = set()
        self._failed = ""
        self._made_at = -SECONDS_TO_FETCH

    def ask(self) -> None:
        """A button was pressed."""
        with self._changed:
            self._has_lost = False
            if self._early:
                self._early -= 1
            else:
                self._pressed += 1

    def begin(self) -> int:
        """The request for a file has come; the number by which its end is told."""
        with self._changed:
            self._begun += 1
            if self._pressed:
                self._pressed -= 1
            elif not self._has_lost:
                self._early += 1
            self._under_way.add(self._begun)
            self._changed.notify_all()
            return self._begun

    def end(self, number: int, failed: str = "") -> None:
        """A file was made, or failed under an identifier."""
        with self._changed:
            self._under_way.discard(number)
            if failed:
                self._failed = failed
            else:
                self._made_at = time.monotonic()
            self._changed.notify_all()

    def outcome(self, seconds_to_begin: float, seconds: float) -> tuple[Came, str]:
        """How it came out, told once, and the identifier of a failure.

        Waits for requests and for files that are being made, each no longer than some seconds and
        never again for one that was given up, and until a file just made could be fetched.
        """
        with self._changed:
            has_begun = self._changed.wait_for(lambda: not self._pressed, seconds_to_begin)
            self._changed.wait_for(lambda: not self._under_way, seconds)
            self._pressed = 0
            self._has_lost = self._has_lost or not has_begun
            self._under_way.clear()
            failed, self._failed = self._failed, ""
            since_made = time.monotonic() - self._made_at
        if since_made < SECONDS_TO_FETCH:
            time.sleep(SECONDS_TO_FETCH - since_made)
        if failed:
            return Came.FAILED, failed
        return (Came.MADE if has_begun else Came.NEVER_ASKED), ""


@st.fragment
@guarded
def downloads(files: Sequence[File], key: str) -> None:
    """Buttons side by side, and below them what went wrong with the file asked for last."""
    making: Making = st.session_state.setdefault(f"making {key}", Making())
    # Buttons that are drawn again know their files under new names: whoever pressed comes first.
    came, failed = making.outcome(MOST_SECONDS_TO_BEGIN, MOST_SECONDS)
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
    if came is Came.FAILED:
        st.error(text("app.no_file", identifier=failed), icon=":material/error:")
    elif came is Came.NEVER_ASKED:
        st.warning(text("app.press_again"), icon=":material/refresh:")


def _kindly(file: File, making: Making) -> Callable[[], bytes]:
    """What makes the file, in the language of the page, and never tells what went wrong inside."""
    spoken = language()

    def made() -> bytes:
        failed = ""
        number = making.begin()
        try:
            with speaking(spoken):
                return file.make()
        except Exception:
            failed = noted(file.name)
            raise DownloadError(failed) from None
        finally:
            making.end(number, failed)

    return made
