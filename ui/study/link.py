"""A whole study in the address of the page: packed, and checked like any foreign input."""

from __future__ import annotations

import base64
import binascii
import zlib

from pydantic import ValidationError

from sim.errors import InputError
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


def unpacked(token: str) -> Study | None:
    """The study of an address; None when the text is not one, or not one that can be run."""
    if len(token) > LONGEST:
        return None
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        reader = zlib.decompressobj()
        content = reader.decompress(raw, MOST_BYTES)
        if reader.unconsumed_tail:
            return None
        study = Study.model_validate_json(content)
        is_known = study.department in departments()
        if not is_known or study.reference not in references(study.department):
            return None
        experiment_of(study)
    except (binascii.Error, zlib.error, ValueError, ValidationError, InputError):
        return None
    return study
