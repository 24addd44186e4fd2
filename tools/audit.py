"""Licences and known vulnerabilities of the locks: ``make audit``.

``requirements.lock`` holds what the other locks of a run take from; the builder of the site has a
lock and an environment of its own. Licences are read from the installed packages.
Vulnerabilities are asked of the open database OSV by pip-audit, which lives in an environment of
its own. Where the database cannot be reached the command says so and judges the licences only.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from licences import judged, locked_names, packages_of
from own_environment import python_with

ROOT = Path(__file__).resolve().parents[1]
SITE, ENVIRONMENT = ROOT / ".venv-site", ROOT / ".venv-audit"
LOCKS = {ROOT / "requirements.lock": Path(sys.prefix), ROOT / "requirements-site.lock": SITE}
"""Each with the environment that it is installed in."""
REQUIREMENT = "pip-audit==2.10.1"
UNREACHED = re.compile(r"requests\.exceptions\.\w+|ServiceError")


def licences_hold(lock: Path, installed: Path) -> bool:
    """Prints what was found; False when a package has a licence that nobody agreed to."""
    found = judged(locked_names(lock), packages_of(installed))
    print(f"licences: {len(found.permissive)} packages of the lock are permissive")
    for line in found.excepted:
        print(f"  agreed: {line}")
    if found.absent:
        print(f"  not installed on this machine, not looked at: {', '.join(found.absent)}")
    for line in found.refused:
        print(f"  NOT PERMISSIVE: {line}")
    return not found.refused


def asked_of_database(lock: Path, environment: Path) -> list[dict[str, Any]]:
    """Every package with its known vulnerabilities; raises `ConnectionError`."""
    try:
        python = python_with(REQUIREMENT, environment)
    except subprocess.CalledProcessError:
        raise ConnectionError(f"{REQUIREMENT} could not be installed") from None
    options = "--disable-pip --require-hashes --vulnerability-service osv --format json"
    command = [str(python), "-m", "pip_audit", *options.split(), "--progress-spinner", "off"]
    told = subprocess.run([*command, "-r", str(lock)], capture_output=True, text=True, check=False)
    if unreached := UNREACHED.search(told.stderr):
        raise ConnectionError(unreached[0])
    packages: list[dict[str, Any]] = json.loads(told.stdout)["dependencies"]
    return packages


def is_unhurt(lock: Path, environment: Path) -> bool:
    """Prints what was found; False when a package has a known vulnerability."""
    try:
        found = asked_of_database(lock, environment)
    except ConnectionError as reason:
        print(f"vulnerabilities: NOT CHECKED, the database was not reached ({reason})")
        return True
    skipped = [package["name"] for package in found if "skip_reason" in package]
    hurt = [package for package in found if package.get("vulns")]
    print(f"vulnerabilities: {len(found) - len(skipped)} packages looked up, {len(hurt)} affected")
    if skipped:
        print(f"  NOT CHECKED: {', '.join(skipped)}")
    for package in hurt:
        for one in package["vulns"]:
            mended = ", ".join(one["fix_versions"]) or "no version"
            print(f"  {package['name']} {package['version']}: {one['id']}, mended in {mended}")
    return not hurt


def main() -> int:
    """Looks at the locks; 1 when a licence or a vulnerability speaks against a package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT, help="of pip-audit")
    asked = parser.parse_args()
    holds: list[bool] = []
    for lock, installed in LOCKS.items():
        print(lock.name)
        holds += [licences_hold(lock, installed), is_unhurt(lock, asked.environment)]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    raise SystemExit(main())
