"""A whole study in the address of the page: packed, and checked like any foreign input."""

from __future__ import annotations

import base64
import binascii
import zlib

from pydantic import ValidationError

from sim.errors import Fault, InputError
from sim.parameters.values import shown
from ui.study.draft import Study
from ui.study.references import departments, experiment_of, references

PARAMETER = "etude"
LONGEST = 6_000
MOST_BYTES = 300_000


def packed(study: Study) -> str | None:
    """The study for an address; None when it is too long for one (a file travels better)."""
    content = study.model_dump_json(exclude_defaults=True).encode("utf-8")
    token = base64.urlsafe_b64encode(zlib.compress(content, 9)).decode("ascii").rstrip("=")
    return token if len(token) <= LONGEST else None


def unpacked(token: str) -> Study:
    """The study of an address.

    Raises `InputError` when it is none, or when it sets anything but levers, dates and titles.
    """
    try:
        study = Study.model_validate_json(_content(token))
    except ValidationError as error:
        raise InputError(_faults(error)) from None
    if study.department not in departments():
        accepted = f"one of {', '.join(departments())}"
        raise InputError([Fault(PARAMETER, "department", repr(study.department), accepted)])
    known = references(study.department)
    if study.reference not in known:
        found = repr(study.reference)
        raise InputError([Fault(PARAMETER, "reference", found, f"one of {', '.join(known)}")])
    experiment_of(study)
    return study


def _faults(error: ValidationError) -> list[Fault]:
    """One fault for each field; a parameter is named by its path."""
    faults: dict[str, Fault] = {}
    for detail in error.errors(include_url=False, include_context=False):
        parts = [str(part) for part in detail["loc"]]
        after = parts.index("values") + 1 if "values" in parts[:-1] else 0
        field = parts[after] if after else ".".join(parts)
        faults.setdefault(field, Fault(PARAMETER, field, shown(detail["input"]), detail["msg"]))
    return list(faults.values())


def _content(token: str) -> bytes:
    unreadable = InputError([Fault(PARAMETER, "", "no study", "the address of a study of the app")])
    if len(token) > LONGEST:
        raise unreadable
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        reader = zlib.decompressobj()
        content = reader.decompress(raw, MOST_BYTES)
    except (binascii.Error, zlib.error, ValueError):
        raise unreadable from None
    if reader.unconsumed_tail:
        raise unreadable
    return content
