"""The Python of the guide for researchers runs, block after block."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_the_guide_for_researchers_runs(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "guide_researchers.md").read_text(encoding="utf-8")
    blocks = PYTHON.findall(page)
    assert len(blocks) > 5
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(blocks)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("on RSA after 180 days") == 2
