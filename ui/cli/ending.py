"""How a command ends: exit codes and faults of the input."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from types import FrameType

import typer

from sim.errors import MOST_FAULTS_SHOWN, InputError
from sim.remarks import remarking
from ui.cli.spoken import counted, language, number, text
from ui.cli.terminal import complain, say_json
from ui.reports.refusals import fault_in, note_in

ERROR, BAD_INPUT, CANCELLED = 1, 2, 3


@contextmanager
def told_to_the_user(is_json: bool) -> Iterator[None]:
    """Turn faults of the input into a message and exit code 2, failures of files into 1."""
    try:
        with remarking():
            yield
    except InputError as error:
        if is_json:
            faults = [asdict(fault) for fault in error.faults]
            say_json({"error": "bad input", "faults": faults})
        complain(refusal_text(error))
        raise typer.Exit(BAD_INPUT) from None
    except OSError as error:
        if is_json:
            say_json({"error": str(error)})
        complain(note_in(str(error), language()))
        raise typer.Exit(ERROR) from None


def refusal_text(error: InputError) -> str:
    """The faults of an input, one a line."""
    lines = [counted("cli.faults", len(error.faults))]
    for refused in error.faults[:MOST_FAULTS_SHOWN]:
        fault = fault_in(refused, language())
        both = text("cli.where", file=fault.file, field=fault.field)
        where = both if fault.file and fault.field else fault.file or fault.field
        words = {"found": fault.found_shown, "accepted": fault.accepted}
        lines.append("  " + text("cli.fault", where=where, **words))
    more = len(error.faults) - MOST_FAULTS_SHOWN
    if more > 0:
        lines.append("  " + text("cli.more_faults", count=number(more)))
    return "\n".join(lines)


@contextmanager
def cancellable() -> Iterator[threading.Event]:
    """An event that Ctrl-C (or a request to end) sets; a second Ctrl-C ends at once."""
    cancel = threading.Event()

    def ask_to_stop(number: int, _frame: FrameType | None) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()
        complain("\n" + text("cli.stopping"))

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
