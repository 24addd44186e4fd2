"""Where the app keeps its files: one folder of the machine, one part of it per visitor.

Names of files are made here from hashes and slugs; no text of a visitor becomes a path.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import unicodedata
from pathlib import Path

from platformdirs import user_data_path

VARIABLE = "CASELOAD_APP_DATA"
OWNER = re.compile(r"[0-9a-f]{32}")
NAME = re.compile(r"[0-9a-z_-]{1,80}")
DIGEST_LETTERS = 20


def root() -> Path:
    """The folder of the app; the environment may name another one."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_data_path("rsa-caseload") / "app"


def run_folder(identity: str) -> Path:
    """The folder of one run; raises ValueError for anything but a name made by the app."""
    return root() / "runs" / _checked(identity)


def owner_folder(owner: str, part: str) -> Path:
    """A part of what one visitor keeps (history, scenarios, series)."""
    if not OWNER.fullmatch(owner):
        raise ValueError("not a visitor")
    return root() / "visitors" / owner / _checked(part)


def owner_file(owner: str, part: str, name: str) -> Path:
    """One file of a visitor."""
    return owner_folder(owner, part) / f"{_checked(name)}.json"


def entry_name(readable: str, *identity: str) -> str:
    """The file name of one entry of a visitor: for people to read, then a digest of its identity.

    Identities that differ in anything (a sign, an accent, a script) have different names.
    """
    content = json.dumps([one_writing(part) for part in identity])
    digest = hashlib.sha256(content.encode("ascii")).hexdigest()[:DIGEST_LETTERS]
    return f"{readable[:50]}_{digest}"


def one_writing(title: str) -> str:
    """A title as it is compared: an accent written in two ways is one accent, ends are cut."""
    return unicodedata.normalize("NFC", title).strip()


def new_owner() -> str:
    """A name for a visitor that says nothing about them."""
    return secrets.token_hex(16)


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError("not a name of the app")
    return name
