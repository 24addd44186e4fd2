"""The optional parts of an installation."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from sim.errors import Fault, InputError


def check_extra(extra: str, modules: Sequence[str]) -> None:
    """Raises `InputError`, with the command that installs it, where a module of an extra lacks."""
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        found = f"no {' and no '.join(missing)}"
        accepted = f"the extra `{extra}`: pip install 'rsa-caseload[{extra}]'"
        raise InputError([Fault("installation", "", found, accepted)])
