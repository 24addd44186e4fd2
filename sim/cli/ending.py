"""How a command ends: exit codes, faults of the input, one object of JSON."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from types import FrameType

import typer
from rich.console import Console

from sim.errors import InputError

ERROR, BAD_INPUT, CANCELLED = 1, 2, 3
WIDTH_WITHOUT_TERMINAL = 132


def screen() -> Console:
    """Standard output for people; wide enough for a table when it is no terminal."""
    width = None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL
    return Console(file=sys.stdout, width=width, highlight=False, soft_wrap=False)


def messages() -> Console:
    """Standard error, for progress and faults."""
    return Console(file=sys.stderr, highlight=False)


def say_json(content: object) -> None:
    """Print the one object of ``--json``."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, allow_nan=False) + "\n")
    sys.stdout.flush()


@contextmanager
def told_to_the_user(is_json: bool) -> Iterator[None]:
    """Turn faults of the input into a message and exit code 2, failures of files into 1."""
    try:
        yield
    except InputError as error:
        if is_json:
            faults = [asdict(fault) for fault in error.faults]
            say_json({"error": "bad input", "faults": faults})
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(BAD_INPUT) from None
    except OSError as error:
        if is_json:
            say_json({"error": str(error)})
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(ERROR) from None


@contextmanager
def cancellable() -> Iterator[threading.Event]:
    """An event that Ctrl-C (or a request to end) sets; a second Ctrl-C ends at once."""
    cancel = threading.Event()

    def ask_to_stop(number: int, _frame: FrameType | None) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()
        sys.stderr.write("\nStopping; finished replications are kept.\n")

    if threading.current_thread() is not threading.main_thread():
        yield cancel
        return
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {kind: signal.signal(kind, ask_to_stop) for kind in kinds}
    try:
        yield cancel
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
