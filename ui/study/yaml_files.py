"""Scenario files of the visitor: the same YAML that the command line reads and writes.

An uploaded file is read in a folder of its own. Whatever would make the reader open another
file (a path in `extends`, `department` or `copy_of`) is refused before anything is opened.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from sim.errors import Fault, InputError
from sim.parameters import Parameters, load_department
from sim.parameters.imported import kept_while_imported
from sim.parameters.reading import parse_yaml
from sim.policy import Scenario, load_scenario
from sim.policy.form import ScenarioForm
from sim.policy.places import is_path
from ui.study.draft import MOST_DOCUMENT_CHARACTERS

FILE = "scenario.yaml"
KNOWN_TEXTS = 32


@kept_while_imported(KNOWN_TEXTS)
def scenario_of_text(content: str) -> Scenario:
    """The scenario of a file's text; raises `InputError` with all faults found."""
    if len(content) > MOST_DOCUMENT_CHARACTERS:
        accepted = f"{MOST_DOCUMENT_CHARACTERS:,}"
        raise InputError([Fault(FILE, "", f"{len(content):,} characters", f"at most {accepted}")])
    _refuse_paths(content)
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_text(content, encoding="utf-8")
        try:
            return load_scenario(path)
        except InputError as error:
            raise InputError(
                Fault(fault.file.replace(str(path), FILE), fault.field, fault.found, fault.accepted)
                for fault in error.faults
            ) from None


def base_of_text(content: str) -> Parameters | None:
    """The tables of the department that a file is about; None where it does not say so rightly."""
    if len(content) > MOST_DOCUMENT_CHARACTERS:
        return None
    try:
        document = parse_yaml(content, FILE)
        for name in _texts(document.get("department")):
            return None if is_path(name) else load_department(name)
        for name in _texts(document.get("extends")):
            return None if is_path(name) else load_scenario(name).base
    except InputError:
        return None
    return None


def _refuse_paths(content: str) -> None:
    """Names of shipped scenarios and departments only; raises `InputError`."""
    document = parse_yaml(content, FILE)
    try:
        form = ScenarioForm.model_validate(document)
    except ValidationError:
        form = None  # the reader of scenario files says what is wrong, after the same check below
    names = {"extends": form.parents if form else _texts(document.get("extends"))}
    names["department"] = _texts(document.get("department"))
    changes = document.get("changes")
    copies = (
        [change.get("copy_of") for change in changes if isinstance(change, dict)]
        if isinstance(changes, list)
        else []
    )
    names["copy_of.scenario"] = tuple(
        name for copy in copies if isinstance(copy, dict) for name in _texts(copy.get("scenario"))
    )
    faults = [
        Fault(FILE, field, repr(name), "the name of a shipped scenario or department")
        for field, found in names.items()
        for name in found
        if is_path(name)
    ]
    if faults:
        raise InputError(faults)


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(str(item) for item in items if item is not None)
