"""What unemployment explains of a department's last years, told beside its level."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from math import expm1
from typing import Any

from sim.parameters.draw_files import POSTERIOR
from sim.remarks import Remark, remarked

FINDINGS = POSTERIOR / "labour_market.json"
PERCENT = 100.0


def remarks_of_context(code: str) -> tuple[Remark, ...]:
    """The change of a department's households and the part of unemployment; none if not known."""
    one = _explained().get(code)
    if one is None:
        return ()
    words = {
        name: f"{PERCENT * expm1(one[field] / PERCENT):+.1f}"
        for name, field in (
            ("value", "change"),
            ("share", "by_unemployment"),
            ("low", "low"),
            ("high", "high"),
        )
    }
    first, last = map(str, one["years"])
    return (remarked("unexplained", first=first, last=last, **words),)


@lru_cache(maxsize=1)
def _explained() -> Mapping[str, Mapping[str, Any]]:
    content = json.loads(FINDINGS.read_text(encoding="ascii"))
    years = content["explained_years"]
    return {one["code"]: {**one, "years": years} for one in content["explained"]}
