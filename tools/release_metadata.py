"""How the product is cited and archived: ``CITATION.cff`` and ``codemeta.json``.

Both are written from ``pyproject.toml``, the home of the version, and from the date of this
version in ``CHANGELOG.md``. CodeMeta is what Software Heritage and HAL read.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
RELEASE = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def project() -> dict[str, Any]:
    """What ``pyproject.toml`` says of the project."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = declared["project"]
    return found


def released() -> str:
    """The day of the present version, as YYYY-MM-DD; raises `ValueError` when it has no section."""
    dates: dict[str, str] = dict(
        RELEASE.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    )
    version = str(project()["version"])
    if version not in dates:
        raise ValueError(f"CHANGELOG.md has no section of version {version}")
    return dates[version]


def citation() -> str:
    """The text of ``CITATION.cff``."""
    told = project()
    entries = {
        "cff-version": "1.2.0",
        "message": "Please cite this software, with its version, as below.",
        "type": "software",
        "title": told["name"],
        "abstract": told["description"],
        "version": told["version"],
        "date-released": released(),
        "license": told["license"],
        "authors": told["authors"],
        "keywords": told["keywords"],
    }
    return yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=100)


def archived() -> str:
    """The text of ``codemeta.json``."""
    told = project()
    entries = {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": told["name"],
        "description": told["description"],
        "version": told["version"],
        "dateModified": released(),
        "license": f"https://spdx.org/licenses/{told['license']}",
        "author": [{"@type": "Organization", **author} for author in told["authors"]],
        "keywords": told["keywords"],
        "programmingLanguage": {"@type": "ComputerLanguage", "name": "Python"},
        "runtimePlatform": f"Python {told['requires-python']}",
        "softwareRequirements": told["dependencies"],
    }
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


FILES = {"CITATION.cff": citation, "codemeta.json": archived}


def main() -> None:
    """Write both."""
    for name, text in FILES.items():
        (ROOT / name).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
