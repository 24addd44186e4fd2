"""Options that had another name: it is taken still, and the present one is said."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from sim.errors import Fault, InputError
from sim.remarks import remarked
from ui.cli.remarking import remark
from ui.cli.spoken import text

FormerOut = Annotated[
    Optional[Path],  # noqa: UP045 (typer reads the annotation)
    typer.Option("--out", hidden=True),
]
FormerTo = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--to", hidden=True),
]


def renamed(present: Path | None, option: str, former: Path | None, was: str) -> Path | None:
    """What one of two names of an option says; raises `InputError` when both are given."""
    if former is None:
        return present
    if present is not None:
        accepted = text("cli_fault.either", first=option, second=was)
        raise InputError([Fault(text("cli_fault.command_line"), was, option, accepted)])
    remark(remarked("renamed", was=was, option=option))
    return former
