"""What tells that a file of the store holds what was written: digests, and JSON under a seal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from sim.files import json_bytes, sha256_of

SEAL = "seal"
"""The field of a sealed JSON that holds the digest of all its other fields."""
_State = tuple[int, int, int]
_KNOWN: dict[Path, tuple[_State, str]] = {}


class UnsealedError(ValueError):
    """A JSON file is not what was written, or never carried a seal."""


def digest_of(path: Path) -> str:
    """SHA-256 of a file, computed once for each of its states (size, time of change, inode).

    Raises OSError when the file cannot be read.
    """
    state = _state_of(path)
    known = _KNOWN.get(path)
    if known is not None and known[0] == state:
        return known[1]
    digest = sha256_of(path)
    _KNOWN[path] = (state, digest)
    return digest


def sealed_json(content: Mapping[str, object]) -> bytes:
    """JSON with a digest of itself as its last field."""
    return json_bytes({**content, SEAL: _seal_of(content)})


def read_sealed_json(path: Path, *, is_seal_needed: bool = True) -> dict[str, object]:
    """The fields of a sealed JSON file.

    Raises OSError when it cannot be read, `UnsealedError` when its seal does not fit, or when it
    has none and ``is_seal_needed``.
    """
    try:
        content = json.loads(path.read_bytes())
    except ValueError:
        raise UnsealedError("no JSON") from None
    if not isinstance(content, dict):
        raise UnsealedError("no JSON of fields")
    seal = content.pop(SEAL, None)
    if seal is None and not is_seal_needed:
        return content
    if seal != _seal_of(content):
        raise UnsealedError("not what was written")
    return content


def _seal_of(content: Mapping[str, object]) -> str:
    return hashlib.sha256(json_bytes(content)).hexdigest()


def _state_of(path: Path) -> _State:
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino
