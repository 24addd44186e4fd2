"""Help and faults of the command line in the language that is spoken.

The words stand in the catalogue and are read when they are asked for: of a command its sentence
and its own options under ``help_COMMAND``, what several commands share under ``help_options``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any

from rich.markup import escape
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from ui.cli.spoken import LANGUAGE_OPTION, language, language_asked, speak, text
from ui.texts import at, group_of
from ui.texts.translated import translated

ABOUT, SHARED = "about", "help_options"


class SpokenCommand(TyperCommand):
    """A command whose help comes from the catalogue."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options of the command, and that of the language."""
        return _with_language(super().get_params(ctx), ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help in the language that is spoken."""
        fill_in(self, ctx)
        super().format_help(ctx, formatter)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line of usage in the language that is spoken."""
        _usage(self, ctx, formatter)


class SpokenGroup(TyperGroup):
    """A group of commands whose help, and whose faults of use, come from the catalogue."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options of the group, and that of the language."""
        return _with_language(super().get_params(ctx), ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help in the language that is spoken."""
        fill_in(self, ctx)
        for name, command in self.commands.items():
            command.help = said_of(_group_name(ctx, name))[ABOUT]
        super().format_help(ctx, formatter)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line of usage in the language that is spoken."""
        _usage(self, ctx, formatter)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Answer a command line; its language and its options leave with it."""
        return copy_context().run(super().main, *args, **extra)

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        """Read the words of the command line, in the language that they ask for."""
        if parent is None:
            speak(language_asked(args))
        with faults_in_words():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        with faults_in_words():
            return super().invoke(ctx)


def _with_language(own: list[Any], ctx: Any) -> list[Any]:
    """Options of a command, and the option of the language that the whole program declares."""
    program = ctx.find_root().command
    shared = [one for one in program.params if LANGUAGE_OPTION in one.opts]
    return [*own, *(one for one in shared if one not in own)]


def fill_in(command: TyperCommand | TyperGroup, ctx: Any) -> None:
    """Give a command and its options their help, and the frame around them its words."""
    frame_in_words()
    own, shared = said_of(_group_name(ctx)), said_of(SHARED)
    command.help = own[ABOUT]
    for parameter in command.get_params(ctx):
        if getattr(parameter, "hidden", False):
            continue
        if parameter.name == "help":
            parameter.help = text("help_frame.show_help")  # type: ignore[attr-defined]
        else:
            name = str(parameter.name)
            # Brackets are no mark-up here.
            parameter.help = escape(own.get(name) or shared[name])  # type: ignore[attr-defined]


def said_of(group: str) -> Mapping[str, str]:
    """The help of one group in the language that is spoken."""
    return {name: str(at(f"{group}.{name}", language())) for name in group_of(group)}


def _group_name(ctx: Any, *below: str) -> str:
    """Where the help of a command stands, such as ``help_data_update``."""
    path = list(below)
    while ctx.parent is not None:
        path.insert(0, str(ctx.info_name))
        ctx = ctx.parent
    return "_".join(("help", *path)).replace("-", "_")


def _usage(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=str(at("help_frame.usage", language())))


def frame_in_words() -> None:
    """Titles and signs that the library writes around help and faults, in the language."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = text("help_frame.arguments")
    rich_utils.OPTIONS_PANEL_TITLE = text("help_frame.options")
    rich_utils.COMMANDS_PANEL_TITLE = text("help_frame.commands")
    rich_utils.ERRORS_PANEL_TITLE = text("help_frame.error")
    rich_utils.ABORTED_TEXT = text("help_frame.aborted")
    rich_utils.REQUIRED_LONG_STRING = text("help_frame.required")
    rich_utils.DEFAULT_STRING = str(at("help_frame.default", language()))
    rich_utils.RICH_HELP = str(at("help_frame.try", language()))


@contextmanager
def faults_in_words() -> Iterator[None]:
    """What the library says of a faulty command line, in the language that is spoken."""
    try:
        yield
    except TyperException as fault:
        frame_in_words()
        sentence = translated(fault.format_message(), language(), "usage_fault")
        fault.format_message = lambda: sentence  # type: ignore[method-assign]
        raise
