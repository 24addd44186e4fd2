"""What a command says beside its answer: remarks on standard error, and in the object of --json."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar

import typer

from sim.remarks import Remark, is_new, remarked
from ui.cli.remark_words import commanded
from ui.cli.spoken import MACHINES, language, speak, text
from ui.cli.terminal import complain

ON_THE_COMMAND_LINE = "COMMANDLINE"
_context: ContextVar[typer.Context | None] = ContextVar("what was asked", default=None)


def keep_context(context: typer.Context, value: bool) -> bool:
    """The callback of ``--json``, which every command has: what the user gave is known later.

    The object is for other programs, and all that is said beside it is in their language.
    """
    _context.set(context)
    if value:
        speak(MACHINES)
    return value


def remark(*remarks: Remark) -> None:
    """Say remarks, each once."""
    for one in remarks:
        if is_new(one):
            complain(text("cli.remark", sentence=commanded(one, language())))


def without_effect(because: str, *names: str) -> None:
    """Remark that options have no effect, those that the user gave (by their parameter's name).

    ``because`` is the key of the reason: the other option, or the input, that leaves nothing to do.
    """
    for option in given(names):
        remark(remarked("without_effect", option=option, because=(Remark(because),)))


def given(names: Iterable[str]) -> list[str]:
    """The options among these that stand on the command line, as they are written."""
    context = _context.get()
    if context is None:
        return []
    return [
        parameter.opts[0]
        for parameter in context.command.params
        if parameter.name in names and _is_given(context, parameter.name)
    ]


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == ON_THE_COMMAND_LINE
