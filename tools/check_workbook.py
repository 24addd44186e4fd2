"""Open a workbook of `caseload budget` in LibreOffice: recompute it, print it, count the pages.

``python tools/check_workbook.py [FILE]``; without a file a small budget is made first. It needs
LibreOffice (`soffice`) and poppler (`pdfinfo`) on the machine and is no part of the test suite. It
ends with 1 where a recomputed cell differs from what the workbook says, where a cell shows an
error, or where more than eight pages are printed. Pages are kept as pictures in ``out/workbook``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook

MOST_PAGES = 8
CENT = 0.01
PICTURES = Path("out/workbook")
SMALL = ("--share", "0.02", "--replications", "2", "--years", "2")


def main(words: list[str]) -> int:
    """The command; 0 when everything holds."""
    missing = [name for name in ("soffice", "pdfinfo", "pdftoppm") if shutil.which(name) is None]
    if missing:
        print(f"not on this machine: {', '.join(missing)}")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = Path(words[0]) if words else _made(folder)
        faults = _differences(file, _converted(_bare(file, folder), folder, "xlsx"))
        printed = _converted(file, folder, "pdf")
        pages = _pages(printed)
        PICTURES.mkdir(parents=True, exist_ok=True)
        target = str(PICTURES / "page")
        subprocess.run(["pdftoppm", "-r", "90", "-png", str(printed), target], check=True)
    if pages > MOST_PAGES:
        faults.append(f"{pages} pages printed, at most {MOST_PAGES} wanted")
    print("\n".join(faults) if faults else f"every formula recomputed, {pages} pages; {PICTURES}")
    return int(bool(faults))


def _made(folder: Path) -> Path:
    command = [sys.executable, "-m", "ui.cli", "budget", "somme_plus14", *SMALL]
    subprocess.run([*command, "--out", str(folder / "made")], check=True, capture_output=True)
    return folder / "made" / "budget.xlsx"


def _bare(file: Path, folder: Path) -> Path:
    """A copy that holds formulas without their values, so that LibreOffice has to compute them."""
    copy = folder / "bare.xlsx"
    load_workbook(file).save(copy)
    return copy


def _converted(file: Path, folder: Path, kind: str) -> Path:
    """The file as LibreOffice computes it, in a folder of its own."""
    out = folder / kind
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", str(out)]
    subprocess.run([*command, str(file)], check=True, capture_output=True)
    return out / f"{file.stem}.{kind}"


def _differences(file: Path, recomputed: Path) -> list[str]:
    """Cells with a formula whose value here is not that of LibreOffice."""
    formulas, ours = load_workbook(file), load_workbook(file, data_only=True)
    theirs = load_workbook(recomputed, data_only=True)
    found, count = [], 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if not str(cell.value).startswith("="):
                    continue
                count += 1
                one = ours[sheet.title][cell.coordinate].value
                other = theirs[sheet.title][cell.coordinate].value
                if not _same(one, other):
                    where = f"{sheet.title}!{cell.coordinate} {cell.value}"
                    found.append(f"{where}: the workbook says {one}, LibreOffice {other}")
    return found if count else ["no formula in the workbook"]


def _same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < CENT
    return (one or "") == (other or "")


def _pages(file: Path) -> int:
    told = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    found = re.search(r"^Pages:\s+(\d+)", told, re.MULTILINE)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
