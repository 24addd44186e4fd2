"""What is installed from the lock, as a CycloneDX bill of materials in ``dist``: ``make sbom``.

Read from the installed packages, so that licences and what needs what are in it. Digests of files
are in the lock.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from own_environment import python_with
from release_metadata import project

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENT = "cyclonedx-bom==7.5.0"


def main() -> None:
    """Write the bill and say how many packages it names."""
    told = project()
    file = ROOT / "dist" / f"{told['name']}-{told['version']}.cdx.json"
    file.parent.mkdir(exist_ok=True)
    python = python_with(REQUIREMENT, ROOT / ".venv-sbom")
    options = ["--pyproject", "pyproject.toml", "--output-reproducible", "-o", str(file)]
    command = [str(python), "-m", "cyclonedx_py", "environment", *options, sys.executable]
    subprocess.run(command, cwd=ROOT, check=True)
    named = json.loads(file.read_text(encoding="utf-8"))["components"]
    print(f"{file.relative_to(ROOT)}: {len(named)} packages")


if __name__ == "__main__":
    main()
