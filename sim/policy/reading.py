"""Reads a scenario file (or another one with its own form), or says everything wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from sim.errors import Fault, InputError
from sim.parameters.reading import read_yaml
from sim.parameters.values import shown
from sim.policy.form import PATH_ACCEPTED, VALUE_ACCEPTED, Form, ScenarioForm

PATH_BLOCKS = ("set", "variant")
Part = str | int
Read = TypeVar("Read", bound=Form)


def read_form(path: Path) -> ScenarioForm:
    """The form of the scenario file at ``path``; raises `InputError` with all its faults."""
    return in_form(ScenarioForm, read_yaml(path), str(path))


def in_form(form: type[Read], document: Mapping[str, object], file: str) -> Read:
    """A document in its form; raises `InputError` with one fault for each place of the file."""
    try:
        return form.model_validate(document)
    except ValidationError as error:
        raise InputError(_faults(error, document, file, form)) from None


def _faults(
    error: ValidationError, document: Mapping[str, object], file: str, form: type[Form]
) -> list[Fault]:
    """One fault for each place of the file, whatever number of alternatives it failed."""
    faults: dict[str, Fault] = {}
    for detail in error.errors(include_url=False, include_context=False):
        location = _location(detail["loc"], document, detail["type"])
        found = _found(detail["type"], location, document)
        accepted = _accepted(detail["type"], location, form)
        fault = Fault(file, _field(location), found, accepted)
        faults.setdefault(fault.field, fault)
    return list(faults.values())


def _location(loc: Sequence[Part], document: object, kind: str) -> tuple[Part, ...]:
    """The parts of a location that exist in the file (alternatives of a type are left out)."""
    here: Any = document
    parts: list[Part] = []
    for part in loc:
        if (isinstance(here, Mapping) and part in here) or (
            isinstance(here, list) and isinstance(part, int) and part < len(here)
        ):
            here = here[part]  # type: ignore[index]
            parts.append(part)
        if _is_path_key(parts):
            break
    if kind == "missing":
        parts.append(loc[-1])
    return tuple(parts)


def _field(location: Sequence[Part]) -> str:
    """A location as people write it: ``changes[0].set.calendar.refresh_days``."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _found(kind: str, location: Sequence[Part], document: object) -> str:
    if kind == "missing":
        return "nothing"
    here: Any = document
    for part in location:
        here = here[part]
    if kind == "extra_forbidden":
        return f"an unknown key (with {shown(here)})"
    if kind == "string_pattern_mismatch" and location and _is_path_key(location):
        return f"the key {location[-1]!r}"
    return f"the number {here}" if _is_number(here) else shown(here)


def _accepted(kind: str, location: Sequence[Part], root: type[Form]) -> str:
    names = [part for part in location if isinstance(part, str)]
    if _is_path_key(location):
        return PATH_ACCEPTED if kind == "string_pattern_mismatch" else VALUE_ACCEPTED
    if kind == "extra_forbidden":
        keys = _form_of(names[:-1], root).model_fields
        nearest = get_close_matches(names[-1], keys, n=1)
        accepted = f"the keys {', '.join(keys)}"
        return f"perhaps {nearest[0]}; {accepted}" if nearest else accepted
    field = _form_of(names[:-1], root).model_fields.get(names[-1]) if names else None
    return (field.description if field else None) or "another value"


def _is_path_key(location: Sequence[Part]) -> bool:
    """Whether the location is one parameter path of a block of new values."""
    return len(location) > 1 and location[-2] in PATH_BLOCKS


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _form_of(names: Sequence[str], root: type[Form]) -> type[BaseModel]:
    """The form that holds the field at the end of ``names``; the last one known on the way."""
    form: type[BaseModel] = root
    for name in names:
        field = form.model_fields.get(name)
        form = _form_inside(field.annotation if field else None) or form
    return form


def _form_inside(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return annotation
    forms = (_form_inside(argument) for argument in get_args(annotation))
    return next((form for form in forms if form is not None), None)
